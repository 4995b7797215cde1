import { PollingBound } from './polling-bound';
import { InvocationMode } from '../limits/invocation-mode';

/** What holds traffic back. */
export enum TrafficLimit {
  /** The function's reserved concurrency. */
  RESERVED_CONCURRENCY = 'reserved concurrency',

  /** The concurrency of the account in the Region, or what others leave of it. */
  ACCOUNT_QUOTA = 'account quota',

  /** Ten synchronous requests per second for each unit of concurrency. */
  REQUEST_RATE = 'request rate',

  /** 1,000 new environments every 10 seconds. */
  SCALING_RATE = 'scaling rate',

  /** How many batches of its source Lambda processes at once. */
  SOURCE = 'source',
}

/** What a function may use, and who invokes it. */
export interface TrafficConditions {
  /**
   * Reserved concurrency of the function; 0 switches it off.
   *
   * @default - the function shares the concurrency of the account
   */
  readonly reservedConcurrency?: number;

  /**
   * Concurrency of the account in the Region.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
   * @default 1000
   */
  readonly quota?: number;

  /**
   * What of the quota is reserved or provisioned for other functions, or for other aliases of this one: it is not there for
   * this traffic, used or not. A whole number. Means nothing to a function with a reservation.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
   * @default 0
   */
  readonly takenByOthers?: number;

  /**
   * Provisioned concurrency: environments that are there before anybody asks.
   *
   * @default 0
   */
  readonly provisionedConcurrency?: number;

  /**
   * Who invokes.
   *
   * @default - InvocationMode.POLLED if there are sources, else InvocationMode.SYNCHRONOUS
   */
  readonly invocation?: InvocationMode;

  /**
   * What Lambda polls. Requests of the profile are then records, of which a batch makes one invocation.
   *
   * @default - nothing holds the traffic back before it reaches the function
   */
  readonly sources?: PollingBound[];
}

/** What becomes of traffic at a function. Numbers of requests are numbers of invocations: of batches, where Lambda polls. */
export interface TrafficEstimate {
  /** Who invokes. */
  readonly invocation: InvocationMode;

  /** Concurrency that the steady traffic takes on average: rate times duration. */
  readonly neededConcurrency: number;

  /** Concurrency that the rate of synchronous requests takes, however short they are: a tenth of it. 0 for other traffic. */
  readonly concurrencyForRequestRate: number;

  /** Concurrency with which at most one in a thousand requests is refused, if they arrive at random. Without a burst. */
  readonly recommendedConcurrency: number;

  /** Concurrency that there is for this traffic. */
  readonly limit: number;

  /** What sets that limit. */
  readonly limitSetBy: TrafficLimit;

  /**
   * What holds the steady traffic back.
   *
   * @default - nothing does
   */
  readonly limitedBy?: TrafficLimit;

  /** Concurrency that the steady traffic has in the end. */
  readonly concurrencyInUse: number;

  /** Requests per second that find no environment even if they arrive evenly: callers are refused, events and records pile up. */
  readonly throttledPerSecond: number;

  /** The same if requests arrive at random, as those of many independent callers do. */
  readonly throttledPerSecondAtRandom: number;

  /** Requests per second that provisioned environments do not take, and others must. */
  readonly spilloverPerSecond: number;

  /** Requests of the burst that find no environment when they arrive: callers are refused, events and records wait. */
  readonly throttledInBurst: number;

  /**
   * Seconds between the burst and the moment when the last of its requests has an environment, if those that were refused
   * come again at once. 0 if all have one when they arrive.
   *
   * @default - it is never served
   */
  readonly secondsUntilBurstIsServed?: number;

  /**
   * What holds the burst back first.
   *
   * @default - nothing does
   */
  readonly burstLimitedBy?: TrafficLimit;

  /** What the estimate takes for granted, and what to know besides. */
  readonly notes: string[];
}
