import { AppModel } from '../../../src/model/app';
import { inlinePoliciesOf, policiesOf, roleMay, roleOf } from '../../../src/model/iam/role';
import { Verdict } from '../../../src/model/iam/verdict';
import { Resource } from '../../../src/model/resource';
import { Json, JsonObject } from '../../../src/model/template';
import { appOf, resourceIn, StackOptions, stackOf } from '../app-of';

const STATEMENT: JsonObject = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };
const DOCUMENT: JsonObject = { Statement: [STATEMENT] };

function role(properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::IAM::Role', Properties: properties };
}

function policy(type: string, properties: JsonObject, more: JsonObject = {}): JsonObject {
  return { Type: `AWS::IAM::${type}`, Properties: { PolicyDocument: DOCUMENT, ...properties }, ...more };
}

/** Whether Lambda may send messages for itself. */
function serviceMay(found: Resource): Verdict {
  const context = { 'lambda:sourcefunctionarn': undefined };
  return roleMay(found, { action: 'sqs:SendMessage', target: ['arn:aws:sqs:eu-west-1:123456789012:orders'], context });
}

/** The same for the role `Role` of some resources. */
function may(resources: JsonObject, options: StackOptions = {}): Verdict {
  return serviceMay(resourceIn(appOf({ Role: role(), ...resources }, options), 'Role'));
}

test.each<[string, JsonObject, Verdict]>([
  ['nothing', {}, 'no'],
  ['an inline policy', { Role: role({ Policies: [{ PolicyDocument: DOCUMENT }] }) }, 'yes'],
  ['an inline policy that is there or not', { Role: role({ Policies: [{ 'Fn::If': ['IsProd', { PolicyDocument: DOCUMENT }, { Ref: 'AWS::NoValue' }] }] }) }, 'unknown'],
  ['inline policies that a parameter holds', { Role: role({ Policies: { Ref: 'Policies' } }) }, 'unknown'],
  ['a policy beside', { Policy: policy('Policy', { Roles: [{ Ref: 'Role' }] }) }, 'yes'],
  ['a policy of another role', { Other: role(), Policy: policy('Policy', { Roles: [{ Ref: 'Other' }] }) }, 'no'],
  ['a policy of users', { Policy: policy('Policy', { Users: ['me'] }) }, 'no'],
  ['a policy of a role that a parameter names', { Policy: policy('Policy', { Roles: [{ Ref: 'Name' }] }) }, 'unknown'],
  ['a policy of roles that a parameter names', { Policy: policy('Policy', { Roles: { Ref: 'Names' } }) }, 'unknown'],
  ['a policy of a role by a name that is written down', { Policy: policy('Policy', { Roles: ['elsewhere'] }) }, 'no'],
  ['a policy by the name of the role', { Role: role({ RoleName: 'orders' }), Policy: policy('Policy', { Roles: ['orders'] }) }, 'yes'],
  ['a policy by a name that a parameter completes', { Role: role({ RoleName: { 'Fn::Sub': 'orders-${Stage}' } }), Policy: policy('Policy', { Roles: [{ 'Fn::Sub': 'orders-${Stage}' }] }) }, 'yes'],
  ['a policy by a name that may be that of the role', { Role: role({ RoleName: { Ref: 'Name' } }), Policy: policy('Policy', { Roles: ['orders'] }) }, 'unknown'],
  ['a policy that is there or not', { Policy: policy('Policy', { Roles: [{ Ref: 'Role' }] }, { Condition: 'IsProd' }) }, 'unknown'],
  ['a policy under the condition of the role', { Role: { ...role(), Condition: 'IsProd' }, Policy: policy('Policy', { Roles: [{ Ref: 'Role' }] }, { Condition: 'IsProd' }) }, 'yes'],
  ['a policy of one role', { Policy: policy('RolePolicy', { RoleName: { Ref: 'Role' } }) }, 'yes'],
  ['a policy of one role, another one', { Other: role(), Policy: policy('RolePolicy', { RoleName: { Ref: 'Other' } }) }, 'no'],
  ['a policy of one role that a parameter names', { Policy: policy('RolePolicy', { RoleName: { Ref: 'Name' } }) }, 'unknown'],
  ['a managed policy that the role names', { Role: role({ ManagedPolicyArns: [{ Ref: 'Policy' }] }), Policy: policy('ManagedPolicy', {}) }, 'yes'],
  ['a managed policy that names the role', { Policy: policy('ManagedPolicy', { Roles: [{ Ref: 'Role' }] }) }, 'yes'],
  ['a managed policy of AWS', { Role: role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }) }, 'yes'],
  ['a managed policy of AWS that is about something else', { Role: role({ ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/service-role/AWSLambdaBasicExecutionRole']] }] }) }, 'no'],
  ['a managed policy of AWS that we do not know', { Role: role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/NewToUs'] }) }, 'unknown'],
  ['a managed policy with a name of JavaScript', { Role: role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/constructor'] }) }, 'unknown'],
  ['a managed policy or none', { Role: role({ ManagedPolicyArns: [{ 'Fn::If': ['IsProd', { Ref: 'Policy' }, { Ref: 'AWS::NoValue' }] }] }), Policy: policy('ManagedPolicy', {}) }, 'unknown'],
  ['a document as text', { Policy: policy('Policy', { Roles: [{ Ref: 'Role' }], PolicyDocument: JSON.stringify(DOCUMENT) }) }, 'yes'],
  ['a loop that adds resources', { 'Fn::ForEach::Policies': ['Name', ['A'], {}] }, 'unknown'],
])('a role with %s', (_, resources, verdict) => {
  expect(may(resources)).toBe(verdict);
});

test('a policy of another stack counts', () => {
  const roles = stackOf({ Role: role() }, { name: 'Roles', outputs: { Role: { Value: { Ref: 'Role' }, Export: { Name: 'role' } } } });
  const app = new AppModel([roles, stackOf({ Policy: policy('Policy', { Roles: [{ 'Fn::ImportValue': 'role' }] }) }, { name: 'Policies' })]);
  expect(serviceMay(resourceIn(app, 'Role'))).toBe('yes');
});

test('a statement for functions alone is for their code, and not for Lambda', () => {
  const statement = { ...STATEMENT, Condition: { ArnLike: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:*:*:function:orders' } } };
  const app = appOf({ Role: role({ Policies: [{ PolicyDocument: { Statement: statement } }] }) });
  const found = resourceIn(app, 'Role');
  expect(serviceMay(found)).toBe('no');
  const context = { 'lambda:sourcefunctionarn': ['arn:aws:lambda:eu-west-1:123456789012:function:orders'] };
  expect(roleMay(found, { action: 'sqs:SendMessage', target: ['*'], context })).toBe('yes');
});

test('policies are read once', () => {
  const app = appOf({ Role: role({ Policies: [{ PolicyDocument: DOCUMENT }] }) });
  expect(policiesOf(resourceIn(app, 'Role'))).toBe(policiesOf(resourceIn(app, 'Role')));
});

test('inline policies are those that share one limit', () => {
  const app = appOf({
    Role: role({ Policies: [{ PolicyDocument: DOCUMENT }] }),
    Beside: policy('Policy', { Roles: [{ Ref: 'Role' }] }),
    One: policy('RolePolicy', { RoleName: { Ref: 'Role' } }),
    Managed: policy('ManagedPolicy', { Roles: [{ Ref: 'Role' }] }),
  });
  expect(inlinePoliciesOf(resourceIn(app, 'Role')).map(({ resource, path, sure }) => [resource.logicalId, path, sure])).toEqual([
    ['Role', 'Policies.0.PolicyDocument', true],
    ['Beside', 'PolicyDocument', true],
    ['One', 'PolicyDocument', true],
  ]);
});

describe('the role of a function', () => {
  const of = (given: Json) => {
    const app = appOf({ Role: role(), Other: role(), Orders: { Type: 'AWS::Lambda::Function', Properties: { Role: given } } });
    return roleOf(resourceIn(app, 'Orders'))?.logicalId;
  };

  test.each<[string, Json]>([
    ['its ARN', { 'Fn::GetAtt': ['Role', 'Arn'] }],
    ['its ARN in short', { 'Fn::GetAtt': 'Role.Arn' }],
    ['an ARN with its name', { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/${Role}' }],
  ])('is found by %s', (_, given) => {
    expect(of(given)).toBe('Role');
  });

  test.each<[string, Json]>([
    ['by an ARN that is written down', 'arn:aws:iam::123456789012:role/orders'],
    ['by a parameter', { Ref: 'RoleArn' }],
    ['if it is one of two', { 'Fn::If': ['IsProd', { 'Fn::GetAtt': ['Role', 'Arn'] }, { 'Fn::GetAtt': ['Other', 'Arn'] }] }],
    ['if it is one or a parameter', { 'Fn::If': ['IsProd', { 'Fn::GetAtt': ['Role', 'Arn'] }, { Ref: 'RoleArn' }] }],
    ['by its name, which is no ARN', { Ref: 'Role' }],
  ])('is not known %s', (_, given) => {
    expect(of(given)).toBeUndefined();
  });
});
