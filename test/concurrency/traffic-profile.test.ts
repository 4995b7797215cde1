import { Duration, Lazy, Token } from 'aws-cdk-lib';
import { PollingBound, TrafficConditions, InvocationMode, TrafficLimit, TrafficProfile, TrafficProfileProps } from '../../src';
import { simulate, World } from '../measure/lambda-simulator';
import { constant } from '../simulation/timeline';

function profileOf(props: Partial<TrafficProfileProps> = {}): TrafficProfile {
  return new TrafficProfile({ requestsPerSecond: 100, averageDuration: Duration.seconds(1), ...props });
}

describe('estimate', () => {
  test('traffic that fits', () => {
    expect(profileOf({ requestsPerSecond: 200, averageDuration: Duration.millis(350), burst: 500 }).estimate({ quota: 1000 })).toEqual({
      invocation: InvocationMode.SYNCHRONOUS,
      neededConcurrency: 70,
      concurrencyForRequestRate: 20,
      recommendedConcurrency: 95,
      limit: 1000,
      limitSetBy: TrafficLimit.ACCOUNT_QUOTA,
      concurrencyInUse: 70,
      throttledPerSecond: 0,
      throttledPerSecondAtRandom: 0,
      spilloverPerSecond: 0,
      throttledInBurst: 0,
      secondsUntilBurstIsServed: 0,
      notes: ['all of the quota is taken to be free: other functions use it, too'],
    });
  });

  const MINUTES: Partial<TrafficProfileProps> = { requestsPerSecond: 0, averageDuration: Duration.minutes(5) };

  test.each<[string, Partial<TrafficProfileProps>, TrafficConditions, object]>([
    ['more than is reserved', {}, { reservedConcurrency: 60 }, { limit: 60, limitSetBy: 'reserved concurrency', limitedBy: 'reserved concurrency', throttledPerSecond: 40 }],
    ['more than the account has', {}, { quota: 10 }, { limit: 10, limitSetBy: 'account quota', limitedBy: 'account quota', throttledPerSecond: 90 }],
    ['more than others leave', {}, { quota: 200, takenByOthers: 120 }, { limit: 80, limitSetBy: 'account quota', throttledPerSecond: 20 }],
    ['nothing that others leave', {}, { takenByOthers: 1200 }, { limit: 0, throttledPerSecond: 100 }],
    ['others who take nothing from a reservation', {}, { reservedConcurrency: 60, takenByOthers: 990 }, { limit: 60 }],
    ['short requests', { averageDuration: Duration.millis(10) }, { reservedConcurrency: 5 }, { neededConcurrency: 1, limitedBy: 'request rate', throttledPerSecond: 50 }],
    ['short events', { averageDuration: Duration.millis(10) }, { reservedConcurrency: 5, invocation: InvocationMode.ASYNCHRONOUS }, { concurrencyForRequestRate: 0, throttledPerSecond: 0 }],
    ['a function that is switched off', { burst: 5 }, { reservedConcurrency: 0 }, { limit: 0, throttledPerSecond: 100, throttledInBurst: 5, burstLimitedBy: 'reserved concurrency' }],
    ['no traffic at all', { requestsPerSecond: 0 }, {}, { neededConcurrency: 0, recommendedConcurrency: 0, throttledPerSecond: 0, secondsUntilBurstIsServed: 0 }],
    ['provisioned concurrency', {}, { provisionedConcurrency: 80 }, { spilloverPerSecond: 20 }],
    ['a burst over the scaling rate', { ...MINUTES, burst: 1500 }, { quota: 5000 }, { throttledInBurst: 500, secondsUntilBurstIsServed: 5, burstLimitedBy: 'scaling rate' }],
    ['a queue', { ...MINUTES, burst: 305 }, { sources: [PollingBound.queue({ batchSize: 1 })] },
      { invocation: 'polled', throttledInBurst: 300, secondsUntilBurstIsServed: 60, burstLimitedBy: 'source', limit: 1000 }],
    ['batches of a queue', {}, { sources: [PollingBound.queue()] }, { neededConcurrency: 10, limit: 1000 }],
    ['a queue with a maximum', {}, { sources: [PollingBound.queue({ batchSize: 1, maximumConcurrency: 20 })] }, { limit: 20, limitSetBy: 'source', limitedBy: 'source', throttledPerSecond: 80 }],
    ['provisioned pollers', {}, { sources: [PollingBound.queue({ minimumPollers: 2, maximumPollers: 4 })] }, { limit: 40 }],
    ['provisioned pollers of which only the fewest are given', {}, { quota: 9000, sources: [PollingBound.queue({ minimumPollers: 200 })] }, { limit: 2000 }],
    ['message groups', {}, { sources: [PollingBound.queue({ messageGroups: 3, maximumConcurrency: 10 })] }, { limit: 3 }],
    ['a stream', {}, { sources: [PollingBound.stream({ shards: 4, parallelizationFactor: 2, batchSize: 10 })] }, { limit: 8, throttledPerSecond: 2 }],
    ['a topic', {}, { sources: [PollingBound.kafka({ partitions: 7 })] }, { limit: 7 }],
    ['a broker', {}, { sources: [PollingBound.activeMq()] }, { limit: 5 }],
    ['another broker', {}, { sources: [PollingBound.rabbitMq()] }, { limit: 1, throttledPerSecond: 0 }],
    ['a change stream', {}, { sources: [PollingBound.documentDb({ batchSize: 50 })] }, { limit: 1, limitedBy: 'source' }],
    ['several sources', {}, { sources: [PollingBound.rabbitMq(), PollingBound.activeMq({ batchSize: 20 })] }, { limit: 6, neededConcurrency: 5 }],
  ])('%s', (_, props, conditions, expected) => {
    expect(profileOf(props).estimate(conditions)).toMatchObject(expected);
  });

  test('what is never served has no time', () => {
    expect(profileOf({ burst: 5 }).estimate({ reservedConcurrency: 50 }).secondsUntilBurstIsServed).toBeUndefined();
  });

  test.each<[TrafficConditions, RegExp]>([
    [{}, /taken to be 1,000, AWS's default: new accounts have fewer/],
    [{ reservedConcurrency: 0 }, /switched off/],
    [{ invocation: InvocationMode.ASYNCHRONOUS }, /tried again after 1 second to 5 minutes/],
    [{ invocation: InvocationMode.POLLED }, /nothing is known of the source/],
    [{ sources: [PollingBound.kafka({ partitions: 3 })] }, /adds consumers of a topic within minutes/],
    [{ sources: [PollingBound.queue()], reservedConcurrency: 5 }, /polls more than the function can take/],
    [{ sources: [PollingBound.queue(), PollingBound.queue()] }, /sources are taken together/],
  ])('%j has a note', (conditions, note) => {
    expect(profileOf().estimate(conditions).notes).toContainEqual(expect.stringMatching(note));
  });
});

describe('a simulation of Lambda sees the same', () => {
  const SIZE = 3000;

  /** A burst of requests that come again until they are served, or of messages, after a while of other traffic. */
  const watch = (world: Partial<World>, seconds: number, gap: number, size = SIZE) => simulate(
    { most: 1000, synchronous: true, waits: true, ...world },
    { gap: constant(gap), duration: constant(seconds), burst: { at: 100, size }, until: 101 },
  );

  test.each([10, 60, 100, 140])('of callers that find a reserved concurrency of %s', (reservedConcurrency) => {
    const world = { most: reservedConcurrency, synchronous: true, waits: false };
    const seen = simulate(world, { gap: constant(0.01), duration: constant(1), from: 50, until: 300 });
    const estimate = profileOf().estimate({ reservedConcurrency });
    expect(Math.abs(seen.busy - estimate.concurrencyInUse)).toBeLessThan(0.05 * estimate.concurrencyInUse);
    expect(Math.abs(seen.refusedPerSecond - estimate.throttledPerSecond)).toBeLessThan(5);
  });

  test.each([[30, 2000], [3, 500], [90, 5000]])('of a burst of requests of %s seconds, with a reserved concurrency of %s', (seconds, reservedConcurrency) => {
    const seen = watch({ most: reservedConcurrency }, seconds, 1);
    const profile = profileOf({ requestsPerSecond: 1, averageDuration: Duration.seconds(seconds), burst: SIZE });
    const estimate = profile.estimate({ reservedConcurrency });
    expect(Math.abs(seen.burstSeconds - estimate.secondsUntilBurstIsServed!)).toBeLessThan(10);
    expect(Math.abs(SIZE - seen.startedAtOnce - estimate.throttledInBurst)).toBeLessThan(3);
  });

  test.each([[1, 0.5], [10, 30], [1, 5]])('of a burst of messages in batches of %s, each of which takes %s seconds', (batchSize, seconds) => {
    const seen = watch({ synchronous: false, pollers: { first: 5, perMinute: 300, most: 1250 } }, seconds, Infinity, SIZE / batchSize);
    const profile = profileOf({ requestsPerSecond: 0, averageDuration: Duration.millis(seconds * 1000), burst: SIZE });
    const estimate = profile.estimate({ sources: [PollingBound.queue({ batchSize })] });
    expect(Math.abs(seen.burstSeconds - estimate.secondsUntilBurstIsServed!)).toBeLessThan(10);
  });
});

describe('validation', () => {
  test.each([-1, NaN, Infinity, Token.asNumber({ Ref: 'Rate' }), '5' as unknown as number, undefined as unknown as number])('fails if there are %p requests per second', (requestsPerSecond) => {
    expect(() => profileOf({ requestsPerSecond })).toThrow(/^'requestsPerSecond' must be a number of at least 0, known before the deployment, got .*\[TrafficProfileMalformed\]$/);
  });

  test.each([-1, 1.5, NaN, Infinity, Token.asNumber({ Ref: 'Burst' })])('fails if a burst has %p requests', (burst) => {
    expect(() => profileOf({ burst })).toThrow(/^'burst' must be a whole number of at least 0, known .*\[TrafficProfileMalformed\]$/);
  });

  test.each<[string, Duration, string]>([
    ['no time', Duration.seconds(0), 'got "0 ms"'],
    ['a time that is known after the deployment', Duration.seconds(Lazy.number({ produce: () => 3 })), 'got "a token"'],
    ['what is no number', Duration.millis(NaN), 'got "NaN ms"'],
    ['nothing', undefined as unknown as Duration, 'got "undefined"'],
  ])('fails if a request takes %s', (_, averageDuration, got) => {
    expect(() => profileOf({ averageDuration })).toThrow(/^'averageDuration' must be a duration of more than 0, known .*\[TrafficProfileMalformed\]$/);
    expect(() => profileOf({ averageDuration })).toThrow(got);
  });

  test.each<[TrafficConditions, string]>([
    [{ reservedConcurrency: -1 }, "'reservedConcurrency' must be a whole number of concurrent executions of at least 0, got -1"],
    [{ quota: 0 }, "'quota' must be a whole number of concurrent executions of at least 1, got 0"],
    [{ takenByOthers: -1 }, "'takenByOthers' must be a whole number of concurrent executions of at least 0, got -1"],
    [{ quota: 1.5 }, "'quota' must be a whole number"],
    [{ quota: NaN }, "'quota' must be a whole number"],
    [{ provisionedConcurrency: Infinity }, "'provisionedConcurrency' must be a whole number"],
    [{ reservedConcurrency: Token.asNumber({ Ref: 'Reserved' }) }, "'reservedConcurrency' must be known before the deployment, got a token"],
  ])('fails if %j is given', (conditions, message) => {
    expect(() => profileOf().estimate(conditions)).toThrow(message);
    expect(() => profileOf().estimate(conditions)).toThrow('[TrafficConditionsOutOfRange]');
  });

  test.each<[string, () => PollingBound, string]>([
    ['maximum concurrency is 1', () => PollingBound.queue({ maximumConcurrency: 1 }), "'maximumConcurrency' must be between 2 and 1000 concurrent invocations (a whole number), got 1"],
    ['a batch is empty', () => PollingBound.rabbitMq({ batchSize: 0 }), "'batchSize' must be between 1 and 10000"],
    ['fewer pollers are possible than are there', () => PollingBound.queue({ minimumPollers: 20, maximumPollers: 10 }), "'maximumPollers' must be between 20 and 10000 pollers"],
    ['a stream has half a shard', () => PollingBound.stream({ shards: 0.5 }), "'shards' must be a whole number of shards of at least 1, got 0.5"],
    ['a shard has eleven batches', () => PollingBound.stream({ shards: 1, parallelizationFactor: 11 }), "'parallelizationFactor' must be between 1 and 10"],
    ['a topic has no partition', () => PollingBound.kafka({ partitions: 0 }), "'partitions' must be a whole number of partitions of at least 1"],
    ['shards are decided at deployment', () => PollingBound.stream({ shards: Token.asNumber({ Ref: 'Shards' }) }), "'shards' must be known before the deployment, got a token"],
  ])('fails if %s', (_, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow('[PollingBoundOutOfRange]');
  });

  test('fails if a queue has pollers and a maximum', () => {
    expect(() => PollingBound.queue({ maximumConcurrency: 5, maximumPollers: 5 }))
      .toThrow("'maximumConcurrency' must be left out with minimumPollers or maximumPollers, got 5; Lambda refuses a mapping with both; drop one of them [PollingBoundAmbiguous]");
  });
});
