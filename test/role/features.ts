import { Duration, Stack } from 'aws-cdk-lib';
import * as codeguru from 'aws-cdk-lib/aws-codeguruprofiler';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Allowed } from './allowed';
import { EventFunction, EventFunctionProps, PullSource } from '../../src';

/** Something that a function uses, and what its role must be allowed for it and nothing more. */
export interface Feature {
  readonly props?: (stack: Stack) => Partial<EventFunctionProps>;
  readonly use?: (fn: EventFunction, stack: Stack) => void;
  readonly allowed: Allowed;
  /** Whether the user says where logs go, so that the role needs no other group. */
  readonly givesLogGroup?: boolean;
}

const ofAccount = (service: string) => `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}`;
const WRITE_LOGS = 'logs:CreateLogStream logs:PutLogEvents';
const TRACE = 'xray:PutTelemetryRecords xray:PutTraceSegments';
const INTERFACES = 'ec2:AssignPrivateIpAddresses ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:UnassignPrivateIpAddresses';
const DENIED_TO_CODE = 'ec2:AssignPrivateIpAddresses ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:DetachNetworkInterface ec2:UnassignPrivateIpAddresses';
const REACH_BROKERS = 'ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ec2:DescribeNetworkInterfaces ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs';
const PROFILE = 'codeguru-profiler:ConfigureAgent codeguru-profiler:PostAgentProfile';
const SEND = 'sqs:GetQueueAttributes sqs:GetQueueUrl sqs:SendMessage';
const POLL = 'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ReceiveMessage';
/** Without the action that finds a queue by its name: a mapping has its ARN. */
const POLL_ARN = 'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage';
const READ_STREAM = 'kinesis:DescribeStream kinesis:DescribeStreamConsumer kinesis:DescribeStreamSummary kinesis:GetRecords kinesis:GetShardIterator kinesis:ListShards kinesis:ListStreams kinesis:SubscribeToShard';
const READ_TABLE = 'dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator';
const READ_BUCKET = 's3:GetBucket* s3:GetObject* s3:List*';
const WRITE = 's3:PutObject s3:PutObjectLegalHold s3:PutObjectRetention s3:PutObjectTagging s3:PutObjectVersionTagging';
const WRITE_OBJECTS = `s3:Abort* ${READ_BUCKET} ${WRITE}`;
const OWN_BUCKET = `s3:Abort* s3:DeleteObject* ${READ_BUCKET} ${WRITE}`;

/** What the role may write its logs to when nobody says where, by whether the CDK names the group after the function. */
export const OWN_LOGS = (namedByCdk: boolean): Allowed => ({ [namedByCdk ? `Allow ${ofAccount('logs')}:log-group:/aws/lambda/\${Orders}:*` : 'Allow ${OrdersLogGroup.Arn}']: WRITE_LOGS });

const LATEST = { startingPosition: lambda.StartingPosition.LATEST };
const LAYER = (name: string) => `arn:aws:lambda:eu-west-1:580247275435:layer:${name}:64`;

const vpcOf = (stack: Stack) => new ec2.Vpc(stack, 'Vpc', { natGateways: 1 });
const keyOf = (stack: Stack) => new kms.Key(stack, 'Key');
const queueOf = (stack: Stack) => new sqs.Queue(stack, 'Queue');
const encryptedQueueOf = (stack: Stack) => new sqs.Queue(stack, 'Queue', { encryptionMasterKey: keyOf(stack) });
const topicOf = (stack: Stack) => new sns.Topic(stack, 'Topic');
const encryptedTopicOf = (stack: Stack) => new sns.Topic(stack, 'Topic', { masterKey: keyOf(stack) });
const streamOf = (stack: Stack, encryption = kinesis.StreamEncryption.UNENCRYPTED) => new kinesis.Stream(stack, 'Stream', { encryption });
const tableOf = (stack: Stack, props: Partial<dynamodb.TableProps> = {}) => new dynamodb.Table(stack, 'Table', { ...props, partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.KEYS_ONLY });

export const FEATURES: Readonly<Record<string, Feature>> = {
  'nothing': { allowed: {} },
  'a log group of the user': { props: (stack) => ({ logGroup: new logs.LogGroup(stack, 'Group') }), givesLogGroup: true, allowed: { 'Allow ${Group.Arn}': WRITE_LOGS } },
  'a log group that is imported': { props: (stack) => ({ logGroup: logs.LogGroup.fromLogGroupName(stack, 'Group', 'orders') }), givesLogGroup: true, allowed: { [`Allow ${ofAccount('logs')}:log-group:orders:*`]: WRITE_LOGS } },
  'the deprecated log retention': { props: () => ({ logRetention: logs.RetentionDays.ONE_WEEK }), givesLogGroup: true, allowed: { [`Allow ${ofAccount('logs')}:log-group:/aws/lambda/\${Orders}:*`]: WRITE_LOGS } },
  'tracing': { props: () => ({ tracing: lambda.Tracing.ACTIVE }), allowed: { 'Allow *': TRACE } },
  'no tracing': { props: () => ({ tracing: lambda.Tracing.DISABLED }), allowed: {} },
  'OpenTelemetry': { props: () => ({ adotInstrumentation: { layerVersion: lambda.AdotLayerVersion.fromJavaScriptSdkLayerVersion(lambda.AdotLambdaLayerJavaScriptSdkVersion.LATEST), execWrapper: lambda.AdotLambdaExecWrapper.REGULAR_HANDLER } }), allowed: { 'Allow *': TRACE } },
  'a VPC': {
    props: (stack) => ({ vpc: vpcOf(stack) }),
    allowed: {
      'Allow *': INTERFACES,
      'Deny * if ArnEquals lambda:SourceFunctionArn ${Orders.Arn}': DENIED_TO_CODE,
    },
  },
  'a VPC, whose interfaces the code may manage': { props: (stack) => ({ vpc: vpcOf(stack), codeMayManageNetworkInterfaces: true }), allowed: { 'Allow *': INTERFACES } },
  'a file system': {
    props: (stack) => {
      const vpc = vpcOf(stack);
      return { vpc, filesystem: lambda.FileSystem.fromEfsAccessPoint(new efs.FileSystem(stack, 'Files', { vpc }).addAccessPoint('Access'), '/mnt/files') };
    },
    allowed: {
      'Allow *': INTERFACES,
      'Deny * if ArnEquals lambda:SourceFunctionArn ${Orders.Arn}': DENIED_TO_CODE,
      [`Allow * if StringEquals elasticfilesystem:AccessPointArn ${ofAccount('elasticfilesystem')}:access-point/\${FilesAccess}`]: 'elasticfilesystem:ClientMount',
      [`Allow ${ofAccount('elasticfilesystem')}:file-system/\${Files}`]: 'elasticfilesystem:ClientWrite',
    },
  },
  // Lambda makes a grant on the key for the role (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html)
  'an encrypted environment': { props: (stack) => ({ environmentEncryption: keyOf(stack), environment: { TABLE: 'orders' } }), allowed: {} },
  'Lambda Insights': {
    props: () => ({ insightsVersion: lambda.LambdaInsightsVersion.fromInsightVersionArn(LAYER('LambdaInsightsExtension')) }),
    allowed: {
      [`Allow ${ofAccount('logs')}:log-group:/aws/lambda-insights`]: `logs:CreateLogGroup ${WRITE_LOGS}`,
      [`Allow ${ofAccount('logs')}:log-group:/aws/lambda-insights:*`]: `logs:CreateLogGroup ${WRITE_LOGS}`,
    },
  },
  'parameters and secrets': { props: () => ({ paramsAndSecrets: lambda.ParamsAndSecretsLayerVersion.fromVersionArn(LAYER('Params')) }), allowed: {} },
  'profiling': { props: () => ({ profiling: true, runtime: lambda.Runtime.PYTHON_3_9 }), allowed: { 'Allow ${OrdersProfilingGroup.Arn}': PROFILE } },
  'a profiling group': { props: (stack) => ({ profilingGroup: new codeguru.ProfilingGroup(stack, 'Group'), runtime: lambda.Runtime.PYTHON_3_9 }), allowed: { 'Allow ${GroupProfilingGroup.Arn}': PROFILE } },
  'durable executions': { props: () => ({ durableConfig: { executionTimeout: Duration.hours(1) } }), allowed: { 'Allow ${Orders.Arn}:*': 'lambda:CheckpointDurableExecution lambda:GetDurableExecutionState' } },
  'a dead-letter queue of its own': { props: () => ({ deadLetterQueueEnabled: true }), allowed: { 'Allow ${OrdersDeadLetterQueue.Arn}': 'sqs:SendMessage' } },
  'a dead-letter queue': { props: (stack) => ({ deadLetterQueue: queueOf(stack) }), allowed: { 'Allow ${Queue.Arn}': 'sqs:SendMessage' } },
  'an encrypted dead-letter queue': {
    props: (stack) => ({ deadLetterQueue: encryptedQueueOf(stack) }),
    allowed: {
      'Allow ${Queue.Arn}': 'sqs:SendMessage',
      'Allow ${Key.Arn}': 'kms:Decrypt kms:GenerateDataKey',
    },
  },
  'a dead-letter topic': { props: (stack) => ({ deadLetterTopic: topicOf(stack) }), allowed: { 'Allow ${Topic}': 'sns:Publish' } },
  'an encrypted dead-letter topic': {
    props: (stack) => ({ deadLetterTopic: encryptedTopicOf(stack) }),
    allowed: {
      'Allow ${Topic}': 'sns:Publish',
      'Allow ${Key.Arn}': 'kms:Decrypt kms:GenerateDataKey',
    },
  },
  'a queue for failures': { props: (stack) => ({ onFailure: new destinations.SqsDestination(queueOf(stack)) }), allowed: { 'Allow ${Queue.Arn}': SEND } },
  'an encrypted queue for failures': {
    props: (stack) => ({ onFailure: new destinations.SqsDestination(encryptedQueueOf(stack)) }),
    allowed: {
      'Allow ${Queue.Arn}': SEND,
      'Allow ${Key.Arn}': 'kms:Decrypt kms:Encrypt kms:GenerateDataKey* kms:ReEncrypt*',
    },
  },
  'a topic for successes': { props: (stack) => ({ onSuccess: new destinations.SnsDestination(topicOf(stack)) }), allowed: { 'Allow ${Topic}': 'sns:Publish' } },
  'an encrypted topic for successes': {
    props: (stack) => ({ onSuccess: new destinations.SnsDestination(encryptedTopicOf(stack)) }),
    allowed: {
      'Allow ${Topic}': 'sns:Publish',
      'Allow ${Key.Arn}': 'kms:Decrypt kms:GenerateDataKey*',
    },
  },
  'a bus for failures': { props: (stack) => ({ onFailure: new destinations.EventBridgeDestination(new events.EventBus(stack, 'Bus')) }), allowed: { 'Allow ${Bus.Arn}': 'events:PutEvents' } },
  'the bus of the account for successes': { props: () => ({ onSuccess: new destinations.EventBridgeDestination() }), allowed: { [`Allow ${ofAccount('events')}:event-bus/default`]: 'events:PutEvents' } },
  'a bucket for failures': {
    props: (stack) => ({ onFailure: new destinations.S3Destination(new s3.Bucket(stack, 'Bucket')) }),
    allowed: {
      'Allow ${Bucket.Arn}': READ_BUCKET,
      'Allow ${Bucket.Arn}/*': WRITE_OBJECTS,
    },
  },
  'an encrypted bucket for failures': {
    props: (stack) => ({ onFailure: new destinations.S3Destination(new s3.Bucket(stack, 'Bucket', { encryptionKey: keyOf(stack) })) }),
    allowed: {
      'Allow ${Bucket.Arn}': READ_BUCKET,
      'Allow ${Bucket.Arn}/*': WRITE_OBJECTS,
      'Allow ${Key.Arn}': 'kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey* kms:ReEncrypt*',
    },
  },
  'a function for successes': {
    props: (stack) => ({ onSuccess: new destinations.LambdaDestination(lambda.Function.fromFunctionName(stack, 'Repair', 'repair')) }),
    allowed: {
      [`Allow ${ofAccount('lambda')}:function:repair`]: 'lambda:InvokeFunction',
      [`Allow ${ofAccount('lambda')}:function:repair:*`]: 'lambda:InvokeFunction',
    },
  },
  'a queue': { use: (fn, stack) => fn.addEventSource(new sources.SqsEventSource(queueOf(stack))), allowed: { 'Allow ${Queue.Arn}': POLL } },
  'a queue, by PullSource': { use: (fn, stack) => fn.addEventSource(PullSource.queue(queueOf(stack))), allowed: { 'Allow ${Queue.Arn}': POLL_ARN } },
  'an encrypted queue': {
    use: (fn, stack) => fn.addEventSource(new sources.SqsEventSource(encryptedQueueOf(stack))),
    allowed: {
      'Allow ${Queue.Arn}': POLL,
      'Allow ${Key.Arn}': 'kms:Decrypt',
    },
  },
  'a stream': { use: (fn, stack) => fn.addEventSource(new sources.KinesisEventSource(streamOf(stack), LATEST)), allowed: { 'Allow ${Stream.Arn}': READ_STREAM } },
  'an encrypted stream, and a queue for failures': {
    use: (fn, stack) => fn.addEventSource(new sources.KinesisEventSource(streamOf(stack, kinesis.StreamEncryption.KMS), {
      ...LATEST, onFailure: new sources.SqsDlq(queueOf(stack)),
    })),
    allowed: {
      'Allow ${Stream.Arn}': READ_STREAM,
      'Allow ${StreamKey.Arn}': 'kms:Decrypt',
      'Allow ${Queue.Arn}': SEND,
    },
  },
  'a consumer of a stream': {
    use: (fn, stack) => fn.addEventSource(new sources.KinesisConsumerEventSource(new kinesis.StreamConsumer(stack, 'Consumer', { stream: streamOf(stack), streamConsumerName: 'fast' }), LATEST)),
    allowed: {
      'Allow ${Stream.Arn}': READ_STREAM,
      'Allow ${Consumer.ConsumerARN}': 'kinesis:DescribeStreamConsumer kinesis:SubscribeToShard',
    },
  },
  'a table': {
    use: (fn, stack) => fn.addEventSource(new sources.DynamoEventSource(tableOf(stack), LATEST)),
    allowed: {
      'Allow ${Table.StreamArn}': READ_TABLE,
      'Allow *': 'dynamodb:ListStreams',
    },
  },
  'an encrypted table': {
    use: (fn, stack) => fn.addEventSource(new sources.DynamoEventSource(tableOf(stack, { encryptionKey: keyOf(stack) }), LATEST)),
    allowed: {
      'Allow ${Table.StreamArn}': READ_TABLE,
      'Allow *': 'dynamodb:ListStreams',
      'Allow ${Key.Arn}': 'kms:Decrypt kms:DescribeKey',
    },
  },
  'a table, and a bucket for failures': {
    use: (fn, stack) => fn.addEventSource(new sources.DynamoEventSource(tableOf(stack), { ...LATEST, onFailure: new sources.S3OnFailureDestination(new s3.Bucket(stack, 'Bucket')) })),
    allowed: {
      'Allow ${Table.StreamArn}': READ_TABLE,
      'Allow *': 'dynamodb:ListStreams',
      'Allow ${Bucket.Arn}': OWN_BUCKET,
      'Allow ${Bucket.Arn}/*': OWN_BUCKET,
    },
  },
  'a cluster of Kafka': {
    use: (fn) => fn.addEventSource(new sources.ManagedKafkaEventSource({ clusterArn: 'arn:aws:kafka:eu-west-1:123456789012:cluster/shop/1', topic: 'orders', ...LATEST })),
    allowed: {
      'Allow arn:aws:kafka:eu-west-1:123456789012:cluster/shop/1': 'kafka:DescribeCluster kafka:DescribeClusterV2 kafka:GetBootstrapBrokers kafka:ListScramSecrets',
      'Allow *': REACH_BROKERS,
    },
  },
  'brokers of Kafka': { use: (fn, stack) => fn.addEventSource(new sources.SelfManagedKafkaEventSource({ bootstrapServers: ['kafka:9092'], topic: 'orders', secret: new secrets.Secret(stack, 'Login'), ...LATEST })), allowed: { 'Allow ${Login}': 'secretsmanager:DescribeSecret secretsmanager:GetSecretValue' } },
  'brokers of Kafka in a VPC': {
    use: (fn, stack) => {
      const vpc = vpcOf(stack);
      fn.addEventSource(new sources.SelfManagedKafkaEventSource({ bootstrapServers: ['kafka:9092'], topic: 'orders', vpc, vpcSubnets: vpc.selectSubnets(), securityGroup: new ec2.SecurityGroup(stack, 'Group', { vpc }), ...LATEST }));
    },
    allowed: { 'Allow *': REACH_BROKERS },
  },
  'grants after it was made': {
    use: (fn, stack) => new s3.Bucket(stack, 'Bucket').grantRead(fn),
    allowed: {
      'Allow ${Bucket.Arn}': READ_BUCKET,
      'Allow ${Bucket.Arn}/*': READ_BUCKET,
    },
  },
  'statements of the user': {
    props: () => ({ initialPolicy: [new iam.PolicyStatement({ actions: ['sts:GetCallerIdentity'], resources: ['*'] })] }),
    use: (fn) => fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::inbox/*'] })),
    allowed: {
      'Allow *': 'sts:GetCallerIdentity',
      'Allow arn:aws:s3:::inbox/*': 's3:GetObject',
    },
  },
};
