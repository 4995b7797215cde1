import { alias, fn } from './examples';
import { tooManyReserved } from './over-budget';
import { accountsOf } from '../../model/concurrency';
import { Rule } from '../rule';

/**
 * `error` although AWS refuses the deployment: whoever deploys some of the stacks only, or those without a fixed account to
 * several, must be able to acknowledge the finding.
 */
export const reservationsFitQuota: Rule = {
  id: 'reservations-fit-quota',
  title: 'Reservations fit into the quota of their account and Region',
  severity: 'error',
  why: 'Lambda refuses the reservation that leaves fewer than 100 unreserved, or fewer than all in an account with a quota below that, and the deployment is rolled back',
  fix: 'reserve less, have the quota "Concurrent executions" raised before the deployment and change the context, or deploy the stacks to several accounts',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html',
  answers: [
    "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [<min_unreserved_concurrency>].",
    "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [<min_unreserved_concurrency>].",
    "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [<min_unreserved_concurrency>].",
  ],
  since: '0.1.0',

  valid: [
    { title: 'all but 100', quotas: [1000], resources: { Orders: fn(500), Mail: fn('400'), Report: fn() } },
    { title: 'a reservation of 0, which takes nothing, in an account with 10', quotas: [10], resources: { Orders: fn(0) } },
    { title: 'what is provisioned within a reservation is not counted twice', quotas: ['1000'], resources: { Orders: fn(900), Live: alias('Orders', 900) } },
    { title: 'a reservation that a parameter tells', quotas: [10], resources: { Orders: fn({ Ref: 'Reserved' }) } },
    { title: 'a function that is deployed under a condition', quotas: [1000], resources: { Orders: fn(500), Canary: { ...fn(500), Condition: 'IsProd' } } },
    { title: 'instances of a capacity provider are not of the account', quotas: [1000], resources: { Orders: fn(950, { CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: 'arn' } } }) } },
    { title: 'the quota is not known', resources: { Orders: fn(5000) } },
    { title: 'the quota is not a number', quotas: ['many'], resources: { Orders: fn(5000) } },
  ],
  invalid: [
    { title: 'one too many', at: 'Mail/Properties/ReservedConcurrentExecutions', quotas: [1000], resources: { Orders: fn(400), Mail: fn(501) } },
    { title: 'anything is reserved in an account with 10', at: 'Orders/Properties/ReservedConcurrentExecutions', quotas: [10], resources: { Orders: fn(1) } },
    { title: 'anything is reserved in an account with 50', at: 'Orders/Properties/ReservedConcurrentExecutions', quotas: ['50'], resources: { Orders: fn(1) } },
    { title: 'one function reserves more than there is', at: 'Orders/Properties/ReservedConcurrentExecutions', quotas: [10_000], resources: { Orders: fn(10_001) } },
    { title: 'what is known is too much already', at: 'Orders/Properties/ReservedConcurrentExecutions', quotas: [1000], resources: { Orders: fn(901), Mail: fn({ Ref: 'Reserved' }) } },
  ],

  * check(app) {
    for (const account of accountsOf(app)) {
      if (!account.budget.isDefaultQuota && account.budget.reservedExcess > 0) yield tooManyReserved(account);
    }
  },
};
