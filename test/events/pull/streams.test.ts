import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, KinesisConsumerEventSource, KinesisEventSource, S3OnFailureDestination, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { mapping, ofType, statements } from './mapped';
import { EventFunction, InvocationMode, PullSource, StreamMappingOptions, TableSourceOptions } from '../../../src';
import { aliasRef, MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from '../../function/functions';

/** A source that is a stream, with what tells it from the others. */
interface Kind {
  /** Without it there is nothing to read. */
  readonly reads: string;
  ours(scope: Stack, options?: TableSourceOptions, encryptionKey?: kms.IKey): lambda.IEventSource;
  theirs(scope: Stack): lambda.IEventSource;
}

const LATEST = { startingPosition: lambda.StartingPosition.LATEST };
const THEIRS = 'arn:aws:lambda:eu-west-1:111122223333:function:theirs';

const stream = (scope: Stack, encryptionKey?: kms.IKey) => new kinesis.Stream(scope, 'Clicks', { encryptionKey });
const consumer = (scope: Stack, encryptionKey?: kms.IKey) => new kinesis.StreamConsumer(scope, 'Reader', { stream: stream(scope, encryptionKey), streamConsumerName: 'reader' });
const table = (scope: Stack, encryptionKey?: kms.IKey) => new dynamodb.Table(scope, 'Table', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.NEW_IMAGE, encryptionKey,
});

const KINDS: Readonly<Record<string, Kind>> = {
  'a stream': {
    ours: (scope, options, key) => PullSource.stream(stream(scope, key), options),
    theirs: (scope) => new KinesisEventSource(stream(scope), LATEST),
    reads: 'kinesis:GetRecords',
  },
  'a consumer of a stream': {
    ours: (scope, options, key) => PullSource.streamConsumer(consumer(scope, key), options),
    theirs: (scope) => new KinesisConsumerEventSource(consumer(scope), LATEST),
    reads: 'kinesis:SubscribeToShard',
  },
  'the stream of a table': {
    ours: (scope, options, key) => PullSource.table(table(scope, key), options),
    theirs: (scope) => new DynamoEventSource(table(scope), LATEST),
    reads: 'dynamodb:GetRecords',
  },
};

describe.each(Object.entries(KINDS))('%s', (_, { ours, theirs, reads }) => {
  function wired(options?: StreamMappingOptions | ((stack: Stack) => TableSourceOptions), encryptedBy?: (stack: Stack) => kms.IKey) {
    const stack = stackWith();
    const given = typeof options === 'function' ? options(stack) : options;
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(ours(stack, given, encryptedBy?.(stack)));
    return stack;
  }

  const arnOf = (stack: Stack, type: string) => ({ 'Fn::GetAtt': [only(stack, type).logicalId, 'Arn'] });

  test('a bad record is given up some time, and is heard of', () => {
    const stack = wired();
    expect(mapping(stack)).toEqual({
      FunctionName: expect.anything(),
      EventSourceArn: expect.anything(),
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: 43_200,
      DestinationConfig: { OnFailure: { Destination: arnOf(stack, 'AWS::SQS::Queue') } },
    });
    expect(JSON.stringify(mapping(stack).FunctionName)).toContain(aliasRef(stack).Ref);
    expect(only(stack, 'AWS::SQS::Queue').Properties).toEqual({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
  });

  test('what is given as undefined has its default', () => {
    const given = { batchSize: undefined, bisectBatchOnError: undefined, retryAttempts: undefined, maxRecordAge: undefined };
    expect(mapping(wired(given))).toEqual(mapping(wired()));
  });

  test('every option reaches the event source mapping', () => {
    const stack = wired(() => ({
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
      filters: [lambda.FilterCriteria.filter({ eventID: lambda.FilterRule.isEqual('7') })],
      startingPosition: lambda.StartingPosition.LATEST,
      keepFailedRecords: false,
    }));
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
      FilterCriteria: { Filters: [{ Pattern: '{"eventID":["7"]}' }] },
    });
    expect(ofType(stack, 'AWS::SQS::Queue')).toEqual([]);
  });

  test.each<[string, (stack: Stack) => lambda.IEventSourceDlq]>([
    ['AWS::SQS::Queue', (stack) => new SqsDlq(new sqs.Queue(stack, 'Mine'))],
    ['AWS::S3::Bucket', (stack) => new S3OnFailureDestination(new s3.Bucket(stack, 'Lost'))],
  ])('a destination of the user takes the place of the queue: %s', (type, make) => {
    const stack = wired((scope) => ({ onFailure: make(scope) }));
    expect(mapping(stack).DestinationConfig.OnFailure.Destination).toEqual(arnOf(stack, type));
    expect(ofType(stack, 'AWS::SQS::Queue')).toHaveLength(type === 'AWS::SQS::Queue' ? 1 : 0);
  });

  test('a plain lambda.Function can have it, too, and one source object serves two functions', () => {
    const stack = stackWith();
    const source = ours(stack);
    for (const id of ['Plain', 'Other']) new lambda.Function(stack, id, { ...MINIMAL, events: [source] });
    expect(ofType(stack, 'AWS::Lambda::EventSourceMapping')).toHaveLength(2);
    expect(ofType(stack, 'AWS::SQS::Queue')).toHaveLength(2);
  });

  test.each([NO_FLAGS, NEW_APP])('it is the resource that the CDK makes, so that nothing is replaced', (context) => {
    const idOf = (source: (stack: Stack) => lambda.IEventSource) => {
      const stack = stackWith(context);
      new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source(stack));
      return only(stack, 'AWS::Lambda::EventSourceMapping').logicalId;
    };
    expect(idOf((stack) => ours(stack))).toBe(idOf(theirs));
  });

  test('the role may decrypt what a key of the user encrypts', () => {
    const stack = wired(undefined, (scope) => new kms.Key(scope, 'Key'));
    expect(statements(stack)).toContainEqual({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: arnOf(stack, 'AWS::KMS::Key') });
  });

  test('the mapping of an imported function waits for its permissions', () => {
    const stack = stackWith();
    const role = new EventFunction(stack, 'Other', MINIMAL).role!;
    lambda.Function.fromFunctionAttributes(stack, 'Theirs', { functionArn: THEIRS, role }).addEventSource(ours(stack));
    const policies = Object.entries(resourcesOf(stack)).filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties).includes(reads));
    expect(policies).toHaveLength(1);
    expect(only(stack, 'AWS::Lambda::EventSourceMapping').DependsOn).toEqual(policies.map(([id]) => id));
  });

  test('an imported function whose role is not known is mapped all the same', () => {
    const stack = stackWith();
    lambda.Function.fromFunctionArn(stack, 'Theirs', THEIRS).addEventSource(ours(stack));
    expect(mapping(stack)).toMatchObject({ FunctionName: 'theirs', DestinationConfig: expect.anything() });
  });

  test.each<[string, (stack: Stack) => StreamMappingOptions, string]>([
    ['StreamBatchSizeOutOfRange', () => ({ batchSize: 0 }), "'batchSize' must be between 1 and 10000 records (a whole number), got 0"],
    ['StreamBatchingWindowOutOfRange', () => ({ maxBatchingWindow: Duration.minutes(6) }), "'maxBatchingWindow' must be between 0 and 300 seconds"],
    ['StreamRetriesOutOfRange', () => ({ retryAttempts: -2 }), "'retryAttempts' must be between -1 and 10000 retries"],
    ['StreamRetriesOutOfRange', () => ({ retryAttempts: 0.5 }), "'retryAttempts' must be between -1 and 10000 retries"],
    ['StreamRecordAgeOutOfRange', () => ({ maxRecordAge: Duration.seconds(59) }), "'maxRecordAge' must be between 60 and 604800 seconds"],
    ['StreamParallelizationOutOfRange', () => ({ parallelizationFactor: 11 }), "'parallelizationFactor' must be between 1 and 10 batches per shard"],
    ['StreamTumblingWindowOutOfRange', () => ({ tumblingWindow: Duration.minutes(16) }), "'tumblingWindow' must be between 0 and 900 seconds"],
    ['StreamFiltersTooMany', () => ({ filters: Array(11).fill({}) }), "'filters' must be at most 10"],
    ['StreamFilterKeyWithoutFilters', (stack) => ({ filterEncryption: new kms.Key(stack, 'Key') }), "'filterEncryption' must be left out when there are no 'filters'"],
  ])('fails with %s', (name, options, message) => {
    const make = () => {
      const stack = stackWith();
      ours(stack, options(stack));
    };
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ name }));
  });

  test('what only the deployment knows is taken as it is', () => {
    const later = Lazy.number({ produce: () => 7 });
    expect(mapping(wired({ batchSize: later, parallelizationFactor: later }))).toMatchObject({ BatchSize: 7, ParallelizationFactor: 7 });
  });

  test('one of another stack is read, without a circle', () => {
    const app = new App();
    const [data, service] = [new Stack(app, 'Data'), new Stack(app, 'Service')];
    new EventFunction(service, 'Orders', MINIMAL).addEventSource(ours(data, {}, new kms.Key(data, 'Key')));
    app.synth();
    expect(service.dependencies).toEqual([data]);
  });

  test('what the source means is data', () => {
    expect(ours(stackWith())).toMatchObject({ semantics: { invocation: InvocationMode.POLLED } });
  });
});
