import type { Request } from './iam/decide';
import { roleMay, roleNamed } from './iam/role';
import { Text, textOf, textOfAttribute } from './iam/text';
import { Verdict } from './iam/verdict';
import { oncePerApp } from './once-per-app';
import { referenceIn } from './reference';
import { functionOf } from './releases';
import type { Resource } from './resource';
import { Json, JsonObject } from './template';
import { calledFunction } from './triggers/called';
import { mayAsk } from './triggers/permitted';
import { arnOf } from './triggers/trigger';
import { valueOf } from './value';
import { Target } from './wiring';

/** An alias whose traffic CodeDeploy shifts, when CloudFormation gives it another version. */
export interface TrafficShift {
  readonly alias: Resource;
  /** The function, if it is one of this app. */
  readonly fn?: Resource;
  /** The application and the deployment group, if they are in this app. */
  readonly application?: Resource;
  readonly group?: Resource;
  /** The role with which CodeDeploy works, if it is in this app. */
  readonly role?: Resource;
  readonly hooks: readonly TrafficHook[];
}

/** A function that CodeDeploy invokes before or after the traffic moves. */
export interface TrafficHook {
  readonly path: string;
  readonly target: Target;
  /** What a hook asks for when it tells CodeDeploy the result. */
  readonly report: Request;
}

const POLICY = 'CodeDeployLambdaAliasUpdate';
const HOOKS = ['BeforeAllowTrafficHook', 'AfterAllowTrafficHook'];

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html */
export const trafficShifts = oncePerApp((app): readonly TrafficShift[] => app.ofType('AWS::Lambda::Alias').flatMap((alias) => {
  const policy = alias.updatePolicy(POLICY);
  return policy ? [shiftOf(alias, policy)] : [];
}));

/** Where a part of the policy stands in the alias. */
export function placeInPolicy(name: string): string {
  return `UpdatePolicy/${POLICY}/${name}`;
}

function shiftOf(alias: Resource, policy: JsonObject): TrafficShift {
  const group = named(policy.DeploymentGroupName, alias, 'AWS::CodeDeploy::DeploymentGroup');
  const hooks = HOOKS.flatMap((name): TrafficHook[] => {
    const target = calledFunction(policy[name], alias.stack);
    return target ? [{ path: placeInPolicy(name), target, report: reportOf(alias, policy) }] : [];
  });
  return {
    alias,
    fn: functionOf(alias),
    application: named(policy.ApplicationName, alias, 'AWS::CodeDeploy::Application'),
    group,
    role: group && roleNamed(valueOf(group.raw('ServiceRoleArn')), group.stack),
    hooks,
  };
}

function named(json: Json | undefined, alias: Resource, type: string): Resource | undefined {
  const reference = referenceIn(json, alias.stack);
  return reference?.exact && reference.resource.type === type ? reference.resource : undefined;
}

/** @see https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_PutLifecycleEventHookExecutionStatus.html */
function reportOf({ stack }: Resource, policy: JsonObject): Request {
  const start = textOf({ 'Fn::Sub': 'arn:${AWS::Partition}:codedeploy:${AWS::Region}:${AWS::AccountId}:deploymentgroup:' }, stack);
  const target: Text = [...start, ...textOf(policy.ApplicationName, stack), '/', ...textOf(policy.DeploymentGroupName, stack)];
  return { action: 'codedeploy:PutLifecycleEventHookExecutionStatus', target, context: {} };
}

/** Whether CodeDeploy may invoke a hook, by the policies of its role or by that of the hook. */
export function mayInvokeHook(role: Resource, { target }: TrafficHook): Verdict {
  const request: Request = { action: 'lambda:InvokeFunction', target: arnOf(target).map(withoutSeparators), context: {} };
  const verdict = roleMay(role, request);
  return verdict === 'no' ? mayAsk(target, [{ ...request, principal: { kind: 'AWS', name: textOfAttribute(role, 'Arn') } }]) : verdict;
}

/** Regions, accounts and partitions have none: the name of the function stands behind them, whatever they are. */
function withoutSeparators(piece: Text[number]): Text[number] {
  return typeof piece !== 'string' && piece.id.startsWith('AWS::') ? { ...piece, without: ':/_' } : piece;
}
