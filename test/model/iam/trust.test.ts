import { trustedServices, trustsLambda } from '../../../src/model/iam/trust';
import { Verdict } from '../../../src/model/iam/verdict';
import { Json, JsonObject } from '../../../src/model/template';
import { appOf, resourceIn, StackOptions } from '../app-of';

const LAMBDA: JsonObject = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };

function roleWith(statement: Json, options: StackOptions = {}) {
  const app = appOf({ Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: statement } } }, Orders: { Type: 'AWS::Lambda::Function' } }, options);
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

test('the services that are trusted are named', () => {
  const { role } = roleWith([LAMBDA, { ...LAMBDA, Principal: { Service: ['ec2.amazonaws.com', { Ref: 'Service' }], AWS: '123456789012' } }, { ...LAMBDA, Effect: 'Deny', Principal: { Service: 's3.amazonaws.com' } }]);
  expect(trustedServices(role)).toEqual(['lambda.amazonaws.com', 'ec2.amazonaws.com']);
});
