import { JsonObject } from '../../../src/model/template';
import { callsOf, grantsOf, hasStrayCallers } from '../../../src/model/triggers/uses';
import { appOf, resourceIn } from '../app-of';

const ARN = { 'Fn::GetAtt': ['Orders', 'Arn'] };

const BASE: JsonObject = {
  Orders: { Type: 'AWS::Lambda::Function' },
  Other: { Type: 'AWS::Lambda::Function' },
  Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, Name: 'live' } },
  Nightly: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Arn: { Ref: 'Live' } }, { Arn: { 'Fn::GetAtt': ['Other', 'Arn'] } }] } },
  Schedule: { Type: 'AWS::Scheduler::Schedule', Properties: { Target: { Arn: ARN, RoleArn: { 'Fn::GetAtt': ['Caller', 'Arn'] } } } },
  Caller: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'Call', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: ARN }] } }] } },
  Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Live' } } },
  Open: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: ARN, AuthType: 'NONE' } },
  Closed: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: ARN, Qualifier: 'live', AuthType: 'AWS_IAM' } },
  Permission: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'Live' }, Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com' } },
};

function model(resources: JsonObject = {}) {
  const app = appOf({ ...BASE, ...resources });
  return { app, orders: resourceIn(app, 'Orders') };
}

test('what calls a function is known with its qualifier, each place once', () => {
  const found = callsOf(model().orders).map(({ resource, path, qualifier, caller }) => [resource.logicalId, path, qualifier, caller]);
  expect(found).toEqual([
    ['Nightly', 'Properties/Targets/0/Arn', 'live', 'events.amazonaws.com'],
    ['Open', 'Properties/TargetFunctionArn', '$LATEST', '*'],
    ['Schedule', 'Properties/Target/Arn', '$LATEST', undefined],
    ['Closed', 'Properties/TargetFunctionArn', 'live', undefined],
    ['Mapping', 'Properties/FunctionName', 'live', undefined],
  ]);
});

test('who may call it is known, by its policy and by policies of their own', () => {
  expect(grantsOf(model().orders).map(({ resource, qualifier }) => [resource.logicalId, qualifier])).toEqual([['Permission', 'live'], ['Caller', '$LATEST']]);
});

test('nothing calls a function that nothing names', () => {
  const { app } = model({ Third: { Type: 'AWS::Lambda::Function' } });
  expect([callsOf(resourceIn(app, 'Third')), grantsOf(resourceIn(app, 'Third'))]).toEqual([[], []]);
});

test('permissions and mappings of functions that the deployment names may be for any', () => {
  const stray = (functionName: JsonObject | string) => hasStrayCallers(model({ Stray: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: functionName } } }).app);
  expect([stray({ Ref: 'Name' }), stray('payments'), stray({ Ref: 'Orders' })]).toEqual([true, false, false]);
});
