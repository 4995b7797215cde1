import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ManagedKafkaEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from './functions';
import { EventFunction, EventFunctionProps, ExecutionRole } from '../../src';
import { circle } from '../permissions/circle';
import { Allowed, allowedIn, managedPoliciesIn } from '../role/allowed';
import { Feature, FEATURES, OWN_LOGS } from '../role/features';
import { appOf, findingsIn } from '../role/findings';

/** What the role of a function may do: what is used, on what it is used on, and nothing more. */

const CONTEXTS: [string, Record<string, unknown>, boolean][] = [['without feature flags', NO_FLAGS, false], ['in a new app', NEW_APP, true]];
const LAMBDA = new iam.ServicePrincipal('lambda.amazonaws.com');

type Role = (stack: Stack) => iam.IRole | undefined;

/** The rules are asked where they are the point: each synthesis with them takes its time. */
function stackOf({ props, use }: Feature, context: Record<string, unknown>, role: Role = () => undefined): Stack {
  const stack = stackWith({ ...context, 'cdk-event-functions:rules': false });
  const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, role: role(stack), ...props?.(stack) });
  use?.(fn, stack);
  return stack;
}

function expected({ allowed, givesLogGroup }: Feature, isNew: boolean): Allowed {
  return { ...givesLogGroup ? {} : OWN_LOGS(isNew), ...allowed };
}

/** A role that was handed in is denied nothing. */
function withoutDenials(allowed: Allowed): Allowed {
  return Object.fromEntries(Object.entries(allowed).filter(([key]) => !key.startsWith('Deny')));
}

// Deprecated properties and new apps warn, as they should.
beforeAll(() => (['warn', 'error'] as const).forEach((method) => jest.spyOn(console, method).mockImplementation()));
afterAll(() => jest.restoreAllMocks());

describe.each(CONTEXTS)('permissions %s', (_, context, isNew) => {
  describe('of the role that the function makes', () => {
    test.each(Object.entries(FEATURES))('%s', (__, feature) => {
      const stack = stackOf(feature, context);
      expect(allowedIn(stack)).toEqual(expected(feature, isNew));
      expect(managedPoliciesIn(stack)).toEqual([]);
      expect(circle(resourcesOf(stack))).toBeUndefined();
      expect(findingsIn(appOf(stack))).toEqual([]);
    });
  });

  describe('of an execution role that was made before', () => {
    test.each(Object.entries(FEATURES))('%s', (__, feature) => {
      const stack = stackOf(feature, context, (scope) => new ExecutionRole(scope, 'Mine'));
      expect(allowedIn(stack)).toEqual(withoutDenials(expected(feature, isNew)));
      expect(managedPoliciesIn(stack)).toEqual([]);
    });
  });

  describe('of an imported role that may be changed', () => {
    test.each(Object.entries(FEATURES))('%s', (__, feature) => {
      const stack = stackOf(feature, context, (scope) => iam.Role.fromRoleName(scope, 'Mine', 'theirs'));
      expect(allowedIn(stack)).toEqual(withoutDenials(expected(feature, isNew)));
      expect(findingsIn(appOf(stack))).toEqual([]);
    });
  });

  test('what is allowed on everything takes no narrower resource', () => {
    const onEverything = Object.entries(FEATURES)
      // What the user asks for is his own business.
      .filter(([name]) => name !== 'statements of the user')
      .flatMap(([, feature]) => allowedIn(stackOf(feature, context))['Allow *']?.split(' ') ?? []);
    expect([...new Set(onEverything)].sort()).toEqual([
      'dynamodb:ListStreams',
      'ec2:AssignPrivateIpAddresses',
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcs',
      'ec2:UnassignPrivateIpAddresses',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
  });

  test('all at once is what each takes', () => {
    const stack = stackWith({ ...context, 'cdk-event-functions:rules': false });
    new EventFunction(stack, 'Orders', {
      ...MINIMAL,
      vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 1 }),
      tracing: lambda.Tracing.ACTIVE,
      deadLetterQueue: new sqs.Queue(stack, 'Dead'),
      events: [new SqsEventSource(new sqs.Queue(stack, 'Queue'))],
    });
    const { 'Allow *': onEverything, 'Deny * if ArnEquals lambda:SourceFunctionArn ${Orders.Arn}': denied, ...rest } = allowedIn(stack);
    expect(onEverything.split(' ').filter((action) => !action.startsWith('ec2:'))).toEqual(['xray:PutTelemetryRecords', 'xray:PutTraceSegments']);
    expect(denied).toContain('ec2:CreateNetworkInterface');
    expect(Object.keys(rest).sort()).toEqual(['Allow ${Dead.Arn}', 'Allow ${Queue.Arn}', ...Object.keys(OWN_LOGS(isNew))].sort());
    expect(findingsIn(appOf(stack))).toEqual([]);
  });

  test('the version waits for what names the function, and the function for the rest', () => {
    const stack = stackOf(FEATURES['a VPC'], context);
    const waitsFor = (type: string) => (only(stack, type).DependsOn ?? []).filter((id) => resourcesOf(stack)[id].Type === 'AWS::IAM::Policy');
    expect(waitsFor('AWS::Lambda::Version')).toEqual(['OrdersOwnPolicy595E590A']);
    expect(resourcesOf(stack).OrdersA9B65338.DependsOn).toContain('OrdersServiceRoleDefaultPolicy973CB326');
    expect(resourcesOf(stack).OrdersA9B65338.DependsOn).not.toContain('OrdersOwnPolicy595E590A');
  });
});

describe('validation', () => {
  test('fails if the role of the app is for another service', () => {
    const stack = stackOf({ allowed: {} }, NO_FLAGS, (scope) => new iam.Role(scope, 'Mine', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }));
    expect(findingsIn(appOf(stack))).toEqual([expect.stringMatching(
      /^role-trusts-lambda: who may assume role Shop\/Mine must be lambda\.amazonaws\.com, because Shop\/Orders runs with it, got ec2\.amazonaws\.com; add \{"Effect":"Allow",/,
    )]);
  });

  test('fails, by the rules that a function registers, at synthesis', () => {
    const stack = stackWith(NO_FLAGS);
    new EventFunction(stack, 'Orders', { ...MINIMAL, role: new iam.Role(stack, 'Mine', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }) });
    expect(() => appOf(stack).synth()).toThrow('lambda-rules::role-trusts-lambda');
  });

  test('fails if a role that another stack makes is for another service', () => {
    const app = new App({ context: { 'cdk-event-functions:rules': false } });
    const role = new iam.Role(new Stack(app, 'Platform'), 'Mine', { assumedBy: new iam.AccountRootPrincipal() });
    new EventFunction(new Stack(app, 'Shop'), 'Orders', { ...MINIMAL, role });
    expect(findingsIn(app)).toEqual([expect.stringContaining('role-trusts-lambda: who may assume role Platform/Mine must be lambda.amazonaws.com')]);
  });

  test('a role that Lambda may assume for its own function passes', () => {
    const stack = stackOf({ allowed: {} }, NO_FLAGS, (scope) => new iam.Role(scope, 'Mine', { assumedBy: LAMBDA.withConditions({ StringEquals: { 'aws:SourceAccount': scope.account } }) }));
    expect(findingsIn(appOf(stack))).toEqual([]);
  });
});

describe.each(CONTEXTS)('cross-stack %s', (_, context) => {
  function shared(app: App): iam.Role {
    return new iam.Role(new Stack(app, 'Platform'), 'Role', { assumedBy: LAMBDA });
  }

  test.each<[string, (stack: Stack) => Partial<EventFunctionProps>]>([
    ['logs', () => ({})],
    ['a log group of the user', (stack) => ({ logGroup: new logs.LogGroup(stack, 'Group') })],
    ['a VPC', (stack) => ({ vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 1 }) })],
    ['tracing', () => ({ tracing: lambda.Tracing.ACTIVE })],
    ['the role for itself alone', () => ({ restrictRoleToFunction: true })],
  ])('the stack of a shared role does not depend on that of the function: %s', (__, props) => {
    const app = new App({ context: { ...context, 'cdk-event-functions:rules': false } });
    const role = shared(app);
    const shop = new Stack(app, 'Shop');
    new EventFunction(shop, 'Orders', { ...MINIMAL, ...props(shop), role });
    expect(findingsIn(app)).toEqual([]);
    expect(JSON.stringify(Template.fromStack(Stack.of(role)).toJSON())).not.toContain('Shop');
    expect(JSON.stringify(only(shop, 'AWS::IAM::Policy').Properties)).toContain('logs:PutLogEvents');
  });

  test('a role of the parent stack has its log permission in the nested stack', () => {
    const parent = stackWith({ ...context, 'cdk-event-functions:rules': false });
    const role = new iam.Role(parent, 'Role', { assumedBy: LAMBDA });
    const nested = new NestedStack(parent, 'Nested');
    new EventFunction(nested, 'Orders', { ...MINIMAL, role });
    expect(JSON.stringify(only(nested, 'AWS::IAM::Policy').Properties)).toContain('logs:PutLogEvents');
    Template.fromStack(parent).resourceCountIs('AWS::IAM::Policy', 0);
    expect(findingsIn(appOf(parent))).toEqual([]);
  });
});

describe('ids', () => {
  const FLAG = { '@aws-cdk/aws-lambda:createNewPoliciesWithAddToRolePolicy': true };
  const statement = (name: string) => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${name}/*`] });

  type Make = (stack: Stack, props: EventFunctionProps) => lambda.Function | EventFunction;

  function policiesWith(make: Make, context: Record<string, unknown>): Allowed {
    const stack = stackWith({ ...context, ...FLAG, 'cdk-event-functions:rules': false });
    const fn = make(stack, { ...MINIMAL, tracing: lambda.Tracing.ACTIVE, deadLetterTopic: new sns.Topic(stack, 'Dead') });
    fn.addToRolePolicy(statement('one'));
    fn.addToRolePolicy(statement('two'));
    const numbered = Object.entries(resourcesOf(stack)).filter(([id]) => id.includes('inlinePolicyAddedToExecutionRole'));
    return Object.fromEntries(numbered.map(([id, { Properties }]) => [id, JSON.stringify(Properties.PolicyDocument)]));
  }

  test.each(CONTEXTS)('of policies for single statements are those of lambda.Function %s', (_, context) => {
    const ours = policiesWith((stack, props) => new EventFunction(stack, 'Orders', props), context);
    expect(ours).toEqual(policiesWith((stack, props) => new lambda.Function(stack, 'Orders', props), context));
    expect(Object.keys(ours)).toHaveLength(4);
  });

  test('of the policy that names the function are a contract', () => {
    expect(only(stackOf({ allowed: {} }, NEW_APP), 'AWS::IAM::Policy').logicalId).toBe('OrdersOwnPolicy595E590A');
  });
});

describe('managed policies of AWS', () => {
  const cluster = 'arn:aws:kafka:eu-west-1:123456789012:cluster/shop/1';
  const clusterSource = () => new ManagedKafkaEventSource({ clusterArn: cluster, topic: 'orders', startingPosition: lambda.StartingPosition.LATEST });

  test('one that nobody but the user asks for is attached as it is', () => {
    const stack = stackWith();
    const role = new ExecutionRole(stack, 'Role');
    for (const name of ['service-role/AWSLambdaMSKExecutionRole', 'ReadOnlyAccess']) role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName(name));
    role.addManagedPolicy(iam.ManagedPolicy.fromManagedPolicyName(stack, 'Own', 'own'));
    expect(only(stack, 'AWS::IAM::Role').Properties.ManagedPolicyArns).toHaveLength(3);
  });

  test('an execution role of a lambda.Function gets what the CDK attaches them for, too', () => {
    const stack = stackWith({ 'cdk-event-functions:rules': false });
    const role = new ExecutionRole(stack, 'Role');
    new lambda.Function(stack, 'Orders', { ...MINIMAL, role }).addEventSource(clusterSource());
    expect(allowedIn(stack)).toEqual(FEATURES['a cluster of Kafka'].allowed);
    expect(managedPoliciesIn(stack)).toEqual([]);
  });

  test('a role that the CDK made keeps them', () => {
    const stack = stackOf({ use: (fn) => fn.addEventSource(clusterSource()), allowed: {} }, NO_FLAGS, (scope) => new iam.Role(scope, 'Mine', { assumedBy: LAMBDA }));
    expect(managedPoliciesIn(stack)).toEqual(['arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole']);
  });

  test('two clusters are named, each once', () => {
    const other = 'arn:aws:kafka:eu-west-1:123456789012:cluster/shop/2';
    const stack = stackOf({
      use: (fn) => {
        fn.addEventSource(clusterSource());
        fn.addEventSource(new ManagedKafkaEventSource({ clusterArn: other, topic: 'returns', startingPosition: lambda.StartingPosition.LATEST }));
      },
      allowed: {},
    }, NEW_APP);
    expect(Object.keys(allowedIn(stack)).filter((key) => key.includes('kafka'))).toEqual([`Allow ${cluster}`, `Allow ${other}`]);
  });
});
