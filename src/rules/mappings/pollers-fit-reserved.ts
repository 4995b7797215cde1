import { arnOf, fn, mapping, mappingOf, MSK, queue } from './examples';
import { maximumOf, Reservation, reservationsOf, sumOf } from './reservations';
import { DEFAULT_POLLERS, QUEUE_POLLERS } from '../../limits/scaling';
import { Mapping, numberOr } from '../../model/mappings';
import { isThere } from '../../model/presence';
import type { Resource } from '../../model/resource';
import { intrinsic, isObject, JsonObject } from '../../model/template';
import { valueOf } from '../../model/value';
import { Finding, Rule } from '../rule';

const CONFIG = 'ProvisionedPollerConfig';
const { concurrency: EACH } = QUEUE_POLLERS;

/** Fewer than the pollers take that a queue has at least. */
const LEAST = DEFAULT_POLLERS.minimum * EACH;

function polled(config: JsonObject, reserved: JsonObject[string]): JsonObject {
  return { Orders: fn({ ReservedConcurrentExecutions: reserved }), Source: queue(), Mapping: mapping({ ProvisionedPollerConfig: config }) };
}

function second(properties: JsonObject): JsonObject {
  return { Other: queue(), Second: mapping({ EventSourceArn: arnOf('Other'), ...properties }) };
}

const AT = 'Mapping/Properties/ProvisionedPollerConfig';

/** Of Kafka nothing is said: its pollers read no more than there are partitions, and what is throttled is not counted. */
export const pollersFitReserved: Rule = {
  id: 'pollers-fit-reserved',
  title: 'Pollers of a queue cause no more than the function may take',
  severity: 'warning',
  why: 'a poller invokes up to 10 times at once, and is paid for: what it cannot hand over because the reservation is used up counts as received, and becomes a dead letter that no function has seen',
  fix: 'set MaximumPollers to a tenth of the reserved concurrency, which takes 20 or more for two pollers; with less, set a maximum concurrency in place of pollers',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html',
  since: '0.1.0',

  valid: [
    { title: 'a tenth of the reservation', resources: polled({ MinimumPollers: 5, MaximumPollers: 10 }, 100) },
    { title: 'the defaults, for which there is enough', resources: polled({}, 2000) },
    { title: 'nothing reserved', resources: { Orders: fn(), Source: queue(), Mapping: mapping({ ProvisionedPollerConfig: { MinimumPollers: 200 } }) } },
    { title: 'no pollers', resources: { Orders: fn({ ReservedConcurrentExecutions: 5 }), Source: queue(), Mapping: mapping({ ProvisionedPollerConfig: { Ref: 'AWS::NoValue' } }) } },
    { title: 'pollers that are there or not', resources: { Orders: fn({ ReservedConcurrentExecutions: 5 }), Source: queue(), Mapping: mapping({ ProvisionedPollerConfig: { 'Fn::If': ['IsProd', { MaximumPollers: 9 }, { Ref: 'AWS::NoValue' }] } }) } },
    { title: 'as many pollers as a parameter says', resources: polled({ MaximumPollers: { Ref: 'Most' } }, 30) },
    { title: 'as much as a parameter says', resources: polled({ MaximumPollers: 100 }, { Ref: 'Reserved' }) },
    { title: 'a FIFO queue, of whose message groups nobody knows', resources: { ...polled({ MaximumPollers: 100 }, 30), Source: queue({ FifoQueue: true }) } },
    { title: 'two queues that fit together', resources: { ...polled({ MaximumPollers: 5 }, 100), ...second({ ProvisionedPollerConfig: { MaximumPollers: 5 } }) } },
    { title: 'a topic', resources: { Orders: fn({ ReservedConcurrentExecutions: 5 }), Mapping: mappingOf(MSK, { Topics: ['orders'], ProvisionedPollerConfig: { MinimumPollers: 100 } }) } },
  ],
  invalid: [
    { title: 'there is less than two pollers take', at: AT, resources: polled({ MinimumPollers: 2, MaximumPollers: 2 }, 19) },
    { title: 'those that are always there take more', at: `${AT}/MinimumPollers`, resources: polled({ MinimumPollers: 4 }, 30) },
    { title: 'those that there may be take more', at: `${AT}/MaximumPollers`, resources: polled({ MinimumPollers: 2, MaximumPollers: '4' }, 30) },
    { title: 'there may be 200, the default', at: AT, resources: polled({ MinimumPollers: 2 }, 1000) },
    { title: 'those of two queues together take more', at: `${AT}/MaximumPollers`, resources: { ...polled({ MaximumPollers: 6 }, 100), ...second({ ProvisionedPollerConfig: { MaximumPollers: 6 } }) } },
    { title: 'those of a queue, and another one take more', at: `${AT}/MaximumPollers`, resources: { ...polled({ MaximumPollers: 6 }, 100), ...second({ ScalingConfig: { MaximumConcurrency: 50 } }) } },
  ],

  * check(app) {
    for (const reservation of reservationsOf(app)) yield* findingsIn(reservation);
  },
};

function findingsIn({ owner, reserved, mappings }: Reservation): Finding[] {
  const polling = mappings.filter(hasPollers);
  const alone = polling.flatMap((mapped) => tooMany(mapped.resource, reserved) ?? []);
  if (alone.length > 0 || polling.length === 0) return alone;
  const sum = sumOf(polling, ({ resource }) => EACH * (mostOf(resource) ?? 0)) + sumOf(mappings, maximumOf);
  if (sum <= reserved) return [];
  const [{ resource }] = polling;
  return [{ resource, path: placeOf(resource, 'MaximumPollers'), message: `invocations for all queues of ${owner.label} together must be at most the ${reserved} that are reserved, got up to ${sum}` }];
}

function hasPollers({ kind, isFifo, resource }: Mapping): boolean {
  const config = valueOf(resource.raw(CONFIG));
  return kind === 'queue' && isFifo === false && isObject(config) && !intrinsic(config);
}

function tooMany(resource: Resource, reserved: number): Finding | undefined {
  if (reserved < LEAST) return { resource, path: placeOf(resource), message: `pollers must be left out where fewer than ${LEAST} are reserved, got a reservation of ${reserved}` };
  const [fewest, most] = [fewestOf(resource), mostOf(resource)];
  const room = `${Math.floor(reserved / EACH)} for the ${reserved} that are reserved`;
  if (fewest !== undefined && fewest * EACH > reserved) return { resource, path: placeOf(resource, 'MinimumPollers'), message: `pollers that are always there must be at most ${room}, got ${fewest}` };
  if (most === undefined || most * EACH <= reserved) return undefined;
  return { resource, path: placeOf(resource, 'MaximumPollers'), message: `pollers must be at most ${room}, got up to ${most}` };
}

function fewestOf(resource: Resource): number | undefined {
  return numberOr(resource, `${CONFIG}.MinimumPollers`, DEFAULT_POLLERS.minimum);
}

function mostOf(resource: Resource): number | undefined {
  return numberOr(resource, `${CONFIG}.MaximumPollers`, Math.max(DEFAULT_POLLERS.maximum, fewestOf(resource) ?? 0));
}

function placeOf(resource: Resource, number?: string): string {
  return number !== undefined && isThere(resource, `${CONFIG}.${number}`) === true ? `Properties/${CONFIG}/${number}` : `Properties/${CONFIG}`;
}
