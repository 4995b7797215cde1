import { BROKER, DOCUMENTS, fn, mapping, mappingOf, queue } from './examples';
import { LONGEST_OF_BROKERS, MappedSource } from '../../limits/mapping-parameters';
import { mappingsOf, timeoutOf } from '../../model/mappings';
import { isThere } from '../../model/presence';
import { Rule } from '../rule';

const KINDS = new Set<MappedSource | undefined>(['Amazon MSK', 'self-managed Kafka', 'broker', 'document database']);

/** What happens to longer ones, AWS does not say. Functions on instances of their own have limits of their own. */
export const polledFunctionEndsInTime: Rule = {
  id: 'polled-function-ends-in-time',
  title: 'Functions that read Kafka, brokers and document databases end within 14 minutes',
  severity: 'warning',
  why: 'Lambda supports no longer timeout for these sources',
  fix: 'set the timeout of the function to 840 seconds or less, and read smaller batches',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html',
  since: '0.1.0',

  valid: [
    { title: '14 minutes', resources: { Orders: fn({ Timeout: 840 }), Mapping: mappingOf(BROKER, { Queues: ['orders'] }) } },
    { title: '15 minutes for a queue', resources: { Orders: fn({ Timeout: 900 }), Source: queue({ VisibilityTimeout: 5400 }), Mapping: mapping() } },
    { title: 'as long as a parameter says', resources: { Orders: fn({ Timeout: { Ref: 'Timeout' } }), Mapping: mappingOf(BROKER, { Queues: ['orders'] }) } },
    { title: '15 minutes on instances of its own', resources: { Orders: fn({ Timeout: 900, CapacityProviderConfig: {} }), Mapping: mappingOf(BROKER, { Queues: ['orders'] }) } },
  ],
  invalid: [
    { title: '15 minutes for a broker', at: 'Orders/Properties/Timeout', resources: { Orders: fn({ Timeout: 900 }), Mapping: mappingOf(BROKER, { Queues: ['orders'] }) } },
    { title: '15 minutes for a change stream', at: 'Orders/Properties/Timeout', resources: { Orders: fn({ Timeout: 841 }), Mapping: mappingOf(DOCUMENTS, { StartingPosition: 'TRIM_HORIZON' }) } },
  ],

  * check(app) {
    const owners = new Set(mappingsOf(app).flatMap(({ kind, target }) => KINDS.has(kind) && target ? [target.fn] : []));
    for (const resource of owners) {
      const timeout = timeoutOf(resource);
      if (timeout === undefined || timeout <= LONGEST_OF_BROKERS || isThere(resource, 'CapacityProviderConfig') !== false) continue;
      yield { resource, path: 'Properties/Timeout', message: `timeout of ${resource.label} must be at most ${LONGEST_OF_BROKERS} seconds for what Lambda polls for it, got ${timeout} seconds` };
    }
  },
};
