import { DEFAULT_VISIBILITY } from '../../limits/mapping-parameters';
import type { AppModel } from '../../model/app';
import { mappingsOf, numberOr, queueOf, timeoutOf } from '../../model/mappings';
import type { Resource } from '../../model/resource';

/** How long a function may take for the messages of a queue, and how long the queue hides them; in seconds. */
interface Room {
  readonly queue: Resource;
  readonly fn: Resource;
  readonly timeout: number;
  readonly visibility: number;

  /** How long Lambda gathers a batch; `undefined` if the deployment decides it. */
  readonly window?: number;
}

/** For each queue and function of an app once, as far as all of it is known. */
export function roomOf(app: AppModel): readonly Room[] {
  const seen = new Map<Resource, Set<Resource>>();
  return mappingsOf(app).flatMap((mapping): Room[] => {
    const queue = queueOf(mapping);
    const fn = mapping.target?.fn;
    if (!queue || !fn || seen.get(queue)?.has(fn)) return [];
    const timeout = timeoutOf(fn);
    const visibility = numberOr(queue, 'VisibilityTimeout', DEFAULT_VISIBILITY);
    if (timeout === undefined || visibility === undefined) return [];
    seen.set(queue, (seen.get(queue) ?? new Set()).add(fn));
    return [{ queue, fn, timeout, visibility, window: numberOr(mapping.resource, 'MaximumBatchingWindowInSeconds', 0) }];
  });
}
