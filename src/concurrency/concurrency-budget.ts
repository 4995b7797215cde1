import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AccountBudget } from './account-budget';
import { ConcurrencyResources, concurrencyResources, shareOf } from './shares';
import { Budget, budgetOf, quotaFrom, quotaKey } from '../measure/concurrency-budget';
import { budgetTable, Place, placeInWords } from '../measure/concurrency-table';
import { environmentOf, saidOf } from '../support/concurrency-quotas';
import { mistake } from '../support/errors';

/**
 * What an app reserves and provisions of the concurrency of each account and Region, in all its stacks, nested stacks and stages.
 *
 * Functions of any class count, ours or not. A function on a capacity provider does not: it has instances of its own. Lambda@Edge
 * runs replicas of a function in other Regions, out of whose concurrency they take: those are not counted either.
 *
 * The rules that run at `cdk synth` compare the same numbers with the quota. This is for who wants to decide by them, or to show them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 * @example
 * import { Annotations } from 'aws-cdk-lib';
 * import * as lambda from 'aws-cdk-lib/aws-lambda';
 * import { ConcurrencyBudget, EventFunction } from 'cdk-event-functions';
 *
 * new EventFunction(this, 'Orders', {
 *   runtime: lambda.Runtime.NODEJS_22_X,
 *   handler: 'index.handler',
 *   code: lambda.Code.fromAsset('functions/orders'),
 *   reservedConcurrentExecutions: 200,
 * });
 * Annotations.of(this).addInfoV2('shop:concurrency', ConcurrencyBudget.of(this).render());
 */
export class ConcurrencyBudget {
  /**
   * The budget of the app that a construct is in.
   *
   * Only what was made before the call is in it. The quota of an account comes from the context
   * `cdk-event-functions:quota:<account>:<region>`, as `aws lambda get-account-settings` tells it, with `unknown-account` and
   * `unknown-region` for stacks that fix neither. Refuses a quota that is no whole number of at least 1, or not the same for
   * all stacks of the account, and amounts that Lambda refuses whatever the quota is.
   *
   * @param scope any construct of the app
   */
  public static of(scope: IConstruct): ConcurrencyBudget {
    const app = scope.node.root;
    const resources = concurrencyResources(app);
    const groups = new Map<string, Stack[]>();
    for (const stack of app.node.findAll().filter((construct) => Stack.isStack(construct))) {
      const { account, region } = environmentOf(stack);
      const key = quotaKey(account, region);
      groups.set(key, [...groups.get(key) ?? [], stack]);
    }
    return new ConcurrencyBudget([...groups.values()].flatMap((stacks) => accountOf(stacks, resources)));
  }

  /** The accounts and Regions that have functions; stacks that fix neither are together in one. */
  public readonly accounts: AccountBudget[];

  private readonly text: string;

  private constructor(accounts: readonly { readonly place: Place; readonly budget: Budget }[]) {
    this.accounts = accounts.map(({ place, budget }) => toStruct(place, budget));
    this.text = accounts.map(({ place, budget }) => [`Concurrency in ${placeInWords(place)}`, ...budgetTable(budget, place), ''].join('\n')).join('\n');
  }

  /** The budget as a table per account and Region, for people to read. */
  public render(): string {
    return this.text;
  }

  /** The same as `render()`. */
  public toString(): string {
    return this.text;
  }
}

function accountOf(stacks: readonly Stack[], resources: ConcurrencyResources): { place: Place; budget: Budget }[] {
  const isHere = ({ stack }: { readonly stack: Stack }) => stacks.includes(stack);
  const quota = quotaOf(stacks);
  const shares = resources.functions.filter(isHere).map((fn) => shareOf(fn, resources));
  if (shares.length === 0) return [];
  const budget = budgetOf(shares, quota);
  return [{ place: environmentOf(stacks[0]), budget: { ...budget, isComplete: budget.isComplete && !resources.strays.some(isHere) } }];
}

/** The quota that the stacks of one account and Region agree on, if any of them says one. */
function quotaOf(stacks: readonly Stack[]): number | undefined {
  const numbers = new Map<number, Stack>();
  for (const stack of stacks) {
    const said = saidOf(stack);
    if (!said) continue;
    const number = quotaFrom(said.quota);
    if (number === undefined || (numbers.size > 0 && !numbers.has(number))) {
      throw mistake(stack, {
        code: 'ConcurrencyQuotaMalformed',
        property: quotaKey(said.account, said.region),
        allowed: `a whole number of at least 1${number === undefined ? '' : ', the same for all stacks of the account'}`,
        got: number === undefined ? said.quota : [...numbers.keys(), number],
        fix: "put in the number that 'aws lambda get-account-settings' shows as ConcurrentExecutions",
      });
    }
    numbers.set(number, stack);
  }
  return [...numbers.keys()][0];
}

function toStruct({ account, region }: Place, budget: Budget): AccountBudget {
  const { reservedExcess, overProvisioned, ...sums } = budget;
  return { account, region, ...sums, functions: budget.functions.map(({ name: path, ...share }) => ({ path, ...share })) };
}
