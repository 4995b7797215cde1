import type { Resource } from './resource';

/** All resources of the template that are there when this one is made. */
export function madeBefore(resource: Resource): ReadonlySet<Resource> {
  const found = new Set<Resource>();
  const waiting = [...resource.madeAfter];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...next.madeAfter);
  }
  return found;
}
