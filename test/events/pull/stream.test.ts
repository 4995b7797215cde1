import { Template } from 'aws-cdk-lib/assertions';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { KinesisStreamEvent } from 'aws-lambda';
import { mapping, ofType, statements } from './mapped';
import { EventFunction, InvocationMode, PullSource, StreamSourceOptions } from '../../../src';
import { streamEvent } from '../../../src/events/pull/samples/stream';
import { MINIMAL, NO_FLAGS, only, stackWith } from '../../function/functions';

function streamTo(options?: StreamSourceOptions, context = NO_FLAGS) {
  const stack = stackWith(context);
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.stream(new kinesis.Stream(stack, 'Clicks'), options));
  return stack;
}

describe('defaults', () => {
  test('the template', () => {
    expect(Template.fromStack(streamTo()).toJSON()).toMatchSnapshot();
  });

  test('streams of one function share the queue', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    for (const id of ['Clicks', 'Views']) fn.addEventSource(PullSource.stream(new kinesis.Stream(stack, id)));
    expect(ofType(stack, 'AWS::SQS::Queue')).toHaveLength(1);
    expect(ofType(stack, 'AWS::Lambda::EventSourceMapping')).toHaveLength(2);
  });
});

describe('mapping', () => {
  test('a time to start from is enough', () => {
    expect(mapping(streamTo({ startingPositionTimestamp: 1_760_000_000 }))).toMatchObject({ StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 1_760_000_000 });
  });
});

describe('permissions', () => {
  test('the role may read this stream, and tell of failures', () => {
    const stack = streamTo();
    expect(statements(stack)).toEqual(expect.arrayContaining([
      {
        Effect: 'Allow',
        Action: ['kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
        Resource: { 'Fn::GetAtt': [only(stack, 'AWS::Kinesis::Stream').logicalId, 'Arn'] },
      },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': [only(stack, 'AWS::SQS::Queue').logicalId, 'Arn'] } },
    ]));
  });
});

describe('validation', () => {
  test.each<[string, StreamSourceOptions, string]>([
    ['StreamStartContradicts', { startingPosition: lambda.StartingPosition.AT_TIMESTAMP }, "'startingPositionTimestamp' must be given with AT_TIMESTAMP, got undefined"],
    ['StreamStartContradicts', { startingPosition: lambda.StartingPosition.LATEST, startingPositionTimestamp: 1 }, "'startingPositionTimestamp' must be left out with LATEST, got 1"],
  ])('fails with %s', (name, options, message) => {
    const make = () => PullSource.stream(new kinesis.Stream(stackWith(), 'Clicks'), options);
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ name }));
  });
});

test('an imported stream is read', () => {
  const stack = stackWith();
  const source = PullSource.stream(kinesis.Stream.fromStreamArn(stack, 'Theirs', 'arn:aws:kinesis:eu-west-1:111122223333:stream/theirs'));
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
  expect(mapping(stack).EventSourceArn).toBe('arn:aws:kinesis:eu-west-1:111122223333:stream/theirs');
  expect(source.sampleEvent()).toEqual(streamEvent('arn:aws:kinesis:eu-west-1:111122223333:stream/theirs'));
});

test('ids are a contract', () => {
  const stack = streamTo();
  expect(only(stack, 'AWS::Lambda::EventSourceMapping').logicalId).toMatchInlineSnapshot('"OrdersKinesisEventSourceShopClicks480CC7EC85A2053D"');
  expect(only(stack, 'AWS::SQS::Queue').logicalId).toMatchInlineSnapshot('"OrdersFailedRecords6A0C5B8A"');
});

describe('the event', () => {
  test('is that of a stream', () => {
    const event: KinesisStreamEvent = streamEvent();
    expect(event.Records.map(({ kinesis: { data } }) => Buffer.from(data, 'base64').toString())).toEqual(['Hello, this is a test.', 'This is only a test.']);
  });

  test('has what is overridden', () => {
    const source = PullSource.stream(new kinesis.Stream(stackWith(), 'Clicks'));
    expect(source.sampleEvent({ Records: [{ kinesis: { partitionKey: '7' } }] })).toMatchObject({ Records: [{ kinesis: { partitionKey: '7' }, awsRegion: 'us-east-2' }] });
  });
});

test('what the source means is data', () => {
  expect(PullSource.stream(new kinesis.Stream(stackWith(), 'Clicks')).semantics).toMatchObject({ invocation: InvocationMode.POLLED, service: 'Amazon Kinesis Data Streams' });
});
