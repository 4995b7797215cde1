import { arn, fn, layer } from './examples';
import { partName } from './names';
import { HiddenFile, hiddenFiles, isOfNoEffect } from '../../contents/hidden-files';
import { layerLists } from '../../model/layer-lists';
import { PackagePart } from '../../model/package-parts';
import { Rule } from '../rule';

const resources = { Orders: fn([{ Ref: 'Common' }, { Ref: 'Vendor' }]), Common: layer('common.zip'), Vendor: layer('vendor.zip') };
const withPackage = (text: string) => ({ 'nodejs/node_modules/lodash/index.js': text });

export const layersHideNoFiles: Rule = {
  id: 'layers-hide-no-files',
  title: 'No layer hides files of another one',
  severity: 'warning',
  why: 'the last layer that has a file at a path wins, and whoever needs the other one gets this one',
  fix: 'have each package in one layer only, or put the layer whose files are to be seen last; Lambda takes layers in the order of the list',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html',
  since: '0.1.0',

  valid: [
    { title: 'other files', resources, assets: { 'common.zip': withPackage('1'), 'vendor.zip': { 'nodejs/node_modules/uuid/index.js': '2' } } },
    { title: 'equal files', resources, assets: { 'common.zip': withPackage('1'), 'vendor.zip': withPackage('1') } },
    { title: 'files that tell people something', resources, assets: { 'common.zip': { 'nodejs/package.json': '{}', 'nodejs/node_modules/lodash/README.md': '1' }, 'vendor.zip': { 'nodejs/package.json': '[]', 'nodejs/node_modules/lodash/README.md': '2' } } },
    { title: 'a layer that is made elsewhere', resources: { ...resources, Orders: fn([{ Ref: 'Common' }, { Ref: 'Layer' }, arn(1)]) }, assets: { 'common.zip': withPackage('1') } },
  ],
  invalid: [
    { title: 'another version of a package', at: 'Orders/Properties/Layers', resources, assets: { 'common.zip': withPackage('1'), 'vendor.zip': withPackage('2') } },
    { title: 'another size', at: 'Orders/Properties/Layers', resources, assets: { 'common.zip': withPackage('1'), 'vendor.zip': withPackage('22') } },
  ],

  * check(app) {
    for (const { functions, layers, files } of layerLists(app)) {
      const hidden = hiddenFiles(files).filter(({ path }) => !isOfNoEffect(path));
      if (hidden.length === 0) continue;
      const message = `files of layers must be hidden by no later layer, got ${[...describe(hidden, layers)].join('; ')}`;
      for (const resource of functions) yield { resource, path: 'Properties/Layers', message };
    }
  },
};

/** Paths that are named; of the others the number is. */
const NAMED = 5;

/** Each two layers of which one hides files of the other. */
function* describe(hidden: readonly HiddenFile[], layers: readonly PackagePart[]): Generator<string> {
  for (const pair of new Set(hidden.map(({ of, by }) => `${of} ${by}`))) {
    const files = hidden.filter(({ of, by }) => `${of} ${by}` === pair);
    const [{ of, by }] = files;
    const paths = files.slice(0, NAMED).map(({ path }) => path).join(', ');
    const more = files.length > NAMED ? ` and ${files.length - NAMED} more` : '';
    yield `${files.length} of ${partName(layers[of])} hidden by ${partName(layers[by])}: ${paths}${more}`;
  }
}
