import { CODE_DEPLOY, fn, ORDERS, role, shifted, version } from './examples';
import { mayInvokeHook, trafficShifts } from '../../model/traffic-shifts';
import { Rule } from '../rule';

const CODEDEPLOY = 'codedeploy.amazonaws.com';
const MANAGED = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited' };
const BASE = { Orders: ORDERS, V1: version(), Live: shifted({ AfterAllowTrafficHook: { Ref: 'Hook' } }), ...CODE_DEPLOY };

/** A deployment group in another account than the hook is not thought of: CodeDeploy works within one. */
export const trafficHookMayBeInvoked: Rule = {
  id: 'traffic-hook-may-be-invoked',
  title: 'CodeDeploy may invoke the functions that check its deployments',
  severity: 'error',
  why: 'the deployment fails: the AWS managed policies for CodeDeploy allow it only functions whose names begin with CodeDeployHook_',
  fix: 'let the role of the deployment group do `lambda:InvokeFunction` on the hook; `addPreHook()` and `addPostHook()` of `LambdaDeploymentGroup` do; or let the name of the hook begin with CodeDeployHook_',
  source: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForLambdaLimited.html',
  since: '0.1.0',

  valid: [
    { title: 'a name that the managed policy allows', resources: { ...BASE, Hook: fn({ FunctionName: 'CodeDeployHook_check' }), Deployer: role(CODEDEPLOY, [], [MANAGED]) } },
    { title: 'the role may invoke the hook', resources: { ...BASE, Hook: fn(), Deployer: role(CODEDEPLOY, [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': ['Hook', 'Arn'] } }], [MANAGED]) } },
    { title: 'a name that begins as a parameter says', resources: { ...BASE, Hook: fn({ FunctionName: { 'Fn::Sub': '${Prefix}check' } }), Deployer: role(CODEDEPLOY, [], [MANAGED]) } },
    { title: 'a managed policy that nobody knows here', resources: { ...BASE, Hook: fn({ FunctionName: 'check' }), Deployer: role(CODEDEPLOY, [], [{ Ref: 'PolicyArn' }]) } },
    { title: 'a role that is not in this app', resources: { ...BASE, Hook: fn({ FunctionName: 'check' }) } },
  ],
  invalid: [
    { title: 'a name that the managed policy does not allow', at: 'Live/UpdatePolicy/CodeDeployLambdaAliasUpdate/AfterAllowTrafficHook', resources: { ...BASE, Hook: fn({ FunctionName: 'check-orders' }), Deployer: role(CODEDEPLOY, [], [MANAGED]) } },
    { title: 'a name that CloudFormation makes', at: 'Live/UpdatePolicy/CodeDeployLambdaAliasUpdate/AfterAllowTrafficHook', resources: { ...BASE, Hook: fn(), Deployer: role(CODEDEPLOY, [], [MANAGED]) } },
    { title: 'the role may invoke nothing', at: 'Live/UpdatePolicy/CodeDeployLambdaAliasUpdate/AfterAllowTrafficHook', resources: { ...BASE, Hook: fn(), Deployer: role(CODEDEPLOY) } },
  ],

  * check(app) {
    for (const { alias: resource, hooks, role: deployer } of trafficShifts(app)) {
      if (!deployer) continue;
      for (const hook of hooks) {
        if (mayInvokeHook(deployer, hook) !== 'no') continue;
        yield { resource, path: hook.path, message: `role ${deployer.label}, with which CodeDeploy works, must be allowed lambda:InvokeFunction on hook ${hook.target.fn.label}, got no statement that allows it` };
      }
    }
  },
};
