import { Duration } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** How Lambda reads a stream: what is the same for Amazon Kinesis and Amazon DynamoDB. */
export interface StreamMappingOptions {
  /**
   * The most records of one batch: from 1 to 10,000. A batch never has more than 6 MB.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html
   * @default 100
   */
  readonly batchSize?: number;

  /**
   * How long records are gathered for a batch: whole seconds, from 0 to 300.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html
   * @default Duration.seconds(0)
   */
  readonly maxBatchingWindow?: Duration;

  /**
   * Whether a failed batch is halved until the bad record is alone. That costs none of the `retryAttempts`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
   * @default true
   */
  readonly bisectBatchOnError?: boolean;

  /**
   * How often a batch is tried again for which the function failed: from 0 to 10,000, or -1 for as long as the records are there. Meanwhile
   * the shard waits.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
   * @default 10
   */
  readonly retryAttempts?: number;

  /**
   * How old a record may be that is still handed to the function: whole seconds, from 1 minute to 7 days. It is all that ends the waiting
   * while the function is throttled.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
   * @default Duration.hours(12), half of what a stream keeps at least
   */
  readonly maxRecordAge?: Duration;

  /**
   * How many batches of one shard are processed at once: from 1 to 10. Records with the same key keep their order.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html
   * @default 1
   */
  readonly parallelizationFactor?: number;

  /**
   * Whether the function answers with the records that failed (`batchItemFailures`), so that the others are not tried again. A handler that
   * returns nothing is taken to have succeeded with all of them.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
   * @default - true if the code of the function is seen to return them, else false
   */
  readonly reportBatchItemFailures?: boolean;

  /**
   * How much of the stream is aggregated by a function that keeps a state: whole seconds, up to 900.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html
   * @default - each batch is by itself
   */
  readonly tumblingWindow?: Duration;

  /**
   * Where it is told which records were given up: a standard queue or topic, or a bucket, which alone gets the records themselves; the
   * others get their place in the stream, which must be read before the stream drops them.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
   * @default - an encrypted queue that keeps what it gets for 14 days, one per function; see `keepFailedRecords`
   */
  readonly onFailure?: lambda.IEventSourceDlq;

  /**
   * Whether there is a queue for records that were given up where `onFailure` names no place. Without one, they are skipped and nothing tells
   * of them.
   *
   * @default true
   */
  readonly keepFailedRecords?: boolean;

  /**
   * Patterns of which a record must match one to reach the function; the others are skipped. Up to 5, or 10 after a quota increase. Made by
   * `EventFilter`, or by `lambda.FilterCriteria.filter()`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
   * @default - all records
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
   * Whether Lambda reads the stream. While it does not, records may expire.
   *
   * @default true
   */
  readonly enabled?: boolean;
}
