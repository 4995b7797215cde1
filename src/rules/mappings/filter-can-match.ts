import { fromQueue, fromTable, PAID } from './filter-examples';
import { EVENT_NAMES_OF_TABLES } from '../../limits/event-filters';
import { Branch, isBranches } from '../../measure/filters/pattern';
import { Test } from '../../measure/filters/tests';
import { filtersOf, MappedFilter, sourceOf } from '../../model/filters';
import { Rule } from '../rule';

/** A number in a record of DynamoDB: it is a text. */
const NUMBER_OF_TABLE = /^dynamodb\.(Keys|NewImage|OldImage)\..*\.NS?$/;

export const filterCanMatch: Rule = {
  id: 'filter-can-match',
  title: 'Filters can match a record',
  severity: 'error',
  why: 'Lambda refuses the pattern, or it drops every record: messages of a queue are deleted',
  fix: 'see the table of operators; numbers of DynamoDB are texts: `{"N": ["5"]}`, and cannot be compared',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html',
  since: '0.1.0',

  valid: [
    { title: 'a value', resources: fromQueue(PAID) },
    { title: 'a range', resources: fromQueue('{"body":{"total":[{"numeric":[">",0,"<=",5]}]}}') },
    { title: 'an operator that Lambda does not list', resources: fromQueue('{"body":{"name":[{"wildcard":"*.png"}]}}') },
    { title: 'a pattern that a parameter says', resources: fromQueue({ Ref: 'Pattern' }) },
    { title: 'a number of a table, as a text', resources: fromTable('{"dynamodb":{"NewImage":{"total":{"N":["5"]}}}}') },
    { title: 'what happens in a table', resources: fromTable('{"eventName":["INSERT","MODIFY"]}') },
    { title: 'one choice that can match', resources: fromTable('{"$or":[{"eventName":["CREATE"]},{"eventName":["INSERT"]}]}') },
    { title: 'a field of a message with the name of a type', resources: fromQueue('{"body":{"dynamodb":{"Keys":{"id":{"N":[5]}}}}}') },
  ],
  invalid: [
    { title: 'an empty range', at: 'Poll/Properties/FilterCriteria/Filters/0/Pattern', resources: fromQueue('{"body":{"total":[{"numeric":[">",5,"<",5]}]}}') },
    { title: 'an operator that does not exist', at: 'Poll/Properties/FilterCriteria/Filters/1/Pattern', resources: fromQueue(PAID, '{"body":{"name":[{"contains":"x"}]}}') },
    { title: 'a number of a table, as a number', at: 'Poll/Properties/FilterCriteria/Filters/0/Pattern', resources: fromTable('{"dynamodb":{"NewImage":{"total":{"N":[5]}}}}') },
    { title: 'a number of a table that is compared', at: 'Poll/Properties/FilterCriteria/Filters/0/Pattern', resources: fromTable('{"dynamodb":{"Keys":{"id":{"N":[{"numeric":[">",5]}]}}}}') },
    { title: 'what never happens in a table', at: 'Poll/Properties/FilterCriteria/Filters/0/Pattern', resources: fromTable('{"eventName":["CREATE"]}') },
  ],

  * check(app) {
    for (const filter of filtersOf(app)) {
      const { mapping: resource, path, read } = filter;
      if (!isBranches(read)) {
        if (read.kind === 'value') yield { resource, path, message: `${read.path === '' ? 'the pattern' : read.path} must be ${read.allowed}, got ${JSON.stringify(read.got)}` };
        continue;
      }
      const contradiction = contradictionIn(filter, read);
      if (contradiction !== undefined) yield { resource, path, message: contradiction };
    }
  },
};

/** What is in the way of every branch, in the words of the first. */
function contradictionIn({ mapping }: MappedFilter, branches: readonly Branch[]): string | undefined {
  if (sourceOf(mapping) !== 'table') return undefined;
  const found = branches.map((branch) => [...branch].map(([path, tests]) => againstTables(path, tests)).find((words) => words !== undefined));
  return found.every((words) => words !== undefined) ? found[0] : undefined;
}

function againstTables(path: string, tests: readonly Test[]): string | undefined {
  if (NUMBER_OF_TABLE.test(path) && tests.every(({ takesNumbersOnly }) => takesNumbersOnly)) return `${path} must be asked for as a text, as numbers of DynamoDB are, got a number`;
  const isNever = path === 'eventName' && !tests.some((test) => test.takesNothing || EVENT_NAMES_OF_TABLES.some((name) => test.takes(name)));
  return isNever ? `eventName must be one of ${EVENT_NAMES_OF_TABLES.join(', ')}, got none of them` : undefined;
}
