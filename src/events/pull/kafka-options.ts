import { Duration } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** How Lambda reads a topic of Apache Kafka. */
export interface KafkaMappingOptions {
  /** Name of the topic: 2 to 249 letters, digits, `.`, `_` and `-`, and no dot at the start. To change it makes a new mapping. */
  readonly topic: string;

  /**
   * The consumer group that Lambda joins: 1 to 200 characters. No other mapping may have the same. To change it makes a new mapping, which
   * begins at `startingPosition`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-consumer-group-id.html
   * @default - one with the id of the mapping
   */
  readonly consumerGroupId?: string;

  /**
   * Where in the topic a new mapping begins whose consumer group has read nothing yet. With `LATEST`, records are missed that are written
   * while it is made. To change it makes a new mapping.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-starting-positions.html
   * @default StartingPosition.TRIM_HORIZON, or AT_TIMESTAMP with `startingPositionTimestamp`
   */
  readonly startingPosition?: lambda.StartingPosition;

  /**
   * From when on the topic is read, in seconds of Unix time. Not in the future.
   *
   * @default - see `startingPosition`
   */
  readonly startingPositionTimestamp?: number;

  /**
   * The most records of one batch: from 1 to 10,000. A batch never has more than 6 MB.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/msk-esm-parameters.html
   * @default 100
   */
  readonly batchSize?: number;

  /**
   * How long records are gathered for a batch: whole seconds, from 0 to 300. Once it was set, only a new mapping has the default again.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
   * @default - half a second
   */
  readonly maxBatchingWindow?: Duration;

  /**
   * Pollers for this mapping alone (provisioned mode), which cost extra: 1 to 200 at least, 1 to 2,000 at most. Only with them a batch is ever
   * given up, and the options take effect that say so.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html
   * @default - Lambda decides (on-demand mode)
   */
  readonly provisionedPollerConfig?: lambda.ProvisionedPollerConfig;

  /**
   * Whether a failed batch is halved until the bad record is alone. Only with `provisionedPollerConfig`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
   * @default true, with `provisionedPollerConfig`
   */
  readonly bisectBatchOnError?: boolean;

  /**
   * How often a batch is tried again for which the function failed: from 0 to 10,000, or -1 for as long as the records are there. Meanwhile
   * the partition waits. Only with `provisionedPollerConfig`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
   * @default 10, with `provisionedPollerConfig`
   */
  readonly retryAttempts?: number;

  /**
   * How old a record may be that is still handed to the function: whole seconds, from 1 minute to 7 days. Only with
   * `provisionedPollerConfig`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
   * @default - as old as the topic keeps it
   */
  readonly maxRecordAge?: Duration;

  /**
   * Whether the function answers with the records that failed (`batchItemFailures`), so that the others are not tried again. A handler that
   * returns nothing is taken to have succeeded with all of them. Only with `provisionedPollerConfig`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
   * @default - true if the code of the function is seen to return them, with `provisionedPollerConfig`, else false
   */
  readonly reportBatchItemFailures?: boolean;

  /**
   * Where it is told which records were given up: a standard queue or topic of Amazon SNS, or a bucket, which gets the records themselves; with
   * `provisionedPollerConfig` also another topic of the same cluster (`KafkaDlq`). The network of the brokers must reach it, through an
   * endpoint of that service in their VPC.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html
   * @default - with `provisionedPollerConfig`, an encrypted queue that keeps what it gets for 14 days, one per function; else none
   */
  readonly onFailure?: lambda.IEventSourceDlq;

  /**
   * Whether there is a queue for records that were given up where `onFailure` names no place. Without one, they are skipped and nothing tells
   * of them.
   *
   * @default true, with `provisionedPollerConfig`
   */
  readonly keepFailedRecords?: boolean;

  /**
   * Patterns of which a record must match one to reach the function; the others are skipped. Up to 5, or 10 after a quota increase.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-filtering.html
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
   * The registry whose schemas records are decoded with. Only with `provisionedPollerConfig`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-consume-kafka-events.html
   * @default - records are handed on as they are
   */
  readonly schemaRegistryConfig?: lambda.ISchemaRegistry;

  /**
   * What the pollers log, beside the logs of the function. Only with `provisionedPollerConfig`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/esm-logging.html
   * @default - nothing
   */
  readonly logLevel?: lambda.EventSourceMappingLogLevel;

  /**
   * Which metrics of the mapping are published.
   *
   * @default - only metrics of the function
   */
  readonly metricsConfig?: lambda.MetricsConfig;

  /**
   * Whether Lambda reads the topic. While it does not, records may expire.
   *
   * @default true
   */
  readonly enabled?: boolean;
}
