'use strict';

/**
 * Findings about permissions that are accepted, by rule and construct path, with the reason. One that matches nothing
 * any more fails the run. docs/PEERS.md has each rule and reason, too, which test/house/peers.test.ts holds.
 */

const NAG = 'cdk-nag';
const CDK_OWN = 'the CDK makes it for bucket notifications; not ours to change';
const INTERFACES = 'network interfaces, as AWS documents it: none exists yet that could be named';
const REACHING = 'what takes Lambda to clusters and brokers in a VPC, as AWS documents it: none of the network interfaces exists yet that could be named';
const IN_VPC = /^(ActiveMq|DocumentDb|KafkaInVpc|MskCluster|MskClusterWithPassword|RabbitMq|ServerlessMsk|VirtualHost)\/Function\/ServiceRole\/DefaultPolicy\/Resource$/;
const FILES = 'network interfaces, and the CDK\'s statement for EFS, which a condition holds to one access point';
const PRUNING = /^Pruned\/Custom::PrunedVersionsCustomResourceProvider\/Role\/DefaultPolicy\/Resource$/;

module.exports = [
  {
    linter: NAG,
    rule: /^AwsSolutions-IAM4\[Policy::.*AWSLambdaBasicExecutionRole\]$/,
    place: /^(Sources|Document|OrderPipeline|Bucket)\/BucketNotificationsHandler[0-9a-f]{32}\/Role\/Resource$/,
    reason: CDK_OWN,
  },
  {
    linter: NAG,
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    place: /^(Sources|Document|OrderPipeline|Bucket)\/Inbox\/Notifications\/HandlerPolicy\/Resource$/,
    reason: CDK_OWN,
  },
  {
    linter: NAG,
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    place: /(\/(Function|ReceiveOrders|StoreOrders)\/ServiceRole|^GivenRole\/Role)\/DefaultPolicy\/Resource$/,
    reason: 'grants go to the role\'s own policy, as everywhere in the CDK; it lives and dies with the role',
  },
  {
    linter: NAG,
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    place: /^ImportedRole\/Role\/Policy\w*\/Resource$/,
    reason: 'grants to an imported role go to a policy of the stack that grants them, as everywhere in the CDK',
  },
  {
    linter: NAG,
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    place: /\/(Function|ReceiveOrders|StoreOrders)\/OwnPolicy\/Resource$/,
    reason: 'belongs to one role and names its function; a managed policy could be attached to others',
  },
  {
    linter: NAG,
    rule: /^AwsSolutions-IAM5\[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:\/aws\/lambda\/<\w+>:\*\]$/,
    place: /\/(Function|ReceiveOrders|StoreOrders)\/OwnPolicy\/Resource$/,
    reason: 'the log streams of the function\'s own log group; their names are made at run time',
  },
  {
    linter: NAG,
    rule: /^AwsSolutions-IAM5\[Resource::<Function\w+\.Arn>:\*\]$/,
    place: /^Durable\/Function\/OwnPolicy\/Resource$/,
    reason: 'the versions of the function itself; the ARN of a durable execution always has a qualifier',
  },
  {
    linter: NAG,
    rule: 'AwsSolutions-IAM5[Resource::*]',
    place: /^((Vpc|VpcForCode)\/Function\/ServiceRole|GivenRole\/Role)\/DefaultPolicy\/Resource$/,
    reason: INTERFACES,
  },
  {
    linter: 'checkov',
    rule: 'CKV_AWS_111',
    place: /^((Vpc|VpcForCode)\/Function\/ServiceRole|GivenRole\/Role)\/DefaultPolicy\/Resource$/,
    reason: INTERFACES,
  },
  { linter: NAG, rule: 'AwsSolutions-IAM5[Resource::*]', place: /^Files\/Function\/ServiceRole\/DefaultPolicy\/Resource$/, reason: FILES },
  { linter: 'checkov', rule: 'CKV_AWS_111', place: /^Files\/Function\/ServiceRole\/DefaultPolicy\/Resource$/, reason: FILES },
  {
    linter: NAG,
    rule: 'AwsSolutions-IAM5[Resource::*]',
    place: /^Tracing\/Function\/ServiceRole\/DefaultPolicy\/Resource$/,
    reason: 'X-Ray\'s actions take no resource',
  },
  {
    linter: NAG,
    rule: /^AwsSolutions-IAM5\[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:\/aws\/lambda-insights:\*\]$/,
    place: /^Insights\/Function\/ServiceRole\/DefaultPolicy\/Resource$/,
    reason: 'the log streams of the one group that Insights writes to; their names are made at run time',
  },
  {
    linter: NAG,
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    place: PRUNING,
    reason: 'what prunes old versions has the policy of its role, which names the functions; it lives and dies with the role',
  },
  {
    linter: NAG,
    rule: /^AwsSolutions-IAM5\[Resource::<Function\w+\.Arn>:\*\]$/,
    place: PRUNING,
    reason: 'the versions of the functions that are pruned; their numbers are made at deployment, and without the colon the functions could be deleted',
  },
  {
    linter: NAG,
    rule: 'AwsSolutions-IAM5[Resource::*]',
    place: PRUNING,
    reason: 'listing event source mappings takes no resource; what prunes old versions asks whether one names a version',
  },
  {
    linter: 'serverless-rules',
    rule: 'WS1002',
    place: /^Sources\/Function\/Default\/Aliaslive\/Resource$/,
    reason: 'several callers invoke one function, as the app asked; each has a permission of its own, and each service is held to its source',
  },
  {
    linter: NAG,
    rule: /^AwsSolutions-IAM5\[(Action::s3:(GetBucket|GetObject|List)\*|Resource::<Inbox\w+\.Arn>\/orders\/\*)\]$/,
    place: /^OrderPipeline\/ReceiveOrders\/ServiceRole\/DefaultPolicy\/Resource$/,
    reason: 'what the CDK\'s bucket.grantRead() grants, on one prefix of one bucket',
  },
  {
    linter: NAG,
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    place: new RegExp(`^(${[
      'GraphqlResolver/Api/GraphqlResolverFunction\\w+Role', 'Schedule/Function/Schedule/Role', 'FirehoseTransformation/Clicks/S3 Destination Role',
      'BatchOperations/Function/BatchOperationsRole', 'LambdaTask/Order/Role', 'PipelineStage/Pipeline/Announce/[\\w-]+/CodePipelineActionRole',
    ].join('|')})/DefaultPolicy/Resource$`),
    reason: 'the role with which a service invokes has a policy of its own, which names the function; it lives and dies with the role',
  },
  {
    linter: NAG,
    rule: /^AwsSolutions-IAM5\[(Action::s3:(Abort|DeleteObject|GetBucket|GetObject|List)\*|Resource::<Lake\w+\.Arn>\/\*)\]$/,
    place: /^FirehoseTransformation\/Clicks\/S3 Destination Role\/DefaultPolicy\/Resource$/,
    reason: 'what the CDK lets a delivery stream do with its bucket',
  },
  {
    linter: NAG,
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    place: /^PipelineStage\/Pipeline\/(Source\/Source\/CodePipelineAction)?Role\/DefaultPolicy\/Resource$/,
    reason: 'what the CDK lets a pipeline and its source do with the bucket of artifacts',
  },
  {
    linter: NAG,
    rule: /^AwsSolutions-IAM5\[(Action::s3:(Abort|DeleteObject|GetBucket|GetObject|List)\*|Resource::<Artifacts\w+\.Arn>\/\*)\]$/,
    place: /^PipelineStage\/Pipeline\/(Source\/Source\/CodePipelineAction)?Role\/DefaultPolicy\/Resource$/,
    reason: 'what the CDK lets a pipeline and its source do with the bucket of artifacts',
  },
  {
    linter: NAG,
    rule: 'AwsSolutions-IAM5[Resource::*]',
    place: /^PipelineStage\/Pipeline\/Announce\/[\w-]+\/CodePipelineActionRole\/DefaultPolicy\/Resource$/,
    reason: 'listing functions takes no resource; CodePipeline does that before it invokes',
  },
  { linter: NAG, rule: 'AwsSolutions-IAM5[Resource::*]', place: /^LambdaTask\/Order\/Role\/DefaultPolicy\/Resource$/, reason: 'traces of a state machine take no resource' },
  {
    linter: NAG,
    rule: 'AwsSolutions-IAM5[Resource::*]',
    place: /^PipelineStage\/Function\/ServiceRole\/DefaultPolicy\/Resource$/,
    reason: 'answering to a job of a pipeline takes no resource',
  },
  {
    linter: NAG,
    rule: 'AwsSolutions-IAM5[Resource::*]',
    place: /^ConfigRule\/Function\/ServiceRole\/DefaultPolicy\/Resource$/,
    reason: 'reporting evaluations to AWS Config takes no resource',
  },
  {
    linter: NAG,
    rule: 'AwsSolutions-IAM5[Resource::*]',
    place: /^SecretRotation\/Function\/ServiceRole\/DefaultPolicy\/Resource$/,
    reason: 'making a random password takes no resource',
  },
  {
    linter: NAG,
    rule: 'AwsSolutions-APIG4',
    place: /^WebSocketApi\/Api\/\$(default|disconnect)-Route\/Resource$/,
    reason: 'clients are asked when they connect; no other route of a WebSocket API takes an authorizer',
  },
  {
    linter: NAG,
    rule: 'Serverless-LambdaDLQ',
    place: /^\w+\/Function\/Default\/Resource$/,
    reason: 'failed events go to the destination of the alias, which the rule does not see and the source acknowledges; others are waited for',
  },
  {
    linter: NAG,
    rule: 'Serverless-SQSRedrivePolicy',
    place: /^\w+\/Function\/FailedEvents\/Resource$/,
    reason: 'the queue for failed events is where they end, as the source acknowledges',
  },
  { linter: NAG, rule: 'Serverless-LambdaTracing', place: /^\w+\/Function\/Default\/Resource$/, reason: 'tracing costs money, and brings `*` into the role: the user\'s choice' },
  ...['APIGWAccessLogging', 'APIGWDefaultThrottling', 'APIGWXrayEnabled', 'AppSyncTracing'].map((rule) => (
    { linter: NAG, rule: `Serverless-${rule}`, place: /^(HttpApi|RestApi|GraphqlResolver)\/Api\//, reason: 'APIs are the user\'s, with their logs, limits and traces' }
  )),
  ...['EventBusDLQ', 'SNSRedrivePolicy'].map((rule) => (
    { linter: NAG, rule: `Serverless-${rule}`, place: /^(EventBridge|Topic)\/Function\//, reason: 'what cannot be handed over to Lambda goes to the `deadLetterQueue` of the source, if it has one: the user\'s choice' }
  )),
  { linter: NAG, rule: 'AwsSolutions-IAM5[Resource::*]', place: IN_VPC, reason: REACHING },
  { linter: 'checkov', rule: 'CKV_AWS_111', place: IN_VPC, reason: REACHING },
  {
    linter: NAG,
    rule: 'AwsSolutions-IAM5[Resource::*]',
    place: /^Table\/Function\/ServiceRole\/DefaultPolicy\/Resource$/,
    reason: 'listing streams of tables takes no resource',
  },
  {
    linter: NAG,
    rule: /^AwsSolutions-IAM5\[Resource::arn:<AWS::Partition>:rds:.*:(cluster|cluster-pg|subgrp):\*\]$/,
    place: /^DocumentDb\/Function\/ServiceRole\/DefaultPolicy\/Resource$/,
    reason: 'which parameters and subnets a cluster has is known in the deployment only, and Lambda may ask for all clusters',
  },
  {
    linter: NAG,
    rule: /^AwsSolutions-IAM5\[Resource::.*:group\/.*\/\*\]$/,
    place: /^(MskCluster|ServerlessMsk)\/Function\/ServiceRole\/DefaultPolicy\/Resource$/,
    reason: 'the consumer group that Lambda makes has the id of the mapping, which waits for the policy; with `consumerGroupId` it is named',
  },
  {
    linter: NAG,
    rule: 'Serverless-LambdaEventSourceMappingDestination',
    place: /^\w*Queue\/Function\/SqsEventSource:\w+\/Resource$/,
    reason: 'Lambda has none for SQS: the queue\'s own redrive policy is it',
  },
  {
    linter: NAG,
    rule: 'Serverless-LambdaEventSourceMappingDestination',
    place: /^\w+\/Function\/(ActiveMq|RabbitMq|DocumentDb)EventSource:[^/]+\/Resource$/,
    reason: 'Lambda has none for Amazon MQ and Amazon DocumentDB',
  },
  {
    linter: NAG,
    rule: 'Serverless-LambdaEventSourceMappingDestination',
    place: /^(Kafka|MskCluster|MskClusterWithPassword)\/Function\/KafkaEventSource:[^/]+\/Resource$/,
    reason: 'without `provisionedPollerConfig` a failed batch holds its partition and is never given up; with it there is a destination',
  },
  {
    linter: NAG,
    rule: 'Serverless-SQSRedrivePolicy',
    place: /^\w+\/(Function\/FailedRecords|\w*Dead(Letters)?)\/Resource$/,
    reason: 'dead-letter queues, and the queue for records that were given up: these are where messages end; ours are acknowledged by the source',
  },
  { linter: 'cfn-lint', rule: 'W3005', place: /\/Resource$/, reason: 'a superfluous DependsOn of the CDK\'s, and harmless' },
  { linter: 'cfn-lint', rule: 'W7001', place: /FirehoseTransformation\.template\.json$/, reason: 'the CDK adds the mapping to each stack with a delivery stream' },
];
