import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import * as zlib from 'zlib';
import AdmZip from 'adm-zip';
import * as fc from 'fast-check';
import { archiveFileContents, archiveFiles } from '../../src/assembly/archive-contents';
import { openContents } from '../../src/assembly/open-contents';
import { Contents, Opened } from '../../src/contents/contents';
import { tempFolder } from '../fixtures/temp-folder';
import { ZipEntry, zipFile, ZipOptions } from '../fixtures/zip-file';

const FOLDER = tempFolder();
let files = 0;

function fileOf(bytes: Buffer, name = `archive-${files++}.zip`): string {
  const file = path.join(FOLDER, name);
  fs.writeFileSync(file, bytes);
  return file;
}

function contentsOf(entries: readonly ZipEntry[], options?: ZipOptions): Contents {
  return archiveFileContents(fileOf(zipFile(entries, options)));
}

function opened(entries: readonly ZipEntry[], options?: ZipOptions): Opened {
  const contents = contentsOf(entries, options);
  if (contents.kind !== 'opened') throw new Error(contents.reason);
  return contents;
}

const INDEX: ZipEntry = { name: 'index.js', data: 'exports.handler = async () => {};', mode: 0o100644 };

describe('an archive', () => {
  test('has files with their bytes, modes and content', () => {
    const { bytes, zippedBytes, files: tree, oddities } = opened([
      INDEX, { name: 'bin/', mode: 0o40755 }, { name: 'bin/tool', data: 'abc', mode: 0o100755, method: 0 }, { name: 'notes.txt', data: '' },
    ]);
    expect({ bytes, oddities }).toEqual({ bytes: 36, oddities: [] });
    expect(zippedBytes).toBeGreaterThan(100);
    expect(tree.files.map(({ path: name, bytes: size, mode }) => [name, size, mode])).toEqual([
      ['index.js', 33, 0o644], ['bin/tool', 3, 0o755], ['notes.txt', 0, undefined],
    ]);
    expect(tree.get('index.js')?.read()?.toString()).toBe(INDEX.data);
    expect(tree.get('bin/tool')?.read(2)?.toString()).toBe('ab');
    expect(tree.get('notes.txt')?.read()?.length).toBe(0);
    expect(tree.hasFolder('bin')).toBe(true);
    expect(tree.rootNames).toEqual(['index.js', 'bin', 'notes.txt']);
  });

  test.each<[string, readonly ZipEntry[], ZipOptions]>([
    ['sizes after the data', [{ ...INDEX, flags: 8 }], {}],
    ['sizes of 64 bits', [{ ...INDEX, zip64: true }], {}],
    ['an end record of 64 bits', [INDEX], { zip64: true }],
    ['a comment', [INDEX], { comment: 'made by hand' }],
    ['a name in UTF-8', [{ ...INDEX, flags: 0x800 }], {}],
    ['names that begin with ./', [{ ...INDEX, name: './index.js' }], {}],
    ['names with backslashes', [{ name: 'lib\\a.js', data: '' }, INDEX], {}],
  ])('may have %s', (_, entries, options) => {
    const { bytes, files: tree, oddities } = opened(entries, options);
    expect({ bytes, oddities }).toEqual({ bytes: 33, oddities: [] });
    expect(tree.get('index.js')?.read()?.toString()).toBe(INDEX.data);
  });

  test('knows links', () => {
    const { files: tree } = opened([{ name: 'lib64', data: 'lib', mode: 0o120777 }, INDEX]);
    expect(tree.files.map(({ isLink }) => isLink)).toEqual([true, false]);
  });

  test('in an archive can be opened', () => {
    const jar = zipFile([{ name: 'a/B.class', data: 'class' }]);
    const inner = opened([{ name: 'lib/b.jar', data: jar }, INDEX]).files;
    expect(inner.get('lib/b.jar')?.unpack()?.get('a/B.class')?.read()?.toString()).toBe('class');
    expect(inner.get('index.js')?.unpack()).toBeUndefined();
    expect(archiveFiles(Buffer.from('no archive'))).toBeUndefined();
  });

  test('in a folder can be opened', () => {
    const folder = tempFolder({ lib: {} });
    fs.writeFileSync(path.join(folder, 'lib/b.jar'), zipFile([{ name: 'a/B.class', data: 'class' }]));
    const contents = openContents(folder);
    expect(contents.kind === 'opened' && contents.files.get('lib/b.jar')?.unpack()?.files.map(({ path: name }) => name)).toEqual(['a/B.class']);
  });
});

const odd = (contents: Contents) => contents.kind === 'opened' ? contents.oddities.map(({ what, paths }) => [what, ...paths]) : contents.fault;

describe('a hostile archive', () => {
  test.each<[string, readonly ZipEntry[], unknown[]]>([
    ['two entries of one name', [INDEX, { ...INDEX, data: 'other' }], ['duplicate', 'index.js']],
    ['a path that goes up', [{ name: '../../etc/passwd', data: '' }], ['traversal', '../../etc/passwd']],
    ['a path that goes up in the middle', [{ name: 'a/../../b', data: '' }], ['traversal', 'a/../../b']],
    ['an absolute path', [{ name: '/etc/passwd', data: '' }], ['traversal', '/etc/passwd']],
    ['a path with a drive', [{ name: 'C:/x', data: '' }], ['traversal', 'C:/x']],
    ['entries that share their data', [{ name: 'a', data: Buffer.alloc(5000) }, { name: 'b', data: Buffer.alloc(5000), sharesDataOf: 0 }], ['overlap', 'b']],
    ['a size that no data of that length has', [{ ...INDEX, uncompressedSize: 4_000_000_000 }], ['ratio', 'index.js']],
    ['a stored file of another size', [{ ...INDEX, method: 0, uncompressedSize: 7 }], ['ratio', 'index.js']],
    ['encryption', [{ ...INDEX, flags: 1 }], ['encrypted', 'index.js']],
    ['another compression', [{ ...INDEX, method: 12 }], ['method', 'index.js']],
  ])('with %s is told from others', (_, entries, expected) => {
    expect(odd(contentsOf(entries))).toEqual([expected]);
  });

  test('counts all entries of one name, and shows the last', () => {
    const { bytes, files: tree } = opened([INDEX, { ...INDEX, data: 'other' }]);
    expect(bytes).toBe(38);
    expect(tree.files.map((file) => file.read()?.toString())).toEqual(['other']);
  });

  test('that overlaps claims the bytes of every entry, as unzipping would make them', () => {
    const raw = zlib.deflateRawSync(Buffer.alloc(1_000_000));
    const contents = opened(Array.from({ length: 1000 }, (_, index): ZipEntry =>
      ({ name: String(index), raw, uncompressedSize: 1_000_000, ...index > 0 && { sharesDataOf: 0 } })));
    expect(contents.bytes).toBe(1_000_000_000);
    expect(contents.zippedBytes).toBeLessThan(100_000);
    expect(contents.oddities.map(({ what, paths }) => [what, paths.length])).toEqual([['overlap', 999]]);
  });

  test('whose data is larger than it says is not inflated further', () => {
    const { files: tree } = opened([{ ...INDEX, raw: zlib.deflateRawSync(Buffer.alloc(10_000_000)), uncompressedSize: 100 }]);
    expect(tree.get('index.js')?.read()).toBeUndefined();
  });

  test('whose file is too large to be looked into is measured all the same', () => {
    const raw = zlib.deflateRawSync(Buffer.alloc(100_000_000));
    const { bytes, files: tree } = opened([{ name: 'data.bin', raw, uncompressedSize: 100_000_000 }]);
    expect(bytes).toBe(100_000_000);
    expect(tree.get('data.bin')?.read()).toBeUndefined();
  });

  test('whose data is not there has files that cannot be read', () => {
    expect(opened([{ ...INDEX, raw: Buffer.alloc(0), compressedSize: 50 }]).files.get('index.js')?.read()).toBeUndefined();
    expect(opened([{ ...INDEX, raw: Buffer.from('garbage') }]).files.get('index.js')?.read()).toBeUndefined();
    expect(opened([{ ...INDEX, flags: 1 }]).files.get('index.js')?.read()).toBeUndefined();
  });

  test('of 70,000 entries is read', () => {
    const entries = Array.from({ length: 70_000 }, (_, index): ZipEntry => ({ name: `data/${index % 100}/${index}.txt`, data: 'x', method: 0 }));
    const { bytes, files: tree, oddities } = opened(entries, { zip64: true });
    expect({ bytes, count: tree.files.length, oddities }).toEqual({ bytes: 70_000, count: 70_000, oddities: [] });
    expect(tree.get('data/99/69999.txt')?.read()?.toString()).toBe('x');
  });

  test.each<[string, Buffer, string]>([
    ['claims more entries than it has', zipFile([INDEX], { count: 2 }), 'damaged'],
    ['claims an absurd number of entries', zipFile([INDEX], { count: 2 ** 40, zip64: true }), 'damaged'],
    ['has an entry without a name', zipFile([{ ...INDEX, name: '' }]), 'damaged'],
    ['is empty', Buffer.alloc(0), 'no archive'],
    ['is a text', Buffer.from('exports.handler = 1'), 'no archive'],
    ['is cut in the middle', zipFile([INDEX]).subarray(0, 60), 'no archive'],
    ['lacks its beginning', zipFile([INDEX]).subarray(20), 'damaged'],
  ])('that %s is not opened', (_, bytes, fault) => {
    expect(odd(archiveFileContents(fileOf(bytes)))).toBe(fault);
  });

  test('of any kind never makes an exception', () => {
    const sound = zipFile([INDEX, { name: 'lib/a.js', data: 'x'.repeat(300), zip64: true }], { zip64: true, comment: 'c' });
    const file = path.join(FOLDER, 'any.zip');
    const change = fc.tuple(fc.nat(sound.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      const bytes = Buffer.from(sound);
      for (const [at, value] of changes) bytes[at] = value;
      fs.writeFileSync(file, bytes);
      const contents = archiveFileContents(file);
      if (contents.kind === 'opened') for (const each of contents.files.files) each.read();
      expect(['opened', 'unopened']).toContain(contents.kind);
    }), { numRuns: 1000 });
  });
});

/** What Python's zipfile and Info-ZIP's unzip count. */
const PYTHON = 'import sys, zipfile\nfor name in sys.argv[1:]:\n  print(sum(entry.file_size for entry in zipfile.ZipFile(name).infolist()))';

function byPython(names: readonly string[]): number[] {
  return execFileSync('python3', ['-c', PYTHON, ...names], { encoding: 'utf8' }).trim().split('\n').map(Number);
}

function byUnzip(name: string): number {
  const total = execFileSync('unzip', ['-l', name], { encoding: 'utf8', maxBuffer: 2 ** 28 }).trim().split('\n').pop()!;
  return Number(total.trim().split(/\s+/)[0]);
}

/** The other tools that this machine has; what is expected stands there without them. */
const OTHERS: readonly ((names: readonly string[]) => number[])[] = [
  ...spawnSync('python3', ['--version']).status === 0 ? [byPython] : [],
  ...spawnSync('unzip', ['-v']).status === 0 ? [(names: readonly string[]) => names.map(byUnzip)] : [],
];

const bytesOf = (contents: Contents) => contents.kind === 'opened' ? contents.bytes : contents.reason;

describe('a second tool counts the same', () => {
  const ROOT = path.join(__dirname, '../../node_modules');
  const PACKAGES = [
    'acorn', 'adm-zip', 'constructs', 'esbuild', 'fast-check', 'typescript', 'yauzl', '@types/node', '@lezer/python', 'semver',
  ];
  const LAYERS = ['asset-awscli-v1', 'lambda-layer-kubectl-v34', 'asset-node-proxy-agent-v6'];
  const sum = (file: string): number => fs.statSync(file).isDirectory()
    ? fs.readdirSync(file).reduce((total, name) => total + sum(path.join(file, name)), 0)
    : fs.statSync(file).size;

  test('of ten npm packages, as folders and as archives', () => {
    const folders = PACKAGES.map((name) => path.join(ROOT, name));
    const zips = folders.map((folder, index) => {
      const zip = new AdmZip();
      zip.addLocalFolder(folder);
      const file = path.join(FOLDER, `package-${index}.zip`);
      zip.writeZip(file);
      return file;
    });
    const expected = folders.map(sum);
    expect(Math.min(...expected)).toBeGreaterThan(10_000);
    expect(folders.map((folder) => bytesOf(openContents(folder)))).toEqual(expected);
    expect(zips.map((file) => bytesOf(openContents(file)))).toEqual(expected);
    for (const count of OTHERS) expect(count(zips)).toEqual(expected);
  });

  test('of archives at the limit, one byte below and one above', () => {
    const LIMIT = 262_144_000;
    const large = Buffer.alloc(LIMIT - 1000);
    const raw = zlib.deflateRawSync(large, { level: 1 });
    const names = [LIMIT - 1, LIMIT, LIMIT + 1].map((bytes) => fileOf(zipFile([
      { name: 'large.bin', raw, uncompressedSize: large.length }, { name: 'small.bin', data: Buffer.alloc(bytes - large.length) },
    ])));
    expect(names.map((file) => bytesOf(openContents(file)))).toEqual([LIMIT - 1, LIMIT, LIMIT + 1]);
    for (const count of OTHERS) expect(count(names)).toEqual([LIMIT - 1, LIMIT, LIMIT + 1]);
  });

  test('of real layers', () => {
    const layers = LAYERS.map((name) => path.join(ROOT, '@aws-cdk', name, 'lib/layer.zip'));
    const counted = layers.map((file) => bytesOf(openContents(file)));
    expect(counted).toEqual([136_687_763, 123_425_136, 5_033_035]);
    for (const count of OTHERS) expect(count(layers)).toEqual(counted);
  });
});
