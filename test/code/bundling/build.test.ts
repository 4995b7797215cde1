import * as fs from 'fs';
import { App, Aspects, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as nodejs from 'aws-cdk-lib/aws-lambda-nodejs';
import { sourcesBuilt, watchBuilds } from './builds';
import { made, Project, settle } from './project';
import { Esbuild, esbuildMissing } from '../../../src/code/bundling/esbuild';
import { tempFolder } from '../../fixtures/temp-folder';

const builds = watchBuilds();
beforeEach(() => builds.mockClear());
afterAll(() => jest.restoreAllMocks());

const handler = (value: string) => `export const handler = async () => ${JSON.stringify(value)};`;

describe('as few builds as possible', () => {
  test('nothing is built while functions are made', () => {
    const shop = new Project({ 'a.ts': handler('a'), 'b.ts': handler('b') });
    const stack = new Stack(shop.app(), 'Shop');
    shop.fn(stack, 'A', 'a.ts');
    shop.fn(stack, 'B', 'b.ts').addEnvironment('X', 'y');
    expect(builds).not.toHaveBeenCalled();
  });

  test('all functions of an app are one build, also those of nested stacks, other stacks and stages', () => {
    const shop = new Project({ 'a.ts': handler('a'), 'b.ts': handler('b'), 'c.ts': handler('c'), 'd.js': handler('d') });
    const app = shop.app();
    const stack = new Stack(app, 'Shop');
    const functions = [
      shop.fn(stack, 'A', 'a.ts'),
      shop.fn(new NestedStack(stack, 'Nested'), 'B', 'b.ts'),
      shop.fn(new Stack(app, 'Other'), 'C', 'c.ts'),
      shop.fn(new Stack(new Stage(app, 'Prod'), 'Shop'), 'D', 'd.js'),
    ];
    app.synth();
    expect(builds).toHaveBeenCalledTimes(1);
    expect(functions.map((fn) => made(fn.function).files['index.js'].match(/handler = async \(\) => "(\w)"/)?.[1])).toEqual(['a', 'b', 'c', 'd']);
  });

  test('the same source with the same options is built once, and published once', () => {
    const shop = new Project({ 'a.ts': handler('a') });
    let both: { hash: string }[] = [];
    expect(sourcesBuilt(builds, () => { both = shop.synth(['a.ts', 'a.ts']); })).toBe(1);
    expect(both[0].hash).toBe(both[1].hash);
  });

  test('functions with other options are other builds', () => {
    const shop = new Project({ 'a.ts': handler('a'), 'b.ts': handler('b'), 'c.ts': handler('c') });
    const app = shop.app();
    const stack = new Stack(app, 'Shop');
    shop.fn(stack, 'A', 'a.ts');
    shop.fn(stack, 'B', 'b.ts', { runtime: lambda.Runtime.NODEJS_20_X });
    shop.fn(stack, 'C', 'c.ts', { bundling: { minify: true } });
    shop.fn(stack, 'D', 'a.ts', { bundling: { minify: true } });
    app.synth();
    expect(builds.mock.calls.map(([options]) => (options.entryPoints as unknown[]).length).sort()).toEqual([1, 1, 2]);
  });

  test('a function that is asked for its code early is built with those that are there, and once', () => {
    const shop = new Project({ 'a.ts': handler('a'), 'b.ts': handler('b'), 'c.ts': handler('c') });
    const app = shop.app();
    const stack = new Stack(app, 'Shop');
    shop.fn(stack, 'A', 'a.ts');
    shop.fn(stack, 'B', 'b.ts').deployPermissions();
    shop.fn(stack, 'C', 'c.ts');
    app.synth();
    expect(builds.mock.calls.map(([options]) => (options.entryPoints as unknown[]).length)).toEqual([2, 1]);
  });
});

test('a function that an aspect makes while the app is synthesized is bundled, too', () => {
  const shop = new Project({ 'a.ts': handler('a'), 'b.ts': handler('b') });
  const app = shop.app();
  const stack = new Stack(app, 'Shop');
  shop.fn(stack, 'A', 'a.ts');
  let late: lambda.Function | undefined;
  Aspects.of(stack).add({ visit: (construct) => { if (construct === stack) late ??= shop.fn(stack, 'B', 'b.ts').function; } });
  app.synth();
  expect(made(late!).files['index.js']).toContain('"b"');
});

describe('what cannot be bundled', () => {
  const error = (act: () => unknown): string => {
    try {
      act();
    } catch (e) {
      return (e as Error).message;
    }
    throw new Error('nothing was thrown');
  };

  test("fails with esbuild's own message, place and construct", () => {
    const shop = new Project({ src: { 'good.ts': handler('good'), 'bad.ts': 'export const handler = async () => {\n  const x = ;\n};' } });
    const message = error(() => shop.synth(['src/good.ts', 'src/bad.ts']));
    expect(message.slice(0, 300)).toContain("'entry' must be code that esbuild can bundle, got errors in 1 function; correct them\n\nShop/Function1:\n\n✘ [ERROR] Unexpected \";\"\n\n    src/bad.ts:2:12:\n      2 │   const x = ;\n");
    expect(message).toContain('[BundlingFailed at Shop/Function1]');
    expect(message).not.toContain('Function0');
    expect(message).not.toContain('Resolution error');
  });

  test('all functions are named, each error once', () => {
    const shop = new Project({
      'bad.ts': 'export const handler = ;',
      'shared.ts': "import './missing'; export const shared = 1;",
      ...Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`f${i}.ts`, `import { shared } from './shared'; export const handler = () => [shared, ${i}];`])),
      'good.ts': handler('good'),
    });
    const message = error(() => shop.synth(['bad.ts', ...Array.from({ length: 13 }, (_, i) => `f${i}.ts`), 'good.ts']));
    expect(message).toContain('got errors in 14 functions');
    expect(message.match(/Could not resolve "\.\/missing"/g)).toHaveLength(1);
    expect(message).toMatch(/Shop\/Function1, .*Shop\/Function10 and 3 more:/);
    expect(message).toContain('bad.ts:1:23:');
  });

  test('what could be bundled is not built again when the rest is corrected', () => {
    const shop = new Project({ 'a.ts': handler('a'), 'b.ts': handler('b'), 'c.ts': 'export const = 1' });
    settle();
    error(() => shop.synth(['a.ts', 'b.ts', 'c.ts']));
    shop.write({ 'c.ts': handler('c') });
    expect(sourcesBuilt(builds, () => shop.synth(['a.ts', 'b.ts', 'c.ts']))).toBe(1);
  });

  test('fails if esbuild is not installed', () => {
    expect(Esbuild.find([tempFolder()])).toBeUndefined();
    const stack = new Stack(undefined, 'Shop');
    expect(() => esbuildMissing(stack, '/shop')).toThrow(
      "'entry' must be bundled by esbuild, which must be installed in the project, got \"no package esbuild in or above /shop\"; "
      + "run 'npm install --save-dev esbuild', or let the CDK bundle in Docker with 'bundling: { forceDockerBundling: true }' [EsbuildMissing at Shop]",
    );
  });

  test('the esbuild of the project comes first', () => {
    const folder = tempFolder({ node_modules: { esbuild: { 'package.json': '{ "version": "0.1.2" }' } } });
    expect(Esbuild.find([folder, __dirname])).toMatchObject({ version: '0.1.2' });
  });
});

describe('where a bundle goes', () => {
  test('the manifest names the folder, the template its key', () => {
    const shop = new Project({ 'a.ts': handler('a') });
    const { hash } = shop.bundle('a.ts');
    const manifest = JSON.parse(fs.readFileSync(shop.file('cdk.out/Shop.assets.json'), 'utf8'));
    expect(manifest.files[hash]).toMatchObject({
      displayName: 'Function0/Default/Code',
      source: { path: `asset.${hash}`, packaging: 'zip' },
    });
    expect(Object.values(manifest.files[hash].destinations)).toEqual([expect.objectContaining({ objectKey: `${hash}.zip` })]);
    expect(fs.readdirSync(shop.file('cdk.out')).filter((name) => name.startsWith('asset.'))).toEqual([`asset.${hash}`]);
  });

  test('the bundle and its hash are the same in another folder, and whatever else is built', () => {
    const sources = { src: { 'a.ts': "import { b } from './b'; export const handler = () => b;", 'b.ts': 'export const b = __filename;' } };
    const bundling = { sourceMap: true, metafile: false };
    const first = new Project(sources).bundle('src/a.ts', { bundling });
    const [second] = new Project({ ...sources, 'x.ts': handler('x') }).synth(['src/a.ts', 'x.ts'], { bundling });
    expect(second).toEqual(first);
    const elsewhere = new Project(sources);
    const app = new App({ outdir: elsewhere.file('deep/down/out') });
    const fn = elsewhere.fn(new Stack(app, 'Shop'), 'A', 'src/a.ts', { bundling });
    app.synth();
    expect(made(fn.function)).toEqual(first);
    expect(JSON.stringify(first.files)).not.toContain(elsewhere.root);
  });

  test('the version is another when the bundle is another, and only then', () => {
    const shop = new Project({ 'a.ts': handler('a') });
    const version = () => {
      const app = shop.app();
      const stack = new Stack(app, 'Shop');
      shop.fn(stack, 'A', 'a.ts');
      return Object.keys(app.synth().getStackByName('Shop').template.Resources).find((id) => id.startsWith('ACurrentVersion'));
    };
    const first = version();
    expect(version()).toBe(first);
    shop.write({ 'a.ts': handler('changed') });
    expect(version()).not.toBe(first);
    shop.write({ 'a.ts': handler('a') });
    expect(version()).toBe(first);
  });

  test('an app that is synthesized again keeps its code', () => {
    const shop = new Project({ 'a.ts': handler('a') });
    const app = shop.app();
    const fn = shop.fn(new Stack(app, 'Shop'), 'A', 'a.ts');
    const first = app.synth().getStackByName('Shop').template;
    expect(app.synth({ force: true }).getStackByName('Shop').template).toEqual(first);
    expect(made(fn.function).files['index.js']).toContain('"a"');
    expect(builds).toHaveBeenCalledTimes(1);
  });

  test('a hash of the user is the hash, whatever is in the bundle', () => {
    const shop = new Project({ 'a.ts': handler('a'), 'b.ts': handler('b') });
    const bundling = { assetHash: 'release-1' };
    const [a, b] = shop.synth(['a.ts', 'b.ts'], { bundling });
    expect(a.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(a.hash).not.toBe(b.hash);
    shop.write({ 'a.ts': handler('changed') });
    const again = shop.bundle('a.ts', { bundling });
    expect(again.hash).toBe(a.hash);
    expect(again.files['index.js']).toContain('changed');
    expect(shop.bundle('a.ts', { bundling: { assetHash: 'release-2' } }).hash).not.toBe(a.hash);
  });

  test('the salt of the app changes the hash, not the bundle', () => {
    const shop = new Project({ 'a.ts': handler('a') });
    const plain = shop.bundle('a.ts');
    const salted = shop.bundle('a.ts', {}, { '@aws-cdk/core:assetHashSalt': 'x' });
    expect(salted.hash).not.toBe(plain.hash);
    expect(salted.files).toEqual(plain.files);
  });
});

test('assets of loaders, styles and descriptions are in the package', () => {
  const shop = new Project({
    'src': { 'a.ts': "import logo from './logo.bin'; import text from './t.txt'; import './s.css'; export const handler = () => [logo, text];", 'logo.bin': 'LOGO', 't.txt': 'TEXT', 's.css': 'a { color: red }' },
    'b.ts': handler('b'),
  });
  const bundling: nodejs.BundlingOptions = { loader: { '.bin': 'file', '.txt': 'text' }, metafile: true };
  const [{ files }] = shop.synth(['src/a.ts', 'b.ts'], { bundling });
  expect(Object.keys(files)).toEqual(['index.css', 'index.js', 'index.meta.json', expect.stringMatching(/^logo-\w+\.bin$/)]);
  expect(files['index.js']).toMatch(/"\.\/logo-\w+\.bin"/);
  expect(files['index.js']).toContain('TEXT');
  expect(Object.keys(JSON.parse(files['index.meta.json']).inputs)).toEqual(expect.arrayContaining(['src/a.ts', 'src/t.txt']));
});
