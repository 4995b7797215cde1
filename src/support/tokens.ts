import { Token } from 'aws-cdk-lib';

/** Whether a value is there and is not a token: only then may it be checked. */
export function isKnown<T>(value: T | undefined): value is T {
  return value !== undefined && !Token.isUnresolved(value);
}
