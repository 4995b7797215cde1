import { fn, LIVE, mapping, ORDERS, queue } from './examples';
import { Mapping, mappingsOf, sourceKeyOf } from '../../model/mappings';
import { sameQualifier } from '../../model/triggers/permitted';
import { Rule } from '../rule';

const BASE = { Orders: ORDERS, Returns: fn({ MemorySize: 256 }), Source: queue(), Mapping: mapping() };

export const oneFunctionPerQueue: Rule = {
  id: 'one-function-per-queue',
  title: 'A queue is read for one function',
  severity: 'warning',
  why: 'a message goes to one of the functions, and nobody knows which: with filters, each mapping deletes what is meant for the other',
  fix: 'send the messages to a topic or an event bus, with a queue for each function',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html',
  since: '0.1.0',

  valid: [
    { title: 'one function', resources: BASE },
    { title: 'two queues', resources: { ...BASE, Other: queue(), Second: mapping({ FunctionName: { Ref: 'Returns' }, EventSourceArn: { 'Fn::GetAtt': ['Other', 'Arn'] } }) } },
    { title: 'a stream', resources: { ...BASE, Source: { Type: 'AWS::Kinesis::Stream', Properties: {} }, Second: mapping({ FunctionName: { Ref: 'Returns' } }) } },
    { title: 'a mapping that is switched off', resources: { ...BASE, Second: mapping({ FunctionName: { Ref: 'Returns' }, Enabled: false }) } },
    { title: 'a mapping that the deployment switches', resources: { ...BASE, Second: mapping({ FunctionName: { Ref: 'Returns' }, Enabled: { Ref: 'IsOn' } }) } },
  ],
  invalid: [
    { title: 'two functions', at: 'Second/Properties/EventSourceArn', resources: { ...BASE, Second: mapping({ FunctionName: { Ref: 'Returns' } }) } },
    { title: 'the alias and $LATEST of a function', at: 'Second/Properties/EventSourceArn', resources: { ...BASE, Live: LIVE, Second: mapping({ FunctionName: { Ref: 'Live' } }) } },
  ],

  * check(app) {
    const readers = new Map<string, Mapping>();
    for (const mapped of mappingsOf(app)) {
      const key = sourceKeyOf(mapped);
      if (!key || mapped.kind !== 'queue' || !mapped.target || !mapped.isAlwaysThere || !mapped.isEnabled) continue;
      const first = readers.get(key);
      if (!first) readers.set(key, mapped);
      else if (isAnother(first, mapped)) yield { resource: mapped.resource, path: 'Properties/EventSourceArn', message: `queue must be read for one function, got ${mapped.target.fn.label} beside ${first.target!.fn.label}` };
    }
  },
};

function isAnother({ target: one }: Mapping, { target: other }: Mapping): boolean {
  return one!.fn !== other!.fn || sameQualifier(one!.qualifier, other!.qualifier) === 'no';
}
