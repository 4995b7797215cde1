import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { InvocationKind, InvocationPath } from './invocation-path';

/** A statement of a policy document before tokens are resolved. */
interface Unresolved { readonly Effect?: string; readonly Action?: string | string[]; readonly Resource?: string | string[] }

/**
 * The roles and users of the app that may invoke a function by a policy of their own, whoever wrote it: `grantInvoke()`,
 * Scheduler, the tasks of Step Functions. Found by the function's own ARN, not by patterns.
 */
export function identityPaths(fn: lambda.IFunction, qualifier: string): InvocationPath[] {
  return fn.node.root.node.findAll().filter((construct) => construct instanceof iam.Policy || construct instanceof iam.ManagedPolicy)
    .filter(({ document }) => statementsOf(document).some((statement) => allowsToInvoke(statement, fn.functionArn)))
    // The CDK keeps the policy of a role or user below it.
    .map(({ node }) => ({ kind: InvocationKind.IDENTITY, caller: node.scope?.node.path ?? node.path, qualifier, statement: node.path }));
}

function statementsOf(document: iam.PolicyDocument): Unresolved[] {
  return document.toJSON()?.Statement ?? [];
}

function allowsToInvoke({ Effect, Action, Resource }: Unresolved, functionArn: string): boolean {
  const isAbout = [Action].flat().some((action) => action === 'lambda:InvokeFunction' || action === 'lambda:*');
  return Effect === 'Allow' && isAbout && [Resource].flat().includes(functionArn);
}
