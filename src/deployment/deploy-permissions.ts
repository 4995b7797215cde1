import { ArnFormat, CfnResource, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { codePermissions } from './code';
import { arnIn, nameBefore } from './names';
import { LOG_GROUP, MAPPING, ON_THE_FUNCTION, ROLE, SECURITY_GROUP } from './resource-handlers';
import { scalingPermissions } from './scaling-permissions';
import { usedPermissions } from './used';

/** What is deployed: a function and what was made around it. */
export interface Deployed {
  readonly fn: lambda.Function;
  /** Constructs that hold it all. */
  readonly within: readonly IConstruct[];
  /** What is in one of them, and no part of the function: `releasePermissions()` tells of it. */
  readonly without?: IConstruct;
  /** Types of resources about the function that are elsewhere, such as permissions in the scopes of their sources. */
  readonly elsewhere: readonly string[];
}

/** The statements that a deployer needs, who may be CloudFormation's own role, and no others. */
export function deployPermissions({ fn, within, without, elsewhere }: Deployed): iam.PolicyStatement[] {
  const others = new Set(without?.node.findAll());
  const constructs = new Set(within.flatMap((construct) => construct.node.findAll()).filter((construct) => !others.has(construct)));
  const resources = [...constructs].filter(CfnResource.isCfnResource);
  const cfnFunction = fn.node.defaultChild as lambda.CfnFunction;
  const types = [...resources.map(({ cfnResourceType }) => cfnResourceType), ...elsewhere];
  return [
    allow(new Set(types.flatMap((type) => ON_THE_FUNCTION[type] ?? [])), functionArns(fn, cfnFunction)),
    ...passRole(fn),
    ...codePermissions(cfnFunction),
    ...usedPermissions(cfnFunction),
    ...mappings(fn, cfnFunction, resources.filter(lambda.CfnEventSourceMapping.isCfnEventSourceMapping)),
    ...makeRole(fn, resources),
    ...scalingPermissions(resources),
    ...resources.filter(logs.CfnLogGroup.isCfnLogGroup).flatMap(makeLogGroup),
    ...resources.some(ec2.CfnSecurityGroup.isCfnSecurityGroup) ? makeSecurityGroup(Stack.of(fn)) : [],
  ];
}

/** One statement, with its actions in order. */
export function allow(actions: Iterable<string>, resources: readonly string[], conditions?: Record<string, unknown>): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: [...actions].sort(), resources: [...resources], conditions });
}

/** The function, and its versions and aliases. */
function functionArns(fn: lambda.Function, cfnFunction: lambda.CfnFunction): string[] {
  const stack = Stack.of(fn);
  const before = stack.formatArn({ service: 'lambda', resource: 'function', resourceName: nameBefore(cfnFunction, cfnFunction.functionName, 64), arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return [arnIn(stack, fn.functionArn, before), arnIn(stack, `${fn.functionArn}:*`, `${before}:*`)];
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
function passRole(fn: lambda.Function): iam.PolicyStatement[] {
  if (!fn.role) return [];
  return [allow(['iam:PassRole'], [roleArn(fn, fn.role)], { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } })];
}

/** ARN of a role, in policies that are in the stack of `user` or in another one. */
export function roleArn(user: IConstruct, role: iam.IRole): string {
  const cfnRole = role.node.defaultChild;
  const before = cfnRole && iam.CfnRole.isCfnRole(cfnRole) ? roleArnBefore(cfnRole) : role.roleArn;
  return arnIn(Stack.of(user), role.roleArn, before);
}

function roleArnBefore(role: iam.CfnRole): string {
  const path = (role.path ?? '/').slice(1);
  return Stack.of(role).formatArn({ service: 'iam', region: '', resource: 'role', resourceName: `${path}${nameBefore(role, role.roleName, 64)}` });
}

/** The role, if it is made with the function; of one that was handed in, the policies that are. */
function makeRole(fn: lambda.Function, resources: readonly CfnResource[]): iam.PolicyStatement[] {
  const { role } = fn;
  if (!role) return [];
  const own = resources.filter(iam.CfnRole.isCfnRole).find((resource) => resource === role.node.defaultChild);
  if (!own) return resources.some(iam.CfnPolicy.isCfnPolicy) ? [allow(ROLE.withPolicies, [roleArn(fn, role)])] : [];
  const hasManaged = (Stack.of(own).resolve(own.managedPolicyArns) ?? []).length > 0;
  const further = [...hasManaged ? ROLE.withManagedPolicies : [], ...own.permissionsBoundary ? ROLE.withBoundary : []];
  return [allow([...ROLE.itself, ...ROLE.withPolicies, ...further], [roleArn(fn, role)])];
}

/**
 * A mapping has an id that Lambda makes up, so it is told by its function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html
 */
function mappings(fn: lambda.Function, cfnFunction: lambda.CfnFunction, found: readonly lambda.CfnEventSourceMapping[]): iam.PolicyStatement[] {
  if (found.length === 0) return [];
  const any = Stack.of(fn).formatArn({ service: 'lambda', resource: 'event-source-mapping', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  const keys = found.flatMap(({ kmsKeyArn }) => kmsKeyArn ?? []);
  return [
    allow(MAPPING.ofFunction, ['*'], { ArnLike: { 'lambda:FunctionArn': functionArns(fn, cfnFunction) } }),
    allow(MAPPING.ofItself, [any]),
    ...keys.length > 0 ? [allow(MAPPING.withKey, keys)] : [],
  ];
}

function makeLogGroup(group: logs.CfnLogGroup): iam.PolicyStatement[] {
  const stack = Stack.of(group);
  const arnOf = (resourceName: string) => stack.formatArn({ service: 'logs', resource: 'log-group', resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  const before = arnOf(nameBefore(group, group.logGroupName, 512));
  return [
    allow([...LOG_GROUP.itself, ...group.kmsKeyId ? LOG_GROUP.withKey : []], [before, `${before}:*`]),
    allow(LOG_GROUP.all, [arnOf('*')]),
  ];
}

/** Their ids are made up by EC2. */
function makeSecurityGroup(stack: Stack): iam.PolicyStatement[] {
  const arns = ['security-group', 'security-group-rule', 'vpc'].map((resource) => stack.formatArn({ service: 'ec2', resource, resourceName: '*' }));
  return [allow(SECURITY_GROUP.itself, arns), allow(SECURITY_GROUP.all, ['*'])];
}
