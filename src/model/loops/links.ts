import { arnOfNamed, Channel, ChannelKind, keyOf, labelOf } from './channel';
import { objectsIn } from './event-patterns';
import { Link, linkTo } from './link';
import { notificationLinks } from './notifications';
import type { AppModel } from '../app';
import { Text, textOf, textOfAttribute } from '../iam/text';
import { serviceIn } from '../needs/need';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';
import { intrinsic, isNoValue, isObject, Json, JsonObject } from '../template';
import { placesAt } from '../triggers/places';
import { valueOf } from '../value';

/** Everything in an app that carries on all that is written to a channel. What filters by content is left out. */
export const linksIn = oncePerApp((app: AppModel): readonly Link[] => [
  ...notificationLinks(app),
  ...app.ofType('AWS::SNS::Subscription').flatMap(subscriptionLinks),
  ...app.ofType('AWS::SNS::Topic').flatMap(topicLinks),
  ...app.ofType('AWS::Lambda::EventSourceMapping').flatMap(mappingLinks),
  ...app.ofType('AWS::Events::Rule').flatMap(ruleLinks),
  ...app.ofType('AWS::Logs::SubscriptionFilter').flatMap(logLinks),
]);

const index = oncePerApp((app) => {
  const maps = { from: new Map<string, Link[]>(), to: new Map<string, Link[]>(), target: new Map<Resource, Link[]>() };
  for (const link of linksIn(app)) {
    add(maps.from, keyOf(link.from.arn), link);
    if (link.target) add(maps.target, link.target.fn, link);
    else if (link.to !== undefined) add(maps.to, link.to, link);
  }
  return maps;
});

export function linksFrom(app: AppModel, key: string): readonly Link[] { return index(app).from.get(key) ?? []; }
export function linksInto(app: AppModel, key: string): readonly Link[] { return index(app).to.get(key) ?? []; }
export function linksToFunction(fn: Resource): readonly Link[] { return index(fn.stack.app).target.get(fn) ?? []; }

function add<K>(map: Map<K, Link[]>, key: K, link: Link): void {
  const list = map.get(key);
  if (list) list.push(link);
  else map.set(key, [link]);
}

function isGiven(resource: Resource, path: string): boolean {
  const raw = resource.raw(path);
  return raw.kind === 'unknown' || (raw.kind === 'known' && !isNoValue(raw.value));
}

function subscriptionLinks(subscription: Resource): Link[] {
  const [topic, endpoint] = ['TopicArn', 'Endpoint'].map((path) => valueOf(subscription.raw(path)));
  if (topic === undefined || endpoint === undefined || isGiven(subscription, 'FilterPolicy')) return [];
  const { stack } = subscription;
  const from: Channel = { kind: 'topic', arn: textOf(topic, stack), label: labelOf(topic, stack) };
  return [linkTo(endpoint, from, { resource: subscription, path: 'Properties/Endpoint' })];
}

function topicLinks(topic: Resource): Link[] {
  const from: Channel = { kind: 'topic', arn: textOfAttribute(topic, 'TopicArn'), label: topic.label };
  return placesAt(topic, 'Subscription[].Endpoint').map(({ json, path }) => linkTo(json, from, { resource: topic, path }));
}

const POLLED = new Map<string, ChannelKind>([['sqs', 'queue'], ['dynamodb', 'table'], ['kinesis', 'stream']]);

function mappingLinks(mapping: Resource): Link[] {
  const [source, name] = ['EventSourceArn', 'FunctionName'].map((path) => valueOf(mapping.raw(path)));
  const enabled = mapping.value('Enabled');
  const isOn = enabled.kind === 'absent' || valueOf(enabled) === true || valueOf(enabled) === 'true';
  if (source === undefined || name === undefined || !isOn || isGiven(mapping, 'FilterCriteria')) return [];
  const text = textOf(source, mapping.stack);
  const kind = POLLED.get(serviceIn(text) ?? '');
  if (!kind) return [];
  const label = labelOf(source, mapping.stack).replace(/\/stream\/.*$/, '');
  return [linkTo(name, { kind, arn: ownerOf(text), label }, { resource: mapping, path: 'Properties/EventSourceArn' })];
}

/** A table whose stream is read, or a stream that a consumer reads. */
function ownerOf(arn: Text): Text {
  const separator = serviceIn(arn) === 'dynamodb' ? '/stream/' : '/consumer/';
  const at = arn.findIndex((piece) => typeof piece === 'string' && piece.includes(separator));
  return at < 0 ? arn : [...arn.slice(0, at), String(arn[at]).split(separator)[0]].filter((piece) => piece !== '');
}

function ruleLinks(rule: Resource): Link[] {
  const pattern = valueOf(rule.raw('EventPattern'));
  const state = rule.value('State');
  const isOn = state.kind === 'absent' || (state.kind === 'known' && String(state.value).startsWith('ENABLED'));
  if (!isObject(pattern) || intrinsic(pattern) || !isOn) return [];
  const channels = channelsOf(rule, pattern);
  return placesAt(rule, 'Targets[].Arn').flatMap(({ json, path }) => channels.map((from) => linkTo(json, from, { resource: rule, path })));
}

/** The bus, and the buckets whose objects the pattern is about. */
function channelsOf(rule: Resource, pattern: JsonObject): Channel[] {
  const name = rule.raw('EventBusName');
  const bus: Json | undefined = name.kind === 'known' && !isNoValue(name.value) ? name.value : name.kind === 'unknown' ? undefined : 'default';
  const arn = bus === undefined ? undefined : arnOfNamed('bus', bus, rule);
  const objects = objectsIn(pattern, (bucket) => arnOfNamed('bucket', bucket, rule), rule);
  return [
    ...arn ? [{ kind: 'bus' as const, arn, label: bus === 'default' ? 'the default event bus' : labelOf(bus!, rule.stack), pattern }] : [],
    ...objects.map(({ arn: bucket, keys, name: named }) => ({ kind: 'bucket' as const, arn: bucket, keys, label: labelOf(named, rule.stack) })),
  ];
}

function logLinks(filter: Resource): Link[] {
  const [group, destination] = ['LogGroupName', 'DestinationArn'].map((path) => valueOf(filter.raw(path)));
  if (group === undefined || destination === undefined) return [];
  const from: Channel = { kind: 'log group', arn: textOf(group, filter.stack), label: labelOf(group, filter.stack) };
  return [linkTo(destination, from, { resource: filter, path: 'Properties/LogGroupName' })];
}
