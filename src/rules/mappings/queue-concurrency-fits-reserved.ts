import { fn, mapping, queue, STREAM, streamMapping } from './examples';
import { MAXIMUM, maximumOf, Reservation, reservationsOf, sumOf } from './reservations';
import { MAX_CONCURRENCY } from '../../limits/queue-mapping';
import { QUEUE_POLLING } from '../../limits/scaling';
import type { Mapping } from '../../model/mappings';
import { Finding, Rule } from '../rule';

const PATH = `Properties/${MAXIMUM.replaceAll('.', '/')}`;

/** What Lambda can be held to for one queue; less it refuses. */
const LEAST = MAX_CONCURRENCY.min;

function scaled(concurrency: number): ReturnType<typeof mapping> {
  return mapping({ ScalingConfig: { MaximumConcurrency: concurrency } });
}

export const queueConcurrencyFitsReserved: Rule = {
  id: 'queue-concurrency-fits-reserved',
  title: 'Lambda reads no more of a queue at once than the function may take',
  severity: 'warning',
  why: 'what Lambda cannot hand over because the reservation is used up counts as received, and becomes a dead letter that no function has seen',
  fix: 'set the maximum concurrency of the mappings (ScalingConfig) to no more than the reserved concurrency together: 2 or more for each, so that 1 cannot be kept to',
  source: 'https://repost.aws/knowledge-center/lambda-sqs-scaling',
  since: '0.1.0',

  valid: [
    { title: 'as much as is reserved', resources: { Orders: fn({ ReservedConcurrentExecutions: 10 }), Source: queue(), Mapping: scaled(10) } },
    { title: 'nothing reserved', resources: { Orders: fn(), Source: queue(), Mapping: scaled(1000) } },
    { title: 'as much reserved as Lambda reads, and no maximum', resources: { Orders: fn({ ReservedConcurrentExecutions: 1250 }), Source: queue(), Mapping: mapping() } },
    { title: 'a FIFO queue, of which no more is read than it has groups', resources: { Orders: fn({ ReservedConcurrentExecutions: 5 }), Source: queue({ FifoQueue: true }), Mapping: mapping() } },
    { title: 'a stream', resources: { Orders: fn({ ReservedConcurrentExecutions: 1 }), Source: STREAM, Mapping: streamMapping() } },
    { title: 'as much as a parameter says', resources: { Orders: fn({ ReservedConcurrentExecutions: { Ref: 'Reserved' } }), Source: queue(), Mapping: scaled(10) } },
    { title: 'two reserved, for a queue that is held to them', resources: { Orders: fn({ ReservedConcurrentExecutions: 2 }), Source: queue(), Mapping: scaled(2) } },
    { title: 'a FIFO queue, of whose message groups nobody knows', resources: { Orders: fn({ ReservedConcurrentExecutions: 1 }), Source: queue({ FifoQueue: true }), Mapping: mapping() } },
    { title: 'more than is reserved in one mapping, which Lambda refuses', resources: { Orders: fn({ ReservedConcurrentExecutions: 10 }), Source: queue(), Mapping: scaled(11) } },
    { title: 'a maximum that a parameter says', resources: { Orders: fn({ ReservedConcurrentExecutions: 2 }), Source: queue(), Mapping: mapping({ ScalingConfig: { MaximumConcurrency: { Ref: 'Most' } } }) } },
  ],
  invalid: [
    { title: 'more than is reserved, in two mappings', at: 'Mapping/Properties/ScalingConfig/MaximumConcurrency', resources: { Orders: fn({ ReservedConcurrentExecutions: '10' }), Source: queue(), Mapping: scaled(6), Other: queue(), Second: mapping({ EventSourceArn: { 'Fn::GetAtt': ['Other', 'Arn'] }, ScalingConfig: { MaximumConcurrency: 6 } }) } },
    { title: 'less reserved than Lambda reads without a maximum', at: 'Mapping/Properties/ScalingConfig/MaximumConcurrency', resources: { Orders: fn({ ReservedConcurrentExecutions: 10 }), Source: queue(), Mapping: mapping() } },
    { title: 'less reserved than Lambda can be held to', at: 'Orders/Properties/ReservedConcurrentExecutions', resources: { Orders: fn({ ReservedConcurrentExecutions: 1 }), Source: queue(), Mapping: mapping() } },
    { title: 'less reserved than two queues can be held to', at: 'Orders/Properties/ReservedConcurrentExecutions', resources: { Orders: fn({ ReservedConcurrentExecutions: 3 }), Source: queue(), Mapping: scaled(2), Other: queue(), Second: mapping({ EventSourceArn: { 'Fn::GetAtt': ['Other', 'Arn'] }, ScalingConfig: { MaximumConcurrency: 2 } }) } },
  ],

  * check(app) {
    for (const reservation of reservationsOf(app)) yield* findingsIn(reservation);
  },
};

function findingsIn({ owner, reserved, mappings }: Reservation): Finding[] {
  const queues = mappings.filter(({ kind }) => kind === 'queue');
  const [bounded, unbounded] = [queues.filter((mapped) => maximumOf(mapped) > 0), queues.filter(isUnbounded)];
  // of one that is too large by itself, another rule tells: Lambda refuses it
  if (bounded.some((mapped) => maximumOf(mapped) > reserved)) return [];
  const short = (needed: string): Finding[] => [{ resource: owner, path: 'Properties/ReservedConcurrentExecutions', message: `reserved concurrency must be at least ${needed}, got ${reserved}` }];
  const least = LEAST * (bounded.length + unbounded.length);
  if (reserved < least) return short(`${least}, the least maximum concurrency that a queue can have${least > LEAST ? ' for each of those that are read' : ''}`);
  const sum = sumOf(bounded, maximumOf);
  if (sum > reserved) {
    return [{ resource: bounded[0].resource, path: PATH, message: `maximum concurrency of all queues of ${owner.label} together must be at most the ${reserved} that are reserved, got ${sum}` }];
  }
  if (unbounded.length === 0 || reserved >= QUEUE_POLLING.most) return [];
  const most = QUEUE_POLLING.most.toLocaleString('en-US');
  return [{ resource: unbounded[0].resource, path: PATH, message: `maximum concurrency must be at most the ${reserved} that are reserved for ${owner.label}, got none: Lambda reads up to ${most} batches at once` }];
}

/** Of a FIFO queue Lambda reads no more than there are message groups. */
function isUnbounded({ resource, isFifo }: Mapping): boolean {
  return isFifo === false && ['ScalingConfig', 'ProvisionedPollerConfig'].every((path) => resource.raw(path).kind === 'absent');
}
