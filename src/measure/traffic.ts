import { blocked, serversFor } from './erlang';
import { capacityOf, Ramp, secondsUntilStarted, slotsAtFirst, slotsInTheEnd } from './ramp';

/**
 * What becomes of traffic at one function, as Lambda scales. Plain arithmetic: nothing here knows a template, and the
 * numbers of AWS are handed in.
 *
 * An invocation occupies an environment for its duration; a synchronous one for a tenth of a second at least, since no
 * environment takes more than ten of those a second. Environments stay, so that steady traffic needs no new ones.
 */

/** Invocations that arrive: of records that are polled, as many as there are batches. */
export interface Load {
  readonly perSecond: number;
  readonly seconds: number;
  /** Invocations that arrive at once, besides. */
  readonly burst: number;
  /** Whether somebody waits for the answer, and is refused where no environment is free. */
  readonly synchronous: boolean;
}

/** What the function may use. */
export interface Room {
  /** Environments that it may have at most. */
  readonly most: number;
  /** Environments that are there already, provisioned ones. */
  readonly ready: number;
  /** How the source lets invocations through, if Lambda polls one. */
  readonly source?: Ramp;
  /** New environments at once, and per second after that. */
  readonly scaling: Pick<Ramp, 'atFirst' | 'perSecond'>;
  /** Synchronous requests that an environment takes per second. */
  readonly requestsPerEnvironment: number;
}

/** What holds traffic back. */
export type Brake = 'environments' | 'request rate' | 'scaling rate' | 'source';

export interface Steady {
  /** Environments that are busy on average, if nothing holds the traffic back. */
  readonly needed: number;
  /** Environments that the rate of requests takes, however short they are; 0 where that is no limit. */
  readonly forRequestRate: number;
  /** Environments that refuse at most one in a thousand requests that arrive at random. */
  readonly recommended: number;
  /** Environments that are busy on average. */
  readonly inUse: number;
  /** Invocations per second that find no environment, if they arrive evenly. */
  readonly excess: number;
  /** The same if they arrive at random, as those of many independent callers do. */
  readonly excessAtRandom: number;
  /** Invocations per second that provisioned environments do not take. */
  readonly spillover: number;
  readonly brake?: Brake;
}

export interface Burst {
  /** Invocations that find an environment when they arrive. */
  readonly startedAtOnce: number;
  /** Until the last of them has found one; left out if it never does. */
  readonly seconds?: number;
  readonly brake?: Brake;
}

/** The share of requests that nobody misses, as recommendations have it. */
const RARELY_REFUSED = 0.001;

/** What becomes of traffic that never changes. */
export function steady(load: Load, room: Room): Steady {
  const { perSecond, seconds, synchronous } = load;
  const each = occupation(load, room);
  const occupied = perSecond * each;
  const most = Math.min(room.most, room.source?.most ?? Infinity);
  const served = occupied <= most ? perSecond : most / each;
  const refused = synchronous ? perSecond * blocked(perSecond * seconds, most) : 0;
  return {
    needed: perSecond * seconds,
    forRequestRate: synchronous ? perSecond / room.requestsPerEnvironment : 0,
    recommended: Math.max(synchronous ? serversFor(perSecond * seconds, RARELY_REFUSED) : 0, Math.ceil(occupied - 1e-9)),
    inUse: served * seconds,
    excess: perSecond - served,
    excessAtRandom: Math.max(refused, perSecond - served),
    spillover: Math.max(0, perSecond - room.ready / each),
    ...served < perSecond && { brake: brakeOf(load, room) },
  };
}

/** How long an invocation keeps an environment from taking the next. */
function occupation({ seconds, synchronous }: Load, { requestsPerEnvironment }: Room): number {
  return synchronous ? Math.max(seconds, 1 / requestsPerEnvironment) : seconds;
}

function brakeOf({ perSecond, seconds }: Load, { most, source }: Room): Brake {
  if (source && source.most < most) return 'source';
  return perSecond * seconds <= most ? 'request rate' : 'environments';
}

/**
 * What becomes of invocations that arrive at once while steady traffic goes on, if those that find no environment come
 * again until they do. Steady traffic keeps the environments that it has.
 */
export function burst(load: Load, room: Room): Burst {
  const each = occupation(load, room);
  const busy = load.perSecond * each;
  const environments = { atFirst: Math.max(busy, room.ready) + room.scaling.atFirst, perSecond: room.scaling.perSecond, most: room.most };
  // what polls the steady traffic polls already
  const source = room.source && { ...room.source, atFirst: Math.max(room.source.atFirst, busy) };
  const capacity = capacityOf(source ? [environments, source] : [environments], busy);
  const startedAtOnce = Math.min(load.burst, Math.round(slotsAtFirst(capacity)));
  if (startedAtOnce === load.burst) return { startedAtOnce, seconds: 0 };
  const brake = brakeOfBurst(environments, source);
  if (slotsInTheEnd(capacity) <= 1e-9 * busy) return { startedAtOnce, brake };
  return { startedAtOnce, seconds: secondsUntilStarted(load.burst, capacity, each), brake };
}

/** What leaves the fewest invocations through at first. */
function brakeOfBurst(environments: Ramp, source?: Ramp): Brake {
  const ofFunction = Math.min(environments.atFirst, environments.most);
  if (source && Math.min(source.atFirst, source.most) < ofFunction) return 'source';
  return environments.most <= environments.atFirst ? 'environments' : 'scaling rate';
}
