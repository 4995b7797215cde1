import { Json, JsonObject } from '../../model/template';

/** A function with these layers. */
export function fn(layers: readonly Json[], properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs22.x', Code: { S3Bucket: 'assets', S3Key: 'code.zip' }, Layers: [...layers], ...properties } };
}

/** A layer version of this app. */
export function layer(key: string, properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: key }, ...properties } };
}

/** ARN of a version of a layer that is made elsewhere. */
export function arn(version: number, name = 'common', region = 'eu-west-1'): string {
  return `arn:aws:lambda:${region}:111122223333:layer:${name}:${version}`;
}
