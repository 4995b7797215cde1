import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as codepipeline from 'aws-cdk-lib/aws-codepipeline';
import { S3SourceAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CodePipelineEvent } from 'aws-lambda';
import { EventFunction, InvocationMode, PipelineStageSourceOptions, PushSource } from '../../../src';
import { pipelineStageEvent } from '../../../src/events/push/samples/pipeline-stage';
import { aliasRef, MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from '../../function/functions';

const PIPELINE = 'AWS::CodePipeline::Pipeline';
const output = () => new codepipeline.Artifact('Source');

function stageIn(stack: Stack, made = output(), usePipelineRoleForActions?: boolean): codepipeline.IStage {
  const artifactBucket = new s3.Bucket(stack, 'Artifacts');
  const pipelineType = codepipeline.PipelineType.V2;
  const pipeline = new codepipeline.Pipeline(stack, 'Pipeline', { artifactBucket, pipelineType, usePipelineRoleForActions });
  const source = new S3SourceAction({ actionName: 'Source', bucket: artifactBucket, bucketKey: 'shop.zip', output: made });
  pipeline.addStage({ stageName: 'Source', actions: [source] });
  return pipeline.addStage({ stageName: 'Announce' });
}

function announcing(options?: PipelineStageSourceOptions, context = NO_FLAGS, usePipelineRole?: boolean) {
  const stack = stackWith(context);
  const stage = stageIn(stack, options?.inputs?.[0], usePipelineRole);
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.pipelineStage(stage, options));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack)).filter(({ Type }) => Type === type);
const actionsIn = (stack: Stack) => only(stack, PIPELINE).Properties.Stages[1].Actions;
const statements = (stack: Stack) => ofType(stack, 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement
  .map((statement: object) => ({ ...statement, roles: Properties.Roles })));
const about = (stack: Stack, action: string) => statements(stack).filter(({ Action }) => [Action].flat().includes(action));

describe('defaults', () => {
  test('an action of the stage names the alias', () => {
    const stack = announcing();
    expect(actionsIn(stack)).toEqual([{
      ActionTypeId: { Category: 'Invoke', Owner: 'AWS', Provider: 'Lambda', Version: '1' },
      Configuration: { FunctionName: { 'Fn::Join': ['', [{ 'Fn::Select': [6, { 'Fn::Split': [':', aliasRef(stack)] }] }, ':live']] } },
      Name: expect.stringMatching(/^Shop-Orders-[0-9A-F]+$/),
      RoleArn: expect.anything(),
      RunOrder: 1,
    }]);
  });

  test('the template', () => {
    expect(Template.fromStack(announcing()).toJSON()).toMatchSnapshot();
  });

  test('events, which hold credentials, are kept only if that is asked for', () => {
    expect(ofType(announcing(), 'AWS::SQS::Queue')).toEqual([]);
    expect(ofType(announcing({ keepFailedEvents: true }), 'AWS::SQS::Queue')).toHaveLength(1);
  });
});

describe('mapping', () => {
  test('everything that can be said of the action', () => {
    const stack = announcing({
      actionName: 'Tell', runOrder: 2, inputs: [output()], outputs: [new codepipeline.Artifact('Told')], userParameters: { channel: 'shop' }, variablesNamespace: 'told',
    });
    expect(actionsIn(stack)).toMatchObject([{
      Name: 'Tell',
      RunOrder: 2,
      InputArtifacts: [{ Name: 'Source' }],
      OutputArtifacts: [{ Name: 'Told' }],
      Configuration: { UserParameters: '{"channel":"shop"}' },
      Namespace: 'told',
    }]);
  });

  test('parameters as they are', () => {
    expect(actionsIn(announcing({ userParametersText: 'shop' }))[0].Configuration.UserParameters).toBe('shop');
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    const fn = new lambda.Function(stack, 'Plain', { ...MINIMAL });
    fn.addEventSource(PushSource.pipelineStage(stageIn(stack)));
    expect(actionsIn(stack)[0].Configuration.FunctionName).toEqual(stack.resolve(fn.functionName));
    expect(about(stack, 'lambda:InvokeFunction')).toMatchObject([{ Resource: stack.resolve(fn.functionArn) }]);
  });

  test('one source object serves two functions, and one function several actions', () => {
    const stack = stackWith();
    const stage = stageIn(stack);
    const source = PushSource.pipelineStage(stage);
    const orders = new EventFunction(stack, 'Orders', MINIMAL);
    for (const fn of [orders, new EventFunction(stack, 'Returns', MINIMAL)]) fn.addEventSource(source);
    orders.addEventSource(PushSource.pipelineStage(stage, { actionName: 'Again' }));
    expect(actionsIn(stack)).toHaveLength(3);
  });
});

describe('permissions', () => {
  test.each([NO_FLAGS, NEW_APP])('the role of the action may invoke the alias, and nothing else', (context) => {
    const stack = announcing({}, context);
    const [{ RoleArn }] = actionsIn(stack);
    const found = about(stack, 'lambda:InvokeFunction');
    expect(found).toEqual([{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: aliasRef(stack), roles: [{ Ref: RoleArn['Fn::GetAtt'][0] }] }]);
    expect(ofType(stack, 'AWS::Lambda::Permission')).toEqual([]);
  });

  test('the role of the pipeline may, where that is for all actions', () => {
    const stack = announcing({}, NO_FLAGS, true);
    const { RoleArn } = only(stack, PIPELINE).Properties;
    expect(about(stack, 'lambda:InvokeFunction')).toMatchObject([{ Resource: aliasRef(stack), roles: [{ Ref: RoleArn['Fn::GetAtt'][0] }] }]);
  });

  test.each([NO_FLAGS, NEW_APP])('the function may report the job', (context) => {
    const stack = announcing({}, context);
    const [{ Action, roles }] = about(stack, 'codepipeline:PutJobSuccessResult');
    expect([...Action].sort()).toEqual(['codepipeline:PutJobFailureResult', 'codepipeline:PutJobSuccessResult']);
    expect(JSON.stringify(roles)).toContain('OrdersServiceRole');
  });

  test('a role of its own is taken', () => {
    const stack = stackWith();
    const role = new iam.Role(stack, 'Own', { assumedBy: new iam.AccountRootPrincipal() });
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.pipelineStage(stageIn(stack), { role }));
    expect(about(stack, 'lambda:InvokeFunction')).toMatchObject([{ roles: [stack.resolve(role.roleName)] }]);
  });

  test('what a role was granted otherwise stays, and is granted afterwards', () => {
    const stack = stackWith();
    const roles = ['Before', 'After'].map((id) => new iam.Role(stack, id, { assumedBy: new iam.AccountRootPrincipal() }));
    const fn = new lambda.Function(stack, 'Plain', MINIMAL);
    const stage = stageIn(stack);
    fn.grantInvoke(roles[0]);
    roles.forEach((role, index) => fn.addEventSource(PushSource.pipelineStage(stage, { role, actionName: `Tell${index}` })));
    fn.grantInvoke(roles[1]);
    for (const role of roles) {
      const own = about(stack, 'lambda:InvokeFunction').filter((one) => JSON.stringify(one.roles) === JSON.stringify([stack.resolve(role.roleName)]));
      expect(JSON.stringify(own)).toContain(':*');
    }
  });

  test('the way in is listed', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    fn.addEventSource(PushSource.pipelineStage(stageIn(stack), { actionName: 'Tell' }));
    expect(fn.invocationPaths()).toMatchObject([{ kind: 'identity', caller: 'Shop/Pipeline/Announce/Tell/CodePipelineActionRole', qualifier: 'live' }]);
  });
});

describe('validation', () => {
  const six = Array.from({ length: 6 }, (_, index) => new codepipeline.Artifact(`A${index}`));

  test.each<[string, PipelineStageSourceOptions, string]>([
    ['PipelineActionNameMalformed', { actionName: 'tell all' }, "'actionName' must be 1 to 100 letters, digits, and any of .@-_, got \"tell all\"; leave it out for a name made of the path of the function [PipelineActionNameMalformed at Shop/Pipeline]"],
    ['PipelineActionNameMalformed', { actionName: '' }, 'got ""'],
    ['PipelineArtifactsTooMany', { inputs: six }, "'inputs' must be at most 5 artifacts, got 6; put what belongs together into one artifact"],
    ['PipelineArtifactsTooMany', { outputs: six }, "'outputs' must be"],
    ['PipelineParametersTwice', { userParameters: {}, userParametersText: '{}' }, "'userParametersText' must be left out when 'userParameters' is given, got \"{}\"; give one of them"],
  ])('fails if %s', (code, options, message) => {
    const stage = stageIn(stackWith());
    expect(() => PushSource.pipelineStage(stage, options)).toThrow(message);
    expect(() => PushSource.pipelineStage(stage, options)).toThrow(expect.objectContaining({ name: code }));
  });

  test('fails if an action of the stage has the name', () => {
    const stack = stackWith();
    const source = PushSource.pipelineStage(stageIn(stack), { actionName: 'Tell' });
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    fn.addEventSource(source);
    expect(() => fn.addEventSource(source)).toThrow("'actionName' must be different for each action of a stage, got \"Tell\"; give each an 'actionName' [PipelineActionTwice at Shop/Pipeline]");
  });

  test('parameters that only the deployment knows are taken as they are', () => {
    const later = Lazy.string({ produce: () => 'later' });
    const stack = stackWith();
    const stage = stageIn(stack);
    expect(PushSource.pipelineStage(stage, { userParameters: { channel: later } }).sampleEvent()).toEqual(pipelineStageEvent());
    expect(PushSource.pipelineStage(stage, { userParametersText: later }).sampleEvent()).toEqual(pipelineStageEvent());
  });
});

test('an imported function is invoked by its name', () => {
  const stack = stackWith(NO_FLAGS, { env: { account: '111122223333', region: 'eu-west-1' } });
  const fn = lambda.Function.fromFunctionArn(stack, 'Theirs', 'arn:aws:lambda:eu-west-1:111122223333:function:theirs');
  fn.addEventSource(PushSource.pipelineStage(stageIn(stack)));
  expect(actionsIn(stack)[0].Configuration.FunctionName).toBe('theirs');
});

test('a pipeline of another stack waits for the function, without a circle', () => {
  const app = new App();
  const [delivery, service] = [new Stack(app, 'Delivery'), new Stack(app, 'Service')];
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.pipelineStage(stageIn(delivery)));
  app.synth();
  expect(delivery.dependencies).toEqual([service]);
});

test('ids are a contract', () => {
  const ids = Object.keys(resourcesOf(announcing({ actionName: 'Tell' })));
  expect(ids.filter((id) => id.includes('Tell'))).toEqual([
    expect.stringMatching(/^PipelineAnnounceTellCodePipelineActionRole\w{8}$/), expect.stringMatching(/^PipelineAnnounceTellCodePipelineActionRoleDefaultPolicy\w{8}$/),
  ]);
});

describe('the event', () => {
  test('is that of a job', () => {
    const event: CodePipelineEvent = pipelineStageEvent('', ['Source'], ['Told']);
    expect(event['CodePipeline.job'].data.actionConfiguration.configuration.FunctionName).toBe('my-function');
  });

  test('has the parameters and artifacts, and what is overridden', () => {
    const source = PushSource.pipelineStage(stageIn(stackWith()), { inputs: [output(), new codepipeline.Artifact()], outputs: [new codepipeline.Artifact('Told')], userParameters: { channel: 'shop' } });
    const { data, id } = source.sampleEvent({ 'CodePipeline.job': { id: '7' } })['CodePipeline.job'];
    expect(id).toBe('7');
    expect(data.actionConfiguration.configuration.UserParameters).toBe('{"channel":"shop"}');
    expect(data.inputArtifacts.map(({ name }: { name: string }) => name)).toEqual(['Source', 'Artifact2']);
    expect(data.outputArtifacts).toMatchObject([{ name: 'Told', revision: null }]);
  });

  test('what it means is on the source', () => {
    const { semantics } = PushSource.pipelineStage(stageIn(stackWith()));
    expect(semantics).toMatchObject({ invocation: InvocationMode.ASYNCHRONOUS, assumesRole: 'codepipeline.amazonaws.com' });
  });
});
