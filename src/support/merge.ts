type Json = Readonly<Record<string, unknown>>;

/**
 * A value with parts of it replaced. Lists are gone through entry by entry; entries beyond the last are like the last one.
 * `undefined` leaves a member out.
 */
export function merged(base: unknown, changes: unknown): unknown {
  if (Array.isArray(changes) && Array.isArray(base)) {
    return changes.map((change, index) => merged(structuredClone(base[Math.min(index, base.length - 1)]), change));
  }
  if (!isPlain(base) || !isPlain(changes)) return structuredClone(changes);
  const members = Object.entries(changes).map(([name, change]) => (
    [name, Object.hasOwn(base, name) ? merged(base[name], change) : structuredClone(change)]
  ));
  const all = { ...structuredClone(base), ...Object.fromEntries(members) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function isPlain(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
