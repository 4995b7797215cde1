import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** How long a function may take, in seconds, where that is given and known; of an alias or a version, that of its function. */
export function timeoutOf(fn: lambda.IFunction): number | undefined {
  const { timeout, lambda: of } = fn as { readonly timeout?: Duration; readonly lambda?: { readonly timeout?: Duration } };
  const longest = timeout ?? of?.timeout;
  return longest === undefined || longest.isUnresolved() ? undefined : longest.toSeconds();
}
