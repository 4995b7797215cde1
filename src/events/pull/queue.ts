import { Names } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { checkFilterPatterns, checkFilters } from './filter-checks';
import { addMapping, mayDecrypt, mayRead } from './mapping';
import { PullSourceBase } from './pull-source-base';
import { QueueSourceOptions } from './queue-options';
import { shareReserved } from './reserved-share';
import { fifoQueueEvent, queueEvent } from './samples/queue';
import {
  BATCH_SIZE, BATCH_SIZE_WITHOUT_WINDOW, BATCHING_WINDOW, FIFO_BATCH_SIZE, MAX_CONCURRENCY, QUEUE_ACTIONS,
} from '../../limits/queue-mapping';
import { FIFO_QUEUE, QUEUE } from '../../limits/sources/queue';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { checkSeconds, checkWholeNumber } from '../../support/checks';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** A queue that Lambda polls for a function. Made by `PullSource.queue()`. */
export class QueuePullSource extends PullSourceBase {
  public readonly semantics: SourceSemantics;

  /** The queue, for those who send to it. */
  public readonly queue: sqs.IQueue;

  /** @internal */
  constructor(queue: sqs.IQueue, private readonly options: QueueSourceOptions) {
    super();
    this.queue = queue;
    this.semantics = queue.fifo ? FIFO_QUEUE : QUEUE;
    this.checkBatch();
    this.checkWindow();
    checkWholeNumber(queue, options.maxConcurrency, MAX_CONCURRENCY, {
      code: 'QueueMaxConcurrencyOutOfRange',
      property: 'maxConcurrency',
      fix: 'leave it out to bound the function by its reserved concurrency alone',
    });
    checkFilters(queue, options, { record: 'message', tooMany: 'QueueFiltersTooMany', keyAlone: 'QueueFilterKeyWithoutFilters' });
    checkFilterPatterns(queue, 'queue', options.filters);
  }

  /** Called by `addEventSource()`: makes the mapping and lets the execution role consume messages. */
  public bind(target: lambda.IFunction): void {
    const { queue, options } = this;
    const grants = [mayRead(target, [queue.queueArn], QUEUE_ACTIONS), ...mayDecrypt(target, queue.encryptionMasterKey)];
    const mapping = addMapping(target, {
      id: `SqsEventSource:${Names.nodeUniqueId(queue.node)}`,
      grants,
      options: { ...options, eventSourceArn: queue.queueArn },
      takesFailures: true,
    });
    if (!options.provisionedPollerConfig) shareReserved(target, mapping, options.maxConcurrency);
  }

  /** @internal */
  protected _sampleEvent(): object {
    const { queueArn, fifo } = this.queue;
    const sample = fifo ? fifoQueueEvent : queueEvent;
    return isKnown(queueArn) ? sample(queueArn) : sample();
  }

  private checkBatch(): void {
    const { batchSize, maxBatchingWindow } = this.options;
    checkWholeNumber(this.queue, batchSize, this.queue.fifo ? FIFO_BATCH_SIZE : BATCH_SIZE, {
      code: 'QueueBatchSizeOutOfRange',
      property: 'batchSize',
      fix: this.queue.fifo ? 'lower it, or use a standard queue' : 'choose another size',
    });
    const windowIsZero = maxBatchingWindow === undefined || (!maxBatchingWindow.isUnresolved() && maxBatchingWindow.toMilliseconds() === 0);
    if (isKnown(batchSize) && batchSize > BATCH_SIZE_WITHOUT_WINDOW && windowIsZero) {
      throw mistake(this.queue, {
        code: 'QueueBatchNeedsWindow',
        property: 'maxBatchingWindow',
        allowed: `at least 1 second when 'batchSize' is over ${BATCH_SIZE_WITHOUT_WINDOW} (it is ${batchSize})`,
        got: maxBatchingWindow?.toSeconds(),
        fix: `set it, for instance to Duration.seconds(1), or lower 'batchSize' to ${BATCH_SIZE_WITHOUT_WINDOW}`,
      });
    }
  }

  private checkWindow(): void {
    const { maxBatchingWindow } = this.options;
    checkSeconds(this.queue, maxBatchingWindow, BATCHING_WINDOW, {
      code: 'QueueBatchingWindowOutOfRange',
      property: 'maxBatchingWindow',
      fix: 'Lambda gathers messages for at most 5 minutes',
    });
    if (this.queue.fifo && maxBatchingWindow !== undefined) {
      throw mistake(this.queue, {
        code: 'FifoQueueHasNoWindow',
        property: 'maxBatchingWindow',
        allowed: 'left out for a FIFO queue',
        got: `${maxBatchingWindow}`,
        fix: 'drop it: Lambda hands messages of a FIFO queue on as they come',
      });
    }
  }
}
