import { App, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EventBridgeEvent } from 'aws-lambda';
import { EventBridgeSourceOptions, EventFunction, InvocationMode, PushSource } from '../../../src';
import { eventBridgeEvent } from '../../../src/events/push/samples/event-bridge';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

const eventPattern = { source: ['shop.orders'] };

function busTo(options?: (stack: Stack) => Partial<EventBridgeSourceOptions>) {
  const stack = stackWith();
  const fn = new EventFunction(stack, 'Orders', MINIMAL);
  fn.addEventSource(PushSource.eventBridge({ eventPattern, ...options?.(stack) }));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack)).filter(({ Type }) => Type === type);
const rule = (stack: Stack) => only(stack, 'AWS::Events::Rule');
const target = (stack: Stack) => rule(stack).Properties.Targets[0];

describe('defaults', () => {
  test('the function gets all matching events of the default bus', () => {
    const stack = busTo();
    expect(rule(stack).Properties).toEqual({
      EventPattern: eventPattern, State: 'ENABLED', Targets: [{ Arn: aliasRef(stack), Id: 'Target0' }],
    });
  });

  test('the template', () => {
    expect(Template.fromStack(busTo()).toJSON()).toMatchSnapshot();
  });

  test('failed events are kept, unless told otherwise', () => {
    expect(ofType(busTo(), 'AWS::SQS::Queue')).toHaveLength(1);
    expect(ofType(busTo(() => ({ keepFailedEvents: false })), 'AWS::SQS::Queue')).toEqual([]);
  });
});

describe('mapping', () => {
  test('of the rule', () => {
    const stack = busTo((scope) => ({
      eventBus: new events.EventBus(scope, 'Bus'), ruleName: 'orders', description: 'Orders', enabled: false,
    }));
    expect(rule(stack).Properties).toMatchObject({
      EventBusName: { Ref: only(stack, 'AWS::Events::EventBus').logicalId }, Name: 'orders', Description: 'Orders', State: 'DISABLED',
    });
  });

  test('of the target', () => {
    expect(target(busTo(() => ({ retryAttempts: 0, maxEventAge: Duration.minutes(1) })))).toMatchObject({
      RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
    });
    expect(target(busTo(() => ({ event: events.RuleTargetInput.fromObject({ job: 'sweep' }) }))).Input).toBe('{"job":"sweep"}');
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.eventBridge({ eventPattern })] });
    expect(JSON.stringify(target(stack))).toContain('Plain');
  });

  test('one source object serves two functions, and two sources one function', () => {
    const stack = stackWith();
    const source = PushSource.eventBridge({ eventPattern });
    const orders = new EventFunction(stack, 'Orders', MINIMAL);
    const returns = new EventFunction(stack, 'Returns', MINIMAL);
    for (const fn of [orders, returns]) fn.addEventSource(source);
    orders.addEventSource(PushSource.eventBridge({ eventPattern: { source: ['shop.returns'] } }));
    expect(ofType(stack, 'AWS::Events::Rule')).toHaveLength(3);
    expect(ofType(stack, 'AWS::Lambda::Permission')).toHaveLength(3);
  });
});

describe('dead letters of the target', () => {
  test('go to the queue, which the rule may send to', () => {
    const stack = busTo((scope) => ({ keepFailedEvents: false, deadLetterQueue: new sqs.Queue(scope, 'Dead') }));
    expect(target(stack).DeadLetterConfig).toEqual({ Arn: { 'Fn::GetAtt': [only(stack, 'AWS::SQS::Queue').logicalId, 'Arn'] } });
    expect(only(stack, 'AWS::SQS::QueuePolicy').Properties.PolicyDocument.Statement).toEqual([expect.objectContaining({
      Action: 'sqs:SendMessage',
      Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [rule(stack).logicalId, 'Arn'] } } },
      Principal: { Service: 'events.amazonaws.com' },
    })]);
  });

  test('may be encrypted with the key of the queue', () => {
    const stack = busTo((scope) => ({ deadLetterQueue: new sqs.Queue(scope, 'Dead', { encryptionMasterKey: new kms.Key(scope, 'Key') }) }));
    expect(only(stack, 'AWS::KMS::Key').Properties.KeyPolicy.Statement).toContainEqual({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Resource: '*',
    });
  });
});

test('the rule may invoke the alias: EventBridge names no account', () => {
  const stack = busTo();
  expect(only(stack, 'AWS::Lambda::Permission').Properties).toEqual({
    Action: 'lambda:InvokeFunction',
    FunctionName: aliasRef(stack),
    Principal: 'events.amazonaws.com',
    SourceArn: { 'Fn::GetAtt': [rule(stack).logicalId, 'Arn'] },
  });
});

describe('validation', () => {
  test.each<[string, Partial<EventBridgeSourceOptions>, string]>([
    ['EventBridgePatternEmpty', { eventPattern: {} }, "'eventPattern' must be a pattern of at least one member, none of them an empty list, got {}; say which events, such as { source: ['shop.orders'] } [EventBridgePatternEmpty]"],
    ['EventBridgePatternEmpty', { eventPattern: { source: undefined } }, 'got {}'],
    ['EventBridgePatternEmpty', { eventPattern: { source: [], detailType: ['OrderPlaced'] } }, 'got {"source":[],"detailType":["OrderPlaced"]}'],
    ['EventBridgeRetryAttemptsOutOfRange', { retryAttempts: 186 }, "'retryAttempts' must be between 0 and 185 attempts (a whole number), got 186; leave it out to try 185 times"],
    ['EventBridgeRetryAttemptsOutOfRange', { retryAttempts: -1 }, 'got -1'],
    ['EventBridgeRetryAttemptsOutOfRange', { retryAttempts: NaN }, 'got NaN'],
    ['EventBridgeRetryAttemptsOutOfRange', { retryAttempts: 1.5 }, 'got 1.5'],
    ['EventBridgeMaxEventAgeOutOfRange', { maxEventAge: Duration.seconds(59) }, "'maxEventAge' must be between 60 and 86400 seconds (a whole number), got 59; leave it out to try for 24 hours"],
    ['EventBridgeMaxEventAgeOutOfRange', { maxEventAge: Duration.millis(60_500) }, 'got 60.5'],
    ['EventBridgeMaxEventAgeOutOfRange', { maxEventAge: Duration.hours(25) }, 'got 90000'],
  ])('fails if %s', (code, options, message) => {
    const make = () => PushSource.eventBridge({ eventPattern, ...options });
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ name: code }));
  });

  test.each<[string, sqs.QueueProps, string]>([
    ['DeadLetterQueueFifo', { fifo: true }, "'deadLetterQueue' must be a standard queue, got \"Shop/Dead\""],
    ['DeadLetterQueueKeyManaged', { encryption: sqs.QueueEncryption.KMS_MANAGED }, "'deadLetterQueue' must be a queue without the AWS managed key (alias/aws/sqs), got \"Shop/Dead\""],
  ])('fails if %s', (code, props, message) => {
    const deadLetterQueue = new sqs.Queue(stackWith(), 'Dead', props);
    expect(() => PushSource.eventBridge({ eventPattern, deadLetterQueue })).toThrow(message);
    expect(() => PushSource.eventBridge({ eventPattern, deadLetterQueue })).toThrow(expect.objectContaining({ name: code }));
  });

  test('the ends of the ranges pass', () => {
    for (const options of [{ retryAttempts: 185 }, { maxEventAge: Duration.hours(24) }]) expect(() => busTo(() => options)).not.toThrow();
  });
});

test('tokens are never checked, and reach the template', () => {
  const retryAttempts = Token.asNumber(Lazy.any({ produce: () => 7 }));
  const maxEventAge = Duration.seconds(Lazy.number({ produce: () => 90 }));
  const source = Lazy.list({ produce: () => ['later'] });
  const stack = busTo(() => ({ eventPattern: { source }, retryAttempts, maxEventAge, ruleName: Lazy.string({ produce: () => 'named' }) }));
  expect(target(stack).RetryPolicy).toEqual({ MaximumRetryAttempts: 7, MaximumEventAgeInSeconds: 90 });
  expect(rule(stack).Properties).toMatchObject({ EventPattern: { source: ['later'] }, Name: 'named' });
});

test('an imported bus has the rule', () => {
  const stack = busTo((scope) => ({ eventBus: events.EventBus.fromEventBusName(scope, 'Theirs', 'their-bus') }));
  expect(rule(stack).Properties.EventBusName).toBe('their-bus');
});

test('an imported function gets a rule beside it', () => {
  const stack = stackWith();
  const fn = lambda.Function.fromFunctionName(stack, 'Theirs', 'theirs');
  fn.addEventSource(PushSource.eventBridge({ eventPattern }));
  expect(JSON.stringify(target(stack).Arn)).toContain(':function:theirs');
});

describe('across stacks', () => {
  const two = () => {
    const app = new App();
    const [hub, service] = [new Stack(app, 'Hub'), new Stack(app, 'Service')];
    return { app, hub, service, fn: new EventFunction(service, 'Orders', MINIMAL) };
  };

  test('a bus of another stack has the rule in the stack of the function, without a circle', () => {
    const { app, hub, service, fn } = two();
    fn.addEventSource(PushSource.eventBridge({ eventPattern, eventBus: new events.EventBus(hub, 'Bus') }));
    app.synth();
    expect(ofType(service, 'AWS::Events::Rule')).toHaveLength(1);
    expect(service.dependencies).toEqual([hub]);
  });

  test('fails if the dead-letter queue is in another stack', () => {
    const { hub, fn } = two();
    const source = PushSource.eventBridge({ eventPattern, deadLetterQueue: new sqs.Queue(hub, 'Dead') });
    expect(() => fn.addEventSource(source)).toThrow("'deadLetterQueue' must be a queue of the stack of the function, got \"Hub/Dead\"; make the queue there, or import it");
    expect(() => fn.addEventSource(source)).toThrow(expect.objectContaining({ name: 'EventBridgeDeadLetterQueueElsewhere' }));
  });

  test('a dead-letter queue that is imported may be anywhere', () => {
    const { service, fn } = two();
    const deadLetterQueue = sqs.Queue.fromQueueArn(service, 'Theirs', 'arn:aws:sqs:eu-west-1:111122223333:dead');
    fn.addEventSource(PushSource.eventBridge({ eventPattern, deadLetterQueue }));
    expect(target(service).DeadLetterConfig).toEqual({ Arn: 'arn:aws:sqs:eu-west-1:111122223333:dead' });
  });
});

test('ids are a contract', () => {
  const stack = stackWith();
  const fn = new EventFunction(stack, 'Orders', MINIMAL);
  for (const ruleName of [undefined, undefined, 'sweep']) fn.addEventSource(PushSource.eventBridge({ eventPattern, ruleName }));
  const ids = (type: string) => Object.entries(resourcesOf(stack)).filter(([, { Type }]) => Type === type).map(([id]) => id);
  expect(ids('AWS::Events::Rule')).toEqual(['OrdersEventRuleFFE5FCB2', 'OrdersEventRule244D4D4AE', 'OrdersEventRulesweep766A92B8']);
  expect(ids('AWS::Lambda::Permission')[0]).toBe('OrdersEventRuleAllowEventRuleShopOrdersA8B1F509A16D0631');
});

describe('the event', () => {
  test('is that of EventBridge', () => {
    const event: EventBridgeEvent<string, object> = eventBridgeEvent();
    expect(event.detail).toEqual({ 'instance-id': 'i-1234567890abcdef0', 'state': 'terminated' });
  });

  test('has source and type of the pattern, and what is overridden', () => {
    const source = PushSource.eventBridge({ eventPattern: { source: ['shop.orders'], detailType: ['OrderPlaced'] } });
    expect(source.sampleEvent({ detail: { id: 7 } })).toMatchObject({ 'source': 'shop.orders', 'detail-type': 'OrderPlaced', 'detail': { id: 7 } });
  });

  test('is the documented example, if the pattern has matchers only', () => {
    expect(PushSource.eventBridge({ eventPattern: { source: events.Match.prefix('shop.') } }).sampleEvent()).toEqual(eventBridgeEvent());
    expect(PushSource.eventBridge({ eventPattern: { account: ['111122223333'] } }).sampleEvent()).toEqual(eventBridgeEvent());
  });

  test('what it means is on the source', () => {
    const { semantics } = PushSource.eventBridge({ eventPattern });
    expect(semantics).toMatchObject({ invocation: InvocationMode.ASYNCHRONOUS, principal: 'events.amazonaws.com', conditionKeys: ['aws:SourceArn'] });
  });
});
