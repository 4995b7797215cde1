import * as sqs from 'aws-cdk-lib/aws-sqs';
import { QueuePullSource, QueueSourceOptions } from './queue';

/**
 * Sources that Lambda polls on behalf of a function, through an event source mapping.
 *
 * Each factory returns a `lambda.IEventSource` for `addEventSource()` of any function; on an `EventFunction` the
 * mapping invokes the live alias, and the execution role may read from the source.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
export class PullSource {
  /**
   * Lambda polls an Amazon SQS queue, standard or FIFO, and invokes the function with batches of messages.
   *
   * Messages of a failed batch become visible again after the queue's visibility timeout; after `maxReceiveCount`
   * receives they go to the queue's dead-letter queue, if it has one, and else are tried until they expire.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
   * @example
   * import * as sqs from 'aws-cdk-lib/aws-sqs';
   * import { EventFunction, PullSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * const queue = new sqs.Queue(this, 'Queue');
   * orders.addEventSource(PullSource.queue(queue, { batchSize: 10, maxConcurrency: 5 }));
   */
  public static queue(queue: sqs.IQueue, options: QueueSourceOptions = {}): QueuePullSource {
    return new QueuePullSource(queue, options);
  }

  private constructor() {}
}
