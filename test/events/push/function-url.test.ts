import { App, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LambdaFunctionURLEvent, LambdaFunctionURLEventWithIAMAuthorizer } from 'aws-lambda';
import { EventFunction, FunctionUrlSourceOptions, InvocationMode, PushSource } from '../../../src';
import { functionUrlEvent } from '../../../src/events/push/samples/function-url';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

const { AWS_IAM, NONE } = lambda.FunctionUrlAuthType;
const ACCOUNT = new iam.AccountPrincipal('111122223333');

function urlTo(options?: FunctionUrlSourceOptions) {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.functionUrl(options));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack))
  .filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
const permissions = (stack: Stack) => ofType(stack, 'AWS::Lambda::Permission');

describe('defaults', () => {
  test('the live alias has the URL, which asks who calls, and the policy lets nobody in', () => {
    const stack = urlTo();
    expect(only(stack, 'AWS::Lambda::Url').Properties).toMatchObject({ AuthType: 'AWS_IAM', Qualifier: 'live' });
    expect(permissions(stack)).toEqual([]);
  });

  test('the template', () => {
    expect(Template.fromStack(urlTo({ callers: [ACCOUNT] })).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('options are those of addFunctionUrl()', () => {
    const stack = urlTo({ authType: AWS_IAM, cors: { allowedOrigins: ['https://example.com'] }, invokeMode: lambda.InvokeMode.RESPONSE_STREAM });
    expect(only(stack, 'AWS::Lambda::Url').Properties).toMatchObject({
      AuthType: 'AWS_IAM', Cors: { AllowOrigins: ['https://example.com'], AllowMethods: ['*'] }, InvokeMode: 'RESPONSE_STREAM',
    });
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.functionUrl()] });
    expect(only(stack, 'AWS::Lambda::Url').Properties).not.toHaveProperty('Qualifier');
  });

  test('one source object serves two functions and a further alias', () => {
    const stack = stackWith();
    const source = PushSource.functionUrl();
    const [orders, returns] = ['Orders', 'Returns'].map((id) => new EventFunction(stack, id, MINIMAL));
    for (const target of [orders, returns, orders.addAlias('canary')]) target.addEventSource(source);
    expect(ofType(stack, 'AWS::Lambda::Url').map(({ Qualifier }) => Qualifier).sort()).toEqual(['canary', 'live', 'live']);
    expect(source.urlOf(orders).url).not.toBe(source.urlOf(returns).url);
  });

  test('fails if a function is to have two', () => {
    const fn = new EventFunction(stackWith(), 'Orders', MINIMAL);
    fn.addEventSource(PushSource.functionUrl());
    expect(() => fn.addEventSource(PushSource.functionUrl())).toThrow("There is already a Construct with name 'FunctionUrl'");
  });
});

describe('permissions', () => {
  test('callers may invoke the alias by its URL, by both permissions, and by nothing else', () => {
    const stack = urlTo({ callers: [ACCOUNT] });
    const common = { FunctionName: aliasRef(stack), Principal: '111122223333' };
    expect(permissions(stack)).toEqual([
      { ...common, Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'AWS_IAM' },
      { ...common, Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true },
    ]);
  });

  test('a role of the app gets both in its own policy', () => {
    const stack = stackWith();
    const role = new iam.Role(stack, 'Shop', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.functionUrl({ callers: [role] }));
    const [policy] = ofType(stack, 'AWS::IAM::Policy').filter(({ Roles }) => JSON.stringify(Roles).includes('Shop'));
    expect(policy.PolicyDocument.Statement.map(({ Action, Resource, Condition }: any) => [Action, Resource, Object.keys(Condition)])).toEqual([
      ['lambda:InvokeFunctionUrl', aliasRef(stack), ['StringEquals']],
      ['lambda:InvokeFunction', aliasRef(stack), ['Bool']],
    ]);
  });

  test('everyone may call a URL that does not ask', () => {
    expect(permissions(urlTo({ authType: NONE })).map(({ Action, Principal }) => [Action, Principal]))
      .toEqual([['lambda:InvokeFunctionUrl', '*'], ['lambda:InvokeFunction', '*']]);
  });

  test('the URL waits for the alias', () => {
    const stack = urlTo();
    expect(only(stack, 'AWS::Lambda::Url').DependsOn).toContain(aliasRef(stack).Ref);
  });
});

describe('validation', () => {
  test.each<[string, FunctionUrlSourceOptions, string]>([
    ['FunctionUrlCallersEmpty', { callers: [] }, "'callers' must be at least one caller, got \"0 callers\"; leave it out for those whose own policies let them call [FunctionUrlCallersEmpty at Shop/Orders]"],
    ['FunctionUrlCallersOfPublicUrl', { callers: [ACCOUNT], authType: NONE }, "'callers' must be left out with FunctionUrlAuthType.NONE, got \"1 callers\"; leave 'authType' out"],
    ['FunctionUrlCorsWildcard', { cors: { allowedOrigins: ['https://shop.example', '*'] } }, "'cors.allowedOrigins' must be '*' alone, or a list without it, got [\"https://shop.example\",\"*\"]"],
    ['FunctionUrlCorsWildcard', { cors: { allowedMethods: [lambda.HttpMethod.ALL, lambda.HttpMethod.GET] } }, "'cors.allowedMethods' must be '*' alone, or a list without it, got [\"*\",\"GET\"]"],
    ['FunctionUrlCorsMethod', { cors: { allowedMethods: [lambda.HttpMethod.GET, lambda.HttpMethod.OPTIONS] } }, "'cors.allowedMethods' must be methods other than OPTIONS, got [\"GET\",\"OPTIONS\"]"],
  ])('fails if %s, and names the function', (code, options, message) => {
    const fn = new EventFunction(stackWith(), 'Orders', MINIMAL);
    const source = PushSource.functionUrl(options);
    expect(() => fn.addEventSource(source)).toThrow(message);
    expect(() => fn.addEventSource(source)).toThrow(expect.objectContaining({ name: code, constructPath: 'Shop/Orders' }));
  });

  test('fails if FunctionUrlMissing', () => {
    const fn = new EventFunction(stackWith(), 'Orders', MINIMAL);
    expect(() => PushSource.functionUrl().urlOf(fn)).toThrow("'target' must be a function that has a URL, got \"Shop/Orders\"; call addEventSource()");
    expect(() => PushSource.functionUrl().urlOf(fn)).toThrow(expect.objectContaining({ name: 'FunctionUrlMissing' }));
  });

  test('fails for a version: URLs are of functions and aliases', () => {
    const fn = new lambda.Function(stackWith(), 'Plain', MINIMAL);
    expect(() => fn.currentVersion.addEventSource(PushSource.functionUrl())).toThrow('FunctionUrl cannot be used with a Version');
  });
});

test('the address is known at deployment', () => {
  const fn = new EventFunction(stackWith(), 'Orders', MINIMAL);
  const source = PushSource.functionUrl();
  fn.addEventSource(source);
  expect(Token.isUnresolved(source.urlOf(fn).url)).toBe(true);
});

test('an imported function gets its URL in this stack', () => {
  const stack = stackWith();
  const theirs = lambda.Function.fromFunctionArn(stack, 'Theirs', 'arn:aws:lambda:eu-west-1:111122223333:function:theirs');
  theirs.addEventSource(PushSource.functionUrl());
  expect(only(stack, 'AWS::Lambda::Url').Properties.TargetFunctionArn).toContain(':function:theirs');
});

test('a role of another stack may call, without a circle', () => {
  const app = new App();
  const [shop, service] = [new Stack(app, 'Shop'), new Stack(app, 'Service')];
  const role = new iam.Role(shop, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.functionUrl({ callers: [role] }));
  expect(JSON.stringify(only(shop, 'AWS::IAM::Policy'))).toContain('lambda:InvokeFunctionUrl');
});

test('ids are a contract: those of addFunctionUrl()', () => {
  expect(only(urlTo(), 'AWS::Lambda::Url').logicalId).toBe('OrdersFunctionUrl8967AA01');
});

describe('the event', () => {
  test('is that of a function URL', () => {
    const event: LambdaFunctionURLEventWithIAMAuthorizer = functionUrlEvent();
    expect(event.requestContext.authorizer.iam.userArn).toBe('arn:aws:iam::111122223333:user/example-user');
  });

  test('names no caller where nobody is asked', () => {
    const event = PushSource.functionUrl({ authType: NONE }).sampleEvent() as LambdaFunctionURLEvent;
    expect(event.requestContext).not.toHaveProperty('authorizer');
    expect(event.rawPath).toBe('/my/path');
  });

  test('is overridden', () => {
    expect(PushSource.functionUrl().sampleEvent({ body: '{}', requestContext: { http: { method: 'PUT' } } })).toMatchObject({
      body: '{}', requestContext: { http: { method: 'PUT', path: '/my/path' }, authorizer: { iam: { accountId: '111122223333' } } },
    });
  });

  test('what it means is on the source', () => {
    const { semantics } = PushSource.functionUrl();
    expect(semantics).toMatchObject({ invocation: InvocationMode.SYNCHRONOUS, conditionKeys: ['lambda:FunctionUrlAuthType', 'lambda:InvokedViaFunctionUrl'] });
    expect(semantics.principal).toBeUndefined();
  });
});
