import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as connect from 'aws-cdk-lib/aws-connect';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ConnectContactFlowEvent } from 'aws-lambda';
import { EventFunction, InvocationMode, PushSource, ResourcePolicyMode } from '../../../src';
import { connectEvent } from '../../../src/events/push/samples/connect-instance';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

const ARN = 'arn:aws:connect:eu-central-1:111122223333:instance/c8c0e68d-2200-4265-82c0-000000000000';

const instanceIn = (stack: Stack) => new connect.CfnInstance(stack, 'Calls', {
  attributes: { inboundCalls: true, outboundCalls: false }, identityManagementType: 'CONNECT_MANAGED', instanceAlias: 'shop',
});

function flowsTo(instanceArn = ARN) {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.connectInstance(instanceArn));
  return stack;
}

describe('defaults', () => {
  test('flows of the instance can choose the live alias', () => {
    const stack = flowsTo();
    expect(only(stack, 'AWS::Connect::IntegrationAssociation').Properties).toEqual({
      InstanceId: ARN, IntegrationArn: aliasRef(stack), IntegrationType: 'LAMBDA_FUNCTION',
    });
  });

  test('the template', () => {
    expect(Template.fromStack(flowsTo()).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('an instance of the app', () => {
    const stack = stackWith();
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.connectInstance(instanceIn(stack).attrArn));
    const arn = { 'Fn::GetAtt': ['Calls', 'Arn'] };
    expect(only(stack, 'AWS::Connect::IntegrationAssociation').Properties.InstanceId).toEqual(arn);
    expect(only(stack, 'AWS::Lambda::Permission').Properties).toMatchObject({
      SourceArn: arn, SourceAccount: { 'Fn::Select': [4, { 'Fn::Split': [':', arn] }] },
    });
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.connectInstance(ARN)] });
    expect(JSON.stringify(only(stack, 'AWS::Connect::IntegrationAssociation').Properties.IntegrationArn)).toContain('Plain');
  });

  test('one source object serves two functions, and two instances one function', () => {
    const stack = stackWith();
    const [one, other] = [ARN, ARN.replace(/0{12}$/, '111111111111')].map((arn) => PushSource.connectInstance(arn));
    new EventFunction(stack, 'Orders', { ...MINIMAL, events: [one] });
    new EventFunction(stack, 'Returns', { ...MINIMAL, events: [one, other] });
    Template.fromStack(stack).resourceCountIs('AWS::Connect::IntegrationAssociation', 3);
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Permission', 3);
  });
});

describe('permissions', () => {
  test('the instance, in its account, may invoke the alias', () => {
    const stack = flowsTo();
    expect(only(stack, 'AWS::Lambda::Permission').Properties).toEqual({
      Action: 'lambda:InvokeFunction', FunctionName: aliasRef(stack), Principal: 'connect.amazonaws.com', SourceAccount: '111122223333', SourceArn: ARN,
    });
  });

  test('the association waits for the permission', () => {
    const stack = flowsTo();
    expect(only(stack, 'AWS::Connect::IntegrationAssociation').DependsOn).toEqual([only(stack, 'AWS::Lambda::Permission').logicalId]);
  });

  test('the association waits for a document, too', () => {
    const stack = stackWith();
    new EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode: ResourcePolicyMode.DOCUMENT }).addEventSource(PushSource.connectInstance(ARN));
    expect(only(stack, 'AWS::Connect::IntegrationAssociation').DependsOn).toEqual([only(stack, 'AWS::Lambda::ResourcePolicy').logicalId]);
  });

  test('nothing is kept of failed requests: the flow has an error branch', () => {
    Template.fromStack(flowsTo()).resourceCountIs('AWS::SQS::Queue', 0);
  });
});

test.each([
  '', 'c8c0e68d-2200-4265-82c0-000000000000', `${ARN}/queue/1`, ARN.replace('connect', 'lex'), ARN.replace('111122223333', ''),
])('fails if ConnectInstanceArnMalformed: %j', (arn) => {
  const make = () => PushSource.connectInstance(arn);
  expect(make).toThrow(`'instanceArn' must be the ARN of an instance, such as 'arn:aws:connect:eu-central-1:111122223333:instance/c8c0e68d-2200-4265-82c0-000000000000', got ${JSON.stringify(arn)}; take it from CfnInstance.attrArn, or from the console of Amazon Connect [ConnectInstanceArnMalformed]`);
  expect(make).toThrow(expect.objectContaining({ name: 'ConnectInstanceArnMalformed' }));
});

test('tokens are never checked', () => {
  const stack = flowsTo(Lazy.string({ produce: () => 'later' }));
  expect(only(stack, 'AWS::Connect::IntegrationAssociation').Properties.InstanceId).toBe('later');
});

test('an imported function can be chosen, too', () => {
  const stack = stackWith();
  const functionArn = 'arn:aws:lambda:eu-central-1:111122223333:function:theirs';
  lambda.Function.fromFunctionArn(stack, 'Theirs', functionArn).addEventSource(PushSource.connectInstance(ARN));
  expect(only(stack, 'AWS::Connect::IntegrationAssociation').Properties.IntegrationArn).toBe(functionArn);
});

test('an instance of another stack is named, and names nothing: there is no circle', () => {
  const app = new App();
  const [calls, service] = [new Stack(app, 'Calls'), new Stack(app, 'Service')];
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.connectInstance(instanceIn(calls).attrArn));
  expect(JSON.stringify(only(service, 'AWS::Lambda::Permission').Properties.SourceArn)).toContain('Fn::ImportValue');
  expect(Object.values(resourcesOf(calls)).map(({ Type }) => Type)).toEqual(['AWS::Connect::Instance']);
});

test('ids are a contract', () => {
  const stack = flowsTo();
  expect([only(stack, 'AWS::Lambda::Permission').logicalId, only(stack, 'AWS::Connect::IntegrationAssociation').logicalId]).toEqual([
    'OrdersConnectinstancec8c0e68d2200426582c0000000000000D046110A',
    'OrdersConnectinstancec8c0e68d2200426582c0000000000000Association9EEA9368',
  ]);
});

describe('the event', () => {
  test('is that of a flow', () => {
    const event: ConnectContactFlowEvent = connectEvent();
    expect(event.Name).toBe('ContactFlowEvent');
  });

  test('is of the instance, and has what is overridden', () => {
    expect(PushSource.connectInstance(ARN).sampleEvent({ Details: { Parameters: { orderId: '42' } } })).toMatchObject({
      Details: { ContactData: { InstanceARN: ARN, Channel: 'VOICE' }, Parameters: { orderId: '42' } },
    });
  });

  test('what it means is on the source', () => {
    expect(PushSource.connectInstance(ARN).semantics).toMatchObject({
      invocation: InvocationMode.SYNCHRONOUS, principal: 'connect.amazonaws.com', limits: [{ value: 8, unit: 'seconds' }, { value: 60 }],
    });
  });
});
