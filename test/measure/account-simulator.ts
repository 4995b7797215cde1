import * as fc from 'fast-check';

/**
 * Lambda's answers about concurrency, call by call, as one account and Region gives them: a model to hold ours against, written from
 * the answers that AWS gave (aws-cdk's and LocalStack's issues, the Developer Guide), without any sum over the whole app.
 */
export class AccountSimulator {
  private readonly reserved = new Map<string, number>();
  private readonly provisioned = new Map<string, Map<string, number>>();

  constructor(private readonly quota: number) {}

  /** `PutFunctionConcurrency`: whether it is accepted. */
  public putFunctionConcurrency(fn: string, amount: number): boolean {
    // "ReservedConcurrentExecutions 1 should not be lower than function's total provisioned concurrency [2]."
    if (amount < this.provisionedOf(fn)) return false;
    return this.isLeftOver(fn, amount) && this.keep(() => this.reserved.set(fn, amount));
  }

  /** `PutProvisionedConcurrencyConfig`: whether it is accepted. */
  public putProvisionedConcurrency(fn: string, qualifier: string, amount: number): boolean {
    const others = this.provisionedOf(fn, qualifier);
    const reserved = this.reserved.get(fn);
    const put = () => this.provisioned.set(fn, new Map([...this.provisioned.get(fn) ?? [], [qualifier, amount]]));
    // "Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function"
    if (reserved !== undefined) return others + amount <= reserved && this.keep(put);
    return this.isLeftOver(fn, others + amount) && this.keep(put);
  }

  /** `GetAccountSettings`: what is left to everybody, be it more or less than must be left. */
  public unreserved(): number {
    return this.without(undefined);
  }

  /** "... decreases account's UnreservedConcurrentExecution below its minimum value of [...]" unless so much is left. */
  private isLeftOver(fn: string, amount: number): boolean {
    return this.without(fn) - amount >= (this.quota > 100 ? 100 : this.quota);
  }

  private without(fn: string | undefined): number {
    let left = this.quota;
    for (const name of new Set([...this.reserved.keys(), ...this.provisioned.keys()])) {
      if (name !== fn) left -= this.reserved.get(name) ?? this.provisionedOf(name);
    }
    return left;
  }

  private provisionedOf(fn: string, except?: string): number {
    let sum = 0;
    for (const [qualifier, amount] of this.provisioned.get(fn) ?? []) if (qualifier !== except) sum += amount;
    return sum;
  }

  private keep(change: () => unknown): boolean {
    change();
    return true;
  }
}

/** What somebody wants of a function: a reservation or none, and amounts for some of its aliases. */
export interface Wanted {
  readonly reserved?: number;
  readonly provisioned: readonly number[];
}

type Call = (account: AccountSimulator) => boolean;

/** The calls that bring an account there, from nothing. */
function callsOf(wanted: readonly Wanted[]): Call[] {
  return wanted.flatMap(({ reserved, provisioned }, index): Call[] => [
    ...reserved === undefined ? [] : [(account: AccountSimulator) => account.putFunctionConcurrency(`f${index}`, reserved)],
    ...provisioned.map((amount, alias): Call => (account) => account.putProvisionedConcurrency(`f${index}`, `a${alias}`, amount)),
  ]);
}

/** What becomes of an account when the calls are made in an order: whether all are accepted, and what is left. */
function run(quota: number, calls: readonly Call[]): { readonly accepted: boolean; readonly unreserved: number } {
  const account = new AccountSimulator(quota);
  const accepted = calls.map((call) => call(account)).every(Boolean);
  return { accepted, unreserved: account.unreserved() };
}

/** All orders of a few calls, of many calls as many orders as there are of few: rotations, forwards and backwards. */
function ordersOf<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  if (items.length <= 4) return items.flatMap((item, index) => ordersOf(items.filter((_, at) => at !== index)).map((rest) => [item, ...rest]));
  const rotations = items.map((_, index) => [...items.slice(index), ...items.slice(0, index)]);
  return [...rotations, ...rotations.map((order) => [...order].reverse())];
}

/** What AWS answers to all of it, in any order: the same in each, or the model of the account is not what we think it is. */
export function answerOf(quota: number, wanted: readonly Wanted[]): { readonly accepted: boolean; readonly unreserved?: number } {
  const ends = ordersOf(callsOf(wanted)).map((order) => run(quota, order));
  const different = ends.filter(({ accepted }) => accepted !== ends[0].accepted);
  if (different.length > 0) throw new Error(`the order makes a difference with a quota of ${quota}: ${JSON.stringify(wanted)}`);
  const left = new Set(ends.map(({ unreserved }) => unreserved));
  if (ends[0].accepted && left.size > 1) throw new Error(`what is left depends on the order: ${JSON.stringify(wanted)}`);
  return ends[0].accepted ? ends[0] : { accepted: false };
}

/** The quotas that accounts have: new ones, those that nobody raised, those of large users. */
export const QUOTAS = [10, 50, 1000, 10_000];

/** Functions whose amounts are near what a quota allows, below it and above it. */
export function wantedNear(quota: number): fc.Arbitrary<Wanted[]> {
  const room = Math.max(0, quota - 100);
  const parts = [Math.floor(room / 3), Math.floor(room / 2), Math.max(0, room - 1), room, room + 1, quota, quota + 1];
  const near = fc.constantFrom(0, 1, 2, 5, 10, 50, 100, ...parts);
  const amount = fc.oneof(near, fc.nat({ max: Math.ceil(quota / 3) }));
  return fc.array(fc.record({
    reserved: fc.option(amount, { nil: undefined }),
    provisioned: fc.array(amount.map((value) => Math.max(1, value)), { maxLength: 2 }),
  }), { minLength: 1, maxLength: 4 });
}
