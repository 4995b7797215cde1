import { Json, JsonObject } from '../../model/template';

/** Resources that the examples of several rules are made of. */

export function fn(properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs22.x', ...properties } };
}

export const ORDERS = fn();

export function arnOf(logicalId: string): JsonObject {
  return { 'Fn::GetAtt': [logicalId, 'Arn'] };
}

export const ORDERS_ARN = arnOf('Orders');

/** An alias of the function. */
export const LIVE: JsonObject = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, FunctionVersion: '1', Name: 'live' } };

export const QUEUE: JsonObject = { Type: 'AWS::SQS::Queue', Properties: {} };

export const FIFO_QUEUE: JsonObject = { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } };

/** A function that has its dead letters sent to something. */
export function withDeadLetters(target: Json): JsonObject {
  return fn({ DeadLetterConfig: { TargetArn: target } });
}

/** Settings of asynchronous invocation, of `$LATEST` unless it is said otherwise. */
export function settings(properties: JsonObject, qualifier: Json = '$LATEST', functionName: Json = { Ref: 'Orders' }): JsonObject {
  return { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: functionName, Qualifier: qualifier, ...properties } };
}

export function onFailure(destination: Json, qualifier?: Json): JsonObject {
  return settings({ DestinationConfig: { OnFailure: { Destination: destination } } }, qualifier);
}

export function onSuccess(destination: Json, functionName: Json = { Ref: 'Orders' }, qualifier: Json = '$LATEST'): JsonObject {
  return settings({ DestinationConfig: { OnSuccess: { Destination: destination } } }, qualifier, functionName);
}

/** A rule of EventBridge, which does not wait for the function. */
export function rule(arn: Json = ORDERS_ARN, target: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'Orders', Arn: arn, ...target }] } };
}

/** A mapping from the queue `Returns` to the function. */
export function mapping(functionName: Json = { Ref: 'Orders' }): JsonObject {
  return { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: functionName, EventSourceArn: arnOf('Returns') } };
}

export function permission(principal: Json): JsonObject {
  return { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Orders' }, Principal: principal } };
}

/** A method of a REST API that waits for the function; of this type of integration. */
export function method(type: Json = 'AWS_PROXY'): JsonObject {
  const uri = { 'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations' };
  return { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, HttpMethod: 'POST', AuthorizationType: 'NONE', Integration: { Type: type, IntegrationHttpMethod: 'POST', Uri: uri } } };
}
