import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { BedrockActionGroupSourceOptions, EventFunction, InvocationMode, PushSource, ResourcePolicyMode } from '../../../src';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

const STATUS: BedrockActionGroupSourceOptions = {
  actionGroupName: 'order-status',
  functions: [{ name: 'findOrder', parameters: { orderId: { type: 'string', required: true } } }],
};
const API: BedrockActionGroupSourceOptions = { actionGroupName: 'order-api', apiSchema: { payload: '{"openapi":"3.0.0"}' } };

const agentIn = (stack: Stack, props?: Partial<bedrock.CfnAgentProps>) => new bedrock.CfnAgent(stack, 'Agent', { agentName: 'orders', ...props });

function agentTo(options = STATUS, props?: Partial<bedrock.CfnAgentProps>) {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.bedrockActionGroup(agentIn(stack, props), options));
  return stack;
}

const groups = (stack: Stack) => only(stack, 'AWS::Bedrock::Agent').Properties.ActionGroups;

describe('defaults', () => {
  test('the agent has an action group that the function does', () => {
    const stack = agentTo();
    expect(groups(stack)).toEqual([{
      ActionGroupName: 'order-status',
      ActionGroupExecutor: { Lambda: aliasRef(stack) },
      FunctionSchema: { Functions: [{ Name: 'findOrder', Parameters: { orderId: { Type: 'string', Required: true } } }] },
    }]);
  });

  test('the template', () => {
    expect(Template.fromStack(agentTo()).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('an API schema takes the place of functions, and a description is given', () => {
    const stack = agentTo({ ...API, description: 'Orders of the shop' });
    expect(groups(stack)).toEqual([{
      ActionGroupName: 'order-api',
      ActionGroupExecutor: { Lambda: aliasRef(stack) },
      ApiSchema: { Payload: '{"openapi":"3.0.0"}' },
      Description: 'Orders of the shop',
    }]);
  });

  test('action groups that the agent has stay', () => {
    const input = { actionGroupName: 'input', parentActionGroupSignature: 'AMAZON.UserInput' };
    expect(groups(agentTo(STATUS, { actionGroups: [input] })).map((group: any) => group.ActionGroupName)).toEqual(['input', 'order-status']);
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.bedrockActionGroup(agentIn(stack), STATUS)] });
    expect(JSON.stringify(groups(stack))).toContain('Plain');
    expect(only(stack, 'AWS::Lambda::Permission').Properties.SourceAccount).toEqual({ Ref: 'AWS::AccountId' });
  });

  test('a function that does two action groups of an agent has one permission, and two functions one each', () => {
    const stack = stackWith();
    const agent = agentIn(stack);
    const [one, other] = ['Orders', 'Returns'].map((id) => new EventFunction(stack, id, MINIMAL));
    one.addEventSource(PushSource.bedrockActionGroup(agent, STATUS));
    one.addEventSource(PushSource.bedrockActionGroup(agent, API));
    other.addEventSource(PushSource.bedrockActionGroup(agent, { ...STATUS, actionGroupName: 'returns' }));
    expect(groups(stack)).toHaveLength(3);
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Permission', 2);
  });
});

describe('permissions', () => {
  test('the agent, in this account, may invoke the alias', () => {
    const stack = agentTo();
    expect(only(stack, 'AWS::Lambda::Permission').Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: aliasRef(stack),
      Principal: 'bedrock.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
      SourceArn: { 'Fn::GetAtt': [only(stack, 'AWS::Bedrock::Agent').logicalId, 'AgentArn'] },
    });
  });

  test('a document has one statement for two action groups', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode: ResourcePolicyMode.DOCUMENT });
    const agent = agentIn(stack);
    for (const options of [STATUS, API]) fn.addEventSource(PushSource.bedrockActionGroup(agent, options));
    expect(only(stack, 'AWS::Lambda::ResourcePolicy').Properties.PolicyDocument.Statement).toMatchObject([
      { Principal: { Service: 'bedrock.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } },
    ]);
  });

  test('nothing is kept of failed requests: the client of the agent gets the error', () => {
    Template.fromStack(agentTo()).resourceCountIs('AWS::SQS::Queue', 0);
  });
});

describe('validation', () => {
  const name = "'actionGroupName' must be 1 to 100 letters and digits, between them single hyphens and underscores, got";
  test.each<[string, BedrockActionGroupSourceOptions, string]>([
    ['BedrockActionGroupNameMalformed', { ...STATUS, actionGroupName: '' }, `${name} ""; choose a name such as 'order-status' [BedrockActionGroupNameMalformed at Shop/Agent]`],
    ['BedrockActionGroupNameMalformed', { ...STATUS, actionGroupName: 'order status' }, `${name} "order status"`],
    ['BedrockActionGroupNameMalformed', { ...STATUS, actionGroupName: 'order--status' }, `${name} "order--status"`],
    ['BedrockActionGroupNameMalformed', { ...STATUS, actionGroupName: 'a'.repeat(101) }, name],
    ['BedrockFunctionsEmpty', { ...STATUS, functions: [] }, "'functions' must be at least one function, got []"],
    ['BedrockNeedsOneSchema', { actionGroupName: 'orders' }, "'functions' must be given when 'apiSchema' is not, and left out when it is, got undefined; describe the actions either by 'functions' or by 'apiSchema'"],
    ['BedrockNeedsOneSchema', { ...STATUS, apiSchema: API.apiSchema }, 'got [{"name":"findOrder"'],
  ])('fails if %s', (code, options, message) => {
    const agent = agentIn(stackWith());
    expect(() => PushSource.bedrockActionGroup(agent, options)).toThrow(message);
    expect(() => PushSource.bedrockActionGroup(agent, options)).toThrow(expect.objectContaining({ name: code }));
  });

  test.each(['a', 'a'.repeat(100), 'a-b_c', 'a-'])('the name %j passes', (actionGroupName) => {
    expect(() => PushSource.bedrockActionGroup(agentIn(stackWith()), { ...STATUS, actionGroupName })).not.toThrow();
  });

  test('fails if the agent has an action group of that name', () => {
    const stack = stackWith();
    const agent = agentIn(stack);
    const [one, other] = ['Orders', 'Returns'].map((id) => new EventFunction(stack, id, MINIMAL));
    one.addEventSource(PushSource.bedrockActionGroup(agent, STATUS));
    expect(() => other.addEventSource(PushSource.bedrockActionGroup(agent, STATUS))).toThrow(
      "'actionGroupName' must be another name than those of the other action groups of the agent, got \"order-status\"; each function has action groups of its own: choose another name [BedrockActionGroupTaken at Shop/Agent]",
    );
  });

  test('fails if the action groups of the agent are known at deployment only', () => {
    const add = () => agentTo(STATUS, { actionGroups: Lazy.any({ produce: () => [] }) });
    expect(add).toThrow("'actionGroups' must be a list, got a token; write the list out: the source adds an action group to it [BedrockActionGroupsUnknown at Shop/Agent]");
  });
});

test('tokens are never checked', () => {
  const stack = agentTo({ ...STATUS, actionGroupName: Lazy.string({ produce: () => 'later' }) });
  expect(groups(stack)[0].ActionGroupName).toBe('later');
});

test('an imported function of the same account does the actions, too', () => {
  const stack = stackWith();
  const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:theirs';
  const fn = lambda.Function.fromFunctionAttributes(stack, 'Theirs', { functionArn, sameEnvironment: true });
  fn.addEventSource(PushSource.bedrockActionGroup(agentIn(stack), STATUS));
  expect(groups(stack)[0].ActionGroupExecutor).toEqual({ Lambda: functionArn });
  expect(only(stack, 'AWS::Lambda::Permission').Properties.FunctionName).toBe(functionArn);
});

test('an agent of another stack is permitted there, without a circle', () => {
  const app = new App();
  const [agents, service] = [new Stack(app, 'Agents'), new Stack(app, 'Service')];
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.bedrockActionGroup(agentIn(agents), STATUS));
  expect(JSON.stringify(only(agents, 'AWS::Lambda::Permission').Properties.FunctionName)).toContain('Aliaslive');
  expect(Object.values(resourcesOf(service)).map(({ Type }) => Type)).not.toContain('AWS::Lambda::Permission');
});

test('ids are a contract', () => {
  expect(only(agentTo(), 'AWS::Lambda::Permission').logicalId).toBe('AgentAllowInvokeShopOrdersA8B1F509C9BE5F71');
});

describe('the event', () => {
  const source = (options: BedrockActionGroupSourceOptions) => PushSource.bedrockActionGroup(agentIn(stackWith()), options);

  test('is a call of the function of the action group, with what is overridden', () => {
    expect(source(STATUS).sampleEvent({ parameters: [{ value: '7' }] })).toMatchObject({
      messageVersion: '1.0',
      agent: { id: expect.any(String), alias: expect.any(String) },
      actionGroup: 'order-status',
      function: 'findOrder',
      parameters: [{ name: 'orderId', type: 'string', value: '7' }],
      sessionAttributes: {},
      promptSessionAttributes: {},
    });
  });

  test('is a call of an API where that is described', () => {
    expect(source(API).sampleEvent()).toMatchObject({
      actionGroup: 'order-api', apiPath: expect.any(String), httpMethod: 'GET', requestBody: { content: { 'application/json': { properties: expect.any(Array) } } },
    });
    expect(source(API).sampleEvent()).not.toHaveProperty('function');
  });

  test('has a name of its own where that of the action group is a token', () => {
    expect(source({ ...STATUS, actionGroupName: Lazy.string({ produce: () => 'later' }) }).sampleEvent()).toMatchObject({ actionGroup: 'orders' });
  });

  test('what it means is on the source', () => {
    expect(source(STATUS).semantics).toMatchObject({ invocation: InvocationMode.SYNCHRONOUS, principal: 'bedrock.amazonaws.com', eventType: { python: 'BedrockAgentFunctionEvent' } });
    expect(source(API).semantics.eventType.python).toBe('BedrockAgentEvent');
  });
});
