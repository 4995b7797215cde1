import * as fs from 'fs';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { allowedBy } from './allowed';
import { FEATURES, OWN_LOGS } from './features';
import { appOf } from './findings';
import { reportsOf, warningsOf } from './reports';
import { EventFunction, EventFunctionProps, ExecutionRole } from '../../src';
import { MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from '../function/functions';

/**
 * Apps whose roles somebody else makes: `iam.Role.customizeRoles()`. The CDK reports what these roles must be allowed in
 * `iam-policy-report.json`; what we ask for must be in it, too.
 */

const CONTEXTS: [string, Record<string, unknown>, boolean][] = [['without feature flags', NO_FLAGS, false], ['in a new app', NEW_APP, true]];
const PRECREATED = { usePrecreatedRoles: { 'Shop/Orders/ServiceRole': 'theirs', 'Shop/Mine': 'theirs' } };

function shop(context: Record<string, unknown>, options: iam.CustomizeRolesOptions = PRECREATED): Stack {
  const stack = stackWith({ ...context, 'cdk-event-functions:rules': false });
  iam.Role.customizeRoles(stack, options);
  return stack;
}

function orders(stack: Stack, props: Partial<EventFunctionProps> = {}): EventFunction {
  return new EventFunction(stack, 'Orders', { ...MINIMAL, ...props });
}

interface ReportedRole {
  readonly roleConstructPath: string;
  readonly roleName: string;
  readonly assumeRolePolicy: any[];
  readonly managedPolicyArns: string[];
  readonly identityPolicyStatements: any[];
}

/** What the CDK reports of the role of a function. It names constructs, and adds the role that scales aliases. */
function reported(app: App, id = 'Shop/Orders/ServiceRole'): ReportedRole {
  const { roles } = JSON.parse(fs.readFileSync(path.join(app.synth().directory, 'iam-policy-report.json'), 'utf8'));
  return roles.find(({ roleConstructPath }: ReportedRole) => roleConstructPath === id);
}

/** The names of the CDK in ours: `(Shop/Orders/LogGroup/Resource.Arn)`, `(ACCOUNT)`. */
function allowedFor(app: App, id?: string) {
  const text = JSON.stringify(reported(app, id).identityPolicyStatements)
    .replace(/\((PARTITION|REGION|ACCOUNT)\)/g, (_, name: string) => `\${AWS::${{ PARTITION: 'Partition', REGION: 'Region', ACCOUNT: 'AccountId' }[name]}}`)
    .replace(/\(Shop\/([^)]+?)(?:\/Default)?\/Resource\.(\w+)\)/g, (_, name: string, attribute: string) => `\${${name.replaceAll('/', '')}${attribute === 'Ref' ? '' : `.${attribute}`}}`);
  return allowedBy(JSON.parse(text));
}

beforeAll(() => (['warn', 'error'] as const).forEach((method) => jest.spyOn(console, method).mockImplementation()));
afterAll(() => jest.restoreAllMocks());

const NAMES = [
  'nothing', 'tracing', 'a VPC', 'Lambda Insights', 'durable executions', 'an encrypted dead-letter queue', 'a queue for failures',
  'a queue', 'a stream', 'a table', 'a cluster of Kafka', 'grants after it was made', 'statements of the user',
];

describe.each(CONTEXTS)('permissions %s', (_, context, isNew) => {
  test.each(NAMES)('are in the report of the CDK: %s', (name) => {
    const { props, use, allowed } = FEATURES[name];
    const stack = shop(context, { usePrecreatedRoles: { ...PRECREATED.usePrecreatedRoles, 'Shop/Custom::VpcRestrictDefaultSGCustomResourceProvider/Role': 'other' } });
    const fn = orders(stack, props?.(stack));
    use?.(fn, stack);
    expect(allowedFor(appOf(stack))).toEqual({ ...OWN_LOGS(isNew), ...allowed });
    expect(reported(appOf(stack)).managedPolicyArns).toEqual([]);
    expect(resourcesOf(stack).OrdersA9B65338.Properties.Role['Fn::Join'][1].pop()).toBe(':role/theirs');
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 0);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('of an execution role that is handed in, too', () => {
    const stack = shop(context);
    orders(stack, { role: new ExecutionRole(stack, 'Mine') });
    expect(allowedFor(appOf(stack), 'Shop/Mine')).toEqual(OWN_LOGS(isNew));
  });

  test('a role that is made and only reported is made as ever', () => {
    const stack = shop(context, { preventSynthesis: false });
    orders(stack);
    expect(allowedFor(appOf(stack))).toEqual(OWN_LOGS(isNew));
    expect(only(stack, 'AWS::IAM::Role').Properties.AssumeRolePolicyDocument.Statement[0].Condition).toEqual({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
  });

  test('we report nothing of our own: nothing is lost', () => {
    const stack = shop(context);
    orders(stack, { role: iam.Role.fromRoleName(stack, 'Imported', 'imported', { mutable: false }) });
    expect(reportsOf(appOf(stack))).toEqual([]);
    expect(warningsOf(appOf(stack))).toEqual([]);
    expect(allowedFor(appOf(stack), 'Shop/Imported')).toEqual(OWN_LOGS(isNew));
  });
});

describe('mapping', () => {
  test('the trust policy that the role must have is that of an execution role', () => {
    const stack = shop(NO_FLAGS);
    orders(stack);
    expect(reported(appOf(stack)).assumeRolePolicy).toEqual([{
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    }]);
  });

  test('the guard of the role is in the report', () => {
    const stack = shop(NO_FLAGS);
    orders(stack, { restrictRoleToFunction: true });
    expect(Object.keys(allowedFor(appOf(stack)))).toContain('Deny * if ArnNotEquals lambda:SourceFunctionArn ${Orders.Arn} and Null lambda:SourceFunctionArn false');
  });

  test('a managed policy is in the report', () => {
    const stack = shop(NO_FLAGS);
    orders(stack).role!.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess'));
    expect(reported(appOf(stack)).managedPolicyArns).toEqual(['arn:(PARTITION):iam::aws:policy/ReadOnlyAccess']);
  });

  test('a deployer may pass it to Lambda', () => {
    const stack = shop(NO_FLAGS);
    new ExecutionRole(stack, 'Mine').grantPassRole(new iam.User(stack, 'Deployer'));
    const [statement] = only(stack, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement;
    expect(statement).toMatchObject({ Action: 'iam:PassRole', Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } });
    expect(JSON.stringify(statement.Resource)).toContain(':role/theirs');
  });
});

describe('validation', () => {
  test('a role without a name is an error of the CDK', () => {
    const stack = shop(NO_FLAGS, { usePrecreatedRoles: {} });
    orders(stack);
    const errors = appOf(stack).synth().stacks[0].messages.filter(({ level }) => level === 'error').map(({ entry }) => entry.data);
    expect(errors).toEqual([expect.stringContaining('IAM Role is being created at path "Shop/Orders/ServiceRole" and customizeRoles.preventSynthesis is enabled.')]);
  });

  test('fails if any role may be passed', () => {
    const stack = shop(NO_FLAGS);
    expect(() => orders(stack).addToRolePolicy(new iam.PolicyStatement({ actions: ['iam:PassRole'], resources: ['*'] }))).toThrow('PassRoleOnEverything at Shop/Orders');
  });
});

describe('ids', () => {
  test('are those without the role and its policies', () => {
    const ids = Object.keys(resourcesOf(orders(shop(NO_FLAGS)).stack)).map((id) => id.replace(/[0-9a-f]{32}$/, ''));
    expect(ids.sort()).toEqual(['OrdersA9B65338', 'OrdersAliasliveD9288011', 'OrdersCurrentVersion7BCF01FD', 'OrdersLogGroupE26395F1']);
  });
});
