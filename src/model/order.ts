import type { Resource } from './resource';

/** What resources wait for by themselves: looked up again and again, as many wait for the same. */
const known = new WeakMap<Resource, readonly Resource[]>();

/** All resources of the template that are there when this one is made. */
export function madeBefore(resource: Resource): ReadonlySet<Resource> {
  const found = new Set<Resource>();
  const waiting = [...directly(resource)];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...directly(next));
  }
  return found;
}

function directly(resource: Resource): readonly Resource[] {
  const before = known.get(resource) ?? resource.madeAfter;
  known.set(resource, before);
  return before;
}
