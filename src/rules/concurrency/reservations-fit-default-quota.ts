import { fn } from './examples';
import { tooManyReserved } from './over-budget';
import { accountsOf } from '../../model/concurrency';
import { Rule } from '../rule';

/** A `warning`, because the account may have asked for more. Where the app tells the quota, `reservations-fit-quota` answers. */
export const reservationsFitDefaultQuota: Rule = {
  id: 'reservations-fit-default-quota',
  title: 'Reservations fit into the 1,000 concurrent executions that AWS gives by default',
  severity: 'warning',
  why: 'Lambda refuses the reservations in an account that did not ask for more, and the deployment is rolled back',
  fix: 'tell the quota of the account in the context cdk-event-functions:quota:<account>:<region>, have it raised before the deployment, or reserve less',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  answers: ["Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [<min_unreserved_concurrency>]."],
  since: '0.1.0',

  valid: [
    { title: 'all but 100', resources: { Orders: fn(500), Mail: fn(400) } },
    { title: 'more, where the quota is known', quotas: [5000], resources: { Orders: fn(3000) } },
    { title: 'a reservation that a parameter tells', resources: { Orders: fn(900), Mail: fn({ Ref: 'Reserved' }) } },
  ],
  invalid: [
    { title: 'one too many', at: 'Orders/Properties/ReservedConcurrentExecutions', resources: { Orders: fn(500), Mail: fn(401) } },
    { title: 'one function reserves more than there is', at: 'Orders/Properties/ReservedConcurrentExecutions', resources: { Orders: fn(1001) } },
  ],

  * check(app) {
    for (const account of accountsOf(app)) {
      if (account.budget.isDefaultQuota && account.budget.reservedExcess > 0) yield tooManyReserved(account);
    }
  },
};
