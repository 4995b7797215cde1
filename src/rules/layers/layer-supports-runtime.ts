import { fn, layer } from './examples';
import { layersOf } from '../../model/layers';
import { Rule } from '../rule';

/** Of layers that are added by `addLayers()` the CDK says it itself; this is for `CfnFunction`, and templates from elsewhere. */
export const layerSupportsRuntime: Rule = {
  id: 'layer-supports-runtime',
  title: "Layers are for the function's runtime",
  severity: 'warning',
  why: 'Lambda does not check it, and what is in the layer may fail when the function loads it',
  fix: 'use a layer that is for the runtime, or add the runtime to its compatible runtimes',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html',
  since: '0.1.0',

  valid: [
    { title: 'one of its runtimes', resources: { Orders: fn([{ Ref: 'Common' }]), Common: layer('common.zip', { CompatibleRuntimes: ['nodejs20.x', 'nodejs22.x'] }) } },
    { title: 'a layer that says nothing of runtimes', resources: { Orders: fn([{ Ref: 'Common' }]), Common: layer('common.zip') } },
    { title: 'a layer that is made elsewhere', resources: { Orders: fn([{ Ref: 'Layer' }]) } },
  ],
  invalid: [
    { title: 'other runtimes', at: 'Orders/Properties/Layers', resources: { Orders: fn([{ Ref: 'Common' }]), Common: layer('common.zip', { CompatibleRuntimes: ['python3.13'] }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const runtime = resource.text('Runtime');
      if (runtime.kind !== 'known') continue;
      for (const { resource: used } of layersOf(resource) ?? []) {
        const runtimes = used?.texts('CompatibleRuntimes');
        const names = runtimes?.kind === 'known' ? runtimes.value : [];
        if (!used || names.length === 0 || names.includes(runtime.value)) continue;
        yield { resource, path: 'Properties/Layers', message: `the runtime must be one that layer ${used.label} is for (${names.join(', ')}), got ${runtime.value}` };
      }
    }
  },
};
