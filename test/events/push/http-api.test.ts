import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { APIGatewayProxyEventV2 } from 'aws-lambda';
import { EventFunction, HttpApiSourceOptions, InvocationMode, PushSource } from '../../../src';
import { httpApiEvent } from '../../../src/events/push/samples/http-api';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

const { GET, POST } = apigateway.HttpMethod;

function apiTo(options?: HttpApiSourceOptions) {
  const stack = stackWith();
  const fn = new EventFunction(stack, 'Orders', MINIMAL);
  fn.addEventSource(PushSource.httpApi(new apigateway.HttpApi(stack, 'Api'), options));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack))
  .filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
const routes = (stack: Stack) => ofType(stack, 'AWS::ApiGatewayV2::Route').map(({ RouteKey }) => RouteKey);

describe('defaults', () => {
  test('the function takes all requests that no other route takes', () => {
    const stack = apiTo();
    expect(routes(stack)).toEqual(['$default']);
    expect(only(stack, 'AWS::ApiGatewayV2::Integration').Properties).toMatchObject({
      IntegrationType: 'AWS_PROXY', IntegrationUri: aliasRef(stack), PayloadFormatVersion: '2.0',
    });
  });

  test('the template', () => {
    expect(Template.fromStack(apiTo({ path: '/orders/{id}', methods: [GET] })).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('each method is a route, and all have one integration', () => {
    const stack = apiTo({ path: '/orders', methods: [GET, POST] });
    expect(routes(stack)).toEqual(['GET /orders', 'POST /orders']);
    expect(ofType(stack, 'AWS::ApiGatewayV2::Integration')).toHaveLength(1);
  });

  test('a path alone takes all methods', () => {
    expect(routes(apiTo({ path: '/orders' }))).toEqual(['ANY /orders']);
  });

  test('authorizers, payload versions and scopes are those of the CDK', () => {
    const payloadFormatVersion = apigateway.PayloadFormatVersion.VERSION_1_0;
    const stack = apiTo({ path: '/', authorizer: new apigateway.HttpNoneAuthorizer(), payloadFormatVersion });
    expect(only(stack, 'AWS::ApiGatewayV2::Route').Properties.AuthorizationType).toBe('NONE');
    expect(only(stack, 'AWS::ApiGatewayV2::Integration').Properties.PayloadFormatVersion).toBe('1.0');
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.httpApi(new apigateway.HttpApi(stack, 'Api'))] });
    expect(JSON.stringify(only(stack, 'AWS::ApiGatewayV2::Integration').Properties)).toContain('Plain');
  });

  test('one source object serves functions of several APIs, and two sources one function', () => {
    const stack = stackWith();
    const api = new apigateway.HttpApi(stack, 'Api');
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    fn.addEventSource(PushSource.httpApi(api, { path: '/a' }));
    fn.addEventSource(PushSource.httpApi(api, { path: '/b' }));
    expect(routes(stack)).toEqual(['ANY /a', 'ANY /b']);
    expect(ofType(stack, 'AWS::Lambda::Permission')).toHaveLength(2);
  });
});

describe('permissions', () => {
  test('the route, on every stage, may invoke the alias', () => {
    const stack = apiTo({ path: '/orders', methods: [GET] });
    const { Properties } = only(stack, 'AWS::Lambda::Permission');
    expect(Properties).toMatchObject({ Action: 'lambda:InvokeFunction', FunctionName: aliasRef(stack), Principal: 'apigateway.amazonaws.com' });
    expect(JSON.stringify(Properties.SourceArn)).toContain('/*/*/orders');
  });

  test('nothing is kept of failed requests: the client gets the error', () => {
    expect(ofType(apiTo(), 'AWS::SQS::Queue')).toEqual([]);
    expect(ofType(apiTo(), 'AWS::Lambda::EventInvokeConfig')).toEqual([]);
  });
});

describe('validation', () => {
  test.each<[string, HttpApiSourceOptions, string]>([
    ['HttpApiPathMalformed', { path: 'orders' }, "'path' must be a path that begins with a slash, such as '/orders/{id}', got \"orders\"; leave it out for all requests that no other route takes [HttpApiPathMalformed at Shop/Api]"],
    ['HttpApiPathMalformed', { path: '' }, 'got ""'],
    ['HttpApiPathMalformed', { path: '/a b' }, 'got "/a b"'],
    ['HttpApiMethodsEmpty', { path: '/orders', methods: [] }, "'methods' must be at least one method, got []; leave it out for all methods [HttpApiMethodsEmpty at Shop/Api]"],
    ['HttpApiMethodsWithoutPath', { methods: [GET] }, "'methods' must be left out when 'path' is, got [\"GET\"]"],
  ])('fails if %s', (code, options, message) => {
    const api = new apigateway.HttpApi(stackWith(), 'Api');
    expect(() => PushSource.httpApi(api, options)).toThrow(message);
    expect(() => PushSource.httpApi(api, options)).toThrow(expect.objectContaining({ name: code }));
  });
});

test('a path that is a token is taken as it is', () => {
  expect(() => PushSource.httpApi(new apigateway.HttpApi(stackWith(), 'Api'), { path: Lazy.string({ produce: () => '/later' }) })).not.toThrow();
});

test('an imported API gets its routes beside the function', () => {
  const stack = stackWith();
  const api = apigateway.HttpApi.fromHttpApiAttributes(stack, 'Theirs', { httpApiId: 'abc' });
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.httpApi(api, { path: '/orders' }));
  expect(only(stack, 'AWS::ApiGatewayV2::Route').Properties).toMatchObject({ ApiId: 'abc', RouteKey: 'ANY /orders' });
});

test('an API of another stack is permitted there, without a circle', () => {
  const app = new App();
  const [edge, service] = [new Stack(app, 'Edge'), new Stack(app, 'Service')];
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.httpApi(new apigateway.HttpApi(edge, 'Api'), { path: '/orders' }));
  expect(JSON.stringify(only(edge, 'AWS::Lambda::Permission').Properties.FunctionName)).toContain('Aliaslive');
});

test('ids are a contract: those of addRoutes()', () => {
  expect(only(apiTo({ path: '/orders', methods: [GET] }), 'AWS::ApiGatewayV2::Route').logicalId).toBe('ApiGETorders65B0F255');
});

describe('the event', () => {
  test('is that of an HTTP API', () => {
    const event: APIGatewayProxyEventV2 = httpApiEvent('/orders/{id}', 'GET');
    expect(event.pathParameters).toEqual({ id: 'value' });
    expect(event.rawPath).toBe('/orders/value');
  });

  test('has the route of the source, and what is overridden', () => {
    const source = PushSource.httpApi(new apigateway.HttpApi(stackWith(), 'Api'), { path: '/orders', methods: [POST] });
    expect(source.sampleEvent({ body: '{}', headers: { 'content-type': 'application/json' } })).toMatchObject({
      routeKey: 'POST /orders', body: '{}', headers: { 'header1': 'value1', 'content-type': 'application/json' }, requestContext: { http: { method: 'POST' } },
    });
  });

  test('what it means is on the source', () => {
    const { semantics } = PushSource.httpApi(new apigateway.HttpApi(stackWith(), 'Api'));
    expect(semantics).toMatchObject({ invocation: InvocationMode.SYNCHRONOUS, principal: 'apigateway.amazonaws.com' });
  });
});
