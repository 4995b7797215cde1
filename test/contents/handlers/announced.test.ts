import { buildSync, BuildOptions } from 'esbuild';
import { hasNoCallback, isAnnounced } from '../../../src/contents/javascript/announced';
import { treeOf } from '../../model/app-of';

const LARGE = `export const data = ${JSON.stringify('x'.repeat(70_000))};\n`;
const HANDLER = 'import { createHash } from "crypto"; export const handler = async (event: unknown, context: unknown) => createHash(String(event) + context);';

/** What esbuild makes of a source, in a package. */
function bundle(source: string, options: BuildOptions = {}) {
  const stdin = { contents: source + LARGE, loader: 'ts' } as const;
  const { outputFiles = [] } = buildSync({ stdin, bundle: true, platform: 'node', write: false, logLevel: 'silent', ...options });
  const name = options.format === 'esm' ? 'index.mjs' : 'index.js';
  return treeOf({ [name]: outputFiles[0].text }).get(name)!;
}

const FORMS: [string, BuildOptions][] = [
  ['a bundle', {}],
  ['a minified one', { minify: true }],
  ['a module', { format: 'esm' }],
  ['a minified module', { format: 'esm', minify: true }],
  ['one with a source map', { sourcemap: 'inline' }],
  ['one with a footer', { footer: { js: '// made by us' } }],
];
const PARAMETERS = '(event: unknown, context: unknown, callback: Function)';

describe.each(FORMS)('%s of esbuild', (_, options) => {
  const file = (source: string) => bundle(source, options);

  test('says what it exports', () => {
    expect(isAnnounced(file(HANDLER), 'handler')).toBe(true);
    expect(isAnnounced(file(HANDLER), 'data')).toBe(true);
    expect(isAnnounced(file(HANDLER), 'main')).toBe(false);
    expect(isAnnounced(file(HANDLER), 'hand')).toBe(false);
  });

  test('shows a callback', () => {
    expect(hasNoCallback(file(HANDLER), 'handler')).toBe(true);
    expect(hasNoCallback(file(`export const handler = ${PARAMETERS} => callback(null, [event, context]);`), 'handler')).toBe(false);
    expect(hasNoCallback(file(`export function handler${PARAMETERS} { callback(null, [event, context]); }`), 'handler')).toBe(false);
  });
});

test('what a file says in the middle of its text is no announcement', () => {
  const said = '0 && (module.exports = {\n  handler\n});\n';
  const file = (text: string) => treeOf({ 'index.js': 'x'.repeat(70_000) + text }).get('index.js')!;
  expect(isAnnounced(file(`\n${said}`), 'handler')).toBe(true);
  expect(isAnnounced(file(`\n${said}exports.other = 1;`), 'handler')).toBe(false);
  expect(isAnnounced(file(`\n"${said}"`), 'handler')).toBe(false);
  expect(isAnnounced(file(''), 'handler')).toBe(false);
});

test('a small file is parsed, and a file that is not there says nothing', () => {
  expect(isAnnounced(treeOf({ 'index.js': '0 && (module.exports = { handler });' }).get('index.js')!, 'handler')).toBe(false);
  expect(isAnnounced(treeOf({ 'index.js': { bytes: 100_000 } }).get('index.js')!, 'handler')).toBe(false);
});

test('no text takes long', () => {
  const texts = ['x'.repeat(3_000_000), ' '.repeat(3_000_000), '//'.repeat(1_000_000), `handler = ${' '.repeat(3_000_000)}`, '{handler:'.repeat(300_000), `export {${'a,'.repeat(300_000)}`];
  const start = performance.now();
  for (const text of texts) {
    for (const path of ['index.js', 'index.mjs']) {
      const file = treeOf({ [path]: `0&&(module.exports={handler});\n//${text}\nexport{handler};\n${text}` }).get(path)!;
      isAnnounced(file, 'handler');
      hasNoCallback(file, 'handler');
    }
  }
  // a second or so; what goes back over the text again and again takes hours
  expect(performance.now() - start).toBeLessThan(30_000);
});

test('a name may have any letters', () => {
  const file = treeOf({ 'index.js': `${' '.repeat(70_000)}0&&(module.exports={handler});` }).get('index.js')!;
  for (const name of ['$', '(', '[', 'a+b', '\\', '']) expect([isAnnounced(file, name), hasNoCallback(file, name)]).toEqual([false, true]);
});
