import { fn, layer } from './examples';
import { partName } from './names';
import { clashes } from '../../contents/hidden-files';
import { layerLists } from '../../model/layer-lists';
import { Rule } from '../rule';

const resources = { Orders: fn([{ Ref: 'Common' }, { Ref: 'Vendor' }]), Common: layer('common.zip'), Vendor: layer('vendor.zip') };

export const layersCanBeMerged: Rule = {
  id: 'layers-can-be-merged',
  title: 'No layer has a file where another one has a folder',
  severity: 'warning',
  why: 'Lambda cannot lay one over the other, and refuses the function with "Lambda layer conversion failed"',
  fix: 'rename the file or the folder, or leave the link out of the layer',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-deployment.html',
  since: '0.1.0',

  valid: [
    { title: 'files in one folder', resources, assets: { 'common.zip': { 'bin/one': '' }, 'vendor.zip': { 'bin/two': '' } } },
    { title: 'a layer that is made elsewhere', resources: { ...resources, Orders: fn([{ Ref: 'Common' }, { Ref: 'Layer' }]) }, assets: { 'common.zip': { 'bin/one': '' } } },
  ],
  invalid: [
    { title: 'a file and a folder of one name', at: 'Orders/Properties/Layers', resources, assets: { 'common.zip': { 'tracer/config.yaml': '' }, 'vendor.zip': { tracer: '' } } },
  ],

  * check(app) {
    for (const { functions, layers, files } of layerLists(app)) {
      const [first, ...others] = clashes(files);
      if (!first) continue;
      const { path, file, folder } = first;
      const more = others.length > 0 ? `, and ${others.length} more` : '';
      const got = `file ${path} of ${partName(layers[file])} and folder ${path} of ${partName(layers[folder])}${more}`;
      for (const resource of functions) yield { resource, path: 'Properties/Layers', message: `a path in layers must be a file or a folder in all of them, got ${got}` };
    }
  },
};
