import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { reportIfSeen } from './seen-answers';

/** What a mapping takes: its id, what lets the role read the source, and its properties. */
export interface Mapping {
  /** As the CDK's own source has it, so that a stack can go from one to the other and nothing is replaced. */
  readonly id: string;

  /** What was granted to the role. None for a function whose role is not known. */
  readonly grants: readonly iam.Grant[];

  readonly options: lambda.EventSourceMappingOptions;

  /** Whether the function may answer with the items of a batch that failed. Where the options do not say whether it does, its code does. */
  readonly takesFailures?: boolean;
}

/**
 * Makes the event source mapping of a function. It waits for what was granted: Lambda refuses a mapping whose role may not read the
 * source. Functions of this app wait for their policies themselves; those that are imported do not.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
export function addMapping(target: lambda.IFunction, { id, grants, options, takesFailures = false }: Mapping): lambda.EventSourceMapping {
  const mapping = target.addEventSourceMapping(id, options);
  grants.forEach((grant) => grant.applyBefore(mapping));
  if (takesFailures && options.reportBatchItemFailures === undefined) reportIfSeen(mapping, target);
  return mapping;
}

/** Lets the role of a function do something with a source; nothing if its role is not known. */
export function mayRead(target: lambda.IFunction, resourceArns: string[], actions: readonly string[]): iam.Grant {
  return iam.Grant.addToPrincipal({ grantee: target, actions: [...actions], resourceArns });
}

/** Lets the role of a function read what is encrypted with a key. A key cannot allow it to a role that is not known. */
export function mayDecrypt(target: lambda.IFunction, key: kms.IKey | undefined): iam.Grant[] {
  return key && target.role ? [key.grantDecrypt(target)] : [];
}
