import { Budget, FunctionShare, quotaKey } from './concurrency-budget';

/** An account and a Region, as far as the app fixes them. */
export interface Place {
  readonly account?: string;
  readonly region?: string;
}

/** The place in words. */
export function placeInWords({ account, region }: Place): string {
  return `${account ?? 'any account'}, ${region ?? 'any Region'}`;
}

/** How the quota of a place is told, for people who did not. */
export function tellQuota({ account, region }: Place): string {
  return `tell what it is with -c ${quotaKey(account, region)}=<number>`;
}

/** The budget of one place as lines of a table, largest amounts first. */
export function budgetTable(budget: Budget, place: Place): string[] {
  const { sharing } = budget;
  const total = `for ${sharing === 1 ? '1 function' : `${sharing} functions`} without a reservation; at least ${digits(budget.floor)} must be left`;
  return [
    ...amountLines(budget),
    line('unreserved', budget.unreserved, total),
    ...atPeak(budget),
    line('quota', budget.quota, budget.isDefaultQuota ? `AWS's default; new accounts have 10 or 50: ${tellQuota(place)}` : 'as the context says'),
    ...notes(budget).map((note) => line('', undefined, note)),
  ];
}

/** The reservations, and what is provisioned without one; those behind the first few as one line. */
export function amountLines({ functions }: Budget, shown = Infinity): string[] {
  return [
    ...largest('reserved', functions.filter((fn) => fn.reserved !== undefined), (fn) => fn.reserved ?? 0, shown),
    ...largest('provisioned', functions.filter((fn) => fn.reserved === undefined && fn.provisionedAtMost > 0), (fn) => fn.provisioned, shown),
  ];
}

function largest(heading: string, functions: readonly FunctionShare[], amount: (fn: FunctionShare) => number, shown: number): string[] {
  const sorted = [...functions].sort((one, other) => amount(other) - amount(one));
  const rest = sorted.slice(shown);
  const others = rest.length > 0 ? [[rest.reduce((sum, fn) => sum + amount(fn), 0), `${rest.length} others`] as const] : [];
  const rows = [...sorted.slice(0, shown).map((fn) => [amount(fn), described(fn)] as const), ...others];
  return rows.map(([number, what], index) => line(index === 0 ? heading : '', number, what));
}

function described({ name, reserved, provisioned, provisionedAtMost }: FunctionShare): string {
  const details = [
    ...reserved !== undefined && provisioned > 0 ? [`${digits(provisioned)} provisioned`] : [],
    ...provisionedAtMost > provisioned ? [`scales to ${digits(provisionedAtMost)} provisioned`] : [],
  ];
  return details.length > 0 ? `${name} (${details.join(', ')})` : name;
}

function atPeak({ unreserved, unreservedAtLeast, floor }: Budget): string[] {
  if (unreservedAtLeast === unreserved) return [];
  const refused = unreservedAtLeast < floor ? '; Lambda refuses to scale that far' : '';
  return [line('', unreservedAtLeast, `when all provisioned concurrency is scaled to its maximum${refused}`)];
}

function notes({ excess, overProvisioned, isComplete }: Budget): string[] {
  return [
    ...excess > 0 ? [`does not fit: ${digits(excess)} too many`] : [],
    ...overProvisioned.map(({ name, reserved = 0, provisioned }) => `does not fit: ${name} has ${digits(provisioned)} provisioned of ${digits(reserved)} reserved`),
    ...isComplete ? [] : ['some amounts are decided at deployment and may add to this'],
    'functions that are not in this app are not counted',
  ];
}

function line(heading: string, amount: number | undefined, what: string): string {
  return `  ${heading.padEnd(13)} ${(amount === undefined ? '' : digits(amount)).padStart(7)}  ${what}`;
}

export function digits(value: number): string {
  return value.toLocaleString('en-US');
}
