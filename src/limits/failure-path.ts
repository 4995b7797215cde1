import { InvocationMode } from './invocation-mode';

/** What becomes of the events of one source of a function that something goes wrong with, in words. */
export interface FailurePath {
  /** The source: a construct path, or an ARN or name as far as it is known. For one that Lambda polls, what it polls. */
  readonly source: string;

  /** The service that the events come from, e.g. `Amazon S3`; its service principal where that is all that is known. */
  readonly service: string;

  /**
   * Who waits for the answer.
   *
   * @default - the source may wait or not, as it says with each call
   */
  readonly mode?: InvocationMode;

  /** Name of the alias that is invoked, `$LATEST` or `a version`. */
  readonly qualifier: string;

  /** What happens when the function throws, or its environment fails. */
  readonly onError: string;

  /** What happens when the function does not end in time. */
  readonly onTimeout: string;

  /** What happens while there is no concurrency left for the function. */
  readonly onThrottle: string;

  /** What happens to an event that is larger than Lambda takes. */
  readonly onOversize: string;

  /** What an event does to others that the function fails for each time it sees it. */
  readonly onPoisonRecord: string;

  /**
   * Where an event ends for which all attempts failed: a place by its name, `lost: ...` where nobody keeps it, `nowhere: ...` where whoever waits
   * for the answer is told, `not known: ...` where that is not for this app to say.
   */
  readonly endsIn: string;
}
