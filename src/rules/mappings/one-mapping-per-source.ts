import { fn, LIVE, mapping, mappingOf, MSK, ORDERS, ownKafka, queue } from './examples';
import { isKafka } from '../../limits/mapping-parameters';
import { Mapping, mappingsOf, sourceKeyOf } from '../../model/mappings';
import { sameQualifier } from '../../model/triggers/permitted';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const TWO = { Orders: ORDERS, Source: queue(), Mapping: mapping() };

/** Of brokers nobody was seen to be refused, so that nothing is said of them. */
const KINDS = new Set(['queue', 'data stream', 'table stream', 'Amazon MSK', 'self-managed Kafka']);

const BROKERS = 'SelfManagedEventSource.Endpoints.KafkaBootstrapServers';

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
    'An event source mapping with event source ("kafka:1000"), function ("arn:<partition>:lambda:<region>:111111111111:function:<resource:1>"), topics ("topic") already exists.',
  ],
  since: '0.1.0',

  valid: [
    { title: 'two queues', resources: { ...TWO, Other: queue(), Second: mapping({ EventSourceArn: { 'Fn::GetAtt': ['Other', 'Arn'] } }) } },
    { title: 'two functions', resources: { ...TWO, Returns: fn({ MemorySize: 256 }), Second: mapping({ FunctionName: { Ref: 'Returns' } }) } },
    { title: 'an alias, and $LATEST', resources: { ...TWO, Live: LIVE, Second: mapping({ FunctionName: { Ref: 'Live' } }) } },
    { title: 'two topics', resources: { Orders: ORDERS, Mapping: mappingOf(MSK, { Topics: ['orders'] }), Second: mappingOf(MSK, { Topics: ['returns'] }) } },
    { title: 'brokers that parameters name', resources: { Orders: ORDERS, Mapping: ownKafka(), Second: ownKafka({ SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: { Ref: 'Brokers' } } } }) } },
    { title: 'one of them under a condition', resources: { ...TWO, Second: { ...mapping(), Condition: 'IsProd' } } },
    { title: 'queues that parameters name', resources: { Orders: ORDERS, Mapping: mapping({ EventSourceArn: { Ref: 'Arn' } }), Second: mapping({ EventSourceArn: { Ref: 'Other' } }) } },
  ],
  invalid: [
    { title: 'a queue twice', at: 'Second/Properties/EventSourceArn', resources: { ...TWO, Second: mapping({ BatchSize: 1 }) } },
    { title: 'a queue twice, by name and by ARN of the function', at: 'Second/Properties/EventSourceArn', resources: { ...TWO, Second: mapping({ FunctionName: { 'Fn::GetAtt': ['Orders', 'Arn'] } }) } },
    { title: 'a topic of a cluster of your own twice', at: 'Second/Properties/SelfManagedEventSource', resources: { Orders: ORDERS, Mapping: ownKafka(), Second: ownKafka({ BatchSize: 1 }) } },
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
      const { resource, kind } = mapped;
      yield { resource, path: `Properties/${kind === 'self-managed Kafka' ? 'SelfManagedEventSource' : 'EventSourceArn'}`, message: `mapping of a source to ${mapped.target!.fn.label} must be one, got another one by ${same.resource.label}` };
    }
  },
};

/** The source, and of Kafka the topic, of a mapping that is surely there. */
function keyIn(mapped: Mapping): string | undefined {
  const { kind, target, isAlwaysThere, resource } = mapped;
  if (!kind || !KINDS.has(kind) || !target || !isAlwaysThere) return undefined;
  const brokers = valueOf(resource.texts(BROKERS));
  const key = kind === 'self-managed Kafka' ? brokers && JSON.stringify(brokers) : sourceKeyOf(mapped);
  if (!key || !isKafka(kind)) return key;
  const topics = valueOf(resource.texts('Topics'));
  return topics && `${key} ${JSON.stringify(topics)}`;
}
