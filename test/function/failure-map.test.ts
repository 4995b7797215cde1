import { App, Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { MINIMAL } from './functions';
import { EventFunction, FailurePath, InvocationMode, PullSource, PushSource } from '../../src';
import { readAssembly } from '../../src/assembly/read-assembly';
import { summarize } from '../../src/report/summary';
import { inPascalCase, SOURCES } from '../fixtures/sources/one-of-each';
import { tempFolder } from '../fixtures/temp-folder';

const QUIET = { 'cdk-event-functions:rules': false };

function newApp(): App {
  return new App({ outdir: tempFolder(), context: QUIET, analyticsReporting: false });
}

/** A function that one source calls or that Lambda polls it for. */
function functionWith(wire: (stack: Stack, fn: EventFunction) => void): EventFunction {
  const app = newApp();
  const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-central-1' } });
  const fn = new EventFunction(stack, 'Orders', MINIMAL);
  wire(stack, fn);
  app.synth();
  return fn;
}

beforeAll(() => jest.spyOn(console, 'error').mockImplementation());
afterAll(() => jest.restoreAllMocks());

test('a function that nobody invokes has none', () => {
  expect(functionWith(() => {}).failureMap()).toEqual([]);
});

describe('each push source', () => {
  const all = new Map<string, { paths: FailurePath[]; semantics: { service: string; invocation: InvocationMode } }>();

  beforeAll(() => {
    const app = newApp();
    const functions = Object.entries(SOURCES).map(([name, wire]) => {
      const stack = new Stack(app, inPascalCase(name), { env: { account: '111122223333', region: 'eu-central-1' } });
      const fn = new EventFunction(stack, 'Handler', MINIMAL);
      return { name, fn, semantics: wire(stack, fn).semantics };
    });
    app.synth();
    for (const { name, fn, semantics } of functions) all.set(name, { paths: fn.failureMap(), semantics });
  });

  test.each(Object.keys(SOURCES))('%s', (name) => {
    const { paths, semantics } = all.get(name)!;
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) {
      expect(path).toMatchObject({ qualifier: 'live' });
      for (const words of Object.values(path)) expect(words).toMatch(/\S/);
      expect(path.mode).toBe(semantics.invocation);
      // a stage keeps nothing unless it is told to: its action fails
      const isLost = name === 'pipelineStage';
      expect({ name, isLost: path.endsIn.startsWith('lost') }).toEqual({ name, isLost });
      if (path.mode === InvocationMode.ASYNCHRONOUS && !isLost) expect(path.endsIn).toContain('FailedEvents, the on-failure destination');
    }
    expect(paths.map(({ service }) => service)).toContain(semantics.service);
  });
});

/** An app with sources of ours and of the CDK, in several stacks, with and without destinations. */
function shop() {
  const app = newApp();
  const stack = new Stack(app, 'Shop');
  const queues = new Stack(app, 'Queues');
  const dead = new sqs.Queue(queues, 'Dead');
  const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, timeout: Duration.seconds(10) });
  const test = fn.addAlias('test');
  fn.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
  fn.addEventSource(PullSource.newQueue(stack, 'New'));
  fn.addEventSource(PullSource.queue(new sqs.Queue(queues, 'Returns', { deadLetterQueue: { queue: dead, maxReceiveCount: 3 } })));
  fn.addEventSource(PullSource.stream(new kinesis.Stream(stack, 'Clicks')));
  test.addEventSource(new SqsEventSource(new sqs.Queue(stack, 'Trial')));
  new events.Rule(stack, 'Nightly', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new LambdaFunction(test)] });
  app.synth();
  return { app, fn, test };
}

test('the function and its aliases, and the summary, say the same', () => {
  const { app, fn, test: trial } = shop();
  const [summary] = summarize(readAssembly(app.outdir)).stacks.flatMap(({ functions }) => functions.filter(({ name }) => name === 'Shop/Orders'));
  expect(fn.failureMap().length).toBe(4);
  expect(fn.failureMap()).toEqual(summary.failures.filter(({ qualifier }) => qualifier === 'live'));
  expect(trial.failureMap()).toEqual(summary.failures.filter(({ qualifier }) => qualifier === 'test'));
  expect(fn.failureMap()).toEqual(fn.alias.failureMap());
});

test('it knows what is in other stacks, and what the synthesis adds', () => {
  const { fn, test: trial } = shop();
  expect(fn.failureMap().map(({ source, endsIn }) => [source, endsIn])).toEqual([
    ['Shop/Inbox', 'Shop/Orders/FailedEvents, the on-failure destination'],
    ['Shop/New', 'Shop/NewDeadLetters, the dead-letter queue, after 5 receives'],
    ['Queues/Returns', 'Queues/Dead, the dead-letter queue, after 3 receives'],
    ['Shop/Clicks', 'Shop/Orders/FailedRecords, the on-failure destination, which is told where in the stream it is, not the record'],
  ]);
  expect(trial.failureMap().map(({ source, endsIn }) => [source, endsIn])).toEqual([
    ['Shop/Nightly', 'lost: the function has neither an on-failure destination nor a dead-letter queue'],
    ['Shop/Trial', 'lost: the queue has no dead-letter queue, and drops it after 4 days'],
  ]);
});

test('functions of nested stacks and stages are found', () => {
  const app = newApp();
  const stage = new Stage(app, 'Prod');
  const stack = new Stack(stage, 'Shop');
  const nested = new NestedStack(stack, 'Inner');
  const all = [stack, nested].map((scope) => new EventFunction(scope, 'Orders', MINIMAL));
  for (const fn of all) fn.addEventSource(PullSource.queue(new sqs.Queue(fn.stack, 'Queue')));
  app.synth();
  expect(all.flatMap((fn) => fn.failureMap()).map(({ source }) => source)).toEqual(['Prod/Shop/Queue', 'Prod/Shop/Inner/Queue']);
});

test('settings of the alias are in the words', () => {
  const fn = functionWith((stack, orders) => {
    orders.configureAsyncInvoke({ retryAttempts: 1, maxEventAge: Duration.hours(1), onFailure: new SqsDestination(new sqs.Queue(stack, 'Failed')) });
    orders.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
  });
  expect(fn.failureMap()).toMatchObject([{
    onError: 'Lambda tries again once, after one minute; then it goes to Shop/Failed',
    onThrottle: 'Lambda tries again for up to 1 hour, at intervals that grow to 5 minutes; then it goes to Shop/Failed',
    endsIn: 'Shop/Failed, the on-failure destination',
  }]);
});
