import { fn, layer } from './examples';
import { nameOf } from './names';
import { declaredArchitectures } from '../../model/declared-layers';
import { architectureOf } from '../../model/function-package';
import { layersOf, LayerUse } from '../../model/layers';
import type { Stack } from '../../model/stack';
import { Rule } from '../rule';

export const layerSupportsArchitecture: Rule = {
  id: 'layer-supports-architecture',
  title: "Layers are for the function's instruction set",
  severity: 'warning',
  why: 'Lambda does not check it, and native code of the layer cannot be loaded or executed',
  fix: 'use a layer that is for the architecture, or add the architecture to its compatible ones if nothing in it is native',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html',
  since: '0.1.0',

  valid: [
    { title: 'one of its architectures', resources: { Orders: fn([{ Ref: 'Common' }], { Architectures: ['arm64'] }), Common: layer('common.zip', { CompatibleArchitectures: ['x86_64', 'arm64'] }) } },
    { title: 'the architecture that functions have by default', resources: { Orders: fn([{ Ref: 'Common' }]), Common: layer('common.zip', { CompatibleArchitectures: ['x86_64'] }) } },
    { title: 'a layer that says nothing of architectures', resources: { Orders: fn([{ Ref: 'Common' }], { Architectures: ['arm64'] }), Common: layer('common.zip') } },
    { title: 'an architecture that is decided at deployment', resources: { Orders: fn([{ Ref: 'Common' }], { Architectures: [{ Ref: 'Architecture' }] }), Common: layer('common.zip', { CompatibleArchitectures: ['arm64'] }) } },
  ],
  invalid: [
    { title: 'a function with the default, a layer for Arm', at: 'Orders/Properties/Layers', resources: { Orders: fn([{ Ref: 'Common' }]), Common: layer('common.zip', { CompatibleArchitectures: ['arm64'] }) } },
    { title: 'a function for Arm, a layer that is not', at: 'Orders/Properties/Layers', resources: { Orders: fn([{ Ref: 'Common' }], { Architectures: ['arm64'] }), Common: layer('common.zip', { CompatibleArchitectures: ['x86_64'] }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const architecture = architectureOf(resource);
      if (architecture === undefined) continue;
      for (const [index, use] of (layersOf(resource) ?? []).entries()) {
        const names = architecturesOf(use, resource.stack);
        if (names.length === 0 || names.includes(architecture)) continue;
        yield { resource, path: 'Properties/Layers', message: `the architecture must be one that layer ${nameOf(use, index)} is for (${names.join(', ')}), got ${architecture}` };
      }
    }
  },
};

function architecturesOf({ resource, entry }: LayerUse, stack: Stack): readonly string[] {
  const list = resource?.texts('CompatibleArchitectures');
  if (list?.kind === 'known') return list.value;
  return resource ? [] : declaredArchitectures(entry, stack) ?? [];
}
