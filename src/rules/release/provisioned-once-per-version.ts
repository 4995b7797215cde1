import { alias, numberOf, ORDERS, provisioned, version } from './examples';
import { PROVISIONED, provisionedIn, routings } from '../../model/releases';
import { Rule } from '../rule';

/** Of two aliases with provisioned concurrency that point to one version, no answer of Lambda is known. */
export const provisionedOncePerVersion: Rule = {
  id: 'provisioned-once-per-version',
  title: 'A version or the alias that points to it has provisioned concurrency, not both',
  severity: 'fatal',
  why: 'Lambda refuses the second of them',
  fix: 'leave it on the alias, where it moves on to the next version',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html',
  answers: [
    "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
    'Version is pointed by a Provisioned Concurrency alias',
  ],
  since: '0.1.0',

  valid: [
    { title: 'on the alias', resources: { Orders: ORDERS, V1: version(), Live: alias(numberOf('V1'), provisioned()) } },
    { title: 'on the version', resources: { Orders: ORDERS, V1: version(provisioned()), Live: alias(numberOf('V1')) } },
    { title: 'on another version than that of the alias', resources: { Orders: ORDERS, V1: version(provisioned()), V2: version(), Live: alias(numberOf('V2'), provisioned()) } },
    { title: 'on an alias of a version that a parameter names', resources: { Orders: ORDERS, V1: version(provisioned()), Live: alias({ Ref: 'Stable' }, provisioned()) } },
  ],
  invalid: [
    { title: 'on both', at: 'Live/Properties/ProvisionedConcurrencyConfig', resources: { Orders: ORDERS, V1: version(provisioned()), Live: alias(numberOf('V1'), provisioned()) } },
  ],

  * check(app) {
    const having = new Set(provisionedIn(app).map(({ resource }) => resource));
    for (const { alias: resource, version: name } of routings(app)) {
      if (name.kind !== 'published' || !having.has(resource) || !having.has(name.version)) continue;
      yield { resource, path: PROVISIONED, message: `provisioned concurrency must be on the alias or on the version that it points to, got it on both (${resource.label}, ${name.version.label})` };
    }
  },
};
