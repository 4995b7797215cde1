import { allow, arnOf, fn, mapping, policy, QUEUE, role, roleWith } from './examples';
import { lacking } from './lacking';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const POLL = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
const STREAM = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];
const ORDERS = fn();
const LIVE: JsonObject = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, FunctionVersion: '1', Name: 'live' } };
const TABLE: JsonObject = { Type: 'AWS::DynamoDB::Table', Properties: { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } } };
const OF_TABLE = mapping({ EventSourceArn: arnOf('Returns', 'StreamArn') });

export const roleMayPoll: Rule = {
  id: 'role-may-poll',
  title: 'Execution roles may read the sources that Lambda polls for their functions',
  severity: 'error',
  why: 'Lambda polls with the execution role, and refuses the mapping: "The provided execution role does not have permissions to call ReceiveMessage on SQS"',
  fix: 'add the statement to the role; a policy of the function does not help with sources that are polled',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html',
  since: '0.1.0',

  valid: [
    { title: 'a queue', resources: { Orders: ORDERS, OrdersRole: role(), Policy: policy([allow(POLL, arnOf('Returns'))]), Returns: QUEUE, Mapping: mapping() } },
    { title: 'a queue of the alias', resources: { Orders: ORDERS, Live: LIVE, OrdersRole: role(), Policy: { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName: { Ref: 'OrdersRole' }, PolicyName: 'Poll', PolicyDocument: { Statement: allow(POLL, arnOf('Returns')) } } }, Returns: QUEUE, Mapping: mapping({ FunctionName: { Ref: 'Live' } }) } },
    { title: 'a managed policy of ours', resources: { Orders: ORDERS, OrdersRole: role([], { ManagedPolicyArns: [{ Ref: 'Policy' }] }), Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [allow('sqs:*', arnOf('Returns'))] } } }, Returns: QUEUE, Mapping: mapping() } },
    { title: 'the AWS managed policy', resources: { Orders: ORDERS, OrdersRole: roleWith('service-role/AWSLambdaSQSQueueExecutionRole'), Returns: QUEUE, Mapping: mapping() } },
    { title: 'the stream of a table', resources: { Orders: ORDERS, OrdersRole: role([allow(STREAM, { 'Fn::Sub': '${Returns.Arn}/stream/*' })]), Returns: TABLE, Mapping: OF_TABLE } },
    { title: 'a stream', resources: { Orders: ORDERS, OrdersRole: roleWith('service-role/AWSLambdaKinesisExecutionRole'), Returns: { Type: 'AWS::Kinesis::Stream' }, Mapping: mapping() } },
    { title: 'a queue that a parameter names', resources: { Orders: ORDERS, OrdersRole: role(), Mapping: mapping({ EventSourceArn: { Ref: 'QueueArn' } }) } },
    { title: 'a statement with a condition', resources: { Orders: ORDERS, OrdersRole: role([allow('sqs:*', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'orders' } } })]), Returns: QUEUE, Mapping: mapping() } },
    { title: 'a policy whose roles a parameter names', resources: { Orders: ORDERS, OrdersRole: role(), Policy: policy([allow(POLL)], { Roles: { Ref: 'Roles' } }), Returns: QUEUE, Mapping: mapping() } },
    { title: 'ARNs with a variable of IAM', resources: { Orders: ORDERS, OrdersRole: role([allow(POLL, 'arn:aws:sqs:*:${aws:PrincipalAccount}:*')]), Returns: QUEUE, Mapping: mapping() } },
  ],
  invalid: [
    { title: 'a queue, and nothing allowed', at: 'Mapping/Properties/EventSourceArn', resources: { Orders: ORDERS, OrdersRole: role(), Returns: QUEUE, Mapping: mapping() } },
    { title: 'a queue of the alias, which the role may only send to', at: 'Mapping/Properties/EventSourceArn', resources: { Orders: ORDERS, Live: LIVE, OrdersRole: role([allow('sqs:SendMessage')]), Returns: QUEUE, Mapping: mapping({ FunctionName: { Ref: 'Live' } }) } },
    { title: 'messages that cannot be deleted', at: 'Mapping/Properties/EventSourceArn', resources: { Orders: ORDERS, OrdersRole: role([allow(['sqs:Receive*', 'sqs:Get*'], arnOf('Returns'))]), Returns: QUEUE, Mapping: mapping() } },
    { title: 'a condition on a source, which no request with a role names', at: 'Mapping/Properties/EventSourceArn', resources: { Orders: ORDERS, OrdersRole: role([allow(POLL, arnOf('Returns'), { Condition: { ArnLike: { 'aws:SourceArn': arnOf('Orders') } } })]), Returns: QUEUE, Mapping: mapping() } },
    { title: 'a condition on the function, which Lambda does not name when it polls', at: 'Mapping/Properties/EventSourceArn', resources: { Orders: ORDERS, OrdersRole: role([allow(POLL, arnOf('Returns'), { Condition: { ArnLike: { 'lambda:SourceFunctionArn': arnOf('Orders') } } })]), Returns: QUEUE, Mapping: mapping() } },
    { title: 'the permissions of another role', at: 'Mapping/Properties/EventSourceArn', resources: { Orders: ORDERS, OrdersRole: role(), OtherRole: role(), Policy: policy([allow(POLL)], { Roles: [{ Ref: 'OtherRole' }] }), Returns: QUEUE, Mapping: mapping() } },
    { title: 'the table instead of its stream', at: 'Mapping/Properties/EventSourceArn', resources: { Orders: ORDERS, OrdersRole: role([allow('dynamodb:*', arnOf('Returns'))]), Returns: TABLE, Mapping: OF_TABLE } },
    { title: 'a permission of the function, which does not help', at: 'Mapping/Properties/EventSourceArn', resources: { Orders: ORDERS, OrdersRole: role(), Returns: QUEUE, Mapping: mapping(), May: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'Orders' }, Action: 'lambda:InvokeFunction', Principal: 'sqs.amazonaws.com' } } } },
    { title: 'the secret of a broker', at: 'Mapping/Properties/SourceAccessConfigurations', resources: { Orders: ORDERS, OrdersRole: role([allow('mq:DescribeBroker')]), Returns: { Type: 'AWS::AmazonMQ::Broker' }, Login: { Type: 'AWS::SecretsManager::Secret' }, Mapping: mapping({ SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: { Ref: 'Login' } }] }) } },
  ],

  check: (app) => lacking(app, 'polling'),
};
