import * as fs from 'fs';
import * as path from 'path';
import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { BundlingOptions, LogLevel, NodejsFunction, OutputFormat, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';
import { made, Project } from './project';
import { NEW_APP, NO_FLAGS } from '../../function/functions';

/** The same esbuild gives the same bytes, and so the same asset, with `NodejsFunction` and with ours. */

const SOURCES = {
  'src': {
    'orders.ts': `
      import { S3 } from '@aws-sdk/client-s3';
      import { HttpRequest } from '@smithy/protocol-http';
      import pkg from 'pkg';
      import { both } from './lib';
      import text from './text.txt';
      declare const STAGE: string;
      class Order { name = 'ö'; async load() { return import('./lib/late'); } }
      export const handler = async () => [S3, HttpRequest, pkg, both(1), text, STAGE, new Order().load(), __dirname];`,
    'returns.mjs': "import { both } from './lib/index'; export const handler = async () => both('x');",
    'plain.js': "const { join } = require('path'); exports.handler = async () => join('a', 'b');",
    'lib': { 'index.ts': 'export function both<T>(a: T) { return [a, a] as const; }\nexport const unused = 1;', 'late.ts': 'export const late = true;' },
    'text.txt': 'text',
  },
  'shim.ts': 'export const shim = 1; (globalThis as any).shim = shim;',
  'tsconfig.json': '{ "compilerOptions": { "target": "es2022" } }',
  'old.json': '{ "compilerOptions": { "useDefineForClassFields": false, "target": "es2020" } }',
  'node_modules': {
    'pkg': { 'package.json': '{ "main": "main.js", "module": "module.js" }', 'main.js': 'module.exports = 1', 'module.js': 'export default 2' },
    '@aws-sdk': { 'client-s3': { 'index.js': 'exports.S3 = "bundled";' } },
    '@smithy': { 'protocol-http': { 'index.js': 'exports.HttpRequest = "bundled";' } },
    '.bin': {},
  },
};

interface Case {
  readonly entry?: string;
  readonly runtime?: lambda.Runtime;
  readonly bundling?: (shop: Project) => BundlingOptions;
}

const CASES: Record<string, Case> = {
  'the default': {},
  'JavaScript': { entry: 'src/plain.js' },
  'a module': { entry: 'src/returns.mjs' },
  'an older runtime': { runtime: lambda.Runtime.NODEJS_16_X },
  'a runtime that varies': { runtime: lambda.Runtime.NODEJS_LATEST },
  'ECMAScript modules, with a banner': { bundling: () => ({ format: OutputFormat.ESM, mainFields: ['module', 'main'], banner: '/* a\nb */', footer: '// end' }) },
  'minified, with names': { bundling: () => ({ minify: true, keepNames: true, target: 'node20,es2020' }) },
  'a source map': { bundling: () => ({ sourceMap: true }) },
  'a source map inside': { bundling: () => ({ sourceMapMode: SourceMapMode.INLINE, sourcesContent: false }) },
  'a source map of modules, beside': { bundling: () => ({ sourceMapMode: SourceMapMode.EXTERNAL, format: OutputFormat.ESM }) },
  'other externals, another tsconfig, an injected file': { bundling: (shop) => ({ externalModules: ['pkg'], tsconfig: shop.file('old.json'), inject: ['./shim.ts'] }) },
  'the SDK bundled, a file as asset': { bundling: () => ({ bundleAwsSDK: true, loader: { '.txt': 'file' }, define: { STAGE: '"prod"' } }) },
};

function projectWithEsbuild(): Project {
  const project = new Project(SOURCES);
  const esbuild = path.join(path.dirname(require.resolve('esbuild/package.json')), 'bin', 'esbuild');
  fs.symlinkSync(esbuild, project.file('node_modules/.bin/esbuild'));
  return project;
}

function both(project: Project, { entry = 'src/orders.ts', runtime = lambda.Runtime.NODEJS_22_X, bundling }: Case, stack: Stack, id: string) {
  const defaults = { loader: { '.txt': 'text' }, define: { STAGE: '"dev"' }, logLevel: LogLevel.ERROR };
  const props = { entry: project.file(entry), runtime, bundling: { ...defaults, ...bundling?.(project) } };
  const theirs = new NodejsFunction(stack, `Theirs${id}`, { ...props, depsLockFilePath: project.lockFile });
  return { id, theirs, ours: project.fn(stack, `Ours${id}`, entry, props).function };
}

beforeAll(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterAll(() => jest.restoreAllMocks());

test.each([['without feature flags', NO_FLAGS], ['in a new app', NEW_APP]])('%s', (_, context) => {
  const project = projectWithEsbuild();
  const app = project.app(context);
  const stack = new Stack(app, 'Shop');
  const cases = context === NO_FLAGS ? Object.entries(CASES) : Object.entries(CASES).slice(0, 2);
  const pairs = cases.map(([name, each], index) => ({ ...both(project, each, stack, String(index)), name }));
  app.synth();
  for (const { name, ours, theirs } of pairs) expect({ name, ...made(ours) }).toEqual({ name, ...made(theirs) });
  // The options are seen at all: a bundle for another runtime may be the same, all others are not.
  expect(new Set(pairs.map(({ ours }) => made(ours).hash)).size).toBeGreaterThanOrEqual(cases.length - 1);
}, 120_000);

test('what differs: the description has stable paths', () => {
  const project = projectWithEsbuild();
  const app = project.app();
  const { ours, theirs } = both(project, { bundling: () => ({ metafile: true }) }, new Stack(app, 'Shop'), '');
  app.synth();
  const { 'index.meta.json': description, ...files } = made(ours).files;
  const { 'index.meta.json': theirDescription, ...theirFiles } = made(theirs).files;
  expect(files).toEqual(theirFiles);
  expect(JSON.parse(description).inputs).toEqual(JSON.parse(theirDescription).inputs);
  expect(Object.keys(JSON.parse(description).outputs)).toEqual(['cdk.out/bundle/index.js']);
  expect(Object.keys(JSON.parse(theirDescription).outputs)).toEqual([expect.stringMatching(/^cdk\.out\/bundling-temp-\w+-building\/index\.js$/)]);
}, 60_000);
