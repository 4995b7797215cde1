import { publishedPackages } from '../../model/published-packages';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const ORDERS: JsonObject = { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Bucket: 'assets', S3Key: 'code.zip' } } };
const COMMON: JsonObject = { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'common.zip' } } };

const noArchive = (name: string) => ({
  kind: 'unopened', fault: 'no archive', reason: `${name} cannot be read: End of central directory record signature not found`,
} as const);

/** `error` and not `fatal` for the reason that code-and-layers-fit has: the file is looked at before it is uploaded. */
export const archiveCanBeUnzipped: Rule = {
  id: 'archive-can-be-unzipped',
  title: 'The file of a package is a zip archive',
  severity: 'error',
  why: 'Lambda refuses it after the upload: "Could not unzip uploaded file. Please check your file, then try to upload again."',
  fix: 'build the archive anew; one that was cut short, or a file that is no zip archive at all, ends like this',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-deployment.html',
  since: '0.1.0',

  valid: [
    { title: 'an archive', resources: { Orders: ORDERS }, assets: { 'code.zip': { 'index.js': 'exports.handler = async () => {};' } } },
    { title: 'a file that is not there any more cannot be judged', resources: { Orders: ORDERS }, assets: { 'code.zip': { kind: 'unopened', fault: 'unreadable', reason: 'code.zip is not there' } } },
    { title: 'code that a parameter names', resources: { Orders: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Bucket: 'assets', S3Key: { Ref: 'Key' } } } } }, assets: { 'code.zip': noArchive('code.zip') } },
  ],
  invalid: [
    { title: 'the code is no archive, or its end is missing', at: 'Orders/Properties/Code', resources: { Orders: ORDERS }, assets: { 'code.zip': noArchive('code.zip') } },
    { title: 'a layer is none', at: 'Common/Properties/Content', resources: { Common: COMMON }, assets: { 'common.zip': noArchive('common.zip') } },
  ],

  * check(app) {
    for (const { resource, property, asset, contents } of publishedPackages(app)) {
      if (contents.kind !== 'unopened' || contents.fault !== 'no archive') continue;
      yield { resource, path: `Properties/${property}`, message: `'${property}' must be a zip archive, got ${asset.name}: ${contents.reason}` };
    }
  },
};
