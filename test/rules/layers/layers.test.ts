import { AppModel } from '../../../src/model/app';
import { JsonObject } from '../../../src/model/template';
import { extensionsCanBeExecuted } from '../../../src/rules/layers/extensions-can-be-executed';
import { layerLayoutFitsRuntime } from '../../../src/rules/layers/layer-layout-fits-runtime';
import { layerPermissionIsRetained } from '../../../src/rules/layers/layer-permission-is-retained';
import { layerSupportsArchitecture } from '../../../src/rules/layers/layer-supports-architecture';
import { layersAreInRegion } from '../../../src/rules/layers/layers-are-in-region';
import { layersCanBeMerged } from '../../../src/rules/layers/layers-can-be-merged';
import { layersDiffer } from '../../../src/rules/layers/layers-differ';
import { layersHideNoFiles } from '../../../src/rules/layers/layers-hide-no-files';
import { Rule } from '../../../src/rules/rule';
import { appOf, StackOptions, stackOf } from '../../model/app-of';

const ARN = 'arn:aws:lambda:eu-west-1:111122223333:layer:common:7';
const fn = (Layers: JsonObject['Layers'], properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs22.x', Code: { ZipFile: '' }, Layers, ...properties },
});
const layer = (key: string, properties: JsonObject = {}): JsonObject => ({ Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: key }, ...properties } });

function messages(rule: Rule, resources: JsonObject, options?: StackOptions) {
  return [...rule.check(appOf(resources, options))].map(({ resource, message }) => `${resource.logicalId}: ${message}`);
}

/** A function whose layer is an output of another stack. */
function acrossStacks(rule: Rule, producer: StackOptions, consumer: StackOptions, others: JsonObject['Layers'] = []) {
  const reference = { 'Fn::GetStackOutput': { StackName: 'Platform', OutputName: 'Common', Region: producer.region } };
  const Layers = [{ 'Fn::Join': ['content', [reference]] }, ...others as string[]];
  const app = new AppModel([
    stackOf({ Common: layer('common.zip', { LayerName: 'common' }) }, { ...producer, name: 'Platform', outputs: { Common: { Value: { Ref: 'Common' } } } }),
    stackOf({ Orders: fn(Layers) }, { ...consumer, name: 'Shop' }),
  ]);
  return [...rule.check(app)].map(({ message }) => message);
}

describe('layers-differ', () => {
  test('says which two, once for each function', () => {
    const other = ARN.replace(':7', ':8');
    expect(messages(layersDiffer, { Orders: fn([ARN, 'arn:aws:lambda:eu-west-1:111122223333:layer:other:1', other, ARN]) }))
      .toEqual([`Orders: 'Layers' must be versions of different layers, got ${ARN} and ${other}`]);
  });

  test('knows a version by its ARN and by its resource, also of another stack', () => {
    const env = { region: 'eu-west-1', account: '111122223333' };
    expect(messages(layersDiffer, { Orders: fn([ARN, { Ref: 'Common' }]), Common: layer('common.zip', { LayerName: 'common' }) }, env))
      .toEqual([`Orders: 'Layers' must be versions of different layers, got ${ARN} and Common`]);
    expect(acrossStacks(layersDiffer, env, env, [ARN])).toEqual([`'Layers' must be versions of different layers, got Common and ${ARN}`]);
    expect(acrossStacks(layersDiffer, { ...env, account: '444455556666' }, env, [ARN])).toEqual([]);
  });

  test('knows the same resource twice', () => {
    expect(messages(layersDiffer, { Orders: fn([{ Ref: 'Common' }, { 'Fn::GetAtt': ['Common', 'LayerVersionArn'] }]), Common: layer('common.zip') })).toHaveLength(1);
  });

  test.each<[string, JsonObject['Layers']]>([
    ['two Regions of which one is unknown', [{ 'Fn::Sub': ARN.replace('eu-west-1', '${AWS::Region}') }, ARN]],
    ['two parameters', [{ Ref: 'One' }, { Ref: 'Two' }]],
    ['a layer that is there by a condition', [{ Ref: 'Common' }, { 'Fn::If': ['IsTest', { Ref: 'Common' }, { Ref: 'AWS::NoValue' }] }]],
  ])('says nothing of %s', (_, layers) => {
    expect(messages(layersDiffer, { Orders: fn(layers), Common: layer('common.zip') })).toEqual([]);
  });
});

describe('layers-are-in-region', () => {
  test('says which Region and which layer', () => {
    expect(messages(layersAreInRegion, { Orders: fn([ARN]) }, { region: 'us-east-1' }))
      .toEqual([`Orders: the Region of layers must be us-east-1, that of the function, got eu-west-1 in ${ARN}`]);
  });

  test('knows the Region of a layer of another stack', () => {
    expect(acrossStacks(layersAreInRegion, { region: 'eu-west-1' }, { region: 'us-east-1' })).toEqual(['the Region of layers must be us-east-1, that of the function, got eu-west-1 in Common']);
    expect(acrossStacks(layersAreInRegion, { region: 'eu-west-1' }, { region: 'eu-west-1' })).toEqual([]);
    expect(acrossStacks(layersAreInRegion, { region: 'eu-west-1' }, {})).toEqual([]);
  });
});

describe('layer-layout-fits-runtime', () => {
  const assets = { 'common.zip': { 'node_modules/a/index.js': '' } };

  test('says so once for each layer and runtime', () => {
    const python = { Runtime: 'python3.13' };
    expect(messages(layerLayoutFitsRuntime, { A: fn([{ Ref: 'Common' }]), B: fn([{ Ref: 'Common' }]), C: fn([{ Ref: 'Common' }], python), Common: layer('common.zip') }, { assets }))
      .toEqual(['Common: packages for nodejs22.x must be in nodejs/node_modules or nodejs/node22/node_modules, got node_modules']);
  });

  test.each<[string, JsonObject]>([
    ['an environment that is not known', { Environment: { Ref: 'Environment' } }],
    ['a variable that is not known', { Environment: { Variables: { NODE_PATH: { Ref: 'Path' } } } }],
    ['a container image', { PackageType: 'Image' }],
  ])('says nothing of a function with %s', (_, properties) => {
    expect(messages(layerLayoutFitsRuntime, { A: fn([{ Ref: 'Common' }], properties), Common: layer('common.zip') }, { assets })).toEqual([]);
  });
});

describe('layers-hide-no-files', () => {
  const files = (text: string) => Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`nodejs/node_modules/a/${index}.js`, text]));

  test('names the layers, the number of files and the first of them', () => {
    const resources = { Orders: fn([{ Ref: 'One' }, { Ref: 'Two' }, { Ref: 'Three' }]), One: layer('one.zip'), Two: layer('two.zip'), Three: layer('three.zip') };
    const assets = { 'one.zip': { ...files('1'), 'bin/jq': 'x' }, 'two.zip': files('2'), 'three.zip': { 'bin/jq': 'y' } };
    expect(messages(layersHideNoFiles, resources, { assets })).toEqual([
      'Orders: files of layers must be hidden by no later layer, got 7 of One hidden by Two: nodejs/node_modules/a/0.js, nodejs/node_modules/a/1.js, '
      + 'nodejs/node_modules/a/2.js, nodejs/node_modules/a/3.js, nodejs/node_modules/a/4.js and 2 more; 1 of One hidden by Three: bin/jq',
    ]);
  });

  test('goes by the order of each function', () => {
    const layers = { One: layer('one.zip'), Two: layer('two.zip') };
    const found = messages(layersHideNoFiles, { A: fn([{ Ref: 'One' }, { Ref: 'Two' }]), B: fn([{ Ref: 'Two' }, { Ref: 'One' }]), C: fn([{ Ref: 'One' }]), ...layers }, { assets: { 'one.zip': { a: '1' }, 'two.zip': { a: '2' } } });
    expect(found).toEqual([expect.stringMatching(/^A: .*1 of One hidden by Two: a$/), expect.stringMatching(/^B: .*1 of Two hidden by One: a$/)]);
  });
});

test('layers-can-be-merged names the first path, and how many there are besides', () => {
  const resources = { Orders: fn([{ Ref: 'One' }, { Ref: 'Two' }]), One: layer('one.zip'), Two: layer('two.zip') };
  const assets = { 'one.zip': { 'a/b': '', 'c/d': '' }, 'two.zip': { a: '', c: '' } };
  expect(messages(layersCanBeMerged, resources, { assets }))
    .toEqual(['Orders: a path in layers must be a file or a folder in all of them, got file a of Two and folder a of One, and 1 more']);
});

describe('extensions-can-be-executed', () => {
  const check = (files: Record<string, { mode?: number }>) => messages(extensionsCanBeExecuted, { Common: layer('common.zip') }, {
    assets: { 'common.zip': Object.fromEntries(Object.entries(files).map(([name, { mode }]) => [name, { content: '', mode }])) },
  });

  test('names the files and their permission bits', () => {
    expect(check({ 'extensions/a': { mode: 0o644 }, 'extensions/b': { mode: 0o755 }, 'extensions/c': { mode: 0o600 } }))
      .toEqual(['Common: files in extensions/ must be executable, got extensions/a (644), extensions/c (600)']);
  });

  test('says nothing where extensions are turned off', () => {
    expect(check({ 'extensions/a': { mode: 0o644 }, 'disable-extensions-jwigqn8j': {} })).toEqual([]);
  });
});

test('layer-supports-architecture knows what is declared of a layer that is made elsewhere', () => {
  const declaredLayers = [{ arn: ARN, architectures: ['arm64'] }];
  expect(messages(layerSupportsArchitecture, { Orders: fn([ARN]) }, { declaredLayers }))
    .toEqual([`Orders: the architecture must be one that layer ${ARN} is for (arm64), got x86_64`]);
  expect(messages(layerSupportsArchitecture, { Orders: fn([ARN], { Architectures: ['arm64'] }) }, { declaredLayers })).toEqual([]);
});

test('layer-permission-is-retained says what the permission has instead', () => {
  const Permission = { Type: 'AWS::Lambda::LayerVersionPermission', UpdateReplacePolicy: 'Delete', Properties: { LayerVersionArn: { Ref: 'Common' } } };
  expect(messages(layerPermissionIsRetained, { Common: { ...layer('common.zip'), UpdateReplacePolicy: 'Retain' }, Permission }))
    .toEqual(['Permission: the update-replace policy must be Retain, that of layer Common, got Delete']);
});
