import { fn, layer } from './examples';
import { misplaced } from '../../contents/layer-layout';
import { Unpacked } from '../../contents/unpacked';
import { environmentOf } from '../../model/function-package';
import { packageParts } from '../../model/package-parts';
import { Rule } from '../rule';

const PACKAGE = { 'lodash/index.js': '' };
const inFolder = (folder: string) => Object.fromEntries(Object.entries(PACKAGE).map(([path, text]) => [`${folder}/${path}`, text]));
const resources = { Orders: fn([{ Ref: 'Common' }]), Common: layer('common.zip') };
const inPython = { ...resources, Orders: fn([{ Ref: 'Common' }], { Runtime: 'python3.13' }) };

export const layerLayoutFitsRuntime: Rule = {
  id: 'layer-layout-fits-runtime',
  title: 'Packages in a layer are where the runtime looks for them',
  severity: 'warning',
  why: 'the layer is deployed, and the function does not find the packages in it',
  fix: 'make the layer of a folder in which the packages are below the folder that the runtime looks into',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html',
  since: '0.1.0',

  valid: [
    { title: 'packages for all versions of Node.js', resources, assets: { 'common.zip': inFolder('nodejs/node_modules') } },
    { title: 'packages for the version of the runtime', resources, assets: { 'common.zip': { ...inFolder('nodejs/node20/node_modules'), ...inFolder('nodejs/node22/node_modules') } } },
    { title: 'packages for any Python', resources: inPython, assets: { 'common.zip': { 'python/requests/__init__.py': '', 'python/requests-2.32.0.dist-info/METADATA': '' } } },
    { title: 'code that is loaded by its path', resources, assets: { 'common.zip': { 'nodejs/shared.js': '', 'nodejs/package.json': '{}' } } },
    { title: 'data that the code reads', resources, assets: { 'common.zip': { 'fonts/sans.ttf': '' } } },
    { title: 'an environment variable tells where the packages are', resources: { ...resources, Orders: fn([{ Ref: 'Common' }], { Environment: { Variables: { NODE_PATH: '/opt/node_modules' } } }) }, assets: { 'common.zip': inFolder('node_modules') } },
    { title: 'the runtime is decided at deployment', resources: { ...resources, Orders: fn([{ Ref: 'Common' }], { Runtime: { Ref: 'Runtime' } }) }, assets: { 'common.zip': inFolder('node_modules') } },
  ],
  invalid: [
    { title: 'node_modules at the root', at: 'Common/Properties/Content', resources, assets: { 'common.zip': { ...inFolder('node_modules'), 'package.json': '{}' } } },
    { title: 'packages for another version of Node.js', at: 'Common/Properties/Content', resources, assets: { 'common.zip': inFolder('nodejs/node20/node_modules') } },
    { title: 'the folder was zipped, not what is in it', at: 'Common/Properties/Content', resources, assets: { 'common.zip': inFolder('layer/nodejs/node_modules') } },
    { title: 'packages of Python at the root', at: 'Common/Properties/Content', resources: inPython, assets: { 'common.zip': { 'requests/__init__.py': '', 'requests-2.32.0.dist-info/METADATA': '' } } },
    { title: 'packages for another version of Python', at: 'Common/Properties/Content', resources: inPython, assets: { 'common.zip': { 'python/lib/python3.12/site-packages/requests/__init__.py': '' } } },
  ],

  * check(app) {
    const said = new Set<string>();
    for (const fnResource of app.ofType('AWS::Lambda::Function')) {
      const runtime = fnResource.text('Runtime');
      if (runtime.kind !== 'known' || mayLookElsewhere(environmentOf(fnResource))) continue;
      for (const { layer: resource, contents } of packageParts(fnResource)) {
        if (!resource || contents?.kind !== 'opened') continue;
        // Functions share layers, and one layer is wrong for all of one runtime.
        const once = `${resource.stack.path}/${resource.logicalId} ${runtime.value}`;
        const found = said.has(once) ? undefined : misplaced(contents.files, runtime.value);
        said.add(once);
        if (!found) continue;
        const message = `packages for ${runtime.value} must be in ${found.allowed.join(' or ')}, got ${found.folder === '' ? 'packages at the root' : found.folder}`;
        yield { resource, path: 'Properties/Content', message };
      }
    }
  },
};

/** `NODE_PATH`, `PYTHONPATH`, `JAVA_TOOL_OPTIONS` and others can name any folder in `/opt`. */
function mayLookElsewhere({ environment, environmentIsWhole }: Pick<Unpacked, 'environment' | 'environmentIsWhole'>): boolean {
  return !environmentIsWhole || [...environment.values()].some((value) => value === undefined || value.includes('/opt'));
}
