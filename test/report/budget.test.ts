import { AppModel } from '../../src/model/app';
import { summarizeBudgets } from '../../src/report/budget';
import { summarize } from '../../src/report/summary';
import { renderText } from '../../src/report/text';
import { alias, fn } from '../../src/rules/concurrency/examples';
import { appOf, stackOf } from '../model/app-of';

const EU = { account: '111122223333', region: 'eu-west-1' };

/** The tables at the end of the summary. */
function tables(app: AppModel): string {
  const text = renderText(summarize(app));
  return text.slice(text.indexOf('Concurrency in'));
}

test('each account and Region has a table, behind all stacks', () => {
  const app = new AppModel([
    stackOf({ Orders: fn(10), Live: alias('Orders', 2), Mail: fn() }, { name: 'A', ...EU }),
    stackOf({ Report: fn(20) }, { name: 'B', ...EU }),
    stackOf({ Orders: fn({ Ref: 'Reserved' }) }, { name: 'C' }),
    stackOf({ Queue: { Type: 'AWS::SQS::Queue' } }, { name: 'D', region: 'us-east-1' }),
  ], [{ ...EU, quota: '5000' }]);
  expect(tables(app)).toMatchInlineSnapshot(`
"Concurrency in 111122223333, eu-west-1
======================================

  reserved           20  Report
                     10  Orders (2 provisioned)
  unreserved      4,970  for 1 function without a reservation; at least 100 must be left
  quota           5,000  as the context says
                         functions that are not in this app are not counted

Concurrency in any account, any Region
======================================

  unreserved      1,000  for 1 function without a reservation; at least 100 must be left
  quota           1,000  AWS's default; new accounts have 10 or 50: tell what it is with -c cdk-event-functions:quota:unknown-account:unknown-region=<number>
                         some amounts are decided at deployment and may add to this
                         functions that are not in this app are not counted
"
`);
});

test('what does not fit is said', () => {
  const resources = { Orders: fn(5), Live: alias('Orders', 6), Mail: fn(), Canary: alias('Mail', 7) };
  expect(tables(appOf(resources, { quotas: [100] }))).toMatchInlineSnapshot(`
"Concurrency in any account, any Region
======================================

  reserved            5  Orders (6 provisioned)
  provisioned         7  Mail
  unreserved         88  for 1 function without a reservation; at least 100 must be left
  quota             100  as the context says
                         does not fit: 12 too many
                         does not fit: Orders has 6 provisioned of 5 reserved
                         functions that are not in this app are not counted
"
`);
});

test('as data, functions that take nothing for themselves are counted only', () => {
  const [budget] = summarizeBudgets(appOf({ Orders: fn(5), Live: alias('Orders', 6), Mail: fn(), Api: fn() }, { ...EU, quotas: [1000] }));
  const orders = { name: 'Orders', reserved: 5, provisioned: 6, provisionedAtMost: 6, isComplete: true };
  expect(budget).toEqual({
    ...EU,
    quota: 1000,
    isDefaultQuota: false,
    floor: 100,
    reserved: 5,
    provisioned: 0,
    unreserved: 995,
    unreservedAtLeast: 995,
    sharing: 2,
    reservedExcess: 0,
    excess: 0,
    fits: false,
    isComplete: true,
    overProvisioned: [orders],
    functions: [orders],
  });
});
