import { filtered, ORDERS } from './filter-examples';
import { FILTERABLE_KEYS } from '../../limits/event-filters';
import { Branch, isBranches } from '../../measure/filters/pattern';
import { filtersOf, MappedFilter, sourceOf } from '../../model/filters';
import { isThere } from '../../model/presence';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const BROKER = { EventSourceArn: 'arn:aws:mq:eu-west-1:111122223333:broker:orders:b-1234a5b6-78cd-901e-2fgh-3i45j6k178l9' };
const TOPIC = { EventSourceArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/orders/0a1b', StartingPosition: 'LATEST', Topics: ['orders'] };
const REGISTRY = { AmazonManagedKafkaEventSourceConfig: { SchemaRegistryConfig: { SchemaRegistryURI: 'https://registry.example.com' } } };
const AT = 'Poll/Properties/FilterCriteria/Filters/0/Pattern';

function poll(pattern: string | JsonObject, properties: JsonObject): JsonObject {
  return { Orders: ORDERS, Poll: filtered([pattern], properties) };
}

/** A warning: AWS does not say what comes of other fields. Fields that no record has are an error. */
export const filterAsksForContent: Rule = {
  id: 'filter-asks-for-content',
  title: 'Filters of Kafka and of brokers ask for what was sent, and not for what is around it',
  severity: 'warning',
  why: 'Lambda filters records of Kafka by `value`, and messages of brokers by `data` alone: with another field, it may drop all of them',
  fix: 'put what you filter by into the value or the data; the rest the function has to decide',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/kafka-filtering.html',
  since: '0.1.0',

  valid: [
    { title: 'the value', resources: poll('{"value":{"status":["paid"]}}', TOPIC) },
    { title: 'the data', resources: poll('{"data":{"status":["paid"]}}', BROKER) },
    { title: 'the key, which a schema registry takes apart', resources: poll('{"key":{"id":["1"]}}', { ...TOPIC, ...REGISTRY }) },
    { title: 'a field that no record has, of which another rule tells', resources: poll('{"body":{"status":["paid"]}}', TOPIC) },
    { title: 'a pattern that a parameter says', resources: poll({ Ref: 'Pattern' }, TOPIC) },
  ],
  invalid: [
    { title: 'the key', at: AT, resources: poll('{"key":["1"]}', TOPIC) },
    { title: 'the partition', at: AT, resources: poll('{"value":{"status":["paid"]},"partition":[0]}', TOPIC) },
    { title: 'a property of a message', at: AT, resources: poll('{"properties":{"kind":["paid"]}}', BROKER) },
  ],

  * check(app) {
    for (const filter of filtersOf(app)) {
      const { mapping: resource, path, read } = filter;
      const stray = isBranches(read) ? strayKey(filter, read) : undefined;
      if (stray !== undefined) yield { resource, path, message: `field in the pattern must be ${sourceOf(resource) === 'kafka' ? 'value' : 'data'}, got ${stray}` };
    }
  },
};

function strayKey({ mapping }: MappedFilter, branches: readonly Branch[]): string | undefined {
  const source = sourceOf(mapping);
  if (source !== 'kafka' && source !== 'broker') return undefined;
  const { filtered: taken, others } = FILTERABLE_KEYS[source];
  const mayHaveRegistry = ['AmazonManagedKafkaEventSourceConfig', 'SelfManagedKafkaEventSourceConfig'].some((config) => isThere(mapping, `${config}.SchemaRegistryConfig`) !== false);
  const keys = branches.flatMap((branch) => [...branch.keys()].map((key) => key.split('.')[0]));
  return keys.find((key) => key !== taken && others.includes(key) && !(key === 'key' && mayHaveRegistry));
}
