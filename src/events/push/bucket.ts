import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import { AsynchronousSourceOptions } from './asynchronous-options';
import { PushSourceBase } from './push-source-base';
import { bucketEvent } from './samples/bucket';
import { keepFailedEvents } from '../../failure/failed-events';
import { BUCKET } from '../../limits/sources/bucket';
import { Notification, notificationInWords, notificationsOverlap } from '../../limits/sources/bucket-notifications';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** Which events of a bucket invoke the function. */
export interface BucketSourceOptions extends AsynchronousSourceOptions {
  /**
   * The events to invoke the function for. At least one.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
   * @default [s3.EventType.OBJECT_CREATED]
   */
  readonly events?: s3.EventType[];

  /**
   * Which keys to invoke the function for: those that match any of these filters, each with a prefix, a suffix or
   * both.
   *
   * S3 refuses filters of one bucket that overlap for the same event: that some key matches both of, whichever functions they
   * are for. A prefix and a suffix together have at most 1,024 bytes.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
   * @default - all keys
   */
  readonly filters?: s3.NotificationKeyFilter[];
}

/** A bucket that invokes a function. Made by `PushSource.bucket()`. */
export class BucketPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = BUCKET;

  /** @internal */
  constructor(private readonly bucket: s3.IBucket, private readonly options: BucketSourceOptions) {
    super();
    if (options.events?.length === 0) {
      throw mistake(bucket, {
        code: 'BucketEventsEmpty',
        property: 'events',
        allowed: 'at least one event type',
        got: options.events,
        fix: 'leave it out for all created objects, or name the events',
      });
    }
    options.filters?.forEach((filter, index) => this.checkFilter(filter, index));
  }

  /** Called by `addEventSource()`: asks the bucket to notify the function, and permits it to. */
  public bind(target: lambda.IFunction): void {
    const destination = new s3n.LambdaDestination(target);
    if (this.options.keepFailedEvents ?? true) keepFailedEvents(target);
    for (const event of this.options.events ?? [s3.EventType.OBJECT_CREATED]) {
      if (!this.options.filters?.length) this.notify(event, destination);
      // One notification per filter: S3 takes one prefix and one suffix each, and any notification that matches fires.
      for (const filter of this.options.filters ?? []) this.notify(event, destination, filter);
    }
  }

  /** S3 would refuse all notifications of the bucket, in the last minute of the deployment. */
  private notify(event: s3.EventType, destination: s3n.LambdaDestination, filter: s3.NotificationKeyFilter = {}): void {
    const isUnknown = [filter.prefix, filter.suffix].some((part) => part !== undefined && !isKnown(part));
    if (!isUnknown) this.checkOverlap({ events: [event], filter });
    this.bucket.addEventNotification(event, destination, ...Object.keys(filter).length > 0 ? [filter] : []);
  }

  private checkOverlap(notification: Notification): void {
    const others = ADDED.get(this.bucket) ?? [];
    const other = others.find((earlier) => notificationsOverlap(earlier, notification));
    if (other) {
      throw mistake(this.bucket, {
        code: 'BucketNotificationsOverlap',
        property: this.options.filters?.length ? 'filters' : 'events',
        allowed: 'for other keys or other events than those that the bucket already notifies a function of',
        got: `${notificationInWords(notification)}, besides ${notificationInWords(other)}`,
        fix: 'give both filters that no key matches both of; for several functions of the same keys, put a topic or EventBridge between',
      });
    }
    ADDED.set(this.bucket, [...others, notification]);
  }

  /** @internal */
  protected _sampleEvent(): object {
    return isKnown(this.bucket.bucketName) ? bucketEvent(this.bucket.bucketName) : bucketEvent();
  }

  private checkFilter(filter: s3.NotificationKeyFilter, index: number): void {
    const given = [filter.prefix, filter.suffix].filter((part) => part !== undefined);
    const empty = given.length === 0;
    const bytes = given.filter(isKnown).reduce((sum, part) => sum + Buffer.byteLength(part), 0);
    if (!empty && bytes <= MAX_KEY_BYTES) return;
    throw mistake(this.bucket, {
      code: empty ? 'BucketFilterEmpty' : 'BucketFilterTooLong',
      property: `filters[${index}]`,
      allowed: empty ? 'a prefix, a suffix or both' : `at most ${MAX_KEY_BYTES} bytes of prefix and suffix together`,
      got: filter,
      fix: empty ? "leave 'filters' out for all keys" : 'shorten them: no object key is longer than that',
    });
  }
}

/** The notifications that sources have added to buckets, as far as their keys are known. */
const ADDED = new WeakMap<s3.IBucket, Notification[]>();

/** Longest object key in bytes. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const MAX_KEY_BYTES = 1024;
