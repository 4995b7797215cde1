'use strict';

/**
 * Findings about permissions that are accepted, by rule and construct path, with the reason. One that matches nothing
 * any more fails the run. docs/PEERS.md says more about them.
 */

const NAG = 'cdk-nag';
const CDK_OWN = 'the CDK makes it for bucket notifications; not ours to change';
const INTERFACES = 'network interfaces, as AWS documents it: none exists yet that could be named';

module.exports = [
  {
    linter: NAG,
    rule: /^AwsSolutions-IAM4\[Policy::.*AWSLambdaBasicExecutionRole\]$/,
    place: /^(Sources|OrderPipeline)\/BucketNotificationsHandler[0-9a-f]{32}\/Role\/Resource$/,
    reason: CDK_OWN,
  },
  {
    linter: NAG,
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    place: /^(Sources|OrderPipeline)\/Inbox\/Notifications\/HandlerPolicy\/Resource$/,
    reason: CDK_OWN,
  },
  {
    linter: NAG,
    rule: 'NIST.800.53.R5-IAMNoInlinePolicy',
    place: /\/(Function|ReceiveOrders|StoreOrders)\/ServiceRole\/DefaultPolicy\/Resource$/,
    reason: 'grants go to the role\'s own policy, as everywhere in the CDK; it lives and dies with the role',
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
  { linter: NAG, rule: 'AwsSolutions-IAM5[Resource::*]', place: /^Vpc\/Function\/ServiceRole\/DefaultPolicy\/Resource$/, reason: INTERFACES },
  { linter: 'checkov', rule: 'CKV_AWS_111', place: /^Vpc\/Function\/ServiceRole\/DefaultPolicy\/Resource$/, reason: INTERFACES },
  { linter: NAG, rule: 'AwsSolutions-IAM5[Resource::*]', place: /^Tracing\/Function\/ServiceRole\/DefaultPolicy\/Resource$/, reason: 'X-Ray\'s actions take no resource' },
  {
    linter: NAG,
    rule: /^AwsSolutions-IAM4\[Policy::.*CloudWatchLambdaInsightsExecutionRolePolicy\]$/,
    place: /^Insights\/Function\/ServiceRole\/Resource$/,
    reason: 'lambda.Function attaches it when Insights is asked for',
  },
  {
    linter: NAG,
    rule: /^AwsSolutions-IAM5\[(Action::s3:(GetBucket|GetObject|List)\*|Resource::<Inbox\w+\.Arn>\/orders\/\*)\]$/,
    place: /^OrderPipeline\/ReceiveOrders\/ServiceRole\/DefaultPolicy\/Resource$/,
    reason: 'what the CDK\'s bucket.grantRead() grants, on one prefix of one bucket',
  },
];
