import { DRAFT, fromQueue, fromStream, PAID } from './filter-examples';
import { isBranches } from '../../measure/filters/pattern';
import { filtersOf } from '../../model/filters';
import { Rule } from '../rule';

/** Only what Lambda was recorded to refuse. */
export const filterPatternIsValid: Rule = {
  id: 'filter-pattern-is-valid',
  title: 'Patterns of filters are JSON objects whose values are lists',
  severity: 'fatal',
  why: 'Lambda refuses other patterns',
  fix: 'write `{"body": {"status": ["paid"]}}`: an object, and a list of what is wanted for each field; `EventFilter` and `lambda.FilterCriteria.filter()` make JSON of it',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html',
  answers: ['Invalid filter pattern definition.'],
  since: '0.1.0',

  valid: [
    { title: 'lists of values', resources: fromQueue(PAID, DRAFT) },
    { title: 'a pattern that a parameter says', resources: fromQueue({ Ref: 'Pattern' }) },
    { title: 'a value that a parameter says', resources: fromQueue({ 'Fn::Sub': '{"body":{"status":["${Status}"]}}' }) },
    { title: 'an operator that Lambda does not list', resources: fromStream('{"data":{"name":[{"wildcard":"*.png"}]}}') },
    { title: 'no filters', resources: fromQueue() },
  ],
  invalid: [
    { title: 'a text', at: 'Poll/Properties/FilterCriteria/Filters/0/Pattern', resources: fromQueue('paid') },
    { title: 'JSON that is cut off', at: 'Poll/Properties/FilterCriteria/Filters/1/Pattern', resources: fromQueue(PAID, '{"body":{"status":["paid"') },
    { title: 'a value without a list', at: 'Poll/Properties/FilterCriteria/Filters/0/Pattern', resources: fromQueue('{"body":{"status":"paid"}}') },
    { title: 'an empty list', at: 'Poll/Properties/FilterCriteria/Filters/0/Pattern', resources: fromStream('{"data":{"status":[]}}') },
  ],

  * check(app) {
    for (const { mapping: resource, path, read } of filtersOf(app)) {
      if (isBranches(read) || read.kind !== 'shape') continue;
      const what = read.path === '' ? 'the pattern' : `${read.path} in the pattern`;
      yield { resource, path, message: `${what} must be ${read.allowed}, got ${JSON.stringify(read.got)}` };
    }
  },
};
