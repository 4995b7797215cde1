import { mapping, ORDERS, queue, redrive } from './examples';
import { DEFAULT_VISIBILITY } from '../../limits/mapping-parameters';
import { QUEUE_RETENTION } from '../../limits/queue-mapping';
import { mappingsOf, numberOr, queueOf } from '../../model/mappings';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const DAY = 86_400;
const HOURS = 3_600;

/** A message that fails is hidden once for each receive before it is a dead letter; retries that wait less only make it sooner. */
export const queueKeepsUntilTried: Rule = {
  id: 'queue-keeps-until-tried',
  title: 'Queues keep messages for longer than all their tries may take',
  severity: 'warning',
  why: 'a message that fails comes back after the visibility timeout, and is dropped when it is as old as the queue keeps messages: before its last try, so that it never becomes a dead letter',
  fix: 'keep messages longer, 14 days at most; or hide them for a shorter time, or receive them less often',
  source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html',
  since: '0.1.0',

  valid: [
    { title: 'defaults', resources: { Orders: ORDERS, Source: queue(redrive()), Failed: queue(), Mapping: mapping() } },
    { title: 'twelve hours, seven times, in four days', resources: { Orders: ORDERS, Source: queue({ ...redrive(7), VisibilityTimeout: 12 * HOURS }), Failed: queue(), Mapping: mapping() } },
    { title: 'a minute, with a visibility timeout that is short enough', resources: { Orders: ORDERS, Source: queue({ ...redrive(), VisibilityTimeout: 10, MessageRetentionPeriod: 60 }), Failed: queue(), Mapping: mapping() } },
    { title: 'no dead letters, of which another rule tells', resources: { Orders: ORDERS, Source: queue({ VisibilityTimeout: 60, MessageRetentionPeriod: 60 }), Mapping: mapping() } },
    { title: 'a queue that no function reads', resources: { Source: queue({ ...redrive(), MessageRetentionPeriod: 60 }), Failed: queue() } },
    { title: 'as many receives as a parameter says', resources: { Orders: ORDERS, Source: queue({ ...redrive({ Ref: 'Receives' }), MessageRetentionPeriod: 60 }), Failed: queue(), Mapping: mapping() } },
    { title: 'a life that is decided at deployment', resources: { Orders: ORDERS, Source: queue({ ...redrive(), MessageRetentionPeriod: { Ref: 'Retention' } }), Failed: queue(), Mapping: mapping() } },
  ],
  invalid: [
    { title: 'a minute', at: 'Source/Properties/MessageRetentionPeriod', resources: { Orders: ORDERS, Source: queue({ ...redrive(), MessageRetentionPeriod: '60' }), Failed: queue(), Mapping: mapping() } },
    { title: 'twelve hours, eight times, in four days', at: 'Source/Properties/MessageRetentionPeriod', resources: { Orders: ORDERS, Source: queue({ ...redrive(8), VisibilityTimeout: 12 * HOURS }), Failed: queue(), Mapping: mapping() } },
    { title: 'as many tries as fill the life of a message, for two functions', at: 'Source/Properties/MessageRetentionPeriod', resources: { Orders: ORDERS, Other: ORDERS, Source: queue({ ...redrive(10), VisibilityTimeout: 90, MessageRetentionPeriod: 900, FifoQueue: true }), Failed: queue({ FifoQueue: true }), Mapping: mapping(), Second: mapping({ FunctionName: { Ref: 'Other' } }) } },
  ],

  * check(app) {
    const queues = new Set(mappingsOf(app).flatMap((mapped) => queueOf(mapped) ?? []));
    for (const resource of queues) {
      const receives = valueOf(resource.number('RedrivePolicy.maxReceiveCount'));
      const visibility = numberOr(resource, 'VisibilityTimeout', DEFAULT_VISIBILITY);
      const kept = numberOr(resource, 'MessageRetentionPeriod', QUEUE_RETENTION.default * DAY);
      if (receives === undefined || visibility === undefined || kept === undefined || kept > receives * visibility) continue;
      yield { resource, path: 'Properties/MessageRetentionPeriod', message: `message retention period must be longer than ${receives * visibility} seconds, ${receives} receives of ${visibility} each, got ${kept} seconds` };
    }
  },
};
