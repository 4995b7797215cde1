import { App, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ALBEvent } from 'aws-lambda';
import { EventFunction, InvocationMode, LoadBalancerSourceOptions, PushSource } from '../../../src';
import { loadBalancerEvent } from '../../../src/events/push/samples/load-balancer';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

const GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const NOT_FOUND = elbv2.ListenerAction.fixedResponse(404);
const PATHS = [elbv2.ListenerCondition.pathPatterns(['/orders/*'])];

function listenerIn(stack: Stack, defaultAction?: elbv2.ListenerAction): elbv2.ApplicationListener {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], publicSubnetIds: ['subnet-1', 'subnet-2'] });
  const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc, internetFacing: true });
  return balancer.addListener('Http', { port: 80, open: false, defaultAction });
}

const imported = (stack: Stack) => elbv2.ApplicationListener.fromApplicationListenerAttributes(stack, 'Theirs', {
  listenerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/1/2',
  securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
});

function balancedTo(options?: LoadBalancerSourceOptions) {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.loadBalancer(listenerIn(stack, options?.priority === undefined ? undefined : NOT_FOUND), options));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack))
  .filter(({ Type }) => Type === type).map(({ Properties }) => Properties);

describe('defaults', () => {
  test('the function takes all requests that no rule takes', () => {
    const stack = balancedTo();
    expect(only(stack, GROUP).Properties).toMatchObject({ TargetType: 'lambda', Targets: [{ Id: aliasRef(stack) }] });
    expect(only(stack, 'AWS::ElasticLoadBalancingV2::Listener').Properties.DefaultActions)
      .toEqual([{ Type: 'forward', TargetGroupArn: { Ref: only(stack, GROUP).logicalId } }]);
  });

  test('its health is not checked, and headers come once', () => {
    const { Properties } = only(balancedTo(), GROUP);
    expect(Object.keys(Properties)).toEqual(['TargetType', 'Targets']);
  });

  test('the template', () => {
    expect(Template.fromStack(balancedTo({ priority: 10, conditions: PATHS })).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('priority and conditions make a rule', () => {
    const stack = balancedTo({ priority: 10, conditions: PATHS });
    expect(only(stack, RULE).Properties).toMatchObject({
      Priority: 10,
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/orders/*'] } }],
      Actions: [{ Type: 'forward', TargetGroupArn: { Ref: only(stack, GROUP).logicalId } }],
    });
  });

  test('several values of a header come when asked for, and the group has its name', () => {
    expect(only(balancedTo({ multiValueHeaders: true, targetGroupName: 'orders' }), GROUP).Properties).toMatchObject({
      Name: 'orders', TargetGroupAttributes: [{ Key: 'lambda.multi_value_headers.enabled', Value: 'true' }],
    });
  });

  test.each<[elbv2.HealthCheck, object]>([
    [{ path: '/health' }, { HealthCheckEnabled: true, HealthCheckPath: '/health' }],
    [{}, { HealthCheckEnabled: true }],
    [{ enabled: false }, { HealthCheckEnabled: false }],
  ])('the health check %j is %j: what is configured is switched on', (healthCheck, expected) => {
    expect(only(balancedTo({ healthCheck }), GROUP).Properties).toMatchObject(expected);
  });

  test('one source object is of one rule, two sources serve one function', () => {
    const stack = stackWith();
    const listener = listenerIn(stack);
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    fn.addEventSource(PushSource.loadBalancer(listener));
    fn.addEventSource(PushSource.loadBalancer(listener, { priority: 10, conditions: PATHS }));
    new EventFunction(stack, 'Returns', MINIMAL).addEventSource(PushSource.loadBalancer(listener, { priority: 20, conditions: PATHS }));
    expect(ofType(stack, GROUP)).toHaveLength(3);
    expect(ofType(stack, 'AWS::Lambda::Permission')).toHaveLength(2);
  });
});

describe('permissions', () => {
  const SOURCE = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':elasticloadbalancing:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':targetgroup/*']] };

  test('target groups of this account and Region may invoke the alias', () => {
    const stack = balancedTo();
    expect(only(stack, 'AWS::Lambda::Permission').Properties).toEqual({
      Action: 'lambda:InvokeFunction', FunctionName: aliasRef(stack), Principal: 'elasticloadbalancing.amazonaws.com', SourceArn: SOURCE,
    });
  });

  test.each<[string, (stack: Stack) => lambda.IFunction]>([
    ['a plain lambda.Function', (stack) => new lambda.Function(stack, 'Plain', MINIMAL)],
    ['an alias of one', (stack) => new lambda.Function(stack, 'Plain', MINIMAL).addAlias('live')],
  ])('%s can have it, too, and lets in those of this account and Region', (_, make) => {
    const stack = stackWith();
    make(stack).addEventSource(PushSource.loadBalancer(listenerIn(stack)));
    expect(only(stack, 'AWS::Lambda::Permission').Properties.SourceArn).toEqual(SOURCE);
    expect(only(stack, GROUP).DependsOn).toContain(only(stack, 'AWS::Lambda::Permission').logicalId);
  });

  test('the registration waits for the permission', () => {
    const stack = balancedTo();
    expect(only(stack, GROUP).DependsOn).toContain(only(stack, 'AWS::Lambda::Permission').logicalId);
  });

  test('so does a second one, by the same permission', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    const listener = listenerIn(stack);
    fn.addEventSource(PushSource.loadBalancer(listener));
    fn.addEventSource(PushSource.loadBalancer(listener, { priority: 10, conditions: PATHS }));
    const { logicalId } = only(stack, 'AWS::Lambda::Permission');
    const groups = Object.values(resourcesOf(stack)).filter(({ Type }) => Type === GROUP);
    expect(groups.map(({ DependsOn }) => DependsOn?.includes(logicalId))).toEqual([true, true]);
  });

  test('nothing is kept of failed requests: the client gets the error', () => {
    expect(ofType(balancedTo(), 'AWS::SQS::Queue')).toEqual([]);
  });
});

describe('validation', () => {
  test.each<[string, LoadBalancerSourceOptions, string]>([
    ['LoadBalancerPriorityMissing', { conditions: PATHS }, "'priority' must be given together with 'conditions', got undefined; leave out both to take all requests that no other rule takes [LoadBalancerPriorityMissing at Shop/Theirs]"],
    ['LoadBalancerConditionsMissing', { priority: 10 }, "'conditions' must be at least one condition, together with 'priority', got undefined"],
    ['LoadBalancerConditionsMissing', { priority: 10, conditions: [] }, 'got []'],
    ['LoadBalancerPriority', { priority: 0, conditions: PATHS }, "'priority' must be between 1 and 50000 on the listener (a whole number), got 0; number the rules of a listener with gaps, such as 10, 20, 30"],
    ['LoadBalancerPriority', { priority: 50_001, conditions: PATHS }, 'got 50001'],
    ['LoadBalancerPriority', { priority: 1.5, conditions: PATHS }, 'got 1.5'],
    ['LoadBalancerPriority', { priority: NaN, conditions: PATHS }, 'got NaN'],
  ])('fails if %s', (code, options, message) => {
    const listener = imported(stackWith());
    expect(() => PushSource.loadBalancer(listener, options)).toThrow(message);
    expect(() => PushSource.loadBalancer(listener, options)).toThrow(expect.objectContaining({ name: code }));
  });

  test.each([1, 50_000])('priority %d passes', (priority) => {
    expect(only(balancedTo({ priority, conditions: PATHS }), RULE).Properties.Priority).toBe(priority);
  });
});

test('tokens are never checked', () => {
  const priority = Token.asNumber(Lazy.any({ produce: () => 7 }));
  expect(only(balancedTo({ priority, conditions: PATHS }), RULE).Properties.Priority).toBe(7);
});

describe('an imported listener', () => {
  test('gets a rule', () => {
    const stack = stackWith();
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.loadBalancer(imported(stack), { priority: 10, conditions: PATHS }));
    expect(only(stack, RULE).Properties).toMatchObject({ ListenerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/1/2', Priority: 10 });
  });

  test("fails without a priority: its default action is its owner's", () => {
    const stack = stackWith();
    const source = PushSource.loadBalancer(imported(stack));
    expect(() => new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source)).toThrow('Cannot add default Target Groups to imported ApplicationListener');
  });
});

test('a listener of another stack forwards there, without a circle', () => {
  const app = new App();
  const [edge, service] = [new Stack(app, 'Edge'), new Stack(app, 'Service')];
  const source = PushSource.loadBalancer(listenerIn(edge, NOT_FOUND), { priority: 10, conditions: PATHS });
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(source);
  expect(JSON.stringify(only(edge, GROUP).Properties.Targets)).toContain('Aliaslive');
  expect(edge.dependencies).toEqual([service]);
});

test('ids are a contract', () => {
  expect(only(balancedTo(), 'AWS::Lambda::Permission').logicalId).toBe('OrdersInvoke2UTWxhlfyqbT5FTn5jvgbLgjFfJwzswGk55DU1HY62140F4D');
  expect(only(balancedTo({ priority: 10, conditions: PATHS }), RULE).logicalId).toBe('BalancerHttpOrders10Rule982041B2');
  expect(only(balancedTo(), GROUP).logicalId).toBe('BalancerHttpOrdersDefaultGroup12680FCD');
});

describe('the event', () => {
  test('is that of a load balancer', () => {
    const event: ALBEvent = loadBalancerEvent(false);
    expect(event.headers).toMatchObject({ 'x-forwarded-proto': 'https' });
    expect(event).not.toHaveProperty('multiValueHeaders');
  });

  test('has lists where the source asks for them, and what is overridden', () => {
    const source = PushSource.loadBalancer(imported(stackWith()), { multiValueHeaders: true });
    const event = source.sampleEvent({ path: '/orders', multiValueHeaders: { cookie: ['a=1', 'b=2'] } });
    expect(event).toMatchObject({ path: '/orders', multiValueHeaders: { 'cookie': ['a=1', 'b=2'], 'x-forwarded-proto': ['https'] } });
    expect(event).not.toHaveProperty('headers');
  });

  test('what it means is on the source', () => {
    const { semantics } = PushSource.loadBalancer(imported(stackWith()));
    expect(semantics).toMatchObject({ invocation: InvocationMode.SYNCHRONOUS, principal: 'elasticloadbalancing.amazonaws.com' });
    expect(semantics.limits.map(({ value }) => value)).toEqual([1_048_576, 1_048_576]);
  });
});
