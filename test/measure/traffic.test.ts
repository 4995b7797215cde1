import * as fc from 'fast-check';
import { Observed, simulate, World } from './lambda-simulator';
import { burst, Load, Room, steady } from '../../src/measure/traffic';
import { constant, exponential, randomNumbers } from '../simulation/timeline';

/** The arithmetic agrees with what a simulation counts, request by request. */

const SCALING = { scaling: { atFirst: 1_000, perSecond: 100 }, requestsPerEnvironment: 10 };
const SCALING_STEP = 10;
/** Requests of a simulation of steady traffic: enough that chance makes less of a difference than what is claimed. */
const REQUESTS = 15_000;

function load(partial: Partial<Load>): Load {
  return { perSecond: 0, seconds: 1, burst: 0, synchronous: true, ...partial };
}

function room(partial: Partial<Room> = {}): Room {
  return { most: 1_000, ready: 0, ...SCALING, ...partial };
}

interface Manner { readonly random: boolean; readonly durations: 'constant' | 'exponential'; readonly seed: number }

/** Steady traffic, watched after it has settled. */
function watch({ perSecond, seconds, synchronous }: Load, { most }: Room, { random, durations, seed }: Manner): Observed {
  const numbers = randomNumbers(seed);
  // what is too frequent is not noticed before the permits of a second are used up
  const settled = 20 * seconds + (seconds < 0.1 ? 25 : 2);
  return simulate({ most, synchronous, waits: !synchronous }, {
    gap: random ? exponential(1 / perSecond, numbers) : constant(1 / perSecond),
    duration: durations === 'constant' ? constant(seconds) : exponential(seconds, numbers),
    from: settled,
    until: settled + REQUESTS / perSecond,
  });
}

/** Traffic that keeps some environments busy, and a function that may have about as many, or fewer, or more. */
const settings = fc.record({
  busy: fc.double({ min: 0.5, max: 120, noNaN: true }),
  seconds: fc.double({ min: 0.04, max: 20, noNaN: true }),
  share: fc.double({ min: 0.3, max: 1.6, noNaN: true }),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
}).map(({ busy, seconds, share, seed }) => {
  const traffic = load({ perSecond: busy / seconds, seconds });
  return { traffic, place: room({ most: Math.max(1, Math.round(busy * Math.max(1, 0.1 / seconds) * share)) }), seed };
});

describe('steady traffic', () => {
  test('needs its rate times its duration', () => {
    expect(steady(load({ perSecond: 100, seconds: 0.5 }), room())).toEqual({
      needed: 50, forRequestRate: 10, recommended: 71, inUse: 50, excess: 0, excessAtRandom: expect.closeTo(0, 5), spillover: 100,
    });
  });

  test('is refused for what is over', () => {
    expect(steady(load({ perSecond: 100 }), room({ most: 60 }))).toMatchObject({ needed: 100, inUse: 60, excess: 40, brake: 'environments' });
  });

  test('that is very short needs environments for the rate of requests', () => {
    expect(steady(load({ perSecond: 200, seconds: 0.05 }), room({ most: 15 })))
      .toMatchObject({ needed: 10, forRequestRate: 20, inUse: 7.5, excess: 50, brake: 'request rate' });
    expect(steady(load({ perSecond: 200, seconds: 0.05, synchronous: false }), room({ most: 15 })))
      .toMatchObject({ needed: 10, forRequestRate: 0, recommended: 10, inUse: 10, excess: 0 });
  });

  test('is let through by its source at the rate of the source', () => {
    const source = { atFirst: 5, perSecond: 5, most: 20 };
    expect(steady(load({ perSecond: 30, synchronous: false }), room({ source }))).toMatchObject({ inUse: 20, excess: 10, brake: 'source' });
  });

  test('spills over what provisioned environments do not take', () => {
    expect(steady(load({ perSecond: 100 }), room({ ready: 80 })).spillover).toBe(20);
    expect(steady(load({ perSecond: 100, seconds: 0.01 }), room({ ready: 8 })).spillover).toBe(20);
  });

  test('has no environment where there is none', () => {
    expect(steady(load({ perSecond: 3 }), room({ most: 0 }))).toMatchObject({ inUse: 0, excess: 3, excessAtRandom: 3, brake: 'environments' });
  });

  test('of many callers is refused as often as in a simulation, whatever the durations are like', () => {
    fc.assert(fc.property(settings, fc.constantFrom('constant' as const, 'exponential' as const), ({ traffic, place, seed }, durations) => {
      const seen = watch(traffic, place, { random: true, durations, seed });
      const { excessAtRandom } = steady(traffic, place);
      expect(Math.abs(seen.refusedPerSecond - excessAtRandom)).toBeLessThan(0.05 * traffic.perSecond);
      const inUse = (traffic.perSecond - excessAtRandom) * traffic.seconds;
      expect(Math.abs(seen.busy - inUse)).toBeLessThan(0.05 * Math.max(inUse, 0.5));
    }), { numRuns: 20 });
  });

  test('that arrives evenly is served like in a simulation, if it keeps more than a few environments busy', () => {
    fc.assert(fc.property(settings.filter(({ traffic }) => traffic.perSecond * traffic.seconds >= 20), ({ traffic, place, seed }) => {
      const seen = watch(traffic, place, { random: false, durations: 'constant', seed });
      const { inUse, excess } = steady(traffic, place);
      expect(Math.abs(seen.refusedPerSecond - excess)).toBeLessThan(0.05 * traffic.perSecond);
      expect(Math.abs(seen.busy - inUse)).toBeLessThan(0.05 * inUse);
    }), { numRuns: 12 });
  });

  test('is refused at least as much as the arithmetic says, however it arrives', () => {
    fc.assert(fc.property(settings, fc.boolean(), fc.constantFrom('constant' as const, 'exponential' as const), ({ traffic, place, seed }, random, durations) => {
      const seen = watch(traffic, place, { random, durations, seed });
      expect(seen.refusedPerSecond).toBeGreaterThan(steady(traffic, place).excess - 0.02 * traffic.perSecond);
    }), { numRuns: 12 });
  });

  test('that waits piles up as in a simulation', () => {
    fc.assert(fc.property(settings, ({ traffic, place, seed }) => {
      const patient = { ...traffic, synchronous: false };
      const seen = watch(patient, place, { random: true, durations: 'exponential', seed });
      expect(Math.abs(seen.waitingMorePerSecond - steady(patient, place).excess)).toBeLessThan(0.05 * traffic.perSecond);
      expect(Math.abs(seen.busy - steady(patient, place).inUse)).toBeLessThan(0.05 * Math.max(seen.busy, 0.5));
    }), { numRuns: 12 });
  });

  test('finds enough environments where there are as many as recommended', () => {
    fc.assert(fc.property(settings, ({ traffic, seed }) => {
      const { recommended } = steady(traffic, room());
      const seen = watch(traffic, room({ most: recommended }), { random: true, durations: 'exponential', seed });
      expect(seen.refusedPerSecond).toBeLessThan(0.005 * traffic.perSecond);
    }), { numRuns: 10 });
  });
});

/** A burst on top of steady traffic, as a simulation sees it: of requests that come again until they are served. */
function watchBurst(traffic: Load, place: Room, durations: 'constant' | 'exponential' = 'constant', seed = 1): Observed {
  const busy = traffic.perSecond * traffic.seconds;
  const at = 20 * traffic.seconds + busy / 100 + SCALING_STEP + (place.source?.perSecond ? 2 * busy / place.source.perSecond : 0);
  const world: World = { most: place.most, provisioned: place.ready, synchronous: traffic.synchronous, waits: true };
  const { source } = place;
  return simulate({ ...world, ...source && { pollers: { first: source.atFirst, perMinute: source.perSecond * 60, most: source.most } } }, {
    gap: constant(traffic.perSecond === 0 ? Infinity : 1 / traffic.perSecond),
    duration: durations === 'constant' ? constant(traffic.seconds) : exponential(traffic.seconds, randomNumbers(seed)),
    burst: { at, size: traffic.burst },
    until: at + 1,
  });
}

describe('a burst', () => {
  test('within the scaling rate starts at once', () => {
    expect(burst(load({ burst: 900 }), room())).toEqual({ startedAtOnce: 900, seconds: 0 });
  });

  test('over the scaling rate gets a hundred environments a second', () => {
    expect(burst(load({ burst: 3_000, seconds: 60 }), room({ most: 5_000 }))).toEqual({ startedAtOnce: 1_000, seconds: expect.closeTo(20), brake: 'scaling rate' });
  });

  test('over the reservation waits for environments to get free', () => {
    expect(burst(load({ burst: 95, seconds: 3 }), room({ most: 10 }))).toEqual({ startedAtOnce: 10, seconds: expect.closeTo(27), brake: 'environments' });
  });

  test('finds provisioned environments besides those that are made', () => {
    expect(burst(load({ burst: 1_500, seconds: 60 }), room({ most: 5_000, ready: 500 }))).toEqual({ startedAtOnce: 1_500, seconds: 0 });
  });

  test('from a queue waits for its pollers', () => {
    const source = { atFirst: 5, perSecond: 5, most: 1_250 };
    expect(burst(load({ burst: 305, seconds: 600, synchronous: false }), room({ source }))).toEqual({ startedAtOnce: 5, seconds: expect.closeTo(60), brake: 'source' });
  });

  test('is never served by a function that steady traffic fills, or that is switched off', () => {
    expect(burst(load({ burst: 1, perSecond: 10 }), room({ most: 10 }))).toEqual({ startedAtOnce: 0, brake: 'environments' });
    expect(burst(load({ burst: 1, perSecond: 20 }), room({ most: 10 }))).toEqual({ startedAtOnce: 0, brake: 'environments' });
    expect(burst(load({ burst: 7 }), room({ most: 0 }))).toEqual({ startedAtOnce: 0, brake: 'environments' });
  });

  test('of nothing is served at once', () => {
    expect(burst(load({}), room({ most: 0 }))).toEqual({ startedAtOnce: 0, seconds: 0 });
  });

  const bursts = fc.record({
    size: fc.integer({ min: 1, max: 6_000 }),
    seconds: fc.oneof(fc.double({ min: 0.01, max: 2, noNaN: true }), fc.double({ min: 2, max: 60, noNaN: true })),
    busy: fc.double({ min: 0, max: 100, noNaN: true }),
    spare: fc.integer({ min: 20, max: 4_000 }),
    ready: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100 })),
    synchronous: fc.boolean(),
  }).map(({ size, seconds, busy, spare, ready, synchronous }) => {
    const traffic = load({ perSecond: busy / seconds, seconds, burst: size, synchronous });
    const taken = Math.ceil(busy * (synchronous ? Math.max(1, 0.1 / seconds) : 1));
    return { traffic, place: room({ most: taken + spare, ready: Math.min(ready, spare) }) };
  });

  test('is served within one scaling step of what a simulation sees', () => {
    fc.assert(fc.property(bursts, ({ traffic, place }) => {
      const seen = watchBurst(traffic, place);
      const { seconds, startedAtOnce } = burst(traffic, place);
      expect(Math.abs(seen.burstSeconds - (seconds ?? Infinity))).toBeLessThan(SCALING_STEP);
      expect(Math.abs(seen.startedAtOnce - startedAtOnce)).toBeLessThan(Math.max(3, 0.05 * traffic.burst));
    }), { numRuns: 25 });
  });

  test('is served so, too, if durations differ and none is very long, nor is the burst served by very few', () => {
    const plain = bursts.filter(({ traffic, place }) => traffic.seconds < 2 && place.most > 2 * traffic.perSecond * traffic.seconds);
    fc.assert(fc.property(plain, fc.integer({ min: 0, max: 1_000 }), ({ traffic, place }, seed) => {
      const seen = watchBurst(traffic, place, 'exponential', seed);
      expect(Math.abs(seen.burstSeconds - (burst(traffic, place).seconds ?? Infinity))).toBeLessThan(SCALING_STEP);
    }), { numRuns: 12 });
  });

  test('of messages is served so, too', () => {
    const sources = fc.constantFrom(
      { atFirst: 5, perSecond: 5, most: 1_250 },
      { atFirst: 5, perSecond: 5, most: 10 },
      { atFirst: 20, perSecond: 1_000 / 60, most: 2_000 },
      { atFirst: 40, perSecond: 0, most: 40 },
    );
    fc.assert(fc.property(bursts, sources, ({ traffic, place }, source) => {
      const perSecond = Math.min(traffic.perSecond, 0.5 * source.most / traffic.seconds);
      const polled = { ...traffic, perSecond, burst: Math.ceil(traffic.burst / 20), synchronous: false };
      const seen = watchBurst(polled, { ...place, source });
      expect(Math.abs(seen.burstSeconds - (burst(polled, { ...place, source }).seconds ?? Infinity))).toBeLessThan(SCALING_STEP);
    }), { numRuns: 20 });
  });
});
