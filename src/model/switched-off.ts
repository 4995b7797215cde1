import { isEnabled } from './failures/mapping';
import { identityInvokers } from './iam/identity-invokers';
import { wiringOf } from './iam/resource-policy';
import { textOf } from './iam/text';
import { count, nameAt } from './naming';
import { serviceIn } from './needs/need';
import type { Resource } from './resource';
import { sameQualifier } from './triggers/permitted';
import { pushTriggers } from './triggers/push-triggers';
import { roleCalls } from './triggers/role-calls';
import { valueOf } from './value';
import { isAsynchronous } from '../limits/invocation-modes';

/** What becomes of the events of one source while the function has a reserved concurrency of 0. */
export interface Fate {
  /** The source as people know it. */
  readonly source: string;
  /** What becomes of its events, to go on from the source. */
  readonly fate: string;
}

/** Whether a function surely has a reserved concurrency of 0: Lambda throttles every invocation. */
export function isSwitchedOff(fn: Resource): boolean {
  return valueOf(fn.number('ReservedConcurrentExecutions')) === 0;
}

/** Services that wait for the answer of a function that they call with a role; the others do not, or as they are told. */
const WAITING = ['apigateway.amazonaws.com', 'appsync.amazonaws.com'];

/**
 * What becomes of the events of each source that the app wires to a function, if it is switched off.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export function fatesOf(fn: Resource): Fate[] {
  const { app } = fn.stack;
  const triggers = pushTriggers(app).filter((trigger) => trigger.fn === fn);
  const pushed = triggers.map(({ resource, caller, qualifier }) => ({ source: resource.label, fate: pushedFate(fn, caller, qualifier) }));
  const permitted = wiringOf(app).permissions(fn).flatMap(({ resource, qualifier }) => {
    const caller = valueOf(resource.text('Principal'));
    const isTrigger = caller === undefined || triggers.some((trigger) => trigger.caller === caller);
    return isTrigger ? [] : [{ source: nameAt(resource, 'SourceArn') ?? caller, fate: pushedFate(fn, caller, qualifier) }];
  });
  const calls = roleCalls(app).filter((call) => call.fn === fn);
  const eitherWay = (qualifier: string) => `${REFUSED}, or, if it does not wait, ${handedOver(fn, qualifier)}`;
  const called = calls.map(({ resource, service, qualifier }) => (
    { source: resource.label, fate: WAITING.includes(service) ? REFUSED : eitherWay(qualifier) }
  ));
  const others = identityInvokers(fn).filter(({ who }) => !calls.some(({ role }) => role === who))
    .map(({ who, qualifier }) => ({ source: who.label, fate: eitherWay(qualifier) }));
  const polled = wiringOf(app).mappings(fn).map(({ resource }) => resource).filter(isEnabled)
    .map((mapping) => ({ source: nameAt(mapping, 'EventSourceArn') ?? mapping.label, fate: polledFate(mapping) }));
  const fates = [...pushed, ...permitted, ...called, ...others, ...polled];
  return fates.filter(({ source, fate }, index) => fates.findIndex((other) => other.source === source && other.fate === fate) === index);
}

const REFUSED = 'is refused with status 429';

function pushedFate(fn: Resource, caller: string, qualifier: string): string {
  return isAsynchronous(caller) ? handedOver(fn, qualifier) : REFUSED;
}

/** Events in Lambda's own queue are not tried again, but go where those go that all attempts failed for. */
function handedOver(fn: Resource, qualifier: string): string {
  const configs = wiringOf(fn.stack.app).asyncConfigs(fn).filter((config) => sameQualifier(config.qualifier, qualifier) !== 'no');
  const places = [
    nameAt(fn, 'DeadLetterConfig.TargetArn'),
    ...configs.map(({ resource }) => nameAt(resource, 'DestinationConfig.OnFailure.Destination')),
  ].filter((place) => place !== undefined);
  return places.length === 0 ? 'loses its events' : `has its events sent to ${[...new Set(places)].join(' and ')}, without a retry`;
}

/** Throttled mappings try again, as long as there is something left to read. */
function polledFate(mapping: Resource): string {
  const raw = mapping.raw('EventSourceArn');
  const service = raw.kind === 'known' ? serviceIn(textOf(raw.value, mapping.stack)) : undefined;
  switch (service) {
    case 'sqs': return queueFate(mapping);
    case 'kinesis':
    case 'dynamodb': return streamFate(mapping);
    default: return 'keeps its records until they expire';
  }
}

function queueFate(mapping: Resource): string {
  const queue = mapping.reference('EventSourceArn')?.resource;
  if (queue?.type !== 'AWS::SQS::Queue') return 'has its messages received again and again, until they expire or go to a dead-letter queue';
  const again = 'has its messages received again and again';
  const deadLetter = nameAt(queue, 'RedrivePolicy.deadLetterTargetArn');
  if (deadLetter === undefined) return `${again}, until they expire`;
  const receives = valueOf(queue.number('RedrivePolicy.maxReceiveCount'));
  return `${again}, until they go to ${deadLetter}${receives === undefined ? '' : ` after ${count(receives, 'receive')}`}`;
}

function streamFate(mapping: Resource): string {
  const age = valueOf(mapping.number('MaximumRecordAgeInSeconds')) ?? -1;
  const destination = nameAt(mapping, 'DestinationConfig.OnFailure.Destination');
  const end = age > 0 ? `until they are ${count(age, 'second')} old` : 'until they expire';
  return `is blocked: its records wait ${end}${destination === undefined ? '' : `, and are then reported to ${destination}`}`;
}
