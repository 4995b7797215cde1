import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AlarmPushSource, AlarmSourceOptions } from './alarm';
import { BucketPushSource, BucketSourceOptions } from './bucket';
import { EventBridgePushSource, EventBridgeSourceOptions } from './event-bridge';
import { HttpApiPushSource, HttpApiSourceOptions } from './http-api';
import { SchedulePushSource, ScheduleSourceOptions } from './schedule';
import { TopicPushSource, TopicSourceOptions } from './topic';

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
   * An alarm of Amazon CloudWatch invokes the function, asynchronously, for each change to one of the states.
   *
   * CloudWatch tries until Lambda takes the event. When the function fails, Lambda retries twice and then sends the event to its
   * on-failure destination or dead-letter queue; without them to a queue that is made for that.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
   * @example
   * import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const repair: EventFunction;
   * declare const alarm: cloudwatch.Alarm;
   * repair.addEventSource(PushSource.alarm(alarm, { states: [cloudwatch.AlarmState.ALARM, cloudwatch.AlarmState.OK] }));
   */
  public static alarm(alarm: cloudwatch.IAlarm, options: AlarmSourceOptions = {}): AlarmPushSource {
    return new AlarmPushSource(alarm, options);
  }

  /**
   * Amazon S3 invokes the function, asynchronously, for each object that is created (or removed, restored, ...).
   *
   * S3 may deliver an event more than once and in any order. When the function fails, Lambda retries twice and then
   * sends the event to its on-failure destination or dead-letter queue; without them to a queue that is made for that.
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

  /**
   * A rule of Amazon EventBridge invokes the function, asynchronously, for each event on a bus that matches a pattern.
   *
   * An event may come more than once and in any order. When the function fails, Lambda retries twice and then sends the event to its
   * on-failure destination or dead-letter queue; without them to a queue that is made for that. Events that EventBridge cannot hand over
   * to Lambda end in `deadLetterQueue`. For schedules see `schedule()`.
   *
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html
   * @example
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * orders.addEventSource(PushSource.eventBridge({ eventPattern: { source: ['shop.orders'], detailType: ['OrderPlaced'] } }));
   */
  public static eventBridge(options: EventBridgeSourceOptions): EventBridgePushSource {
    return new EventBridgePushSource(options);
  }

  /**
   * An HTTP API of Amazon API Gateway invokes the function, synchronously, for each request of its routes.
   *
   * When the function fails or takes longer than 30 seconds, the client gets an error; nobody tries again.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html
   * @example
   * import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * const api = new HttpApi(this, 'Api');
   * orders.addEventSource(PushSource.httpApi(api, { path: '/orders/{id}', methods: [HttpMethod.GET] }));
   */
  public static httpApi(api: apigatewayv2.IHttpApi, options: HttpApiSourceOptions = {}): HttpApiPushSource {
    return new HttpApiPushSource(api, options);
  }

  /**
   * A schedule of Amazon EventBridge Scheduler invokes the function, asynchronously, at a rate, by a cron expression or once; a cron
   * expression has its time zone.
   *
   * It may be invoked more than once for one time. When the function fails, Lambda retries twice and then sends the event to its
   * on-failure destination or dead-letter queue; without them to a queue that is made for that. Events that Scheduler cannot hand over
   * to Lambda end in `deadLetterQueue`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-eventbridge-scheduler.html
   * @example
   * import { TimeZone } from 'aws-cdk-lib';
   * import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * const nightly = ScheduleExpression.cron({ hour: '3', minute: '30', timeZone: TimeZone.EUROPE_BERLIN });
   * orders.addEventSource(PushSource.schedule(nightly));
   */
  public static schedule(schedule: scheduler.ScheduleExpression, options: ScheduleSourceOptions = {}): SchedulePushSource {
    return new SchedulePushSource(schedule, options);
  }

  /**
   * A standard topic of Amazon SNS invokes the function, asynchronously, for each message that matches the filter policy.
   *
   * A message may come more than once and in any order. When the function fails, Lambda retries twice and then sends the event to its
   * on-failure destination or dead-letter queue; without them to a queue that is made for that. Messages that SNS cannot hand over to
   * Lambda end in `deadLetterQueue`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
   * @example
   * import * as sns from 'aws-cdk-lib/aws-sns';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * const topic = new sns.Topic(this, 'Changes');
   * orders.addEventSource(PushSource.topic(topic, {
   *   filterPolicy: { kind: sns.SubscriptionFilter.stringFilter({ allowlist: ['order'] }) },
   * }));
   */
  public static topic(topic: sns.ITopic, options: TopicSourceOptions = {}): TopicPushSource {
    return new TopicPushSource(topic, options);
  }

  private constructor() {}
}
