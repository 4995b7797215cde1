import { CODE_DEPLOY, fn, ORDERS, role, shifted, version } from './examples';
import { roleMay, roleOf } from '../../model/iam/role';
import { trafficShifts } from '../../model/traffic-shifts';
import { Rule } from '../rule';

const REPORT = 'codedeploy:PutLifecycleEventHookExecutionStatus';
const LAMBDA = 'lambda.amazonaws.com';
const GROUP_ARN = { 'Fn::Sub': 'arn:${AWS::Partition}:codedeploy:${AWS::Region}:${AWS::AccountId}:deploymentgroup:${Shop}/${Group}' };
const HOOK = fn({ Role: { 'Fn::GetAtt': ['Own', 'Arn'] } });
const BASE = { Orders: ORDERS, V1: version(), Live: shifted({ BeforeAllowTrafficHook: { Ref: 'Hook' } }), ...CODE_DEPLOY, Hook: HOOK };

export const trafficHookMayReport: Rule = {
  id: 'traffic-hook-may-report',
  title: 'A function that checks a deployment may tell CodeDeploy the result',
  severity: 'error',
  why: 'CodeDeploy waits for a result that never comes, and the deployment fails, however good it is',
  fix: 'let the role of the hook do `codedeploy:PutLifecycleEventHookExecutionStatus` on the deployment group; `addPreHook()` and `addPostHook()` of `LambdaDeploymentGroup` do',
  source: 'https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html',
  since: '0.1.0',

  valid: [
    { title: 'the role may', resources: { ...BASE, Own: role(LAMBDA, [{ Effect: 'Allow', Action: REPORT, Resource: GROUP_ARN }]) } },
    { title: 'the role may, for all groups', resources: { ...BASE, Own: role(LAMBDA, [{ Effect: 'Allow', Action: 'codedeploy:*', Resource: '*' }]) } },
    { title: 'a role that is not in this app', resources: { ...BASE, Hook: fn({ Role: { Ref: 'RoleArn' } }) } },
    { title: 'a managed policy that nobody knows here', resources: { ...BASE, Own: role(LAMBDA, [], [{ Ref: 'PolicyArn' }]) } },
    { title: 'a hook that is not in this app', resources: { ...BASE, Live: shifted({ BeforeAllowTrafficHook: 'check' }) } },
  ],
  invalid: [
    { title: 'the role may not', at: 'Live/UpdatePolicy/CodeDeployLambdaAliasUpdate/BeforeAllowTrafficHook', resources: { ...BASE, Own: role(LAMBDA) } },
    { title: 'the role may, for another group', at: 'Live/UpdatePolicy/CodeDeployLambdaAliasUpdate/BeforeAllowTrafficHook', resources: { ...BASE, Own: role(LAMBDA, [{ Effect: 'Allow', Action: REPORT, Resource: 'arn:aws:s3:::shop' }]) } },
  ],

  * check(app) {
    for (const { alias: resource, hooks } of trafficShifts(app)) {
      for (const { path, target, report } of hooks) {
        const own = roleOf(target.fn);
        if (!own || roleMay(own, report) !== 'no') continue;
        yield { resource, path, message: `role ${own.label} of hook ${target.fn.label} must be allowed ${REPORT} on the deployment group, got no statement that allows it` };
      }
    }
  },
};
