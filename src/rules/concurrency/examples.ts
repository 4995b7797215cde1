import { Json, JsonObject } from '../../model/template';

/** A function with a reservation, or without one. */
export function fn(reserved?: Json, properties: JsonObject = {}): JsonObject {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: { Runtime: 'nodejs22.x', Code: { S3Bucket: 'assets', S3Key: 'code.zip' }, ...reserved !== undefined && { ReservedConcurrentExecutions: reserved }, ...properties },
  };
}

/** An alias with provisioned concurrency. */
export function alias(of: string, provisioned: Json, properties: JsonObject = {}): JsonObject {
  return {
    Type: 'AWS::Lambda::Alias',
    Properties: {
      FunctionName: { Ref: of },
      FunctionVersion: '1',
      Name: 'live',
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: provisioned },
      ...properties,
    },
  };
}
