import { alias, fn } from './examples';
import { tooManyProvisioned } from './over-budget';
import { accountsOf } from '../../model/concurrency';
import { Rule } from '../rule';

/** `error` for the reasons of `reservations-fit-quota`, which answers where the reservations are too many by themselves. */
export const provisionedFitsQuota: Rule = {
  id: 'provisioned-fits-quota',
  title: 'Provisioned concurrency fits into the quota of its account and Region',
  severity: 'error',
  why: 'provisioned concurrency of a function without a reservation is taken out of what is unreserved, of which 100 must be left, and Lambda refuses what does not fit',
  fix: 'provision less, reserve less for other functions, or have the quota "Concurrent executions" raised before the deployment and change the context',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html',
  answers: [
    "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [<min_unreserved_concurrency>].",
    "Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [<unreserved_concurrency>].",
  ],
  since: '0.1.0',

  valid: [
    { title: 'all but 100, with what is reserved', quotas: [1000], resources: { Orders: fn(), Live: alias('Orders', 400), Mail: fn(500) } },
    { title: 'what is provisioned within a reservation is not counted twice', quotas: [1000], resources: { Orders: fn(500), Live: alias('Orders', 500), Mail: fn(400) } },
    { title: 'an amount that a parameter tells', quotas: [10], resources: { Orders: fn(), Live: alias('Orders', { Ref: 'Provisioned' }) } },
    { title: 'an alias of a function that is not in the app', quotas: [10], resources: { Orders: fn(), Live: { ...alias('Orders', 5, { FunctionName: 'mail' }) } } },
    { title: 'the quota is not known', resources: { Orders: fn(), Live: alias('Orders', 5000) } },
  ],
  invalid: [
    { title: 'one too many', at: 'Live/Properties/ProvisionedConcurrencyConfig', quotas: [1000], resources: { Orders: fn(), Live: alias('Orders', 401), Mail: fn(500) } },
    { title: 'several aliases are too many together', at: 'Live/Properties/ProvisionedConcurrencyConfig', quotas: [1000], resources: { Orders: fn(), Live: alias('Orders', 500), Canary: alias('Orders', 401, { Name: 'canary' }) } },
    { title: 'anything is provisioned in an account with 10', at: 'Live/Properties/ProvisionedConcurrencyConfig', quotas: [10], resources: { Orders: fn(), Live: alias('Orders', 1) } },
  ],

  * check(app) {
    for (const account of accountsOf(app)) {
      const { isDefaultQuota, reservedExcess, excess } = account.budget;
      if (!isDefaultQuota && reservedExcess === 0 && excess > 0) yield tooManyProvisioned(account);
    }
  },
};
