import { Stack } from 'aws-cdk-lib';
import { quotaFrom } from '../measure/concurrency-budget';
import { saidOf } from '../support/concurrency-quotas';

/** The concurrency quota that the app says a stack's account has. What is no number, others complain about. */
export function saidQuota(stack: Stack): number | undefined {
  return quotaFrom(saidOf(stack)?.quota);
}
