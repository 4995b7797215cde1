import { fn } from './examples';
import { quotaKey } from '../../measure/concurrency-budget';
import { accountsOf } from '../../model/concurrency';
import { Rule } from '../rule';

/** The CDK checks no context, and a quota that cannot be read would be AWS's default without a word. */
export const concurrencyQuotaIsANumber: Rule = {
  id: 'concurrency-quota-is-a-number',
  title: 'What the context says of a concurrency quota is one whole number',
  severity: 'error',
  why: 'the reservations of the account are compared with something else than its quota',
  fix: 'put in the number that "aws lambda get-account-settings" shows as ConcurrentExecutions, the same in all stages that are deployed to the account',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html',
  since: '0.1.0',

  valid: [
    { title: 'a number', quotas: [1000], resources: { Orders: fn(5) } },
    { title: 'the text of a number, as the command line hands it over', quotas: ['1000'], resources: { Orders: fn(5) } },
    { title: 'nothing', resources: { Orders: fn({ Ref: 'Reserved' }) } },
  ],
  invalid: [
    { title: 'a word', at: 'Orders/Properties', quotas: ['many'], resources: { Orders: fn(5) } },
    { title: 'a number below 1', at: 'Orders/Properties', quotas: [-10], resources: { Orders: fn(5) } },
    { title: 'a fraction', at: 'Orders/Properties', quotas: ['0.5'], resources: { Orders: fn(5) } },
    { title: 'stages say different things of the same account', at: 'Orders/Properties', quotas: [50, 1000], resources: { Orders: fn(5), Mail: fn() } },
  ],

  * check(app) {
    for (const { account, region, doubtfulQuotas, functions } of accountsOf(app)) {
      if (doubtfulQuotas.length === 0) continue;
      const got = doubtfulQuotas.map((quota) => JSON.stringify(quota)).join(' and ');
      yield { resource: functions[0].fn, path: 'Properties', message: `context '${quotaKey(account, region)}' must be one whole number of at least 1, got ${got}` };
    }
  },
};
