import { filtered, fromQueue, PAID } from './filter-examples';
import { DEFAULT_FILTERS } from '../../limits/event-filters';
import { MAX_FILTERS } from '../../limits/queue-mapping';
import { countedFilters } from '../../model/filters';
import { Rule } from '../rule';

const many = (count: number) => fromQueue(...Array<string>(count).fill(PAID));

export const filtersFitDefaultQuota: Rule = {
  id: 'filters-fit-default-quota',
  title: 'A mapping has no more filters than accounts may have by default',
  severity: 'warning',
  why: `Lambda refuses more than ${DEFAULT_FILTERS}, unless the quota of the account was raised`,
  fix: 'merge patterns: a field takes a list of values, and `$or` a list of patterns; or ask for more in Service Quotas',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html',
  since: '0.1.0',

  valid: [
    { title: 'five', resources: many(5) },
    { title: 'filters that a parameter says', resources: { ...many(1), Poll: filtered([], { FilterCriteria: { Ref: 'Filters' } }) } },
  ],
  invalid: [
    { title: 'six', at: 'Poll/Properties/FilterCriteria/Filters', resources: many(6) },
    { title: 'ten', at: 'Poll/Properties/FilterCriteria/Filters', resources: many(10) },
  ],

  * check(app) {
    for (const { mapping: resource, count } of countedFilters(app)) {
      if (count <= DEFAULT_FILTERS || count > MAX_FILTERS) continue;
      yield { resource, path: 'Properties/FilterCriteria/Filters', message: `filters of a mapping must be at most ${DEFAULT_FILTERS} where the quota was not raised, got ${count}` };
    }
  },
};
