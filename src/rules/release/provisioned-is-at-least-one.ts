import { alias, numberOf, ORDERS, provisioned, version } from './examples';
import { AMOUNT, provisionedIn } from '../../model/releases';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

/** The CDK's own classes take 0 for nothing. */
export const provisionedIsAtLeastOne: Rule = {
  id: 'provisioned-is-at-least-one',
  title: 'Provisioned concurrency is one at least',
  severity: 'fatal',
  why: 'Lambda refuses the alias or version',
  fix: 'leave `ProvisionedConcurrencyConfig` out to have none',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html',
  answers: ["1 validation error detected: Value '0' at 'provisionedConcurrentExecutions' failed to satisfy constraint: Member must have value greater than or equal to 1"],
  since: '0.1.0',

  valid: [
    { title: 'one', resources: { Orders: ORDERS, V1: version(), Live: alias(numberOf('V1'), provisioned(1)) } },
    { title: 'none', resources: { Orders: ORDERS, Live: alias('1') } },
    { title: 'as much as a parameter says', resources: { Orders: ORDERS, Live: alias('1', provisioned({ Ref: 'Amount' })) } },
  ],
  invalid: [
    { title: 'an alias has none', at: 'Live/Properties/ProvisionedConcurrencyConfig/ProvisionedConcurrentExecutions', resources: { Orders: ORDERS, Live: alias('1', provisioned(0)) } },
    { title: 'a version has less than none', at: 'V1/Properties/ProvisionedConcurrencyConfig/ProvisionedConcurrentExecutions', resources: { Orders: ORDERS, V1: version(provisioned('-1')) } },
  ],

  * check(app) {
    for (const { resource, amount } of provisionedIn(app)) {
      const got = valueOf(amount);
      if (got === undefined || got >= 1) continue;
      yield { resource, path: AMOUNT, message: `provisioned concurrency must be at least 1, got ${got}` };
    }
  },
};
