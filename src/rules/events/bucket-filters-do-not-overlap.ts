import { fn, ORDERS_ARN } from './examples';
import { notificationInWords, notificationsOverlap } from '../../limits/sources/bucket-notifications';
import { Json, JsonObject } from '../../model/template';
import { notificationsByBucket } from '../../model/triggers/bucket-notifications';
import { Rule } from '../rule';

interface Keys { readonly prefix?: Json; readonly suffix?: Json }

function rules(keys: Keys): JsonObject[] {
  return Object.entries(keys).map(([Name, Value]) => ({ Name, Value }));
}

/** A notification as CloudFormation writes it. */
function of(event: string, keys: Keys = {}): JsonObject {
  return { Event: event, Function: ORDERS_ARN, ...Object.keys(keys).length > 0 && { Filter: { S3Key: { Rules: rules(keys) } } } };
}

function bucket(...notifications: Json[]): JsonObject {
  return { Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration: { LambdaConfigurations: notifications } } };
}

/** The same as the CDK's custom resource writes it. */
function settings(notifications: readonly (readonly [string, Keys])[], properties: JsonObject = {}): JsonObject {
  const LambdaFunctionConfigurations = notifications.map(([event, keys]) => (
    { Events: [event], LambdaFunctionArn: ORDERS_ARN, Filter: { Key: { FilterRules: rules(keys) } } }
  ));
  return { Type: 'Custom::S3BucketNotifications', Properties: { BucketName: { Ref: 'Inbox' }, NotificationConfiguration: { LambdaFunctionConfigurations }, ...properties } };
}

const CREATED = 's3:ObjectCreated:*';
const PUT = 's3:ObjectCreated:Put';
const QUEUE: JsonObject = { Event: CREATED, Queue: { 'Fn::GetAtt': ['Queue', 'Arn'] } };
const IMPORTED = { BucketName: 'inbox', Managed: false };

export const bucketFiltersDoNotOverlap: Rule = {
  id: 'bucket-filters-do-not-overlap',
  title: 'Notifications of a bucket do not overlap',
  severity: 'fatal',
  why: 'Amazon S3 takes one notification for each event and key, whichever function, queue or topic it goes to, and refuses all notifications of the bucket otherwise',
  fix: 'give the filters prefixes that no key can begin with both of, or suffixes that no key can end with both of; if several are to hear of the same objects, send one notification to a topic, or let the bucket send to EventBridge',
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html',
  answers: [
    'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
    'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
  ],
  since: '0.1.0',

  valid: [
    { title: 'one notification', resources: { Orders: fn(), Inbox: bucket(of(CREATED)) } },
    { title: 'different events', resources: { Orders: fn(), Inbox: bucket(of(CREATED), of('s3:ObjectRemoved:*')) } },
    { title: 'different prefixes', resources: { Orders: fn(), Inbox: bucket(of(PUT, { prefix: 'images/' }), of(PUT, { prefix: 'logs/' })) } },
    { title: 'different suffixes with the same last letter', resources: { Orders: fn(), Inbox: bucket(of(PUT, { suffix: '.jpg' }), of(PUT, { suffix: '.png' })) } },
    { title: 'the same prefix with different suffixes', resources: { Orders: fn(), Inbox: bucket(of(PUT, { prefix: 'images', suffix: '.jpg' }), of(PUT, { prefix: 'images', suffix: '.png' })) } },
    { title: 'a prefix that a parameter names', resources: { Orders: fn(), Inbox: bucket(of(PUT, { prefix: { Ref: 'Prefix' } }), of(PUT)) } },
    { title: 'notifications of two buckets', resources: { Orders: fn(), Inbox: bucket(of(CREATED)), Outbox: bucket(of(CREATED)) } },
    { title: 'notifications of the CDK', resources: { Orders: fn(), Inbox: { Type: 'AWS::S3::Bucket' }, Settings: settings([[CREATED, { prefix: 'a/' }], [CREATED, { prefix: 'b/' }]]) } },
    { title: 'notifications of two buckets of somebody else', resources: { Orders: fn(), One: settings([[CREATED, {}]], IMPORTED), Two: settings([[CREATED, {}]], { ...IMPORTED, BucketName: 'outbox' }) } },
  ],
  invalid: [
    { title: 'two are for all created objects', at: 'Inbox/Properties/NotificationConfiguration/LambdaConfigurations/1', resources: { Orders: fn(), Inbox: bucket(of(CREATED), of(CREATED)) } },
    { title: 'one is for all keys', at: 'Inbox/Properties/NotificationConfiguration/LambdaConfigurations/1', resources: { Orders: fn(), Inbox: bucket(of(CREATED), of(CREATED, { prefix: 'images' })) } },
    { title: 'a key can end with both suffixes', at: 'Inbox/Properties/NotificationConfiguration/LambdaConfigurations/1', resources: { Orders: fn(), Inbox: bucket(of(CREATED, { suffix: 'jpg' }), of(PUT, { suffix: 'pg' })) } },
    { title: 'one has a prefix besides', at: 'Inbox/Properties/NotificationConfiguration/LambdaConfigurations/1', resources: { Orders: fn(), Inbox: bucket(of(CREATED, { prefix: 'images', suffix: 'jpg' }), of(PUT, { suffix: 'jpg' })) } },
    {
      title: 'one goes to a queue',
      at: 'Inbox/Properties/NotificationConfiguration/QueueConfigurations/0',
      resources: {
        Orders: fn(),
        Queue: { Type: 'AWS::SQS::Queue' },
        Inbox: { Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration: { LambdaConfigurations: [of(PUT, { prefix: 'orders/' })], QueueConfigurations: [QUEUE] } } },
      },
    },
    { title: 'two of the CDK overlap', at: 'Settings/Properties/NotificationConfiguration/LambdaFunctionConfigurations/1', resources: { Orders: fn(), Settings: settings([[CREATED, { prefix: 'a/' }], [PUT, { prefix: 'a/b/' }]]) } },
    { title: 'two stacks set notifications of a bucket that is not theirs', at: 'Two/Properties/NotificationConfiguration/LambdaFunctionConfigurations/0', resources: { Orders: fn(), One: settings([[CREATED, {}]], IMPORTED), Two: settings([[CREATED, { prefix: 'a/' }]], IMPORTED) } },
  ],

  * check(app) {
    for (const notifications of notificationsByBucket(app)) {
      for (const [index, notification] of notifications.entries()) {
        const other = notifications.slice(0, index).find((earlier) => notificationsOverlap(earlier, notification));
        if (!other) continue;
        const { resource, path } = notification;
        const got = `${notificationInWords(notification)} besides ${notificationInWords(other)}`;
        yield { resource, path, message: `notifications of one bucket must be for different events or for different keys, got ${got}` };
      }
    }
  },
};
