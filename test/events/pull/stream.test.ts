import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource, S3OnFailureDestination, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { KinesisStreamEvent } from 'aws-lambda';
import { EventFunction, InvocationMode, PullSource, StreamSourceOptions } from '../../../src';
import { streamEvent } from '../../../src/events/pull/samples/stream';
import { aliasRef, MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from '../../function/functions';

function streamTo(options?: StreamSourceOptions, context = NO_FLAGS) {
  const stack = stackWith(context);
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.stream(new kinesis.Stream(stack, 'Clicks'), options));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack)).filter(({ Type }) => Type === type);
const mapping = (stack: Stack) => only(stack, 'AWS::Lambda::EventSourceMapping').Properties;
const statements = (stack: Stack) => ofType(stack, 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

describe('defaults', () => {
  test('a bad record is given up some time, and is heard of', () => {
    const stack = streamTo();
    expect(mapping(stack)).toEqual({
      FunctionName: expect.anything(),
      EventSourceArn: { 'Fn::GetAtt': [only(stack, 'AWS::Kinesis::Stream').logicalId, 'Arn'] },
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: 43_200,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [only(stack, 'AWS::SQS::Queue').logicalId, 'Arn'] } } },
    });
    expect(JSON.stringify(mapping(stack).FunctionName)).toContain(aliasRef(stack).Ref);
    expect(only(stack, 'AWS::SQS::Queue').Properties).toEqual({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
  });

  test('hold for what is given as undefined, too', () => {
    const stack = streamTo({ batchSize: undefined, bisectBatchOnError: undefined, retryAttempts: undefined, maxRecordAge: undefined });
    expect(mapping(stack)).toEqual(mapping(streamTo()));
  });

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
  test('every option reaches the event source mapping', () => {
    const stack = streamTo({
      batchSize: 500,
      maxBatchingWindow: Duration.seconds(5),
      bisectBatchOnError: false,
      retryAttempts: 0,
      maxRecordAge: Duration.minutes(1),
      parallelizationFactor: 10,
      reportBatchItemFailures: true,
      tumblingWindow: Duration.minutes(15),
      enabled: false,
      metricsConfig: { metrics: [lambda.MetricType.EVENT_COUNT] },
      filters: [lambda.FilterCriteria.filter({ data: { kind: lambda.FilterRule.isEqual('order') } })],
      startingPosition: lambda.StartingPosition.LATEST,
      keepFailedRecords: false,
    });
    expect(mapping(stack)).toEqual({
      FunctionName: expect.anything(),
      EventSourceArn: expect.anything(),
      StartingPosition: 'LATEST',
      BatchSize: 500,
      MaximumBatchingWindowInSeconds: 5,
      BisectBatchOnFunctionError: false,
      MaximumRetryAttempts: 0,
      MaximumRecordAgeInSeconds: 60,
      ParallelizationFactor: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      TumblingWindowInSeconds: 900,
      Enabled: false,
      MetricsConfig: { Metrics: ['EventCount'] },
      FilterCriteria: { Filters: [{ Pattern: '{"data":{"kind":["order"]}}' }] },
    });
    expect(ofType(stack, 'AWS::SQS::Queue')).toEqual([]);
  });

  test('a time to start from is enough', () => {
    expect(mapping(streamTo({ startingPositionTimestamp: 1_760_000_000 }))).toMatchObject({ StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 1_760_000_000 });
  });

  test('a destination of the user takes the place of the queue', () => {
    const stack = stackWith();
    const queue = new sqs.Queue(stack, 'Mine');
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    fn.addEventSource(PullSource.stream(new kinesis.Stream(stack, 'Clicks'), { onFailure: new SqsDlq(queue) }));
    expect(mapping(stack).DestinationConfig.OnFailure.Destination).toEqual({ 'Fn::GetAtt': [only(stack, 'AWS::SQS::Queue').logicalId, 'Arn'] });
  });

  test('so does a bucket', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    fn.addEventSource(PullSource.stream(new kinesis.Stream(stack, 'Clicks'), { onFailure: new S3OnFailureDestination(new s3.Bucket(stack, 'Lost')) }));
    expect(mapping(stack).DestinationConfig.OnFailure.Destination).toEqual({ 'Fn::GetAtt': [only(stack, 'AWS::S3::Bucket').logicalId, 'Arn'] });
  });

  test('a plain lambda.Function can have it, too, and one source object serves two functions', () => {
    const stack = stackWith();
    const source = PullSource.stream(new kinesis.Stream(stack, 'Clicks'));
    for (const id of ['Plain', 'Other']) new lambda.Function(stack, id, { ...MINIMAL, events: [source] });
    expect(ofType(stack, 'AWS::Lambda::EventSourceMapping')).toHaveLength(2);
    expect(ofType(stack, 'AWS::SQS::Queue')).toHaveLength(2);
  });

  test.each([NO_FLAGS, NEW_APP])('is the resource that the CDK makes, so that nothing is replaced', (context) => {
    const idOf = (source: (stream: kinesis.Stream) => lambda.IEventSource) => {
      const stack = stackWith(context);
      new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source(new kinesis.Stream(stack, 'Clicks')));
      return only(stack, 'AWS::Lambda::EventSourceMapping').logicalId;
    };
    const theirs = (stream: kinesis.Stream) => new KinesisEventSource(stream, { startingPosition: lambda.StartingPosition.LATEST });
    expect(idOf((stream) => PullSource.stream(stream))).toBe(idOf(theirs));
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

  test('the role may decrypt an encrypted stream', () => {
    const stack = stackWith();
    const encryptionKey = new kms.Key(stack, 'Key');
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.stream(new kinesis.Stream(stack, 'Clicks', { encryptionKey })));
    expect(statements(stack)).toContainEqual({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': [only(stack, 'AWS::KMS::Key').logicalId, 'Arn'] } });
  });

  test('the mapping of an imported function waits for them', () => {
    const stack = stackWith();
    const role = new EventFunction(stack, 'Other', MINIMAL).role!;
    const fn = lambda.Function.fromFunctionAttributes(stack, 'Theirs', { functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:theirs', role });
    fn.addEventSource(PullSource.stream(new kinesis.Stream(stack, 'Clicks')));
    const policies = Object.entries(resourcesOf(stack)).filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties).includes('kinesis:GetRecords'));
    expect(only(stack, 'AWS::Lambda::EventSourceMapping').DependsOn).toEqual(policies.map(([id]) => id));
  });

  test('an imported function whose role is not known is mapped all the same', () => {
    const stack = stackWith();
    const fn = lambda.Function.fromFunctionArn(stack, 'Theirs', 'arn:aws:lambda:eu-west-1:111122223333:function:theirs');
    fn.addEventSource(PullSource.stream(new kinesis.Stream(stack, 'Clicks')));
    expect(mapping(stack)).toMatchObject({ FunctionName: 'theirs', DestinationConfig: expect.anything() });
  });
});

describe('validation', () => {
  const key = (stack: Stack) => new kms.Key(stack, 'Key');
  test.each<[string, (stack: Stack) => StreamSourceOptions, string]>([
    ['StreamBatchSizeOutOfRange', () => ({ batchSize: 0 }), "'batchSize' must be between 1 and 10000 records (a whole number), got 0"],
    ['StreamBatchingWindowOutOfRange', () => ({ maxBatchingWindow: Duration.minutes(6) }), "'maxBatchingWindow' must be between 0 and 300 seconds"],
    ['StreamRetriesOutOfRange', () => ({ retryAttempts: -2 }), "'retryAttempts' must be between -1 and 10000 retries"],
    ['StreamRecordAgeOutOfRange', () => ({ maxRecordAge: Duration.seconds(59) }), "'maxRecordAge' must be between 60 and 604800 seconds"],
    ['StreamParallelizationOutOfRange', () => ({ parallelizationFactor: 11 }), "'parallelizationFactor' must be between 1 and 10 batches per shard"],
    ['StreamTumblingWindowOutOfRange', () => ({ tumblingWindow: Duration.minutes(16) }), "'tumblingWindow' must be between 0 and 900 seconds"],
    ['StreamFiltersTooMany', () => ({ filters: Array(11).fill({}) }), "'filters' must be at most 10"],
    ['StreamFilterKeyWithoutFilters', (stack) => ({ filterEncryption: key(stack) }), "'filterEncryption' must be left out when there are no 'filters'"],
    ['StreamStartContradicts', () => ({ startingPosition: lambda.StartingPosition.AT_TIMESTAMP }), "'startingPositionTimestamp' must be given with AT_TIMESTAMP, got undefined"],
    ['StreamStartContradicts', () => ({ startingPosition: lambda.StartingPosition.LATEST, startingPositionTimestamp: 1 }), "'startingPositionTimestamp' must be left out with LATEST, got 1"],
  ])('fails with %s', (name, options, message) => {
    const stack = stackWith();
    const make = () => PullSource.stream(new kinesis.Stream(stack, 'Clicks'), options(stack));
    expect(make).toThrow(message);
    stack.node.tryRemoveChild('Clicks');
    stack.node.tryRemoveChild('Key');
    expect(make).toThrow(expect.objectContaining({ name }));
  });
});

test('what only the deployment knows is taken as it is', () => {
  const later = Lazy.number({ produce: () => 7 });
  const stack = streamTo({ batchSize: later, parallelizationFactor: later });
  expect(mapping(stack)).toMatchObject({ BatchSize: 7, ParallelizationFactor: 7 });
});

test('an imported stream is read', () => {
  const stack = stackWith();
  const source = PullSource.stream(kinesis.Stream.fromStreamArn(stack, 'Theirs', 'arn:aws:kinesis:eu-west-1:111122223333:stream/theirs'));
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
  expect(mapping(stack).EventSourceArn).toBe('arn:aws:kinesis:eu-west-1:111122223333:stream/theirs');
  expect(source.sampleEvent()).toEqual(streamEvent('arn:aws:kinesis:eu-west-1:111122223333:stream/theirs'));
});

test('a stream of another stack is read, without a circle', () => {
  const app = new App();
  const [data, service] = [new Stack(app, 'Data'), new Stack(app, 'Service')];
  const encryptionKey = new kms.Key(data, 'Key');
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PullSource.stream(new kinesis.Stream(data, 'Clicks', { encryptionKey })));
  app.synth();
  expect(service.dependencies).toEqual([data]);
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
