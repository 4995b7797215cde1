import { createHash } from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import * as fc from 'fast-check';
import { openContents } from '../../src/assembly/open-contents';
import { FileTree, PackageFile } from '../../src/contents/file-tree';
import { clashes, hiddenFiles, isOfNoEffect, MAX_COMPARED } from '../../src/contents/hidden-files';
import { ExampleFiles } from '../../src/rules/rule';
import { tempFolder, Tree } from '../fixtures/temp-folder';
import { treeOf } from '../model/app-of';

const hidden = (...layers: (ExampleFiles | undefined)[]) =>
  hiddenFiles(layers.map((files) => files && treeOf(files))).map(({ path: file, of, by }) => `${file} of ${of} by ${by}`);

describe('a file is hidden', () => {
  test('by a later one of another size', () => {
    expect(hidden({ a: '1', b: '1' }, { a: '22' })).toEqual(['a of 0 by 1']);
  });

  test('by a later one of the same size', () => {
    expect(hidden({ a: '1' }, { a: '2' })).toEqual(['a of 0 by 1']);
  });

  test('by the last one that is there, also beyond layers that are not known', () => {
    expect(hidden({ a: '1' }, undefined, { a: '2' }, { a: '3' })).toEqual(['a of 0 by 3', 'a of 2 by 3']);
  });

  test('though the last one is equal, if it was hidden between them', () => {
    expect(hidden({ a: '1' }, { a: '2' }, { a: '1' })).toEqual(['a of 1 by 2']);
  });

  test('by a link', () => {
    const file = treeOf({ a: '1' });
    const link = new FileTree([{ ...file.files[0], isLink: true }]);
    expect(hiddenFiles([file, link])).toEqual([{ path: 'a', of: 0, by: 1 }]);
  });
});

describe('a file is not hidden', () => {
  test.each<[string, ExampleFiles[]]>([
    ['by an equal one', [{ a: '1' }, { a: '1' }]],
    ['by one at another path', [{ a: '1' }, { 'b/a': '2', 'A': '2' }]],
    ['by an earlier one', [{}, { a: '1' }]],
  ])('%s', (_, layers) => {
    expect(hidden(...layers)).toEqual([]);
  });

  test('as far as is known, by one that cannot be read', () => {
    expect(hidden({ a: { bytes: 5 } }, { a: '12345' })).toEqual([]);
  });

  test('by itself, in an asset that is two layers', () => {
    const files = treeOf({ a: { bytes: 5 } });
    expect(hiddenFiles([files, files])).toEqual([]);
  });
});

test('files are read up to a bound, and only if they have the same size', () => {
  const read: string[] = [];
  const file = (layer: string, name: string, bytes: number): PackageFile => ({
    path: name,
    bytes,
    read: () => {
      read.push(`${layer}/${name}`);
      return Buffer.from(layer);
    },
    unpack: () => undefined,
  });
  const layer = (name: string, small: number) => new FileTree([file(name, 'large', MAX_COMPARED + 1), file(name, 'other', small), file(name, 'small', 10)]);
  expect(hiddenFiles([layer('one', 10), layer('two', 11)]).map(({ path: name }) => name)).toEqual(['other', 'small']);
  expect(read).toEqual(['one/small', 'two/small']);
});

test('layers of 30,000 files are compared without going over all pairs', () => {
  const files = Object.fromEntries(Array.from({ length: 30_000 }, (_, index) => [`nodejs/node_modules/p${index % 300}/${index}.js`, String(index % 10)]));
  const layers = [0, 1, 2].map(() => treeOf(files));
  const start = performance.now();
  expect([...hiddenFiles(layers), ...clashes(layers)]).toEqual([]);
  expect(performance.now() - start).toBeLessThan(20_000); // all pairs take minutes
}, 60_000);

/** Small trees: the same few names in each, so that they meet. Names of folders and files do not, which is a clash. */
const file = fc.constantFrom('a', 'b.js', 'c');
const content = fc.constantFrom('', '1', '2', '22');
const leaves = fc.dictionary(file, content, { maxKeys: 3 });
const layer: fc.Arbitrary<Tree> = fc.tuple(leaves, fc.dictionary(fc.constantFrom('nodejs', 'lib'), leaves)).map(([root, folders]) => ({ ...root, ...folders }));

function filesIn(folder: string, prefix = ''): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => entry.isDirectory()
    ? filesIn(path.join(folder, entry.name), `${prefix}${entry.name}/`)
    : [`${prefix}${entry.name}`]).sort();
}

const hashOf = (name: string) => createHash('sha256').update(fs.readFileSync(name)).digest('hex');

test('what is hidden is what is another file when all layers are extracted, one after the other', () => {
  let met = 0;
  fc.assert(fc.property(fc.array(layer, { minLength: 1, maxLength: 4 }), (trees) => {
    const folders = trees.map((tree) => tempFolder(tree));
    const opt = tempFolder();
    for (const folder of folders) fs.cpSync(folder, opt, { recursive: true });
    const extracted = folders.flatMap((folder, of) => filesIn(folder)
      .filter((name) => hashOf(path.join(folder, name)) !== hashOf(path.join(opt, name)))
      .map((name) => `${name} of ${of}`));
    const contents = folders.map(openContents).map((opened) => opened.kind === 'opened' ? opened.files : undefined);
    const found = hiddenFiles(contents);
    expect(found.map(({ path: name, of }) => `${name} of ${of}`).sort()).toEqual(extracted.sort());
    for (const { path: name, by } of found) expect(hashOf(path.join(folders[by], name))).toBe(hashOf(path.join(opt, name)));
    met += found.length;
  }), { numRuns: 150 });
  expect(met).toBeGreaterThan(50);
});

test.each([
  'LICENSE', 'python/idna/LICENSE.md', 'nodejs/node_modules/a/README.md', 'nodejs/node_modules/a/CHANGELOG', 'nodejs/node_modules/a/index.d.ts',
  'nodejs/node_modules/a/index.js.map', 'python/idna-3.7.dist-info/RECORD', 'python/idna/__pycache__/core.cpython-313.pyc', 'nodejs/package.json',
  'nodejs/package-lock.json', 'nodejs/node_modules/.package-lock.json', 'python/requirements.txt', 'ruby/Gemfile.lock', 'nodejs/node_modules/a/LICENSE-MIT',
])('%s has no effect', (name) => {
  expect(isOfNoEffect(name)).toBe(true);
});

test.each([
  'nodejs/node_modules/a/index.js', 'nodejs/node_modules/a/package.json', 'nodejs/node_modules/history/history.js', 'python/idna/core.py', 'python/notice.py',
  'python/idna-3.7.dist-info/METADATA', 'python/idna-3.7.dist-info/entry_points.txt', 'java/lib/a.jar', 'bin/jq', 'lib/libc.so', 'config.json',
])('%s may have', (name) => {
  expect(isOfNoEffect(name)).toBe(false);
});

describe('layers clash', () => {
  const clash = (...layers: ExampleFiles[]) => clashes(layers.map(treeOf));

  test('where one has a file and another one a folder', () => {
    expect(clash({ 'a/b/c': '' }, { 'a/b': '' })).toEqual([{ path: 'a/b', file: 1, folder: 0 }]);
    expect(clash({ 'a/b': '' }, {}, { 'a/b/c': '' })).toEqual([{ path: 'a/b', file: 0, folder: 2 }]);
  });

  test('not where both have a file or both a folder', () => {
    expect(clash({ 'a/b': '1', 'c/d': '' }, { 'a/b': '2', 'c/e': '' })).toEqual([]);
  });
});
