import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { KinesisConsumerEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { EventFunction, InvocationMode, PullSource, StreamConsumerSourceOptions } from '../../../src';
import { streamEvent } from '../../../src/events/pull/samples/stream';
import { aliasRef, MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from '../../function/functions';

const CONSUMER_ARN = 'arn:aws:kinesis:eu-west-1:111122223333:stream/theirs/consumer/reader:1760000000';

function consumerIn(stack: Stack, props?: kinesis.StreamProps) {
  return new kinesis.StreamConsumer(stack, 'Reader', { stream: new kinesis.Stream(stack, 'Clicks', props), streamConsumerName: 'reader' });
}

function consumerTo(options?: StreamConsumerSourceOptions) {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.streamConsumer(consumerIn(stack), options));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack)).filter(({ Type }) => Type === type);
const mapping = (stack: Stack) => only(stack, 'AWS::Lambda::EventSourceMapping').Properties;
const statements = (stack: Stack) => ofType(stack, 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
  .filter(({ Action }) => !Action.includes('logs:PutLogEvents'));

describe('defaults', () => {
  test('are those of a stream', () => {
    const stack = consumerTo();
    expect(mapping(stack)).toEqual({
      FunctionName: expect.anything(),
      EventSourceArn: { 'Fn::GetAtt': [only(stack, 'AWS::Kinesis::StreamConsumer').logicalId, 'ConsumerARN'] },
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: 43_200,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [only(stack, 'AWS::SQS::Queue').logicalId, 'Arn'] } } },
    });
    expect(JSON.stringify(mapping(stack).FunctionName)).toContain(aliasRef(stack).Ref);
  });

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

  test.each([NO_FLAGS, NEW_APP])('is the resource that the CDK makes, so that nothing is replaced', (context) => {
    const idOf = (source: (consumer: kinesis.IStreamConsumer) => lambda.IEventSource) => {
      const stack = stackWith(context);
      new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source(consumerIn(stack)));
      return only(stack, 'AWS::Lambda::EventSourceMapping').logicalId;
    };
    const startingPosition = lambda.StartingPosition.LATEST;
    const theirs = idOf((consumer) => new KinesisConsumerEventSource(consumer, { startingPosition }));
    expect(idOf((consumer) => PullSource.streamConsumer(consumer))).toBe(theirs);
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PullSource.streamConsumer(consumerIn(stack))] });
    expect(mapping(stack).EventSourceArn).toEqual({ 'Fn::GetAtt': [only(stack, 'AWS::Kinesis::StreamConsumer').logicalId, 'ConsumerARN'] });
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

  test('the role may decrypt an encrypted stream', () => {
    const stack = stackWith();
    const encryptionKey = new kms.Key(stack, 'Key');
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.streamConsumer(consumerIn(stack, { encryptionKey })));
    expect(statements(stack)).toContainEqual({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': [only(stack, 'AWS::KMS::Key').logicalId, 'Arn'] } });
  });

  test('the mapping of an imported function waits for them', () => {
    const stack = stackWith();
    const role = new EventFunction(stack, 'Other', MINIMAL).role!;
    const fn = lambda.Function.fromFunctionAttributes(stack, 'Theirs', { functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:theirs', role });
    fn.addEventSource(PullSource.streamConsumer(consumerIn(stack)));
    const policies = Object.entries(resourcesOf(stack)).filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties).includes('SubscribeToShard'));
    expect(policies).toHaveLength(1);
    expect(only(stack, 'AWS::Lambda::EventSourceMapping').DependsOn).toEqual(policies.map(([id]) => id));
  });

  test('an imported function whose role is not known is mapped all the same', () => {
    const stack = stackWith();
    lambda.Function.fromFunctionArn(stack, 'Theirs', 'arn:aws:lambda:eu-west-1:111122223333:function:theirs').addEventSource(PullSource.streamConsumer(consumerIn(stack)));
    expect(mapping(stack)).toMatchObject({ FunctionName: 'theirs' });
  });
});

test.each<[string, StreamConsumerSourceOptions, string]>([
  ['StreamBatchSizeOutOfRange', { batchSize: 0 }, "'batchSize' must be between 1 and 10000 records (a whole number), got 0"],
  ['StreamStartContradicts', { startingPosition: lambda.StartingPosition.LATEST, startingPositionTimestamp: 1 }, "'startingPositionTimestamp' must be left out with LATEST, got 1"],
])('fails with %s', (name, options, message) => {
  const consumer = consumerIn(stackWith());
  expect(() => PullSource.streamConsumer(consumer, options)).toThrow(message);
  expect(() => PullSource.streamConsumer(consumer, options)).toThrow(expect.objectContaining({ name }));
});

test('what only the deployment knows is taken as it is', () => {
  expect(mapping(consumerTo({ batchSize: Lazy.number({ produce: () => 7 }) }))).toMatchObject({ BatchSize: 7 });
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

test('a consumer of another stack is read, without a circle', () => {
  const app = new App();
  const [data, service] = [new Stack(app, 'Data'), new Stack(app, 'Service')];
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PullSource.streamConsumer(consumerIn(data, { encryptionKey: new kms.Key(data, 'Key') })));
  app.synth();
  expect(service.dependencies).toEqual([data]);
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
