import { mapping, ORDERS, queue, redrive } from './examples';
import type { AppModel } from '../../model/app';
import { literal, textOf } from '../../model/iam/text';
import { mappingsOf, queueOf } from '../../model/mappings';
import { isThere } from '../../model/presence';
import { referenceIn } from '../../model/reference';
import type { Resource } from '../../model/resource';
import { Rule } from '../rule';

export const queueHasDeadLetters: Rule = {
  id: 'queue-has-dead-letters',
  title: 'Queues that functions read have a dead-letter queue',
  severity: 'warning',
  why: 'a message for which the function fails comes again and again, with a batch of others each time, until the queue drops it without a trace',
  fix: 'give the queue a redrive policy: a dead-letter queue that keeps messages for 14 days, and five receives or more',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  since: '0.1.0',

  valid: [
    { title: 'a redrive policy', resources: { Orders: ORDERS, Source: queue(redrive()), Failed: queue(), Mapping: mapping() } },
    { title: 'a redrive policy that is decided at deployment', resources: { Orders: ORDERS, Source: queue({ RedrivePolicy: { 'Fn::If': ['IsProd', redrive().RedrivePolicy!, { Ref: 'AWS::NoValue' }] } }), Failed: queue(), Mapping: mapping() } },
    { title: 'dead letters themselves', resources: { Orders: ORDERS, Returns: queue({ RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Source', 'Arn'] }, maxReceiveCount: 5 } }), Source: queue(), Mapping: mapping() } },
    { title: 'a queue that no function reads', resources: { Orders: ORDERS, Source: queue() } },
  ],
  invalid: [
    { title: 'no redrive policy', at: 'Source/Properties/RedrivePolicy', resources: { Orders: ORDERS, Source: queue(), Mapping: mapping() } },
    { title: 'a redrive policy that is left out', at: 'Source/Properties/RedrivePolicy', resources: { Orders: ORDERS, Source: queue({ FifoQueue: true, RedrivePolicy: { Ref: 'AWS::NoValue' } }), Mapping: mapping() } },
  ],

  * check(app) {
    const letters = deadLetterQueues(app);
    const queues = new Set(mappingsOf(app).flatMap((mapped) => queueOf(mapped) ?? []));
    for (const resource of queues) {
      if (letters === 'unknown' || letters.has(resource) || isThere(resource, 'RedrivePolicy') !== false) continue;
      yield { resource, path: 'Properties/RedrivePolicy', message: `messages that ${resource.label} hands out in vain must be kept by a redrive policy, got none` };
    }
  },
};

/** Queues for what others could not hand out: their messages failed already. */
function deadLetterQueues(app: AppModel): ReadonlySet<Resource> | 'unknown' {
  const found = new Set<Resource>();
  for (const type of ['AWS::SQS::Queue', 'AWS::SNS::Subscription']) {
    for (const resource of app.ofType(type)) {
      const target = resource.raw('RedrivePolicy.deadLetterTargetArn');
      if (target.kind === 'absent' || isThere(resource, 'RedrivePolicy') === false) continue;
      const reference = target.kind === 'known' ? referenceIn(target.value, resource.stack) : undefined;
      if (reference) found.add(reference.resource);
      else if (target.kind === 'unknown' || literal(textOf(target.value, resource.stack)) === undefined) return 'unknown';
    }
  }
  return found;
}
