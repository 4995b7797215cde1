import { fn } from './examples';
import { JsonObject } from '../../model/template';

/** Code that examples about answers are made of: what it returns. */
export const ANSWERS = 'exports.handler = async () => ({ batchItemFailures: [] });';
export const SILENT = 'exports.handler = async () => {};';

/** A function with this inline code. */
export function coded(text: string, properties: JsonObject = {}): JsonObject {
  return fn({ Handler: 'index.handler', Code: { ZipFile: text }, ...properties });
}

/** A function whose code is the asset code.zip, if there is one. */
export const PACKAGED = fn({ Handler: 'index.handler', Code: { S3Bucket: 'assets', S3Key: 'code.zip' } });
