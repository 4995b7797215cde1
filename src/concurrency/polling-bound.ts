import { checkKnownNumber } from './known-number';
import { BATCH_SIZE, MAX_CONCURRENCY } from '../limits/queue-mapping';
import { Range } from '../limits/range';
import {
  BROKER_CONCURRENCY, CHANGE_STREAM_CONCURRENCY, DEFAULT_BATCH_SIZE, DEFAULT_POLLERS, MAXIMUM_POLLERS, MINIMUM_POLLERS, PARALLELIZATION_FACTOR,
  QUEUE_POLLERS, QUEUE_POLLING,
} from '../limits/scaling';
import type { Ramp } from '../measure/ramp';
import { mistake } from '../support/errors';

/** How many records Lambda hands to a function at once. */
export interface PolledBatchOptions {
  /**
   * Records of one batch: 1 to 10,000.
   *
   * @default - that of Lambda: 10 messages of a queue, 100 records of everything else
   */
  readonly batchSize?: number;
}

/**
 * How Lambda polls a queue, as its mapping says.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export interface QueueBoundOptions extends PolledBatchOptions {
  /**
   * Concurrent invocations that the mapping may cause: 2 to 1,000. Not together with pollers.
   *
   * @default - 1,250, which is the most that Lambda does for one mapping
   */
  readonly maximumConcurrency?: number;

  /**
   * Pollers that are always there, of the provisioned mode: 2 to 200, for 10 concurrent invocations each.
   *
   * @default - Lambda polls without provisioned pollers, or, if `maximumPollers` is given, with 2
   */
  readonly minimumPollers?: number;

  /**
   * Pollers that there may be, of the provisioned mode: at least `minimumPollers`.
   *
   * @default - Lambda polls without provisioned pollers, or, if `minimumPollers` is given, with up to 200
   */
  readonly maximumPollers?: number;

  /**
   * Message groups of a FIFO queue that have messages at the same time: each is processed one batch after the other.
   *
   * @default - the queue is a standard queue
   */
  readonly messageGroups?: number;
}

/**
 * How Lambda reads a stream of Kinesis or DynamoDB.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
 */
export interface StreamBoundOptions extends PolledBatchOptions {
  /** Open shards of the stream. */
  readonly shards: number;

  /**
   * Batches of one shard that are processed at once: 1 to 10.
   *
   * @default 1
   */
  readonly parallelizationFactor?: number;
}

/**
 * How Lambda reads a topic of Kafka.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html
 */
export interface KafkaBoundOptions extends PolledBatchOptions {
  /** Partitions of the topic: no more than one consumer reads each. */
  readonly partitions: number;
}

const COUNT: Range = { min: 1, max: Infinity, unit: 'pieces', source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html' };

/**
 * How many batches of a source Lambda processes at once, at most.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
export class PollingBound {
  /** An Amazon SQS queue: 5 batches at first, 300 more a minute, unless the mapping says otherwise. */
  public static queue(options: QueueBoundOptions = {}): PollingBound {
    check('batchSize', options.batchSize, BATCH_SIZE);
    check('maximumConcurrency', options.maximumConcurrency, MAX_CONCURRENCY);
    check('minimumPollers', options.minimumPollers, MINIMUM_POLLERS);
    check('maximumPollers', options.maximumPollers, { ...MAXIMUM_POLLERS, min: options.minimumPollers ?? MINIMUM_POLLERS.min });
    check('messageGroups', options.messageGroups, { ...COUNT, unit: 'message groups' });
    checkOneWay(options);
    return new PollingBound(rampOfQueue(options), options.batchSize ?? DEFAULT_BATCH_SIZE.queue);
  }

  /** A stream of Kinesis or DynamoDB: as many batches as shards times parallelization factor. */
  public static stream(options: StreamBoundOptions): PollingBound {
    const { shards, parallelizationFactor = 1 } = options;
    check('shards', shards, { ...COUNT, unit: 'shards' });
    check('parallelizationFactor', parallelizationFactor, PARALLELIZATION_FACTOR);
    return PollingBound.fixed(shards * parallelizationFactor, options);
  }

  /** A topic of Kafka: as many batches as partitions, once Lambda has scaled up to that many consumers. */
  public static kafka(options: KafkaBoundOptions): PollingBound {
    check('partitions', options.partitions, { ...COUNT, unit: 'partitions' });
    return PollingBound.fixed(options.partitions, options, 'Lambda adds consumers of a topic within minutes, and begins with one: a burst may take longer');
  }

  /** A broker of Apache ActiveMQ: 5 batches. */
  public static activeMq(options: PolledBatchOptions = {}): PollingBound {
    return PollingBound.fixed(BROKER_CONCURRENCY.activeMq, options);
  }

  /** A broker of RabbitMQ: one batch. */
  public static rabbitMq(options: PolledBatchOptions = {}): PollingBound {
    return PollingBound.fixed(BROKER_CONCURRENCY.rabbitMq, options);
  }

  /** A change stream of DocumentDB: one batch. */
  public static documentDb(options: PolledBatchOptions = {}): PollingBound {
    return PollingBound.fixed(CHANGE_STREAM_CONCURRENCY, options);
  }

  /**
   * A source of which nothing is known but its batches.
   *
   * @internal
   */
  public static _unknown(batchSize: number): PollingBound {
    return new PollingBound({ atFirst: Infinity, perSecond: 0, most: Infinity }, batchSize);
  }

  private static fixed(concurrency: number, { batchSize }: PolledBatchOptions, note?: string): PollingBound {
    check('batchSize', batchSize, BATCH_SIZE);
    return new PollingBound({ atFirst: concurrency, perSecond: 0, most: concurrency }, batchSize ?? DEFAULT_BATCH_SIZE.others, note);
  }

  /** Batches that may be processed at once. */
  public readonly concurrency: number;

  /** Records of a full batch. */
  public readonly batchSize: number;

  /** @internal */
  public readonly _ramp: Ramp;

  /** @internal */
  public readonly _note?: string;

  private constructor(ramp: Ramp, batchSize: number, note?: string) {
    this.concurrency = ramp.most;
    this.batchSize = batchSize;
    this._ramp = ramp;
    this._note = note;
  }
}

function rampOfQueue({ maximumConcurrency, minimumPollers, maximumPollers, messageGroups = Infinity }: QueueBoundOptions): Ramp {
  if (minimumPollers !== undefined || maximumPollers !== undefined) {
    const { concurrency, perMinute } = QUEUE_POLLERS;
    const fewest = minimumPollers ?? DEFAULT_POLLERS.minimum;
    const most = Math.min(messageGroups, (maximumPollers ?? Math.max(fewest, DEFAULT_POLLERS.maximum)) * concurrency);
    return { atFirst: Math.min(most, fewest * concurrency), perSecond: perMinute / 60, most };
  }
  const most = Math.min(maximumConcurrency ?? QUEUE_POLLING.most, messageGroups);
  // Lambda reads all groups of a FIFO queue that have messages: there is nothing to scale up to.
  if (messageGroups !== Infinity) return { atFirst: most, perSecond: 0, most };
  return { atFirst: Math.min(most, QUEUE_POLLING.atFirst), perSecond: QUEUE_POLLING.perMinute / 60, most };
}

function check(property: string, value: number | undefined, range: Range): void {
  checkKnownNumber(value, range, { code: 'PollingBoundOutOfRange', property, fix: 'give what the mapping or its source has' });
}

function checkOneWay({ maximumConcurrency, minimumPollers, maximumPollers }: QueueBoundOptions): void {
  if (maximumConcurrency === undefined || (minimumPollers === undefined && maximumPollers === undefined)) return;
  throw mistake(undefined, {
    code: 'PollingBoundAmbiguous',
    property: 'maximumConcurrency',
    allowed: 'left out with minimumPollers or maximumPollers',
    got: maximumConcurrency,
    fix: 'Lambda refuses a mapping with both; drop one of them',
  });
}
