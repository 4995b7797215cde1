import { Duration } from 'aws-cdk-lib';
import { AsynchronousSourceOptions } from './asynchronous-options';

/** What may be said about a source that tries again itself until Lambda takes an event. */
export interface DeliveryOptions extends AsynchronousSourceOptions {
  /**
   * How often the service tries again to hand an event over to Lambda: between 0 and 185 times.
   *
   * It is not how often the function is tried: see `retryAttempts` of the function.
   *
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
   * @default 185
   */
  readonly retryAttempts?: number;

  /**
   * How long the service tries to hand an event over to Lambda: between 60 seconds and 24 hours.
   *
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
   * @default Duration.hours(24)
   */
  readonly maxEventAge?: Duration;
}
