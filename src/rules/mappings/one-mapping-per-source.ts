import { fn, LIVE, mapping, mappingOf, MSK, ORDERS, queue } from './examples';
import { Mapping, mappingsOf, sourceKeyOf } from '../../model/mappings';
import { sameQualifier } from '../../model/triggers/permitted';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const TWO = { Orders: ORDERS, Source: queue(), Mapping: mapping() };

/** Of brokers nobody was seen to be refused, so that nothing is said of them. */
const KINDS = new Set(['queue', 'data stream', 'table stream', 'Amazon MSK']);

export const oneMappingPerSource: Rule = {
  id: 'one-mapping-per-source',
  title: 'A source is mapped to the same function once',
  severity: 'fatal',
  why: 'Lambda refuses the second mapping of a source to the same function, alias or version',
  fix: 'keep one of them, with the filters of both',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html',
  answers: [
    'An event source mapping with SQS arn (" arn:<partition>:sqs:<region>:111111111111:<resource:1> ") and function (" <resource:2> ") already exists.',
    'The event source arn (" arn:<partition>:kinesis:<region>:111111111111:stream/<resource:1> ") and function (" <resource:2> ") provided mapping already exists.',
  ],
  since: '0.1.0',

  valid: [
    { title: 'two queues', resources: { ...TWO, Other: queue(), Second: mapping({ EventSourceArn: { 'Fn::GetAtt': ['Other', 'Arn'] } }) } },
    { title: 'two functions', resources: { ...TWO, Returns: fn({ MemorySize: 256 }), Second: mapping({ FunctionName: { Ref: 'Returns' } }) } },
    { title: 'an alias, and $LATEST', resources: { ...TWO, Live: LIVE, Second: mapping({ FunctionName: { Ref: 'Live' } }) } },
    { title: 'two topics', resources: { Orders: ORDERS, Mapping: mappingOf(MSK, { Topics: ['orders'] }), Second: mappingOf(MSK, { Topics: ['returns'] }) } },
    { title: 'one of them under a condition', resources: { ...TWO, Second: { ...mapping(), Condition: 'IsProd' } } },
    { title: 'queues that parameters name', resources: { Orders: ORDERS, Mapping: mapping({ EventSourceArn: { Ref: 'Arn' } }), Second: mapping({ EventSourceArn: { Ref: 'Other' } }) } },
  ],
  invalid: [
    { title: 'a queue twice', at: 'Second/Properties/EventSourceArn', resources: { ...TWO, Second: mapping({ BatchSize: 1 }) } },
    { title: 'a queue twice, by name and by ARN of the function', at: 'Second/Properties/EventSourceArn', resources: { ...TWO, Second: mapping({ FunctionName: { 'Fn::GetAtt': ['Orders', 'Arn'] } }) } },
    { title: 'a topic twice', at: 'Second/Properties/EventSourceArn', resources: { Orders: ORDERS, Mapping: mappingOf(MSK, { Topics: ['orders'] }), Second: mappingOf(MSK, { Topics: ['orders'] }) } },
  ],

  * check(app) {
    const seen = new Map<string, Mapping[]>();
    for (const mapped of mappingsOf(app)) {
      const key = keyIn(mapped);
      if (key === undefined) continue;
      const others = seen.get(key) ?? [];
      const same = others.find(({ target }) => target!.fn === mapped.target!.fn && sameQualifier(target!.qualifier, mapped.target!.qualifier) === 'yes');
      seen.set(key, [...others, mapped]);
      if (!same) continue;
      const { resource } = mapped;
      yield { resource, path: 'Properties/EventSourceArn', message: `mapping of a source to ${mapped.target!.fn.label} must be one, got another one by ${same.resource.label}` };
    }
  },
};

/** The source, and of Kafka the topic, of a mapping that is surely there. */
function keyIn(mapped: Mapping): string | undefined {
  const { kind, target, isAlwaysThere, resource } = mapped;
  const key = sourceKeyOf(mapped);
  if (!key || !kind || !KINDS.has(kind) || !target || !isAlwaysThere) return undefined;
  if (kind !== 'Amazon MSK') return key;
  const topics = valueOf(resource.texts('Topics'));
  return topics && `${key} ${JSON.stringify(topics)}`;
}
