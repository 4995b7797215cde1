import { JsonObject } from '../../model/template';

/** What the examples of rules about sources and package types are made of. */

export const IN_BUCKET: JsonObject = { S3Bucket: 'assets', S3Key: 'code.zip' };
export const IN_TEMPLATE: JsonObject = { ZipFile: 'exports.handler = async () => {};' };
export const IN_REGISTRY: JsonObject = { ImageUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders:1.4.2' };

export function fn(code: JsonObject, properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::Function', Properties: { Code: code, ...properties } };
}
