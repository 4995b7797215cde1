import { placesAt } from './places';
import { textOfProperty } from './source';
import type { Notification } from '../../limits/sources/bucket-notifications';
import type { AppModel } from '../app';
import { evaluate } from '../evaluate';
import { equals } from '../iam/match';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';
import { isObject, Json, JsonObject } from '../template';
import { valueOf } from '../value';

/** A notification that a bucket sends to a function, a queue or a topic. */
export interface BucketNotification extends Notification {
  readonly resource: Resource;
  /** Where it stands, e.g. `Properties/NotificationConfiguration/QueueConfigurations/0`. */
  readonly path: string;
}

const OF_BUCKET = ['LambdaConfigurations', 'QueueConfigurations', 'TopicConfigurations'];
const OF_CDK = ['LambdaFunctionConfigurations', 'QueueConfigurations', 'TopicConfigurations'];

/** The CDK's custom resource, which sets the notifications of a bucket. */
const CDK = 'Custom::S3BucketNotifications';

/** The notifications of each bucket of an app as far as their events and keys are known, those together that S3 judges together. */
export const notificationsByBucket = oncePerApp((app: AppModel): readonly (readonly BucketNotification[])[] => [
  ...app.ofType('AWS::S3::Bucket').map((bucket) => notificationsOf(bucket, OF_BUCKET)),
  ...sameBucket(app.ofType(CDK)).map((settings) => settings.flatMap((resource) => notificationsOf(resource, OF_CDK))),
]);

/**
 * Of a bucket that is not of the app, each stack sets notifications, and adds them to those that are there. Which of two that
 * hang on conditions are deployed together, nobody knows.
 */
function sameBucket(settings: readonly Resource[]): Resource[][] {
  const groups: Resource[][] = [];
  for (const setting of settings) {
    const name = textOfProperty(setting, 'BucketName');
    const group = adds(setting) ? groups.find(([first]) => adds(first) && equals(textOfProperty(first, 'BucketName'), name) === 'yes') : undefined;
    if (group) group.push(setting);
    else groups.push([setting]);
  }
  return groups;
}

function adds(setting: Resource): boolean {
  return [false, 'false'].includes(valueOf(setting.raw('Managed')) as string | boolean) && setting.condition === undefined;
}

function notificationsOf(resource: Resource, lists: readonly string[]): BucketNotification[] {
  return lists.flatMap((list) => placesAt(resource, `NotificationConfiguration.${list}[]`)).flatMap(({ path, json }) => {
    if (!isObject(json)) return [];
    const events = textsIn(valueIn(json.Event ?? json.Events, resource));
    const filter = filterIn(json, resource);
    return events && filter ? [{ resource, path, events, filter }] : [];
  });
}

function valueIn(json: Json | undefined, resource: Resource): Json | undefined {
  return json === undefined ? undefined : valueOf(evaluate(json, resource.stack));
}

function textsIn(json: Json | undefined): string[] | undefined {
  const list = Array.isArray(json) ? json : [json];
  return list.length > 0 && list.every((entry) => typeof entry === 'string') ? list : undefined;
}

/** CloudFormation and the API of S3 call the parts of a filter by different names. */
function filterIn(notification: JsonObject, resource: Resource): BucketNotification['filter'] | undefined {
  if (notification.Filter === undefined || notification.Filter === null) return {};
  const filter = valueIn(notification.Filter, resource);
  const key = isObject(filter) ? filter.S3Key ?? filter.Key : undefined;
  const rules = isObject(key) ? key.Rules ?? key.FilterRules : undefined;
  if (!Array.isArray(rules)) return undefined;
  const found: { prefix?: string; suffix?: string } = {};
  for (const rule of rules) {
    const name = isObject(rule) && typeof rule.Name === 'string' ? rule.Name.toLowerCase() : '';
    const value = isObject(rule) ? rule.Value : undefined;
    if ((name !== 'prefix' && name !== 'suffix') || typeof value !== 'string') return undefined;
    found[name] = value;
  }
  return found;
}
