import { App, CfnParameter, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { EventBridgeDestination, LambdaDestination, S3Destination, SnsDestination, SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as fc from 'fast-check';
import { EventFunction, EventFunctionBase, EventFunctionProps, PushSource } from '../../src';
import { MINIMAL, resourcesOf, stackWith } from '../function/functions';

const orders = (stack: Stack, props: Partial<EventFunctionProps> = {}) => new EventFunction(stack, 'Orders', { ...MINIMAL, ...props });
const fifoQueue = (stack: Stack) => new sqs.Queue(stack, 'Failed', { fifo: true });
const fifoTopic = (stack: Stack) => new sns.Topic(stack, 'Failed', { fifo: true });
const bucket = (stack: Stack) => new s3.Bucket(stack, 'Failed');
const QUEUE_ARN = 'arn:aws:sqs:eu-west-1:111122223333:failed.fifo';
const settingsIn = (stack: Stack) => Object.values(resourcesOf(stack)).filter(({ Type }) => Type === 'AWS::Lambda::EventInvokeConfig').map(({ Properties }) => Properties);

type Options = lambda.EventInvokeConfigOptions;

/** The places where asynchronous settings are given. */
const PLACES: [string, (stack: Stack, options: Options) => unknown][] = [
  ['props', (stack, options) => orders(stack, options)],
  ['a call', (stack, options) => orders(stack).configureAsyncInvoke(options)],
  ['a call on the live alias', (stack, options) => orders(stack).alias.configureAsyncInvoke(options)],
  ['options of the live alias', (stack, options) => orders(stack, { aliasOptions: options })],
  ['options of a further alias', (stack, options) => orders(stack).addAlias('canary', options)],
  ['a call on a wrapped function', (stack, options) => EventFunction.wrap(stack, 'Live', new lambda.Function(stack, 'Plain', MINIMAL)).configureAsyncInvoke(options)],
];

describe.each(PLACES)('in %s', (_, give) => {
  test.each<[string, (stack: Stack) => Options, string]>([
    ['three retries', () => ({ retryAttempts: 3 }), "'retryAttempts' must be between 0 and 2 attempts (a whole number), got 3;"],
    ['half a retry', () => ({ retryAttempts: 0.5 }), "'retryAttempts' must be between 0 and 2 attempts (a whole number), got 0.5;"],
    ['no number', () => ({ retryAttempts: NaN }), 'got NaN;'],
    ['half a minute', () => ({ maxEventAge: Duration.seconds(30) }), "'maxEventAge' must be between 60 and 21600 seconds (a whole number), got 30;"],
    ['seven hours', () => ({ maxEventAge: Duration.hours(7) }), 'got 25200;'],
    ['parts of seconds', () => ({ maxEventAge: Duration.millis(60_500) }), 'got 60.5;'],
    ['a FIFO queue for failures', (stack) => ({ onFailure: new SqsDestination(fifoQueue(stack)) }), "'onFailure' must be a standard queue or topic, or what is neither, got \"Shop/Failed\";"],
    ['a FIFO queue for successes', (stack) => ({ onSuccess: new SqsDestination(fifoQueue(stack)) }), "'onSuccess' must be a standard queue or topic"],
    ['a FIFO topic', (stack) => ({ onFailure: new SnsDestination(fifoTopic(stack)) }), '[DestinationFifo at Shop/'],
    ['an imported FIFO queue', (stack) => ({ onFailure: new SqsDestination(sqs.Queue.fromQueueArn(stack, 'Failed', QUEUE_ARN)) }), `got "${QUEUE_ARN}";`],
    ['a destination of a class of its own', () => ({ onSuccess: { bind: () => ({ destination: QUEUE_ARN }) } }), `got "${QUEUE_ARN}";`],
    ['a bucket for successes', (stack) => ({ onSuccess: new S3Destination(bucket(stack)) }), "'onSuccess' must be a queue, topic, function or event bus, got \"Shop/Failed\";"],
    ['an imported bucket for successes', (stack) => ({ onSuccess: new S3Destination(s3.Bucket.fromBucketName(stack, 'Failed', 'failed')) }), '[DestinationBucketForSuccess at Shop/'],
  ])('%s: refused', (__, options, message) => {
    const stack = stackWith();
    expect(() => give(stack, options(stack))).toThrow(message);
  });

  test.each<[string, (stack: Stack) => Options]>([
    ['the least', () => ({ retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    ['the most', () => ({ retryAttempts: 2, maxEventAge: Duration.hours(6) })],
    ['a number that the deployment decides', (stack) => ({ retryAttempts: new CfnParameter(stack, 'Retries', { type: 'Number' }).valueAsNumber })],
    ['a queue and a topic', (stack) => ({ onFailure: new SqsDestination(new sqs.Queue(stack, 'Failed')), onSuccess: new SnsDestination(new sns.Topic(stack, 'Done')) })],
    ['a bucket for failures', (stack) => ({ onFailure: new S3Destination(bucket(stack)) })],
    ['buses', (stack) => ({ onFailure: new EventBridgeDestination(), onSuccess: new EventBridgeDestination(new events.EventBus(stack, 'Bus')) })],
    ['another function', (stack) => ({ onFailure: new LambdaDestination(new lambda.Function(stack, 'Repair', MINIMAL)) })],
    ['its alias', (stack) => ({ onFailure: new LambdaDestination(new EventFunction(stack, 'Repair', MINIMAL)) })],
    ['an ARN that the deployment decides', () => ({ onFailure: { bind: () => ({ destination: Lazy.string({ produce: () => 'arn:aws:sqs:eu-west-1:111122223333:failed' }) }) } })],
    ['an imported function', (stack) => ({ onFailure: new LambdaDestination(lambda.Function.fromFunctionAttributes(stack, 'Repair', { functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:repair', skipPermissions: true })) })],
  ])('%s: accepted, once', (__, options) => {
    const stack = stackWith();
    give(stack, options(stack));
    expect(settingsIn(stack)).toHaveLength(1);
  });
});

test.each(PLACES.filter(([place]) => place.startsWith('a call')))('%s without an option is refused', (_, give) => {
  expect(() => give(stackWith(), {})).toThrow("'configureAsyncInvoke()' must be given an option at least, got {};");
});

describe('the function itself is no destination', () => {
  const SELVES: [string, (fn: EventFunctionBase) => lambda.IFunction][] = [
    ['as it is', (fn) => fn],
    ['by its alias', (fn) => fn.alias],
    ['by the function that it wraps', (fn) => fn.function],
    ['by $LATEST', (fn) => fn.latestVersion],
    ['by its version', (fn) => fn.currentVersion],
    ['by another alias', (fn) => fn.addAlias('canary')],
  ];

  test.each(SELVES)('%s', (_, self) => {
    for (const property of ['onFailure', 'onSuccess']) {
      const fn = orders(stackWith());
      expect(() => fn.configureAsyncInvoke({ [property]: new LambdaDestination(self(fn)) }))
        .toThrow(`'${property}' must be something else than the function itself, whatever the alias or version, got "Shop/Orders`);
    }
  });

  test.each(SELVES)('%s, of a wrapped function and of its alias', (_, self) => {
    const stack = stackWith();
    const fn = EventFunction.wrap(stack, 'Live', new lambda.Function(stack, 'Plain', MINIMAL));
    expect(() => fn.configureAsyncInvoke({ onSuccess: new LambdaDestination(self(fn)) })).toThrow('[DestinationIsItself at Shop/Live]');
    expect(() => fn.alias.configureAsyncInvoke({ onSuccess: new LambdaDestination(fn) })).toThrow('[DestinationIsItself at ');
  });

  test('what has the name of the function in its ARN, and is none, is one', () => {
    const stack = stackWith();
    const fn = orders(stack);
    const destination = `arn:aws:sqs:eu-west-1:111122223333:${fn.function.functionName}-failed`;
    expect(Token.isUnresolved(destination)).toBe(true);
    fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] }));
    fn.configureAsyncInvoke({ onFailure: { bind: () => ({ destination }) } });
    expect(settingsIn(stack)).toHaveLength(1);
  });

  test('nor is one in another stack confused with it', () => {
    const app = new App();
    const [one, other] = [new Stack(app, 'One'), new Stack(app, 'Other')];
    const repair = new EventFunction(other, 'Orders', MINIMAL);
    new EventFunction(one, 'Orders', { ...MINIMAL, onFailure: new LambdaDestination(repair) });
    expect(settingsIn(one)).toHaveLength(1);
  });
});

describe('dead letters of a function go to what is standard', () => {
  test.each<[string, (stack: Stack) => Partial<EventFunctionProps>, string]>([
    ['a FIFO queue', (stack) => ({ deadLetterQueue: fifoQueue(stack) }), "'deadLetterQueue' must be a standard queue, got \"Shop/Failed\";"],
    ['an imported FIFO queue', (stack) => ({ deadLetterQueue: sqs.Queue.fromQueueArn(stack, 'Failed', QUEUE_ARN) }), '[DeadLetterQueueFifo at Shop/Orders]'],
    ['a FIFO topic', (stack) => ({ deadLetterTopic: fifoTopic(stack) }), "'deadLetterTopic' must be a standard topic, got \"Shop/Failed\";"],
  ])('%s: refused', (_, props, message) => {
    const stack = stackWith();
    expect(() => orders(stack, props(stack))).toThrow(message);
  });

  test.each<[string, (stack: Stack) => Partial<EventFunctionProps>]>([
    ['a queue', (stack) => ({ deadLetterQueue: new sqs.Queue(stack, 'Failed') })],
    ['a topic', (stack) => ({ deadLetterTopic: new sns.Topic(stack, 'Failed') })],
    ['a queue that the CDK makes', () => ({ deadLetterQueueEnabled: true })],
  ])('%s: accepted', (_, props) => {
    const stack = stackWith();
    orders(stack, props(stack));
    expect(JSON.stringify(resourcesOf(stack))).toContain('"DeadLetterConfig"');
  });
});

/** What may happen to a function, in any order. */
const STEPS: Record<string, (fn: EventFunctionBase) => void> = {
  'a source of the function': (fn) => fn.addEventSource(PushSource.bucket(new s3.Bucket(Stack.of(fn), 'A'))),
  'a source of the alias': (fn) => fn.alias.addEventSource(PushSource.bucket(new s3.Bucket(Stack.of(fn), 'B'))),
  'a source that keeps nothing': (fn) => fn.addEventSource(PushSource.bucket(new s3.Bucket(Stack.of(fn), 'C'), { keepFailedEvents: false })),
  'settings': (fn) => fn.configureAsyncInvoke({ retryAttempts: 1 }),
};

const DESTINATIONS: Record<string, (fn: EventFunctionBase) => void> = {
  'none': () => undefined,
  'of the function': (fn) => fn.configureAsyncInvoke({ retryAttempts: 1, onFailure: new SqsDestination(new sqs.Queue(Stack.of(fn), 'Own')) }),
  'of the alias': (fn) => fn.alias.configureAsyncInvoke({ retryAttempts: 1, onFailure: new SqsDestination(new sqs.Queue(Stack.of(fn), 'Own')) }),
};

test('in whatever order sources, destinations and dead-letter queues come, one config and one place for failures are left', () => {
  const names = Object.keys(STEPS);
  const destinations = fc.constantFrom(...Object.keys(DESTINATIONS));
  fc.assert(fc.property(fc.shuffledSubarray(names), destinations, fc.nat(names.length), fc.boolean(), (steps, destination, at, hasDeadLetters) => {
    const stack = stackWith();
    const fn = orders(stack, hasDeadLetters ? { deadLetterQueue: new sqs.Queue(stack, 'Dead') } : {});
    // settings are given once, with the destination where there is one
    const others = steps.filter((step) => destination === 'none' || step !== 'settings').map((step) => STEPS[step]);
    for (const step of [...others.slice(0, at), DESTINATIONS[destination], ...others.slice(at)]) step(fn);

    const resources = Object.values(resourcesOf(stack));
    const queues = resources.filter(({ Type }) => Type === 'AWS::SQS::Queue');
    const configs = resources.filter(({ Type }) => Type === 'AWS::Lambda::EventInvokeConfig').map(({ Properties }) => Properties);
    const keeps = steps.some((step) => step.startsWith('a source of'));
    const isKept = keeps && destination === 'none' && !hasDeadLetters;
    const isSet = destination !== 'none' || steps.includes('settings');
    expect(configs).toHaveLength(isSet || isKept ? 1 : 0);
    expect(queues).toHaveLength((hasDeadLetters ? 1 : 0) + (destination !== 'none' || isKept ? 1 : 0));
    const [config] = configs;
    expect(config?.MaximumRetryAttempts).toBe(isSet ? 1 : undefined);
    expect(config?.DestinationConfig?.OnFailure !== undefined).toBe(destination !== 'none' || isKept);
  }), { numRuns: 40 });
});
