import { DRAFT, filtered, fromQueue, ORDERS, PAID, QUEUE, STREAM } from './filter-examples';
import type { AppModel } from '../../model/app';
import { entriesOf, identityOfSource, sourceOf } from '../../model/filters';
import type { Resource } from '../../model/resource';
import { Rule } from '../rule';

export const queueFiltersDoNotDeleteOthers: Rule = {
  id: 'queue-filters-do-not-delete-others',
  title: 'A queue whose messages are filtered has one reader',
  severity: 'warning',
  why: 'each message goes to one mapping, which deletes it if its filters do not match: messages for the others are lost',
  fix: 'give each function a queue of its own, with a topic or a bus before them that filters; or let one function take all messages',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html',
  since: '0.1.0',

  valid: [
    { title: 'one mapping with filters', resources: fromQueue(PAID, DRAFT) },
    { title: 'two mappings without filters', resources: { Orders: ORDERS, Source: QUEUE, Poll: filtered([]), Also: filtered([]) } },
    { title: 'two queues', resources: { Orders: ORDERS, Source: QUEUE, Other: QUEUE, Poll: filtered([PAID]), Also: filtered([DRAFT], { EventSourceArn: { 'Fn::GetAtt': ['Other', 'Arn'] } }) } },
    { title: 'a stream, whose readers get all records', resources: { Orders: ORDERS, Source: STREAM, Poll: filtered(['{"data":{"a":[1]}}']), Also: filtered(['{"data":{"a":[2]}}']) } },
    { title: 'a second mapping that is switched off', resources: { Orders: ORDERS, Source: QUEUE, Poll: filtered([PAID]), Also: filtered([DRAFT], { Enabled: false }) } },
    { title: 'queues that parameters name', resources: { Orders: ORDERS, Poll: filtered([PAID], { EventSourceArn: { Ref: 'One' } }), Also: filtered([DRAFT], { EventSourceArn: { Ref: 'Two' } }) } },
  ],
  invalid: [
    { title: 'two mappings with filters', at: 'Poll/Properties/FilterCriteria', resources: { Orders: ORDERS, Source: QUEUE, Poll: filtered([PAID]), Also: filtered([DRAFT]) } },
    { title: 'a mapping beside it without filters', at: 'Also/Properties/FilterCriteria', resources: { Orders: ORDERS, Source: QUEUE, Poll: filtered([]), Also: filtered([DRAFT]) } },
    {
      title: 'a queue of another app',
      at: 'Poll/Properties/FilterCriteria',
      resources: {
        Orders: ORDERS,
        Poll: filtered([PAID], { EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:orders' }),
        Also: filtered([], { EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:orders' }),
      },
    },
  ],

  * check(app) {
    for (const readers of readersOfQueues(app)) {
      // once per queue: what is to be done is done to the queue
      const resource = readers.find((mapping) => entriesOf(mapping).length > 0);
      if (readers.length < 2 || !resource) continue;
      const others = readers.filter((mapping) => mapping !== resource).map(({ label }) => label);
      yield { resource, path: 'Properties/FilterCriteria', message: `a queue whose messages are filtered must be read by one mapping, got ${others.join(', ')} as well` };
    }
  },
};

/** Mappings that may read, by the queue. One that is deployed under a condition may be there instead of another. */
function readersOfQueues(app: AppModel): Iterable<readonly Resource[]> {
  const readers = new Map<Resource | string, Resource[]>();
  for (const mapping of app.ofType('AWS::Lambda::EventSourceMapping')) {
    const enabled = mapping.value('Enabled');
    const isOn = enabled.kind === 'absent' || (enabled.kind === 'known' && String(enabled.value) === 'true');
    const queue = isOn && mapping.condition === undefined && sourceOf(mapping) === 'queue' ? identityOfSource(mapping) : undefined;
    if (queue !== undefined) readers.set(queue, [...readers.get(queue) ?? [], mapping]);
  }
  return readers.values();
}
