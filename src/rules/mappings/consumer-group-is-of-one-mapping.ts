import { msk, ORDERS, ownKafka } from './examples';
import { isKafka } from '../../limits/mapping-parameters';
import { Mapping, mappingsOf, sourceKeyOf } from '../../model/mappings';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const CONFIGS = ['AmazonManagedKafkaEventSourceConfig', 'SelfManagedKafkaEventSourceConfig'];
const BROKERS = 'SelfManagedEventSource.Endpoints.KafkaBootstrapServers';

function grouped(id: object | string): ReturnType<typeof msk> {
  return { [CONFIGS[0]]: { ConsumerGroupId: id as string } };
}

/** AWS says that the id must be unique, and not what comes of one that is not. */
export const consumerGroupIsOfOneMapping: Rule = {
  id: 'consumer-group-is-of-one-mapping',
  title: 'Each mapping of Kafka has a consumer group of its own',
  severity: 'warning',
  why: 'the id of a consumer group must be unique among the mappings of Kafka: Lambda refuses the second, or each takes partitions away from the other',
  fix: 'give each mapping an id of its own, or leave it out for one that Lambda makes',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_AmazonManagedKafkaEventSourceConfig.html',
  since: '0.1.0',

  valid: [
    { title: 'two groups', resources: { Orders: ORDERS, Mapping: msk(grouped('orders')), Second: msk({ ...grouped('returns'), Topics: ['returns'] }) } },
    { title: 'groups that Lambda makes', resources: { Orders: ORDERS, Mapping: msk(), Second: msk({ Topics: ['returns'] }) } },
    { title: 'two clusters', resources: { Orders: ORDERS, Mapping: msk(grouped('orders')), Second: ownKafka({ SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: 'orders' } }) } },
    { title: 'a group that a parameter names', resources: { Orders: ORDERS, Mapping: msk(grouped({ Ref: 'Group' })), Second: msk({ ...grouped({ Ref: 'Group' }), Topics: ['returns'] }) } },
    { title: 'one of them under a condition', resources: { Orders: ORDERS, Mapping: msk(grouped('orders')), Second: { ...msk({ ...grouped('orders'), Topics: ['returns'] }), Condition: 'IsProd' } } },
  ],
  invalid: [
    { title: 'a group of two topics', at: `Second/Properties/${CONFIGS[0]}/ConsumerGroupId`, resources: { Orders: ORDERS, Mapping: msk(grouped('orders')), Second: msk({ ...grouped('orders'), Topics: ['returns'] }) } },
    { title: 'a group of Kafka of your own, twice', at: `Second/Properties/${CONFIGS[1]}/ConsumerGroupId`, resources: { Orders: ORDERS, Mapping: ownKafka({ [CONFIGS[1]]: { ConsumerGroupId: 'orders' } }), Second: ownKafka({ [CONFIGS[1]]: { ConsumerGroupId: 'orders' }, Topics: ['returns'] }) } },
  ],

  * check(app) {
    const seen = new Map<string, Mapping>();
    for (const mapped of mappingsOf(app)) {
      const { resource, isAlwaysThere } = mapped;
      const config = CONFIGS.find((name) => resource.raw(`${name}.ConsumerGroupId`).kind === 'known');
      const group = config && valueOf(resource.text(`${config}.ConsumerGroupId`));
      const cluster = clusterOf(mapped);
      if (!isAlwaysThere || group === undefined || cluster === undefined) continue;
      // stacks of one app may be the same thing in two accounts
      const key = JSON.stringify([cluster, group, resource.stack.account ?? null, resource.stack.region ?? null]);
      const first = seen.get(key);
      if (!first) seen.set(key, mapped);
      else yield { resource, path: `Properties/${config}/ConsumerGroupId`, message: `consumer group must be of one mapping, got ${group}, which is that of ${first.resource.label}` };
    }
  },
};

function clusterOf(mapped: Mapping): string | undefined {
  if (!isKafka(mapped.kind)) return undefined;
  const brokers = valueOf(mapped.resource.texts(BROKERS));
  return mapped.kind === 'Amazon MSK' ? sourceKeyOf(mapped) : brokers && JSON.stringify(brokers);
}
