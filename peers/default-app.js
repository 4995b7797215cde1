'use strict';

/** What a user of this library gets without asking for more: one stack for each way to make an `EventFunction`. */

const { App, Duration, Stack } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const kms = require('aws-cdk-lib/aws-kms');
const lambda = require('aws-cdk-lib/aws-lambda');
const { SqsDestination } = require('aws-cdk-lib/aws-lambda-destinations');
const s3 = require('aws-cdk-lib/aws-s3');
const sqs = require('aws-cdk-lib/aws-sqs');
const { EventFunction, PullSource, PushSource } = require('cdk-event-functions');

/** Props besides runtime, handler and code. Buckets, queues and keys are the user's, and made as the linters ask. */
const WAYS = {
  Plain: () => ({}),
  Vpc: (stack) => ({ vpc: vpc(stack) }),
  DeadLetters: (stack) => ({ deadLetterQueue: queue(stack, 'DeadLetters') }),
  OnFailure: (stack) => ({ onFailure: new SqsDestination(queue(stack, 'Failed')) }),
  Tracing: () => ({ tracing: lambda.Tracing.ACTIVE }),
  Insights: () => ({ insightsVersion: lambda.LambdaInsightsVersion.VERSION_1_0_229_0 }),
  Encrypted: (stack) => ({ environment: { STAGE: 'prod' }, environmentEncryption: new kms.Key(stack, 'Key', { enableKeyRotation: true }) }),
  Durable: () => ({ durableConfig: { executionTimeout: Duration.hours(1) } }),
  Reserved: () => ({ reservedConcurrentExecutions: 10 }),
  Sources: (stack) => ({ events: [PushSource.bucket(bucket(stack, 'Inbox')), PullSource.queue(queue(stack, 'Orders'))] }),
};

const app = new App();
for (const [name, props] of Object.entries(WAYS)) {
  const stack = new Stack(app, name);
  new EventFunction(stack, 'Function', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
    ...props(stack),
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

function queue(stack, id) {
  return new sqs.Queue(stack, id, { enforceSSL: true });
}

function bucket(stack, id) {
  return new s3.Bucket(stack, id, { enforceSSL: true, blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL });
}
