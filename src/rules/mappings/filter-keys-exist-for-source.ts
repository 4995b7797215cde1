import { filtered, fromQueue, fromStream, fromTable, ORDERS, PAID } from './filter-examples';
import { RECORD_KEYS } from '../../limits/event-filters';
import { Branch, isBranches } from '../../measure/filters/pattern';
import { filtersOf, MappedSource, sourceOf } from '../../model/filters';
import { Rule } from '../rule';

const ARN = 'arn:aws:mq:eu-west-1:111122223333:broker:orders:b-1234a5b6-78cd-901e-2fgh-3i45j6k178l9';

/** Of documents there are no filters at all. */
const KEYS: Partial<Record<MappedSource, readonly string[]>> = { ...RECORD_KEYS, broker: [...RECORD_KEYS.activeMq, ...RECORD_KEYS.rabbitMq] };

export const filterKeysExistForSource: Rule = {
  id: 'filter-keys-exist-for-source',
  title: 'Filters ask for what records of the source have',
  severity: 'error',
  why: 'no record has the field, so that Lambda drops all of them: messages of a queue are deleted',
  fix: 'ask for `body` of a queue, `data` of a stream or a broker, `dynamodb` of a table, `value` of Kafka',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html',
  since: '0.1.0',

  valid: [
    { title: 'the body of a message', resources: fromQueue(PAID) },
    { title: 'an attribute of a message', resources: fromQueue('{"messageAttributes":{"kind":{"stringValue":["paid"]}}}') },
    { title: 'data and the partition key', resources: fromStream('{"partitionKey":["1"],"data":{"status":["paid"]}}') },
    { title: 'what happened in a table', resources: fromTable('{"eventName":["INSERT"],"dynamodb":{"NewImage":{"status":{"S":["paid"]}}}}') },
    { title: 'a field that must not be there', resources: fromStream('{"body":[{"exists":false}]}') },
    { title: 'a source that a parameter names', resources: { Orders: ORDERS, Poll: filtered(['{"anything":["x"]}'], { EventSourceArn: { Ref: 'SourceArn' } }) } },
    { title: 'data of a broker', resources: { Orders: ORDERS, Poll: filtered(['{"data":{"status":["paid"]}}'], { EventSourceArn: ARN }) } },
  ],
  invalid: [
    { title: 'a field of the body, beside the body', at: 'Poll/Properties/FilterCriteria/Filters/0/Pattern', resources: fromQueue('{"status":["paid"]}') },
    { title: 'the body of a record that has data', at: 'Poll/Properties/FilterCriteria/Filters/0/Pattern', resources: fromStream(PAID) },
    { title: 'the body, in capitals', at: 'Poll/Properties/FilterCriteria/Filters/1/Pattern', resources: fromQueue(PAID, '{"Body":{"status":["paid"]}}') },
    { title: 'an image of a table, beside `dynamodb`', at: 'Poll/Properties/FilterCriteria/Filters/0/Pattern', resources: fromTable('{"NewImage":{"status":{"S":["paid"]}}}') },
    { title: 'the value of a broker', at: 'Poll/Properties/FilterCriteria/Filters/0/Pattern', resources: { Orders: ORDERS, Poll: filtered(['{"value":{"status":["paid"]}}'], { EventSourceArn: ARN }) } },
  ],

  * check(app) {
    for (const { mapping: resource, path, read } of filtersOf(app)) {
      const keys = KEYS[sourceOf(resource) ?? 'documents'];
      const missing = keys && isBranches(read) ? missingKey(read, keys) : undefined;
      if (keys === undefined || missing === undefined) continue;
      yield { resource, path, message: `fields in the pattern must be of a record of the source (${keys[0]}, for what was sent), got ${missing}` };
    }
  },
};

/** A key that no record has; none if one of the branches does without such keys. */
function missingKey(branches: readonly Branch[], keys: readonly string[]): string | undefined {
  const missing = branches.map((branch) => {
    const asked = [...branch].find(([path, tests]) => !keys.includes(path.split('.')[0]) && !tests.some(({ takesNothing }) => takesNothing));
    return asked?.[0].split('.')[0];
  });
  return missing.every((key) => key !== undefined) ? missing[0] : undefined;
}
