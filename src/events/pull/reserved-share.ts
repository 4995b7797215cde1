import { CfnResource, Lazy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { functionOf } from '../../failure/function-of';
import { MAX_CONCURRENCY } from '../../limits/queue-mapping';
import { isKnown } from '../../support/tokens';

/** The maximum concurrencies of the queues that are read for a function, as they were given. */
const queuesOf = new WeakMap<CfnResource, (number | undefined)[]>();

/**
 * Has Lambda read no more of a queue at once than is reserved for the function: mappings do not account for it by themselves. Queues for which
 * nothing is given share what the others leave; how many there are is known in the synthesis.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export function shareReserved(target: lambda.IFunction, mapping: lambda.EventSourceMapping, given: number | undefined): void {
  const resource = functionOf(target);
  if (!resource) return;
  const queues = queuesOf.get(resource) ?? [];
  queuesOf.set(resource, [...queues, given]);
  if (given !== undefined) return;
  (mapping.node.defaultChild as lambda.CfnEventSourceMapping).scalingConfig = Lazy.uncachedAny({
    produce: () => {
      const maximumConcurrency = shareOf(resource.reservedConcurrentExecutions, queuesOf.get(resource) ?? []);
      return maximumConcurrency && { maximumConcurrency };
    },
  });
}

/**
 * None where nothing is reserved, where only the deployment knows, and for less than a maximum can be: Lambda refuses one that is more than is
 * reserved.
 */
function shareOf(reserved: number | undefined, queues: readonly (number | undefined)[]): number | undefined {
  if (!isKnown(reserved) || reserved < MAX_CONCURRENCY.min || !queues.every((given) => given === undefined || isKnown(given))) return undefined;
  const left = reserved - queues.reduce<number>((sum, given = 0) => sum + given, 0);
  const share = Math.floor(left / queues.filter((given) => given === undefined).length);
  return Math.min(Math.max(share, MAX_CONCURRENCY.min), MAX_CONCURRENCY.max);
}
