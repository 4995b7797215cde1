import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, IDependable } from 'constructs';
import { ExecutionRole } from '../role/execution-role';
import { guardRole } from '../role/guard';
import { reportLacking } from '../role/lacking-permissions';
import { checkPassRole } from '../role/pass-role';
import { isReadOnly, ReadOnlyRole } from '../role/read-only-role';
import {
  describeClusters, keepCodeFromNetworkInterfaces, manageNetworkInterfaces, onlyForFunction, reachBrokers, runDurably, writeInsights, writeLogs,
} from '../role/statements';

/** The props that decide what a function needs its role for. */
export interface RoleChoice extends lambda.FunctionOptions {
  readonly restrictRoleToFunction?: boolean;
  readonly codeMayManageNetworkInterfaces?: boolean;
}

/** The role that the user handed in, or one that starts with nothing. */
export function executionRole(scope: Construct, { role: given, initialPolicy = [] }: RoleChoice): iam.IRole {
  // Our own roles look at each statement; those that are handed in may not.
  for (const statement of initialPolicy) checkPassRole(scope, statement);
  return given ? givenRole(scope, given) : new ExecutionRole(scope, 'ServiceRole');
}

/** A role that the user handed in. One that cannot be changed is reported with what it lacks, and with a note. */
export function givenRole(scope: Construct, given: iam.IRole, note?: string): iam.IRole {
  if (!isReadOnly(given, scope)) return given;
  const role = new ReadOnlyRole(scope, 'GivenRole', given);
  reportLacking(scope, role, note);
  return role;
}

/**
 * What the function may do for itself and does not name the function, so that the role can have it first:
 * Lambda checks some of it (network interfaces, log group) when it creates the function.
 */
export function grantBeforeCreation(scope: Construct, role: iam.IRole, props: RoleChoice): void {
  if (props.logGroup && isOfStack(role, scope)) role.addToPrincipalPolicy(writeLogs(props.logGroup.logGroupRef.logGroupArn));
  if (props.vpc) role.addToPrincipalPolicy(manageNetworkInterfaces());
}

/**
 * What names the function: a policy of its own, because the function depends on the role's default policy, which
 * therefore cannot depend on the function.
 *
 * A role of another stack gets what names the log group here, too: in its own policy it would make that stack depend on
 * this one, which depends on it.
 *
 * @returns the policy to wait for before the function is invoked, if one was needed
 */
export function grantAfterCreation(scope: Construct, fn: lambda.Function, props: RoleChoice): IDependable | undefined {
  useKeysOfDeadLetters(fn);
  const named = fn.functionArn;
  const { role } = fn;
  if (!role) return undefined;
  const statements = [
    ...logStatements(fn, role, props),
    ...props.durableConfig ? [runDurably(named)] : [],
    // A role that was handed in may have been given these rights for the code.
    ...props.vpc && !props.role && !props.codeMayManageNetworkInterfaces ? [keepCodeFromNetworkInterfaces(named)] : [],
    ...props.insightsVersion && isImported(role) ? [writeInsights(Stack.of(fn))] : [],
    ...props.restrictRoleToFunction ? [onlyForFunction(named)] : [],
  ];
  if (props.restrictRoleToFunction) guardRole(scope, props.role ?? role);
  if (statements.length === 0) return undefined;
  if (role instanceof ReadOnlyRole) {
    statements.forEach((statement) => role.addToPrincipalPolicy(statement));
    return undefined;
  }
  const policy = new iam.Policy(scope, 'OwnPolicy', { statements });
  role.attachInlinePolicy(policy);
  return policy;
}

/** What was not allowed before: the log group that the CDK named after the function, or that of a stack which knows the role. */
function logStatements(fn: lambda.Function, role: iam.IRole, { logGroup }: RoleChoice): iam.PolicyStatement[] {
  if (logGroup) return isOfStack(role, fn) ? [] : [writeLogs(logGroup.logGroupRef.logGroupArn)];
  return fn.node.tryFindChild('LogGroup') === undefined ? [] : [writeLogs(logGroupArn(fn))];
}

function isOfStack(role: iam.IRole, scope: Construct): boolean {
  return Stack.of(role) === Stack.of(scope);
}

/** Whether a role takes no AWS managed policy, which is what the CDK has for Lambda Insights and for Amazon MSK. */
function isImported(role: iam.IRole): boolean {
  return !(role instanceof iam.Role || role instanceof iam.LazyRole || role instanceof ReadOnlyRole);
}

/**
 * What the CDK forgets for brokers in a VPC, and what it leaves for a cluster of Amazon MSK to an AWS managed policy that an
 * imported role cannot take.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kafka-permissions.html
 */
export function needsOfMapping(mapping: lambda.EventSourceMappingOptions, role?: iam.IRole): iam.PolicyStatement[] {
  const { eventSourceArn, kafkaTopic, sourceAccessConfigurations = [] } = mapping;
  const inVpc = sourceAccessConfigurations.some(({ type }) => type.type === 'VPC_SUBNET');
  if (!eventSourceArn || !kafkaTopic || !role || !isImported(role)) return inVpc ? [reachBrokers()] : [];
  return [describeClusters([eventSourceArn]), reachBrokers()];
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

/** A log group of the function's stack with all its streams; by default the one that is named after the function. */
export function logGroupArn(fn: lambda.Function, name: string = `/aws/lambda/${fn.functionName}`): string {
  return Stack.of(fn).formatArn({ service: 'logs', resource: 'log-group', resourceName: `${name}:*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}
