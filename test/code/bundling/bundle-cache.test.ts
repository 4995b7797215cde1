import { spawn } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { sourcesBuilt, watchBuilds } from './builds';
import { Project, settle } from './project';
import { BundleCache } from '../../../src/code/bundling/bundle-cache';
import { tempFolder, Tree } from '../../fixtures/temp-folder';

const builds = watchBuilds();
const built = (synthesize: () => unknown) => sourcesBuilt(builds, synthesize);

const SOURCES: Tree = {
  'src': {
    'orders.ts': "import { price } from './lib/prices'; export const handler = async () => price;",
    'returns.ts': 'export const handler = async () => 7;',
    'lib': { prices: { 'index.ts': 'export const price = 1;' } },
  },
  'tsconfig.json': '{ "compilerOptions": { "target": "es2022" } }',
};

function project(more: Tree = {}): Project {
  const made = new Project({ ...SOURCES, ...more });
  settle();
  return made;
}

test('a second synthesis with no change builds nothing, and makes the same', () => {
  const shop = project();
  const first = shop.synth(['src/orders.ts', 'src/returns.ts']);
  expect(builds).toHaveBeenCalledTimes(1);
  expect(built(() => expect(shop.synth(['src/orders.ts', 'src/returns.ts'])).toEqual(first))).toBe(0);
});

test('what was staged is not needed: the cache has the files', () => {
  const shop = project();
  const first = shop.bundle('src/orders.ts');
  shop.remove('cdk.out');
  expect(built(() => expect(shop.bundle('src/orders.ts')).toEqual(first))).toBe(0);
  expect(first.files['index.js']).toContain('price');
});

test('a project that was moved keeps its cache', () => {
  const shop = project();
  const first = shop.bundle('src/orders.ts');
  const moved = project();
  fs.cpSync(path.join(shop.root, 'node_modules'), path.join(moved.root, 'node_modules'), { recursive: true });
  expect(built(() => expect(moved.bundle('src/orders.ts')).toEqual(first))).toBe(0);
});

describe('a function is built again, and only that one, after', () => {
  /** What changes the bundle of `orders.ts` and not that of `returns.ts`. */
  const CHANGES: Record<string, { before?: Tree; change: (shop: Project) => void; expected: string }> = {
    'a change of its source': { change: (shop) => shop.write({ src: { 'orders.ts': 'export const handler = async () => "changed";' } }), expected: 'changed' },
    'a change of a module': { change: (shop) => shop.write({ src: { lib: { prices: { 'index.ts': 'export const price = "changed";' } } } }), expected: 'changed' },
    'a new file in place of a folder': { change: (shop) => shop.write({ src: { lib: { 'prices.ts': 'export const price = "file";' } } }), expected: '"file"' },
    'a new file with an extension that comes first': {
      before: { src: { lib: { prices: { 'index.js': 'export const price = 2;' } } } },
      change: (shop) => shop.write({ src: { lib: { prices: { 'index.tsx': 'export const price = "tsx";' } } } }),
      expected: 'tsx',
    },
    'a module that is gone, and another in its place': {
      before: { src: { lib: { 'prices.ts': 'export const price = 1;', 'prices.js': 'export const price = "js";' } } },
      change: (shop) => shop.remove('src/lib/prices.ts'),
      expected: '"js"',
    },
    'a change of a package': {
      before: { src: { 'orders.ts': "export { handler } from 'pkg';" }, node_modules: { pkg: { 'index.js': 'exports.handler = 1;' } } },
      change: (shop) => shop.write({ node_modules: { pkg: { 'index.js': 'exports.handler = "changed";' } } }),
      expected: 'changed',
    },
    'a change of the main file of a package': {
      before: {
        src: { 'orders.ts': "export { handler } from 'pkg';" },
        node_modules: { pkg: { 'package.json': '{ "main": "a.js" }', 'a.js': 'exports.handler = 1;', 'b.js': 'exports.handler = "b";' } },
      },
      change: (shop) => shop.write({ node_modules: { pkg: { 'package.json': '{ "main": "b.js" }' } } }),
      expected: '"b"',
    },
    'a package in a folder that is nearer': {
      before: { src: { 'orders.ts': "export { handler } from 'pkg';" }, node_modules: { pkg: { 'index.js': 'exports.handler = 1;' } } },
      change: (shop) => shop.write({ src: { node_modules: { pkg: { 'index.js': 'exports.handler = "near";' } } } }),
      expected: 'near',
    },
    'a package that is there at last': {
      before: { src: { 'orders.ts': "export let handler; try { handler = require('pkg'); } catch {}" } },
      change: (shop) => shop.write({ node_modules: { pkg: { 'index.js': 'module.exports = "there";' } } }),
      expected: 'there',
    },
    'a module that is there at last': {
      before: { src: { 'orders.ts': "export let handler; try { handler = require('./local'); } catch {}" } },
      change: (shop) => shop.write({ src: { 'local.js': 'module.exports = "there";' } }),
      expected: 'there',
    },
    'a new file that a pattern of imports takes in': {
      before: { src: { 'orders.ts': 'export const handler = (name: string) => import(`./texts/${name}.js`);', 'texts': { 'en.js': 'export default 1;' } } },
      change: (shop) => shop.write({ src: { texts: { 'de.js': 'export default "Bestellung";' } } }),
      expected: 'Bestellung',
    },
    'another file that a path of tsconfig.json means': {
      before: {
        'tsconfig.json': '{ /* where */ "compilerOptions": { "paths": { "@lib/*": ["./none/*", "./src/lib/*"] } } }',
        'src': { 'orders.ts': "import { price } from '@lib/prices'; export const handler = price;" },
      },
      change: (shop) => shop.write({ none: { 'prices.ts': 'export const price = "none";' } }),
      expected: '"none"',
    },
  };

  test.each(Object.entries(CHANGES))('%s', (_, { before = {}, change, expected }) => {
    const shop = project(before.src ? { ...before, src: { ...SOURCES.src as Tree, ...before.src as Tree } } : before);
    if (before.src && (before.src as Tree).lib) shop.write({ src: { lib: (before.src as Tree).lib } });
    settle();
    shop.synth(['src/orders.ts', 'src/returns.ts']);
    expect(built(() => shop.synth(['src/orders.ts', 'src/returns.ts']))).toBe(0);
    change(shop);
    settle();
    let after;
    expect(built(() => { after = shop.synth(['src/orders.ts', 'src/returns.ts']); })).toBe(1);
    expect(after![0].files['index.js']).toContain(expected);
    expect(built(() => shop.synth(['src/orders.ts', 'src/returns.ts']))).toBe(0);
  });
});

describe('settings that change how sources are read', () => {
  const decorated = { src: { 'orders.ts': 'export class A { x = 1 } export const handler = () => new A();', 'returns.ts': 'export const handler = 1;' } };

  test('a change of tsconfig.json', () => {
    const shop = project({ ...decorated, 'tsconfig.json': '{ "compilerOptions": { "useDefineForClassFields": true } }' });
    const before = shop.bundle('src/orders.ts');
    shop.write({ 'tsconfig.json': '{ "compilerOptions": { "useDefineForClassFields": false } }' });
    settle();
    expect(shop.bundle('src/orders.ts').files).not.toEqual(before.files);
  });

  test('a change of what tsconfig.json extends, in a package', () => {
    const shop = project({
      ...decorated,
      'tsconfig.json': '{ "extends": "base/strict" }',
      'node_modules': { base: { 'package.json': '{}', 'strict.json': '{ "compilerOptions": { "useDefineForClassFields": true } }' } },
    });
    const before = shop.bundle('src/orders.ts');
    shop.write({ node_modules: { base: { 'strict.json': '{ "compilerOptions": { "useDefineForClassFields": false } }' } } });
    settle();
    expect(shop.bundle('src/orders.ts').files).not.toEqual(before.files);
  });

  test('a new tsconfig.json in a folder that is nearer', () => {
    const shop = project({ ...decorated, 'tsconfig.json': '{ "compilerOptions": { "useDefineForClassFields": true } }' });
    const before = shop.bundle('src/orders.ts');
    shop.write({ src: { 'tsconfig.json': '{ "compilerOptions": { "useDefineForClassFields": false } }' } });
    settle();
    expect(shop.bundle('src/orders.ts').files).not.toEqual(before.files);
  });

  test('a change of the tsconfig that an option names, and of an injected file', () => {
    const shop = project({ ...decorated, 'build.json': '{ "compilerOptions": { "useDefineForClassFields": true } }', 'shim.ts': 'globalThis.shim = 1;' });
    const bundling = { tsconfig: shop.file('build.json'), inject: ['./shim.ts'] };
    const before = shop.bundle('src/orders.ts', { bundling });
    expect(built(() => shop.bundle('src/orders.ts', { bundling }))).toBe(0);
    shop.write({ 'build.json': '{ "compilerOptions": { "useDefineForClassFields": false } }' });
    settle();
    const changed = shop.bundle('src/orders.ts', { bundling });
    expect(changed.files).not.toEqual(before.files);
    shop.write({ 'shim.ts': 'globalThis.shim = "changed";' });
    settle();
    expect(shop.bundle('src/orders.ts', { bundling }).files['index.js']).toContain('changed');
  });

  test('the options', () => {
    const shop = project();
    shop.bundle('src/orders.ts');
    expect(built(() => shop.bundle('src/orders.ts', { bundling: { minify: true } }))).toBe(1);
    expect(built(() => shop.bundle('src/orders.ts', { bundling: { minify: true } }))).toBe(0);
    expect(built(() => shop.bundle('src/orders.ts'))).toBe(0);
  });
});

describe('an entry that is no good is as if it were not there', () => {
  const spoil = (shop: Project, extension: string, content: string | Buffer) => {
    for (const name of fs.readdirSync(shop.cache)) if (name.endsWith(extension)) fs.writeFileSync(path.join(shop.cache, name), content);
  };

  test.each([
    ['.json', ''], ['.json', '{'], ['.json', 'null'], ['.json', '[]'], ['.json', '{"seen":null,"files":[],"hash":"x"}'], ['.json', '{"seen":{},"files":[{}],"hash":"x"}'],
    ['.bundle', ''], ['.bundle', 'exports.handler = () => "not ours";'],
  ])('a %s file with %j', (extension, content) => {
    const shop = project();
    const first = shop.bundle('src/orders.ts');
    spoil(shop, extension, content);
    shop.remove('cdk.out');
    expect(built(() => expect(shop.bundle('src/orders.ts')).toEqual(first))).toBe(1);
    expect(built(() => shop.bundle('src/orders.ts'))).toBe(0);
  });

  test('a cache that cannot be written', () => {
    const shop = project({ node_modules: { '.cache': 'a file' } });
    expect(shop.bundle('src/orders.ts').files['index.js']).toContain('price');
  });
});

test('a source that changes while it is built is not kept', () => {
  const shop = project();
  shop.bundle('src/returns.ts');
  const build = builds.getMockImplementation()!;
  builds.mockImplementationOnce((options) => {
    const result = build(options);
    settle();
    shop.write({ src: { lib: { prices: { 'index.ts': 'export const price = "new";' } } } });
    return result;
  });
  shop.bundle('src/orders.ts');
  settle();
  expect(shop.bundle('src/orders.ts').files['index.js']).toContain('new');
});

test('a bundle with warnings is built again, so that they are seen again', () => {
  const shop = project({ src: { ...SOURCES.src as Tree, 'returns.ts': 'export const handler = () => ({ a: 1, a: 2 });' } });
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  shop.synth(['src/orders.ts', 'src/returns.ts']);
  expect(built(() => shop.synth(['src/orders.ts', 'src/returns.ts']))).toBe(1);
  expect(write).toHaveBeenCalledTimes(2);
  expect(write).toHaveBeenCalledWith(expect.stringMatching(/▲ \[WARNING\] Duplicate key "a".*\n\n\s+src\/returns\.ts:1:/));
  write.mockClear();
  shop.bundle('src/returns.ts', { bundling: { logLevel: 'error' as any } });
  expect(built(() => shop.bundle('src/returns.ts', { bundling: { logLevel: 'error' as any } }))).toBe(0);
  expect(write).not.toHaveBeenCalled();
  write.mockRestore();
});

test.each([false, 'false'])('with the context bundle-cache: %j nothing is read or kept', (off) => {
  const shop = project();
  shop.bundle('src/orders.ts', {}, { 'cdk-event-functions:bundle-cache': off });
  expect(fs.existsSync(shop.cache)).toBe(false);
  shop.bundle('src/orders.ts');
  expect(built(() => shop.bundle('src/orders.ts', {}, { 'cdk-event-functions:bundle-cache': off }))).toBe(1);
});

test('bundles that nobody asked for in a month are forgotten, when there are new ones', () => {
  const shop = project();
  const day = 24 * 60 * 60 * 1000;
  shop.bundle('src/orders.ts');
  const kept = fs.readdirSync(shop.cache);
  expect(kept).toHaveLength(2);
  const old = (days: number) => kept.forEach((name) => fs.utimesSync(path.join(shop.cache, name), new Date(), new Date(Date.now() - days * day)));
  old(29);
  shop.bundle('src/orders.ts'); // asked for again: new for another month
  shop.bundle('src/returns.ts');
  expect(fs.readdirSync(shop.cache)).toEqual(expect.arrayContaining(kept));
  old(31);
  shop.bundle('src/returns.ts', { bundling: { minify: true } });
  expect(kept.filter((name) => fs.existsSync(path.join(shop.cache, name)))).toEqual([]);
});

test('what a process left unfinished is not in the way, and goes', () => {
  const shop = project();
  shop.bundle('src/orders.ts');
  fs.writeFileSync(path.join(shop.cache, 'x.json.unfinished'), 'half');
  expect(built(() => shop.bundle('src/orders.ts'))).toBe(0);
  new BundleCache(shop.cache, shop.root, '0').prune(Date.now() + 31 * 24 * 60 * 60 * 1000);
  expect(fs.readdirSync(shop.cache)).toEqual([]);
  new BundleCache(path.join(tempFolder(), 'none'), shop.root, '0').prune();
});

test('processes may synthesize the same at once', async () => {
  const shop = project();
  const script = `
    const { App, Stack } = require('aws-cdk-lib');
    const { Runtime } = require('aws-cdk-lib/aws-lambda');
    const { NodejsEventFunction } = require('cdk-event-functions');
    const [root, outdir] = process.argv.slice(1);
    const app = new App({ outdir });
    const stack = new Stack(app, 'Shop');
    for (const name of ['orders', 'returns']) new NodejsEventFunction(stack, name, { entry: root + '/src/' + name + '.ts', projectRoot: root, runtime: Runtime.NODEJS_22_X });
    app.synth();`;
  const run = (outdir: string) => new Promise<number | null>((done) => {
    spawn(process.execPath, ['-e', script, shop.root, shop.file(outdir)], { cwd: path.join(__dirname, '../../..'), stdio: 'inherit' }).on('exit', done);
  });
  expect(await Promise.all(['a', 'b', 'a', 'b'].map(run))).toEqual([0, 0, 0, 0]);
  const assets = (outdir: string) => fs.readdirSync(shop.file(outdir)).filter((name) => name.startsWith('asset.'));
  expect(assets('a')).toHaveLength(2);
  expect(assets('a')).toEqual(assets('b'));
  expect(fs.readdirSync(shop.cache)).toHaveLength(4);
}, 300_000);
