import { mapping, ORDERS, queue, redrive } from './examples';
import { QUEUE_RETENTION } from '../../limits/queue-mapping';
import { mappingsOf, numberOr, queueOf } from '../../model/mappings';
import type { Resource } from '../../model/resource';
import { Rule } from '../rule';

const DAY = 86_400;
const MOST = QUEUE_RETENTION.max * DAY;

/** A dead-letter queue that keeps messages for 14 days is all that can be done for them. */
export const deadLettersLiveLonger: Rule = {
  id: 'dead-letters-live-longer',
  title: 'Dead-letter queues keep messages longer than the queue that they come from',
  severity: 'warning',
  why: 'the time that a message spent in a standard queue counts in its dead-letter queue, too: one that was tried for long is dropped soon after, or at once',
  fix: 'set the message retention period of the dead-letter queue to 14 days',
  source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html',
  since: '0.1.0',

  valid: [
    { title: '14 days', resources: { Orders: ORDERS, Source: queue(redrive()), Failed: queue({ MessageRetentionPeriod: 1_209_600 }), Mapping: mapping() } },
    { title: '14 days for both', resources: { Orders: ORDERS, Source: queue({ ...redrive(), MessageRetentionPeriod: 1_209_600 }), Failed: queue({ MessageRetentionPeriod: 1_209_600 }), Mapping: mapping() } },
    { title: 'a FIFO queue, whose dead letters start anew', resources: { Orders: ORDERS, Source: queue({ ...redrive(), FifoQueue: true }), Failed: queue({ FifoQueue: true }), Mapping: mapping() } },
    { title: 'a queue with a shorter life', resources: { Orders: ORDERS, Source: queue({ ...redrive(), MessageRetentionPeriod: 86_400 }), Failed: queue(), Mapping: mapping() } },
    { title: 'a life that is decided at deployment', resources: { Orders: ORDERS, Source: queue(redrive()), Failed: queue({ MessageRetentionPeriod: { Ref: 'Retention' } }), Mapping: mapping() } },
  ],
  invalid: [
    { title: 'the same', at: 'Failed/Properties/MessageRetentionPeriod', resources: { Orders: ORDERS, Source: queue(redrive()), Failed: queue(), Mapping: mapping() } },
    { title: 'less', at: 'Failed/Properties/MessageRetentionPeriod', resources: { Orders: ORDERS, Source: queue({ ...redrive(), MessageRetentionPeriod: 600_000 }), Failed: queue({ MessageRetentionPeriod: '500000' }), Mapping: mapping() } },
  ],

  * check(app) {
    const sources = new Set(mappingsOf(app).filter(({ isFifo }) => isFifo === false).flatMap((mapped) => queueOf(mapped) ?? []));
    for (const source of sources) {
      const resource = source.reference('RedrivePolicy.deadLetterTargetArn')?.resource;
      if (resource?.type !== 'AWS::SQS::Queue') continue;
      const [inSource, kept] = [retentionOf(source), retentionOf(resource)];
      if (inSource === undefined || kept === undefined || kept > inSource || kept >= MOST) continue;
      yield { resource, path: 'Properties/MessageRetentionPeriod', message: `message retention period must be longer than the ${inSource} seconds of ${source.label}, got ${kept} seconds` };
    }
  },
};

function retentionOf(queueResource: Resource): number | undefined {
  return numberOr(queueResource, 'MessageRetentionPeriod', QUEUE_RETENTION.default * DAY);
}
