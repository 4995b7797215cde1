import { Json, JsonObject } from '../../model/template';

/** Resources that the examples of rules about versions are made of. */

export function fn(properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: 'exports.handler = async () => ({});' }, ...properties } };
}

export const ORDERS = fn();

/** A version of the function `Orders`. */
export function version(properties: JsonObject = {}, attributes: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::Version', ...attributes, Properties: { FunctionName: { Ref: 'Orders' }, ...properties } };
}

/** An alias of the function `Orders`. */
export function alias(functionVersion: Json, properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, Name: 'live', FunctionVersion: functionVersion, ...properties } };
}

export function numberOf(logicalId: string): JsonObject {
  return { 'Fn::GetAtt': [logicalId, 'Version'] };
}

/** A version with the id that the CDK gives to the current version of a function: it ends in a hash. */
export const CURRENT = 'OrdersCurrentVersion7BCF01FD7c3f2b8a9d0e4f516273849505a6b7c8';

export const TAG: JsonObject = { Tag: { Type: 'String' } };
