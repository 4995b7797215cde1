import { Text } from '../../../src/model/iam/text';
import { Topic } from '../../../src/model/needs/need';
import { needsOf } from '../../../src/model/needs/needs-of';
import { Json, JsonObject } from '../../../src/model/template';
import { appOf, resourceIn } from '../app-of';

const ENVIRONMENT = { account: '123456789012', region: 'eu-west-1' };
const QUEUE: JsonObject = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'failed' } };

const of = (type: string, properties: JsonObject = {}): JsonObject => ({ Type: type, Properties: properties });
const arnOf = (logicalId: string, attribute = 'Arn'): JsonObject => ({ 'Fn::GetAtt': [logicalId, attribute] });

function spelled(text: Text): string {
  return text.map((piece) => typeof piece === 'string' ? piece : piece.kind ? `[${piece.id.replace(/ of .*\//, ' of ')}]` : '?').join('');
}

/** The needs of the function `orders` of one topic: actions, target and place. */
function needs(topic: Topic, properties: JsonObject, others: JsonObject = {}): string[] {
  const app = appOf({ Orders: of('AWS::Lambda::Function', { FunctionName: 'orders', ...properties }), ...others }, ENVIRONMENT);
  return needsOf(resourceIn(app, 'Orders')).filter((need) => need.topic === topic)
    .map(({ actions, target, at }) => `${actions.join(' ')} on ${spelled(target)} at ${at.resource.logicalId}/${at.path}`);
}

const LOGS = 'arn:aws:logs:eu-west-1:123456789012:log-group:';

describe('logs', () => {
  test.each<[string, JsonObject, string, string]>([
    ['the group that Lambda names after the function', {}, '/aws/lambda/orders', 'Role'],
    ['no group, in other words', { LoggingConfig: { LogGroup: { Ref: 'AWS::NoValue' } } }, '/aws/lambda/orders', 'Role'],
    ['the group that the function names', { LoggingConfig: { LogGroup: 'shop' } }, 'shop', 'LoggingConfig'],
    ['a group of this app', { LoggingConfig: { LogGroup: { Ref: 'Group' } } }, '[name of Group]', 'LoggingConfig'],
    ['a group that a parameter names', { LoggingConfig: { LogGroup: { Ref: 'Name' } } }, '?', 'LoggingConfig'],
    ['settings that a parameter holds', { LoggingConfig: { Ref: 'Settings' } }, '?', 'LoggingConfig'],
  ])('go to %s', (_, properties, group, path) => {
    expect(needs('logs', properties, { Group: of('AWS::Logs::LogGroup') })).toEqual([
      `logs:CreateLogStream on ${LOGS}${group}:log-stream:[log stream] at Orders/Properties/${path}`,
      `logs:PutLogEvents on ${LOGS}${group}:log-stream:[log stream] at Orders/Properties/${path}`,
    ]);
  });
});

test('traces are sent if tracing is active', () => {
  expect(needs('tracing', { TracingConfig: { Mode: 'Active' } })).toEqual(['xray:PutTraceSegments on * at Orders/Properties/TracingConfig']);
  expect(needs('tracing', { TracingConfig: { Mode: 'PassThrough' } })).toEqual([]);
  expect(needs('tracing', {})).toEqual([]);
});

test('interfaces are managed if there are subnets', () => {
  expect(needs('network', { VpcConfig: { SubnetIds: [{ Ref: 'Subnet' }] } })).toEqual([
    'ec2:CreateNetworkInterface ec2:DeleteNetworkInterface on arn:aws:ec2:eu-west-1:123456789012:? at Orders/Properties/VpcConfig',
    'ec2:DescribeNetworkInterfaces on * at Orders/Properties/VpcConfig',
  ]);
  for (const SubnetIds of [[], { Ref: 'Subnets' }] as Json[]) expect(needs('network', { VpcConfig: { SubnetIds } })).toEqual([]);
});

describe('sending', () => {
  const config = (destination: Json, when = 'OnFailure') => of('AWS::Lambda::EventInvokeConfig', { FunctionName: { Ref: 'Orders' }, Qualifier: '$LATEST', DestinationConfig: { [when]: { Destination: destination } } });
  const place = 'Async/Properties/DestinationConfig/OnFailure/Destination';

  test('goes to the dead-letter queue', () => {
    expect(needs('sending', { DeadLetterConfig: { TargetArn: arnOf('Failed') } }, { Failed: QUEUE }))
      .toEqual(['sqs:SendMessage on arn:aws:sqs:eu-west-1:123456789012:failed at Orders/Properties/DeadLetterConfig/TargetArn']);
  });

  test.each<[string, Json, string[]]>([
    ['a queue', arnOf('Failed'), ['sqs:SendMessage on arn:aws:sqs:eu-west-1:123456789012:failed']],
    ['a topic', { Ref: 'Topic' }, ['sns:Publish on arn:aws:sns:eu-west-1:123456789012:[name of Topic]']],
    ['a function', arnOf('Repair'), ['lambda:InvokeFunction on arn:aws:lambda:eu-west-1:123456789012:function:repair']],
    ['an alias', { Ref: 'Live' }, ['lambda:InvokeFunction on arn:aws:lambda:eu-west-1:123456789012:function:repair:live']],
    ['a bus', arnOf('Bus'), ['events:PutEvents on arn:aws:events:eu-west-1:123456789012:event-bus/shop']],
    ['the bus of the account', { 'Fn::Sub': 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/default' }, ['events:PutEvents on arn:aws:events:eu-west-1:123456789012:event-bus/default']],
    ['a bucket', arnOf('Bucket'), ['s3:ListBucket on arn:aws:s3:::[name of Bucket]', 's3:PutObject on arn:aws:s3:::[name of Bucket]/?']],
    ['what a parameter names', { Ref: 'Destination' }, []],
    ['a topic of Kafka', 'kafka://failed', []],
  ])('goes to %s', (_, destination, expected) => {
    const found = needs('sending', {}, {
      Async: config(destination),
      Failed: QUEUE,
      Topic: of('AWS::SNS::Topic'),
      Repair: of('AWS::Lambda::Function', { FunctionName: 'repair' }),
      Live: of('AWS::Lambda::Alias', { FunctionName: { Ref: 'Repair' }, Name: 'live' }),
      Bus: of('AWS::Events::EventBus', { Name: 'shop' }),
      Bucket: of('AWS::S3::Bucket'),
    });
    expect(found).toEqual(expected.map((need) => `${need} at ${place}`));
  });

  test('goes to destinations of success, and of mappings', () => {
    expect(needs('sending', {}, { Failed: QUEUE, Async: config(arnOf('Failed'), 'OnSuccess') })).toHaveLength(1);
    const mapping = of('AWS::Lambda::EventSourceMapping', { FunctionName: { Ref: 'Orders' }, DestinationConfig: { OnFailure: { Destination: arnOf('Failed') } } });
    expect(needs('sending', {}, { Failed: QUEUE, Mapping: mapping })).toEqual([
      'sqs:SendMessage on arn:aws:sqs:eu-west-1:123456789012:failed at Mapping/Properties/DestinationConfig/OnFailure/Destination',
    ]);
  });
});

describe('polling', () => {
  const mapping = (properties: JsonObject) => ({ Mapping: of('AWS::Lambda::EventSourceMapping', { FunctionName: { Ref: 'Orders' }, ...properties }) });
  const at = 'Mapping/Properties/EventSourceArn';

  test.each<[string, Json, JsonObject, string[]]>([
    ['a queue', arnOf('Source'), QUEUE, ['sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes on arn:aws:sqs:eu-west-1:123456789012:failed']],
    ['a stream', arnOf('Source'), of('AWS::Kinesis::Stream'), ['kinesis:DescribeStream kinesis:GetRecords kinesis:GetShardIterator on arn:aws:kinesis:eu-west-1:123456789012:stream/[name of Source]']],
    ['a table', arnOf('Source', 'StreamArn'), of('AWS::DynamoDB::Table'), ['dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator on arn:aws:dynamodb:eu-west-1:123456789012:table/[name of Source]/stream/[label of Source]']],
    ['a consumer', { Ref: 'Source' }, of('AWS::Kinesis::StreamConsumer', { StreamARN: 'arn:aws:kinesis:eu-west-1:123456789012:stream/shop', ConsumerName: 'fast' }), ['kinesis:SubscribeToShard on arn:aws:kinesis:eu-west-1:123456789012:stream/shop/consumer/fast:[time of Source]']],
    ['a cluster of Kafka', { Ref: 'Source' }, of('AWS::MSK::Cluster', { ClusterName: 'shop' }), ['kafka:GetBootstrapBrokers on arn:aws:kafka:eu-west-1:123456789012:cluster/shop/[id of Source]']],
    ['a cluster of Kafka in another account', 'arn:aws:kafka:eu-west-1:123456789012:vpc-connection/444455556666/shop/1a', {}, ['kafka:GetBootstrapBrokers kafka:DescribeVpcConnection on arn:aws:kafka:eu-west-1:123456789012:vpc-connection/444455556666/shop/1a']],
    ['a broker', arnOf('Source'), of('AWS::AmazonMQ::Broker', { BrokerName: 'shop' }), ['mq:DescribeBroker on arn:aws:mq:eu-west-1:123456789012:broker:shop:[id of Source]']],
    ['a cluster of DocumentDB', { 'Fn::Sub': 'arn:aws:rds:eu-west-1:123456789012:cluster:${Source}' }, of('AWS::DocDB::DBCluster'), ['rds:DescribeDBClusters rds:DescribeDBClusterParameters rds:DescribeDBSubnetGroups on ?']],
    ['what a parameter names', { Ref: 'SourceArn' }, QUEUE, []],
  ])('reads %s', (_, source, resource, expected) => {
    expect(needs('polling', {}, { Source: resource, ...mapping({ EventSourceArn: source }) })).toEqual(expected.map((need) => `${need} at ${at}`));
  });

  test('is also for mappings of an alias', () => {
    const others = { Source: QUEUE, Live: of('AWS::Lambda::Alias', { FunctionName: { Ref: 'Orders' }, Name: 'live' }), ...mapping({ FunctionName: { Ref: 'Live' }, EventSourceArn: arnOf('Source') }) };
    expect(needs('polling', {}, others)).toHaveLength(1);
  });

  test('of self-managed brokers takes secrets, and interfaces in subnets that are named', () => {
    const SourceAccessConfigurations = [
      { Type: 'SASL_SCRAM_512_AUTH', URI: { Ref: 'Login' } },
      { Type: 'VPC_SUBNET', URI: 'subnet:subnet-1' },
      { Type: 'BASIC_AUTH', URI: { Ref: 'Parameter' } },
    ];
    const access = 'Mapping/Properties/SourceAccessConfigurations';
    expect(needs('polling', {}, { Login: of('AWS::SecretsManager::Secret', { Name: 'login' }), ...mapping({ SelfManagedEventSource: {}, SourceAccessConfigurations }) })).toEqual([
      `secretsmanager:GetSecretValue on arn:aws:secretsmanager:eu-west-1:123456789012:secret:login-[id of Login] at ${access}`,
      `ec2:CreateNetworkInterface ec2:DeleteNetworkInterface on arn:aws:ec2:eu-west-1:123456789012:? at ${access}`,
      `ec2:DescribeNetworkInterfaces on * at ${access}`,
    ]);
  });

  test.each<[string, JsonObject, JsonObject, number]>([
    ['a queue with a key of this app', of('AWS::SQS::Queue', { KmsMasterKeyId: arnOf('Key') }), {}, 1],
    ['a queue with a key by its id', of('AWS::SQS::Queue', { KmsMasterKeyId: { Ref: 'Key' } }), {}, 1],
    ['a queue with a key by its alias', of('AWS::SQS::Queue', { KmsMasterKeyId: { Ref: 'Alias' } }), { Alias: of('AWS::KMS::Alias', { TargetKeyId: { Ref: 'Key' } }) }, 1],
    ['a stream with a key of this app', of('AWS::Kinesis::Stream', { StreamEncryption: { KeyId: arnOf('Key') } }), {}, 1],
    ['a queue with a key of AWS', of('AWS::SQS::Queue', { KmsMasterKeyId: 'alias/aws/sqs' }), {}, 0],
    ['a queue with a key or none', of('AWS::SQS::Queue', { KmsMasterKeyId: { 'Fn::If': ['IsProd', arnOf('Key'), { Ref: 'AWS::NoValue' }] } }), {}, 0],
    ['a queue with an alias that is its own target', of('AWS::SQS::Queue', { KmsMasterKeyId: { Ref: 'Alias' } }), { Alias: of('AWS::KMS::Alias', { TargetKeyId: { Ref: 'Alias' } }) }, 0],
  ])('of %s', (_, source, others, keys) => {
    const found = needs('keys', {}, { Key: of('AWS::KMS::Key'), Source: source, ...others, ...mapping({ EventSourceArn: arnOf('Source') }) });
    expect(found).toEqual(Array.from({ length: keys }, () => `kms:Decrypt on arn:aws:kms:eu-west-1:123456789012:key/[id of Key] at ${at}`));
  });
});

test('sending to what is encrypted takes a data key and the key', () => {
  const others = { Key: of('AWS::KMS::Key'), Failed: of('AWS::SNS::Topic', { KmsMasterKeyId: { Ref: 'Key' } }) };
  expect(needs('keys', { DeadLetterConfig: { TargetArn: { Ref: 'Failed' } } }, others)).toEqual([
    'kms:GenerateDataKey kms:Decrypt on arn:aws:kms:eu-west-1:123456789012:key/[id of Key] at Orders/Properties/DeadLetterConfig/TargetArn',
  ]);
});

test('file systems are mounted with the role if they have a policy', () => {
  const files = (policy?: Json) => ({
    Access: of('AWS::EFS::AccessPoint', { FileSystemId: { Ref: 'Files' } }),
    Files: of('AWS::EFS::FileSystem', policy === undefined ? {} : { FileSystemPolicy: policy }),
  });
  const mounted = { FileSystemConfigs: [{ Arn: arnOf('Access'), LocalMountPath: '/mnt/files' }] };
  expect(needs('mounting', mounted, files({ Statement: [] }))).toEqual(['elasticfilesystem:ClientMount on arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/[id of Files] at Orders/Properties/FileSystemConfigs']);
  for (const policy of [undefined, { Ref: 'AWS::NoValue' }, { Ref: 'Policy' }]) expect(needs('mounting', mounted, files(policy))).toEqual([]);
});

test('durable functions keep their state', () => {
  expect(needs('durable', { DurableConfig: { ExecutionTimeout: 60 } })).toEqual([
    'lambda:CheckpointDurableExecution lambda:GetDurableExecutionState on arn:aws:lambda:eu-west-1:123456789012:function:orders:? at Orders/Properties/DurableConfig',
  ]);
  expect(needs('durable', { DurableConfig: { 'Fn::If': ['IsDurable', { ExecutionTimeout: 60 }, { Ref: 'AWS::NoValue' }] } })).toEqual([]);
});

test('Lambda Insights reports to a group of its own', () => {
  const insights = { Layers: ['arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:64'] };
  expect(needs('insights', insights)).toEqual([
    `logs:CreateLogStream on ${LOGS}/aws/lambda-insights:log-stream:[log stream] at Orders/Properties/Layers`,
    `logs:PutLogEvents on ${LOGS}/aws/lambda-insights:log-stream:[log stream] at Orders/Properties/Layers`,
  ]);
  expect(needs('insights', { Layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:MyLambdaInsightsExtension:1', { Ref: 'Layer' }] })).toEqual([]);
});

test('what Lambda does not document is not needed', () => {
  expect(needs('keys', { KmsKeyArn: arnOf('Key'), Environment: { Variables: { A: 'b' } } }, { Key: of('AWS::KMS::Key') })).toEqual([]);
});
