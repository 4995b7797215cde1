import { App, Stack, Stage } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { allowedBy, allowedIn } from './allowed';
import { FEATURES, OWN_LOGS } from './features';
import { appOf, findingsIn } from './findings';
import { reportsOf } from './reports';
import { EventFunction, EventFunctionProps, ExecutionRole, PullSource } from '../../src';
import { readAssembly } from '../../src/assembly/read-assembly';
import { Request } from '../../src/model/iam/decide';
import { roleMay } from '../../src/model/iam/role';
import { MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from '../function/functions';
import { circle } from '../permissions/circle';

/** A role that works for one function only: `restrictRoleToFunction`. */

const CONTEXTS: [string, Record<string, unknown>, boolean][] = [['without feature flags', NO_FLAGS, false], ['in a new app', NEW_APP, true]];
const LAMBDA = new iam.ServicePrincipal('lambda.amazonaws.com');
const QUIET = { 'cdk-event-functions:rules': false };
const GUARD = 'Deny * if ArnNotEquals lambda:SourceFunctionArn ${Orders.Arn} and Null lambda:SourceFunctionArn false';

function guarded(props: Partial<EventFunctionProps> = {}, stack = stackWith(QUIET), id = 'Orders'): EventFunction {
  return new EventFunction(stack, id, { ...MINIMAL, restrictRoleToFunction: true, ...props });
}

beforeAll(() => jest.spyOn(console, 'error').mockImplementation());
afterAll(() => jest.restoreAllMocks());

describe('defaults', () => {
  test.each([undefined, false])('nothing is denied when it is %s', (restrictRoleToFunction) => {
    const fn = guarded({ restrictRoleToFunction });
    expect(Object.keys(allowedIn(fn.stack)).filter((key) => key.startsWith('Deny'))).toEqual([]);
  });
});

describe.each(CONTEXTS)('mapping %s', (_, context, isNew) => {
  test('everything is denied to the code of other functions', () => {
    const { stack } = guarded({}, stackWith({ ...context, ...QUIET }));
    expect(allowedIn(stack)).toEqual({ ...OWN_LOGS(isNew), [GUARD]: '*' });
    expect(findingsIn(appOf(stack))).toEqual([]);
  });

  test('the statement', () => {
    const { stack } = guarded({}, stackWith({ ...context, ...QUIET }));
    const statements = Object.values(resourcesOf(stack)).flatMap(({ Type, Properties }) => Type === 'AWS::IAM::Policy' ? Properties.PolicyDocument.Statement : []);
    const arn = { 'Fn::GetAtt': [only(stack, 'AWS::Lambda::Function').logicalId, 'Arn'] };
    expect(statements.filter(({ Effect }) => Effect === 'Deny')).toEqual([{
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { ArnNotEquals: { 'lambda:SourceFunctionArn': arn }, Null: { 'lambda:SourceFunctionArn': 'false' } },
    }]);
  });

  test('the version waits for the policy; the function, which it names, cannot', () => {
    const { stack } = guarded({}, stackWith({ ...context, ...QUIET }));
    expect(only(stack, 'AWS::Lambda::Version').DependsOn).toContain('OrdersOwnPolicy595E590A');
    expect(only(stack, 'AWS::Lambda::Function').DependsOn).not.toContain('OrdersOwnPolicy595E590A');
    expect(circle(resourcesOf(stack))).toBeUndefined();
  });

  test('it goes together with what keeps the code from network interfaces', () => {
    const stack = stackWith({ ...context, ...QUIET });
    guarded({ vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 1 }) }, stack);
    expect(allowedIn(stack)).toEqual({ ...OWN_LOGS(isNew), ...FEATURES['a VPC'].allowed, [GUARD]: '*' });
    expect(findingsIn(appOf(stack))).toEqual([]);
  });
});

describe('permissions', () => {
  /** What the role may do, asked as IAM is asked: with the function whose code asks, or none if it is Lambda itself. */
  function mayReceive(source?: string) {
    const stack = stackWith(QUIET, { env: { account: '123456789012', region: 'eu-west-1' } });
    const fn = guarded({ functionName: 'orders' }, stack);
    fn.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue', { queueName: 'queue' })));
    const app = readAssembly(appOf(stack).synth().directory);
    const [role] = app.ofType('AWS::IAM::Role');
    const request: Request = {
      action: 'sqs:ReceiveMessage',
      target: ['arn:aws:sqs:eu-west-1:123456789012:queue'],
      context: { 'lambda:sourcefunctionarn': source === undefined ? undefined : [`arn:aws:lambda:eu-west-1:123456789012:function:${source}`] },
    };
    return roleMay(role, request);
  }

  test.each([
    ['the code of the function', 'orders', 'yes'],
    ['the code of another function', 'returns', 'no'],
    ['Lambda itself, which polls', undefined, 'yes'],
  ])('%s', (_, source, verdict) => {
    expect(mayReceive(source)).toBe(verdict);
  });
});

describe('validation', () => {
  const message = "'restrictRoleToFunction' must be true for one function of a role at most, got \"true for 'Shop/Orders', too\"; give each function a role of its own, which it gets when role is left out [RoleGuardedTwice at Shop/Returns]";

  test.each<[string, (stack: Stack) => [iam.IRole, iam.IRole]]>([
    ['an execution role', (stack) => both(new ExecutionRole(stack, 'Role'))],
    ['a role of the app', (stack) => both(new iam.Role(stack, 'Role', { assumedBy: LAMBDA }))],
    ['a role of the app, once frozen', (stack) => {
      const role = new iam.Role(stack, 'Role', { assumedBy: LAMBDA });
      return [role, role.withoutPolicyUpdates()];
    }],
    ['an imported role', (stack) => both(iam.Role.fromRoleName(stack, 'Role', 'theirs'))],
    ['a role that is imported twice by name', (stack) => ['One', 'Other'].map((id) => iam.Role.fromRoleName(stack, id, 'theirs')) as [iam.IRole, iam.IRole]],
    ['a role that is imported twice', (stack) => ['One', 'Other'].map((id) => iam.Role.fromRoleArn(stack, id, 'arn:aws:iam::123456789012:role/theirs')) as [iam.IRole, iam.IRole]],
    ['a role that is imported to be changed, and not to be', (stack) => [true, false].map((mutable) => iam.Role.fromRoleArn(stack, `${mutable}`, 'arn:aws:iam::123456789012:role/theirs', { mutable })) as [iam.IRole, iam.IRole]],
  ])('fails if two functions have %s for themselves alone', (_, roles) => {
    const stack = stackWith(QUIET);
    const [one, other] = roles(stack);
    guarded({ role: one }, stack);
    expect(() => guarded({ role: other }, stack, 'Returns')).toThrow(expect.objectContaining({ name: 'RoleGuardedTwice', message }));
  });

  test('fails if the second function is in another stack', () => {
    const app = new App({ context: QUIET });
    const role = new ExecutionRole(new Stack(app, 'Platform'), 'Role');
    guarded({ role }, new Stack(app, 'Shop'));
    expect(() => guarded({ role }, new Stack(app, 'Depot'))).toThrow("true for 'Shop/Orders', too");
  });

  test('the role of one function may serve others that are not held to it', () => {
    const stack = stackWith(QUIET);
    const role = new ExecutionRole(stack, 'Role');
    guarded({ role }, stack);
    expect(() => guarded({ role, restrictRoleToFunction: false }, stack, 'Returns')).not.toThrow();
  });

  test('functions with roles of their own pass', () => {
    const stack = stackWith(QUIET);
    guarded({}, stack);
    guarded({}, stack, 'Returns');
    expect(() => appOf(stack).synth()).not.toThrow();
  });

  test('a role of the same name in another app or stage is another role', () => {
    const app = new App({ context: QUIET });
    for (const stack of [stackWith(QUIET), stackWith(QUIET), new Stack(new Stage(app, 'Dev'), 'Shop'), new Stack(new Stage(app, 'Prod'), 'Shop')]) {
      expect(() => guarded({ role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/theirs') }, stack)).not.toThrow();
    }
  });
});

function both(role: iam.IRole): [iam.IRole, iam.IRole] {
  return [role, role];
}

describe('imports', () => {
  test('an imported role that may be changed gets the policy', () => {
    const stack = stackWith(QUIET);
    guarded({ role: iam.Role.fromRoleName(stack, 'Role', 'theirs') }, stack);
    expect(allowedIn(stack)).toEqual({ ...OWN_LOGS(false), [GUARD]: '*' });
  });

  test('one that cannot be changed is said to lack it', () => {
    const stack = stackWith(QUIET);
    guarded({ role: iam.Role.fromRoleName(stack, 'Role', 'theirs', { mutable: false }) }, stack);
    expect(allowedBy(reportsOf(appOf(stack))[0].json.policy.Statement)).toEqual({ ...OWN_LOGS(false), [GUARD]: '*' });
  });
});

describe('cross-stack', () => {
  test.each(CONTEXTS)('a role of another stack gets the policy here %s', (_, context) => {
    const app = new App({ context: { ...context, ...QUIET } });
    const role = new ExecutionRole(new Stack(app, 'Platform'), 'Role');
    const { stack } = guarded({ role, tracing: lambda.Tracing.ACTIVE }, new Stack(app, 'Shop'));
    expect(only(stack, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement).toContainEqual(expect.objectContaining({ Effect: 'Deny' }));
    expect(findingsIn(app)).toEqual([]);
  });
});
