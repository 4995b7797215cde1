import { filtered, fromQueue, ORDERS, PAID } from './filter-examples';
import { entriesOf, sourceOf } from '../../model/filters';
import { Rule } from '../rule';

const CLUSTER = 'arn:aws:rds:eu-west-1:111122223333:cluster:orders';
const DOCUMENTS = { EventSourceArn: CLUSTER, DocumentDBEventSourceConfig: { DatabaseName: 'shop' }, StartingPosition: 'LATEST' };

export const filterIsSupported: Rule = {
  id: 'filter-is-supported',
  title: 'Changes of Amazon DocumentDB are not filtered',
  severity: 'fatal',
  why: 'Lambda does not filter what comes from Amazon DocumentDB, and refuses the mapping',
  fix: 'leave `FilterCriteria` out, and decide in the function',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html',
  answers: ['Invalid parameters: filterCriteria'],
  since: '0.1.0',

  valid: [
    { title: 'documents without filters', resources: { Orders: ORDERS, Poll: filtered([], DOCUMENTS) } },
    { title: 'a queue', resources: fromQueue(PAID) },
    { title: 'a source that a parameter names', resources: { Orders: ORDERS, Poll: filtered([PAID], { EventSourceArn: { Ref: 'Source' } }) } },
  ],
  invalid: [
    { title: 'documents with filters', at: 'Poll/Properties/FilterCriteria', resources: { Orders: ORDERS, Poll: filtered([PAID], DOCUMENTS) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::EventSourceMapping')) {
      const count = sourceOf(resource) === 'documents' ? entriesOf(resource).length : 0;
      if (count > 0) yield { resource, path: 'Properties/FilterCriteria', message: `filters must be of another source than Amazon DocumentDB, got ${count}` };
    }
  },
};
