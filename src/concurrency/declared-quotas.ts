import { Lazy, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { QUOTA_KEYS } from '../measure/concurrency-budget';
import { quotasIn } from '../support/concurrency-quotas';

/** What the summary reads in the assembly (`assembly/declared-quotas.ts`), where it sees no context. */
const METADATA = 'cdk-event-functions:quotas';

/** Apps whose quotas are in the metadata of one of their stacks. */
const declared = new WeakSet<IConstruct>();

/**
 * Leaves the concurrency quotas that an app knows in its assembly: all of them in the metadata of one stack, since stacks without
 * a function of ours need them, too. An app that says nothing of quotas gets no metadata.
 */
export function declareQuotas(scope: IConstruct): void {
  const { root } = scope.node;
  if (declared.has(root) || !Object.keys(scope.node.getAllContext()).some((key) => key.startsWith(QUOTA_KEYS))) return;
  declared.add(root);
  // Lazy, as stacks may be made after this one.
  Stack.of(scope).node.addMetadata(METADATA, Lazy.any({ produce: () => quotasIn(root) }));
}
