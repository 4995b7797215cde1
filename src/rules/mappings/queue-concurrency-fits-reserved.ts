import { fn, mapping, queue, STREAM, streamMapping } from './examples';
import { QUEUE_POLLING } from '../../limits/scaling';
import type { AppModel } from '../../model/app';
import { Mapping, mappingsOf, numberOr } from '../../model/mappings';
import type { Resource } from '../../model/resource';
import { valueOf } from '../../model/value';
import { Finding, Rule } from '../rule';

const MAXIMUM = 'ScalingConfig.MaximumConcurrency';
const PATH = `Properties/${MAXIMUM.replaceAll('.', '/')}`;

function scaled(concurrency: number): ReturnType<typeof mapping> {
  return mapping({ ScalingConfig: { MaximumConcurrency: concurrency } });
}

/** A function with a reservation of 0 is switched off, of which another rule tells. */
export const queueConcurrencyFitsReserved: Rule = {
  id: 'queue-concurrency-fits-reserved',
  title: 'Lambda reads no more of a queue at once than the function may take',
  severity: 'warning',
  why: 'what Lambda cannot hand over because the reservation is used up counts as received, and becomes a dead letter that no function has seen',
  fix: 'set the maximum concurrency of the mappings (ScalingConfig) to no more than the reserved concurrency together; it cannot be less than 2',
  source: 'https://repost.aws/knowledge-center/lambda-sqs-scaling',
  since: '0.1.0',

  valid: [
    { title: 'as much as is reserved', resources: { Orders: fn({ ReservedConcurrentExecutions: 10 }), Source: queue(), Mapping: scaled(10) } },
    { title: 'nothing reserved', resources: { Orders: fn(), Source: queue(), Mapping: scaled(1000) } },
    { title: 'as much reserved as Lambda reads, and no maximum', resources: { Orders: fn({ ReservedConcurrentExecutions: 1250 }), Source: queue(), Mapping: mapping() } },
    { title: 'a FIFO queue, of which no more is read than it has groups', resources: { Orders: fn({ ReservedConcurrentExecutions: 5 }), Source: queue({ FifoQueue: true }), Mapping: mapping() } },
    { title: 'a stream', resources: { Orders: fn({ ReservedConcurrentExecutions: 1 }), Source: STREAM, Mapping: streamMapping() } },
    { title: 'as much as a parameter says', resources: { Orders: fn({ ReservedConcurrentExecutions: { Ref: 'Reserved' } }), Source: queue(), Mapping: scaled(10) } },
    { title: 'a maximum that a parameter says', resources: { Orders: fn({ ReservedConcurrentExecutions: 2 }), Source: queue(), Mapping: mapping({ ScalingConfig: { MaximumConcurrency: { Ref: 'Most' } } }) } },
  ],
  invalid: [
    { title: 'more than is reserved', at: 'Mapping/Properties/ScalingConfig/MaximumConcurrency', resources: { Orders: fn({ ReservedConcurrentExecutions: 10 }), Source: queue(), Mapping: scaled(11) } },
    { title: 'more than is reserved, in two mappings', at: 'Mapping/Properties/ScalingConfig/MaximumConcurrency', resources: { Orders: fn({ ReservedConcurrentExecutions: '10' }), Source: queue(), Mapping: scaled(6), Other: queue(), Second: mapping({ EventSourceArn: { 'Fn::GetAtt': ['Other', 'Arn'] }, ScalingConfig: { MaximumConcurrency: 6 } }) } },
    { title: 'less reserved than Lambda reads without a maximum', at: 'Mapping/Properties/ScalingConfig/MaximumConcurrency', resources: { Orders: fn({ ReservedConcurrentExecutions: 10 }), Source: queue(), Mapping: mapping() } },
    { title: 'one reserved, and no maximum', at: 'Mapping/Properties/ScalingConfig/MaximumConcurrency', resources: { Orders: fn({ ReservedConcurrentExecutions: 1 }), Source: queue(), Mapping: mapping() } },
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
  if (sum > reserved) {
    const { resource } = mappings[given.findIndex((one) => one > 0)];
    return [{ resource, path: PATH, message: `maximum concurrency of all queues of ${owner.label} together must be at most the ${reserved} that are reserved, got ${sum}` }];
  }
  const unbounded = mappings.find(({ resource, isFifo }) => isFifo === false && ['ScalingConfig', 'ProvisionedPollerConfig'].every((path) => resource.raw(path).kind === 'absent'));
  if (!unbounded || reserved >= QUEUE_POLLING.most) return [];
  return [{ resource: unbounded.resource, path: PATH, message: `maximum concurrency must be at most the ${reserved} that are reserved for ${owner.label}, got none: Lambda reads up to ${QUEUE_POLLING.most.toLocaleString('en-US')} batches` }];
}
