import { allow, arnOf, fn, ofAccount, policy, role, roleWith } from './examples';
import { lacking } from './lacking';
import { Rule } from '../rule';

const WRITE = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/** A `warning`, because the function works without, and some leave its logs out to save the money. */
export const roleMayWriteLogs: Rule = {
  id: 'role-may-write-logs',
  title: 'Execution roles may write to the log groups of their functions',
  severity: 'warning',
  why: 'the function runs, but its logs are lost without a word',
  fix: 'add the statement to the role; for one log group name its streams, too: its ARN must end in `:*`',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html',
  since: '0.1.0',

  valid: [
    { title: 'the default log group of the function', resources: { Orders: fn(), OrdersRole: role(), Policy: policy([allow(WRITE, ofAccount('logs', 'log-group:/aws/lambda/${Orders}:*'))]) } },
    { title: 'a log group of its own', resources: { Orders: fn({ LoggingConfig: { LogGroup: { Ref: 'Group' } } }), Group: { Type: 'AWS::Logs::LogGroup' }, OrdersRole: role([allow(WRITE, arnOf('Group'))]) } },
    { title: 'any log group that begins like it', resources: { Orders: fn({ FunctionName: 'orders' }), OrdersRole: role([allow('logs:*', ofAccount('logs', 'log-group:/aws/lambda/*'))]) } },
    { title: 'the AWS managed policy', resources: { Orders: fn(), OrdersRole: roleWith('service-role/AWSLambdaBasicExecutionRole') } },
    { title: 'all but something else', resources: { Orders: fn(), OrdersRole: role([{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }]) } },
    { title: 'a log group that a parameter names', resources: { Orders: fn({ LoggingConfig: { LogGroup: { Ref: 'Group' } } }), OrdersRole: role([allow(WRITE, ofAccount('logs', 'log-group:orders:*'))]) } },
    { title: 'a managed policy that is not ours', resources: { Orders: fn(), OrdersRole: role([], { ManagedPolicyArns: ['arn:aws:iam::123456789012:policy/logs'] }) } },
    { title: 'a role that is not ours', resources: { Orders: fn({ Role: 'arn:aws:iam::123456789012:role/orders' }) } },
    { title: 'a statement that is there or not', resources: { Orders: fn(), OrdersRole: role([{ 'Fn::If': ['WithLogs', allow(WRITE), { Ref: 'AWS::NoValue' }] }]) } },
  ],
  invalid: [
    { title: 'the role may do nothing', at: 'Orders/Properties/Role', resources: { Orders: fn(), OrdersRole: role() } },
    { title: 'the role may write elsewhere', at: 'Orders/Properties/LoggingConfig', resources: { Orders: fn({ LoggingConfig: { LogGroup: { Ref: 'Group' } } }), Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'orders' } }, OrdersRole: role([allow(WRITE, ofAccount('logs', 'log-group:/aws/lambda/${Orders}:*'))]) } },
    { title: 'the ARN names the group, and none of its streams', at: 'Orders/Properties/Role', resources: { Orders: fn({ FunctionName: 'orders' }), OrdersRole: role([allow(WRITE, ofAccount('logs', 'log-group:/aws/lambda/orders'))]) } },
    { title: 'a statement denies it', at: 'Orders/Properties/Role', resources: { Orders: fn(), OrdersRole: role([allow('*'), { Effect: 'Deny', Action: 'logs:*', Resource: '*' }]) } },
  ],

  check: (app) => lacking(app, 'logs'),
};
