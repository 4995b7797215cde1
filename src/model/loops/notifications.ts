import { arnOfNamed, Keys, labelOf } from './channel';
import { Link, linkTo } from './link';
import type { AppModel } from '../app';
import { Text, textOf, textOfAttribute } from '../iam/text';
import type { Resource } from '../resource';
import { intrinsic, isNoValue, isObject, Json } from '../template';
import { placesAt } from '../triggers/places';
import { valueOf } from '../value';

/** A way of writing down the notifications of a bucket. */
interface Form {
  readonly type: string;
  /** Where what they are sent to stands. */
  readonly at: readonly string[];
  readonly events: string;
  /** The member of `Filter` that holds the rules, and that of the rules. */
  readonly filter: readonly [string, string];
}

const FORMS: readonly Form[] = [
  {
    type: 'AWS::S3::Bucket',
    at: ['LambdaConfigurations[].Function', 'QueueConfigurations[].Queue', 'TopicConfigurations[].Topic'],
    events: 'Event',
    filter: ['S3Key', 'Rules'],
  },
  {
    type: 'Custom::S3BucketNotifications',
    at: ['LambdaFunctionConfigurations[].LambdaFunctionArn', 'QueueConfigurations[].QueueArn', 'TopicConfigurations[].TopicArn'],
    events: 'Events',
    filter: ['Key', 'FilterRules'],
  },
];

/**
 * What buckets send when an object is written to them: `s3:PutObject` is the action for all ways to create one.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
 */
const CREATED = /^s3:ObjectCreated:(\*|Put|Post|Copy|CompleteMultipartUpload)$/;

export function notificationLinks(app: AppModel): Link[] {
  return FORMS.flatMap((form) => app.ofType(form.type).flatMap((resource) => {
    const bucket = bucketOf(resource);
    return bucket ? form.at.flatMap((path) => linksAt(resource, form, { ...bucket, path: `NotificationConfiguration.${path}` })) : [];
  }));
}

interface Bucket { readonly arn: Text; readonly label: string }

function bucketOf(resource: Resource): Bucket | undefined {
  if (resource.type === 'AWS::S3::Bucket') return { arn: textOfAttribute(resource, 'Arn'), label: resource.label };
  const name = valueOf(resource.raw('BucketName'));
  const arn = name === undefined ? undefined : arnOfNamed('bucket', name, resource);
  return arn && { arn, label: labelOf(name!, resource.stack) };
}

function linksAt(resource: Resource, { events, filter }: Form, { arn, label, path }: Bucket & { readonly path: string }): Link[] {
  return placesAt(resource, path).flatMap((place) => {
    const names = [place.beside(events) ?? []].flat();
    const keys = keysIn(place.beside('Filter'), filter, resource);
    if (!keys || !names.some((name) => typeof name === 'string' && CREATED.test(name))) return [];
    return [linkTo(place.json, { kind: 'bucket', arn, label, keys }, { resource, path: place.path })];
  });
}

const ALL: Keys = { prefix: [], suffix: [] };

/** Which keys a filter lets pass; `undefined` if that is not known. */
function keysIn(filter: Json | undefined, [member, rules]: Form['filter'], { stack }: Resource): Keys | undefined {
  if (isMissing(filter)) return ALL;
  const inner = isObject(filter) && !intrinsic(filter) ? filter[member] : null;
  if (isMissing(inner) && inner !== null) return ALL;
  const list = isObject(inner) && !intrinsic(inner) ? inner[rules] : null;
  if (list === undefined) return ALL;
  if (!Array.isArray(list)) return undefined;
  const keys = { prefix: [] as Text, suffix: [] as Text };
  for (const rule of list) {
    const name = isObject(rule) && typeof rule.Name === 'string' ? rule.Name.toLowerCase() : undefined;
    if (!isObject(rule) || (name !== 'prefix' && name !== 'suffix') || rule.Value === undefined) return undefined;
    keys[name] = textOf(rule.Value, stack);
  }
  return keys;
}

function isMissing(json: Json | undefined): boolean {
  return json === undefined || isNoValue(json);
}
