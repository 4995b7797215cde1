/* eslint-disable no-bitwise -- permission bits */
import { aboutFiles, openParts } from './in-parts';
import { PackageFile } from '../../contents/file-tree';
import { functionPackages } from '../../model/function-package';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

const fn = (properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { S3Bucket: 'assets', S3Key: 'code.zip' }, ...properties },
});

export const filesCanBeRead: Rule = {
  id: 'files-can-be-read',
  title: 'Files in code and layers may be read by everyone',
  severity: 'warning',
  why: 'Lambda keeps the modes of the package and runs the function as another user, who gets "permission denied" on loading them',
  fix: 'give all files the mode 644 or 755 before they are packaged (chmod -R a+rX), such as where a umask of 077 or a zip library took it away',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-deployment.html',
  since: '0.1.0',

  valid: [
    { title: 'files have the modes 644 and 755', resources: { Orders: fn() }, assets: { 'code.zip': { 'index.js': { content: '', mode: 0o644 }, 'run.sh': { content: '', mode: 0o755 } } } },
    { title: 'the code is not an asset of this app', resources: { Orders: fn({ Code: { S3Bucket: 'assets', S3Key: { Ref: 'Key' } } }) } },
  ],
  invalid: [
    { title: 'a file is for its owner alone', at: 'Orders/Properties/Code', resources: { Orders: fn() }, assets: { 'code.zip': { 'index.js': { content: '', mode: 0o600 } } } },
    { title: 'files of a layer are for a group', at: 'Orders/Properties/Layers', resources: { Orders: fn({ Layers: [{ Ref: 'Common' }] }), Common: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'layer.zip' } } } }, assets: { 'code.zip': { 'index.js': '' }, 'layer.zip': { 'nodejs/a.js': { content: '', mode: 0o640 }, 'nodejs/b.js': { content: '', mode: 0o640 } } } },
  ],

  * check(app) {
    for (const fnPackage of functionPackages(app)) {
      for (const { part, files } of openParts(fnPackage)) {
        const closed = files.files.filter(isClosed);
        if (closed.length > 0) yield aboutFiles(fnPackage, part, 'files must be readable by everyone', closed.map(({ path, mode }) => `${path} (${mode!.toString(8).padStart(3, '0')})`));
      }
    }
  },
};

/** What an archive that records no modes becomes when it is unzipped is Lambda's choice. */
function isClosed({ mode, isLink }: PackageFile): boolean {
  return mode !== undefined && !isLink && (mode & 0o004) === 0;
}
