import { App, Duration, Stack } from 'aws-cdk-lib';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EventFunction, EventFunctionProps, InvocationKind, KafkaAuthentication, PullSource } from '../../../src';
import { readAssembly } from '../../../src/assembly/read-assembly';
import { CATALOG } from '../../../src/rules/catalog';
import { tempFolder } from '../../fixtures/temp-folder';
import { MINIMAL, NEW_APP } from '../../function/functions';

/** The same app wired with sources of the CDK gets the same checks as with those of `PullSource`. */
type Wire = (stack: Stack, fn: EventFunction) => void;

interface Case {
  /** What is wrong with the function. */
  readonly props?: Partial<EventFunctionProps>;
  readonly ours: Wire;
  readonly theirs: Wire;
  /** Rule and type of the resource, as both must be found guilty. */
  readonly found: readonly string[];
}

const MAPPING = 'AWS::Lambda::EventSourceMapping';
const FN = 'AWS::Lambda::Function';
const QUEUE = 'AWS::SQS::Queue';
const { LATEST, TRIM_HORIZON } = lambda.StartingPosition;

const QUARTER = { timeout: Duration.minutes(15) };
const BROKER = 'arn:aws:mq:eu-west-1:111122223333:broker:shop:b-9bcfa592-423a-4942-879d-eb284b418fc8';
const CLUSTER = 'arn:aws:kafka:eu-west-1:111122223333:cluster/shop/0a1b2c3d-0000-0000-0000-000000000000-1';
const BROKERS = ['broker.example.com:9092'];

/** Patterns that Lambda takes, one more than without a quota increase. */
const SIX_FILTERS = [1, 2, 3, 4, 5, 6].map((total) => lambda.FilterCriteria.filter({ data: { total: [total] } }));
const NEVER = [lambda.FilterCriteria.filter({ eventName: ['CREATE'] })];

const added = (make: (stack: Stack) => lambda.IEventSource): Wire => (stack, fn) => fn.addEventSource(make(stack));

type MakeSource<T, O> = (on: T, options: O) => lambda.IEventSource;

/** The same source, made in two ways from the same construct and the same options. */
function pair<T, O>(make: (stack: Stack) => T, options: O, ours: MakeSource<T, O>, theirs: MakeSource<T, O>): Pick<Case, 'ours' | 'theirs'> {
  return { ours: added((stack) => ours(make(stack), options)), theirs: added((stack) => theirs(make(stack), options)) };
}

const short = (stack: Stack) => new sqs.Queue(stack, 'Returns', { visibilityTimeout: Duration.seconds(10), enforceSSL: true });

function tried(maxReceiveCount: number): (stack: Stack) => sqs.Queue {
  return (stack) => {
    const queue = new sqs.Queue(stack, 'Dead', { retentionPeriod: Duration.days(1), enforceSSL: true });
    return new sqs.Queue(stack, 'Returns', { visibilityTimeout: Duration.minutes(3), deadLetterQueue: { queue, maxReceiveCount }, enforceSSL: true });
  };
}

const queues = <O extends sources.SqsEventSourceProps>(make: (stack: Stack) => sqs.Queue, options: O) => pair(make, options,
  (queue, given) => PullSource.queue(queue, given), (queue, given) => new sources.SqsEventSource(queue, given));

/** Given up, and nobody hears of it. */
const FORGOTTEN = { startingPosition: LATEST, retryAttempts: 2, maxRecordAge: Duration.hours(1), bisectBatchOnError: true, batchSize: 100 };

const clicks = (stack: Stack) => new kinesis.Stream(stack, 'Clicks');
const streams = (options: sources.KinesisEventSourceProps) => pair(clicks, options,
  (stream, given) => PullSource.stream(stream, { ...given, keepFailedRecords: false }),
  (stream, given) => new sources.KinesisEventSource(stream, given));
const reader = (stack: Stack) => new kinesis.StreamConsumer(stack, 'Reader', { stream: clicks(stack), streamConsumerName: 'reader' });
const items = (stack: Stack) => new dynamodb.Table(stack, 'Items', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.NEW_IMAGE,
});
const login = (stack: Stack) => new secretsmanager.Secret(stack, 'Login');

/** A mapping that the CDK has no source for, with what the role needs for it. */
function mapped(eventSourceArn: string, more: Partial<lambda.CfnEventSourceMappingProps>, actions: string[]): Wire {
  return (stack, fn) => {
    const secret = login(stack);
    const interfaces = ['CreateNetworkInterface', 'DeleteNetworkInterface', 'DescribeNetworkInterfaces'].map((action) => `ec2:${action}`);
    fn.addToRolePolicy(new iam.PolicyStatement({ actions: [...actions, ...interfaces], resources: ['*'] }));
    secret.grantRead(fn);
    new lambda.CfnEventSourceMapping(fn, 'Mapping', {
      functionName: fn.functionName, eventSourceArn, sourceAccessConfigurations: [{ type: 'BASIC_AUTH', uri: secret.secretArn }], ...more,
    });
  };
}

const documents = (stack: Stack) => docdb.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Documents', {
  clusterIdentifier: 'shop',
  clusterEndpointAddress: 'shop.cluster-abcdefghijkl.eu-west-1.docdb.amazonaws.com',
  instanceEndpointAddresses: [],
  instanceIdentifiers: [],
  port: 27017,
  readerEndpointAddress: 'shop.cluster-ro-abcdefghijkl.eu-west-1.docdb.amazonaws.com',
  securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0'),
});

const SLOW = [`polled-function-ends-in-time ${FN}`];

const CASES: Readonly<Record<string, Case>> = {
  'a queue that hides messages too briefly, and keeps no dead letters': {
    props: { timeout: Duration.minutes(1) },
    ...queues(short, {}),
    found: [`queue-has-dead-letters ${QUEUE}`, `queue-visibility-covers-timeout ${QUEUE}`],
  },
  'a queue whose messages are received once': {
    ...queues(tried(1), {}),
    found: [`dead-letters-live-longer ${QUEUE}`, `queue-receives-enough ${QUEUE}`],
  },
  'a queue that is read more often at once than is reserved': {
    props: { reservedConcurrentExecutions: 5 },
    ...queues(tried(5), { maxConcurrency: 10 }),
    found: [`dead-letters-live-longer ${QUEUE}`, `queue-concurrency-is-reserved ${MAPPING}`],
  },
  'a stream from its latest record on, whose failures nobody hears of': {
    ...streams(FORGOTTEN),
    found: [`stream-failures-are-kept ${MAPPING}`, `stream-start-misses-nothing ${MAPPING}`],
  },
  'a stream with many filters': {
    ...streams({ ...FORGOTTEN, startingPosition: TRIM_HORIZON, filters: SIX_FILTERS }),
    found: [`filters-fit-default-quota ${MAPPING}`, `stream-failures-are-kept ${MAPPING}`],
  },
  'a consumer of a stream from its latest record on': {
    ...pair(reader, FORGOTTEN, (consumer, options) => PullSource.streamConsumer(consumer, { ...options, keepFailedRecords: false }),
      (consumer, options) => new sources.KinesisConsumerEventSource(consumer, options)),
    found: [`stream-failures-are-kept ${MAPPING}`, `stream-start-misses-nothing ${MAPPING}`],
  },
  'a table with a filter that no change passes': {
    ...pair(items, { ...FORGOTTEN, filters: NEVER }, (table, options) => PullSource.table(table, { ...options, keepFailedRecords: false }),
      (table, options) => new sources.DynamoEventSource(table, options)),
    found: [`filter-can-match ${MAPPING}`, `stream-failures-are-kept ${MAPPING}`, `stream-start-misses-nothing ${MAPPING}`],
  },
  'a cluster of Amazon MSK, and a function that takes too long': {
    props: QUARTER,
    ...pair(() => ({ clusterArn: CLUSTER, topic: 'orders' }), { startingPosition: LATEST }, (on, options) => PullSource.mskCluster({ ...on, ...options }),
      (on, options) => new sources.ManagedKafkaEventSource({ ...on, ...options })),
    found: [...SLOW, `stream-start-misses-nothing ${MAPPING}`],
  },
  'a cluster of Apache Kafka, and a function that takes too long': {
    props: QUARTER,
    ...pair((stack) => login(stack), { bootstrapServers: BROKERS, topic: 'orders', startingPosition: LATEST },
      (secret, options) => PullSource.kafka({ ...options, authentication: KafkaAuthentication.scram512(secret) }),
      (secret, options) => new sources.SelfManagedKafkaEventSource({ ...options, secret })),
    found: [...SLOW, `stream-start-misses-nothing ${MAPPING}`],
  },
  'a broker of ActiveMQ, and a function that takes too long': {
    props: QUARTER,
    ours: added((stack) => PullSource.activeMq(BROKER, { queueName: 'orders', secret: login(stack) })),
    theirs: mapped(BROKER, { queues: ['orders'] }, ['mq:DescribeBroker']),
    found: SLOW,
  },
  'a broker of RabbitMQ, and a function that takes too long': {
    props: QUARTER,
    ours: added((stack) => PullSource.rabbitMq(BROKER, { queueName: 'orders', secret: login(stack) })),
    theirs: mapped(BROKER, { queues: ['orders'] }, ['mq:DescribeBroker']),
    found: SLOW,
  },
  'a change stream from its latest event on, and a function that takes too long': {
    props: QUARTER,
    ours: added((stack) => PullSource.documentDb(documents(stack), { databaseName: 'shop', secret: login(stack), startingPosition: LATEST })),
    theirs: mapped('arn:aws:rds:eu-west-1:111122223333:cluster:shop', { documentDbEventSourceConfig: { databaseName: 'shop' }, startingPosition: LATEST }, ['rds:Describe*']),
    found: [...SLOW, `stream-start-misses-nothing ${MAPPING}`],
  },
};

/** What rules find in an app with one function, how it is invoked, and what becomes of what fails. */
function checked(wire: Wire, props: Partial<EventFunctionProps> = {}) {
  const app = new App({ outdir: tempFolder(), context: { ...NEW_APP, 'cdk-event-functions:rules': false } });
  const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
  const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, ...props });
  wire(stack, fn);
  const model = readAssembly(app.synth().directory);
  const found = CATALOG.flatMap((rule) => [...rule.check(model)].map(({ resource }) => `${rule.id} ${resource.type}`)).sort();
  const paths = fn.invocationPaths().map(({ statement: _, source, ...path }) => ({ ...path, source: stack.resolve(source) }));
  const mappings = model.ofType(MAPPING).map((mapping) => mapping.reference('FunctionName')?.resource.type);
  return { found, paths, mappings, failures: fn.failureMap() };
}

beforeAll(() => jest.spyOn(console, 'error').mockImplementation());
afterAll(() => jest.restoreAllMocks());

describe.each(Object.entries(CASES))('%s', (_, { ours, theirs, props, found }) => {
  const [a, b] = [checked(ours, props), checked(theirs, props)];

  test('is found with either source', () => {
    expect(a.found).toEqual([...found].sort());
    expect(b.found).toEqual(a.found);
  });

  test('is polled for the live alias by either source, and told of alike', () => {
    expect(a.mappings).toEqual(['AWS::Lambda::Alias']);
    expect(b.mappings).toEqual(a.mappings);
    expect(a.paths).toMatchObject([{ kind: InvocationKind.PULL, qualifier: 'live' }]);
    expect(b.paths).toEqual(a.paths);
    expect(a.failures).toHaveLength(1);
    expect(b.failures).toEqual(a.failures);
  });
});

test('what the CDK leaves endless is found, and bounded by PullSource', () => {
  const theirs = checked(added((stack) => new sources.KinesisEventSource(clicks(stack), { startingPosition: TRIM_HORIZON })));
  expect(theirs.found).toEqual([`stream-retries-are-bounded ${MAPPING}`]);
  expect(checked(added((stack) => PullSource.stream(clicks(stack)))).found).toEqual([]);
});
