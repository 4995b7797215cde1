import { arnOf, fn, mapping, queue, STREAM, streamMapping, TABLE } from './examples';
import { maximumOf, Reservation, reservationsOf, sumOf } from './reservations';
import { Mapping, numberOr, shardsOf } from '../../model/mappings';
import { Rule } from '../rule';

const reserving = (reserved: number) => fn({ ReservedConcurrentExecutions: reserved });
const stream = (properties: Parameters<typeof queue>[0]) => ({ ...STREAM, Properties: properties! });
const CONSUMER = { Type: 'AWS::Kinesis::StreamConsumer', Properties: { ConsumerName: 'orders', StreamARN: arnOf('Source') } };
const OTHER = { Other: queue(), Second: mapping({ EventSourceArn: arnOf('Other'), ScalingConfig: { MaximumConcurrency: 2 } }) };

const AT = 'Orders/Properties/ReservedConcurrentExecutions';

export const streamConcurrencyFitsReserved: Rule = {
  id: 'stream-concurrency-fits-reserved',
  title: 'A function may take all that Lambda reads of its streams at once',
  severity: 'warning',
  why: 'shards wait for each other: records get older in the stream, and those that reach their maximum age, or the end of their life, are given up although no function has seen them',
  fix: 'reserve a unit for each shard, times the parallelization factor, and those that queues need; or lower the factor',
  source: 'https://aws.amazon.com/blogs/compute/using-aws-lambda-as-a-consumer-for-amazon-kinesis/',
  since: '0.1.0',

  valid: [
    { title: 'a unit for each shard', resources: { Orders: reserving(2), Source: STREAM, Mapping: streamMapping() } },
    { title: 'a unit for each batch of each shard', resources: { Orders: reserving(6), Source: STREAM, Mapping: streamMapping({ ParallelizationFactor: 3 }) } },
    { title: 'nothing reserved', resources: { Orders: fn(), Source: STREAM, Mapping: streamMapping({ ParallelizationFactor: 10 }) } },
    { title: 'a stream and a queue', resources: { Orders: reserving(4), Source: STREAM, Mapping: streamMapping(), ...OTHER } },
    { title: 'a mapping that is switched off', resources: { Orders: reserving(1), Source: STREAM, Mapping: streamMapping({ Enabled: false }) } },
    { title: 'a stream on demand', resources: { Orders: reserving(1), Source: stream({ StreamModeDetails: { StreamMode: 'ON_DEMAND' }, ShardCount: 5 }), Mapping: streamMapping() } },
    { title: 'as many shards as a parameter says', resources: { Orders: reserving(1), Source: stream({ ShardCount: { Ref: 'Shards' } }), Mapping: streamMapping() } },
    { title: 'a stream whose mode is decided at deployment', resources: { Orders: reserving(1), Source: stream({ ShardCount: 5, StreamModeDetails: { StreamMode: { Ref: 'Mode' } } }), Mapping: streamMapping() } },
    { title: 'a stream that a parameter names', resources: { Orders: reserving(1), Mapping: streamMapping({ EventSourceArn: { Ref: 'StreamArn' } }) } },
    { title: 'a table, whose shards nobody knows', resources: { Orders: reserving(1), Source: TABLE, Mapping: streamMapping({ EventSourceArn: arnOf('Source', 'StreamArn') }) } },
    { title: 'a queue that asks for more by itself, of which another rule tells', resources: { Orders: reserving(2), Source: STREAM, Mapping: streamMapping(), Other: queue(), Second: mapping({ EventSourceArn: arnOf('Other'), ScalingConfig: { MaximumConcurrency: 3 } }) } },
  ],
  invalid: [
    { title: 'fewer than there are shards', at: AT, resources: { Orders: reserving(1), Source: STREAM, Mapping: streamMapping() } },
    { title: 'fewer than there are batches', at: AT, resources: { Orders: reserving(5), Source: stream({ ShardCount: '2', StreamModeDetails: { StreamMode: 'PROVISIONED' } }), Mapping: streamMapping({ ParallelizationFactor: 3 }) } },
    { title: 'fewer than there are shards, for a factor that is decided at deployment', at: AT, resources: { Orders: reserving(1), Source: STREAM, Mapping: streamMapping({ ParallelizationFactor: { Ref: 'Factor' } }) } },
    { title: 'fewer than there are shards of two streams', at: AT, resources: { Orders: reserving(3), Source: STREAM, Mapping: streamMapping(), Clicks: STREAM, Second: streamMapping({ EventSourceArn: arnOf('Clicks') }) } },
    { title: 'fewer than there are shards, read by a consumer', at: AT, resources: { Orders: reserving(1), Source: STREAM, Consumer: CONSUMER, Mapping: streamMapping({ EventSourceArn: { Ref: 'Consumer' } }) } },
    { title: 'fewer than a stream and a queue take together', at: AT, resources: { Orders: reserving(3), Source: STREAM, Mapping: streamMapping(), ...OTHER } },
  ],

  * check(app) {
    for (const reservation of reservationsOf(app)) {
      const { owner, reserved } = reservation;
      const { ofStreams, ofQueues } = takenOf(reservation);
      if (ofStreams === 0 || ofStreams + ofQueues <= reserved) continue;
      const queues = ofQueues > 0 ? `, and the ${ofQueues} of its queues` : '';
      yield { resource: owner, path: 'Properties/ReservedConcurrentExecutions', message: `reserved concurrency must be at least the ${ofStreams} batches that Lambda reads of shards at once${queues}, got ${reserved}` };
    }
  },
};

/** What queues take that ask for too much by themselves is left out: less of a stream would not help. */
function takenOf({ reserved, mappings }: Reservation): { readonly ofStreams: number; readonly ofQueues: number } {
  const ofQueues = sumOf(mappings, maximumOf);
  return { ofStreams: sumOf(mappings, batchesOf), ofQueues: ofQueues <= reserved ? ofQueues : 0 };
}

/** Batches that surely may be under way at once: where the factor is decided at deployment, one for each shard. */
function batchesOf(mapped: Mapping): number {
  return Math.max(0, shardsOf(mapped) ?? 0) * Math.max(1, numberOr(mapped.resource, 'ParallelizationFactor', 1) ?? 1);
}
