import { Json, JsonObject } from '../../model/template';
import { allow, arnOf, fn, role } from '../role/examples';

/** Resources that the examples of several rules are made of. */

/** A function with a role that may do this. */
export function mayDo(actions: Json, on: Json, properties: JsonObject = {}): { Orders: JsonObject; OrdersRole: JsonObject } {
  return { Orders: fn(properties), OrdersRole: role([allow(actions, on)]) };
}

/** A bucket that invokes the function when objects with these keys are created. */
export function bucket(filter: JsonObject = {}, event = 's3:ObjectCreated:*'): JsonObject {
  const rules = Object.entries(filter).map(([name, value]) => ({ Name: name, Value: value ?? null }));
  const notification = { Event: event, Function: arnOf('Orders'), ...rules.length > 0 && { Filter: { S3Key: { Rules: rules } } } };
  return { Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration: { LambdaConfigurations: [notification] } } };
}

/** Objects of the bucket `Inbox`. */
export function objects(keys = '*'): JsonObject {
  return { 'Fn::Join': ['', [arnOf('Inbox'), `/${keys}`]] };
}

/** A mapping from a queue or a stream to the function. */
export function mapping(source: Json, properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Orders' }, EventSourceArn: source, ...properties } };
}

/** A subscription of the function to a topic. */
export function subscription(properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Placed' }, Protocol: 'lambda', Endpoint: arnOf('Orders'), ...properties } };
}

/** A rule that invokes the function with events of the bus `Shop`. */
export function rule(pattern: JsonObject, properties: JsonObject = {}): JsonObject {
  const targets = [{ Id: 'Orders', Arn: arnOf('Orders') }];
  return { Type: 'AWS::Events::Rule', Properties: { EventBusName: { Ref: 'Shop' }, EventPattern: pattern, Targets: targets, ...properties } };
}

/** Settings of asynchronous invocations of the function. */
export function settings(destinations: JsonObject, properties: JsonObject = {}): JsonObject {
  const config = Object.fromEntries(Object.entries(destinations).map(([outcome, destination]) => [outcome, { Destination: destination }]));
  return { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: { Ref: 'Orders' }, Qualifier: '$LATEST', DestinationConfig: config, ...properties } };
}

export const TOPIC: JsonObject = { Type: 'AWS::SNS::Topic' };
export const BUS: JsonObject = { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } };
