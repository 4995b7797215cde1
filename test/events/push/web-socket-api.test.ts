import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { EventFunction, InvocationMode, PushSource, WebSocketApiSourceOptions } from '../../../src';
import { webSocketApiEvent } from '../../../src/events/push/samples/web-socket-api';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

function apiTo(options?: WebSocketApiSourceOptions) {
  const stack = stackWith();
  const fn = new EventFunction(stack, 'Orders', MINIMAL);
  fn.addEventSource(PushSource.webSocketApi(new apigateway.WebSocketApi(stack, 'Api'), options));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack))
  .filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
const routes = (stack: Stack) => ofType(stack, 'AWS::ApiGatewayV2::Route').map(({ RouteKey }) => RouteKey);
const permissions = (stack: Stack) => ofType(stack, 'AWS::Lambda::Permission');

describe('defaults', () => {
  test('the function takes connections and all messages that no other route takes', () => {
    expect(routes(apiTo()).sort()).toEqual(['$connect', '$default', '$disconnect']);
  });

  test('messages come to the alias, by one integration for all routes', () => {
    const stack = apiTo();
    const { Properties } = only(stack, 'AWS::ApiGatewayV2::Integration');
    expect(Properties.IntegrationType).toBe('AWS_PROXY');
    expect(JSON.stringify(Properties.IntegrationUri)).toContain(JSON.stringify(aliasRef(stack)));
  });

  test('the template', () => {
    expect(Template.fromStack(apiTo({ routes: ['$connect', 'sendMessage'] })).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('each route is its own', () => {
    expect(routes(apiTo({ routes: ['sendMessage', 'leave'] })).sort()).toEqual(['leave', 'sendMessage']);
  });

  test('clients are asked when they connect, and answered when they send', () => {
    const stack = apiTo({ authorizer: new WebSocketIamAuthorizer(), returnResponse: true });
    const settings = ofType(stack, 'AWS::ApiGatewayV2::Route')
      .map(({ RouteKey, AuthorizationType, RouteResponseSelectionExpression }) => [RouteKey, AuthorizationType, RouteResponseSelectionExpression]);
    expect(settings.sort()).toEqual([['$connect', 'AWS_IAM', undefined], ['$default', 'NONE', '$default'], ['$disconnect', 'NONE', undefined]]);
    expect(ofType(stack, 'AWS::ApiGatewayV2::RouteResponse')).toHaveLength(1);
  });

  test('options of the integration are those of the CDK', () => {
    expect(only(apiTo({ timeout: Duration.seconds(5) }), 'AWS::ApiGatewayV2::Integration').Properties.TimeoutInMillis).toBe(5000);
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.webSocketApi(new apigateway.WebSocketApi(stack, 'Api'))] });
    expect(JSON.stringify(only(stack, 'AWS::ApiGatewayV2::Integration').Properties)).toContain('Plain');
  });

  test('two sources share an API', () => {
    const stack = stackWith();
    const api = new apigateway.WebSocketApi(stack, 'Api');
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    fn.addEventSource(PushSource.webSocketApi(api, { routes: ['order'] }));
    fn.addEventSource(PushSource.webSocketApi(api, { routes: ['cancel'] }));
    new EventFunction(stack, 'Pages', MINIMAL).addEventSource(PushSource.webSocketApi(api));
    expect(permissions(stack)).toHaveLength(5);
  });
});

describe('permissions', () => {
  test('the route, on every stage, may invoke the alias', () => {
    const stack = apiTo({ routes: ['sendMessage'] });
    const { Properties } = only(stack, 'AWS::Lambda::Permission');
    expect(Properties).toMatchObject({ Action: 'lambda:InvokeFunction', FunctionName: aliasRef(stack), Principal: 'apigateway.amazonaws.com' });
    expect(JSON.stringify(Properties.SourceArn)).toContain('/*sendMessage');
    expect(Properties).not.toHaveProperty('SourceAccount');
  });

  test('each route has its permission', () => {
    expect(permissions(apiTo())).toHaveLength(3);
  });

  test('nothing is kept of failed messages: the client gets the error', () => {
    expect(ofType(apiTo(), 'AWS::SQS::Queue')).toEqual([]);
  });
});

describe('validation', () => {
  test.each<[string, WebSocketApiSourceOptions, string]>([
    ['WebSocketApiRoutesEmpty', { routes: [] }, "'routes' must be at least one route, got []; leave it out for $connect, $disconnect and $default [WebSocketApiRoutesEmpty at Shop/Api]"],
    ['WebSocketApiRouteMalformed', { routes: ['a', '$conect'] }, "'routes[1]' must be one of $connect, $disconnect, $default, or a key that does not begin with a dollar sign, got \"$conect\""],
    ['WebSocketApiRouteMalformed', { routes: [''] }, 'got ""'],
    ['WebSocketApiAuthorizerWithoutConnect', { routes: ['a'], authorizer: new WebSocketIamAuthorizer() }, "'authorizer' must be given together with the route '$connect', got [\"a\"]"],
  ])('fails if %s', (code, options, message) => {
    const api = new apigateway.WebSocketApi(stackWith(), 'Api');
    expect(() => PushSource.webSocketApi(api, options)).toThrow(message);
    expect(() => PushSource.webSocketApi(api, options)).toThrow(expect.objectContaining({ name: code }));
  });
});

test('tokens are never checked', () => {
  const later = Lazy.string({ produce: () => '$later' });
  const api = new apigateway.WebSocketApi(stackWith(), 'Api');
  expect(() => PushSource.webSocketApi(api, { routes: [later], authorizer: new WebSocketIamAuthorizer() })).not.toThrow();
});

test('an imported API gets its routes beside the function', () => {
  const stack = stackWith();
  const api = apigateway.WebSocketApi.fromWebSocketApiAttributes(stack, 'Theirs', { webSocketId: 'abc' });
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.webSocketApi(api, { routes: ['sendMessage'] }));
  expect(only(stack, 'AWS::ApiGatewayV2::Route').Properties).toMatchObject({ ApiId: 'abc', RouteKey: 'sendMessage' });
});

test('an API of another stack is permitted there, without a circle', () => {
  const app = new App();
  const [edge, service] = [new Stack(app, 'Edge'), new Stack(app, 'Service')];
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.webSocketApi(new apigateway.WebSocketApi(edge, 'Api'), { routes: ['a'] }));
  expect(JSON.stringify(only(edge, 'AWS::Lambda::Permission').Properties.FunctionName)).toContain('Aliaslive');
});

test('ids are a contract: those of addRoute()', () => {
  const stack = stackWith();
  new apigateway.WebSocketApi(stack, 'Api').addRoute('sendMessage', {
    integration: new WebSocketLambdaIntegration('I', new EventFunction(stack, 'Orders', MINIMAL)),
  });
  const { logicalId } = only(stack, 'AWS::ApiGatewayV2::Route');
  expect(only(apiTo({ routes: ['sendMessage'] }), 'AWS::ApiGatewayV2::Route').logicalId).toBe(logicalId);
});

describe('the event', () => {
  test('is that of a WebSocket API', () => {
    const event: APIGatewayProxyWebsocketEventV2 = webSocketApiEvent('sendMessage');
    expect(event.requestContext).toMatchObject({ routeKey: 'sendMessage', eventType: 'MESSAGE' });
    expect(JSON.parse(event.body!)).toEqual({ action: 'sendMessage', data: 'Hello from client!' });
  });

  test('of a connection has headers and no body', () => {
    expect(webSocketApiEvent('$connect')).toMatchObject({ headers: { 'X-Forwarded-Proto': 'https' }, requestContext: { eventType: 'CONNECT' } });
    expect(webSocketApiEvent('$connect')).not.toHaveProperty('body');
    expect(webSocketApiEvent('$disconnect').requestContext.eventType).toBe('DISCONNECT');
  });

  test('has the first route of the source, and what is overridden', () => {
    const api = new apigateway.WebSocketApi(stackWith(), 'Api');
    expect(PushSource.webSocketApi(api).sampleEvent().requestContext.routeKey).toBe('$default');
    const source = PushSource.webSocketApi(api, { routes: ['leave'] });
    expect(source.sampleEvent({ requestContext: { connectionId: 'mine' } })).toMatchObject({ requestContext: { routeKey: 'leave', connectionId: 'mine' } });
  });

  test('what it means is on the source', () => {
    const { semantics } = PushSource.webSocketApi(new apigateway.WebSocketApi(stackWith(), 'Api'));
    expect(semantics).toMatchObject({ invocation: InvocationMode.SYNCHRONOUS, principal: 'apigateway.amazonaws.com' });
  });
});
