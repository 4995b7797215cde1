import { Stack } from 'aws-cdk-lib';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ReleaseTarget } from './release-target';
import { mistake } from '../../support/errors';

/** When a hook runs, by the name of the property. */
export enum HookMoment { PRE_TRAFFIC = 'preTraffic', POST_TRAFFIC = 'postTraffic' }

/** Where hooks belong. */
interface Hooked {
  readonly group: codedeploy.LambdaDeploymentGroup;
  readonly target: ReleaseTarget;
  /** Where policies are made that cannot be with the hook. */
  readonly within: Construct;
}

/** Lets CodeDeploy invoke a function of the user, and the function report to CodeDeploy. */
export function addHook({ group, target, within }: Hooked, moment: HookMoment, given: lambda.IFunction): void {
  const fn = unqualified(given);
  refuseCircle(target, moment, fn);
  const hook = reportingFrom(within, moment, fn);
  if (moment === HookMoment.PRE_TRAFFIC) group.addPreHook(hook);
  else group.addPostHook(hook);
}

/**
 * The function itself in place of an alias or a version of it: CloudFormation asks for the name of a function, and nobody
 * says that it may have a qualifier.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
 */
function unqualified(fn: lambda.IFunction): lambda.IFunction {
  return fn instanceof lambda.QualifiedFunctionBase ? unqualified(fn.lambda) : fn;
}

/**
 * The same function, whose role gets its policy in the stack of the release if it is in another one: a policy beside the
 * role would name the deployment group, and the two stacks would wait for each other.
 */
function reportingFrom(within: Construct, moment: HookMoment, fn: lambda.IFunction): lambda.IFunction {
  const isElsewhere = Stack.of(fn) !== Stack.of(within);
  if (!isElsewhere || !fn.role || !isOfApp(fn.role)) return fn;
  const role = iam.Role.fromRoleName(within, `${moment}Role`, fn.role.roleName);
  return Object.create(fn, { grantPrincipal: { value: role } });
}

function isOfApp(role: iam.IRole): boolean {
  const resource = role.node.defaultChild;
  return resource !== undefined && iam.CfnRole.isCfnRole(resource);
}

/**
 * The alias waits for its hooks, which its update policy refers to. A hook that refers to the alias in turn, by a grant or
 * a variable, makes a circle that CloudFormation refuses, and says little of.
 *
 * @see https://github.com/aws/aws-cdk/issues/2231
 */
function refuseCircle({ scope, alias }: ReleaseTarget, moment: HookMoment, hook: lambda.IFunction): void {
  const stack = Stack.of(alias);
  if (Stack.of(hook) !== stack) return;
  scope.node.addValidation({
    validate: () => {
      const id = stack.resolve((alias.node.defaultChild as lambda.CfnAlias).logicalId);
      const text = JSON.stringify(stack.resolve(whatIsSaidOf(hook)));
      if (!text.includes(`{"Ref":"${id}"}`)) return [];
      return [mistake(scope, {
        code: 'ReleaseHookWaitsForAlias',
        property: `release.${moment}`,
        allowed: 'a function that does not refer to the live alias, which waits for it',
        got: hook.node.path,
        fix: 'grant it with fn.function.grantInvoke(hook), and name the version (fn.currentVersion) or the alias by text (`${fn.function.functionName}:live`)',
      }).message];
    },
  });
}

/** Variables of a function, and what the policies of its role say. */
function whatIsSaidOf(hook: lambda.IFunction): unknown[] {
  const resource = hook.node.defaultChild;
  const variables = resource && lambda.CfnFunction.isCfnFunction(resource) ? [resource.environment] : [];
  const inRole = hook.role?.node.findAll() ?? [];
  return [
    ...variables,
    ...inRole.filter(iam.CfnPolicy.isCfnPolicy).map(({ policyDocument }) => policyDocument),
    ...inRole.filter(iam.CfnRole.isCfnRole).map(({ policies }) => policies),
  ];
}
