import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as events from 'aws-lambda';
import { EventFunction, InvocationMode, PushSource, UserPoolSourceOptions } from '../../../src';
import * as samples from '../../../src/events/push/samples/user-pool';
import { aliasRef, MINIMAL, only, stackWith } from '../../function/functions';

const { PRE_SIGN_UP, POST_CONFIRMATION, PRE_TOKEN_GENERATION_CONFIG } = cognito.UserPoolOperation;
const { V1_0, V2_0, V3_0 } = cognito.LambdaVersion;

function customersTo(operation = PRE_SIGN_UP, options?: UserPoolSourceOptions) {
  const stack = stackWith();
  const fn = new EventFunction(stack, 'Orders', MINIMAL);
  fn.addEventSource(PushSource.userPool(new cognito.UserPool(stack, 'Customers'), operation, options));
  return stack;
}

const triggers = (stack: Stack) => only(stack, 'AWS::Cognito::UserPool').Properties.LambdaConfig;

describe('defaults', () => {
  test('the alias is the trigger of the operation', () => {
    const stack = customersTo();
    expect(triggers(stack)).toEqual({ PreSignUp: aliasRef(stack) });
  });

  test('the template', () => {
    expect(Template.fromStack(customersTo()).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test.each([[undefined, 'V1_0'], [V1_0, 'V1_0'], [V2_0, 'V2_0'], [V3_0, 'V3_0']])('tokens are made with events of version %s', (eventVersion, LambdaVersion) => {
    const stack = customersTo(PRE_TOKEN_GENERATION_CONFIG, { eventVersion });
    expect(triggers(stack)).toEqual({ PreTokenGenerationConfig: { LambdaArn: aliasRef(stack), LambdaVersion } });
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    const source = PushSource.userPool(new cognito.UserPool(stack, 'Customers'), PRE_SIGN_UP);
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [source] });
    expect(JSON.stringify(triggers(stack))).toContain('Plain');
  });

  test('a function may be the trigger of several operations, each with its permission', () => {
    const stack = stackWith();
    const pool = new cognito.UserPool(stack, 'Customers');
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    for (const operation of [PRE_SIGN_UP, POST_CONFIRMATION]) fn.addEventSource(PushSource.userPool(pool, operation));
    expect(Object.keys(triggers(stack))).toEqual(['PostConfirmation', 'PreSignUp']);
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Permission', 2);
  });

  test('an operation has one trigger', () => {
    const stack = stackWith();
    const source = PushSource.userPool(new cognito.UserPool(stack, 'Customers'), PRE_SIGN_UP);
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
    expect(() => new EventFunction(stack, 'Returns', MINIMAL).addEventSource(source)).toThrow('preSignUp already exists');
  });
});

describe('permissions', () => {
  test('the pool may invoke the alias', () => {
    const stack = customersTo();
    expect(only(stack, 'AWS::Lambda::Permission').Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: aliasRef(stack),
      Principal: 'cognito-idp.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [only(stack, 'AWS::Cognito::UserPool').logicalId, 'Arn'] },
    });
  });

  test('nothing is kept of failed calls: the user gets the error', () => {
    Template.fromStack(customersTo()).resourceCountIs('AWS::SQS::Queue', 0);
  });
});

describe('validation', () => {
  test('fails if a version is asked for that the operation has not', () => {
    const pool = new cognito.UserPool(stackWith(), 'Customers');
    const make = () => PushSource.userPool(pool, PRE_SIGN_UP, { eventVersion: V2_0 });
    expect(make).toThrow("'eventVersion' must be LambdaVersion.V1_0 for the operation 'preSignUp', got \"V2_0\"; leave it out, or use UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG: only that has later versions [UserPoolEventVersion at Shop/Customers]");
    expect(make).toThrow(expect.objectContaining({ name: 'UserPoolEventVersion' }));
  });

  test('fails if the trigger is a version of a function', () => {
    const stack = stackWith();
    const { currentVersion } = new lambda.Function(stack, 'Plain', MINIMAL);
    const source = PushSource.userPool(new cognito.UserPool(stack, 'Customers'), PRE_SIGN_UP);
    expect(() => source.bind(currentVersion)).toThrow("'target' must be a function or an alias, got \"Shop/Plain/CurrentVersion\"; give the alias of the version: Amazon Cognito takes no version numbers [UserPoolTriggerIsVersion at Shop/Customers]");
    expect(() => source.bind(currentVersion)).toThrow(expect.objectContaining({ name: 'UserPoolTriggerIsVersion' }));
  });
});

test('a version that is a token is taken as it is', () => {
  const eventVersion = Lazy.string({ produce: () => V2_0 }) as cognito.LambdaVersion;
  expect(() => PushSource.userPool(new cognito.UserPool(stackWith(), 'Customers'), PRE_SIGN_UP, { eventVersion })).not.toThrow();
});

test('an imported function becomes the trigger; its owner permits', () => {
  const stack = stackWith();
  const fn = lambda.Function.fromFunctionArn(stack, 'Theirs', 'arn:aws:lambda:eu-west-1:111122223333:function:theirs');
  PushSource.userPool(new cognito.UserPool(stack, 'Customers'), PRE_SIGN_UP).bind(fn);
  expect(triggers(stack)).toEqual({ PreSignUp: 'arn:aws:lambda:eu-west-1:111122223333:function:theirs' });
});

test('a pool of another stack has the permission beside it, without a circle', () => {
  const app = new App();
  const [auth, service] = [new Stack(app, 'Auth'), new Stack(app, 'Service')];
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.userPool(new cognito.UserPool(auth, 'Customers'), PRE_SIGN_UP));
  expect(JSON.stringify(only(auth, 'AWS::Lambda::Permission').Properties.FunctionName)).toContain('Aliaslive');
});

test('ids are a contract', () => {
  expect(only(customersTo(), 'AWS::Lambda::Permission').logicalId).toBe('CustomersPreSignUpCognito284749A6');
});

describe('the event', () => {
  test('has the type of its operation', () => {
    const typed: [events.PreSignUpTriggerEvent, events.PostConfirmationTriggerEvent, events.PreAuthenticationTriggerEvent,
      events.PostAuthenticationTriggerEvent, events.PreTokenGenerationTriggerEvent, events.PreTokenGenerationV2TriggerEvent,
      events.PreTokenGenerationV3TriggerEvent, events.CustomMessageTriggerEvent, events.DefineAuthChallengeTriggerEvent,
      events.CreateAuthChallengeTriggerEvent, events.VerifyAuthChallengeResponseTriggerEvent, events.UserMigrationTriggerEvent,
      events.CustomEmailSenderTriggerEvent, events.CustomSMSSenderTriggerEvent] = [samples.preSignUpEvent(), samples.postConfirmationEvent(),
      samples.preAuthenticationEvent(), samples.postAuthenticationEvent(), samples.preTokenGenerationEvent(),
      samples.preTokenGenerationV2Event(), samples.preTokenGenerationV3Event(), samples.customMessageEvent(), samples.defineAuthChallengeEvent(),
      samples.createAuthChallengeEvent(), samples.verifyAuthChallengeResponseEvent(), samples.userMigrationEvent(),
      samples.customEmailSenderEvent(), samples.customSmsSenderEvent()];
    expect(new Set(typed.map(({ userName }) => userName))).toEqual(new Set(['testuser']));
  });

  test.each<[string, cognito.UserPoolOperation, string, UserPoolSourceOptions]>([
    ['PreSignUp_SignUp', PRE_SIGN_UP, '1', {}],
    ['PostConfirmation_ConfirmSignUp', POST_CONFIRMATION, '1', {}],
    ['PreAuthentication_Authentication', cognito.UserPoolOperation.PRE_AUTHENTICATION, '1', {}],
    ['PostAuthentication_Authentication', cognito.UserPoolOperation.POST_AUTHENTICATION, '1', {}],
    ['TokenGeneration_Authentication', cognito.UserPoolOperation.PRE_TOKEN_GENERATION, '1', {}],
    ['TokenGeneration_Authentication', PRE_TOKEN_GENERATION_CONFIG, '1', {}],
    ['TokenGeneration_Authentication', PRE_TOKEN_GENERATION_CONFIG, '2', { eventVersion: V2_0 }],
    ['TokenGeneration_ClientCredentials', PRE_TOKEN_GENERATION_CONFIG, '3', { eventVersion: V3_0 }],
    ['CustomMessage_SignUp', cognito.UserPoolOperation.CUSTOM_MESSAGE, '1', {}],
    ['UserMigration_Authentication', cognito.UserPoolOperation.USER_MIGRATION, '1', {}],
    ['DefineAuthChallenge_Authentication', cognito.UserPoolOperation.DEFINE_AUTH_CHALLENGE, '1', {}],
    ['CreateAuthChallenge_Authentication', cognito.UserPoolOperation.CREATE_AUTH_CHALLENGE, '1', {}],
    ['VerifyAuthChallengeResponse_Authentication', cognito.UserPoolOperation.VERIFY_AUTH_CHALLENGE_RESPONSE, '1', {}],
    ['CustomEmailSender_SignUp', cognito.UserPoolOperation.CUSTOM_EMAIL_SENDER, '1', {}],
    ['CustomSMSSender_SignUp', cognito.UserPoolOperation.CUSTOM_SMS_SENDER, '1', {}],
    ['InboundFederation', cognito.UserPoolOperation.of('inboundFederation'), '1', {}],
  ])('%s', (triggerSource, operation, version, options) => {
    const source = PushSource.userPool(new cognito.UserPool(stackWith(), 'Customers'), operation, options);
    expect(source.sampleEvent({ userName: 'anna', request: { userAttributes: { email: 'anna@example.com' } } }))
      .toMatchObject({ triggerSource, version, userName: 'anna', request: { userAttributes: { email: 'anna@example.com' } } });
  });

  test('what it means is on the source', () => {
    const { semantics } = PushSource.userPool(new cognito.UserPool(stackWith(), 'Customers'), PRE_SIGN_UP);
    expect(semantics).toMatchObject({ invocation: InvocationMode.SYNCHRONOUS, principal: 'cognito-idp.amazonaws.com' });
    expect(semantics.limits).toContainEqual({ name: 'time until the answer', value: 5, unit: 'seconds' });
  });
});
