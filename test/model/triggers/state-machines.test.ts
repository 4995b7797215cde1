import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Json, JsonObject } from '../../../src/model/template';
import { roleCalls } from '../../../src/model/triggers/role-calls';
import { appOf } from '../app-of';

const ARN = { 'Fn::GetAtt': ['Orders', 'Arn'] };
const ROLE_ARN = { 'Fn::GetAtt': ['Caller', 'Arn'] };
const INVOKE = 'arn:aws:states:::lambda:invoke';

/** The calls of a state machine with these properties: where, and which part of the function. */
function callsOf(properties: JsonObject, role: Json = ROLE_ARN) {
  const app = appOf({
    Orders: { Type: 'AWS::Lambda::Function' },
    Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, Name: 'live' } },
    Caller: { Type: 'AWS::IAM::Role' },
    Order: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: role, ...properties } },
  });
  return roleCalls(app).map(({ path, qualifier, service, role: { logicalId } }) => {
    expect([service, logicalId]).toEqual(['states.amazonaws.com', 'Caller']);
    return `${path.replace(/^Properties\/Definition/, '')}: ${qualifier}`;
  });
}

const task = (members: JsonObject): JsonObject => ({ StartAt: 'One', States: { One: { Type: 'Task', End: true, ...members } } });
const invoke = (parameters: JsonObject, more: JsonObject = {}) => task({ Resource: INVOKE, Parameters: parameters, ...more });
const inText = (before: string, ...others: Json[]) => ({ 'Fn::Join': ['', [before, ...others]] });

describe('a definition as an object', () => {
  test.each<[string, JsonObject, string[]]>([
    ['by its ARN', task({ Resource: ARN }), ['/States/One/Resource: $LATEST']],
    ['by its alias', task({ Resource: { Ref: 'Live' } }), ['/States/One/Resource: live']],
    ['by parameters', invoke({ FunctionName: { Ref: 'Live' } }), ['/States/One/Parameters/FunctionName: live']],
    ['by its name', invoke({ FunctionName: { Ref: 'Orders' } }), ['/States/One/Parameters/FunctionName: $LATEST']],
    ['by arguments', task({ Resource: `${INVOKE}.waitForTaskToken`, Arguments: { FunctionName: ARN } }), ['/States/One/Arguments/FunctionName: $LATEST']],
    ['by the SDK', task({ Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:states:::aws-sdk:lambda:invoke' }, Parameters: { FunctionName: ARN } }), ['/States/One/Parameters/FunctionName: $LATEST']],
    ['with a qualifier beside it', invoke({ FunctionName: ARN, Qualifier: 'live' }), ['/States/One/Parameters/FunctionName: live']],
    ['with one that the execution knows', invoke({ 'FunctionName': ARN, 'Qualifier.$': '$.stage' }), []],
    ['with one by an expression', invoke({ FunctionName: ARN, Qualifier: '{% $stage %}' }), []],
    ['with one too many', invoke({ FunctionName: { Ref: 'Live' }, Qualifier: 'live' }), []],
    ['with another role', invoke({ FunctionName: ARN }, { Credentials: { RoleArn: ROLE_ARN } }), []],
    ['that the execution names', invoke({ 'FunctionName.$': '$.name' }), []],
    ['that a text names', invoke({ FunctionName: 'orders' }), []],
    ['that a parameter names', invoke({ FunctionName: { Ref: 'Name' } }), []],
    ['without parameters', task({ Resource: INVOKE }), []],
    ['with parameters of the deployment', task({ Resource: INVOKE, Parameters: { Ref: 'Parameters' } }), []],
    ['in a state of another kind', { States: { One: { Type: 'Pass', Resource: ARN } } }, []],
  ])('calls a function %s', (_, definition, found) => {
    expect(callsOf({ Definition: definition })).toEqual(found);
  });

  test('states in branches and loops count', () => {
    const one = task({ Resource: ARN });
    const states = { Both: { Type: 'Parallel', Branches: [one, one] }, Each: { Type: 'Map', Iterator: one }, All: { Type: 'Map', ItemProcessor: one } };
    expect(callsOf({ Definition: { States: states } })).toEqual([
      '/States/Both/Branches/0/States/One/Resource: $LATEST',
      '/States/Both/Branches/1/States/One/Resource: $LATEST',
      '/States/Each/Iterator/States/One/Resource: $LATEST',
      '/States/All/ItemProcessor/States/One/Resource: $LATEST',
    ]);
  });

  test('names are what they stand for', () => {
    expect(callsOf({ Definition: task({ Resource: '${Charge}' }), DefinitionSubstitutions: { Charge: { Ref: 'Live' } } })).toEqual(['/States/One/Resource: live']);
  });
});

describe('a definition as text', () => {
  const text = JSON.stringify(task({ Resource: '@' }));
  const [before, behind] = text.split('@');

  test.each<[string, Json, string[]]>([
    ['that is joined', inText(before, ARN, behind), ['String/States/One/Resource: $LATEST']],
    ['that is joined of joined parts', inText('', inText(before, { Ref: 'Live' }), behind), ['String/States/One/Resource: live']],
    ['with names in it', { 'Fn::Sub': text.replace('@', '${Orders.Arn}') }, ['String/States/One/Resource: $LATEST']],
    ['with names of its own', { 'Fn::Sub': [text.replace('@', '${Fn}'), { Fn: { Ref: 'Live' } }] }, ['String/States/One/Resource: live']],
    ['with a number of the deployment', inText(`${before}`, ARN, '","TimeoutSeconds":', { Ref: 'Seconds' }, '}}}'), ['String/States/One/Resource: $LATEST']],
    ['with the digits that stand for what is put in', inText('{"Comment":"71",', before.slice(1), ARN, behind), ['String/States/One/Resource: $LATEST']],
    ['with too many of them', inText('{"Comment":"71 7171 717171",', before.slice(1), ARN, behind), []],
    ['without a function', text, []],
    ['that is no JSON', inText('{', ARN), []],
    ['that is no object', '7', []],
    ['that a parameter holds', { Ref: 'Definition' }, []],
  ])('%s', (_, definition, found) => {
    expect(callsOf({ DefinitionString: definition })).toEqual(found);
  });

  test('names are what they stand for', () => {
    expect(callsOf({ DefinitionString: text.replace('@', '${Charge}'), DefinitionSubstitutions: { Charge: ARN } })).toEqual(['String/States/One/Resource: $LATEST']);
    expect(callsOf({ DefinitionString: text.replace('@', '${Charge}'), DefinitionSubstitutions: { Ref: 'Names' } })).toEqual([]);
  });
});

test.each<[string, JsonObject]>([['elsewhere', { DefinitionS3Location: { Bucket: 'b', Key: 'k' } }], ['nowhere', {}]])('a definition that is %s calls nothing that is known', (_, properties) => {
  expect(callsOf(properties)).toEqual([]);
});

test('a role that is not in the app is not known', () => {
  expect(callsOf({ Definition: task({ Resource: ARN }) }, { Ref: 'RoleArn' })).toEqual([]);
});

test('what the CDK writes is understood', () => {
  const stack = new Stack(new App(), 'Shop');
  const { currentVersion: version } = new lambda.Function(stack, 'Orders', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('//') });
  const lambdaFunction = new lambda.Alias(stack, 'Live', { aliasName: 'live', version });
  const states = new LambdaInvoke(stack, 'One', { lambdaFunction }).next(new LambdaInvoke(stack, 'Two', { lambdaFunction, payloadResponseOnly: true }));
  new sfn.StateMachine(stack, 'Order', { definitionBody: sfn.DefinitionBody.fromChainable(states) });
  const calls = roleCalls(appOf(Template.fromStack(stack).toJSON().Resources));
  expect(calls.map(({ path, qualifier }) => [path, qualifier])).toEqual([
    ['Properties/DefinitionString/States/One/Parameters/FunctionName', 'live'],
    ['Properties/DefinitionString/States/Two/Resource', 'live'],
  ]);
});
