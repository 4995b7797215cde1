import { filtered, fromQueue, PAID } from './filter-examples';
import { MAX_FILTERS } from '../../limits/queue-mapping';
import { countedFilters } from '../../model/filters';
import { Rule } from '../rule';

const many = (count: number) => fromQueue(...Array<string>(count).fill(PAID));

export const filtersAreFew: Rule = {
  id: 'filters-are-few',
  title: `A mapping has at most ${MAX_FILTERS} filters`,
  severity: 'error',
  why: 'Lambda refuses more, whatever the quota of the account is',
  fix: 'merge patterns: a field takes a list of values, and `$or` a list of patterns',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html',
  since: '0.1.0',

  valid: [
    { title: 'one', resources: many(1) },
    { title: 'ten, for which the quota was raised', resources: many(10) },
    { title: 'filters that a parameter says', resources: { ...many(1), Poll: filtered([], { FilterCriteria: { Ref: 'Filters' } }) } },
  ],
  invalid: [
    { title: 'eleven', at: 'Poll/Properties/FilterCriteria/Filters', resources: many(11) },
  ],

  * check(app) {
    for (const { mapping: resource, count } of countedFilters(app)) {
      if (count > MAX_FILTERS) yield { resource, path: 'Properties/FilterCriteria/Filters', message: `filters of a mapping must be at most ${MAX_FILTERS}, got ${count}` };
    }
  },
};
