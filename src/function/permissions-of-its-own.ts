import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, IDependable } from 'constructs';
import { manageNetworkInterfaces, runDurably, writeLogs } from '../role/statements';

/**
 * What the function may do for itself and does not name the function, so that the role can have it first:
 * Lambda checks some of it (network interfaces, log group) when it creates the function.
 */
export function grantBeforeCreation(role: iam.IRole, props: lambda.FunctionOptions): void {
  if (props.logGroup) role.addToPrincipalPolicy(writeLogs(props.logGroup.logGroupRef.logGroupArn));
  // A role that was handed in is the user's to complete for the VPC, as with lambda.Function.
  if (props.vpc && !props.role) role.addToPrincipalPolicy(manageNetworkInterfaces());
}

/**
 * What names the function: a policy of its own, because the function depends on the role's default policy, which
 * therefore cannot depend on the function.
 *
 * @returns the policy to wait for before the function is invoked, if one was needed
 */
export function grantAfterCreation(scope: Construct, fn: lambda.Function, props: lambda.FunctionOptions): IDependable | undefined {
  const statements = [
    ...props.logGroup || fn.node.tryFindChild('LogGroup') === undefined ? [] : [writeLogs(ownLogGroupArn(fn))],
    ...props.durableConfig && !props.role ? [runDurably(fn.functionArn)] : [],
  ];
  if (statements.length === 0 || !fn.role) return undefined;
  const policy = new iam.Policy(scope, 'OwnPolicy', { statements });
  fn.role.attachInlinePolicy(policy);
  return policy;
}

/** The log group that the CDK named after the function. */
function ownLogGroupArn(fn: lambda.Function): string {
  return Stack.of(fn).formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: `/aws/lambda/${fn.functionName}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
