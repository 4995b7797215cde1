/**
 * What a template says about a property.
 *
 * - `known`: written there.
 * - `absent`: left out, so that the service's default applies.
 * - `unknown`: decided at deployment (a parameter, an import, an attribute). Nothing may be claimed about it.
 */
export type Value<T> = Known<T> | { readonly kind: 'absent' } | { readonly kind: 'unknown' };

export interface Known<T> {
  readonly kind: 'known';
  readonly value: T;
}

export const ABSENT = { kind: 'absent' } as const;
export const UNKNOWN = { kind: 'unknown' } as const;

export function known<T>(value: T): Known<T> {
  return { kind: 'known', value };
}

/** The same value as another type; `unknown` when it is known but not convertible. */
export function convert<T, U>(value: Value<T>, to: (value: T) => U | undefined): Value<U> {
  if (value.kind !== 'known') return value;
  const converted = to(value.value);
  return converted === undefined ? UNKNOWN : known(converted);
}

/** The value where it is known. */
export function valueOf<T>(value: Value<T>): T | undefined {
  return value.kind === 'known' ? value.value : undefined;
}
