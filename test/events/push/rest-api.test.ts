import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { APIGatewayProxyEvent } from 'aws-lambda';
import { EventFunction, InvocationMode, PushSource, RestApiSourceOptions } from '../../../src';
import { restApiEvent } from '../../../src/events/push/samples/rest-api';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

function apiTo(options?: RestApiSourceOptions) {
  const stack = stackWith();
  const fn = new EventFunction(stack, 'Orders', MINIMAL);
  fn.addEventSource(PushSource.restApi(new apigateway.RestApi(stack, 'Api'), options));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack))
  .filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
const methods = (stack: Stack) => ofType(stack, 'AWS::ApiGateway::Method');
const permissions = (stack: Stack) => ofType(stack, 'AWS::Lambda::Permission');
const paths = (stack: Stack) => ofType(stack, 'AWS::ApiGateway::Resource').map(({ PathPart }) => PathPart);

describe('defaults', () => {
  test('the function takes all requests that no other resource takes', () => {
    const stack = apiTo();
    expect(methods(stack).map(({ HttpMethod }) => HttpMethod)).toEqual(['ANY', 'ANY']);
    expect(paths(stack)).toEqual(['{proxy+}']);
  });

  test('requests come to the alias as they are', () => {
    const stack = apiTo({ path: '/' });
    const { Integration } = only(stack, 'AWS::ApiGateway::Method').Properties;
    expect(Integration).toMatchObject({ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' });
    expect(JSON.stringify(Integration.Uri)).toContain(JSON.stringify(aliasRef(stack)));
  });

  test('the template', () => {
    const template = Template.fromStack(apiTo({ path: '/orders/{id}', methods: ['GET'] })).toJSON();
    // Names of deployments are hashes of the API.
    for (const [id, resource] of Object.entries<any>(template.Resources)) {
      if (resource.Type === 'AWS::ApiGateway::Deployment') delete template.Resources[id];
      if (resource.Type === 'AWS::ApiGateway::Stage') delete resource.Properties.DeploymentId;
    }
    expect(template).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('each method of the path invokes', () => {
    const stack = apiTo({ path: '/orders/{id}', methods: ['GET', 'DELETE'] });
    expect(methods(stack).map(({ HttpMethod }) => HttpMethod)).toEqual(['GET', 'DELETE']);
    expect(paths(stack)).toEqual(['orders', '{id}']);
  });

  test('options of the method and of the integration are those of the CDK', () => {
    const stack = apiTo({ path: '/', apiKeyRequired: true, authorizationType: apigateway.AuthorizationType.IAM, integration: { proxy: false } });
    expect(only(stack, 'AWS::ApiGateway::Method').Properties).toMatchObject({
      ApiKeyRequired: true, AuthorizationType: 'AWS_IAM', Integration: { Type: 'AWS' },
    });
  });

  test('an authorizer decides who may call', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    const authorizer = new apigateway.TokenAuthorizer(stack, 'Auth', { handler: new lambda.Function(stack, 'Check', MINIMAL) });
    fn.addEventSource(PushSource.restApi(new apigateway.RestApi(stack, 'Api'), { path: '/', authorizer }));
    expect(only(stack, 'AWS::ApiGateway::Method').Properties.AuthorizationType).toBe('CUSTOM');
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.restApi(new apigateway.RestApi(stack, 'Api'), { path: '/' })] });
    expect(JSON.stringify(methods(stack))).toContain('Plain');
  });

  test('several sources share the resources of the API', () => {
    const stack = stackWith();
    const api = new apigateway.RestApi(stack, 'Api');
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    fn.addEventSource(PushSource.restApi(api, { path: '/orders', methods: ['POST'] }));
    fn.addEventSource(PushSource.restApi(api, { path: '/orders/{id}', methods: ['GET'] }));
    new EventFunction(stack, 'Pages', MINIMAL).addEventSource(PushSource.restApi(api));
    expect(paths(stack)).toEqual(['orders', '{id}', '{proxy+}']);
    expect(permissions(stack)).toHaveLength(4);
  });

  test('fails if two functions are to take the same requests', () => {
    const stack = stackWith();
    const source = PushSource.restApi(new apigateway.RestApi(stack, 'Api'), { path: '/' });
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
    expect(() => new EventFunction(stack, 'Returns', MINIMAL).addEventSource(source)).toThrow("There is already a Construct with name 'ANY'");
  });
});

describe('permissions', () => {
  test('the method, on its stage, may invoke the alias', () => {
    const stack = apiTo({ path: '/orders/{id}', methods: ['GET'] });
    const [permission, ...others] = permissions(stack);
    expect(others).toEqual([]);
    expect(permission).toMatchObject({ Action: 'lambda:InvokeFunction', FunctionName: aliasRef(stack), Principal: 'apigateway.amazonaws.com' });
    expect(permission).not.toHaveProperty('SourceAccount');
    expect(JSON.stringify(permission.SourceArn)).toContain('"/GET/orders/*"');
  });

  test('the test console may invoke where that is asked for', () => {
    const [, test] = permissions(apiTo({ path: '/', integration: { allowTestInvoke: true } }));
    expect(JSON.stringify(test.SourceArn)).toContain('/test-invoke-stage/*/');
  });

  test('one permission for the whole API saves bytes of the policy', () => {
    const stack = apiTo({ integration: { scopePermissionToMethod: false } });
    expect(permissions(stack)).toHaveLength(1);
    expect(JSON.stringify(permissions(stack)[0].SourceArn)).toContain('/*/*/*');
    expect(stack.node.findAll().flatMap(({ node }) => node.metadata).filter(({ type }) => type === 'aws:cdk:warning')).toEqual([]);
  });

  test('nothing is kept of failed requests: the client gets the error', () => {
    expect(ofType(apiTo(), 'AWS::SQS::Queue')).toEqual([]);
    expect(ofType(apiTo(), 'AWS::Lambda::EventInvokeConfig')).toEqual([]);
  });
});

describe('validation', () => {
  test.each<[string, RestApiSourceOptions, string]>([
    ['RestApiPathMalformed', { path: 'orders' }, "'path' must be a path that begins with a slash, such as '/orders/{id}', got \"orders\"; leave it out for all requests that no other resource takes [RestApiPathMalformed at Shop/Api]"],
    ['RestApiPathMalformed', { path: '' }, 'got ""'],
    ['RestApiPathMalformed', { path: '/a b' }, 'got "/a b"'],
    ['RestApiMethodsEmpty', { methods: [] }, "'methods' must be at least one method, got []; leave it out for all methods [RestApiMethodsEmpty at Shop/Api]"],
    ['RestApiMethodUnknown', { methods: ['GET', 'post'] }, "'methods[1]' must be one of ANY, DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, got \"post\""],
  ])('fails if %s', (code, options, message) => {
    const api = new apigateway.RestApi(stackWith(), 'Api');
    expect(() => PushSource.restApi(api, options)).toThrow(message);
    expect(() => PushSource.restApi(api, options)).toThrow(expect.objectContaining({ name: code }));
  });
});

test('tokens are never checked', () => {
  const later = Lazy.string({ produce: () => 'later' });
  expect(() => PushSource.restApi(new apigateway.RestApi(stackWith(), 'Api'), { path: later, methods: [later] })).not.toThrow();
});

describe('an imported API', () => {
  test('gets its methods in this stack', () => {
    const stack = stackWith();
    const api = apigateway.RestApi.fromRestApiAttributes(stack, 'Theirs', { restApiId: 'abc', rootResourceId: 'root' });
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.restApi(api, { path: '/orders' }));
    expect(only(stack, 'AWS::ApiGateway::Resource').Properties).toMatchObject({ RestApiId: 'abc', ParentId: 'root' });
    expect(JSON.stringify(permissions(stack)[0].SourceArn)).toContain(':abc/*/*/orders');
  });

  test('fails without its root', () => {
    const stack = stackWith();
    const source = PushSource.restApi(apigateway.RestApi.fromRestApiId(stack, 'Theirs', 'abc'));
    expect(() => new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source)).toThrow("'api' must be an API of this app, or one that is imported with its root resource, got \"Shop/Theirs, imported by its id alone\"; import it by RestApi.fromRestApiAttributes() with restApiId and rootResourceId [RestApiRootUnknown at Shop/Theirs]");
  });
});

test('an API of another stack is permitted there, without a circle', () => {
  const app = new App();
  const [edge, service] = [new Stack(app, 'Edge'), new Stack(app, 'Service')];
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.restApi(new apigateway.RestApi(edge, 'Api'), { path: '/orders' }));
  expect(JSON.stringify(only(edge, 'AWS::Lambda::Permission').Properties.FunctionName)).toContain('Aliaslive');
});

test('ids are a contract: those of addMethod()', () => {
  expect(only(apiTo({ path: '/orders', methods: ['GET'] }), 'AWS::ApiGateway::Method').logicalId).toBe('ApiordersGET54B35769');
});

describe('the event', () => {
  test('is that of a REST API', () => {
    const event: APIGatewayProxyEvent = restApiEvent('/orders/{id}', 'GET');
    expect(event).toMatchObject({ resource: '/orders/{id}', path: '/orders/value', pathParameters: { id: 'value' }, httpMethod: 'GET' });
  });

  test('has the path of the source, and what is overridden', () => {
    const source = PushSource.restApi(new apigateway.RestApi(stackWith(), 'Api'), { path: '/orders', methods: ['POST'] });
    expect(source.sampleEvent({ body: '{}', headers: { 'content-type': 'application/json' } })).toMatchObject({
      resource: '/orders', httpMethod: 'POST', body: '{}', headers: { 'header1': 'value1', 'content-type': 'application/json' }, pathParameters: null,
    });
  });

  test('of all requests is one below the root', () => {
    const source = PushSource.restApi(new apigateway.RestApi(stackWith(), 'Api'));
    expect(source.sampleEvent()).toMatchObject({ resource: '/{proxy+}', httpMethod: 'GET', pathParameters: { proxy: 'value' } });
  });

  test('fails if RestApiEventUnknown: templates make the event', () => {
    const source = PushSource.restApi(new apigateway.RestApi(stackWith(), 'Api'), { integration: { proxy: false } });
    expect(() => source.sampleEvent()).toThrow("'integration.proxy' must be true for a sample event, got false");
    expect(() => source.sampleEvent()).toThrow(expect.objectContaining({ name: 'RestApiEventUnknown' }));
  });

  test('what it means is on the source', () => {
    const { semantics } = PushSource.restApi(new apigateway.RestApi(stackWith(), 'Api'));
    expect(semantics).toMatchObject({ invocation: InvocationMode.SYNCHRONOUS, principal: 'apigateway.amazonaws.com' });
    expect(semantics.limits).toContainEqual({ name: 'time until the answer', value: 29, unit: 'seconds' });
  });
});
