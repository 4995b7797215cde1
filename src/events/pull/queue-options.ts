import { Duration } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/**
 * How Lambda polls a queue: the properties of the CDK's own `SqsEventSource`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html
 */
export interface QueueSourceOptions {
  /**
   * The most messages of one batch: from 1 to 10,000, over 10 with a `maxBatchingWindow` only; from 1 to 10 for a FIFO queue. A batch never has
   * more than 6 MB.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html
   * @default 10
   */
  readonly batchSize?: number;

  /**
   * How long messages are gathered for a batch: whole seconds, from 0 to 300. Meanwhile they are hidden. Not for a FIFO queue.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html
   * @default Duration.seconds(0)
   */
  readonly maxBatchingWindow?: Duration;

  /**
   * How many batches the function may be handed at once: from 2 to 1,000, and no more than are reserved for it. What Lambda reads beyond the
   * reserved concurrency counts as received all the same, and becomes a dead letter that was never tried.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
   * @default - what is reserved for the function, shared evenly among its queues, but never less than 2; as much as Lambda reads (up to 1,250)
   * if less than 2 or nothing is reserved, or pollers are provisioned
   */
  readonly maxConcurrency?: number;

  /**
   * Pollers for this mapping alone, which cost extra and follow a burst faster: from 2 to 200 at least. Each invokes the function up to 10 times
   * at once. Not together with `maxConcurrency`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
   * @default - Lambda decides
   */
  readonly provisionedPollerConfig?: lambda.ProvisionedPollerConfig;

  /**
   * Whether the function answers with the messages that failed (`batchItemFailures`), so that the others do not come again. A handler that
   * returns nothing is taken to have succeeded with all of them.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
   * @default - true if the code of the function is seen to return them, else false
   */
  readonly reportBatchItemFailures?: boolean;

  /**
   * Patterns of which a message must match one to reach the function; the others are deleted. Up to 5, or 10 after a quota increase.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
   * @default - all messages
   */
  readonly filters?: { [key: string]: any }[];

  /**
   * The key that the filters are encrypted with. Only with `filters`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
   * @default - a key that AWS owns
   */
  readonly filterEncryption?: kms.IKey;

  /**
   * Which metrics of the mapping are published.
   *
   * @default - only metrics of the function
   */
  readonly metricsConfig?: lambda.MetricsConfig;

  /**
   * Whether Lambda reads at all. What is not read meanwhile stays in the queue, as long as that keeps it.
   *
   * @default true
   */
  readonly enabled?: boolean;
}
