import { arnOf, fn, ORDERS, STREAM, streamMapping, TABLE } from './examples';
import { STREAM_READERS } from '../../limits/stream-mapping';
import type { AppModel } from '../../model/app';
import { isFannedOut, Mapping, mappingsOf, sourceKeyOf } from '../../model/mappings';
import type { Resource } from '../../model/resource';
import { intrinsic, Json, JsonObject } from '../../model/template';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const TABLE_STREAM = { EventSourceArn: arnOf('Source', 'StreamArn') };
const CONSUMER = { Type: 'AWS::Kinesis::StreamConsumer', Properties: { ConsumerName: 'orders', StreamARN: arnOf('Source') } };

/** A source, and as many functions that read it. */
function readers(source: JsonObject, count: number, properties: JsonObject = {}): JsonObject {
  const each = [...Array(count).keys()].flatMap((index): [string, JsonObject][] => [
    [`Reader${index}`, fn({ MemorySize: 128 + index })],
    [`Mapping${index}`, streamMapping({ FunctionName: { Ref: `Reader${index}` }, ...properties })],
  ]);
  return { Source: source, ...Object.fromEntries(each) };
}

function globalTable(...regions: Json[]): JsonObject {
  return { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: regions.map((Region) => ({ Region })), StreamSpecification: { StreamViewType: 'KEYS_ONLY' } } };
}

/** Pipes, delivery streams and readers of other stacks share the throughput, too: there may be more than are counted here. */
export const streamReadersShareThroughput: Rule = {
  id: 'stream-readers-share-throughput',
  title: 'A stream has no more readers than it has throughput for',
  severity: 'warning',
  why: 'all mappings share what a shard hands out, which for a data stream is twice what it takes in: with more than two, reads are throttled, and all of them fall behind when it is busy; for a global table AWS recommends one',
  fix: 'read a data stream by consumers of their own (AWS::Kinesis::StreamConsumer), or with one function that sends on what others need, to a topic or an event bus',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html',
  since: '0.1.0',

  valid: [
    { title: 'two readers of a data stream', resources: readers(STREAM, 2) },
    { title: 'two readers of a table', resources: readers(TABLE, 2, TABLE_STREAM) },
    { title: 'one reader of a global table', resources: readers(globalTable('eu-west-1', 'us-east-1'), 1, TABLE_STREAM) },
    { title: 'two readers of a table that may get replicas', resources: readers(globalTable('eu-west-1'), 2, TABLE_STREAM) },
    { title: 'a third one by a consumer', resources: { ...readers(STREAM, 2), Orders: ORDERS, Consumer: CONSUMER, Mapping: streamMapping({ EventSourceArn: arnOf('Consumer', 'ConsumerARN') }) } },
    { title: 'a third one that is switched off', resources: { ...readers(STREAM, 2), Orders: ORDERS, Mapping: streamMapping({ Enabled: false }) } },
    { title: 'a third one under a condition', resources: { ...readers(STREAM, 2), Orders: ORDERS, Mapping: { ...streamMapping(), Condition: 'IsProd' } } },
    { title: 'a third one of a stream that a parameter names', resources: { ...readers(STREAM, 2), Orders: ORDERS, Mapping: streamMapping({ EventSourceArn: { Ref: 'StreamArn' } }) } },
    { title: 'three queues', resources: readers({ Type: 'AWS::SQS::Queue' }, 3) },
  ],
  invalid: [
    { title: 'three readers of a data stream', at: 'Mapping2/Properties/EventSourceArn', resources: readers(STREAM, 3) },
    { title: 'four readers of a stream of another app', at: 'Mapping2/Properties/EventSourceArn', resources: readers(STREAM, 4, { EventSourceArn: 'arn:aws:kinesis:eu-west-1:111122223333:stream/clicks' }) },
    { title: 'three readers of a table', at: 'Mapping2/Properties/EventSourceArn', resources: readers(TABLE, 3, TABLE_STREAM) },
    { title: 'two readers of a table with replicas', at: 'Mapping1/Properties/EventSourceArn', resources: readers(globalTable('eu-west-1', 'us-east-1'), 2, TABLE_STREAM) },
  ],

  * check(app) {
    for (const mappings of readersByStream(app)) {
      const [{ kind, source }] = mappings;
      const most = mostOf(mappings[0]);
      if (mappings.length <= most) continue;
      const name = source ? ` ${source.label}` : '';
      yield { resource: mappings[most].resource, path: 'Properties/EventSourceArn', message: `mappings that share the ${kind}${name} must be at most ${most}, got ${mappings.length}` };
    }
  },
};

/** Mappings by the stream that they read, each of which surely reads it and has no throughput of its own. */
function readersByStream(app: AppModel): Iterable<readonly Mapping[]> {
  const found = new Map<string, Mapping[]>();
  for (const mapped of mappingsOf(app)) {
    const key = sourceKeyOf(mapped);
    const isReader = (mapped.kind === 'data stream' || mapped.kind === 'table stream') && !isFannedOut(mapped) && mapped.isAlwaysThere && mapped.isEnabled;
    if (key !== undefined && isReader) found.set(key, [...found.get(key) ?? [], mapped]);
  }
  return found.values();
}

function mostOf({ kind, source }: Mapping): number {
  if (kind === 'data stream') return STREAM_READERS.dataStream;
  return source && hasReplicas(source) ? STREAM_READERS.globalTable : STREAM_READERS.table;
}

/** A table of this type has one replica for itself. */
function hasReplicas(table: Resource): boolean {
  if (table.type !== 'AWS::DynamoDB::GlobalTable') return false;
  const replicas = valueOf(table.list('Replicas')) ?? [];
  return replicas.filter((replica) => !intrinsic(replica)).length > 1;
}
