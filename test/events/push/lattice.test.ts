import { App, CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as vpclattice from 'aws-cdk-lib/aws-vpclattice';
import {
  EventFunction, InvocationMode, LatticeEventVersion, LatticeListenerSourceOptions, LatticeTargetGroupSourceOptions, PushSource, ResourcePolicyMode,
} from '../../../src';
import { latticeEvent, latticeEventV1 } from '../../../src/events/push/samples/lattice';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

const GROUP = 'AWS::VpcLattice::TargetGroup';
const RULE = 'AWS::VpcLattice::Rule';
const PERMISSION = 'AWS::Lambda::Permission';

const listenerIn = (stack: Stack) => new vpclattice.CfnListener(stack, 'Listener', {
  serviceIdentifier: 'svc-0123456789abcdef0', protocol: 'HTTPS', defaultAction: { fixedResponse: { statusCode: 404 } },
});

function listenerTo(options: Partial<LatticeListenerSourceOptions> = { pathPrefix: '/orders' }) {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.latticeListener(listenerIn(stack), { priority: 10, ...options }));
  return stack;
}

function groupOf(options?: LatticeTargetGroupSourceOptions) {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.latticeTargetGroup(options));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack))
  .filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
const groupArn = (stack: Stack) => ({ 'Fn::GetAtt': [only(stack, GROUP).logicalId, 'Arn'] });

describe('defaults', () => {
  test('a target group has the live alias as its target, and gets events of version 2', () => {
    const stack = groupOf();
    expect(only(stack, GROUP).Properties).toEqual({
      Type: 'LAMBDA', Config: { LambdaEventStructureVersion: 'V2' }, Targets: [{ Id: aliasRef(stack) }],
    });
    expect(ofType(stack, RULE)).toEqual([]);
  });

  test('a rule of the listener forwards to it', () => {
    const stack = listenerTo();
    const { logicalId: listener } = only(stack, 'AWS::VpcLattice::Listener');
    expect(only(stack, RULE).Properties).toEqual({
      ListenerIdentifier: { 'Fn::GetAtt': [listener, 'Arn'] },
      ServiceIdentifier: { 'Fn::GetAtt': [listener, 'ServiceArn'] },
      Priority: 10,
      Match: { HttpMatch: { PathMatch: { CaseSensitive: true, Match: { Prefix: '/orders' } } } },
      Action: { Forward: { TargetGroups: [{ TargetGroupIdentifier: groupArn(stack), Weight: 1 }] } },
    });
  });

  test('the template', () => {
    expect(Template.fromStack(listenerTo()).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('path, method and headers', () => {
    const stack = listenerTo({ path: '/orders', method: 'POST', headers: { 'x-shop': 'books' } });
    expect(only(stack, RULE).Properties.Match.HttpMatch).toEqual({
      Method: 'POST',
      PathMatch: { CaseSensitive: true, Match: { Exact: '/orders' } },
      HeaderMatches: [{ Name: 'x-shop', Match: { Exact: 'books' } }],
    });
    expect(only(listenerTo({ method: 'GET' }), RULE).Properties.Match).toEqual({ HttpMatch: { Method: 'GET' } });
  });

  test('version of the event and name of the target group', () => {
    for (const make of [groupOf, (options: LatticeTargetGroupSourceOptions) => listenerTo({ method: 'GET', ...options })]) {
      const stack = make({ eventVersion: LatticeEventVersion.V1, targetGroupName: 'orders-1' });
      expect(only(stack, GROUP).Properties).toMatchObject({ Name: 'orders-1', Config: { LambdaEventStructureVersion: 'V1' } });
    }
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    const plain = new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.latticeTargetGroup()] });
    expect(only(stack, GROUP).Properties.Targets).toEqual([{ Id: stack.resolve(plain.functionArn) }]);
  });

  test('one source serves two functions, and one function two rules, each with a target group of its own', () => {
    const stack = stackWith();
    const source = PushSource.latticeTargetGroup();
    const [orders, returns] = ['Orders', 'Returns'].map((id) => new EventFunction(stack, id, MINIMAL));
    for (const target of [orders, returns]) target.addEventSource(source);
    expect(source.targetGroupOf(orders)).not.toBe(source.targetGroupOf(returns));
    const listener = listenerIn(stack);
    [10, 20].forEach((priority) => orders.addEventSource(PushSource.latticeListener(listener, { priority, path: `/${priority}` })));
    expect(ofType(stack, GROUP)).toHaveLength(4);
    expect(ofType(stack, RULE)).toHaveLength(2);
  });

  test('the target group is for listeners of the app', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    const source = PushSource.latticeTargetGroup();
    fn.addEventSource(source);
    expect(stack.resolve(source.targetGroupOf(fn).attrArn)).toEqual(groupArn(stack));
  });
});

describe('permissions', () => {
  test('the target group may invoke the alias', () => {
    const stack = groupOf();
    expect(only(stack, PERMISSION).Properties).toEqual({
      Action: 'lambda:InvokeFunction', FunctionName: aliasRef(stack), Principal: 'vpc-lattice.amazonaws.com', SourceArn: groupArn(stack),
    });
  });

  test('the rule waits for it', () => {
    const stack = listenerTo();
    expect(only(stack, RULE).DependsOn).toEqual([only(stack, PERMISSION).logicalId]);
  });

  test('a document has it', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode: ResourcePolicyMode.DOCUMENT });
    fn.addEventSource(PushSource.latticeListener(listenerIn(stack), { priority: 1, method: 'GET' }));
    expect(only(stack, 'AWS::Lambda::ResourcePolicy').Properties.PolicyDocument.Statement).toMatchObject([
      { Principal: { Service: 'vpc-lattice.amazonaws.com' }, Condition: { ArnLike: { 'aws:SourceArn': groupArn(stack) } } },
    ]);
  });

  test('it is a way in which the function is invoked', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    fn.addEventSource(PushSource.latticeTargetGroup());
    expect(stack.resolve(fn.invocationPaths())).toMatchObject([
      { caller: 'vpc-lattice.amazonaws.com', source: groupArn(stack), qualifier: 'live', statement: 'Shop/Orders/AllowLatticeTargetGroup' },
    ]);
  });

  test('nothing is kept of failed requests: clients get an error', () => {
    Template.fromStack(listenerTo()).resourceCountIs('AWS::SQS::Queue', 0);
  });
});

describe('validation', () => {
  test.each<[string, Partial<LatticeListenerSourceOptions>, string]>([
    ['LatticePriorityOutOfRange', { priority: 0, method: 'GET' }, "'priority' must be between 1 and 100 on the listener (a whole number), got 0; number the rules of a listener with gaps, such as 10, 20, 30 [LatticePriorityOutOfRange at Shop/Listener]"],
    ['LatticePriorityOutOfRange', { priority: 101, method: 'GET' }, 'got 101'],
    ['LatticeMatchEmpty', {}, "'path, pathPrefix, method, headers' must be one at least, got undefined; give pathPrefix: '/' for all requests"],
    ['LatticeMatchEmpty', { headers: {} }, 'must be one at least'],
    ['LatticePathTwice', { path: '/a', pathPrefix: '/b' }, "'path' must be left out together with 'pathPrefix', got \"/a\"; give one of the two"],
    ['LatticePathMalformed', { path: 'orders' }, "'path' must be a slash and up to 127 letters, digits and signs of URLs, got \"orders\"; write it as '/orders'"],
    ['LatticePathMalformed', { pathPrefix: '/orders/*' }, "'pathPrefix' must be a slash"],
    ['LatticePathMalformed', { pathPrefix: `/${'a'.repeat(128)}` }, 'got "/aaa'],
    ['LatticeMethodUnknown', { method: 'PATCH' }, "'method' must be one of CONNECT, DELETE, GET, HEAD, OPTIONS, POST, PUT, TRACE, got \"PATCH\"; leave it out for any method"],
    ['LatticeHeadersTooMany', { headers: { a: '1', b: '2', c: '3', d: '4', e: '5', f: '6' } }, "'headers' must be up to 5 headers, with names of 1 to 40 and values of 1 to 128 characters, got {\"a\":"],
    ['LatticeHeadersTooMany', { headers: { [`x${'a'.repeat(40)}`]: '1' } }, 'names of 1 to 40'],
    ['LatticeHeadersTooMany', { headers: { a: '' } }, 'got {"a":""}'],
    ['LatticeGroupNameMalformed', { method: 'GET', targetGroupName: 'Orders' }, "'targetGroupName' must be 3 to 128 lower-case letters, digits and single hyphens between them, got \"Orders\"; leave it out"],
  ])('fails if %s: %j', (code, options, message) => {
    const listener = listenerIn(stackWith());
    expect(() => PushSource.latticeListener(listener, { priority: 10, ...options })).toThrow(message);
    expect(() => PushSource.latticeListener(listener, { priority: 10, ...options })).toThrow(expect.objectContaining({ name: code }));
  });

  test.each(['', 'ab', '-orders', 'orders-', 'or--ders', 'a'.repeat(129)])('fails if the name of the target group is %j', (targetGroupName) => {
    expect(() => PushSource.latticeTargetGroup({ targetGroupName })).toThrow(expect.objectContaining({ name: 'LatticeGroupNameMalformed' }));
  });

  test.each<Partial<LatticeListenerSourceOptions>>([
    { priority: 1, path: `/${'a'.repeat(127)}` },
    { priority: 100, pathPrefix: '/' },
    { headers: { a: '1', b: '2', c: '3', d: '4', [`x${'a'.repeat(39)}`]: 'v'.repeat(128) }, targetGroupName: 'abc' },
  ])('takes %j', (options) => {
    expect(() => listenerTo(options)).not.toThrow();
  });

  test('fails if a priority is taken', () => {
    const stack = stackWith();
    const source = PushSource.latticeListener(listenerIn(stack), { priority: 10, method: 'GET' });
    const [orders, returns] = ['Orders', 'Returns'].map((id) => new EventFunction(stack, id, MINIMAL));
    orders.addEventSource(source);
    expect(() => returns.addEventSource(source)).toThrow("'priority' must be different for each function of a listener, got 10");
    expect(() => new EventFunction(stack, 'Others', { ...MINIMAL, events: [source] })).toThrow(expect.objectContaining({ name: 'LatticePriorityTaken' }));
  });

  test('fails if LatticeTargetGroupMissing', () => {
    const fn = new EventFunction(stackWith(), 'Orders', MINIMAL);
    expect(() => PushSource.latticeTargetGroup().targetGroupOf(fn)).toThrow("'target' must be a function that this source was added to, got \"Shop/Orders\"");
    expect(() => PushSource.latticeTargetGroup().targetGroupOf(fn)).toThrow(expect.objectContaining({ name: 'LatticeTargetGroupMissing' }));
  });
});

describe('tokens', () => {
  const later = (text: string) => Lazy.string({ produce: () => text });

  test('are never checked', () => {
    const stack = listenerTo({
      priority: Lazy.number({ produce: () => 7 }), path: later('/later'), method: later('GET'), headers: { a: later('') }, targetGroupName: later('Later'),
    });
    expect(only(stack, RULE).Properties).toMatchObject({
      Priority: 7, Match: { HttpMatch: { Method: 'GET', PathMatch: { Match: { Exact: '/later' } }, HeaderMatches: [{ Name: 'a', Match: { Exact: '' } }] } },
    });
    expect(only(stack, GROUP).Properties.Name).toBe('Later');
  });

  test('rules may have priorities of parameters', () => {
    const stack = stackWith();
    const listener = listenerIn(stack);
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    for (const id of ['First', 'Second']) {
      fn.addEventSource(PushSource.latticeListener(listener, { priority: new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber, method: 'GET' }));
    }
    expect(ofType(stack, RULE).map(({ Priority }) => Priority)).toEqual([{ Ref: 'First' }, { Ref: 'Second' }]);
  });
});

describe('imported', () => {
  const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:theirs';
  const stackIn = (account: string, region: string) => stackWith({}, { env: { account, region } });

  test('a function of the same account and Region is a target', () => {
    const stack = stackIn('111122223333', 'eu-west-1');
    lambda.Function.fromFunctionArn(stack, 'Theirs', functionArn).addEventSource(PushSource.latticeTargetGroup());
    expect(only(stack, GROUP).Properties.Targets).toEqual([{ Id: functionArn }]);
    expect(only(stack, PERMISSION).Properties.FunctionName).toBe(functionArn);
  });

  test.each([
    ['444455556666', 'eu-west-1', "'env.account' must be '444455556666', that of the target group, got \"111122223333\""],
    ['111122223333', 'us-east-1', "'env.region' must be 'us-east-1', that of the target group, got \"eu-west-1\""],
  ])('fails for a function of elsewhere: %s in %s', (account, region, message) => {
    const theirs = lambda.Function.fromFunctionArn(stackIn(account, region), 'Theirs', functionArn);
    expect(() => theirs.addEventSource(PushSource.latticeTargetGroup())).toThrow(message);
    expect(() => theirs.addEventSource(PushSource.latticeTargetGroup())).toThrow(expect.objectContaining({ name: 'LatticeFunctionElsewhere' }));
  });
});

test('a listener of another stack gets its rule there, without a circle', () => {
  const app = new App();
  const [mesh, service] = [new Stack(app, 'Mesh'), new Stack(app, 'Service')];
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.latticeListener(listenerIn(mesh), { priority: 10, method: 'GET' }));
  expect(JSON.stringify(only(mesh, RULE).Properties.Action)).toContain('Fn::ImportValue');
  expect(ofType(mesh, PERMISSION)).toEqual([]);
  expect(ofType(service, PERMISSION)).toHaveLength(1);
});

test('ids are a contract', () => {
  const stack = listenerTo();
  expect([GROUP, RULE, PERMISSION].map((type) => only(stack, type).logicalId)).toEqual([
    'OrdersLatticeTargetGroup', 'ListenerRule10', 'OrdersAllowLatticeTargetGroup',
  ].map((id) => expect.stringMatching(new RegExp(`^${id}[0-9A-F]{8}$`))));
});

describe('the event', () => {
  test('is that of version 2, with lists', () => {
    expect(latticeEvent()).toMatchObject({ version: '2.0', method: 'GET', headers: { accept: ['*/*'] }, queryStringParameters: { key: ['value'] } });
  });

  test('is that of version 1, with single values', () => {
    expect(latticeEventV1()).toMatchObject({ raw_path: '/path/to/resource?key=value', headers: { accept: '*/*' }, query_string_parameters: { key: 'value' } });
  });

  test.each<[Partial<LatticeListenerSourceOptions>, object]>([
    [{ path: '/orders', method: 'POST' }, { path: '/orders?key=value', method: 'POST', body: '{}' }],
    [{ pathPrefix: '/orders' }, { path: '/orders?key=value', method: 'GET', body: '{}' }],
    [{ method: 'PUT', eventVersion: LatticeEventVersion.V1 }, { raw_path: '/path/to/resource?key=value', method: 'PUT', body: '{}' }],
    [{ path: Lazy.string({ produce: () => '/later' }), method: Lazy.string({ produce: () => 'PUT' }) }, { path: '/path/to/resource?key=value', method: 'GET', body: '{}' }],
  ])('is of the rule, and has what is overridden: %#', (options, expected) => {
    const source = PushSource.latticeListener(listenerIn(stackWith()), { priority: 10, ...options });
    expect(source.sampleEvent({ body: '{}' })).toMatchObject(expected);
  });

  test('what it means is on the source', () => {
    expect(PushSource.latticeTargetGroup().semantics).toMatchObject({
      invocation: InvocationMode.SYNCHRONOUS, principal: 'vpc-lattice.amazonaws.com', eventType: { python: 'VPCLatticeEventV2' },
    });
    expect(PushSource.latticeTargetGroup({ eventVersion: LatticeEventVersion.V1 }).semantics.eventType).toEqual({ python: 'VPCLatticeEvent' });
  });
});
