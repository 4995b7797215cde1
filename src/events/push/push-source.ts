import * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketPushSource, BucketSourceOptions } from './bucket';

/**
 * Services that invoke a function when something happens.
 *
 * Each factory returns a `lambda.IEventSource` for `addEventSource()` of any function; on an `EventFunction` the
 * service invokes the live alias and is permitted to.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
 */
export class PushSource {
  /**
   * Amazon S3 invokes the function, asynchronously, for each object that is created (or removed, restored, ...).
   *
   * S3 may deliver an event more than once and in any order. When the function fails, Lambda retries twice and then
   * drops the event, unless the function has an on-failure destination or a dead-letter queue.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html
   * @example
   * import * as s3 from 'aws-cdk-lib/aws-s3';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * const inbox = new s3.Bucket(this, 'Inbox');
   * orders.addEventSource(PushSource.bucket(inbox, { filters: [{ prefix: 'orders/', suffix: '.csv' }] }));
   */
  public static bucket(bucket: s3.IBucket, options: BucketSourceOptions = {}): BucketPushSource {
    return new BucketPushSource(bucket, options);
  }

  private constructor() {}
}
