import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke as ScheduledInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { readAssembly } from '../../../src/assembly/read-assembly';
import { identityInvokers } from '../../../src/model/iam/identity-invokers';
import { Json, JsonObject } from '../../../src/model/template';
import { appOf, resourceIn } from '../app-of';

const ARN: Json = { 'Fn::GetAtt': ['Orders', 'Arn'] };
const FN: JsonObject = { Type: 'AWS::Lambda::Function', Properties: {} };
const LIVE: JsonObject = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, FunctionVersion: '1', Name: 'live' } };

function document(resource: Json, more: JsonObject = {}): JsonObject {
  return { Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: resource, ...more }] };
}

function role(resource: Json, more: JsonObject = {}): JsonObject {
  return { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'Invoke', PolicyDocument: document(resource, more) }] } };
}

/** Who may invoke `Orders`, and what of it. */
function invokers(resources: JsonObject): string[] {
  const app = appOf({ Orders: FN, Other: FN, Live: LIVE, ...resources });
  return identityInvokers(resourceIn(app, 'Orders')).map(({ who, qualifier, statement }) => `${who.logicalId} ${qualifier} by ${statement.resource.logicalId}/${statement.path}`);
}

const OWN = 'Properties/Policies/0/PolicyDocument';

test.each<[string, Json, string[]]>([
  ['its ARN', ARN, ['$LATEST']],
  ['an alias', { Ref: 'Live' }, ['live']],
  ['all versions and aliases', { 'Fn::Join': ['', [ARN, ':*']] }, ['live', 'a version']],
  ['all of it', [ARN, { 'Fn::Join': ['', [ARN, ':*']] }], ['$LATEST', 'live', 'a version']],
  ['anything', '*', ['$LATEST', 'live', 'a version']],
  ['another function', { 'Fn::GetAtt': ['Other', 'Arn'] }, []],
  ['what a parameter names', { Ref: 'Arn' }, []],
])('a role that may invoke %s', (_, resource, qualifiers) => {
  expect(invokers({ Caller: role(resource) })).toEqual(qualifiers.map((qualifier) => `Caller ${qualifier} by Caller/${OWN}`));
});

test('a denial, another action and all but some functions do not count', () => {
  expect(invokers({ Caller: role(ARN, { Effect: 'Deny' }) })).toEqual([]);
  expect(invokers({ Caller: role(ARN, { Action: 'lambda:GetFunction' }) })).toEqual([]);
  const both = [...document(ARN).Statement as Json[], ...document('*', { Effect: 'Deny', Action: '*' }).Statement as Json[]];
  expect(invokers({ Caller: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: both } }] } } })).toEqual([]);
});

test('a condition does', () => {
  expect(invokers({ Caller: role(ARN, { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'shop' } } }) })).toHaveLength(1);
});

test('users and groups', () => {
  expect(invokers({
    Ann: { Type: 'AWS::IAM::User', Properties: { Policies: [{ PolicyName: 'Invoke', PolicyDocument: document(ARN) }] } },
    Team: { Type: 'AWS::IAM::Group', Properties: {} },
    Policy: { Type: 'AWS::IAM::Policy', Properties: { Groups: [{ Ref: 'Team' }], Users: ['bob'], PolicyDocument: document(ARN) } },
  })).toEqual([`Ann $LATEST by Ann/${OWN}`, 'Team $LATEST by Policy/Properties/PolicyDocument']);
});

test('the roles that the CDK makes for Scheduler and Step Functions', () => {
  const app = new App();
  const stack = new Stack(app, 'Shop');
  const fn = new lambda.Function(stack, 'Orders', { code: lambda.Code.fromInline('x'), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_22_X });
  new scheduler.Schedule(stack, 'Nightly', { schedule: scheduler.ScheduleExpression.expression('rate(1 day)'), target: new ScheduledInvoke(fn) });
  new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(new LambdaInvoke(stack, 'Invoke', { lambdaFunction: fn })) });
  fn.grantInvoke(new iam.User(stack, 'Ann'));
  app.synth();
  const model = readAssembly(app.outdir);
  const found = identityInvokers(model.ofType('AWS::Lambda::Function')[0]).map(({ who, qualifier }) => `${who.label.replace(/-\w{6}$/, '')} ${qualifier}`);
  expect(found).toEqual([
    'Shop/SchedulerRoleForTarget $LATEST', 'Shop/SchedulerRoleForTarget a version',
    'Shop/Machine/Role $LATEST', 'Shop/Machine/Role a version', 'Shop/Ann $LATEST', 'Shop/Ann a version',
  ]);
});
