/* eslint-disable no-bitwise -- permission bits */
import { layer } from './examples';
import { FileTree, PackageFile } from '../../contents/file-tree';
import { publishedPackages } from '../../model/published-packages';
import { Rule } from '../rule';

/** What turns extensions off, in Lambda's own code: https://github.com/aws/aws-lambda-runtime-interface-emulator */
const OFF = 'disable-extensions-jwigqn8j';

export const extensionsCanBeExecuted: Rule = {
  id: 'extensions-can-be-executed',
  title: 'Extensions in a layer are executable files',
  severity: 'error',
  why: 'Lambda starts every file in extensions/, says "permission denied" (Extension.LaunchError), and no invocation succeeds',
  fix: 'set the execute bits (`chmod 755`) before the layer is zipped, on a system that has them; put other files into another folder',
  source: 'https://github.com/aws-samples/aws-lambda-extensions/issues/38',
  since: '0.1.0',

  valid: [
    { title: 'an executable, and other files elsewhere', resources: { Common: layer('common.zip') }, assets: { 'common.zip': { 'extensions/tracer': { content: '#!/bin/sh', mode: 0o755 }, 'tracer/config.yaml': '' } } },
    { title: 'files in a folder below', resources: { Common: layer('common.zip') }, assets: { 'common.zip': { 'extensions/tracer/config.yaml': '' } } },
    { title: 'a layer that is not an asset of this app', resources: { Common: layer('common.zip'), Key: layer('x', { Content: { S3Key: { Ref: 'Name' } } }) } },
  ],
  invalid: [
    { title: 'a script without execute bits', at: 'Common/Properties/Content', resources: { Common: layer('common.zip') }, assets: { 'common.zip': { 'extensions/tracer': { content: '#!/bin/sh', mode: 0o644 } } } },
    { title: 'a text beside the extension', at: 'Common/Properties/Content', resources: { Common: layer('common.zip') }, assets: { 'common.zip': { 'extensions/tracer': { content: '', mode: 0o755 }, 'extensions/README.md': '' } } },
  ],

  * check(app) {
    for (const { resource, property, contents } of publishedPackages(app)) {
      const files = property === 'Content' && contents.kind === 'opened' ? notExecutable(contents.files) : [];
      if (files.length === 0) continue;
      const names = files.map(({ path, mode }) => `${path} (${mode!.toString(8)})`);
      yield { resource, path: 'Properties/Content', message: `files in extensions/ must be executable, got ${names.join(', ')}` };
    }
  },
};

function notExecutable(files: FileTree): readonly PackageFile[] {
  if (files.get(OFF)) return [];
  return files.under('extensions').filter(({ path, mode, isLink }) => path.split('/').length === 2 && !isLink && mode !== undefined && (mode & 0o111) === 0);
}
