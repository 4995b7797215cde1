import { App, CfnParameter, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvocationType, LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { EventFunction, InvocationMode, LambdaTask, LambdaTaskOptions } from '../../../src';
import { lambdaTaskEvent } from '../../../src/events/push/samples/lambda-task';
import { aliasRef, MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from '../../function/functions';

const MACHINE = 'AWS::StepFunctions::StateMachine';
const { WAIT_FOR_TASK_TOKEN } = sfn.IntegrationPattern;
const { EVENT, DRY_RUN } = LambdaInvocationType;

function machineIn(stack: Stack, state: sfn.IChainable, id = 'Order') {
  return new sfn.StateMachine(stack, id, { definitionBody: sfn.DefinitionBody.fromChainable(state) });
}

function chargedBy(options?: LambdaTaskOptions, props: Partial<lambda.FunctionProps> = {}, context = NO_FLAGS) {
  const stack = stackWith(context);
  machineIn(stack, new LambdaTask(stack, 'Charge', new EventFunction(stack, 'Orders', { ...MINIMAL, ...props }), options));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack)).filter(({ Type }) => Type === type);

/** The state, with the names of what the deployment puts in. */
function stateIn(stack: Stack, name = 'Charge') {
  const definition = only(stack, MACHINE).Properties.DefinitionString;
  const parts: unknown[] = definition['Fn::Join'][1];
  const text = parts.map((part) => typeof part === 'string' ? part : JSON.stringify(part).replaceAll('"', "'")).join('');
  return JSON.parse(text).States[name];
}

const refOf = (stack: Stack) => JSON.stringify(aliasRef(stack)).replaceAll('"', "'");
const invokes = (stack: Stack) => ofType(stack, 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
  .filter(({ Action }) => [Action].flat().includes('lambda:InvokeFunction'));

describe('defaults', () => {
  test('the state invokes the alias, takes what it returns, and tries again when Lambda fails', () => {
    const stack = chargedBy();
    expect(stateIn(stack)).toEqual({
      Type: 'Task',
      Resource: refOf(stack),
      End: true,
      Retry: [{
        ErrorEquals: ['Lambda.ClientExecutionTimeoutException', 'Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.SdkClientException'],
        IntervalSeconds: 2,
        MaxAttempts: 6,
        BackoffRate: 2,
      }],
    });
  });

  test('the template', () => {
    const template = Template.fromStack(chargedBy()).toJSON();
    // Newer releases of the CDK hold the trust of a state machine's role to the account.
    const statements = Object.values<any>(template.Resources).flatMap(({ Properties }) => Properties.AssumeRolePolicyDocument?.Statement ?? []);
    delete statements.find(({ Principal }) => Principal.Service === 'states.amazonaws.com').Condition;
    expect(template).toMatchSnapshot();
  });

  test('nothing is kept of failed events: the execution has them', () => {
    expect(ofType(chargedBy(), 'AWS::SQS::Queue')).toEqual([]);
  });
});

describe('mapping', () => {
  test('a payload of paths, without retries', () => {
    const stack = chargedBy({ payload: sfn.TaskInput.fromObject({ order: sfn.JsonPath.stringAt('$.id') }), retryOnServiceExceptions: false });
    expect(stateIn(stack)).toEqual({ Type: 'Task', Resource: refOf(stack), Parameters: { 'order.$': '$.id' }, End: true });
  });

  test('an event that is handed over', () => {
    const stack = chargedBy({ invocationType: EVENT, clientContext: 'e30=' });
    expect(stateIn(stack).Resource).toBe("arn:{'Ref':'AWS::Partition'}:states:::lambda:invoke");
    expect(stateIn(stack).Parameters).toEqual({ 'FunctionName': refOf(stack), 'Payload.$': '$', 'InvocationType': 'Event', 'ClientContext': 'e30=' });
    expect(ofType(stack, 'AWS::SQS::Queue')).toHaveLength(1);
    expect(ofType(chargedBy({ invocationType: EVENT, keepFailedEvents: false }), 'AWS::SQS::Queue')).toEqual([]);
  });

  test('a function that answers by a token', () => {
    const stack = chargedBy({ integrationPattern: WAIT_FOR_TASK_TOKEN, payload: sfn.TaskInput.fromObject({ token: sfn.JsonPath.taskToken }) });
    expect(stateIn(stack).Resource).toBe("arn:{'Ref':'AWS::Partition'}:states:::lambda:invoke.waitForTaskToken");
    expect(stateIn(stack).Parameters).toEqual({ FunctionName: refOf(stack), Payload: { 'token.$': '$$.Task.Token' } });
  });

  test('the whole result, if that is asked for', () => {
    const stack = chargedBy({ payloadResponseOnly: false });
    expect(stateIn(stack).Parameters).toEqual({ 'FunctionName': refOf(stack), 'Payload.$': '$' });
  });

  test.each<[string, (stack: Stack, fn: lambda.IFunction) => sfn.IChainable]>([
    ['the constructor', (stack, fn) => new LambdaTask(stack, 'Charge', fn, { queryLanguage: sfn.QueryLanguage.JSONATA, outputs: '{% $states.result.total %}' })],
    ['jsonata()', (stack, lambdaFunction) => LambdaTask.jsonata(stack, 'Charge', { lambdaFunction, outputs: '{% $states.result.total %}' })],
  ])('JSONata by %s', (_, make) => {
    const stack = stackWith();
    machineIn(stack, make(stack, new EventFunction(stack, 'Orders', MINIMAL)));
    expect(stateIn(stack)).toMatchObject({ QueryLanguage: 'JSONata', Resource: refOf(stack), Output: '{% $states.result.total %}' });
    expect(invokes(stack)).toEqual([{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: aliasRef(stack) }]);
  });

  test('JSONPath by jsonPath()', () => {
    const stack = stackWith();
    machineIn(stack, LambdaTask.jsonPath(stack, 'Charge', { lambdaFunction: new EventFunction(stack, 'Orders', MINIMAL), resultPath: '$.paid' }));
    expect(stateIn(stack)).toMatchObject({ Resource: refOf(stack), ResultPath: '$.paid' });
    expect(invokes(stack)).toEqual([{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: aliasRef(stack) }]);
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    const fn = new lambda.Function(stack, 'Plain', MINIMAL);
    machineIn(stack, new LambdaTask(stack, 'Charge', fn));
    expect(invokes(stack)).toEqual([{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: stack.resolve(fn.functionArn) }]);
  });

  test('states go on, and errors are caught', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    const charge = new LambdaTask(stack, 'Charge', fn).addCatch(new sfn.Fail(stack, 'Refused'));
    machineIn(stack, charge.next(new LambdaTask(stack, 'Ship', fn)));
    expect(stateIn(stack)).toMatchObject({ Next: 'Ship', Catch: [{ Next: 'Refused' }] });
    expect(stateIn(stack, 'Ship').Resource).toBe(refOf(stack));
  });
});

describe('permissions', () => {
  test.each([NO_FLAGS, NEW_APP])('the role of the state machine may invoke the alias, and nothing else', (context) => {
    const stack = chargedBy({}, {}, context);
    expect(invokes(stack)).toEqual([{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: aliasRef(stack) }]);
    expect(ofType(stack, 'AWS::Lambda::Permission')).toEqual([]);
  });

  test('the state machine waits for what its role may do', () => {
    const stack = chargedBy();
    const [policy] = Object.entries(resourcesOf(stack))
      .filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties).includes('InvokeFunction'));
    expect(only(stack, MACHINE).DependsOn).toContain(policy[0]);
  });

  test('the way in is listed', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    machineIn(stack, new LambdaTask(stack, 'Charge', fn));
    expect(fn.invocationPaths()).toMatchObject([{ kind: 'identity', caller: 'Shop/Order/Role', qualifier: 'live' }]);
  });
});

describe('validation', () => {
  test.each<[string, LambdaTaskOptions]>([
    ['invocationType', { invocationType: DRY_RUN }],
    ['clientContext', { clientContext: 'e30=' }],
    ['integrationPattern', { integrationPattern: sfn.IntegrationPattern.REQUEST_RESPONSE }],
  ])('fails if only what is returned is wanted with %s', (name, options) => {
    const stack = stackWith();
    const make = () => new LambdaTask(stack, 'Charge', new EventFunction(stack, 'Orders', MINIMAL), { ...options, payloadResponseOnly: true });
    expect(make).toThrow(`'payloadResponseOnly' must be left out or false when '${name}' is given, got true; leave it out, and take '$.Payload' of the result [TaskPayloadWithOptions at Shop]`);
    expect(() => new LambdaTask(stack, 'Again', lambda.Function.fromFunctionName(stack, 'F', 'f'), { ...options, payloadResponseOnly: true }))
      .toThrow(expect.objectContaining({ name: 'TaskPayloadWithOptions' }));
  });

  test('a token must be handed to who answers by it', () => {
    expect(() => chargedBy({ integrationPattern: WAIT_FOR_TASK_TOKEN })).toThrow('Task Token is required');
  });
});

describe('the timeout', () => {
  const WARNING = "'taskTimeout' must be at least 30 seconds, the timeout of Shop/Orders, got 20; the state fails while the function goes on: lengthen it, or shorten the timeout of the function [ack: cdk-event-functions:state-waits-long-enough]";
  const warnings = (stack: Stack) => Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('taskTimeout'));
  const slow = { timeout: Duration.seconds(30) };

  test.each<LambdaTaskOptions>([{ taskTimeout: sfn.Timeout.duration(Duration.seconds(20)) }, { timeout: Duration.seconds(20) }])('of the state is not shorter than that of the function', (options) => {
    // the CDK says that `timeout` is deprecated
    const said = jest.spyOn(console, 'warn').mockImplementation();
    Annotations.fromStack(chargedBy(options, slow)).hasWarning('/Shop/Charge', WARNING);
    said.mockRestore();
  });

  test('of the function is known of a version, too', () => {
    const stack = stackWith();
    const plain = new lambda.Function(stack, 'Plain', { ...MINIMAL, ...slow });
    machineIn(stack, new LambdaTask(stack, 'Charge', plain.currentVersion, { taskTimeout: sfn.Timeout.duration(Duration.seconds(1)) }));
    expect(warnings(stack)).toHaveLength(1);
  });

  test.each<[string, LambdaTaskOptions, Partial<lambda.FunctionProps>]>([
    ['as long as that of the function', { taskTimeout: sfn.Timeout.duration(Duration.seconds(30)) }, slow],
    ['not given', {}, slow],
    ['in the input of the state', { taskTimeout: sfn.Timeout.at('$.seconds') }, slow],
    ['that of a function that nobody waits for', { taskTimeout: sfn.Timeout.duration(Duration.seconds(20)), invocationType: EVENT }, slow],
    ['shorter than one that is not given', { taskTimeout: sfn.Timeout.duration(Duration.seconds(20)) }, {}],
  ])('is fine if it is %s', (_, options, props) => {
    expect(warnings(chargedBy(options, props))).toEqual([]);
  });

  test('that only the deployment knows is taken as it is', () => {
    const stack = stackWith();
    const seconds = new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber;
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, ...slow });
    machineIn(stack, new LambdaTask(stack, 'Charge', fn, { taskTimeout: sfn.Timeout.duration(Duration.seconds(seconds)) }));
    expect(warnings(stack)).toEqual([]);
  });
});

test('an imported function is invoked by its ARN', () => {
  const stack = stackWith();
  const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:theirs:live';
  machineIn(stack, new LambdaTask(stack, 'Charge', lambda.Function.fromFunctionArn(stack, 'Theirs', functionArn)));
  expect(JSON.parse(only(stack, MACHINE).Properties.DefinitionString).States.Charge.Resource).toBe(functionArn);
  expect(invokes(stack)).toEqual([{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: functionArn }]);
});

test('a state machine of another stack waits for the function, without a circle', () => {
  const app = new App();
  const [flow, service] = [new Stack(app, 'Flow'), new Stack(app, 'Service')];
  machineIn(flow, new LambdaTask(flow, 'Charge', new EventFunction(service, 'Orders', MINIMAL)));
  app.synth();
  expect(flow.dependencies).toEqual([service]);
  expect(JSON.stringify(invokes(flow))).toContain('Aliaslive');
});


test('ids are a contract: those of tasks.LambdaInvoke', () => {
  const madeBy = (make: (stack: Stack, fn: lambda.IFunction) => sfn.IChainable) => {
    const stack = stackWith();
    machineIn(stack, make(stack, new EventFunction(stack, 'Orders', MINIMAL)));
    return Object.keys(resourcesOf(stack));
  };
  expect(madeBy((stack, fn) => new LambdaTask(stack, 'Charge', fn))).toEqual(madeBy((stack, lambdaFunction) => new LambdaInvoke(stack, 'Charge', { lambdaFunction })));
});

describe('the event', () => {
  const eventOf = (payload?: sfn.TaskInput, overrides?: { [name: string]: unknown }) => {
    const stack = stackWith();
    return new LambdaTask(stack, 'Charge', new EventFunction(stack, 'Orders', MINIMAL), { payload }).sampleEvent(overrides);
  };

  test('is the input of an execution, and what is overridden', () => {
    expect(eventOf()).toEqual(lambdaTaskEvent());
    expect(eventOf(undefined, { Comment: undefined, order: 7 })).toEqual({ order: 7 });
  });

  test('is the payload where that is written out', () => {
    expect(eventOf(sfn.TaskInput.fromObject({ kind: 'card', tries: [1, { of: null }] }))).toEqual({ kind: 'card', tries: [1, { of: null }] });
  });

  test.each<[string, sfn.TaskInput]>([
    ['a path', sfn.TaskInput.fromObject({ order: sfn.JsonPath.stringAt('$.id') })],
    ['a path by its name', sfn.TaskInput.fromObject({ orders: [{ 'id.$': '$.id' }] })],
    ['an expression', sfn.TaskInput.fromObject({ order: '{% $states.input.id %}' })],
    ['what the deployment knows', sfn.TaskInput.fromObject({ order: Lazy.string({ produce: () => 'later' }) })],
    ['a number that the deployment knows', sfn.TaskInput.fromObject({ order: Lazy.number({ produce: () => 7 }) })],
    ['a text', sfn.TaskInput.fromText('order')],
  ])('is the input of an execution where the payload is or holds %s', (_, payload) => {
    expect(eventOf(payload)).toEqual(lambdaTaskEvent());
  });

  test('what it means is on the state', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    expect(new LambdaTask(stack, 'Charge', fn).semantics).toMatchObject({ invocation: InvocationMode.SYNCHRONOUS, assumesRole: 'states.amazonaws.com' });
    expect(new LambdaTask(stack, 'Ship', fn, { invocationType: EVENT }).semantics.invocation).toBe(InvocationMode.ASYNCHRONOUS);
  });
});
