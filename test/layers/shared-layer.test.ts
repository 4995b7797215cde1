import * as fs from 'fs';
import * as path from 'path';
import { App, CfnResource, CrossStackReferences, Lazy, NestedStack, ReferenceStrength, RemovalPolicy, Size, Stack, StackProps, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { EventFunction, SharedLayer, SharedLayerFromArnOptions } from '../../src';
import { readAssembly } from '../../src/assembly/read-assembly';
import { packageParts } from '../../src/model/package-parts';
import { tempFolder } from '../fixtures/temp-folder';
import { MINIMAL, NEW_APP, NO_FLAGS, only, stackWith } from '../function/functions';

const FLAGS: [string, Record<string, unknown>][] = [['without feature flags', NO_FLAGS], ['in a new app', NEW_APP]];
const IRELAND = { account: '111122223333', region: 'eu-west-1' };
const ARN = 'arn:aws:lambda:eu-west-1:580247275435:layer:Tracer:64';

const ONE = tempFolder({ nodejs: { node_modules: { one: { 'index.js': 'exports.one = 1;' } } } });
const TWO = tempFolder({ nodejs: { node_modules: { one: { 'index.js': 'exports.one = 2;' } } } });

interface Use {
  readonly context?: Record<string, unknown>;
  /** The folder of the layer. */
  readonly code?: string;
  readonly platform?: StackProps;
  readonly shop?: StackProps;
  readonly make?: (shop: Stack, layer: SharedLayer) => void;
}

const eventFunction = (shop: Stack, layer: SharedLayer) => void new EventFunction(shop, 'Orders', { ...MINIMAL, layers: [layer] });

/** A layer in one stack, and a function that uses it in another. */
function twoStacks({ context = NO_FLAGS, code = ONE, platform: producer, shop: consumer, make = eventFunction }: Use = {}) {
  const app = new App({ outdir: tempFolder(), context, analyticsReporting: false });
  const platform = new Stack(app, 'Platform', producer);
  const shop = new Stack(app, 'Shop', consumer);
  const layer = new SharedLayer(platform, 'Common', { code: lambda.Code.fromAsset(code) });
  make(shop, layer);
  return { app, platform, shop, layer };
}

function templates(use: Use) {
  const { app } = twoStacks(use);
  const assembly = app.synth();
  return { producer: assembly.getStackByName('Platform').template, consumer: assembly.getStackByName('Shop').template };
}

const resourcesOfType = (template: any, type: string) => Object.entries<any>(template.Resources).filter(([, { Type }]) => Type === type);
const versionIds = (template: any) => resourcesOfType(template, 'AWS::Lambda::Version').map(([id]) => id);
const layersOf = (template: any) => resourcesOfType(template, 'AWS::Lambda::Function').map(([, { Properties }]) => Properties.Layers);

describe('defaults', () => {
  test('old versions stay', () => {
    const stack = stackWith();
    new SharedLayer(stack, 'Common', { code: lambda.Code.fromAsset(ONE) });
    expect(only(stack, 'AWS::Lambda::LayerVersion')).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('the templates', () => {
    const { producer, consumer } = templates({ context: NEW_APP });
    expect({ layer: producer, function: consumer }).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('it is a lambda.LayerVersion, with its properties', () => {
    const stack = stackWith();
    const layer = new SharedLayer(stack, 'Common', {
      code: lambda.Code.fromAsset(ONE),
      layerVersionName: 'common',
      description: 'What all have in common',
      license: 'MIT',
      compatibleRuntimes: [lambda.Runtime.NODEJS_22_X],
      compatibleArchitectures: [lambda.Architecture.ARM_64],
    });
    expect(layer).toBeInstanceOf(lambda.LayerVersion);
    expect(layer.compatibleRuntimes).toEqual([lambda.Runtime.NODEJS_22_X]);
    expect(only(stack, 'AWS::Lambda::LayerVersion').Properties).toMatchObject({
      LayerName: 'common',
      Description: 'What all have in common',
      LicenseInfo: 'MIT',
      CompatibleRuntimes: ['nodejs22.x'],
      CompatibleArchitectures: ['arm64'],
    });
  });

  test('old versions go if that is what was asked for', () => {
    const stack = stackWith();
    const layer = new SharedLayer(stack, 'Common', { code: lambda.Code.fromAsset(ONE), removalPolicy: RemovalPolicy.DESTROY });
    layer.addPermission('Partner', { accountId: '444455556666' });
    expect(only(stack, 'AWS::Lambda::LayerVersion')).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
    expect(only(stack, 'AWS::Lambda::LayerVersionPermission')).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });
});

describe('permissions', () => {
  test('stay as long as the version that they are for', () => {
    const stack = stackWith();
    const layer = new SharedLayer(stack, 'Common', { code: lambda.Code.fromAsset(ONE) });
    layer.addPermission('Organization', { accountId: '*', organizationId: 'o-a1b2c3d4e5' });
    const { logicalId } = only(stack, 'AWS::Lambda::LayerVersion');
    expect(only(stack, 'AWS::Lambda::LayerVersionPermission')).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { Action: 'lambda:GetLayerVersion', LayerVersionArn: { Ref: logicalId }, Principal: '*', OrganizationId: 'o-a1b2c3d4e5' },
    });
  });
});

describe.each(FLAGS)('cross-stack, %s', (_, context) => {
  test('the ARN is read from an output that is no export', () => {
    const { producer, consumer } = templates({ context });
    const [[layerId]] = resourcesOfType(producer, 'AWS::Lambda::LayerVersion');
    const [[output, { Value, Export }]] = Object.entries<any>(producer.Outputs);
    expect({ Value, Export }).toEqual({ Value: { Ref: layerId }, Export: undefined });
    const [[{ 'Fn::Join': [, [reference]] }]] = layersOf(consumer);
    expect(reference).toEqual({ 'Fn::GetStackOutput': { StackName: 'Platform', OutputName: output, Region: { Ref: 'AWS::Region' } } });
    expect(JSON.stringify(consumer)).not.toContain('Fn::ImportValue');
  });

  test.each<[string, Use['make']]>([
    ['an EventFunction', eventFunction],
    ['a lambda.Function', (shop, layer) => void new lambda.Function(shop, 'Orders', { ...MINIMAL, layers: [layer] }).currentVersion],
    ['a function of a nested stack', (shop, layer) => eventFunction(new NestedStack(shop, 'Nested'), layer)],
  ])('another content is a new version of %s, with the same outputs', (__, make) => {
    const run = (code: string) => {
      const { app } = twoStacks({ context, code, make });
      const stacks = app.synth().stacks.map(({ template }) => template);
      const functions = readAssembly(app.outdir).ofType('AWS::Lambda::Version');
      return { outputs: stacks.map(({ Outputs }) => Outputs), versions: functions.map(({ logicalId }) => logicalId) };
    };
    const [before, again, after] = [ONE, ONE, TWO].map(run);
    expect(again).toEqual(before);
    expect(after.outputs).toEqual(before.outputs);
    expect(after.versions).toHaveLength(1);
    expect(after.versions).not.toEqual(before.versions);
  });

  test('another content changes the template of a function without versions, so that it is deployed', () => {
    const make: Use['make'] = (shop, layer) => void new lambda.Function(shop, 'Orders', { ...MINIMAL, layers: [layer] });
    const [before, after] = [ONE, TWO].map((code) => templates({ context, code, make }).consumer);
    expect(layersOf(after)).not.toEqual(layersOf(before));
  });

  test('another content is a new version in the stack of the layer, too', () => {
    const version = (code: string) => {
      const stack = stackWith(context);
      new EventFunction(stack, 'Orders', { ...MINIMAL, layers: [new SharedLayer(stack, 'Common', { code: lambda.Code.fromAsset(code) })] });
      return versionIds(Template.fromStack(stack).toJSON());
    };
    expect(version(TWO)).not.toEqual(version(ONE));
  });

  test('the stack of the layer is deployed first', () => {
    const { shop, platform, app } = twoStacks({ context });
    app.synth();
    expect(shop.dependencies).toEqual([platform]);
  });

  test('the rules see the files of a layer of another stack', () => {
    const { app } = twoStacks({ context });
    app.synth();
    const [orders] = readAssembly(app.outdir).ofType('AWS::Lambda::Function');
    expect(packageParts(orders)).toMatchObject([{ kind: 'code' }, { kind: 'layer', name: 'Platform/Common (Common/Code)', bytes: 16 }]);
  });

  test('fails if the function is in another Region', () => {
    const { app } = twoStacks({ context, platform: { env: IRELAND }, shop: { env: { ...IRELAND, region: 'us-east-1' } } });
    expect(() => app.synth()).toThrow("'layers' must be of the Region of the function, us-east-1, got \"Platform/Common in eu-west-1\"; "
      + 'make a SharedLayer of the same code in a stack of each Region [SharedLayerInOtherRegion at Shop/Orders]');
  });

  test.each<[string, (layer: SharedLayer) => void]>([
    ['the account', (layer) => layer.addPermission('Shop', { accountId: '444455556666' })],
    ['its root user', (layer) => layer.addPermission('Shop', { accountId: 'arn:aws:iam::444455556666:root' })],
    ['an organization', (layer) => layer.addPermission('Shop', { accountId: '*', organizationId: 'o-a1b2c3d4e5' })],
    ['an account that is decided at deployment', (layer) => layer.addPermission('Shop', { accountId: Lazy.string({ produce: () => '444455556666' }) })],
  ])('a function of another account can use it with a permission for %s', (__, permit) => {
    const { app, layer, shop, platform } = twoStacks({ context, platform: { env: IRELAND }, shop: { env: { ...IRELAND, account: '444455556666' } } });
    permit(layer);
    app.synth();
    expect(shop.dependencies).toEqual([platform]);
    const [[{ 'Fn::Join': [, [reference]] }]] = layersOf(app.synth().getStackByName('Shop').template);
    expect(reference['Fn::GetStackOutput']).toMatchObject({ StackName: 'Platform', RoleArn: expect.anything() });
  });

  test('fails if the function is of another account without a permission', () => {
    const { app, layer } = twoStacks({ context, platform: { env: IRELAND }, shop: { env: { ...IRELAND, account: '444455556666' } } });
    layer.addPermission('Partner', { accountId: '777788889999' });
    expect(() => app.synth()).toThrow("'layers' must be such that account 444455556666 may read, got \"Platform/Common of account 111122223333\"; "
      + 'call addPermission() of the layer for account 444455556666 or its organization [SharedLayerNotPermitted at Shop/Orders]');
  });

  test('a layer of a nested stack can be used within the same parent', () => {
    const shop = stackWith(context);
    const layer = new SharedLayer(new NestedStack(shop, 'Layers'), 'Common', { code: lambda.Code.fromAsset(ONE) });
    eventFunction(shop, layer);
    eventFunction(new NestedStack(shop, 'Functions'), layer);
    expect(Template.fromStack(shop).toJSON().Outputs ?? {}).toEqual({});
  });

  test('the way from an export can be gone in two deployments', () => {
    const { app, layer } = twoStacks({ context });
    CrossStackReferences.of(layer).produce(ReferenceStrength.BOTH);
    const assembly = app.synth();
    const outputs = Object.values<any>(assembly.getStackByName('Platform').template.Outputs);
    expect(outputs.filter(({ Export }) => Export)).toHaveLength(1);
    expect(JSON.stringify(assembly.getStackByName('Shop').template)).not.toContain('Fn::ImportValue');
  });
});

describe('a layer of a nested stack that is used outside of its parent', () => {
  const nested = (context: Record<string, unknown>) => {
    const { app, platform, shop } = twoStacks({ context, make: () => undefined });
    eventFunction(shop, new SharedLayer(new NestedStack(platform, 'Layers'), 'Common', { code: lambda.Code.fromAsset(ONE) }));
    return app;
  };

  test('fails if the app has strong references, which would export it', () => {
    expect(() => nested(NO_FLAGS).synth()).toThrow("'layers' must be of a stack that is not nested, to be used by functions of another one, got \"Platform/Layers/Common\"; "
      + 'make the layer in the parent of the nested stack, since the CDK exports what it hands on; '
      + 'or set @aws-cdk/core:defaultCrossStackReferences to "weak" [SharedLayerInNestedStack at Shop/Orders]');
  });

  test('is no export where the app has weak ones', () => {
    const outputs = Object.values<any>(nested(NEW_APP).synth().getStackByName('Platform').template.Outputs);
    expect(outputs.map(({ Export }) => Export)).toEqual([undefined]);
  });
});

test('code and a layer of another stack that are too large together are reported', () => {
  const sparse = (name: string, bytes: number) => {
    const folder = tempFolder({ [name]: 0 });
    fs.truncateSync(path.join(folder, name), bytes);
    return lambda.Code.fromAsset(folder, { assetHash: name });
  };
  const app = new App({ outdir: tempFolder(), analyticsReporting: false });
  const layer = new SharedLayer(new Stack(app, 'Platform'), 'Common', { code: sparse('data.bin', 200_000_000) });
  new EventFunction(new Stack(app, 'Shop'), 'Orders', { ...MINIMAL, code: sparse('index.js', 62_144_001), layers: [layer] });
  expect(() => app.synth()).toThrow('got 262,144,001, which is 1 too many: code Orders/Code 62,144,001 bytes, layer Platform/Common (Common/Code) 200,000,000 bytes');
});

describe('ids', () => {
  test.each(FLAGS)('are those of a lambda.LayerVersion in its place, %s', (_, context) => {
    const ids = (make: (stack: Stack) => lambda.LayerVersion) => {
      const stack = stackWith(context);
      make(stack).addPermission('Partner', { accountId: '444455556666' });
      return Object.keys(Template.fromStack(stack).toJSON().Resources);
    };
    const props = () => ({ code: lambda.Code.fromAsset(ONE) });
    expect(ids((stack) => new SharedLayer(stack, 'Common', props()))).toEqual(ids((stack) => new lambda.LayerVersion(stack, 'Common', props())));
  });
});

describe('validation', () => {
  test('fails if there is an organization but no *', () => {
    const layer = new SharedLayer(stackWith(), 'Common', { code: lambda.Code.fromAsset(ONE) });
    expect(() => layer.addPermission('Partner', { accountId: '444455556666', organizationId: 'o-a1b2c3d4e5' })).toThrow("'*'");
  });

  test.each([
    'arn:aws:lambda:eu-west-1:111122223333:layer:common',
    'arn:aws:lambda:eu-west-1:111122223333:function:common:1',
    'arn:aws:lambda:eu-west-1:111122223333:layer:common:latest',
    'common',
    '',
  ])('fromArn fails if the ARN is %j', (arn) => {
    expect(() => SharedLayer.fromArn(stackWith(), 'Common', arn)).toThrow(
      "'layerVersionArn' must be the ARN of a layer version, such as 'arn:aws:lambda:eu-west-1:111122223333:layer:common:7', "
      + `got ${JSON.stringify(arn)}; copy the ARN of a version, which ends in a number [LayerVersionArnMalformed at Shop/Common]`,
    );
  });

  test.each([
    'arn:aws:lambda:eu-west-1:111122223333:layer:common:7',
    'arn:aws-cn:lambda:cn-north-1:111122223333:layer:common:7',
    'arn:aws-us-gov:lambda:us-gov-west-1:111122223333:layer:common_a-b:123',
    'arn:aws:lambda:::awslayer:AmazonLinux1803',
  ])('fromArn takes %s', (arn) => {
    expect(SharedLayer.fromArn(stackWith(), 'Common', arn).layerVersionArn).toBe(arn);
  });

  test.each([0, 262_144_001])('fromArn fails if the size is %d bytes', (bytes) => {
    expect(() => SharedLayer.fromArn(stackWith(), 'Common', ARN, { unzippedSize: Size.bytes(bytes) })).toThrow(
      `'unzippedSize' must be between 1 and 262144000 bytes (a whole number), got ${bytes}; `
      + 'give the sum of all files in the layer, which no function can use if it is larger [LayerSizeOutOfRange at Shop/Common]',
    );
  });

  test('fromArn fails if the layer is for no runtime', () => {
    expect(() => SharedLayer.fromArn(stackWith(), 'Common', ARN, { compatibleRuntimes: [] })).toThrow('supports no runtime');
  });
});

describe('tokens', () => {
  test('an ARN and a size that are decided at deployment are not checked', () => {
    const stack = stackWith();
    const size = Size.bytes(Token.asNumber({ Ref: 'Bytes' }));
    const layer = SharedLayer.fromArn(stack, 'Common', Token.asString({ Ref: 'Arn' }), { unzippedSize: size });
    expect(stack.resolve(layer.layerVersionArn)).toEqual({ Ref: 'Arn' });
  });

  test('the ARN can be part of other values', () => {
    const { app, shop } = twoStacks({ make: (stack, layer) => void new CfnResource(stack, 'Other', { type: 'Custom::Other', properties: { Text: `layer ${layer.layerVersionArn}!` } }) });
    app.synth();
    expect(only(shop, 'Custom::Other').Properties.Text).toEqual({
      'Fn::Join': ['', ['layer ', { 'Fn::Join': [expect.any(String), [{ 'Fn::GetStackOutput': expect.anything() }]] }, '!']],
    });
  });
});

describe('imports', () => {
  /** What is known of the layers of a function of this app. */
  function layersSeen(make: (stack: Stack) => void, context = NEW_APP) {
    const app = new App({ outdir: tempFolder(), context, analyticsReporting: false });
    make(new Stack(app, 'Shop'));
    app.synth();
    return readAssembly(app.outdir).ofType('AWS::Lambda::Function').flatMap((fn) => packageParts(fn).filter(({ kind }) => kind === 'layer'));
  }

  const using = (arn: (stack: Stack) => string, options?: SharedLayerFromArnOptions) => (stack: Stack) =>
    void new EventFunction(stack, 'Orders', { ...MINIMAL, layers: [SharedLayer.fromArn(stack, 'Tracer', arn(stack), options)] });

  test.each(FLAGS)('the rules see the size that is declared, %s', (_, context) => {
    expect(layersSeen(using(() => ARN, { unzippedSize: Size.bytes(9_000_001) }), context)).toEqual([{ kind: 'layer', name: ARN, bytes: 9_000_001, declared: true }]);
  });

  test('also where the ARN has the Region of the stack in it', () => {
    const arn = (stack: Stack) => `arn:aws:lambda:${stack.region}:580247275435:layer:Tracer:64`;
    expect(layersSeen(using(arn, { unzippedSize: Size.mebibytes(9) }))).toMatchObject([{ bytes: 9 * 1024 * 1024, declared: true }]);
  });

  test('also in a nested stack', () => {
    const make = (stack: Stack) => using(() => ARN, { unzippedSize: Size.mebibytes(9) })(new NestedStack(stack, 'Nested'));
    expect(layersSeen(make)).toMatchObject([{ bytes: 9 * 1024 * 1024, declared: true }]);
  });

  test('without a size it is unknown', () => {
    expect(layersSeen(using(() => ARN))).toEqual([{ kind: 'layer', name: ARN, unknown: 'not in this app' }]);
  });

  test('a size is unknown if it is declared twice, differently', () => {
    const make = (stack: Stack) => {
      const layers = [1, 2].map((bytes) => SharedLayer.fromArn(stack, `Tracer${bytes}`, ARN, { unzippedSize: Size.bytes(bytes) }));
      new EventFunction(stack, 'Orders', { ...MINIMAL, layers: [layers[0]] });
    };
    expect(layersSeen(make)).toEqual([{ kind: 'layer', name: ARN, unknown: 'not in this app' }]);
  });

  test('a function with a runtime that it is not for is refused', () => {
    const layer = (stack: Stack) => SharedLayer.fromArn(stack, 'Tracer', ARN, { compatibleRuntimes: [lambda.Runtime.PYTHON_3_13] });
    const stack = stackWith();
    expect(() => new EventFunction(stack, 'Orders', { ...MINIMAL, layers: [layer(stack)] })).toThrow('runtime');
  });
});
