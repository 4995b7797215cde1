import { Annotations, Duration } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { TrafficEstimate, TrafficLimit } from './traffic-estimate';
import { TrafficProfile } from './traffic-profile';
import { InvocationMode } from '../limits/invocation-mode';
import { mistake } from '../support/errors';

/** What is known of the function that a profile is given for. */
export interface Serving {
  readonly profile: TrafficProfile;
  readonly estimate: TrafficEstimate;
  /** How long an invocation may take, if that is known. */
  readonly timeout?: Duration;
  /** Whether the quota of the account was said, rather than assumed. */
  readonly quotaIsKnown: boolean;
  /** What others of the app have taken of the quota. */
  readonly takenByOthers?: number;
}

const DOCS = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html';

/** What surely goes wrong with the traffic. Returns messages, as the CDK asks for. */
export function trafficMistakes(scope: IConstruct, serving: Serving): string[] {
  return [...slowerThanTimeout(scope, serving), ...moreThanThereIs(scope, serving)];
}

function slowerThanTimeout(scope: IConstruct, { profile, timeout }: Serving): string[] {
  if (timeout === undefined || profile.averageDuration.toMilliseconds({ integral: false }) <= timeout.toMilliseconds({ integral: false })) return [];
  return [mistake(scope, {
    code: 'TrafficSlowerThanTimeout',
    property: 'traffic.averageDuration',
    allowed: `at most the timeout of the function, ${inSeconds(timeout)}`,
    got: inSeconds(profile.averageDuration),
    fix: "raise 'timeout', or give what an invocation takes on average",
  }).message];
}

/** What a source or an assumed quota holds back is a warning: filters and batches, or a raised quota may make up for it. */
function moreThanThereIs(scope: IConstruct, { profile, estimate, quotaIsKnown, takenByOthers = 0 }: Serving): string[] {
  const { limitedBy, limitSetBy } = estimate;
  const isSure = limitSetBy === TrafficLimit.RESERVED_CONCURRENCY || (limitSetBy === TrafficLimit.ACCOUNT_QUOTA && quotaIsKnown);
  if (!limitedBy || !isSure || estimate.limit === 0) return [];
  const account = takenByOthers > 0 ? `the ${estimate.limit} that others leave of the quota of the account` : `a quota of the account of ${estimate.limit}`;
  const room = limitSetBy === TrafficLimit.RESERVED_CONCURRENCY ? `a reserved concurrency of ${estimate.limit}` : account;
  const each = `${inSeconds(profile.averageDuration)} for each ${estimate.invocation === InvocationMode.POLLED ? 'batch' : 'request'}`;
  const served = limitedBy === TrafficLimit.REQUEST_RATE ? 'ten requests per second for each' : each;
  return [mistake(scope, {
    code: 'TrafficExceedsConcurrency',
    property: 'traffic.requestsPerSecond',
    allowed: `at most ${Math.floor(profile.requestsPerSecond - excessIn(profile, estimate))} with ${room}, ${served}`,
    got: profile.requestsPerSecond,
    fix: limitSetBy === TrafficLimit.RESERVED_CONCURRENCY
      ? `reserve ${estimate.recommendedConcurrency}, or leave the reservation out (${DOCS})`
      : `have the quota raised to more than ${estimate.recommendedConcurrency + takenByOthers}, or make the function faster (${DOCS})`,
  }).message];
}

/** Requests, of batches of records as many records. */
function excessIn({ requestsPerSecond, averageDuration }: TrafficProfile, { throttledPerSecond, neededConcurrency }: TrafficEstimate): number {
  const invocations = neededConcurrency * 1_000 / averageDuration.toMilliseconds({ integral: false });
  return invocations > 0 ? throttledPerSecond * requestsPerSecond / invocations : 0;
}

/** What may go wrong: each can be acknowledged. */
export function warnOfTraffic(scope: IConstruct, serving: Serving): void {
  const warn = (id: string, text: string) => Annotations.of(scope).addWarningV2(`cdk-event-functions:${id}`, text);
  const { profile: { requestsPerSecond, burst }, estimate, quotaIsKnown } = serving;
  const { limitedBy, limitSetBy, limit, throttledInBurst, secondsUntilBurstIsServed: seconds, burstLimitedBy, recommendedConcurrency } = estimate;
  if (limit === 0) return;
  if (limitedBy && (limitSetBy === TrafficLimit.SOURCE || (limitSetBy === TrafficLimit.ACCOUNT_QUOTA && !quotaIsKnown))) {
    warn('traffic-is-served', `traffic of ${requestsPerSecond} requests per second takes a concurrency of ${Math.ceil(Math.max(estimate.neededConcurrency, estimate.concurrencyForRequestRate))}, `
      + `and there is one of ${limit} (${limitSetBy}): ${estimate.throttledPerSecond}${fate(estimate)}`);
  }
  if (!limitedBy && estimate.throttledPerSecondAtRandom > 0.01 * requestsPerSecond) {
    warn('traffic-has-room', `requests that arrive at random are not spread evenly: ${estimate.throttledPerSecondAtRandom} of ${requestsPerSecond} per second are refused `
      + `with a concurrency of ${limit} (${limitSetBy}); ${recommendedConcurrency} would do`);
  }
  if (burst === 0 || limitedBy || seconds === 0) return;
  if (estimate.invocation === InvocationMode.SYNCHRONOUS) {
    warn('burst-is-served', `${throttledInBurst} of the ${burst} requests of a burst are refused at first, because of the ${burstLimitedBy}; `
      + `${seconds === undefined ? 'there is never room for them' : `callers who try again are served within ${seconds} seconds`}`);
  } else if (seconds === undefined) {
    warn('burst-is-served', `a burst of ${burst} is never worked off, because of the ${burstLimitedBy}: steady traffic takes all of the concurrency of ${limit}`);
  }
}

function fate({ invocation }: TrafficEstimate): string {
  if (invocation === InvocationMode.SYNCHRONOUS) return ' per second are refused';
  return `${invocation === InvocationMode.POLLED ? ' batches' : ''} per second pile up until they expire`;
}

function inSeconds(duration: Duration): string {
  return `${duration.toMilliseconds({ integral: false }) / 1_000} s`;
}
