import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { mapping, statements } from './mapped';
import { EventFunction, InvocationMode, PullSource, StreamConsumerSourceOptions } from '../../../src';
import { streamEvent } from '../../../src/events/pull/samples/stream';
import { MINIMAL, only, stackWith } from '../../function/functions';

const CONSUMER_ARN = 'arn:aws:kinesis:eu-west-1:111122223333:stream/theirs/consumer/reader:1760000000';

function consumerIn(stack: Stack, props?: kinesis.StreamProps) {
  return new kinesis.StreamConsumer(stack, 'Reader', { stream: new kinesis.Stream(stack, 'Clicks', props), streamConsumerName: 'reader' });
}

function consumerTo(options?: StreamConsumerSourceOptions) {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.streamConsumer(consumerIn(stack), options));
  return stack;
}

describe('defaults', () => {
  test('the template', () => {
    expect(Template.fromStack(consumerTo()).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('has what is given', () => {
    const stack = consumerTo({ batchSize: 7, startingPositionTimestamp: 1_760_000_000, parallelizationFactor: 3, keepFailedRecords: false });
    expect(mapping(stack)).toEqual({
      FunctionName: expect.anything(),
      EventSourceArn: expect.anything(),
      StartingPosition: 'AT_TIMESTAMP',
      StartingPositionTimestamp: 1_760_000_000,
      BatchSize: 7,
      ParallelizationFactor: 3,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: 43_200,
    });
  });
});

describe('permissions', () => {
  test('the role may subscribe as the consumer, and find the shards of its stream', () => {
    const stack = consumerTo();
    expect(statements(stack)).toEqual([
      { Effect: 'Allow', Action: ['kinesis:DescribeStreamConsumer', 'kinesis:SubscribeToShard'], Resource: mapping(stack).EventSourceArn },
      {
        Effect: 'Allow',
        Action: ['kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
        Resource: { 'Fn::GetAtt': [only(stack, 'AWS::Kinesis::Stream').logicalId, 'Arn'] },
      },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': [only(stack, 'AWS::SQS::Queue').logicalId, 'Arn'] } },
    ]);
  });
});

test.each<[string, StreamConsumerSourceOptions, string]>([
  ['StreamStartContradicts', { startingPosition: lambda.StartingPosition.LATEST, startingPositionTimestamp: 1 }, "'startingPositionTimestamp' must be left out with LATEST, got 1"],
])('fails with %s', (name, options, message) => {
  const consumer = consumerIn(stackWith());
  expect(() => PullSource.streamConsumer(consumer, options)).toThrow(message);
  expect(() => PullSource.streamConsumer(consumer, options)).toThrow(expect.objectContaining({ name }));
});

test('an imported consumer is read', () => {
  const stack = stackWith();
  const source = PullSource.streamConsumer(kinesis.StreamConsumer.fromStreamConsumerArn(stack, 'Theirs', CONSUMER_ARN));
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
  expect(mapping(stack).EventSourceArn).toBe(CONSUMER_ARN);
  const streams = statements(stack).filter(({ Action }) => Action.includes('kinesis:GetRecords')).map(({ Resource }) => Resource);
  expect(streams).toEqual(['arn:aws:kinesis:eu-west-1:111122223333:stream/theirs']);
  expect(source.sampleEvent()).toEqual(streamEvent('arn:aws:kinesis:eu-west-1:111122223333:stream/theirs'));
});

test('ids are a contract', () => {
  expect(only(consumerTo(), 'AWS::Lambda::EventSourceMapping').logicalId).toMatchInlineSnapshot('"OrdersKinesisConsumerEventSourceShopReader84A39540FFF11212"');
});

test('the event is that of a stream, and can be overridden', () => {
  const source = PullSource.streamConsumer(consumerIn(stackWith()));
  expect(source.sampleEvent()).toEqual(streamEvent());
  expect(source.sampleEvent({ Records: [{ kinesis: { partitionKey: '7' } }] })).toMatchObject({ Records: [{ kinesis: { partitionKey: '7' } }] });
});

test('what the source means is data', () => {
  expect(PullSource.streamConsumer(consumerIn(stackWith())).semantics).toMatchObject({ invocation: InvocationMode.POLLED, service: 'Amazon Kinesis Data Streams' });
});
