import type { AppModel } from '../../model/app';
import { Mapping, mappingsOf, numberOr } from '../../model/mappings';
import type { Resource } from '../../model/resource';
import { valueOf } from '../../model/value';

/** Where a mapping says how much of a queue Lambda reads at once. */
export const MAXIMUM = 'ScalingConfig.MaximumConcurrency';

/** A function that reserves concurrency, and the mappings that surely read for it. */
export interface Reservation {
  readonly owner: Resource;
  readonly reserved: number;
  readonly mappings: readonly Mapping[];
}

/** A function with a reservation of 0 is switched off, of which another rule tells: it is not among them. */
export function reservationsOf(app: AppModel): readonly Reservation[] {
  const found = new Map<Resource, Mapping[]>();
  for (const mapped of mappingsOf(app)) {
    const { target, isAlwaysThere, isEnabled } = mapped;
    if (target && isAlwaysThere && isEnabled) found.set(target.fn, [...found.get(target.fn) ?? [], mapped]);
  }
  return [...found].flatMap(([owner, mappings]): Reservation[] => {
    const reserved = valueOf(owner.number('ReservedConcurrentExecutions'));
    return reserved !== undefined && reserved > 0 ? [{ owner, reserved, mappings }] : [];
  });
}

/** What a mapping of a queue is held to, 0 if that is nothing, or decided at deployment. */
export function maximumOf({ resource, kind }: Mapping): number {
  return kind === 'queue' ? numberOr(resource, MAXIMUM, 0) ?? 0 : 0;
}

export function sumOf<T>(all: readonly T[], amount: (one: T) => number): number {
  return all.reduce((total, one) => total + amount(one), 0);
}
