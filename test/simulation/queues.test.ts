import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as fc from 'fast-check';
import { QueueTraffic, QueueWorld, simulateQueue } from './queue-simulator';
import { rulesFor } from './rules-for';
import { DeployedTemplate, propertiesIn, queueWorldOf } from './world-of';
import { EventFunction, OwnQueueSourceOptions, PullSource } from '../../src';
import { MINIMAL, stackWith } from '../function/functions';

/**
 * What becomes of messages with the defaults of this library, and with each of them lowered, in a simulation that knows nothing of either
 * but the template.
 */

const TIMEOUT = 30;
const [MINUTE, DAY] = [60, 86_400];

/** A queue of our own for a function that says which messages failed, and of which 10 may run at once. */
function deployed(options: OwnQueueSourceOptions = {}): DeployedTemplate {
  const stack = stackWith();
  const code = lambda.Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] });');
  const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, code, timeout: Duration.seconds(TIMEOUT), reservedConcurrentExecutions: 10 });
  fn.addEventSource(PullSource.newQueue(stack, 'Inbox', options));
  return Template.fromStack(stack).toJSON() as DeployedTemplate;
}

const BASE: QueueTraffic = {
  messages: 3000,
  duration: (random) => TIMEOUT * random(),
  namesFailures: true,
  backoff: 1,
  readAfter: 7 * DAY,
};

/** What goes wrong. */
const SCENARIOS = {
  'a backlog that the function is too slow for': { ...BASE, messages: 20_000 },
  'others use up the concurrency of the function for a quarter of an hour, nearly': { ...BASE, messages: 100, throttledUntil: 14 * MINUTE },
  'the function fails for everything for ten minutes': { ...BASE, failsUntil: 10 * MINUTE },
  'one in a hundred messages fails always': { ...BASE, poisonEach: 100 },
} as const satisfies Readonly<Record<string, QueueTraffic>>;

type Scenario = keyof typeof SCENARIOS;

const queueIn = (template: DeployedTemplate) => propertiesIn(template, 'AWS::SQS::Queue', ({ RedrivePolicy }) => RedrivePolicy !== undefined);
const deadLettersIn = (template: DeployedTemplate) => propertiesIn(template, 'AWS::SQS::Queue', ({ RedrivePolicy }) => RedrivePolicy === undefined);
const mappingIn = (template: DeployedTemplate) => propertiesIn(template, 'AWS::Lambda::EventSourceMapping');
const functionIn = (template: DeployedTemplate) => propertiesIn(template, 'AWS::Lambda::Function');

/** AWS does not say how much less is read at once after a throttle: nothing less, a little, or half. */
const BACKOFFS = [1, 0.9, 0.5];

describe('with the defaults', () => {
  const template = deployed();
  const world = queueWorldOf(template);

  test('the world is that of the template', () => {
    expect(world).toEqual<QueueWorld>({
      visibility: 180,
      retention: 4 * DAY,
      deadLetters: { maxReceiveCount: 5, retention: 14 * DAY },
      batchSize: 10,
      window: 0,
      most: 10,
      reportsFailures: true,
      timeout: 30,
      reserved: 10,
    });
  });

  test('no rule says anything', () => expect(rulesFor(template)).toEqual([]));

  describe.each(BACKOFFS)('what is left after a throttle: %d', (backoff) => {
    test.each(Object.keys(SCENARIOS) as Scenario[])('%s: nothing is a dead letter by throttling, and nothing is lost', (scenario) => {
      const { poisonEach, messages }: QueueTraffic = SCENARIOS[scenario];
      const outcome = simulateQueue(world, { ...SCENARIOS[scenario], backoff });
      const poison = poisonEach ? messages / poisonEach : 0;
      expect(outcome).toEqual({ done: messages - poison, deadLetters: poison, deadByThrottling: 0, lost: {} });
    });
  });
});

describe('with messages that are gathered for five minutes', () => {
  const few = { ...SCENARIOS['others use up the concurrency of the function for a quarter of an hour, nearly'], messages: 5 };
  const gathering = () => deployed({ maxBatchingWindow: Duration.minutes(5) });

  test('they are hidden for that, too: nothing is a dead letter by throttling', () => {
    expect(rulesFor(gathering())).toEqual([]);
    expect(queueWorldOf(gathering())).toMatchObject({ window: 300, visibility: 480 });
    expect(simulateQueue(queueWorldOf(gathering()), few)).toEqual({ done: 5, deadLetters: 0, deadByThrottling: 0, lost: {} });
  });

  test('hidden for six times the timeout of the function alone, they come again while they are gathered', () => {
    const template = gathering();
    queueIn(template).VisibilityTimeout = 6 * TIMEOUT;
    expect(simulateQueue(queueWorldOf(template), few).deadByThrottling).toBeGreaterThan(0);
    expect(rulesFor(template)).toEqual(['queue-visibility-has-room']);
  });
});

interface Lowered {
  readonly lower: (template: DeployedTemplate) => void;
  readonly scenario: Scenario;
  readonly rule: string;
  /** Why messages are lost; without it they are dead letters by throttling. */
  readonly lost?: string;
}

const LOWERED: Readonly<Record<string, Lowered>> = {
  'visibility timeout of five times that of the function': {
    lower: (template) => { queueIn(template).VisibilityTimeout = 5 * TIMEOUT; },
    scenario: 'others use up the concurrency of the function for a quarter of an hour, nearly',
    rule: 'queue-visibility-has-room',
  },
  'visibility timeout shorter than that of the function': {
    lower: (template) => { queueIn(template).VisibilityTimeout = TIMEOUT / 2; },
    scenario: 'others use up the concurrency of the function for a quarter of an hour, nearly',
    rule: 'queue-visibility-covers-timeout',
  },
  'four receives': {
    lower: (template) => { queueIn(template).RedrivePolicy.maxReceiveCount = 4; },
    scenario: 'others use up the concurrency of the function for a quarter of an hour, nearly',
    rule: 'queue-receives-enough',
  },
  'no maximum concurrency': {
    lower: (template) => { delete mappingIn(template).ScalingConfig; },
    scenario: 'a backlog that the function is too slow for',
    rule: 'queue-concurrency-fits-reserved',
  },
  'a reservation that is lower than the maximum concurrency': {
    lower: (template) => { functionIn(template).ReservedConcurrentExecutions = 1; },
    scenario: 'a backlog that the function is too slow for',
    rule: 'queue-concurrency-is-reserved',
  },
  'no dead-letter queue': {
    lower: (template) => { delete queueIn(template).RedrivePolicy; },
    scenario: 'one in a hundred messages fails always',
    rule: 'queue-has-dead-letters',
    lost: 'the queue dropped it',
  },
  'a dead-letter queue that lives no longer than the queue': {
    lower: (template) => { delete deadLettersIn(template).MessageRetentionPeriod; },
    scenario: 'one in a hundred messages fails always',
    rule: 'dead-letters-live-longer',
    lost: 'the dead-letter queue dropped it',
  },
  'a queue that keeps messages for ten minutes': {
    lower: (template) => { queueIn(template).MessageRetentionPeriod = 600; },
    scenario: 'one in a hundred messages fails always',
    rule: 'queue-keeps-until-tried',
    lost: 'the queue dropped it',
  },
  'no partial batch responses': {
    lower: (template) => { delete mappingIn(template).FunctionResponseTypes; },
    scenario: 'one in a hundred messages fails always',
    rule: 'returned-failures-are-reported',
    lost: 'deleted though the function failed for it',
  },
};

describe('with a value lowered', () => {
  test.each(Object.entries(LOWERED))('%s', (_, { lower, scenario, rule, lost }) => {
    const template = structuredClone(deployed());
    lower(template);
    const outcome = simulateQueue(queueWorldOf(template), SCENARIOS[scenario]);
    if (lost) expect(outcome.lost[lost]).toBeGreaterThan(0);
    else expect(outcome.deadByThrottling).toBeGreaterThan(0);
    expect(rulesFor(template)).toContain(rule);
  });
});

/** Settings around those that AWS recommends, on both sides of them. */
const SETTINGS = fc.record({
  timeout: fc.integer({ min: 1, max: 120 }),
  reserved: fc.integer({ min: 2, max: 20 }),
  most: fc.option(fc.integer({ min: 2, max: 25 }), { nil: undefined }),
  visibility: fc.integer({ min: 1, max: 12 }),
  receives: fc.integer({ min: 2, max: 9 }),
  retention: fc.constantFrom(600, 3600, DAY, 4 * DAY, 14 * DAY),
  deadLetterRetention: fc.constantFrom(3600, DAY, 4 * DAY, 14 * DAY),
  batchSize: fc.integer({ min: 1, max: 10 }),
  window: fc.constantFrom(0, 0, 1, 30),
  backoff: fc.constantFrom(...BACKOFFS),
  seed: fc.nat({ max: 1000 }),
});

test('where no rule says anything, nothing is a dead letter by throttling, and nothing is lost', () => {
  const template = deployed();
  let silent = 0;
  fc.assert(fc.property(SETTINGS, ({ seed, backoff, ...settings }) => {
    const { timeout, window } = settings;
    Object.assign(functionIn(template), { Timeout: timeout, ReservedConcurrentExecutions: settings.reserved });
    Object.assign(mappingIn(template), {
      BatchSize: settings.batchSize,
      MaximumBatchingWindowInSeconds: window,
      ScalingConfig: settings.most && { MaximumConcurrency: settings.most },
    });
    Object.assign(queueIn(template), { VisibilityTimeout: settings.visibility * timeout + window, MessageRetentionPeriod: settings.retention });
    queueIn(template).RedrivePolicy.maxReceiveCount = settings.receives;
    deadLettersIn(template).MessageRetentionPeriod = settings.deadLetterRetention;
    if (rulesFor(template).length > 0) return;
    silent += 1;
    const traffic = { ...BASE, duration: (random: () => number) => timeout * random(), backoff, readAfter: 0 };
    const until = 4 * 6 * timeout;
    const disturbed = [{ throttledUntil: until }, { failsUntil: until }, { poisonEach: 20 }];
    for (const scenario of [{ messages: 500 }, ...disturbed.map((by) => ({ messages: 60, ...by }))]) {
      expect(simulateQueue(queueWorldOf(template), { ...traffic, ...scenario }, seed)).toMatchObject({ deadByThrottling: 0, lost: {} });
    }
  }), { numRuns: 3000 });
  expect(silent).toBeGreaterThan(30);
});
