import { App, Aws, CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { findingsIn } from './findings';
import { EventFunction, ExecutionRole } from '../../src';
import { MINIMAL, NEW_APP, NO_FLAGS, only, stackWith } from '../function/functions';

/** Handing roles on: who may do it with ours, and what a function may hand on. */

const ENV = { env: { account: '123456789012', region: 'eu-west-1' } };
const QUIET = { 'cdk-event-functions:rules': false };
const LAMBDA = new iam.ServicePrincipal('lambda.amazonaws.com');

describe('grantPassRole', () => {
  test.each<[string, (stack: Stack) => iam.IPrincipal & iam.IGrantable]>([
    ['a user', (stack) => new iam.User(stack, 'Deployer')],
    ['a role', (stack) => new iam.Role(stack, 'Deployer', { assumedBy: new iam.AccountRootPrincipal() })],
    ['a group', (stack) => new iam.Group(stack, 'Deployer')],
    ['an imported role', (stack) => iam.Role.fromRoleName(stack, 'Deployer', 'deployer')],
  ])('lets %s hand this role to Lambda, and nothing else', (_, grantee) => {
    const stack = stackWith();
    const role = new ExecutionRole(stack, 'Role');
    const grant = role.grantPassRole(grantee(stack).grantPrincipal);
    expect(grant.success).toBe(true);
    const id = Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Role', { Properties: { AssumeRolePolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'lambda.amazonaws.com' } })]) } } }))[0];
    expect(only(stack, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement).toEqual([{
      Action: 'iam:PassRole',
      Effect: 'Allow',
      Resource: { 'Fn::GetAtt': [id, 'Arn'] },
      Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    }]);
  });

  test('of the role that a function made works, too', () => {
    const stack = stackWith(QUIET);
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    fn.role!.grantPassRole(new iam.User(stack, 'Deployer'));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      Users: [Match.anyValue()],
      PolicyDocument: { Statement: [Match.objectLike({ Action: 'iam:PassRole', Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } })] },
    });
  });

  test('is refused by somebody who cannot be given anything, as with any grant', () => {
    const stack = stackWith();
    const grant = new ExecutionRole(stack, 'Role').grantPassRole(new iam.ServicePrincipal('codebuild.amazonaws.com'));
    expect(grant.success).toBe(false);
  });

  test('works across stacks', () => {
    const app = new App();
    const role = new ExecutionRole(new Stack(app, 'Platform'), 'Role');
    const pipeline = new Stack(app, 'Pipeline');
    role.grantPassRole(new iam.User(pipeline, 'Deployer'));
    expect(JSON.stringify(only(pipeline, 'AWS::IAM::Policy').Properties.PolicyDocument)).toMatch(/iam:PassRole.*lambda\.amazonaws\.com.*Fn::ImportValue/);
  });
});

const allow = (props: iam.PolicyStatementProps) => () => new iam.PolicyStatement({ actions: ['iam:PassRole'], resources: ['*'], ...props });

/** Refused both where the statement is added and in the finished app. */
const REFUSED: [string, () => iam.PolicyStatement][] = [
  ['iam:PassRole', allow({})],
  ['any letters', allow({ actions: ['IAM:passrole'] })],
  ['iam:*', allow({ actions: ['iam:*'] })],
  ['iam:Pass*', allow({ actions: ['iam:Pass*'] })],
  ['iam:*Role', allow({ actions: ['iam:*Role'] })],
  ['one of several actions', allow({ actions: ['ecs:RunTask', 'iam:PassRole'] })],
  ['one of several resources', allow({ resources: ['arn:aws:iam::123456789012:role/one', '*'] })],
  ['all roles of any account', allow({ resources: ['arn:aws:iam::*:role/*'] })],
  ['everything in IAM', allow({ resources: ['arn:*:iam::*:*'] })],
  ['a condition that says nothing of the role', allow({ conditions: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } })],
  ['a condition on the function', allow({ conditions: { ArnLike: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:*:*:function:*' } } })],
];

/** Passes both times. */
const PASSING: [string, () => iam.PolicyStatement][] = [
  ['one role', allow({ resources: ['arn:aws:iam::123456789012:role/worker'] })],
  ['roles that begin alike', allow({ resources: ['arn:aws:iam::123456789012:role/workers/*'] })],
  ['a service', allow({ conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } } })],
  ['services, by a pattern and in other letters', allow({ conditions: { StringLike: { 'IAM:passedToService': '*.amazonaws.com' } } })],
  ['what the role is for', allow({ conditions: { ArnLike: { 'iam:AssociatedResourceARN': 'arn:aws:ecs:*' } } })],
  ['roles with a tag', allow({ conditions: { StringEquals: { 'aws:ResourceTag/team': 'orders' } } })],
  ['a denial', allow({ effect: iam.Effect.DENY })],
  ['an administrator, of whom the rule says nothing', allow({ actions: ['*'] })],
  ['other actions', allow({ actions: ['iam:Get*', 'iam:ListRoles'] })],
  ['all but some actions', () => new iam.PolicyStatement({ notActions: ['iam:*'], resources: ['*'] })],
  ['all but some roles', () => new iam.PolicyStatement({ actions: ['iam:PassRole'], notResources: ['arn:aws:iam::123456789012:role/admin'] })],
];

/** What only the finished app tells, by the account of the stack. */
const FOUND_LATER: [string, () => iam.PolicyStatement][] = [
  ['all roles of the account, by its number', allow({ resources: ['arn:aws:iam::123456789012:role/*'] })],
  ['all roles of the account, by a token', allow({ resources: [`arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/*`] })],
  ['a token that is everything in the end', allow({ resources: [Lazy.string({ produce: () => '*' })] })],
  ['a token for the action', allow({ actions: [Lazy.string({ produce: () => 'iam:PassRole' })] })],
];

type Give = (statement: iam.PolicyStatement, stack: Stack) => unknown;

function orders(stack: Stack, props = {}): EventFunction {
  return new EventFunction(stack, 'Orders', { ...MINIMAL, ...props });
}

/** Each way in which a statement comes to a role of ours. */
const OURS: Record<string, Give> = {
  'addToPrincipalPolicy of an execution role': (statement, stack) => new ExecutionRole(stack, 'Role').addToPrincipalPolicy(statement),
  'addToPolicy of an execution role': (statement, stack) => new ExecutionRole(stack, 'Role').addToPolicy(statement),
  'attachInlinePolicy of an execution role': (statement, stack) => new ExecutionRole(stack, 'Role').attachInlinePolicy(new iam.Policy(stack, 'Policy', { statements: [statement] })),
  'a policy that names an execution role': (statement, stack) => new iam.Policy(stack, 'Policy', { roles: [new ExecutionRole(stack, 'Role')], statements: [] }).addStatements(statement),
  'addToRolePolicy of a function': (statement, stack) => orders(stack).addToRolePolicy(statement),
  'addToRolePolicy of the wrapped function': (statement, stack) => orders(stack).function.addToRolePolicy(statement),
  'addToPrincipalPolicy of the role of a function': (statement, stack) => orders(stack).role!.addToPrincipalPolicy(statement),
  'attachInlinePolicy of the role of a function': (statement, stack) => orders(stack).role!.attachInlinePolicy(new iam.Policy(stack, 'Policy', { statements: [statement] })),
  'initialPolicy': (statement, stack) => orders(stack, { initialPolicy: [statement] }),
  'initialPolicy, with a role of the app': (statement, stack) => orders(stack, { initialPolicy: [statement], role: new iam.Role(stack, 'Role', { assumedBy: LAMBDA }) }),
  'addToRolePolicy, with an imported role': (statement, stack) => orders(stack, { role: iam.Role.fromRoleName(stack, 'Role', 'theirs') }).addToRolePolicy(statement),
  'addToRolePolicy, with a read-only role': (statement, stack) => orders(stack, { role: iam.Role.fromRoleName(stack, 'Role', 'theirs', { mutable: false }) }).addToRolePolicy(statement),
};

/** A policy that was attached before it got the statement: seen in the finished app. */
const LATER = 'a policy that names an execution role';

describe.each([
  ['without feature flags', NO_FLAGS],
  ['in a new app', NEW_APP],
  ['with policies for single statements', { '@aws-cdk/aws-lambda:createNewPoliciesWithAddToRolePolicy': true }],
])('validation %s', (_, context) => {
  const stackIn = () => stackWith({ ...context, ...QUIET }, ENV);

  const ways = Object.entries(OURS).filter(([name]) => name !== LATER);

  test.each(ways)('fails if any role may be passed, by %s', (__, give) => {
    for (const [, statement] of REFUSED) {
      expect(() => give(statement(), stackIn())).toThrow(expect.objectContaining({
        name: 'PassRoleOnEverything',
        message: expect.stringMatching(/^'resources' must be the ARNs of the roles that may be handed on, for '[^']+', got "[^"]+"; use grantPassRole\(\) of the role in question: it names the role and the service \[PassRoleOnEverything at Shop\/\w+(\/\w+)*\]$/),
      }));
    }
  });

  test.each(ways)('what names roles, or what nobody knows yet, passes, by %s', (__, give) => {
    for (const [, statement] of [...PASSING, ...FOUND_LATER]) expect(() => give(statement(), stackIn())).not.toThrow();
  });
});

describe('the rule for the finished app agrees', () => {
  /** With a role of the CDK, which takes anything. */
  function found(statement: iam.PolicyStatement): string[] {
    const stack = stackWith(QUIET, ENV);
    orders(stack, { role: new iam.Role(stack, 'Role', { assumedBy: LAMBDA, inlinePolicies: { Own: new iam.PolicyDocument({ statements: [statement] }) } }) });
    return findingsIn(stack.node.root as App).filter((finding) => finding.startsWith('pass-role-names-roles'));
  }

  test.each([...REFUSED, ...FOUND_LATER])('it finds: %s', (_, statement) => {
    expect(found(statement())).toEqual(['pass-role-names-roles: the roles that a function may pass must be named, or the service that they go to, got iam:PassRole on any role']);
  });

  test.each(PASSING)('it finds nothing: %s', (_, statement) => {
    expect(found(statement())).toEqual([]);
  });

  test('it finds what a policy got after it was attached', () => {
    const stack = stackWith(QUIET, ENV);
    const role = new ExecutionRole(stack, 'Role');
    orders(stack, { role });
    const policy = new iam.Policy(stack, 'Policy', { roles: [role] });
    expect(() => policy.addStatements(allow({})())).not.toThrow();
    expect(findingsIn(stack.node.root as App)).toEqual([expect.stringMatching(/^pass-role-names-roles: /)]);
  });

  test('a function refuses to be synthesized with it', () => {
    const stack = stackWith({}, ENV);
    orders(stack, { role: new iam.Role(stack, 'Role', { assumedBy: LAMBDA, inlinePolicies: { Own: new iam.PolicyDocument({ statements: [allow({})()] }) } }) });
    jest.spyOn(console, 'error').mockImplementation();
    expect(() => (stack.node.root as App).synth()).toThrow('lambda-rules::pass-role-names-roles');
    jest.restoreAllMocks();
  });
});

describe('tokens', () => {
  test('are never checked, lists of them either', () => {
    const stack = stackWith(QUIET);
    const parameter = new CfnParameter(stack, 'Roles', { type: 'CommaDelimitedList' });
    const role = new ExecutionRole(stack, 'Role');
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['iam:PassRole'], resources: parameter.valueAsList }));
    expect(only(stack, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement).toEqual([{ Effect: 'Allow', Action: 'iam:PassRole', Resource: { Ref: 'Roles' } }]);
  });
});
