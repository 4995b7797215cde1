import { Duration, Lazy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { QueuePullSource } from './queue';
import { QueueSourceOptions } from './queue-options';
import { functionOf } from '../../failure/function-of';
import { isLastQueue } from '../../failure/last-queue';
import { DEFAULT_TIMEOUT, TIMEOUT } from '../../limits/compute';
import { MAX_RECEIVE_COUNT, QUEUE_GUIDANCE, QUEUE_RETENTION } from '../../limits/queue-mapping';
import { checkWholeNumber } from '../../support/checks';
import { isKnown } from '../../support/tokens';

const DAY = 86_400;

/** A queue that is made for the functions that read it. */
export interface OwnQueueSourceOptions extends QueueSourceOptions {
  /**
   * Whether messages keep their order within a group and come once.
   *
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fifo-queues.html
   * @default false
   */
  readonly fifo?: boolean;

  /**
   * For a FIFO queue: whether messages with the same body are the same, so that senders need not give a deduplication id.
   *
   * @default false
   */
  readonly contentBasedDeduplication?: boolean;

  /**
   * How often a message is received before it goes to the dead-letter queue: from 1 to 1,000. With fewer than 5, messages may end there
   * that were never tried, because the function was throttled. The queue keeps messages for as long as that takes: 4 to 14 days.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
   * @default 5
   */
  readonly maxReceiveCount?: number;

  /**
   * The key that both queues are encrypted with. Services that send to the queue (Amazon S3, Amazon SNS, EventBridge) must be allowed to
   * use it.
   *
   * @default - a key that Amazon SQS owns
   */
  readonly encryptionMasterKey?: kms.IKey;

  /**
   * Name of the queue; that of the dead-letter queue is made by CloudFormation. For a FIFO queue it ends with `.fifo`.
   *
   * @default - a name that CloudFormation makes
   */
  readonly queueName?: string;
}

/**
 * A queue that is made for the functions that read it, and its dead-letter queue. Made by `PullSource.newQueue()`.
 *
 * Its visibility timeout is six times the longest timeout of the functions, plus the batching window; that of a function whose timeout is
 * not known counts as 15 minutes.
 */
export class OwnQueuePullSource extends QueuePullSource {
  /** Where messages go that were received too often. Keeps them for 14 days. */
  public readonly deadLetterQueue: sqs.IQueue;

  /** The functions that read the queue. */
  private readonly readers: lambda.IFunction[];

  /** @internal */
  constructor(scope: Construct, id: string, options: OwnQueueSourceOptions) {
    const { fifo, contentBasedDeduplication, maxReceiveCount = QUEUE_GUIDANCE.maxReceiveCount, encryptionMasterKey, queueName, ...mapping } = options;
    checkWholeNumber(scope, maxReceiveCount, MAX_RECEIVE_COUNT, {
      code: 'QueueMaxReceiveCountOutOfRange', property: 'maxReceiveCount', fix: `leave it out for ${QUEUE_GUIDANCE.maxReceiveCount}`,
    });
    const readers: lambda.IFunction[] = [];
    const encryption = encryptionMasterKey ? sqs.QueueEncryption.KMS : sqs.QueueEncryption.SQS_MANAGED;
    // `false` would be an error of CloudFormation
    const common: sqs.QueueProps = { fifo: fifo || undefined, encryption, encryptionMasterKey, enforceSSL: true };
    const deadLetterQueue = new sqs.Queue(scope, `${id}DeadLetters`, { ...common, retentionPeriod: Duration.days(QUEUE_RETENTION.max) });
    isLastQueue(deadLetterQueue, 'messages that were received too often');
    super(new sqs.Queue(scope, id, {
      ...common,
      queueName,
      contentBasedDeduplication,
      retentionPeriod: Duration.seconds(Lazy.uncachedNumber({ produce: () => retentionFor(maxReceiveCount, visibilityFor(readers, mapping)) })),
      visibilityTimeout: Duration.seconds(Lazy.uncachedNumber({ produce: () => visibilityFor(readers, mapping) })),
      deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount },
    }), mapping);
    this.readers = readers;
    this.deadLetterQueue = deadLetterQueue;
  }

  /** Called by `addEventSource()`: makes the mapping, lets the execution role consume messages, and makes the queue wait long enough. */
  public bind(target: lambda.IFunction): void {
    super.bind(target);
    this.readers.push(target);
  }
}

/** The visibility timeout that AWS recommends for a queue with these readers, in seconds. */
function visibilityFor(readers: readonly lambda.IFunction[], { maxBatchingWindow }: QueueSourceOptions): number {
  const window = maxBatchingWindow === undefined || maxBatchingWindow.isUnresolved() ? 0 : maxBatchingWindow.toSeconds();
  return QUEUE_GUIDANCE.visibilityFactor * Math.max(...readers.map(timeoutOf), DEFAULT_TIMEOUT) + window;
}

/**
 * How long messages are kept, in seconds: what SQS does by default, or a day more than it takes to receive a message as often as it may be. What
 * is dropped before is no dead letter, but lost.
 */
function retentionFor(maxReceiveCount: number, visibility: number): number {
  const receives = isKnown(maxReceiveCount) ? maxReceiveCount : QUEUE_GUIDANCE.maxReceiveCount;
  return Math.min(Math.max(QUEUE_RETENTION.default * DAY, receives * visibility + DAY), QUEUE_RETENTION.max * DAY);
}

/** How long a function may run at most, in seconds. */
function timeoutOf(reader: lambda.IFunction): number {
  const resource = functionOf(reader);
  if (!resource) return TIMEOUT.max;
  const { timeout = DEFAULT_TIMEOUT } = resource;
  return isKnown(timeout) ? timeout : TIMEOUT.max;
}
