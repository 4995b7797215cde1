import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as fc from 'fast-check';
import { rulesFor } from './rules-for';
import { simulateStream, StreamTraffic, StreamWorld } from './stream-simulator';
import { DeployedTemplate, propertiesIn, streamWorldOf } from './world-of';
import { EventFunction, PullSource } from '../../src';
import { MINIMAL, stackWith } from '../function/functions';

/**
 * What becomes of records with the defaults of this library, and with each of them lowered, in a simulation that knows nothing of either but
 * the template.
 */

const [MINUTE, HOUR] = [60, 3600];

const THROWS = 'exports.handler = async () => {};';
const NAMES = 'exports.handler = async () => ({ batchItemFailures: [] });';

function deployed(code = THROWS): DeployedTemplate {
  const stack = stackWith();
  const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, code: lambda.Code.fromInline(code), timeout: Duration.seconds(30), reservedConcurrentExecutions: 10 });
  const stream = new kinesis.Stream(stack, 'Stream', { shardCount: 2, retentionPeriod: Duration.hours(24) });
  fn.addEventSource(PullSource.stream(stream));
  return Template.fromStack(stack).toJSON() as DeployedTemplate;
}

const BASE: StreamTraffic = {
  records: 2000,
  gap: 10,
  duration: (random) => 5 * random(),
  namesFailures: false,
  readAfter: 8 * HOUR,
};

const SCENARIOS = {
  'others use up the concurrency of the function for an hour': { ...BASE, throttledUntil: HOUR },
  'others use up the concurrency of the function for twenty hours': { ...BASE, records: 7000, throttledUntil: 20 * HOUR, poisonEach: 100 },
  'the function fails for everything for five minutes': { ...BASE, failsUntil: 5 * MINUTE },
  'the function fails for everything for a day': { ...BASE, records: 9000, failsUntil: 24 * HOUR },
  'one in a hundred records fails always': { ...BASE, gap: 0.05, poisonEach: 100 },
  'records are written while the mapping is made': { ...BASE, madeAfter: 2 * MINUTE },
} as const satisfies Readonly<Record<string, StreamTraffic>>;

type Scenario = keyof typeof SCENARIOS;

const mappingIn = (template: DeployedTemplate) => propertiesIn(template, 'AWS::Lambda::EventSourceMapping');

describe.each([['throws', THROWS], ['names what failed', NAMES]])('with the defaults, of a function that %s', (_, code) => {
  const template = deployed(code);
  const world = streamWorldOf(template);
  const namesFailures = code === NAMES;

  test('the world is that of the template', () => {
    expect(world).toEqual<StreamWorld>({
      lanes: 2,
      retention: 24 * HOUR,
      batchSize: 100,
      isHalved: true,
      reportsFailures: namesFailures,
      retries: 10,
      recordAge: 12 * HOUR,
      destination: 'told',
      startsWithLatest: false,
      reserved: 10,
    });
  });

  test('no rule says anything', () => expect(rulesFor(template)).toEqual([]));

  test.each(Object.keys(SCENARIOS) as Scenario[])('%s: nothing is lost', (scenario) => {
    const outcome = simulateStream(world, { ...SCENARIOS[scenario], namesFailures });
    expect(outcome.lost).toEqual({});
    expect(outcome.done + outcome.givenUp).toBe(SCENARIOS[scenario].records);
  });

  test.each<Scenario>([
    'others use up the concurrency of the function for an hour',
    'the function fails for everything for five minutes',
    'records are written while the mapping is made',
  ])('%s: nothing is given up', (scenario) => {
    expect(simulateStream(world, { ...SCENARIOS[scenario], namesFailures }).givenUp).toBe(0);
  });

  test('a record that fails always is given up alone', () => {
    const outcome = simulateStream(world, { ...SCENARIOS['one in a hundred records fails always'], namesFailures });
    expect(outcome).toEqual({ done: 1980, givenUp: 20, givenUpThoughGood: 0, lost: {} });
  });
});

interface Lowered {
  readonly lower: (mapping: any) => void;
  readonly scenario: Scenario;
  readonly rule: string;
  /** Why records are lost; without it they are given up though the function does not fail for them. */
  readonly lost?: string;
  readonly code?: string;
}

const LOWERED: Readonly<Record<string, Lowered>> = {
  'retries and ages without bounds': {
    lower: (mapping) => Object.assign(mapping, { MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: -1 }),
    scenario: 'one in a hundred records fails always',
    rule: 'stream-retries-are-bounded',
    lost: 'the stream dropped it',
  },
  'no destination': {
    lower: (mapping) => { delete mapping.DestinationConfig; },
    scenario: 'one in a hundred records fails always',
    rule: 'stream-failures-are-kept',
    lost: 'given up, and nobody is told',
  },
  'batches that are not halved': {
    lower: (mapping) => { delete mapping.BisectBatchOnFunctionError; },
    scenario: 'one in a hundred records fails always',
    rule: 'bad-records-fail-alone',
  },
  'no age': {
    lower: (mapping) => { delete mapping.MaximumRecordAgeInSeconds; },
    scenario: 'others use up the concurrency of the function for twenty hours',
    rule: 'failed-records-can-be-read-again',
    lost: 'dropped before it was read again',
  },
  'the latest records only': {
    lower: (mapping) => { mapping.StartingPosition = 'LATEST'; },
    scenario: 'records are written while the mapping is made',
    rule: 'stream-start-misses-nothing',
    lost: 'written while the mapping was made',
  },
  'no partial batch responses': {
    lower: (mapping) => { delete mapping.FunctionResponseTypes; },
    scenario: 'one in a hundred records fails always',
    rule: 'returned-failures-are-reported',
    lost: 'passed though the function failed for it',
    code: NAMES,
  },
};

describe('with a value lowered', () => {
  test.each(Object.entries(LOWERED))('%s', (_, { lower, scenario, rule, lost, code = THROWS }) => {
    const template = structuredClone(deployed(code));
    lower(mappingIn(template));
    const outcome = simulateStream(streamWorldOf(template), { ...SCENARIOS[scenario], namesFailures: code === NAMES });
    if (lost) expect(outcome.lost[lost]).toBeGreaterThan(0);
    else expect(outcome.givenUpThoughGood).toBeGreaterThan(0);
    expect(rulesFor(template)).toContain(rule);
  });
});

/** Settings around those of the defaults, on both sides of them. */
const SETTINGS = fc.record({
  retries: fc.constantFrom(-1, 0, 1, 3, 10),
  age: fc.constantFrom(-1, 60, HOUR, 12 * HOUR, 23 * HOUR, 24 * HOUR, 48 * HOUR),
  hours: fc.constantFrom(24, 48),
  isHalved: fc.boolean(),
  isKept: fc.boolean(),
  start: fc.constantFrom('LATEST', 'TRIM_HORIZON'),
  batchSize: fc.constantFrom(1, 10, 100),
  factor: fc.integer({ min: 1, max: 8 }),
  seed: fc.nat({ max: 1000 }),
});

test('where no rule says anything, nothing is lost', () => {
  const before = deployed();
  let silent = 0;
  fc.assert(fc.property(SETTINGS, ({ seed, ...settings }) => {
    const template = structuredClone(before);
    const mapping = mappingIn(template);
    Object.assign(mapping, {
      MaximumRetryAttempts: settings.retries,
      MaximumRecordAgeInSeconds: settings.age,
      BisectBatchOnFunctionError: settings.isHalved,
      StartingPosition: settings.start,
      BatchSize: settings.batchSize,
      ParallelizationFactor: settings.factor,
    });
    if (!settings.isKept) delete mapping.DestinationConfig;
    propertiesIn(template, 'AWS::Kinesis::Stream').RetentionPeriodHours = settings.hours;
    if (rulesFor(template).length > 0) return;
    silent += 1;
    const world = streamWorldOf(template);
    for (const scenario of Object.values(SCENARIOS)) {
      expect(simulateStream(world, { ...scenario, records: 500, readAfter: 0 }, seed).lost).toEqual({});
    }
  }), { numRuns: 1500 });
  expect(silent).toBeGreaterThan(30);
});
