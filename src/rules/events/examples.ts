import { Json, JsonObject } from '../../model/template';

/** Resources that the examples of several rules are made of. */

export const ORDERS_ARN: JsonObject = { 'Fn::GetAtt': ['Orders', 'Arn'] };

/** The function of most examples. */
export function fn(properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs22.x', ...properties } };
}

export const LIVE: JsonObject = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, FunctionVersion: '1', Name: 'live' } };

export const VERSION: JsonObject = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Orders' } } };

/** What API Gateway calls a function by. */
export function uri(arn = '${Orders.Arn}'): JsonObject {
  return { 'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/${arn}/invocations` };
}

/** A method of a REST API that calls the function. */
export function method(more: JsonObject = {}): JsonObject {
  const Integration = { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri(), ...more };
  return { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'GET', RestApiId: { Ref: 'Api' }, Integration } };
}

/** A REST API with this kind of endpoint. */
export function restApi(...types: string[]): JsonObject {
  return { Type: 'AWS::ApiGateway::RestApi', Properties: types.length === 0 ? {} : { EndpointConfiguration: { Types: types } } };
}

/** A REST API of an OpenAPI document. */
export function openApi(more: JsonObject, type = 'AWS::ApiGateway::RestApi'): JsonObject {
  const operation = { 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: uri(), ...more } };
  return { Type: type, Properties: { Body: { openapi: '3.0.1', paths: { '/orders': { get: operation } } } } };
}

export function httpApi(protocol: string): JsonObject {
  return { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'orders', ProtocolType: protocol } };
}

/** An integration of an HTTP or WebSocket API with the function. */
export function httpIntegration(properties: JsonObject = {}): JsonObject {
  const own = { ApiId: { Ref: 'Api' }, IntegrationType: 'AWS_PROXY', IntegrationUri: ORDERS_ARN, PayloadFormatVersion: '2.0' };
  return { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ...own, ...properties } };
}

/** A distribution that calls a function for an event. */
export function distribution(arn: Json = { Ref: 'V1' }, event: Json = 'origin-request'): JsonObject {
  const behavior = { TargetOriginId: 'shop', ViewerProtocolPolicy: 'https-only', LambdaFunctionAssociations: [{ EventType: event, LambdaFunctionARN: arn }] };
  return { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { Enabled: true, Origins: [{ Id: 'shop', DomainName: 'example.com' }], DefaultCacheBehavior: behavior } } };
}

/** Where the function stands in that distribution. */
export const AT_EDGE = 'Shop/Properties/DistributionConfig/DefaultCacheBehavior/LambdaFunctionAssociations/0/LambdaFunctionARN';
