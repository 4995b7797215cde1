import { trustedServices, trustsLambda, trustsService } from '../../../src/model/iam/trust';
import { Verdict } from '../../../src/model/iam/verdict';
import { Json, JsonObject } from '../../../src/model/template';
import { appOf, resourceIn, StackOptions } from '../app-of';

const LAMBDA: JsonObject = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };

const FUNCTION = { Type: 'AWS::Lambda::Function' };

function roleWith(statement: Json, options: StackOptions = {}) {
  const app = appOf({ Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: statement } } }, Orders: FUNCTION, Returns: FUNCTION }, options);
  return { role: resourceIn(app, 'Role'), orders: resourceIn(app, 'Orders') };
}

const sourceAccount = (account: Json): JsonObject => ({ Condition: { StringEquals: { 'aws:SourceAccount': account } } });

test.each<[string, Json, StackOptions, Verdict]>([
  ['Lambda', LAMBDA, {}, 'yes'],
  ['nobody', [], {}, 'no'],
  ['Lambda for the account of the stack', { ...LAMBDA, ...sourceAccount({ Ref: 'AWS::AccountId' }) }, {}, 'yes'],
  ['Lambda for an account that may be that of the stack', { ...LAMBDA, ...sourceAccount('123456789012') }, {}, 'unknown'],
  ['Lambda for the account that the app fixes', { ...LAMBDA, ...sourceAccount('123456789012') }, { account: '123456789012' }, 'yes'],
  ['Lambda for another account', { ...LAMBDA, ...sourceAccount('210987654321') }, { account: '123456789012' }, 'no'],
  ['Lambda for one function', { ...LAMBDA, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:*:*:function:orders' } } }, {}, 'unknown'],
  ['Lambda for the function itself', { ...LAMBDA, Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::Sub': '${Orders.Arn}*' } } } }, {}, 'yes'],
  ['Lambda for another function', { ...LAMBDA, Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': ['Returns', 'Arn'] } } } }, {}, 'no'],
  ['Lambda for functions of another account', { ...LAMBDA, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:*:210987654321:function:*' } } }, { account: '123456789012', region: 'eu-west-1' }, 'no'],
  ['Lambda, and denies it', [LAMBDA, { ...LAMBDA, Effect: 'Deny' }], {}, 'no'],
  ['whom a parameter names', { Ref: 'Statement' }, {}, 'unknown'],
])('a role that trusts %s', (_, statement, options, verdict) => {
  const { role, orders } = roleWith(statement, options);
  expect(trustsLambda(role, orders)).toBe(verdict);
});

test('a role without a trust policy is no template that we understand', () => {
  const app = appOf({ Role: { Type: 'AWS::IAM::Role' }, Orders: { Type: 'AWS::Lambda::Function' } });
  expect(trustsLambda(resourceIn(app, 'Role'), resourceIn(app, 'Orders'))).toBe('unknown');
});

test.each<[string, JsonObject, Verdict]>([
  ['the service', {}, 'yes'],
  ['the service in the account', sourceAccount('123456789012'), 'yes'],
  ['the service in another account', sourceAccount('210987654321'), 'no'],
  ['a source of the account', { Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:scheduler:eu-west-1:123456789012:schedule-group/*' } } }, 'unknown'],
  ['a source of another account', { Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:scheduler:eu-west-1:210987654321:schedule-group/shop' } } }, 'no'],
  ['another service', { Principal: { Service: 'events.amazonaws.com' } }, 'no'],
])('of other services it is one for %s', (_, more, verdict) => {
  const { role, orders } = roleWith({ ...LAMBDA, Principal: { Service: 'scheduler.amazonaws.com' }, ...more }, { account: '123456789012' });
  expect(trustsService(role, ['scheduler.amazonaws.com'], orders)).toBe(verdict);
});

test('the services that are trusted are named', () => {
  const { role } = roleWith([LAMBDA, { ...LAMBDA, Principal: { Service: ['ec2.amazonaws.com', { Ref: 'Service' }], AWS: '123456789012' } }, { ...LAMBDA, Effect: 'Deny', Principal: { Service: 's3.amazonaws.com' } }]);
  expect(trustedServices(role)).toEqual(['lambda.amazonaws.com', 'ec2.amazonaws.com']);
});
