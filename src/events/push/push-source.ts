import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as ses from 'aws-cdk-lib/aws-ses';
import { BucketPushSource, BucketSourceOptions } from './bucket';
import { ConfigRulePushSource, ConfigRuleSourceOptions } from './config-rule';
import { EmailPushSource, EmailSourceOptions } from './email';
import { HttpApiPushSource, HttpApiSourceOptions } from './http-api';
import { IotRulePushSource, IotRuleSourceOptions } from './iot-rule';
import { LogsPushSource, LogsSourceOptions } from './logs';
import { UserPoolPushSource, UserPoolSourceOptions } from './user-pool';

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
   * A custom rule of AWS Config invokes the function, asynchronously, when resources change or at intervals.
   *
   * The function may report what it found (`config:PutEvaluations`); what else it reads must be granted to it. When it fails,
   * Lambda retries twice and then sends the event to its on-failure destination or dead-letter queue; without them to a
   * queue that is made for that. AWS Config must record in the Region.
   *
   * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_lambda-functions.html
   * @example
   * import { ResourceType, RuleScope } from 'aws-cdk-lib/aws-config';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const compliance: EventFunction;
   * compliance.addEventSource(PushSource.configRule({ ruleScope: RuleScope.fromResource(ResourceType.EC2_INSTANCE) }));
   */
  public static configRule(options: ConfigRuleSourceOptions = {}): ConfigRulePushSource {
    return new ConfigRulePushSource(options);
  }

  /**
   * A receipt rule of Amazon SES invokes the function, by default asynchronously, for each e-mail to certain recipients.
   *
   * The handler receives headers and verdicts, not the body: store that by an action before. When the function fails, Lambda
   * retries twice and then sends the event to its on-failure destination or dead-letter queue; without them to a queue that is
   * made for that. The rule set must be the active one, which only the console or the API can make it.
   *
   * @see https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda.html
   * @example
   * import { ReceiptRuleSet } from 'aws-cdk-lib/aws-ses';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const support: EventFunction;
   * const mail = new ReceiptRuleSet(this, 'Mail');
   * support.addEventSource(PushSource.email(mail, { recipients: ['support@example.com'], scanEnabled: true }));
   */
  public static email(ruleSet: ses.IReceiptRuleSet, options: EmailSourceOptions = {}): EmailPushSource {
    return new EmailPushSource(ruleSet, options);
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
   * A topic rule of AWS IoT Core invokes the function, asynchronously, for each message that its statement selects.
   *
   * The handler receives what is selected. When the function fails, Lambda retries twice and then sends the event to its
   * on-failure destination or dead-letter queue; without them to a queue that is made for that.
   *
   * @see https://docs.aws.amazon.com/iot/latest/developerguide/lambda-rule-action.html
   * @example
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const water: EventFunction;
   * water.addEventSource(PushSource.iotRule({ sql: "SELECT * FROM 'greenhouse/+/moisture' WHERE moisture < 30" }));
   */
  public static iotRule(options: IotRuleSourceOptions): IotRulePushSource {
    return new IotRulePushSource(options);
  }

  /**
   * A log group of Amazon CloudWatch Logs invokes the function, asynchronously, with batches of log events that match a pattern.
   *
   * A log group has at most two subscriptions, and the function must not write to it. What the handler receives is
   * compressed and in Base64. When the function fails, Lambda retries twice and then sends the event to its on-failure
   * destination or dead-letter queue; without them to a queue that is made for that.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchlogs.html
   * @example
   * import { FilterPattern, LogGroup } from 'aws-cdk-lib/aws-logs';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const alert: EventFunction;
   * const audit = new LogGroup(this, 'Audit');
   * alert.addEventSource(PushSource.logs(audit, { filterPattern: FilterPattern.anyTerm('ERROR', 'FATAL') }));
   */
  public static logs(logGroup: logs.ILogGroup, options: LogsSourceOptions = {}): LogsPushSource {
    return new LogsPushSource(logGroup, options);
  }

  /**
   * A user pool of Amazon Cognito invokes the function, synchronously, when users sign up, sign in or get a message.
   *
   * When the function fails, what the user asked for fails. Amazon Cognito waits 5 seconds for the answer and calls up to three
   * times; of what the senders of e-mails and text messages do it does not wait for the end. A function that names the pool,
   * in its environment or its permissions, cannot be a trigger of it in the same deployment: look the id up in the event.
   *
   * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
   * @example
   * import { UserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const welcome: EventFunction;
   * const customers = new UserPool(this, 'Customers');
   * welcome.addEventSource(PushSource.userPool(customers, UserPoolOperation.POST_CONFIRMATION));
   */
  public static userPool(pool: cognito.UserPool, operation: cognito.UserPoolOperation, options: UserPoolSourceOptions = {}): UserPoolPushSource {
    return new UserPoolPushSource(pool, operation, options);
  }

  private constructor() {}
}
