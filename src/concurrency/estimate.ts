import { Duration } from 'aws-cdk-lib';
import { checkKnownNumber } from './known-number';
import { TrafficConditions, TrafficEstimate, TrafficLimit } from './traffic-estimate';
import { DEFAULT_CONCURRENCY_QUOTA, RESERVED_CONCURRENCY } from '../limits/concurrency';
import { InvocationMode } from '../limits/invocation-mode';
import { Range } from '../limits/range';
import { ENVIRONMENTS_AT_ONCE, REQUESTS_PER_ENVIRONMENT, SECONDS_OF_SCALING_STEP } from '../limits/scaling';
import type { Ramp } from '../measure/ramp';
import { Brake, burst, Load, Room, steady } from '../measure/traffic';

/** What a profile says of its traffic. */
export interface Expected {
  readonly requestsPerSecond: number;
  readonly averageDuration: Duration;
  readonly burst: number;
}

/** What becomes of traffic under these conditions. */
export function estimateTraffic(expected: Expected, conditions: TrafficConditions): TrafficEstimate {
  checkConditions(conditions);
  const invocation = conditions.invocation ?? (conditions.sources?.length ? InvocationMode.POLLED : InvocationMode.SYNCHRONOUS);
  const [load, room] = [loadOf(expected, conditions, invocation), roomOf(conditions, invocation)];
  const [long, short] = [steady(load, room), burst(load, room)];
  const environments = conditions.reservedConcurrency === undefined ? TrafficLimit.ACCOUNT_QUOTA : TrafficLimit.RESERVED_CONCURRENCY;
  const inWords = (brake: Brake) => brake === 'environments' ? environments : LIMITS[brake];
  const isSource = room.source !== undefined && room.source.most < room.most;
  return {
    invocation,
    neededConcurrency: round(long.needed),
    concurrencyForRequestRate: round(long.forRequestRate),
    recommendedConcurrency: long.recommended,
    limit: isSource ? room.source!.most : room.most,
    limitSetBy: isSource ? TrafficLimit.SOURCE : environments,
    ...long.brake && { limitedBy: inWords(long.brake) },
    concurrencyInUse: round(long.inUse),
    throttledPerSecond: round(long.excess),
    throttledPerSecondAtRandom: round(long.excessAtRandom),
    spilloverPerSecond: room.ready > 0 ? round(long.spillover) : 0,
    throttledInBurst: load.burst - short.startedAtOnce,
    ...short.seconds !== undefined && { secondsUntilBurstIsServed: round(short.seconds) },
    ...short.brake && { burstLimitedBy: inWords(short.brake) },
    notes: notesOn(conditions, invocation, room),
  };
}

const LIMITS: Readonly<Record<Exclude<Brake, 'environments'>, TrafficLimit>> = {
  'request rate': TrafficLimit.REQUEST_RATE,
  'scaling rate': TrafficLimit.SCALING_RATE,
  'source': TrafficLimit.SOURCE,
};

const QUOTA: Range = { ...RESERVED_CONCURRENCY, min: 1 };

function checkConditions({ reservedConcurrency, quota, takenByOthers, provisionedConcurrency }: TrafficConditions): void {
  const check = (property: string, value: number | undefined, range: Range) => checkKnownNumber(value, range, {
    code: 'TrafficConditionsOutOfRange', property, fix: 'give what the function or the account has',
  });
  check('reservedConcurrency', reservedConcurrency, RESERVED_CONCURRENCY);
  check('quota', quota, QUOTA);
  check('takenByOthers', takenByOthers, RESERVED_CONCURRENCY);
  check('provisionedConcurrency', provisionedConcurrency, RESERVED_CONCURRENCY);
}

/** Invocations are requests; of records, as many as there are full batches. */
function loadOf(expected: Expected, { sources = [] }: TrafficConditions, invocation: InvocationMode): Load {
  const { requestsPerSecond, averageDuration, burst: size } = expected;
  const batch = invocation === InvocationMode.POLLED && sources.length > 0 ? Math.min(...sources.map(({ batchSize }) => batchSize)) : 1;
  return {
    perSecond: requestsPerSecond / batch,
    seconds: averageDuration.toMilliseconds({ integral: false }) / 1_000,
    burst: Math.ceil(size / batch),
    synchronous: invocation === InvocationMode.SYNCHRONOUS,
  };
}

function roomOf(conditions: TrafficConditions, invocation: InvocationMode): Room {
  const { reservedConcurrency, quota = DEFAULT_CONCURRENCY_QUOTA, takenByOthers = 0, provisionedConcurrency = 0, sources = [] } = conditions;
  const most = reservedConcurrency ?? Math.max(0, quota - takenByOthers);
  return {
    most,
    ready: Math.min(most, provisionedConcurrency),
    scaling: { atFirst: ENVIRONMENTS_AT_ONCE, perSecond: ENVIRONMENTS_AT_ONCE / SECONDS_OF_SCALING_STEP },
    requestsPerEnvironment: REQUESTS_PER_ENVIRONMENT,
    ...invocation === InvocationMode.POLLED && sources.length > 0 && { source: together(sources.map(({ _ramp }) => _ramp)) },
  };
}

function together(ramps: readonly Ramp[]): Ramp {
  const sum = (of: (ramp: Ramp) => number) => ramps.reduce((total, ramp) => total + of(ramp), 0);
  return { atFirst: sum(({ atFirst }) => atFirst), perSecond: sum(({ perSecond }) => perSecond), most: sum(({ most }) => most) };
}

function notesOn(conditions: TrafficConditions, invocation: InvocationMode, room: Room): string[] {
  const { reservedConcurrency, quota, takenByOthers, sources = [] } = conditions;
  const polls = invocation === InvocationMode.POLLED;
  return [
    ...reservedConcurrency === 0 ? ['the function is switched off: nothing is served'] : [],
    ...reservedConcurrency === undefined && quota === undefined
      ? [`the quota of the account is taken to be ${DEFAULT_CONCURRENCY_QUOTA.toLocaleString('en-US')}, AWS's default: new accounts have fewer, 10 or 50`] : [],
    ...reservedConcurrency === undefined ? [freeInWords(takenByOthers)] : [],
    ...invocation === InvocationMode.ASYNCHRONOUS
      ? ['events that find no environment are tried again after 1 second to 5 minutes, for up to 6 hours: a burst may take longer'] : [],
    ...polls && sources.length === 0 ? ['nothing is known of the source: records are taken to arrive one by one, and all at once'] : [],
    ...polls && sources.some(({ batchSize }) => batchSize > 1) ? ['batches are taken to be full, as they are where records wait; fewer records make smaller batches, and more of them'] : [],
    ...polls ? [...new Set(sources.flatMap(({ _note }) => _note ?? []))] : [],
    ...polls && sources.length > 1 ? ['the sources are taken together: the traffic is spread among them, in batches of the smallest size'] : [],
    ...room.source && room.source.perSecond > 0 && room.source.most > room.most
      ? ['Lambda polls more than the function can take: what is throttled goes back to the queue and counts as received; set a maximum concurrency'] : [],
  ];
}

function freeInWords(takenByOthers = 0): string {
  if (takenByOthers === 0) return 'all of the quota is taken to be free: other functions use it, too';
  return `${takenByOthers.toLocaleString('en-US')} of the quota are reserved or provisioned for others; the rest is taken to be free: other functions use it, too`;
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
