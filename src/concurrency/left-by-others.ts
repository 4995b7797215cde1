import { Stack } from 'aws-cdk-lib';
import { ConcurrencyBudget } from './concurrency-budget';
import { TrafficConditions } from './traffic-estimate';
import { quotaFrom } from '../measure/concurrency-budget';
import { environmentOf, saidOf } from '../support/concurrency-quotas';
import { LambdaConstructError } from '../support/errors';

/** The budget of an app; nothing while what it says makes none: of that the rules complain. */
export function budgetIfAny(scope: Stack): ConcurrencyBudget | undefined {
  try {
    return ConcurrencyBudget.of(scope);
  } catch (error) {
    if (error instanceof LambdaConstructError) return undefined;
    throw error;
  }
}

/**
 * What a function without a reservation finds of its account's concurrency: the quota, if it was said, and what others of the app
 * have taken for sure.
 *
 * @param own provisioned concurrency that is in the budget and is for the function's own use
 */
export function leftByOthers(stack: Stack, budget: ConcurrencyBudget | undefined, own: number): Pick<TrafficConditions, 'quota' | 'takenByOthers'> {
  const { account, region } = environmentOf(stack);
  const found = budget?.accounts.find((one) => one.account === account && one.region === region);
  if (!found) return { quota: quotaFrom(saidOf(stack)?.quota) };
  return { quota: found.isDefaultQuota ? undefined : found.quota, takenByOthers: Math.max(0, found.reserved + found.provisioned - own) };
}
