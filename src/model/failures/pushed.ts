import { PushingSource } from './pushing-sources';
import type { FailurePath } from '../../limits/failure-path';
import { InvocationMode } from '../../limits/invocation-mode';
import type { SourceSemantics } from '../../limits/sources/source-semantics';
import { wiringOf } from '../iam/resource-policy';
import { duration, nameAt, placeAt } from '../naming';
import { inWords } from '../needs/need';
import type { Resource } from '../resource';
import { isSwitchedOff } from '../switched-off';
import { isObject } from '../template';
import { sameQualifier } from '../triggers/permitted';
import { placesAt } from '../triggers/places';
import { ABSENT, known, UNKNOWN, Value } from '../value';

/** What the members of a path say, but for its source. */
export type Words = Pick<FailurePath, 'onError' | 'onTimeout' | 'onThrottle' | 'onOversize' | 'onPoisonRecord' | 'endsIn'>;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_BYTES = { waiting: '6,291,456', handedOver: '1,048,576' };

/** What becomes of the events of a source that calls, in words. */
export function pushedWords(fn: Resource, source: PushingSource, failedEvents?: string): Words {
  switch (source.mode) {
    case InvocationMode.SYNCHRONOUS: return waiting(source);
    case InvocationMode.ASYNCHRONOUS: return handedOver(fn, source, failedEvents);
    default: return eitherWay(waiting(source), handedOver(fn, source, failedEvents));
  }
}

/**
 * Whoever waits for the answer is told, and Lambda keeps nothing.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-retries.html
 */
function waiting({ semantics, service }: PushingSource): Words {
  const told = heardOf(semantics);
  const limits = semantics?.limits ?? [];
  const time = limits.find(({ name }) => name === 'time until the answer');
  const bytes = limits.find(({ name }) => /^bytes of (a message|the (event|request|body of the request|message))$/.test(name));
  return {
    onError: `Lambda does not try again: ${told}`,
    onTimeout: `as on an error${time ? `; ${service} waits for ${time.value} ${time.unit} at most` : ''}`,
    onThrottle: 'Lambda refuses the call with status 429, and keeps nothing; the rest is as on an error',
    onOversize: `refused: Lambda takes ${MOST_BYTES.waiting} bytes at most${bytes ? `, ${service} ${bytes.value.toLocaleString('en-US')}` : ''}`,
    onPoisonRecord: 'as on an error; other events do not wait for it',
    endsIn: endOf(semantics) ?? `nowhere: nothing is kept, and ${told}`,
  };
}

/** What whoever waits hears of it, and whether somebody calls again. */
function heardOf(semantics?: SourceSemantics): string {
  if (!semantics || semantics.invocation !== InvocationMode.SYNCHRONOUS) return 'the caller gets the error';
  const told = semantics.failedEvents.replace(/^nowhere[:;] /, '').replace(/^in /, 'it ends in ');
  return `${told}; ${semantics.retries}`;
}

/** Services that keep what failed themselves. */
function endOf(semantics?: SourceSemantics): string | undefined {
  const end = semantics?.invocation === InvocationMode.SYNCHRONOUS ? semantics.failedEvents : undefined;
  return end?.startsWith('in ') ? end.slice('in '.length) : undefined;
}

/**
 * Lambda keeps the event and tries again.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
function handedOver(fn: Resource, { qualifier, call }: PushingSource, failedEvents?: string): Words {
  const { retries, age, endsIn, then } = settingsFor(fn, qualifier, failedEvents);
  const again = `${retriesInWords(retries)}; then ${then}`;
  const undelivered = call && placeOfUndelivered(call);
  return {
    onError: again,
    onTimeout: again,
    onThrottle: isSwitchedOff(fn) ? `Lambda does not try again, since the reserved concurrency is 0: ${then}`
      : `Lambda tries again for up to ${ageInWords(age)}, at intervals that grow to 5 minutes; then ${then}`,
    onOversize: `Lambda takes ${MOST_BYTES.handedOver} bytes at most; what it does not take goes to ${undelivered ?? 'no destination of the function'}`,
    onPoisonRecord: 'as on an error; other events do not wait for it',
    endsIn,
  };
}

interface Settings {
  readonly retries: Value<number>;
  readonly age: Value<number>;
  readonly endsIn: string;
  /** The same, to go on from `then`. */
  readonly then: string;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function settingsFor(fn: Resource, qualifier: string, failedEvents?: string): Settings {
  const configs = wiringOf(fn.stack.app).asyncConfigs(fn).map((config) => ({ ...config, isMeant: sameQualifier(config.qualifier, qualifier) }));
  const config = configs.find(({ isMeant }) => isMeant === 'yes')?.resource;
  const mayBeMeant = !config && configs.some(({ isMeant }) => isMeant === 'unknown');
  const setting = (path: string): Value<number> => mayBeMeant ? UNKNOWN : config?.number(path) ?? ABSENT;
  const destination = mayBeMeant ? UNKNOWN : config ? placeAt(config, 'DestinationConfig.OnFailure.Destination') : ABSENT;
  const deadLetters = placeAt(fn, 'DeadLetterConfig.TargetArn');
  const isToCome = failedEvents !== undefined && destination.kind === 'absent' && deadLetters.kind === 'absent';
  return {
    retries: setting('MaximumRetryAttempts'),
    age: setting('MaximumEventAgeInSeconds'),
    ...endAt(isToCome ? known(failedEvents) : destination, deadLetters),
  };
}

function endAt(destination: Value<string>, deadLetters: Value<string>): Pick<Settings, 'endsIn' | 'then'> {
  const places = [
    ...destination.kind === 'known' ? [{ name: destination.value, what: 'the on-failure destination' }] : [],
    ...deadLetters.kind === 'known' ? [{ name: deadLetters.value, what: 'the dead-letter queue or topic of the function' }] : [],
  ];
  if (places.length > 0) {
    return { endsIn: places.map(({ name, what }) => `${name}, ${what}`).join('; '), then: `it goes to ${places.map(({ name }) => name).join(' and ')}` };
  }
  if (destination.kind === 'unknown' || deadLetters.kind === 'unknown') {
    return { endsIn: 'not known: the deployment decides whether there is a destination', then: 'it goes where the deployment decides' };
  }
  return { endsIn: 'lost: the function has neither an on-failure destination nor a dead-letter queue', then: 'it is lost' };
}

function retriesInWords(retries: Value<number>): string {
  if (retries.kind === 'unknown') return 'Lambda tries again as often as the deployment decides';
  switch (retries.kind === 'known' ? retries.value : 2) {
    case 0: return 'Lambda does not try again';
    case 1: return 'Lambda tries again once, after one minute';
    default: return 'Lambda tries again twice, after one and two minutes';
  }
}

function ageInWords(age: Value<number>): string {
  return age.kind === 'unknown' ? 'as long as the deployment decides' : duration(age.kind === 'known' ? age.value : 21_600);
}

/**
 * Where a service keeps what it could not hand over.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
function placeOfUndelivered({ resource, path }: NonNullable<PushingSource['call']>): string | undefined {
  switch (resource.type) {
    case 'AWS::SNS::Subscription': return nameAt(resource, 'RedrivePolicy.deadLetterTargetArn');
    case 'AWS::Scheduler::Schedule': return nameAt(resource, 'Target.DeadLetterConfig.Arn');
    case 'AWS::IoT::TopicRule': return resource.raw('TopicRulePayload.ErrorAction').kind === 'absent' ? undefined : 'the error action of the rule';
    case 'AWS::Events::Rule': {
      const config = placesAt(resource, 'Targets[].Arn').find((place) => place.path === path)?.beside('DeadLetterConfig');
      return isObject(config) && config.Arn !== undefined ? inWords({ json: config.Arn, stack: resource.stack }) : undefined;
    }
    default: return undefined;
  }
}

function eitherWay(one: Words, other: Words): Words {
  const both = (member: keyof Words) => one[member] === other[member] ? one[member] : `if the caller waits: ${one[member]}; if not: ${other[member]}`;
  return {
    onError: both('onError'),
    onTimeout: both('onTimeout'),
    onThrottle: both('onThrottle'),
    onOversize: both('onOversize'),
    onPoisonRecord: both('onPoisonRecord'),
    endsIn: both('endsIn'),
  };
}
