import { Duration, Token } from 'aws-cdk-lib';
import { estimateTraffic } from './estimate';
import { TrafficConditions, TrafficEstimate } from './traffic-estimate';
import { mistake } from '../support/errors';

/** What traffic a function is expected to have. */
export interface TrafficProfileProps {
  /** Requests per second in the long run: events, or records where Lambda polls. At least 0; may be a fraction. */
  readonly requestsPerSecond: number;

  /** How long an invocation takes on average: of a batch, where Lambda polls. More than 0. */
  readonly averageDuration: Duration;

  /**
   * Requests that arrive at once on top of the others: a whole number of at least 0.
   *
   * @default 0
   */
  readonly burst?: number;
}

/**
 * The traffic that a function is expected to have, and what would become of it: the concurrency that it needs, what is
 * throttled, and how long a burst takes.
 *
 * The estimate is that of an account in which nothing else happens. An environment takes one request after the other;
 * cold starts are not counted, nor is that environments which are not used for some minutes go.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 * @example
 * import { Duration } from 'aws-cdk-lib';
 * import { TrafficProfile } from 'cdk-event-functions';
 *
 * const profile = new TrafficProfile({ requestsPerSecond: 200, averageDuration: Duration.millis(350), burst: 2000 });
 * const estimate = profile.estimate({ reservedConcurrency: 100 });
 * estimate.neededConcurrency; // 70
 * estimate.secondsUntilBurstIsServed; // 23.1
 */
export class TrafficProfile {
  /** Requests per second in the long run. */
  public readonly requestsPerSecond: number;

  /** How long an invocation takes on average. */
  public readonly averageDuration: Duration;

  /** Requests that arrive at once on top of the others. */
  public readonly burst: number;

  /** Refuses what is negative, no number, infinite or not known before the deployment. */
  constructor(props: TrafficProfileProps) {
    const { requestsPerSecond, averageDuration, burst = 0 } = props;
    const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value) && value >= 0 && !Token.isUnresolved(value);
    if (!isNumber(requestsPerSecond)) throw wrong('requestsPerSecond', 'a number of at least 0', requestsPerSecond);
    if (!isNumber(burst) || !Number.isSafeInteger(burst)) throw wrong('burst', 'a whole number of at least 0', burst);
    const duration = inWords(averageDuration);
    if (typeof duration === 'string') throw wrong('averageDuration', 'a duration of more than 0', duration);
    this.requestsPerSecond = requestsPerSecond;
    this.averageDuration = averageDuration;
    this.burst = burst;
  }

  /**
   * What would become of the traffic. `EventFunction.trafficEstimate()` asks this with what it knows of itself.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html
   */
  public estimate(conditions: TrafficConditions = {}): TrafficEstimate {
    return estimateTraffic(this, conditions);
  }
}

/** What is wrong with a duration; a number of milliseconds if nothing is. */
function inWords(duration: Duration | undefined): string | number {
  if (duration === undefined || duration.isUnresolved()) return duration === undefined ? 'undefined' : 'a token';
  const milliseconds = duration.toMilliseconds({ integral: false });
  return Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : `${milliseconds} ms`;
}

function wrong(property: string, allowed: string, got: unknown): Error {
  return mistake(undefined, {
    code: 'TrafficProfileMalformed',
    property,
    allowed: `${allowed}, known before the deployment`,
    got,
    fix: 'take it from the metrics of the function, or from what its callers are built for',
  });
}
