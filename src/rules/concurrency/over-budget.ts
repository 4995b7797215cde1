import { amountLines, digits, placeInWords, tellQuota } from '../../measure/concurrency-table';
import { AccountConcurrency, SharingFunction } from '../../model/concurrency';
import { Finding } from '../rule';

/** What the rules about an account's budget share. */

const SHOWN = 8;

/** The finding about too many reservations: at the largest of them. */
export function tooManyReserved(account: AccountConcurrency): Finding {
  const { budget, functions } = account;
  return {
    resource: largest(functions, ({ reserved = -1 }) => reserved).fn,
    path: 'Properties/ReservedConcurrentExecutions',
    message: inWords('reserved concurrency', account, budget.reserved, budget.reservedExcess),
  };
}

/** The finding about too much provisioned concurrency without a reservation: at the alias or version with most of it. */
export function tooManyProvisioned(account: AccountConcurrency): Finding {
  const { budget, functions } = account;
  const { fn, provisionedOn = fn } = largest(functions, ({ reserved, provisioned }) => reserved === undefined ? provisioned : -1);
  return {
    resource: provisionedOn,
    path: 'Properties/ProvisionedConcurrencyConfig',
    message: inWords('provisioned and reserved concurrency', account, budget.reserved + budget.provisioned, budget.excess),
  };
}

function inWords(what: string, account: AccountConcurrency, got: number, tooMany: number): string {
  const { quota, floor, isDefaultQuota } = account.budget;
  const whose = isDefaultQuota ? `AWS's default of ${digits(quota)}` : `the quota of ${digits(quota)}`;
  const note = isDefaultQuota ? `; ${tellQuota(account)}` : '';
  const table = amountLines(account.budget, SHOWN);
  return [
    `${what} in ${placeInWords(account)} must be at most ${digits(quota - floor)} in all stacks together, ${whose} less ${digits(floor)} that stay unreserved, `
    + `got ${digits(got)}, which is ${digits(tooMany)} too many (functions of other apps are not counted${note}):`,
    ...table,
    '',
  ].join('\n');
}

function largest(functions: readonly SharingFunction[], amount: (fn: SharingFunction) => number): SharingFunction {
  return functions.reduce((most, fn) => amount(fn) > amount(most) ? fn : most);
}
