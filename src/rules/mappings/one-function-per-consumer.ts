import { arnOf, fn, LIVE, ORDERS, STREAM, streamMapping } from './examples';
import { isFannedOut, Mapping, mappingsOf, sourceKeyOf } from '../../model/mappings';
import { sameQualifier } from '../../model/triggers/permitted';
import { Rule } from '../rule';

const consumer = (ConsumerName: string) => ({ Type: 'AWS::Kinesis::StreamConsumer', Properties: { ConsumerName, StreamARN: arnOf('Source') } });
const BY_CONSUMER = { EventSourceArn: { Ref: 'Consumer' } };
const BASE = { Orders: ORDERS, Returns: fn({ MemorySize: 256 }), Source: STREAM, Consumer: consumer('orders'), Mapping: streamMapping(BY_CONSUMER) };

/** A second mapping to the same function is refused, of which another rule tells. */
export const oneFunctionPerConsumer: Rule = {
  id: 'one-function-per-consumer',
  title: 'A consumer of a stream is read for one function',
  severity: 'warning',
  why: 'a consumer has one subscription to each shard: the second reader takes it over, and the first one gets nothing until it takes it back',
  fix: 'register a consumer for each function (AWS::Kinesis::StreamConsumer)',
  source: 'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SubscribeToShard.html',
  since: '0.1.0',

  valid: [
    { title: 'one function', resources: BASE },
    { title: 'two consumers', resources: { ...BASE, Other: consumer('returns'), Second: streamMapping({ FunctionName: { Ref: 'Returns' }, EventSourceArn: arnOf('Other', 'ConsumerARN') }) } },
    { title: 'the stream itself, for two functions', resources: { ...BASE, Mapping: streamMapping(), Second: streamMapping({ FunctionName: { Ref: 'Returns' } }) } },
    { title: 'the same function twice, which is refused', resources: { ...BASE, Second: streamMapping(BY_CONSUMER) } },
    { title: 'a mapping that is switched off', resources: { ...BASE, Second: streamMapping({ ...BY_CONSUMER, FunctionName: { Ref: 'Returns' }, Enabled: false }) } },
    { title: 'a mapping under a condition', resources: { ...BASE, Second: { ...streamMapping({ ...BY_CONSUMER, FunctionName: { Ref: 'Returns' } }), Condition: 'IsProd' } } },
    { title: 'a consumer that a parameter names', resources: { ...BASE, Second: streamMapping({ FunctionName: { Ref: 'Returns' }, EventSourceArn: { Ref: 'ConsumerArn' } }) } },
  ],
  invalid: [
    { title: 'two functions', at: 'Second/Properties/EventSourceArn', resources: { ...BASE, Second: streamMapping({ EventSourceArn: arnOf('Consumer', 'ConsumerARN'), FunctionName: { Ref: 'Returns' } }) } },
    { title: 'the alias and $LATEST of a function', at: 'Second/Properties/EventSourceArn', resources: { ...BASE, Live: LIVE, Second: streamMapping({ ...BY_CONSUMER, FunctionName: { Ref: 'Live' } }) } },
  ],

  * check(app) {
    const readers = new Map<string, Mapping>();
    for (const mapped of mappingsOf(app)) {
      const key = sourceKeyOf(mapped);
      if (key === undefined || !isFannedOut(mapped) || !mapped.target || !mapped.isAlwaysThere || !mapped.isEnabled) continue;
      const first = readers.get(key);
      if (!first) readers.set(key, mapped);
      else if (isAnother(first, mapped)) yield { resource: mapped.resource, path: 'Properties/EventSourceArn', message: `consumer must be read for one function, got ${mapped.target.fn.label} beside ${first.target!.fn.label}` };
    }
  },
};

function isAnother({ target: one }: Mapping, { target: other }: Mapping): boolean {
  return one!.fn !== other!.fn || sameQualifier(one!.qualifier, other!.qualifier) === 'no';
}
