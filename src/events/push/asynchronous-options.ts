/** What may be said about any source that hands events to Lambda and does not wait. */
export interface AsynchronousSourceOptions {
  /**
   * Keep events for which all attempts failed in an encrypted queue, for 14 days, if nothing else is said about them.
   *
   * An on-failure destination or a dead-letter queue of the function takes the place of the queue, whenever it is given. For a
   * function that is imported nothing is kept: its settings are its owner's.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
   * @default true
   */
  readonly keepFailedEvents?: boolean;
}
