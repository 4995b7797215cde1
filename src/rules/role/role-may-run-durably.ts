import { allow, arnOf, fn, policy, role, roleWith } from './examples';
import { lacking } from './lacking';
import { Rule } from '../rule';

const DURABLE = { DurableConfig: { ExecutionTimeout: 3600 } };
const CHECKPOINT = ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'];

export const roleMayRunDurably: Rule = {
  id: 'role-may-run-durably',
  title: 'Execution roles of durable functions may keep their state',
  severity: 'error',
  why: 'the first step of each durable execution fails with access denied',
  fix: 'add the statement to the role; the ARN needs the `:*` at its end, because these executions always name a version or an alias',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html',
  since: '0.1.0',

  valid: [
    { title: 'a policy that names all qualifiers', resources: { Orders: fn(DURABLE), OrdersRole: role(), Policy: policy([allow(CHECKPOINT, { 'Fn::Sub': '${Orders.Arn}:*' })]) } },
    { title: 'the AWS managed policy', resources: { Orders: fn(DURABLE), OrdersRole: roleWith('service-role/AWSLambdaBasicDurableExecutionRolePolicy') } },
    { title: 'one alias', resources: { Orders: fn(DURABLE), OrdersRole: role(), Policy: policy([allow('lambda:*', { 'Fn::Sub': '${Orders.Arn}:live/*' })]) } },
    { title: 'a function that is durable or not', resources: { Orders: fn({ DurableConfig: { 'Fn::If': ['IsDurable', { ExecutionTimeout: 60 }, { Ref: 'AWS::NoValue' }] } }), OrdersRole: role() } },
    { title: 'any function that the condition lets', resources: { Orders: fn(DURABLE), OrdersRole: role([allow(CHECKPOINT, '*', { Condition: { ArnLike: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:*:*:function:*' } } })]) } },
  ],
  invalid: [
    { title: 'the role may only write logs', at: 'Orders/Properties/DurableConfig', resources: { Orders: fn(DURABLE), OrdersRole: roleWith('service-role/AWSLambdaBasicExecutionRole') } },
    { title: 'the ARN names the function without a qualifier', at: 'Orders/Properties/DurableConfig', resources: { Orders: fn(DURABLE), OrdersRole: role(), Policy: policy([allow(CHECKPOINT, arnOf('Orders'))]) } },
  ],

  check: (app) => lacking(app, 'durable'),
};
