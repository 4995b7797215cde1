import * as fc from 'fast-check';
import { UnpackedOptions, unpackedOf } from './unpacked-of';
import { FileTree, PackageFile } from '../../../src/contents/file-tree';
import { judge } from '../../../src/contents/handlers/judge';
import { judgeNode } from '../../../src/contents/handlers/node';
import { MAX_BYTES } from '../../../src/contents/javascript/summaries';

interface Row {
  readonly title: string;
  readonly handler: string;
  readonly files: Record<string, string>;
  readonly layers: readonly Record<string, string>[];
  readonly verdict: string | Record<string, string>;
  readonly why?: string;
}

/** The packages that `runtimes/node.js` starts with AWS's own runtime interface clients. */
const ROWS = jest.requireActual<Row[]>('../../../runtimes/node-packages');

const HANDLER = 'exports.handler = async () => {};';
const ESM = 'export const handler = async () => {};';

function node(options: UnpackedOptions) {
  return judgeNode(unpackedOf({ runtime: 'nodejs22.x', ...options }));
}

function verdictOf(options: UnpackedOptions): string {
  const verdict = node(options);
  return verdict.kind === 'fails' ? verdict.fault : verdict.kind;
}

function said(options: UnpackedOptions): string {
  const verdict = node(options);
  return verdict.kind === 'fails' ? `'Handler' must be ${verdict.allowed}, got ${verdict.got}` : verdict.kind;
}

describe.each(['nodejs20.x', 'nodejs22.x', 'nodejs24.x'])('%s', (runtime) => {
  test.each(ROWS.map((row) => [`${row.title} (${row.handler})`, row] as const))('%s', (_, { verdict, handler, files, layers, why }) => {
    const wanted = typeof verdict === 'string' ? verdict : verdict[runtime];
    expect(verdictOf({ runtime, handler, files, layers: Object.assign({}, ...layers) })).toBe(wanted);
    if (wanted === 'unclear') expect(why).toMatch(/^\w.{10,}/);
  });
});

describe('what a mistake is said to be', () => {
  const FILE = "the path of a file in the code or a layer, and what it exports, got 'index.handler', but there is no index.js, index.mjs or index.cjs";
  const SYNTAX = 'in a file that Node.js can load: an ES module ends with .mjs, or has "type": "module" in its package.json';

  test.each<[string, string, UnpackedOptions['files']]>([
    ['index', "the path of a file without its extension, a dot and what the file exports, as in 'src/index.handler', without '..', got 'index'", {}],
    ['index.handler', `${FILE}: the code has no files`, {}],
    ['index.handler', FILE, { 'app.js': HANDLER, 'node_modules/a/index.js': '', 'index.d.ts': '' }],
    ['index.handler', `${FILE}: index.ts is TypeScript that was not compiled`, { 'index.ts': '', 'dist/index.js': HANDLER }],
    ['index.handler', `${FILE}: index.tsx is TypeScript that was not compiled`, { 'index.tsx': '' }],
    ['index.handler', `${FILE}: Index.JS differs by case`, { 'Index.JS': '' }],
    ['index.handler', `${FILE}: there is dist/index.mjs`, { 'a/b/index.js': '', 'dist/index.mjs': '', 'node_modules/a/index.js': '' }],
    ['index.handler', `${FILE}: there is src/index.ts, TypeScript that was not compiled`, { 'src/index.ts': '' }],
    ['index.handler', "a function that index.js exports, got 'index.handler', but it exports main, other", { 'index.js': 'exports.main = () => 1; exports.other = 1;' }],
    ['index.handler', "a function that index.js exports, got 'index.handler', but it exports nothing", { 'index.js': '' }],
    ['index.handler', "a function that index.mjs exports, got 'index.handler', but it exports a, b, c, d, e, f and 2 more", { 'index.mjs': 'export const a = 1, b = 1, c = 1, d = 1, e = 1, f = 1, g = 1, h = 1;' }],
    ['index.handler', "a function that index.js exports, got 'index.handler', but it exports main", { 'index.js': 'module.exports = require("./app")', 'app.js': 'exports.main = 1' }],
    ['index.handler', "a function that index.js exports, got 'index.handler', which is a string", { 'index.js': 'exports.handler = "a"' }],
    ['index.handler', "a function that index.js exports, got 'index.handler', which is an object", { 'index.js': 'exports.handler = { a: 1 }' }],
    ['src/index.handler', `${SYNTAX}, got 'src/index.handler', where src/index.js has import or export but is CommonJS`, { 'src/index.js': ESM }],
  ])('%s: %s', (handler, message, files) => {
    expect(said({ handler, files })).toBe(`'Handler' must be ${message}`);
  });

  test('a folder where Node.js 24 imports a file', () => {
    expect(said({ runtime: 'nodejs24.x', handler: 'src/orders.handler', files: { 'src/orders/index.js': HANDLER } }))
      .toBe("'Handler' must be the path of a file, such as 'src/orders/index.handler', got 'src/orders.handler', where src/orders is a folder");
  });

  test('a callback', () => {
    expect(said({ runtime: 'nodejs24.x', files: { 'index.js': 'exports.handler = (event, { a }, callback, more) => {};' } }))
      .toBe("'Handler' must be a function of at most two parameters, got 'index.handler' in index.js, which has 4 (event, {}, callback, more)");
  });

  test('a file of a layer is named by its path', () => {
    expect(said({ handler: '/opt/nodejs/a.handler', layers: { 'nodejs/a.js': 'exports.b = 1' } }))
      .toBe("'Handler' must be a function that /opt/nodejs/a.js exports, got '/opt/nodejs/a.handler', but it exports b");
  });
});

describe('nothing is said', () => {
  test.each<[string, UnpackedOptions]>([
    ['of a version that loads handlers in ways of its own', { runtime: 'nodejs14.x' }],
    ['of what is no version', { runtime: 'nodejs' }],
    ['where a layer is not known, which may have the file', { optIsWhole: false }],
    ['where modules are searched is decided at deployment', { environment: { NODE_PATH: undefined } }],
    ['where modules are searched in a folder that nobody knows', { environment: { NODE_PATH: '/mnt/files/modules' } }],
    ['where Node.js loads something first', { environment: { NODE_OPTIONS: '--require /opt/hook.js' } }],
    ['where the options of Node.js are decided at deployment', { environment: { NODE_OPTIONS: undefined } }],
    ['of a file system', { handler: '/mnt/files/index.handler' }],
    ['of what AWS has put there', { handler: 'rapid-client.handler' }],
    ['of the modules that Node.js has itself', { handler: 'fs.readFile' }],
    ['of a package that AWS has put there', { handler: 'uuid.v4' }],
  ])('%s', (_, options) => {
    expect(verdictOf(options)).toBe('unclear');
  });

  test.each<[string, UnpackedOptions]>([
    ['of a file that a layer may lie over which is not known', { handler: '/opt/nodejs/a.handler', layers: { 'nodejs/a.js': '' }, optIsWhole: false }],
    ['beside a package.json that is none', { files: { 'index.js': '', 'package.json': '{' } }],
    ['beside an array as package.json', { files: { 'index.js': '', 'package.json': '[]' } }],
    ['of a file that cannot be read', { files: { 'index.js': { bytes: 10 } } }],
    ['of a file that is too large', { files: { 'index.js': { content: '', bytes: MAX_BYTES + 1 } } }],
    ['of bytes that are no text', { files: { 'index.js': { content: Buffer.from([0xff, 0xfe, 0, 1, 2]) } } }],
    ['of an ES module, if Node.js may find it by its syntax', { files: { 'index.js': ESM }, environment: { NODE_OPTIONS: '--experimental-detect-module' } }],
    ['of an ES module in a version of which nobody knows', { runtime: 'nodejs26.x', files: { 'index.js': ESM } }],
    ['of a file that exports nothing at all, after which another may come', { files: { 'index.js': 'module.exports = undefined;' } }],
  ])('%s', (_, options) => {
    expect(verdictOf(options)).toBe('unclear');
  });

  test('of links, which may lead anywhere', () => {
    const link = (path: string): PackageFile => ({ path, bytes: 5, isLink: true, read: () => Buffer.from('a.txt'), unpack: () => undefined });
    const linked = (path: string) => judgeNode({ ...unpackedOf({ runtime: 'nodejs22.x', handler: 'src/index.handler' }), task: new FileTree([link(path)]) }).kind;
    expect([linked('src'), linked('src/index.js'), linked('other')]).toEqual(['unclear', 'unclear', 'fails']);
  });

  test('of a wrapper script, which starts Node.js in its own way', () => {
    const unpacked = unpackedOf({ runtime: 'nodejs22.x', environment: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/wrapper' } });
    expect(judge(unpacked)).toEqual({ kind: 'unclear' });
  });
});

describe('environment variables that change nothing', () => {
  test.each<[Record<string, string>]>([
    [{ STAGE: 'prod' }],
    [{ NODE_OPTIONS: '' }],
    [{ NODE_OPTIONS: '--enable-source-maps --max-old-space-size=512' }],
    [{ NODE_PATH: '' }],
    [{ NODE_PATH: '/opt/other' }],
  ])('%j', (environment) => {
    expect(verdictOf({ files: { 'app.js': HANDLER }, environment })).toBe('file');
  });

  test('NODE_PATH says where modules are', () => {
    const options = { handler: 'orders.handler', layers: { 'lib/orders.js': HANDLER }, environment: { NODE_PATH: '/opt/lib:/opt/nodejs/node_modules' } };
    expect([verdictOf(options), verdictOf({ ...options, environment: {} })]).toEqual(['starts', 'file']);
  });
});

test('a file that is the code of many functions is read once', () => {
  const read = jest.fn(() => Buffer.from('exports.a = () => 1; exports.b = () => 1;'));
  const task = new FileTree([{ path: 'index.js', bytes: 40, read, unpack: () => undefined }]);
  const verdicts = ['index.a', 'index.b', 'index.c'].map((handler) => judgeNode({ ...unpackedOf({ runtime: 'nodejs22.x', handler }), task }).kind);
  expect(verdicts).toEqual(['starts', 'starts', 'fails']);
  expect(read).toHaveBeenCalledTimes(1);
});

describe('any text', () => {
  const handler = fc.oneof(fc.string(), fc.constantFrom('index.handler', 'index', '/', '.', '..', '/opt/.x', 'a/b.c.d', 'constructor.constructor', '#a.b', '@a/b.c'));
  const source = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.array(fc.constantFrom('exports', '.', 'handler', '=', '(', ')', '{', '}', '=>', 'module', ';', ',', '\n', 'export', 'import', '"a"'), { maxLength: 30 }).map((parts) => parts.join(' ')));

  test('as handler and code is judged', () => {
    fc.assert(fc.property(handler, source, fc.constantFrom('nodejs18.x', 'nodejs22.x', 'nodejs24.x'), (given, text, runtime) => {
      const { kind } = node({ runtime, handler: given, files: { 'index.js': text, 'package.json': text, 'index.mjs': text } });
      expect(['starts', 'fails', 'unclear']).toContain(kind);
    }), { numRuns: 2000 });
  });

  test('as bytes is judged', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(['starts', 'fails', 'unclear']).toContain(node({ files: { 'index.mjs': { content: bytes } } }).kind);
    }), { numRuns: 500 });
  });

  test.each([
    ['parentheses', `exports.a = ${'('.repeat(20_000)}1${')'.repeat(20_000)}`],
    ['sums', `exports.a = ${'1+'.repeat(20_000)}1`],
    ['functions', `exports.a = ${'() => '.repeat(5_000)}1`],
    ['members', `exports.a = b${'.c'.repeat(20_000)}`],
    ['assignments', `${'exports.a = '.repeat(5_000)}1`],
    ['objects in a circle', 'const a = {}; a.b = a; a.c = a.b; module.exports = a; a.d = a.c.b.a;'],
    ['functions in a circle', 'function a(x) { return b(x); } function b(x) { return a(x); } module.exports = a(exports);'],
    ['many names', Array.from({ length: 300 }, (_, index) => `var v${index} = v${(index * 7) % 300}; exports.e${index} = v${index} || v${(index * 11) % 300};`).join('\n')],
  ])('of endless %s comes to an end', (_, text) => {
    const started = Date.now();
    expect(['starts', 'fails', 'unclear']).toContain(node({ files: { 'index.js': text } }).kind);
    expect(Date.now() - started).toBeLessThan(30_000);
  });
});
