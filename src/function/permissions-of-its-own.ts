import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, IDependable } from 'constructs';
import { FunctionRole } from '../role/function-role';
import { guardRole } from '../role/guard';
import { reportLacking } from '../role/lacking-permissions';
import { isReadOnly, ReadOnlyRole } from '../role/read-only-role';
import { keepCodeFromNetworkInterfaces, manageNetworkInterfaces, onlyForFunction, runDurably, writeLogs } from '../role/statements';

/** The props that decide what a function needs its role for. */
export interface RoleChoice extends lambda.FunctionOptions {
  readonly restrictRoleToFunction?: boolean;
  readonly codeMayManageNetworkInterfaces?: boolean;
}

/** The role that the user handed in, or one that starts with nothing. */
export function executionRole(scope: Construct, given?: iam.IRole): iam.IRole {
  if (!given) return new FunctionRole(scope, 'ServiceRole');
  if (!isReadOnly(given)) return given;
  const role = new ReadOnlyRole(scope, 'GivenRole', given);
  reportLacking(scope, role);
  return role;
}

/**
 * What the function may do for itself and does not name the function, so that the role can have it first:
 * Lambda checks some of it (network interfaces, log group) when it creates the function.
 */
export function grantBeforeCreation(role: iam.IRole, props: RoleChoice): void {
  if (props.logGroup) role.addToPrincipalPolicy(writeLogs(props.logGroup.logGroupRef.logGroupArn));
  if (props.vpc) role.addToPrincipalPolicy(manageNetworkInterfaces());
}

/**
 * What names the function: a policy of its own, because the function depends on the role's default policy, which
 * therefore cannot depend on the function.
 *
 * @returns the policy to wait for before the function is invoked, if one was needed
 */
export function grantAfterCreation(scope: Construct, fn: lambda.Function, props: RoleChoice): IDependable | undefined {
  useKeysOfDeadLetters(fn);
  const named = fn.functionArn;
  const statements = [
    ...props.logGroup || fn.node.tryFindChild('LogGroup') === undefined ? [] : [writeLogs(ownLogGroupArn(fn))],
    ...props.durableConfig ? [runDurably(named)] : [],
    // A role that was handed in may have been given these rights for the code.
    ...props.vpc && !props.role && !props.codeMayManageNetworkInterfaces ? [keepCodeFromNetworkInterfaces(named)] : [],
    ...props.restrictRoleToFunction ? [onlyForFunction(named)] : [],
  ];
  if (statements.length === 0 || !fn.role) return undefined;
  if (props.restrictRoleToFunction) guardRole(scope, props.role ?? fn.role);
  if (fn.role instanceof ReadOnlyRole) {
    statements.forEach((statement) => fn.role?.addToPrincipalPolicy(statement));
    return undefined;
  }
  const policy = new iam.Policy(scope, 'OwnPolicy', { statements });
  fn.role.attachInlinePolicy(policy);
  return policy;
}

/**
 * The CDK lets the role send to the dead-letter queue or topic, but not use the key that encrypts it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
function useKeysOfDeadLetters(fn: lambda.Function): void {
  const keys: (kms.IKey | undefined)[] = [fn.deadLetterQueue?.encryptionMasterKey, fn.deadLetterTopic?.masterKey];
  for (const key of keys) key?.grant(fn, 'kms:Decrypt', 'kms:GenerateDataKey');
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
