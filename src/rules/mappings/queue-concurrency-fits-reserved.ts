import { fn, mapping, queue, STREAM, streamMapping } from './examples';
import { QUEUE_POLLING } from '../../limits/scaling';
import type { AppModel } from '../../model/app';
import { Mapping, mappingsOf, numberOr } from '../../model/mappings';
import type { Resource } from '../../model/resource';
import { valueOf } from '../../model/value';
import { Finding, Rule } from '../rule';

const MAXIMUM = 'ScalingConfig.MaximumConcurrency';

function scaled(concurrency: number): ReturnType<typeof mapping> {
  return mapping({ ScalingConfig: { MaximumConcurrency: concurrency } });
}

/** A function with a reservation of 0 is switched off, of which another rule tells. */
export const queueConcurrencyFitsReserved: Rule = {
  id: 'queue-concurrency-fits-reserved',
  title: 'Lambda reads no more of a queue at once than the function may take',
  severity: 'warning',
  why: 'what Lambda cannot hand over because the reservation is used up counts as received, and becomes a dead letter that no function has seen',
  fix: 'set the maximum concurrency of the mappings to no more than the reserved concurrency together; without one, reserve 5 or more',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html',
  since: '0.1.0',

  valid: [
    { title: 'as much as is reserved', resources: { Orders: fn({ ReservedConcurrentExecutions: 10 }), Source: queue(), Mapping: scaled(10) } },
    { title: 'nothing reserved', resources: { Orders: fn(), Source: queue(), Mapping: scaled(1000) } },
    { title: 'five reserved, and no maximum', resources: { Orders: fn({ ReservedConcurrentExecutions: 5 }), Source: queue(), Mapping: mapping() } },
    { title: 'a stream', resources: { Orders: fn({ ReservedConcurrentExecutions: 1 }), Source: STREAM, Mapping: streamMapping() } },
    { title: 'as much as a parameter says', resources: { Orders: fn({ ReservedConcurrentExecutions: { Ref: 'Reserved' } }), Source: queue(), Mapping: scaled(10) } },
    { title: 'more than is reserved in one mapping, which Lambda refuses', resources: { Orders: fn({ ReservedConcurrentExecutions: 10 }), Source: queue(), Mapping: scaled(11) } },
    { title: 'a maximum that a parameter says', resources: { Orders: fn({ ReservedConcurrentExecutions: 2 }), Source: queue(), Mapping: mapping({ ScalingConfig: { MaximumConcurrency: { Ref: 'Most' } } }) } },
  ],
  invalid: [
    { title: 'more than is reserved, in two mappings', at: 'Mapping/Properties/ScalingConfig/MaximumConcurrency', resources: { Orders: fn({ ReservedConcurrentExecutions: '10' }), Source: queue(), Mapping: scaled(6), Other: queue(), Second: mapping({ EventSourceArn: { 'Fn::GetAtt': ['Other', 'Arn'] }, ScalingConfig: { MaximumConcurrency: 6 } }) } },
    { title: 'less reserved than Lambda begins with', at: 'Orders/Properties/ReservedConcurrentExecutions', resources: { Orders: fn({ ReservedConcurrentExecutions: 2 }), Source: queue(), Mapping: mapping() } },
  ],

  * check(app) {
    for (const [owner, mappings] of queuesByFunction(app)) {
      const reserved = valueOf(owner.number('ReservedConcurrentExecutions'));
      if (reserved !== undefined && reserved > 0) yield* findingsIn(owner, mappings, reserved);
    }
  },
};

function queuesByFunction(app: AppModel): Map<Resource, Mapping[]> {
  const found = new Map<Resource, Mapping[]>();
  for (const mapped of mappingsOf(app)) {
    const { kind, target, isAlwaysThere, isEnabled } = mapped;
    if (kind === 'queue' && target && isAlwaysThere && isEnabled) found.set(target.fn, [...found.get(target.fn) ?? [], mapped]);
  }
  return found;
}

function findingsIn(owner: Resource, mappings: readonly Mapping[], reserved: number): Finding[] {
  const given = mappings.map(({ resource }) => numberOr(resource, MAXIMUM, 0) ?? 0);
  const sum = given.reduce((total, one) => total + one, 0);
  // of one that is too large by itself, another rule tells: Lambda refuses it
  if (sum > reserved && given.every((one) => one <= reserved)) {
    const { resource } = mappings[given.findIndex((one) => one > 0)];
    return [{ resource, path: `Properties/${MAXIMUM.replaceAll('.', '/')}`, message: `maximum concurrency of all queues of ${owner.label} together must be at most the ${reserved} that are reserved, got ${sum}` }];
  }
  const isUnbounded = mappings.some(({ resource, isFifo }) => isFifo === false && ['ScalingConfig', 'ProvisionedPollerConfig'].every((path) => resource.raw(path).kind === 'absent'));
  if (!isUnbounded || reserved >= QUEUE_POLLING.atFirst) return [];
  return [{ resource: owner, path: 'Properties/ReservedConcurrentExecutions', message: `reserved concurrency must be at least the ${QUEUE_POLLING.atFirst} batches that Lambda reads of a queue at first, got ${reserved}` }];
}
