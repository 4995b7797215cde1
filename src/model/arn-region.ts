import { Text } from './iam/text';

/** The Region in an ARN, where all of it is known. */
export function regionIn(arn: Text): string | undefined {
  return arn.map((piece) => typeof piece === 'string' ? piece : '?').join('').match(/^arn:[^:]+:[^:]+:([a-z0-9-]+):/)?.[1];
}
