import { mapping, ORDERS, queue, redrive } from './examples';
import { QUEUE_GUIDANCE } from '../../limits/queue-mapping';
import { mappingsOf, queueOf } from '../../model/mappings';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const { maxReceiveCount: ENOUGH } = QUEUE_GUIDANCE;

export const queueReceivesEnough: Rule = {
  id: 'queue-receives-enough',
  title: 'Messages are received five times before they are dead letters',
  severity: 'warning',
  why: 'each batch that Lambda cannot hand over because the function is throttled counts as received: messages become dead letters that no function has seen',
  fix: 'set maxReceiveCount to 5 or more',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  since: '0.1.0',

  valid: [
    { title: 'five times', resources: { Orders: ORDERS, Source: queue(redrive()), Failed: queue(), Mapping: mapping() } },
    { title: 'as often as a parameter says', resources: { Orders: ORDERS, Source: queue(redrive({ Ref: 'Receives' })), Failed: queue(), Mapping: mapping() } },
    { title: 'once, of a queue that no function reads', resources: { Orders: ORDERS, Source: queue(redrive(1)), Failed: queue() } },
  ],
  invalid: [
    { title: 'once', at: 'Source/Properties/RedrivePolicy/maxReceiveCount', resources: { Orders: ORDERS, Source: queue(redrive(1)), Failed: queue(), Mapping: mapping() } },
    { title: 'four times, for two functions', at: 'Source/Properties/RedrivePolicy/maxReceiveCount', resources: { Orders: ORDERS, Other: ORDERS, Source: queue(redrive('4')), Failed: queue(), Mapping: mapping(), Second: mapping({ FunctionName: { Ref: 'Other' } }) } },
  ],

  * check(app) {
    const queues = new Set(mappingsOf(app).flatMap((mapped) => queueOf(mapped) ?? []));
    for (const resource of queues) {
      const count = valueOf(resource.number('RedrivePolicy.maxReceiveCount'));
      if (count === undefined || count >= ENOUGH) continue;
      yield { resource, path: 'Properties/RedrivePolicy/maxReceiveCount', message: `receives before a message is a dead letter must be ${ENOUGH} or more, got ${count}` };
    }
  },
};
