import { arn, fn, layer } from './examples';
import { nameOf } from './names';
import { layersOf, LayerUse, sameText } from '../../model/layers';
import { Rule } from '../rule';

/** The answer of Lambda was recorded: also one version that is there twice gets it. */
export const layersDiffer: Rule = {
  id: 'layers-differ',
  title: 'A function has one version of each layer',
  severity: 'fatal',
  why: 'Lambda refuses the function: "Two different versions of the same layer are not allowed to be referenced in the same function"',
  fix: 'leave the version that the function is to use, and no other',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html',
  since: '0.1.0',

  valid: [
    { title: 'versions of two layers', resources: { Orders: fn([arn(1), arn(1, 'other')]) } },
    { title: 'layers of one name in two accounts', resources: { Orders: fn([arn(1), 'arn:aws:lambda:eu-west-1:444455556666:layer:common:1']) } },
    { title: 'layers of this app, whose names are made up', resources: { Orders: fn([{ Ref: 'One' }, { Ref: 'Two' }]), One: layer('one.zip'), Two: layer('two.zip') } },
    { title: 'a layer whose ARN or name is decided at deployment', resources: { Orders: fn([arn(1), { Ref: 'Layer' }, { 'Fn::Sub': 'arn:aws:lambda:eu-west-1:111122223333:layer:${Name}:2' }]) } },
    { title: 'one of two versions, by a condition', resources: { Orders: fn([{ 'Fn::If': ['IsTest', arn(1), arn(2)] }]) } },
  ],
  invalid: [
    { title: 'two versions of a layer', at: 'Orders/Properties/Layers', resources: { Orders: fn([arn(1), arn(2)]) } },
    { title: 'one version twice', at: 'Orders/Properties/Layers', resources: { Orders: fn([arn(1), arn(1)]) } },
    { title: 'two versions in the Region of the stack', at: 'Orders/Properties/Layers', resources: { Orders: fn([1, 2].map((version) => ({ 'Fn::Sub': `arn:aws:lambda:\${AWS::Region}:111122223333:layer:common:${version}` }))) } },
    { title: 'two layers of this app with one name', at: 'Orders/Properties/Layers', resources: { Orders: fn([{ Ref: 'One' }, { Ref: 'Two' }]), One: layer('one.zip', { LayerName: 'common' }), Two: layer('two.zip', { LayerName: 'common' }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const layers = layersOf(resource) ?? [];
      const [one, other] = sameTwice(layers) ?? [];
      if (one === undefined || other === undefined) continue;
      const names = [one, other].map((index) => nameOf(layers[index], index));
      yield { resource, path: 'Properties/Layers', message: `'Layers' must be versions of different layers, got ${names.join(' and ')}` };
    }
  },
};

/** Two entries that surely name the same layer. */
function sameTwice(layers: readonly LayerUse[]): readonly [number, number] | undefined {
  for (const [index, { arn: mine }] of layers.entries()) {
    const before = layers.slice(0, index).findIndex(({ arn: theirs }) => mine && theirs
      && (['partition', 'region', 'account', 'name'] as const).every((part) => sameText(mine[part], theirs[part])));
    if (before >= 0) return [before, index];
  }
  return undefined;
}
