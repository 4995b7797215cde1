import * as fs from 'fs';
import * as path from 'path';
import { App, AppProps, CfnResource, CfnStack, CfnStackSet, DefaultStackSynthesizer, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import {
  Alias, Architecture, Code, DockerImageCode, DockerImageFunction, EventSourceMapping, Function, IFunction, ILayerVersion, LayerVersion, Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { Construct } from 'constructs';
import { readAssembly } from '../../src/assembly/read-assembly';
import { AppModel } from '../../src/model/app';
import { imageOf } from '../../src/model/image';
import { packageParts } from '../../src/model/package-parts';
import { Wiring } from '../../src/model/wiring';
import { tempFolder } from '../fixtures/temp-folder';
import { resourceIn, stackIn } from '../model/app-of';

const FLAGS: [string, AppProps['context']][] = [['no feature flags', {}], ['the recommended feature flags', recommendedFlags]];

const code = tempFolder({ 'index.js': 300 });
const common = tempFolder({ nodejs: { 'common.js': 70 } });

function newApp(context: AppProps['context'] = recommendedFlags): App {
  return new App({ outdir: tempFolder(), context, analyticsReporting: false });
}

function fn(scope: Construct, id: string, layers: ILayerVersion[] = []): Function {
  return new Function(scope, id, { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromAsset(code), layers });
}

function layer(scope: Construct, id = 'Common'): LayerVersion {
  return new LayerVersion(scope, id, { code: Code.fromAsset(common) });
}

function mapping(scope: Construct, id: string, target: IFunction): EventSourceMapping {
  return new EventSourceMapping(scope, id, { target, eventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:orders' });
}

function read(app: App): AppModel {
  app.synth();
  return readAssembly(app.outdir);
}

/** Kinds and bytes of what the functions of an app are made of. */
function sizes(app: AppModel) {
  return app.ofType('AWS::Lambda::Function').map((resource) => packageParts(resource).map(({ kind, bytes }) => `${kind} ${bytes}`));
}

describe.each(FLAGS)('with %s', (_, context) => {
  test('one stack has its resources, their construct paths and their assets', () => {
    const app = newApp(context);
    const stack = new Stack(app, 'Shop');
    fn(stack, 'Orders', [layer(stack)]);
    const model = read(app);
    expect(model.stacks.map(({ path: stackPath, name, templatePath }) => [stackPath, name, templatePath]))
      .toEqual([['Shop', 'Shop', path.join(app.outdir, 'Shop.template.json')]]);
    const [orders] = model.ofType('AWS::Lambda::Function');
    expect(orders.label).toBe('Shop/Orders');
    expect(packageParts(orders)).toMatchObject([
      { kind: 'code', name: 'Orders/Code', bytes: 300 },
      { kind: 'layer', name: 'Shop/Common (Common/Code)', bytes: 70 },
    ]);
  });

  test('a layer that two stacks share is found in both, however the flags make them refer to it', () => {
    const app = newApp(context);
    const base = new Stack(app, 'Base');
    const shared = layer(base);
    for (const id of ['Orders', 'Payments']) fn(new Stack(app, id), id, [shared]);
    const model = read(app);
    const kind = context === recommendedFlags ? 'Fn::GetStackOutput' : 'Fn::ImportValue';
    expect(JSON.stringify(resourceIn(model, 'OrdersA9B65338').raw('Layers'))).toContain(kind);
    expect(sizes(model)).toEqual([['code 300', 'layer 70'], ['code 300', 'layer 70']]);
  });

  test('a layer of a stack in a fixed environment is found, too', () => {
    const app = newApp(context);
    const env = { account: '111122223333', region: 'eu-west-1' };
    fn(new Stack(app, 'Shop', { env }), 'Orders', [layer(new Stack(app, 'Base', { env }))]);
    expect(sizes(read(app))).toEqual([['code 300', 'layer 70']]);
  });

  test('references pass into a nested stack and out of it', () => {
    const app = newApp(context);
    const stack = new Stack(app, 'Shop');
    const nested = new NestedStack(stack, 'Nested');
    const orders = fn(stack, 'Orders', [layer(nested)]);
    const live = new Alias(stack, 'Live', { aliasName: 'live', version: orders.currentVersion });
    mapping(nested, 'In', live);
    const payments = fn(nested, 'Payments');
    mapping(stack, 'Out', payments);
    const model = read(app);
    const wiring = new Wiring(model);
    const polls = model.ofType('AWS::Lambda::Function').map((resource) => [resource.logicalId, wiring.mappings(resource).map(({ qualifier }) => qualifier)]);
    expect(polls).toEqual([[expect.stringMatching(/^Orders/), ['live']], [expect.stringMatching(/^Payments/), ['$LATEST']]]);
    expect(sizes(model)).toEqual([['code 300', 'layer 70'], ['code 300']]);
  });
});

describe('targets as the CDK writes them', () => {
  test('a function, its alias and its version are told apart', () => {
    const app = newApp();
    const stack = new Stack(app, 'Shop');
    const orders = fn(stack, 'Orders');
    const live = new Alias(stack, 'Live', { aliasName: 'live', version: orders.currentVersion });
    const targets = { Plain: orders, ByAlias: live, ByVersion: orders.currentVersion };
    for (const [id, target] of Object.entries(targets)) {
      mapping(stack, id, target);
      target.configureAsyncInvoke({ retryAttempts: 0 });
    }
    const model = read(app);
    const [resource] = model.ofType('AWS::Lambda::Function');
    const wiring = new Wiring(model);
    expect(wiring.mappings(resource).map(({ qualifier }) => qualifier).sort()).toEqual(['$LATEST', 'a version', 'live']);
    expect(wiring.asyncConfigs(resource).map(({ qualifier }) => qualifier).sort()).toEqual(['$LATEST', 'a version', 'live']);
  });
});

describe('nested stacks', () => {
  test('of nested stacks are read, and are called by their construct path', () => {
    const app = newApp();
    const outer = new NestedStack(new Stack(app, 'Shop'), 'Outer');
    fn(new NestedStack(outer, 'Inner'), 'Orders');
    const model = read(app);
    expect(model.stacks.map(({ path: stackPath }) => stackPath)).toEqual(['Shop', 'Shop/Outer', 'Shop/Outer/Inner']);
    expect(sizes(model)).toEqual([['code 300']]);
  });

  test('name their own resources, also where the parent has one of the same logical id', () => {
    const app = newApp();
    const stack = new Stack(app, 'Shop');
    fn(stack, 'Orders');
    fn(new NestedStack(stack, 'Nested'), 'Orders');
    const functions = read(app).ofType('AWS::Lambda::Function');
    expect(new Set(functions.map(({ logicalId }) => logicalId)).size).toBe(1);
    expect(functions.map(({ label }) => label)).toEqual(['Shop/Orders', 'Shop/Nested/Orders']);
  });

  test('have the environment of their parent and their own template', () => {
    const app = newApp();
    const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
    new CfnResource(new NestedStack(stack, 'Nested'), 'Topic', { type: 'AWS::SNS::Topic' });
    const nested = read(app).stacks[1];
    expect([nested.account, nested.region]).toEqual(['111122223333', 'eu-west-1']);
    expect(fs.existsSync(nested.templatePath)).toBe(true);
    expect(nested.templatePath).toMatch(/\.nested\.template\.json$/);
  });

  test.each(['template.json', 'template.yaml', 'template.txt'])('whose template is written by hand, %s, are read if they are JSON and passed over if not', (name) => {
    const json = name.endsWith('.json');
    const file = path.join(tempFolder({ [name]: json ? '{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}' : 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n' }), name);
    const app = newApp();
    const stack = new Stack(app, 'Shop');
    new CfnStack(stack, 'Raw', { templateUrl: new Asset(stack, 'Template', { path: file }).httpUrl });
    const model = read(app);
    expect(model.ofType('AWS::CloudFormation::Stack')).toHaveLength(1);
    expect(model.ofType('AWS::SNS::Topic').map(({ label }) => label)).toEqual(json ? ['Topic'] : []);
  });

  test.each(['null', '[]', '3', '"text"'])('whose template is %s have no resources', (content) => {
    const file = path.join(tempFolder({ 'template.json': content }), 'template.json');
    const app = newApp();
    const stack = new Stack(app, 'Shop');
    new CfnStack(stack, 'Raw', { templateUrl: new Asset(stack, 'Template', { path: file }).httpUrl });
    expect(read(app).ofType('AWS::CloudFormation::Stack')).toHaveLength(1);
  });

  test('are not stack sets, which have a template, too', () => {
    const file = path.join(tempFolder({ 'template.json': '{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}' }), 'template.json');
    const app = newApp();
    const stack = new Stack(app, 'Shop');
    const templateUrl = new Asset(stack, 'Template', { path: file }).httpUrl;
    new CfnStackSet(stack, 'Set', { stackSetName: 'set', permissionModel: 'SELF_MANAGED', templateUrl });
    expect(read(app).stacks).toHaveLength(1);
  });

  test('with a template that is elsewhere are passed over', () => {
    const app = newApp();
    new CfnStack(new Stack(app, 'Shop'), 'Raw', { templateUrl: 'https://s3.amazonaws.com/templates/network.json' });
    expect(read(app).stacks).toHaveLength(1);
  });
});

describe('stages', () => {
  test('are read with their assets, which lie in the folder above, and with paths that tell them apart', () => {
    const app = newApp();
    for (const id of ['Test', 'Prod']) {
      const stack = new Stack(new Stage(app, id), 'Shop');
      fn(stack, 'Orders', [layer(stack)]);
    }
    const model = read(app);
    expect(model.stacks.map((stack) => [stack.path, stack.name])).toEqual([['Prod/Shop', 'Prod-Shop'], ['Test/Shop', 'Test-Shop']]);
    expect(model.ofType('AWS::Lambda::Function').map(({ label }) => label)).toEqual(['Prod/Shop/Orders', 'Test/Shop/Orders']);
    expect(sizes(model)).toEqual([['code 300', 'layer 70'], ['code 300', 'layer 70']]);
  });

  test('of stages are read', () => {
    const app = newApp();
    fn(new Stack(new Stage(new Stage(app, 'Eu'), 'Prod'), 'Shop'), 'Orders');
    const model = read(app);
    expect(model.stacks.map((stack) => stack.path)).toEqual(['Eu/Prod/Shop']);
    expect(sizes(model)).toEqual([['code 300']]);
  });
});

describe('the environment', () => {
  test('is known where the app fixes it', () => {
    const app = newApp();
    new CfnResource(new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } }), 'Topic', { type: 'AWS::SNS::Topic' });
    expect(stackIn(read(app), 'Shop')).toMatchObject({ account: '111122223333', region: 'eu-west-1' });
  });

  test('is open where the app leaves it open, each for itself', () => {
    const app = newApp();
    new CfnResource(new Stack(app, 'Open'), 'Topic', { type: 'AWS::SNS::Topic' });
    new CfnResource(new Stack(app, 'Half', { env: { region: 'eu-west-1' } }), 'Topic', { type: 'AWS::SNS::Topic' });
    const model = read(app);
    expect([stackIn(model, 'Open').account, stackIn(model, 'Open').region]).toEqual([undefined, undefined]);
    expect([stackIn(model, 'Half').account, stackIn(model, 'Half').region]).toEqual([undefined, 'eu-west-1']);
  });
});

describe('what is read', () => {
  test('are the stacks of the manifest, not the leftovers of former syntheses', () => {
    const app = newApp();
    fn(new Stack(app, 'Shop'), 'Orders');
    app.synth();
    for (const name of ['Old.template.json', 'Old.assets.json', 'OldNested.nested.template.json']) fs.writeFileSync(path.join(app.outdir, name), 'no JSON at all');
    expect(readAssembly(app.outdir).stacks.map(({ name }) => name)).toEqual(['Shop']);
  });

  test('are the templates that are asked for', () => {
    const app = newApp();
    for (const id of ['Shop', 'Other']) fn(new Stack(app, id), 'Orders');
    app.synth();
    const only = new Set([path.join(app.outdir, 'Other.template.json')]);
    expect(readAssembly(app.outdir, only).stacks.map(({ name }) => name)).toEqual(['Other']);
    expect(readAssembly(app.outdir, new Set()).stacks).toEqual([]);
  });

  test('is the folder that is named, also by a relative path', () => {
    const app = newApp();
    fn(new Stack(app, 'Shop'), 'Orders');
    app.synth();
    expect(sizes(readAssembly(path.relative(process.cwd(), app.outdir)))).toEqual([['code 300']]);
  });

  test('fails if there is no assembly', () => {
    expect(() => readAssembly(tempFolder())).toThrow(/manifest\.json/);
  });
});

describe('assets', () => {
  test('that are images are known by their tag, with what they are built for', () => {
    const app = newApp();
    const stack = new Stack(app, 'Shop');
    const directory = tempFolder({ Dockerfile: 'FROM scratch\n' });
    for (const architecture of [undefined, Architecture.ARM_64]) {
      new DockerImageFunction(stack, architecture?.name ?? 'any', { architecture, code: DockerImageCode.fromImageAsset(directory) });
    }
    const images = read(app).ofType('AWS::Lambda::Function').map((resource) => imageOf(resource)?.asset);
    expect(images).toEqual([
      { tag: expect.stringMatching(/^[0-9a-f]{64}$/), name: 'any/AssetImage', builder: 'docker', platform: undefined },
      { tag: expect.stringMatching(/^[0-9a-f]{64}$/), name: 'arm64/AssetImage', builder: 'docker', platform: 'linux/arm64' },
    ]);
  });

  test('that are images have the tag that the synthesizer gives them, in nested stacks and stages, too', () => {
    const app = newApp();
    const synthesizer = new DefaultStackSynthesizer({ dockerTagPrefix: 'shop-' });
    const nested = new NestedStack(new Stack(new Stage(app, 'Prod'), 'Shop', { synthesizer }), 'Nested');
    new DockerImageFunction(nested, 'Orders', { code: DockerImageCode.fromImageAsset(tempFolder({ Dockerfile: 'FROM scratch\n' })) });
    const [orders] = read(app).ofType('AWS::Lambda::Function');
    expect(imageOf(orders)?.asset).toMatchObject({ tag: expect.stringMatching(/^shop-/), name: 'Nested/Orders/AssetImage' });
  });

  test('that are images of a command, or no images at all, do no harm', () => {
    const app = newApp();
    fn(new Stack(app, 'Shop'), 'Orders');
    app.synth();
    const file = path.join(app.outdir, 'Shop.assets.json');
    const destinations = { current: { repositoryName: 'r', imageTag: 'made' }, again: { repositoryName: 'r', imageTag: 'made' } };
    const write = (dockerImages: unknown) => fs.writeFileSync(file, JSON.stringify({ ...JSON.parse(fs.readFileSync(file, 'utf8')), dockerImages }));
    write({ made: { source: { executable: ['make'] }, destinations }, noTag: { source: { directory: 'x' }, destinations: { current: {}, odd: null } }, nowhere: { source: {} }, odd: null });
    expect(stackIn(readAssembly(app.outdir), 'Shop').image('made')).toEqual({ tag: 'made', name: 'an image', builder: 'command', platform: undefined });
    for (const odd of [null, 'x', [], 3]) {
      write(odd);
      expect(stackIn(readAssembly(app.outdir), 'Shop').image('made')).toBeUndefined();
    }
  });

  test('an image has no parts, and its manifest does no harm', () => {
    const app = newApp();
    const stack = new Stack(app, 'Shop');
    new DockerImageFunction(stack, 'Image', { code: DockerImageCode.fromImageAsset(tempFolder({ Dockerfile: 'FROM scratch\n' })) });
    fn(stack, 'Orders');
    const model = read(app);
    expect(fs.readFileSync(path.join(app.outdir, 'Shop.assets.json'), 'utf8')).toContain('dockerImages');
    expect(sizes(model)).toEqual([[], ['code 300']]);
  });

  test('are called by the construct that they belong to', () => {
    const app = newApp();
    fn(new Stack(app, 'Shop'), 'Orders');
    expect(packageParts(read(app).ofType('AWS::Lambda::Function')[0])[0].name).toBe('Orders/Code');
  });

  test('are measured once, and not before they are asked for', () => {
    const app = newApp();
    const stack = new Stack(app, 'Shop');
    fn(stack, 'Orders');
    const model = read(app);
    const staged = fs.readdirSync(app.outdir).filter((name) => name.startsWith('asset.')).map((name) => path.join(app.outdir, name));
    expect(staged).toHaveLength(1);
    fs.writeFileSync(path.join(staged[0], 'later.js'), Buffer.alloc(5));
    expect(sizes(model)).toEqual([['code 305']]);
    fs.rmSync(staged[0], { recursive: true });
    expect(sizes(model)).toEqual([['code 305']]);
  });

  test('that are gone are said to be unreadable, and nothing throws', () => {
    const app = newApp();
    fn(new Stack(app, 'Shop'), 'Orders');
    const model = read(app);
    for (const name of fs.readdirSync(app.outdir).filter((entry) => entry.startsWith('asset.'))) fs.rmSync(path.join(app.outdir, name), { recursive: true });
    expect(packageParts(model.ofType('AWS::Lambda::Function')[0])).toMatchObject([{ kind: 'code', name: 'Orders/Code', unknown: expect.stringMatching(/^asset\.\w+ is not there$/) }]);
  });

  test('that a command makes at publishing time, and entries that are none, are passed over', () => {
    const app = newApp();
    fn(new Stack(app, 'Shop'), 'Orders');
    app.synth();
    const file = path.join(app.outdir, 'Shop.assets.json');
    const manifest = JSON.parse(fs.readFileSync(file, 'utf8'));
    const destinations = { current: { bucketName: 'b', objectKey: 'made.zip' } };
    Object.assign(manifest.files, {
      made: { source: { executable: ['make'] }, destinations },
      nowhere: { source: { path: 'Shop.template.json' } },
      noKey: { source: { path: 'Shop.template.json' }, destinations: { current: { bucketName: 'b' }, odd: null } },
      odd: null,
    });
    fs.writeFileSync(file, JSON.stringify(manifest));
    const model = readAssembly(app.outdir);
    expect(model.stacks[0].asset('made.zip')).toBeUndefined();
    expect(sizes(model)).toEqual([['code 300']]);
  });
});
