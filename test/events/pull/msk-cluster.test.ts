import { Duration, Lazy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { GlueSchemaRegistry, KafkaDlq, ManagedKafkaEventSource, S3OnFailureDestination } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as msk from 'aws-cdk-lib/aws-msk';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { MSKEvent } from 'aws-lambda';
import { mapping, ofType, statements } from './mapped';
import { EventFunction, InvocationMode, MskAuthentication, MskClusterSourceOptions, PullSource } from '../../../src';
import { mskClusterEvent } from '../../../src/events/pull/samples/msk-cluster';
import { aliasRef, MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from '../../function/functions';

const IN_ACCOUNT = 'arn:aws:kafka:eu-west-1:111122223333';
const CLUSTER_ARN = `${IN_ACCOUNT}:cluster/main/abc-1`;
const TOPIC: MskClusterSourceOptions = { clusterArn: CLUSTER_ARN, topic: 'orders' };
const PROVISIONED: MskClusterSourceOptions = { ...TOPIC, provisionedPollerConfig: { minimumPollers: 1 } };
const NETWORK = [
  'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets', 'ec2:DescribeVpcs',
];

function clusterTo(options = TOPIC, stack = stackWith()) {
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.mskCluster(options));
  return stack;
}

describe('defaults', () => {
  test('are those of AWS as long as Lambda decides about pollers', () => {
    const stack = clusterTo();
    expect(mapping(stack)).toEqual({
      FunctionName: expect.anything(), EventSourceArn: CLUSTER_ARN, Topics: ['orders'], StartingPosition: 'TRIM_HORIZON', BatchSize: 100,
    });
    expect(JSON.stringify(mapping(stack).FunctionName)).toContain(aliasRef(stack).Ref);
    expect(ofType(stack, 'AWS::SQS::Queue')).toEqual([]);
  });

  test('with pollers of its own, a bad record is given up some time, and is heard of', () => {
    const stack = clusterTo(PROVISIONED);
    expect(mapping(stack)).toEqual({
      FunctionName: expect.anything(),
      EventSourceArn: CLUSTER_ARN,
      Topics: ['orders'],
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      ProvisionedPollerConfig: { MinimumPollers: 1 },
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [only(stack, 'AWS::SQS::Queue').logicalId, 'Arn'] } } },
    });
  });

  test.each([['on-demand', TOPIC], ['provisioned', PROVISIONED]])('the template in %s mode', (_, options) => {
    expect(Template.fromStack(clusterTo(options)).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('every option reaches the event source mapping', () => {
    const stack = clusterTo({
      ...TOPIC,
      consumerGroupId: 'readers',
      startingPositionTimestamp: 1_760_000_000,
      batchSize: 500,
      maxBatchingWindow: Duration.seconds(5),
      provisionedPollerConfig: { minimumPollers: 2, maximumPollers: 3, pollerGroupName: 'shared' },
      bisectBatchOnError: false,
      retryAttempts: -1,
      maxRecordAge: Duration.minutes(1),
      reportBatchItemFailures: true,
      keepFailedRecords: false,
      filters: [lambda.FilterCriteria.filter({ value: { kind: lambda.FilterRule.isEqual('order') } })],
      schemaRegistryConfig: new GlueSchemaRegistry({
        schemaRegistryArn: 'arn:aws:glue:eu-west-1:111122223333:registry/orders',
        eventRecordFormat: lambda.EventRecordFormat.JSON,
        schemaValidationConfigs: [{ attribute: lambda.KafkaSchemaValidationAttribute.VALUE }],
      }),
      logLevel: lambda.EventSourceMappingLogLevel.WARN,
      metricsConfig: { metrics: [lambda.MetricType.ERROR_COUNT] },
      enabled: false,
    });
    expect(mapping(stack)).toEqual({
      FunctionName: expect.anything(),
      EventSourceArn: CLUSTER_ARN,
      Topics: ['orders'],
      AmazonManagedKafkaEventSourceConfig: {
        ConsumerGroupId: 'readers',
        SchemaRegistryConfig: {
          SchemaRegistryURI: 'arn:aws:glue:eu-west-1:111122223333:registry/orders', EventRecordFormat: 'JSON', SchemaValidationConfigs: [{ Attribute: 'VALUE' }],
        },
      },
      StartingPosition: 'AT_TIMESTAMP',
      StartingPositionTimestamp: 1_760_000_000,
      BatchSize: 500,
      MaximumBatchingWindowInSeconds: 5,
      ProvisionedPollerConfig: { MinimumPollers: 2, MaximumPollers: 3, PollerGroupName: 'shared' },
      BisectBatchOnFunctionError: false,
      MaximumRetryAttempts: -1,
      MaximumRecordAgeInSeconds: 60,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FilterCriteria: { Filters: [{ Pattern: '{"value":{"kind":["order"]}}' }] },
      LoggingConfig: { SystemLogLevel: 'WARN' },
      MetricsConfig: { Metrics: ['ErrorCount'] },
      Enabled: false,
    });
  });

  test('a bucket takes the place of the queue', () => {
    const stack = stackWith();
    clusterTo({ ...PROVISIONED, onFailure: new S3OnFailureDestination(new s3.Bucket(stack, 'Lost')) }, stack);
    expect(mapping(stack).DestinationConfig.OnFailure.Destination).toEqual({ 'Fn::GetAtt': [only(stack, 'AWS::S3::Bucket').logicalId, 'Arn'] });
    expect(ofType(stack, 'AWS::SQS::Queue')).toEqual([]);
  });

  test('one source object serves two functions', () => {
    const stack = stackWith();
    const source = PullSource.mskCluster(TOPIC);
    for (const id of ['Plain', 'Other']) new lambda.Function(stack, id, { ...MINIMAL, events: [source] });
    expect(ofType(stack, 'AWS::Lambda::EventSourceMapping')).toHaveLength(2);
  });

  test.each([NO_FLAGS, NEW_APP])('is the resource that the CDK makes, so that nothing is replaced', (context) => {
    const idOf = (source: lambda.IEventSource) => {
      const stack = stackWith(context);
      new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
      return only(stack, 'AWS::Lambda::EventSourceMapping').logicalId;
    };
    const theirs = new ManagedKafkaEventSource({ ...TOPIC, startingPosition: lambda.StartingPosition.LATEST });
    expect(idOf(PullSource.mskCluster(TOPIC))).toBe(idOf(theirs));
  });
});

describe('permissions', () => {
  const FIND = [
    { Effect: 'Allow', Action: 'kafka:DescribeClusterV2', Resource: CLUSTER_ARN },
    { Effect: 'Allow', Action: ['kafka:GetBootstrapBrokers', ...NETWORK], Resource: '*' },
  ];
  const connect = (group: string) => [
    { Effect: 'Allow', Action: ['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration'], Resource: CLUSTER_ARN },
    { Effect: 'Allow', Action: ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], Resource: `${IN_ACCOUNT}:topic/main/abc-1/orders` },
    { Effect: 'Allow', Action: ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'], Resource: `${IN_ACCOUNT}:group/main/abc-1/${group}` },
  ];

  test('the role may find the cluster, reach it and read this topic, in any group', () => {
    expect(statements(clusterTo())).toEqual([...FIND, ...connect('*')]);
  });

  test('a cluster of another account is read through the connection to it, which the role may find', () => {
    const [, account] = /:(\d{12}):/.exec(CLUSTER_ARN)!;
    const vpcConnectionArn = CLUSTER_ARN.replace(`${account}:cluster/`, `444455556666:vpc-connection/${account}/`);
    const stack = clusterTo({ ...TOPIC, vpcConnectionArn });
    expect(mapping(stack).EventSourceArn).toBe(vpcConnectionArn);
    const [cluster, all] = FIND;
    expect(statements(stack)).toEqual([cluster, { Effect: 'Allow', Action: 'kafka:DescribeVpcConnection', Resource: vpcConnectionArn }, all, ...connect('*')]);
    expect(JSON.stringify(PullSource.mskCluster({ ...TOPIC, vpcConnectionArn }).sampleEvent())).toContain(vpcConnectionArn);
  });

  test('and in no other group than is named', () => {
    expect(statements(clusterTo({ ...TOPIC, consumerGroupId: 'readers' }))).toEqual([...FIND, ...connect('readers')]);
  });

  test('the topic of a cluster of this stack is named by the parts of its ARN', () => {
    const stack = stackWith();
    const cluster = new msk.CfnServerlessCluster(stack, 'Cluster', { clusterName: 'main', vpcConfigs: [], clientAuthentication: { sasl: { iam: { enabled: true } } } });
    clusterTo({ ...TOPIC, clusterArn: cluster.attrArn }, stack);
    const part = (index: number) => ({ 'Fn::Select': [index, { 'Fn::Split': [':cluster/', { 'Fn::GetAtt': ['Cluster', 'Arn'] }] }] });
    expect(statements(stack)).toContainEqual(expect.objectContaining({ Resource: { 'Fn::Join': ['', [part(0), ':topic/', part(1), '/orders']] } }));
  });

  test.each<[string, (secret: secretsmanager.ISecret) => MskAuthentication]>([
    ['SASL_SCRAM_512_AUTH', (secret) => MskAuthentication.scram(secret)],
    ['CLIENT_CERTIFICATE_TLS_AUTH', (secret) => MskAuthentication.mutualTls(secret)],
  ])('with %s the role may read the secret instead', (Type, authenticate) => {
    const stack = stackWith();
    const secret = new secretsmanager.Secret(stack, 'Login', { encryptionKey: new kms.Key(stack, 'Key') });
    clusterTo({ ...TOPIC, authentication: authenticate(secret) }, stack);
    const Resource = { Ref: only(stack, 'AWS::SecretsManager::Secret').logicalId };
    expect(statements(stack)).toEqual([
      ...FIND,
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource },
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': [only(stack, 'AWS::KMS::Key').logicalId, 'Arn'] } },
    ]);
    expect(mapping(stack).SourceAccessConfigurations).toEqual([{ Type, URI: Resource }]);
  });

  test('a secret that was imported by its name is read under each ARN it may have', () => {
    const stack = stackWith(NO_FLAGS, { env: { account: '111122223333', region: 'eu-west-1' } });
    clusterTo({ ...TOPIC, authentication: MskAuthentication.scram(secretsmanager.Secret.fromSecretNameV2(stack, 'Login', 'AmazonMSK_login')) }, stack);
    expect(JSON.stringify(statements(stack))).toContain(':secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_login-??????');
  });

  test('a cluster that lets everybody in takes none', () => {
    const stack = clusterTo({ ...TOPIC, authentication: MskAuthentication.none() });
    expect(statements(stack)).toEqual(FIND);
    expect(mapping(stack)).not.toHaveProperty('SourceAccessConfigurations');
  });

  test('the role may write to the topic that is told of failures', () => {
    const stack = clusterTo({ ...PROVISIONED, onFailure: new KafkaDlq('failed') });
    expect(mapping(stack).DestinationConfig.OnFailure.Destination).toBe('kafka://failed');
    expect(statements(stack)).toContainEqual({
      Effect: 'Allow', Action: ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'], Resource: `${IN_ACCOUNT}:topic/main/abc-1/failed`,
    });
  });

  test('the mapping of an imported function waits for them', () => {
    const stack = stackWith();
    const role = new EventFunction(stack, 'Other', MINIMAL).role!;
    const fn = lambda.Function.fromFunctionAttributes(stack, 'Theirs', { functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:theirs', role });
    fn.addEventSource(PullSource.mskCluster(TOPIC));
    const policies = Object.entries(resourcesOf(stack)).filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties).includes('kafka:'));
    expect(policies).toHaveLength(1);
    expect(only(stack, 'AWS::Lambda::EventSourceMapping').DependsOn).toEqual(policies.map(([id]) => id));
  });

  test('an imported function whose role is not known is mapped all the same', () => {
    const stack = stackWith();
    lambda.Function.fromFunctionArn(stack, 'Theirs', 'arn:aws:lambda:eu-west-1:111122223333:function:theirs').addEventSource(PullSource.mskCluster(TOPIC));
    expect(mapping(stack)).toMatchObject({ FunctionName: 'theirs', Topics: ['orders'] });
  });
});

describe('validation', () => {
  const pollers = (minimumPollers?: number, maximumPollers?: number) => ({ provisionedPollerConfig: { minimumPollers, maximumPollers } });
  const WITHOUT = "must be left out without 'provisionedPollerConfig', got";

  test.each<[string, Partial<MskClusterSourceOptions>, string]>([
    ['MskClusterArnMalformed', { clusterArn: `${IN_ACCOUNT}:vpc-connection/1/main/a` }, "'clusterArn' must be an ARN as in arn:aws:kafka:<region>:<account>:cluster/..., got"],
    ['MskVpcConnectionArnMalformed', { vpcConnectionArn: CLUSTER_ARN }, "'vpcConnectionArn' must be an ARN as in arn:aws:kafka:<region>:<account>:vpc-connection/..., got"],
    ['KafkaTopicMalformed', { topic: '.orders' }, "'topic' must be 2 to 249 letters, digits, '.', '_' and '-', and no dot at the start, got \".orders\""],
    ['KafkaTopicMalformed', { topic: 'o'.repeat(250) }, "'topic' must be 2 to 249"],
    ['KafkaConsumerGroupMalformed', { consumerGroupId: 'a b' }, "'consumerGroupId' must be 1 to 200 letters"],
    ['KafkaConsumerGroupMalformed', { consumerGroupId: 'g'.repeat(201) }, "'consumerGroupId' must be 1 to 200 letters"],
    ['StreamStartContradicts', { startingPosition: lambda.StartingPosition.AT_TIMESTAMP }, "'startingPositionTimestamp' must be given with AT_TIMESTAMP, got undefined"],
    ['KafkaBatchSizeOutOfRange', { batchSize: 10_001 }, "'batchSize' must be between 1 and 10000 records (a whole number), got 10001"],
    ['KafkaBatchingWindowOutOfRange', { maxBatchingWindow: Duration.millis(500) }, "'maxBatchingWindow' must be between 0 and 300 seconds"],
    ['StreamFiltersTooMany', { filters: Array(11).fill({}) }, "'filters' must be at most 10"],
    ['KafkaNeedsProvisionedMode', { bisectBatchOnError: true }, `'bisectBatchOnError' ${WITHOUT} true`],
    ['KafkaNeedsProvisionedMode', { retryAttempts: 0 }, `'retryAttempts' ${WITHOUT} 0`],
    ['KafkaNeedsProvisionedMode', { maxRecordAge: Duration.hours(1) }, `'maxRecordAge' ${WITHOUT} "a value"`],
    ['KafkaNeedsProvisionedMode', { reportBatchItemFailures: true }, `'reportBatchItemFailures' ${WITHOUT} true`],
    ['KafkaNeedsProvisionedMode', { logLevel: lambda.EventSourceMappingLogLevel.INFO }, `'logLevel' ${WITHOUT}`],
    ['KafkaRetriesOutOfRange', { ...pollers(1), retryAttempts: -2 }, "'retryAttempts' must be between -1 and 10000 retries"],
    ['KafkaRecordAgeOutOfRange', { ...pollers(1), maxRecordAge: Duration.seconds(59) }, "'maxRecordAge' must be between 60 and 604800 seconds"],
    ['KafkaPollersOutOfRange', pollers(0), "'provisionedPollerConfig.minimumPollers' must be between 1 and 200 pollers"],
    ['KafkaPollersOutOfRange', pollers(1, 2_001), "'provisionedPollerConfig.maximumPollers' must be between 1 and 2000 pollers"],
    ['KafkaPollersContradict', pollers(3, 2), "'provisionedPollerConfig.maximumPollers' must be at least 'minimumPollers' (3), got 2"],
  ])('fails with %s: $#', (name, options, message) => {
    expect(() => PullSource.mskCluster({ ...TOPIC, ...options })).toThrow(message);
    expect(() => PullSource.mskCluster({ ...TOPIC, ...options })).toThrow(expect.objectContaining({ name }));
  });

  test.each<[string, MskClusterSourceOptions]>([
    ['KafkaTopicNeedsProvisionedMode', { ...TOPIC, onFailure: new KafkaDlq('failed') }],
    ['KafkaFailsIntoItself', { ...PROVISIONED, onFailure: new KafkaDlq('orders') }],
  ])('fails with %s when it is wired', (name, options) => {
    expect(() => clusterTo(options)).toThrow(expect.objectContaining({ name }));
  });

  test('what is switched off needs no pollers', () => {
    const stack = clusterTo({ ...TOPIC, bisectBatchOnError: false, reportBatchItemFailures: false });
    expect(mapping(stack)).toMatchObject({ BisectBatchOnFunctionError: false });
  });
});

test('what only the deployment knows is taken as it is', () => {
  const later = Lazy.number({ produce: () => 7 });
  const name = Lazy.string({ produce: () => 'later' });
  const stack = clusterTo({ clusterArn: Lazy.string({ produce: () => CLUSTER_ARN }), topic: name, consumerGroupId: name, batchSize: later });
  expect(mapping(stack)).toMatchObject({ EventSourceArn: CLUSTER_ARN, Topics: ['later'], BatchSize: 7 });
});

test('ids are a contract', () => {
  expect(only(clusterTo(), 'AWS::Lambda::EventSourceMapping').logicalId).toMatchInlineSnapshot('"OrdersKafkaEventSourceShopOrdersA8B1F509orders9B2658B0"');
});

describe('the event', () => {
  test('is that of a topic', () => {
    const event = PullSource.mskCluster(TOPIC).sampleEvent() as MSKEvent;
    const text = (encoded: string) => Buffer.from(encoded, 'base64').toString();
    expect(event).toMatchObject({ eventSource: 'aws:kafka', eventSourceArn: CLUSTER_ARN });
    expect(event.records['orders-0'].map(({ topic, value }) => [topic, text(value)])).toEqual([['orders', 'Hello, this is a test.']]);
    const documented = mskClusterEvent();
    expect(Object.keys(documented.records)).toEqual(['mytopic-0']);
  });

  test('has what is overridden', () => {
    const { records } = PullSource.mskCluster(TOPIC).sampleEvent({ records: { 'orders-0': [{ offset: 7 }] } });
    expect(records['orders-0'][0]).toMatchObject({ offset: 7, topic: 'orders' });
  });
});

test('what the source means is data', () => {
  expect(PullSource.mskCluster(TOPIC).semantics).toMatchObject({ invocation: InvocationMode.POLLED, service: 'Amazon Managed Streaming for Apache Kafka' });
});
