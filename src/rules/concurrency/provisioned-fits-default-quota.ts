import { alias, fn } from './examples';
import { tooManyProvisioned } from './over-budget';
import { accountsOf } from '../../model/concurrency';
import { Rule } from '../rule';

/** A `warning`, because the account may have asked for more. Where the app tells the quota, `provisioned-fits-quota` answers. */
export const provisionedFitsDefaultQuota: Rule = {
  id: 'provisioned-fits-default-quota',
  title: 'Provisioned concurrency fits into the 1,000 concurrent executions that AWS gives by default',
  severity: 'warning',
  why: 'Lambda refuses the provisioned concurrency in an account that did not ask for more',
  fix: 'tell the quota of the account in the context cdk-event-functions:quota:<account>:<region>, have it raised before the deployment, or provision less',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html',
  answers: ["Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [<min_unreserved_concurrency>]."],
  since: '0.1.0',

  valid: [
    { title: 'all but 100', resources: { Orders: fn(), Live: alias('Orders', 900) } },
    { title: 'more, where the quota is known', quotas: [5000], resources: { Orders: fn(), Live: alias('Orders', 3000) } },
    { title: 'an amount that a parameter tells', resources: { Orders: fn(), Live: alias('Orders', { Ref: 'Provisioned' }) } },
  ],
  invalid: [
    { title: 'one too many', at: 'Live/Properties/ProvisionedConcurrencyConfig', resources: { Orders: fn(), Live: alias('Orders', 901) } },
    { title: 'too many with what is reserved', at: 'Live/Properties/ProvisionedConcurrencyConfig', resources: { Mail: fn(600), Orders: fn(), Live: alias('Orders', 301) } },
  ],

  * check(app) {
    for (const account of accountsOf(app)) {
      const { isDefaultQuota, reservedExcess, excess } = account.budget;
      if (isDefaultQuota && reservedExcess === 0 && excess > 0) yield tooManyProvisioned(account);
    }
  },
};
