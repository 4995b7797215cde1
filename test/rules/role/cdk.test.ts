import { App, Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as events from 'aws-cdk-lib/aws-events';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { JsonObject } from '../../../src/model/template';
import { CATALOG } from '../../../src/rules/catalog';
import { appOf } from '../../model/app-of';

/** The CDK grants what its constructs need: nothing of that may be found lacking, and all of it without the grants. */


function orders(stack: Stack, props: Partial<lambda.FunctionProps> = {}): lambda.Function {
  return new lambda.Function(stack, 'Orders', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('x'), ...props });
}

function encrypted(stack: Stack, id: string): sqs.Queue {
  return new sqs.Queue(stack, id, { encryptionMasterKey: new kms.Key(stack, `${id}Key`) });
}

const vpcOf = (stack: Stack) => new ec2.Vpc(stack, 'Vpc', { natGateways: 1 });
const table = (stack: Stack) => new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.KEYS_ONLY });
const LATEST = { startingPosition: lambda.StartingPosition.LATEST };

const CASES: Readonly<Record<string, [(stack: Stack) => unknown, string[]]>> = {
  'logs': [(stack) => orders(stack), ['role-may-write-logs']],
  'tracing': [(stack) => orders(stack, { tracing: lambda.Tracing.ACTIVE }), ['role-may-trace']],
  'a VPC': [(stack) => orders(stack, { vpc: vpcOf(stack) }), ['role-may-join-vpc']],
  'a dead-letter queue': [(stack) => orders(stack, { deadLetterQueue: new sqs.Queue(stack, 'Failed') }), ['role-may-send-dead-letters']],
  // what the CDK itself forgets (aws/aws-cdk#33153), and what is found without
  'an encrypted dead-letter queue': [(stack) => {
    const failed = encrypted(stack, 'Failed');
    failed.encryptionMasterKey!.grantEncryptDecrypt(orders(stack, { deadLetterQueue: failed }));
  }, ['role-may-decrypt', 'role-may-send-dead-letters']],
  'a dead-letter topic': [(stack) => orders(stack, { deadLetterTopic: new sns.Topic(stack, 'Failed') }), ['role-may-send-dead-letters']],
  'a queue for failures': [(stack) => orders(stack, { onFailure: new destinations.SqsDestination(encrypted(stack, 'Failed')) }), ['role-may-decrypt', 'role-may-send-dead-letters']],
  'a topic for successes': [(stack) => orders(stack, { onSuccess: new destinations.SnsDestination(new sns.Topic(stack, 'Done')) }), ['role-may-send-dead-letters']],
  'a bus for failures': [(stack) => orders(stack, { onFailure: new destinations.EventBridgeDestination(new events.EventBus(stack, 'Bus')) }), ['role-may-send-dead-letters']],
  'the bus of the account': [(stack) => orders(stack, { onFailure: new destinations.EventBridgeDestination() }), []],
  'a bucket for failures': [(stack) => orders(stack, { onFailure: new destinations.S3Destination(new s3.Bucket(stack, 'Failed')) }), ['role-may-send-dead-letters']],
  'a function for failures': [(stack) => orders(stack, { onFailure: new destinations.LambdaDestination(lambda.Function.fromFunctionName(stack, 'Repair', 'repair')) }), []],
  'a queue': [(stack) => orders(stack).addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue'))), ['role-may-poll']],
  'an encrypted queue': [(stack) => orders(stack).addEventSource(new sources.SqsEventSource(encrypted(stack, 'Queue'))), ['role-may-decrypt', 'role-may-poll']],
  'a queue of an alias': [(stack) => orders(stack).addAlias('live').addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue'))), ['role-may-poll']],
  'a stream': [(stack) => orders(stack).addEventSource(new sources.KinesisEventSource(new kinesis.Stream(stack, 'Stream', { encryption: kinesis.StreamEncryption.KMS }), { ...LATEST, onFailure: new sources.SqsDlq(new sqs.Queue(stack, 'Failed')) })), ['role-may-decrypt', 'role-may-poll', 'role-may-send-dead-letters']],
  'a consumer': [(stack) => orders(stack).addEventSource(new sources.KinesisConsumerEventSource(new kinesis.StreamConsumer(stack, 'Consumer', { stream: new kinesis.Stream(stack, 'Stream', { encryption: kinesis.StreamEncryption.UNENCRYPTED }), streamConsumerName: 'fast' }), LATEST)), ['role-may-poll']],
  'a table': [(stack) => orders(stack).addEventSource(new sources.DynamoEventSource(table(stack), { ...LATEST, onFailure: new sources.S3OnFailureDestination(new s3.Bucket(stack, 'Failed')) })), ['role-may-poll', 'role-may-send-dead-letters']],
  'a cluster of Kafka': [(stack) => orders(stack).addEventSource(new sources.ManagedKafkaEventSource({ clusterArn: 'arn:aws:kafka:eu-west-1:123456789012:cluster/shop/1', topic: 'orders', ...LATEST })), ['role-may-reach-sources']],
  'brokers of ours': [(stack) => orders(stack).addEventSource(new sources.SelfManagedKafkaEventSource({ bootstrapServers: ['kafka:9092'], topic: 'orders', secret: new secrets.Secret(stack, 'Login', { secretStringValue: SecretValue.unsafePlainText('x') }), ...LATEST })), ['role-may-poll']],
  'a file system': [(stack) => {
    const vpc = vpcOf(stack);
    const files = new efs.FileSystem(stack, 'Files', { vpc, allowAnonymousAccess: false });
    return orders(stack, { vpc, filesystem: lambda.FileSystem.fromEfsAccessPoint(files.addAccessPoint('Access'), '/mnt/files') });
  }, ['role-may-join-vpc', 'role-may-mount']],
  'Lambda Insights': [(stack) => orders(stack, { insightsVersion: lambda.LambdaInsightsVersion.fromInsightVersionArn('arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:64') }), ['role-may-report-insights']],
  'durable executions': [(stack) => orders(stack, { durableConfig: { executionTimeout: Duration.hours(1) } }), ['role-may-run-durably']],
};

function templateOf(make: (stack: Stack) => unknown): JsonObject {
  const stack = new Stack(new App(), 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } });
  make(stack);
  return Template.fromStack(stack).toJSON() as JsonObject;
}

function found(resources: JsonObject): string[] {
  const app = appOf(resources, { account: '123456789012', region: 'eu-west-1' });
  return CATALOG.filter(({ id }) => id.includes('role')).flatMap((rule) => [...rule.check(app)].map(() => rule.id));
}

/** The same without policies of the role, but for its logs if those are not the point. */
function withoutGrants(resources: JsonObject, keepsLogs: boolean): JsonObject {
  const logs = { PolicyName: 'Logs', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'logs:*', Resource: { 'Fn::Sub': 'arn:aws:logs:*:*:log-group:/aws/lambda/*' } }] } };
  return Object.fromEntries(Object.entries(resources as Record<string, { Type: string; Properties: JsonObject }>).flatMap(([id, resource]) => {
    if (resource.Type === 'AWS::IAM::Policy') return [];
    if (resource.Type !== 'AWS::IAM::Role') return [[id, resource]];
    return [[id, { ...resource, Properties: { ...resource.Properties, ManagedPolicyArns: [], Policies: keepsLogs ? [logs] : [] } }]];
  }));
}

test.each(Object.entries(CASES))('what the CDK grants for %s is enough, and is needed', (name, [make, lacking]) => {
  const { Resources: resources } = templateOf(make);
  expect(found(resources as JsonObject)).toEqual([]);
  expect([...new Set(found(withoutGrants(resources as JsonObject, name !== 'logs')))].sort()).toEqual(lacking);
});
