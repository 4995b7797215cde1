import { Duration } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import { EventFunction, PullSource, SourceBase, StreamMappingOptions } from '../../../src';
import { PULLED } from '../../fixtures/sources/pulled';
import { MINIMAL, stackWith } from '../../function/functions';

/** Events come in batches, of which a handler's unit test says how many there are and what is in each. */
type Batch = readonly { readonly [name: string]: unknown }[];

function sourceOf(name: string): SourceBase {
  const stack = stackWith({ 'cdk-event-functions:rules': false }, { env: { account: '111122223333', region: 'eu-central-1' } });
  return PULLED[name](stack, new EventFunction(stack, 'Function', MINIMAL)) as SourceBase;
}

/** The batch in an event, as its source calls it: a list, or one for each topic and partition, or for each queue. */
function placeOf(event: { [name: string]: any }): string[] {
  const key = ['Records', 'records', 'messages', 'rmqMessagesByQueue', 'events'].find((name) => event[name] !== undefined)!;
  return Array.isArray(event[key]) ? [key] : [key, Object.keys(event[key])[0]];
}

const at = (event: { [name: string]: any }, place: readonly string[]): Batch => place.reduce<any>((json, key) => json[key], event);

function inPlace(place: readonly string[], batch: Batch): object {
  return [...place].reverse().reduce<unknown>((json, key) => ({ [key]: json }), batch) as object;
}

test.each(Object.keys(PULLED))('%s: a batch has as many records as the test says, each with what it overrides', (name) => {
  const source = sourceOf(name);
  const sample = source.sampleEvent();
  const place = placeOf(sample);
  const records = at(sample, place);
  const last = records[records.length - 1];
  const batch = at(source.sampleEvent(inPlace(place, [{}, {}, { mine: 1 }, { mine: 2 }])), place);
  expect(batch).toEqual([records[0], records[1] ?? last, { ...(records[2] ?? last), mine: 1 }, { ...last, mine: 2 }]);
  expect(at(source.sampleEvent(inPlace(place, [])), place)).toEqual([]);
});

test.each(Object.keys(PULLED))('%s: no two samples share anything, so that a handler may change its own', (name) => {
  const source = sourceOf(name);
  const [before, sample] = [JSON.stringify(source.sampleEvent()), source.sampleEvent()];
  at(sample, placeOf(sample)).forEach((record) => Object.keys(record).forEach((key) => delete (record as Record<string, unknown>)[key]));
  expect(JSON.stringify(source.sampleEvent())).toBe(before);
});

test('what a message says is given as a text, as it is sent', () => {
  const event = sourceOf('queue').sampleEvent({ Records: [{ body: JSON.stringify({ order: 1 }) }, { body: JSON.stringify({ order: 2 }) }] });
  expect(event.Records.map(({ body, eventSource }: { body: string; eventSource: string }) => [JSON.parse(body), eventSource]))
    .toEqual([[{ order: 1 }, 'aws:sqs'], [{ order: 2 }, 'aws:sqs']]);
});

describe('records that are aggregated in windows of time', () => {
  const make: Readonly<Record<string, (options: StreamMappingOptions) => SourceBase>> = {
    stream: (options) => PullSource.stream(new kinesis.Stream(stackWith(), 'Stream'), options),
    streamConsumer: (options) => PullSource.streamConsumer(new kinesis.StreamConsumer(stackWith(), 'Consumer', {
      streamConsumerName: 'orders', stream: new kinesis.Stream(stackWith(), 'Stream'),
    }), options),
    table: (options) => PullSource.table(new dynamodb.Table(stackWith(), 'Table', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.NEW_IMAGE,
    }), options),
  };

  // https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html
  test.each(Object.entries(make))('%s: come with the window and the state', (_, source) => {
    const { Records, ...window } = source({ tumblingWindow: Duration.minutes(2) }).sampleEvent({ state: { total: 7 } });
    expect(window).toEqual({
      window: { start: '2020-12-09T07:04:00Z', end: '2020-12-09T07:06:00Z' },
      state: { total: 7 },
      shardId: 'shardId-000000000006',
      eventSourceARN: Records[0].eventSourceARN,
      isFinalInvokeForWindow: false,
      isWindowTerminatedEarly: false,
    });
  });

  test.each(Object.entries(make))('%s: without windows there is nothing of it', (_, source) => {
    expect(Object.keys(source({}).sampleEvent())).toEqual(['Records']);
    expect(Object.keys(source({ tumblingWindow: Duration.seconds(0) }).sampleEvent())).toEqual(['Records']);
  });
});
