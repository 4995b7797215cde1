import * as fs from 'fs';
import * as path from 'path';
import AdmZip from 'adm-zip';
import * as fc from 'fast-check';
import { openContents } from '../../src/assembly/open-contents';
import { tempFolder, Tree, write } from '../fixtures/temp-folder';

const measured = (bytes: number) => expect.objectContaining({ kind: 'opened', bytes });
const unreadable = (reason: RegExp) => ({ kind: 'unopened', fault: expect.any(String), reason: expect.stringMatching(reason) });

/** A zip file of a folder, with this name. */
function zipOf(folder: string, name = 'code.zip'): string {
  const zip = new AdmZip();
  zip.addLocalFolder(folder);
  const file = path.join(tempFolder(), name);
  zip.writeZip(file);
  return file;
}

describe('a folder', () => {
  test('has the bytes of its files, at any depth', () => {
    expect(openContents(tempFolder({ 'index.js': 100, 'lib': { 'a.js': 20, 'deeper': { 'b.js': 3 } }, 'empty': {} }))).toEqual(measured(123));
  });

  test('without files has none', () => {
    expect(openContents(tempFolder())).toEqual(measured(0));
  });

  test('counts hidden files and folders', () => {
    expect(openContents(tempFolder({ '.env': 10, '.git': { HEAD: 5 } }))).toEqual(measured(15));
  });

  test('counts what a link to a file points to, inside or outside', () => {
    const outside = tempFolder({ 'shared.js': 1000 });
    const folder = tempFolder({ 'index.js': 100 });
    fs.symlinkSync('index.js', path.join(folder, 'main.js'));
    fs.symlinkSync(path.join(outside, 'shared.js'), path.join(folder, 'shared.js'));
    expect(openContents(folder)).toEqual(measured(1200));
  });

  test('counts what is in a folder that a link points to, inside or outside', () => {
    const outside = tempFolder({ deep: { 'shared.js': 1000 } });
    const folder = tempFolder({ lib: { 'a.js': 10 } });
    fs.symlinkSync('lib', path.join(folder, 'again'));
    fs.symlinkSync(outside, path.join(folder, 'shared'));
    expect(openContents(folder)).toEqual(measured(1020));
  });

  test('is counted once where a link points to a folder above', () => {
    const folder = tempFolder({ 'index.js': 100, 'lib': { 'a.js': 10 } });
    fs.symlinkSync('..', path.join(folder, 'lib', 'loop'));
    fs.symlinkSync('.', path.join(folder, 'self'));
    expect(openContents(folder)).toEqual(measured(110));
  });

  test('has no bytes where a link points to nothing', () => {
    const folder = tempFolder({ 'index.js': 100 });
    fs.symlinkSync('gone.js', path.join(folder, 'broken.js'));
    expect(openContents(folder)).toEqual(measured(100));
  });

  test('may be a link itself', () => {
    const link = path.join(tempFolder(), 'code');
    fs.symlinkSync(tempFolder({ 'index.js': 100 }), link);
    expect(openContents(link)).toEqual(measured(100));
  });

  test('that may not be read is said to be so; root may read everything', () => {
    const folder = tempFolder({ 'index.js': 100, 'secret': { key: 10 } });
    fs.chmodSync(path.join(folder, 'secret'), 0o000);
    try {
      const isRoot = process.getuid?.() === 0;
      expect(openContents(folder)).toEqual(isRoot ? measured(110) : unreadable(/cannot be read: EACCES/));
    } finally {
      fs.chmodSync(path.join(folder, 'secret'), 0o700);
    }
  });
});

describe('an archive', () => {
  const folder = tempFolder({ 'index.js': 5000, 'lib': { 'a.js': 234 } });

  test.each(['code.zip', 'code.jar', 'code'])('%s has the bytes of its files when unzipped, not those of the file', (name) => {
    const file = zipOf(folder, name);
    expect(fs.statSync(file).size).toBeLessThan(5000);
    expect(openContents(file)).toEqual(measured(5234));
  });

  test('without entries has none', () => {
    expect(openContents(zipOf(tempFolder()))).toEqual(measured(0));
  });

  test('may be a link', () => {
    const link = path.join(tempFolder(), 'link.zip');
    fs.symlinkSync(zipOf(folder), link);
    expect(openContents(link)).toEqual(measured(5234));
  });

  test('that is cut off anywhere is unreadable', () => {
    const bytes = fs.readFileSync(zipOf(folder));
    const cut = path.join(tempFolder(), 'cut.zip');
    for (let length = 0; length < bytes.length; length++) {
      fs.writeFileSync(cut, bytes.subarray(0, length));
      expect({ length, ...openContents(cut) }).toMatchObject({ length, ...unreadable(/^cut\.zip cannot be read: /) });
    }
  });

  test('whose beginning is missing is unreadable', () => {
    const bytes = fs.readFileSync(zipOf(folder));
    const cut = path.join(tempFolder(), 'cut.zip');
    fs.writeFileSync(cut, bytes.subarray(60));
    expect(openContents(cut)).toEqual(unreadable(/^cut\.zip cannot be read: /));
  });

  test.each<[string, Buffer]>([['no bytes', Buffer.alloc(0)], ['text', Buffer.from('exports.handler = async () => {};')], ['zeros', Buffer.alloc(100)]])(
    'that is none but %s is unreadable', (_, content) => {
      const file = path.join(tempFolder(), 'index.js');
      fs.writeFileSync(file, content);
      expect(openContents(file)).toEqual(unreadable(/^index\.js cannot be read: /));
    });

  test('of any bytes is measured or unreadable, never an exception', () => {
    const file = path.join(tempFolder(), 'random.zip');
    const end = Buffer.from('PK\x05\x06', 'latin1');
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), fc.uint8Array({ maxLength: 30 }), (head, withEnd, tail) => {
      fs.writeFileSync(file, Buffer.concat([head, withEnd ? end : Buffer.alloc(0), tail]));
      const result = openContents(file);
      expect(result).toEqual(result.kind === 'opened' ? measured(expect.any(Number) as unknown as number) : unreadable(/^random\.zip cannot be read: /));
    }));
  });
});

test('a file that is not there is said to be missing, by its name and not by the path of a machine', () => {
  expect(openContents(path.join(tempFolder(), 'gone.zip'))).toEqual({ kind: 'unopened', reason: 'gone.zip is not there', fault: 'unreadable' });
});

describe('any folder', () => {
  const name = fc.constantFrom('index.js', '.hidden', 'b c', 'ü', 'node_modules', 'data.bin');
  const anyTree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.dictionary(name, fc.oneof({ maxDepth: 3 }, fc.nat({ max: 400 }), tie('tree')), { noNullPrototype: true }),
  })).tree;
  const sum = (tree: Tree): number => Object.values(tree).reduce<number>((bytes, entry) => bytes + (typeof entry === 'object' ? sum(entry) : Number(entry)), 0);

  test('has the bytes that were written, as a folder and as a zip', () => {
    const root = tempFolder();
    let run = 0;
    fc.assert(fc.property(anyTree, (tree) => {
      const folder = path.join(root, String(run++));
      fs.mkdirSync(folder);
      write(folder, tree);
      const file = zipOf(folder);
      const entries = new AdmZip(file).getEntries().reduce((bytes, entry) => bytes + entry.header.size, 0);
      expect(entries).toBe(sum(tree));
      expect(openContents(folder)).toEqual(measured(sum(tree)));
      expect(openContents(file)).toEqual(measured(sum(tree)));
    }), { numRuns: 40 });
  });
});
