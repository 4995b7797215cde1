/** What may be said about any source that hands events to Lambda and does not wait. */
export interface AsynchronousSourceOptions {
  /**
   * Keep events for which all attempts failed in an encrypted queue, for 14 days, if nothing else is said about them.
   *
   * An on-failure destination or a dead-letter queue of the function takes the place of the queue, whenever it is given. For a
   * function that is imported nothing is kept: its settings are its owner's.
   *
   * How often Lambda tries again (0 to 2 times) and how long it keeps an event that it cannot hand over (1 minute to 6 hours) is
   * said once for an alias, and is the same for all its sources: `retryAttempts` and `maxEventAge` of the function, or
   * `configureAsyncInvoke()`. Sources that are to differ in that need an alias each (`addAlias()`).
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
   * @default true
   */
  readonly keepFailedEvents?: boolean;
}
