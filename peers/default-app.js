'use strict';

/** What a user of this library gets without asking for more: one stack for each way to make an `EventFunction`. */

const { App, Duration, Stack } = require('aws-cdk-lib');
const apigateway = require('aws-cdk-lib/aws-apigateway');
const ec2 = require('aws-cdk-lib/aws-ec2');
const efs = require('aws-cdk-lib/aws-efs');
const events = require('aws-cdk-lib/aws-events');
const targets = require('aws-cdk-lib/aws-events-targets');
const iam = require('aws-cdk-lib/aws-iam');
const kms = require('aws-cdk-lib/aws-kms');
const lambda = require('aws-cdk-lib/aws-lambda');
const { SqsDestination } = require('aws-cdk-lib/aws-lambda-destinations');
const s3 = require('aws-cdk-lib/aws-s3');
const sns = require('aws-cdk-lib/aws-sns');
const { LambdaSubscription } = require('aws-cdk-lib/aws-sns-subscriptions');
const sqs = require('aws-cdk-lib/aws-sqs');
const { EventFunction, ExecutionRole, PullSource, PushSource, ResourcePolicyMode } = require('cdk-event-functions');

/**
 * Props besides runtime, handler and code, and what is wired to the function. Buckets, queues, topics, keys and APIs are
 * the user's, and made as the linters ask.
 */
const WAYS = {
  Plain: {},
  Vpc: { props: (stack) => ({ vpc: vpc(stack) }) },
  VpcForCode: { props: (stack) => ({ vpc: vpc(stack), codeMayManageNetworkInterfaces: true }) },
  Files: { props: files },
  DeadLetters: { props: (stack) => ({ deadLetterQueue: queue(stack, 'DeadLetters') }) },
  EncryptedDeadLetters: { props: (stack) => ({ deadLetterQueue: queue(stack, 'DeadLetters', { encryptionMasterKey: key(stack) }) }) },
  DeadLetterTopic: { props: (stack) => ({ deadLetterTopic: topic(stack, 'DeadLetters', { masterKey: key(stack) }) }) },
  OnFailure: { props: (stack) => ({ onFailure: new SqsDestination(queue(stack, 'Failed')) }) },
  Tracing: { props: () => ({ tracing: lambda.Tracing.ACTIVE }) },
  Insights: { props: () => ({ insightsVersion: lambda.LambdaInsightsVersion.VERSION_1_0_229_0 }) },
  Encrypted: { props: (stack) => ({ environment: { STAGE: 'prod' }, environmentEncryption: key(stack) }) },
  Durable: { props: () => ({ durableConfig: { executionTimeout: Duration.hours(1) } }) },
  Reserved: { props: () => ({ reservedConcurrentExecutions: 10 }) },
  Pruned: { props: () => ({ keepVersions: 3 }) },
  Restricted: { props: () => ({ restrictRoleToFunction: true }) },
  GivenRole: { props: (stack) => ({ role: new ExecutionRole(stack, 'Role'), restrictRoleToFunction: true, vpc: vpc(stack) }) },
  ImportedRole: { props: (stack) => ({ role: imported(stack), deadLetterQueue: queue(stack, 'DeadLetters') }) },
  ReadOnlyRole: { props: (stack) => ({ role: imported(stack, { mutable: false }), deadLetterQueue: queue(stack, 'DeadLetters') }) },
  Url: { wire: (fn) => fn.addFunctionUrl().grantInvokeUrl(new iam.AccountPrincipal('111122223333')) },
  Sources: { props: sources, wire: callers },
  Document: { props: (stack) => ({ ...sources(stack), resourcePolicyMode: ResourcePolicyMode.DOCUMENT }), wire: callersOfDocument },
};

const app = new App();
for (const [name, { props, wire }] of Object.entries(WAYS)) {
  const stack = new Stack(app, name);
  const fn = new EventFunction(stack, 'Function', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
    ...props?.(stack),
  });
  wire?.(fn, stack);
}

function sources(stack) {
  return { events: [PushSource.bucket(bucket(stack, 'Inbox')), PullSource.queue(queue(stack, 'Orders'))] };
}

/** Who else invokes, by the CDK's own integrations and by a statement of the user's. */
function callers(fn, stack) {
  new events.Rule(stack, 'Nightly', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new targets.LambdaFunction(fn)] });
  topic(stack, 'News').addSubscription(new LambdaSubscription(fn));
  const api = new apigateway.RestApi(stack, 'Api', {
    cloudWatchRole: false, // without feature flags the CDK makes a role for the account's logs
    defaultMethodOptions: { authorizationType: apigateway.AuthorizationType.IAM },
  });
  api.root.addResource('orders').addMethod('POST', new apigateway.LambdaIntegration(fn));
  fn.grantInvoke(new iam.AccountPrincipal('111122223333'));
  fn.addPermission('Iot', { principal: new iam.ServicePrincipal('iot.amazonaws.com') }); // of any source: held to the account
}

/** The same, and what only a document can say. */
function callersOfDocument(fn, stack) {
  callers(fn, stack);
  fn.resourcePolicy.deny('Elsewhere', {
    principal: new iam.AnyPrincipal(),
    conditions: { StringNotEquals: { 'aws:PrincipalAccount': '111122223333' }, Bool: { 'aws:PrincipalIsAWSService': 'false' } },
  });
}

/** A network that is there already: the one that the CDK makes brings roles of its own. */
function vpc(stack) {
  return ec2.Vpc.fromVpcAttributes(stack, 'Network', {
    vpcId: 'vpc-11111111111111111',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-11111111111111111', 'subnet-22222222222222222'],
  });
}

function files(stack) {
  const network = vpc(stack);
  const accessPoint = new efs.FileSystem(stack, 'Files', { vpc: network }).addAccessPoint('Access');
  return { vpc: network, filesystem: lambda.FileSystem.fromEfsAccessPoint(accessPoint, '/mnt/files') };
}

function imported(stack, options) {
  return iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/Given', options);
}

function queue(stack, id, props) {
  return new sqs.Queue(stack, id, { enforceSSL: true, ...props });
}

function topic(stack, id, props) {
  return new sns.Topic(stack, id, { enforceSSL: true, ...props });
}

function key(stack) {
  return new kms.Key(stack, 'Key', { enableKeyRotation: true });
}

function bucket(stack, id) {
  return new s3.Bucket(stack, id, { enforceSSL: true, blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL });
}
