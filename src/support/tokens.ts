import { Token } from 'aws-cdk-lib';

/** Whether a value is there and is not a token: only then may it be checked. */
export function isKnown<T>(value: T | undefined): value is T {
  return value !== undefined && !Token.isUnresolved(value);
}

/** Whether there is no token anywhere in a value, neither in its lists and members nor in their names. */
export function isKnownThroughout(value: unknown): boolean {
  if (Token.isUnresolved(value)) return false;
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, part]) => !Token.isUnresolved(name) && isKnownThroughout(part));
}
