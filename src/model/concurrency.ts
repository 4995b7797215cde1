import type { AppModel } from './app';
import { wiringOf } from './iam/resource-policy';
import { oncePerApp } from './once-per-app';
import { isThere } from './presence';
import type { Resource } from './resource';
import { isStrayTarget, scalingOf } from './scaling';
import type { Stack } from './stack';
import { Json } from './template';
import { Value } from './value';
import { Budget, budgetOf, FunctionShare, quotaFrom } from '../measure/concurrency-budget';

/** A function with what it takes of its account's concurrency. */
export interface SharingFunction extends FunctionShare {
  readonly fn: Resource;

  /** Its alias or version with most provisioned concurrency. */
  readonly provisionedOn?: Resource;
}

/** The functions of an app in one account and Region. Stacks without a fixed one are together in a group of their own. */
export interface AccountConcurrency {
  readonly account?: string;
  readonly region?: string;
  readonly budget: Budget;

  /** The functions of the budget with their resources, as they come in the templates. */
  readonly functions: readonly SharingFunction[];

  /** What the app says of the quota, where that is no number, or not the same everywhere. */
  readonly doubtfulQuotas: readonly Json[];
}

/** The concurrency of an app by account and Region, in the order in which its stacks name them. */
export const accountsOf = oncePerApp((app): readonly AccountConcurrency[] => {
  const groups = new Map<string, Stack[]>();
  for (const stack of app.stacks) {
    const key = JSON.stringify([stack.account ?? null, stack.region ?? null]);
    groups.set(key, [...groups.get(key) ?? [], stack]);
  }
  return [...groups.values()].map((stacks) => accountOf(app, stacks)).filter(({ functions }) => functions.length > 0);
});

function accountOf(app: AppModel, stacks: readonly Stack[]): AccountConcurrency {
  const [{ account, region }] = stacks;
  const functions = stacks.flatMap((stack) => stack.resources.filter(takesConcurrency).map(shareOf));
  const said = app.quotas.filter((quota) => quota.account === account && quota.region === region).map(({ quota }) => quota);
  const numbers = said.map(quotaFrom).filter((number) => number !== undefined);
  const budget = budgetOf(functions, numbers.length > 0 ? Math.min(...numbers) : undefined);
  const isDoubtful = numbers.length < said.length || new Set(numbers).size > 1;
  return {
    account,
    region,
    budget: { ...budget, isComplete: budget.isComplete && stacks.every(isAllKnown) },
    functions,
    doubtfulQuotas: isDoubtful ? said : [],
  };
}

/** Functions on instances of their own have a capacity provider in place of the account's concurrency. */
export function takesConcurrency(resource: Resource): boolean {
  return resource.type === 'AWS::Lambda::Function' && isThere(resource, 'CapacityProviderConfig') !== true;
}

function shareOf(fn: Resource): SharingFunction {
  if (isConditional(fn.stack, fn) || isThere(fn, 'CapacityProviderConfig') === undefined) {
    return { fn, name: fn.label, provisioned: 0, provisionedAtMost: 0, isComplete: false };
  }
  const wiring = wiringOf(fn.stack.app);
  const reserved = amount(fn.number('ReservedConcurrentExecutions'), 0);
  const qualified = [...wiring.aliases(fn), ...wiring.versions(fn)].map(provisionedOf);
  const largest = Math.max(...qualified.map(({ least = 0 }) => least));
  return {
    fn,
    name: fn.label,
    ...reserved.least !== undefined && { reserved: reserved.least },
    provisioned: qualified.reduce((sum, { least = 0 }) => sum + least, 0),
    provisionedAtMost: qualified.reduce((sum, { most }) => sum + most, 0),
    provisionedOn: qualified.find(({ least }) => least === largest)?.on,
    isComplete: reserved.isKnown && qualified.every(({ isKnown }) => isKnown),
  };
}

interface Amount { readonly least?: number; readonly isKnown: boolean }

/** What Lambda takes as a number is known; of anything else, nothing may be claimed. */
function amount(value: Value<number>, min: number): Amount {
  if (value.kind === 'absent') return { isKnown: true };
  return value.kind === 'known' && Number.isSafeInteger(value.value) && value.value >= min ? { least: value.value, isKnown: true } : { isKnown: false };
}

function provisionedOf(on: Resource): Amount & { readonly most: number; readonly on: Resource } {
  if (isConditional(on.stack, on)) return { on, most: 0, isKnown: false };
  if (isThere(on, 'ProvisionedConcurrencyConfig') === false) return { on, most: scalingOf(on).most, isKnown: scalingOf(on).isKnown };
  const own = amount(on.number('ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions'), 1);
  const scaling = scalingOf(on);
  return { ...own, on, most: Math.max(own.least ?? 0, scaling.most), isKnown: own.isKnown && scaling.isKnown };
}

/** Whether a resource, or a nested stack that it is in, is deployed under a condition only. */
export function isConditional(stack: Stack, resource: Resource): boolean {
  return resource.condition !== undefined || (stack.parent !== undefined && isConditional(stack.parent.stack, stack.parent));
}

/** Whether a stack says of all provisioned concurrency in it whose it is, and of all resources what they are. */
function isAllKnown(stack: Stack): boolean {
  const wiring = wiringOf(stack.app);
  return !stack.isTransformed && stack.resources.every((resource) => {
    if (isStrayTarget(resource)) return false;
    if (resource.type !== 'AWS::Lambda::Alias' && resource.type !== 'AWS::Lambda::Version') return true;
    if (isThere(resource, 'ProvisionedConcurrencyConfig') === false) return true;
    const fn = resource.reference('FunctionName')?.resource;
    return fn !== undefined && [...wiring.aliases(fn), ...wiring.versions(fn)].includes(resource);
  });
}
