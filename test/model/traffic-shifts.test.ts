import { appOf } from './app-of';
import { Json, JsonObject } from '../../src/model/template';
import { trafficShifts } from '../../src/model/traffic-shifts';

const POLICY: JsonObject = { ApplicationName: { Ref: 'Shop' }, DeploymentGroupName: { Ref: 'Group' }, BeforeAllowTrafficHook: { Ref: 'Hook' } };

function shifts(updatePolicy: Json, resources: JsonObject = {}) {
  const app = appOf({
    Orders: { Type: 'AWS::Lambda::Function' },
    Hook: { Type: 'AWS::Lambda::Function' },
    Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' } }, UpdatePolicy: updatePolicy },
    Shop: { Type: 'AWS::CodeDeploy::Application' },
    Group: { Type: 'AWS::CodeDeploy::DeploymentGroup', Properties: { ServiceRoleArn: { 'Fn::GetAtt': ['Deployer', 'Arn'] } } },
    Deployer: { Type: 'AWS::IAM::Role' },
    ...resources,
  });
  return trafficShifts(app);
}

test('an alias that CodeDeploy updates is known with all that takes part', () => {
  const [{ alias, fn, application, group, role, hooks }] = shifts({ CodeDeployLambdaAliasUpdate: POLICY });
  expect([alias, fn, application, group, role].map((resource) => resource?.logicalId)).toEqual(['Live', 'Orders', 'Shop', 'Group', 'Deployer']);
  expect(hooks.map(({ path, target }) => [path, target.fn.logicalId, target.qualifier])).toEqual([['UpdatePolicy/CodeDeployLambdaAliasUpdate/BeforeAllowTrafficHook', 'Hook', '$LATEST']]);
});

test('a hook reports to the deployment group', () => {
  const [{ hooks: [{ report }] }] = shifts({ CodeDeployLambdaAliasUpdate: { ...POLICY, ApplicationName: 'shop', DeploymentGroupName: 'live' } });
  expect(report.action).toBe('codedeploy:PutLifecycleEventHookExecutionStatus');
  expect(report.target.map((piece) => typeof piece === 'string' ? piece : `<${piece.id}>`).join('')).toBe('arn:<AWS::Partition>:codedeploy:<AWS::Region>:<AWS::AccountId>:deploymentgroup:shop/live');
});

test.each<Json>([null, 'CodeDeployLambdaAliasUpdate', [], { AutoScalingRollingUpdate: {} }, { CodeDeployLambdaAliasUpdate: { 'Fn::If': ['IsTest', {}, {}] } }, { CodeDeployLambdaAliasUpdate: true }])('%j says nothing of CodeDeploy', (policy) => {
  expect(shifts(policy)).toEqual([]);
});

test.each<[string, JsonObject]>([
  ['names', { ApplicationName: 'shop', DeploymentGroupName: 'group', AfterAllowTrafficHook: 'hook' }],
  ['texts with names in them', { ApplicationName: { 'Fn::Sub': '${Shop}-1' }, DeploymentGroupName: { 'Fn::Sub': '${Group}-1' } }],
  ['resources of other types', { ApplicationName: { Ref: 'Group' }, DeploymentGroupName: { Ref: 'Shop' } }],
  ['nothing', {}],
])('%s are no resources of this app', (_, policy) => {
  const [{ application, group, role, hooks }] = shifts({ CodeDeployLambdaAliasUpdate: policy });
  expect([application, group, role, hooks]).toEqual([undefined, undefined, undefined, []]);
});
