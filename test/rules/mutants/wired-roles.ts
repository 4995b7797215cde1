import { Duration, SecretValue, Stack } from 'aws-cdk-lib';
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
import * as msk from 'aws-cdk-lib/aws-msk';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Wire } from './wired-app';
import { EventFunction, ExecutionRole, PullSource } from '../../../src';
import { MINIMAL } from '../../function/functions';

/** Makes a function, ours or the CDK's. */
type Make = (stack: Stack, id: string, props?: Partial<lambda.FunctionProps>) => EventFunction | lambda.Function;

const MAKERS: Readonly<Record<string, Make>> = {
  'event function': (stack, id, props) => new EventFunction(stack, id, { ...MINIMAL, ...props }),
  'lambda function': (stack, id, props) => new lambda.Function(stack, id, { ...MINIMAL, ...props }),
};

const LATEST = { startingPosition: lambda.StartingPosition.LATEST };
const ISOLATED = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };

function vpcOf(stack: Stack): ec2.Vpc {
  return new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0, restrictDefaultSecurityGroup: false, subnetConfiguration: [{ name: 'isolated', ...ISOLATED }] });
}

function encrypted(stack: Stack, id: string): sqs.Queue {
  return new sqs.Queue(stack, id, { encryptionMasterKey: new kms.Key(stack, `${id}Key`) });
}

function may(actions: string[], ...resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources });
}

/** What the CDK forgets, and our functions do. */
function useKey(fn: EventFunction | lambda.Function, key: kms.IKey): void {
  if (fn instanceof lambda.Function) key.grant(fn, 'kms:Decrypt', 'kms:GenerateDataKey');
}

/** What a function needs its role for, wired by the CDK's constructs, or by ours where there is one. */
const NEEDS: Readonly<Record<string, (stack: Stack, make: Make) => void>> = {
  'queues': (stack, make) => {
    const failed = encrypted(stack, 'Failed');
    const orders = make(stack, 'Orders', {
      tracing: lambda.Tracing.ACTIVE,
      vpc: vpcOf(stack),
      vpcSubnets: ISOLATED,
      deadLetterQueue: failed,
      onFailure: new destinations.SqsDestination(encrypted(stack, 'Records')),
      onSuccess: new destinations.SnsDestination(new sns.Topic(stack, 'Done')),
    });
    useKey(orders, failed.encryptionMasterKey!);
    orders.addEventSource(PullSource.queue(encrypted(stack, 'Queue')));
  },
  'streams': (stack, make) => {
    const orders = make(stack, 'Orders', { onFailure: new destinations.EventBridgeDestination(new events.EventBus(stack, 'Bus')) });
    const stream = new kinesis.Stream(stack, 'Stream', { encryption: kinesis.StreamEncryption.KMS });
    const table = new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.KEYS_ONLY });
    orders.addEventSource(new sources.KinesisEventSource(stream, { ...LATEST, onFailure: new sources.SqsDlq(new sqs.Queue(stack, 'Failed')) }));
    orders.addEventSource(new sources.DynamoEventSource(table, { ...LATEST, onFailure: new sources.S3OnFailureDestination(new s3.Bucket(stack, 'Records')) }));
  },
  'files': (stack, make) => {
    const vpc = vpcOf(stack);
    const files = new efs.FileSystem(stack, 'Files', { vpc, vpcSubnets: ISOLATED, allowAnonymousAccess: false });
    const topic = new sns.Topic(stack, 'Failed', { masterKey: new kms.Key(stack, 'FailedKey') });
    const orders = make(stack, 'Orders', {
      vpc,
      vpcSubnets: ISOLATED,
      filesystem: lambda.FileSystem.fromEfsAccessPoint(files.addAccessPoint('Access'), '/mnt/files'),
      insightsVersion: lambda.LambdaInsightsVersion.fromInsightVersionArn('arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:64'),
      deadLetterTopic: topic,
      onFailure: new destinations.S3Destination(new s3.Bucket(stack, 'Records')),
    });
    useKey(orders, topic.masterKey!);
  },
  'durable executions': (stack, make) => {
    const repair = make(stack, 'Repair');
    make(stack, 'Orders', { durableConfig: { executionTimeout: Duration.hours(1) }, onFailure: new destinations.LambdaDestination(repair) });
  },
  'brokers of ours': (stack, make) => {
    const secret = new secrets.Secret(stack, 'Login', { secretStringValue: SecretValue.unsafePlainText('x') });
    const vpc = vpcOf(stack);
    const securityGroup = new ec2.SecurityGroup(stack, 'Group', { vpc });
    const orders = make(stack, 'Orders');
    orders.addEventSource(new sources.SelfManagedKafkaEventSource({ bootstrapServers: ['kafka:9092'], topic: 'orders', secret, vpc, vpcSubnets: ISOLATED, securityGroup, ...LATEST }));
    const interfaces = ['CreateNetworkInterface', 'DeleteNetworkInterface', 'DescribeNetworkInterfaces'];
    orders.addToRolePolicy(may([...interfaces, 'DescribeSecurityGroups', 'DescribeSubnets', 'DescribeVpcs'].map((action) => `ec2:${action}`), '*'));
  },
};

/** Roles that people write themselves, with no more than is needed: no two statements allow the same. */
const WRITTEN: Readonly<Record<string, Wire>> = {
  'a cluster of Kafka': (stack) => {
    const cluster = new msk.CfnServerlessCluster(stack, 'Cluster', { clusterName: 'shop', clientAuthentication: { sasl: { iam: { enabled: true } } }, vpcConfigs: [{ subnetIds: ['subnet-1'] }] });
    const orders = new EventFunction(stack, 'Orders', MINIMAL);
    orders.addToRolePolicy(may(['kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'], cluster.ref));
    orders.addToRolePolicy(may(['kafka-cluster:Connect', 'kafka-cluster:*Topic', 'kafka-cluster:*Group', 'kafka-cluster:ReadData'], '*'));
    orders.addToRolePolicy(may(['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces'], '*'));
    orders.addEventSourceMapping('Cluster', { eventSourceArn: cluster.ref, kafkaTopic: 'orders', ...LATEST });
  },
  'a consumer of a stream': (stack) => {
    const stream = new kinesis.Stream(stack, 'Stream', { encryption: kinesis.StreamEncryption.UNENCRYPTED });
    const consumer = new kinesis.StreamConsumer(stack, 'Consumer', { stream, streamConsumerName: 'fast' });
    const orders = new EventFunction(stack, 'Orders', MINIMAL);
    orders.addToRolePolicy(may(['kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'], stream.streamArn));
    orders.addToRolePolicy(may(['kinesis:DescribeStreamConsumer', 'kinesis:SubscribeToShard'], consumer.streamConsumerArn));
    orders.addEventSourceMapping('Consumer', { eventSourceArn: consumer.streamConsumerArn, ...LATEST });
  },
  'a role for one function': (stack) => {
    const role = new ExecutionRole(stack, 'Role');
    const orders = new EventFunction(stack, 'Orders', { ...MINIMAL, role, tracing: lambda.Tracing.ACTIVE, restrictRoleToFunction: true });
    orders.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue')));
  },
  'managed policies': (stack) => {
    const queue = new sqs.Queue(stack, 'Queue');
    const topic = new sns.Topic(stack, 'Failed');
    const poll = may(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queue.queueArn);
    const role = new iam.Role(stack, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaVPCAccessExecutionRole'),
        new iam.ManagedPolicy(stack, 'Poll', { statements: [poll] }),
      ],
      inlinePolicies: { Traces: new iam.PolicyDocument({ statements: [may(['xray:PutTraceSegments'], '*')] }) },
    });
    new iam.ManagedPolicy(stack, 'Send', { statements: [may(['sns:Publish'], topic.topicArn)], roles: [role] });
    const fn = { ...MINIMAL, role: role.withoutPolicyUpdates(), tracing: lambda.Tracing.ACTIVE, deadLetterTopic: topic };
    const orders = new lambda.Function(stack, 'Orders', { ...fn, vpc: vpcOf(stack), vpcSubnets: ISOLATED });
    new lambda.EventSourceMapping(stack, 'Mapping', { target: orders, eventSourceArn: queue.queueArn });
  },
  'interfaces of one account': (stack) => {
    const anyOf = (type: string) => stack.formatArn({ service: 'ec2', resource: type, resourceName: '*' });
    const role = new ExecutionRole(stack, 'Role');
    role.addToPrincipalPolicy(may(['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface'], anyOf('*')));
    role.addToPrincipalPolicy(may(['ec2:DescribeNetworkInterfaces'], '*'));
    const orders = new lambda.Function(stack, 'Orders', { ...MINIMAL, role: role.withoutPolicyUpdates(), vpc: vpcOf(stack), vpcSubnets: ISOLATED });
    role.attachInlinePolicy(new iam.Policy(stack, 'Logs', { statements: [may(['logs:CreateLogStream', 'logs:PutLogEvents'], stack.formatArn({ service: 'logs', resource: `log-group:/aws/lambda/${orders.functionName}:*` }))] }));
  },
  'what the code does': (stack) => {
    const orders = new EventFunction(stack, 'Orders', MINIMAL);
    new s3.Bucket(stack, 'Bucket').grantRead(orders);
    new ExecutionRole(stack, 'Worker').grantPassRole(orders.grantPrincipal);
  },
};

/** Apps in which functions need their execution roles. */
export const ROLE_WIRINGS: Readonly<Record<string, Wire>> = {
  ...Object.fromEntries(Object.entries(NEEDS).flatMap(([name, wire]) => (
    Object.entries(MAKERS).map(([maker, make]) => [`${name}, ${maker}`, (stack: Stack) => wire(stack, make)])
  ))),
  ...WRITTEN,
};
