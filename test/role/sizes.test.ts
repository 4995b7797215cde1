import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { appOf, findingsIn } from './findings';
import { EventFunction, EventFunctionProps, ExecutionRole } from '../../src';
import { readAssembly } from '../../src/assembly/read-assembly';
import { MAX_INLINE_POLICIES, MAX_MANAGED_POLICY, MAX_TRUST_POLICY } from '../../src/limits/iam';
import { documentBytesAt, sizesOf, together } from '../../src/model/iam/policy-sizes';
import { MINIMAL, NEW_APP, NO_FLAGS, resourcesOf, stackWith } from '../function/functions';

/** Policies of roles that grow: what the CDK splits, and what it takes for shorter than it is. */

const CONTEXTS: [string, Record<string, unknown>][] = [['without feature flags', NO_FLAGS], ['in a new app', NEW_APP]];
const ENV = { env: { account: '123456789012', region: 'eu-west-1' } };
const NAMES = { functionName: 'orders' };

function shop(context: Record<string, unknown>): Stack {
  return stackWith({ ...context, 'cdk-event-functions:rules': false }, ENV);
}

function orders(stack: Stack, statements: readonly iam.PolicyStatement[], props: Partial<EventFunctionProps> = {}): EventFunction {
  const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, ...NAMES, ...props });
  statements.forEach((statement) => fn.addToRolePolicy(statement));
  return fn;
}

/** Statements that the CDK cannot put together. */
function many(count: number, conditions: (index: number) => iam.Conditions = () => ({})): iam.PolicyStatement[] {
  return Array.from({ length: count }, (_, index) => new iam.PolicyStatement({
    actions: [`s3:Get${index}`], resources: [`arn:aws:s3:::inbox-${index}/*`], conditions: conditions(index),
  }));
}

const conditional = (count: number) => many(count, (index) => ({ StringEquals: { 'aws:ResourceTag/team': `team-${index}`, 's3:ExistingObjectTag/kind': `kind-${index}` } }));

/** The documents of a template, resolved with what its stack knows: only names of log groups and functions are made up. */
function documents(stack: Stack): Record<string, number> {
  const policies = Object.entries(resourcesOf(stack)).filter(([, { Type }]) => ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].includes(Type));
  return Object.fromEntries(policies.map(([id, { Properties }]) => [id, JSON.stringify(Properties.PolicyDocument).length]));
}

beforeAll(() => jest.spyOn(console, 'error').mockImplementation());
afterAll(() => jest.restoreAllMocks());

describe.each(CONTEXTS)('validation %s', (_, context) => {
  test('fails if 300 statements with conditions are split by the CDK, which does not count conditions', () => {
    const stack = shop(context);
    orders(stack, conditional(300));
    const found = findingsIn(appOf(stack));
    expect(found[0]).toMatch(/^role-policies-fit: the inline policies of a role must be at most 10,240 characters together, got 10,\d{3} or more in [12], the largest of 10,\d{3} in Shop\/Orders\/ServiceRole\/DefaultPolicy$/);
    expect(found.slice(1).length).toBeGreaterThan(2);
    for (const finding of found.slice(1)) expect(finding).toMatch(/^managed-policy-fits: a managed policy must be at most 6,144 characters, got 6,\d{3} or more$/);
  });

  test('each policy that is found is too long, and none that is not', () => {
    const stack = shop(context);
    orders(stack, conditional(300));
    const app = readAssembly(appOf(stack).synth().directory);
    const longest = Object.entries(documents(stack)).filter(([id]) => id.includes('Overflow')).filter(([, length]) => length > MAX_MANAGED_POLICY);
    const found = app.ofType('AWS::IAM::ManagedPolicy').filter((policy) => documentBytesAt(policy, 'PolicyDocument').least > MAX_MANAGED_POLICY);
    expect(found.map(({ logicalId }) => logicalId)).toEqual(longest.map(([id]) => id));
  });

  test('fails, at the synthesis of the app', () => {
    const stack = stackWith(context, ENV);
    orders(stack, conditional(300));
    expect(() => appOf(stack).synth()).toThrow('lambda-rules::role-policies-fit');
  });

  test('300 statements without conditions pass: the CDK splits them well', () => {
    const stack = shop(context);
    orders(stack, many(300));
    expect(findingsIn(appOf(stack))).toEqual([]);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::ManagedPolicy', 3);
  });

  test('what the CDK leaves in the default policy has room for what we attach beside it', () => {
    const stack = shop(context);
    orders(stack, many(300), { vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 1 }), restrictRoleToFunction: true });
    expect(findingsIn(appOf(stack))).toEqual([]);
  });

  test('a few statements with conditions pass', () => {
    const stack = shop(context);
    orders(stack, conditional(40));
    expect(findingsIn(appOf(stack))).toEqual([]);
  });

  test('fails if a role trusts more than IAM takes', () => {
    const stack = shop(context);
    const principals = Array.from({ length: 200 }, (__, index) => new iam.ArnPrincipal(`arn:aws:iam::123456789012:role/deployer-${index}`));
    orders(stack, [], { role: new ExecutionRole(stack, 'Role', { additionalPrincipals: principals }) });
    const { Properties } = Object.values(resourcesOf(stack)).find(({ Type }) => Type === 'AWS::IAM::Role')!;
    const length = JSON.stringify(Properties.AssumeRolePolicyDocument).length;
    expect(length).toBeGreaterThan(MAX_TRUST_POLICY);
    expect(findingsIn(appOf(stack))).toEqual([`trust-policy-fits: a trust policy must be at most 8,192 characters, got ${length.toLocaleString('en-US')} or more`]);
  });

  test('the trust policy of an execution role is counted as it is', () => {
    const stack = shop(context);
    orders(stack, []);
    const app = readAssembly(appOf(stack).synth().directory);
    const [role] = app.ofType('AWS::IAM::Role');
    const expected = JSON.stringify(resourcesOf(stack)[role.logicalId].Properties.AssumeRolePolicyDocument).length;
    expect(documentBytesAt(role, 'AssumeRolePolicyDocument')).toEqual({ least: expected, likely: expected });
  });

  test('what is attached beside the default policy counts with it', () => {
    const stack = shop(context);
    const fn = orders(stack, conditional(20), { restrictRoleToFunction: true });
    fn.role!.attachInlinePolicy(new iam.Policy(stack, 'More', { statements: conditional(20) }));
    const app: App = appOf(stack);
    const [role] = readAssembly(app.synth().directory).ofType('AWS::IAM::Role');
    const sizes = sizesOf(role);
    expect(sizes.map(({ resource }) => resource.label).sort()).toEqual(['Shop/More', 'Shop/Orders/OwnPolicy', 'Shop/Orders/ServiceRole/DefaultPolicy']);
    expect(together(sizes).likely).toBeLessThan(MAX_INLINE_POLICIES);
    expect(findingsIn(app)).toEqual([]);
  });
});
