import { elfFile } from './elf-file';
import { foreignFiles } from '../../../src/contents/native/foreign';
import { nativeFilesOf } from '../../../src/contents/native/native-files';
import { ExampleFile, ExampleFiles } from '../../../src/rules/rule';
import { treeOf } from '../../model/app-of';

const X64: ExampleFile = { content: elfFile({ machine: 62, type: 3 }) };
const ARM: ExampleFile = { content: elfFile({ machine: 183, type: 3 }) };
const X86: ExampleFile = { content: elfFile({ machine: 3, type: 3, bits: 32 }) };
const MAC: ExampleFile = { content: Buffer.from('cffaedfe0c000001', 'hex') };
const WINDOWS: ExampleFile = { content: 'MZ' };
const run = (file: ExampleFile): ExampleFile => ({ ...file, mode: 0o755 });

/** Binaries that a function for arm64 cannot run, of each package. */
const foreign = (...packages: ExampleFiles[]) => foreignFiles(packages.map(treeOf), 'arm64').map((files) => files.map(({ path }) => path));

describe('what is looked at', () => {
  const found = (files: ExampleFiles) => nativeFilesOf(treeOf(files)).map(({ path }) => path);

  test('libraries by their names, programs by their mode', () => {
    expect(found({
      'a.node': X64,
      'b/c.so': X64,
      'd.so.1.2.3': X64,
      'e.cpython-312-darwin.so': MAC,
      'f.bundle': MAC,
      'g.pyd': WINDOWS,
      'bin/h': run(X64),
      'i': run(X64),
      'j-openssl-3.0.x': run(X64),
    })).toEqual(['a.node', 'b/c.so', 'd.so.1.2.3', 'e.cpython-312-darwin.so', 'f.bundle', 'g.pyd', 'bin/h', 'i', 'j-openssl-3.0.x']);
  });

  test('no other files, none that may not be executed, none that tests read', () => {
    expect(found({ 'a.js': run(X64), 'bin/b': X64, 'c.dylib': MAC, 'd.dll': WINDOWS, 'e.exe': run(WINDOWS), 'test/fixtures/f.so': X64, 'a/__tests__/g.node': X64, 'h.sort': X64 })).toEqual([]);
  });

  test('not files that cannot be read', () => {
    expect(found({ 'a.so': { bytes: 100 } })).toEqual([]);
  });

  test('each package once', () => {
    const tree = treeOf({ 'a.so': X64 });
    expect(nativeFilesOf(tree)).toBe(nativeFilesOf(tree));
  });
});

test('libraries and programs for another machine or system are found', () => {
  const files = { 'a.node': X64, 'b.so': X86, 'c.cpython-312-darwin.so': MAC, 'd.pyd': WINDOWS, 'bin/e': run(X64) };
  expect(foreign(files)).toEqual([Object.keys(files)]);
});

test('what the machine can run, and what is no binary, is not found', () => {
  expect(foreign({ 'a.node': ARM, 'bin/b': run(ARM), 'bin/c': run({ content: '#!/bin/sh' }), 'd.so': { content: '/* GNU ld script */' }, 'bin/e': run(WINDOWS), 'f.so': WINDOWS })).toEqual([[]]);
});

test('a program of 32 bits may run, a library may not be loaded', () => {
  expect(foreignFiles([treeOf({ 'bin/a': run(X86), 'b.so': X86 })], 'x86_64').map((files) => files.map(({ path }) => path))).toEqual([['b.so']]);
});

describe('variants', () => {
  test('for the machine of the function make the others harmless', () => {
    expect(foreign({ 'prebuilds/linux-x64/a.node': X64, 'prebuilds/linux-arm64/a.node': ARM, 'prebuilds/darwin-arm64/a.node': MAC, 'prebuilds/win32-x64/a.node': WINDOWS })).toEqual([[]]);
  });

  test('may be in another package of the function', () => {
    expect(foreign({ 'node_modules/@esbuild/linux-x64/bin/esbuild': run(X64) }, { 'nodejs/node_modules/@esbuild/linux-arm64/bin/esbuild': run(ARM) })).toEqual([[], []]);
  });

  test('do not help other binaries', () => {
    expect(foreign({ 'prebuilds/linux-x64/a.node': X64, 'prebuilds/linux-arm64/b.node': ARM })).toEqual([['prebuilds/linux-x64/a.node']]);
  });

  test('for none but other platforms are all found', () => {
    expect(foreign({ 'prebuilds/linux-x64/a.node': X64, 'prebuilds/darwin-arm64/a.node': MAC })[0]).toHaveLength(2);
  });
});

describe('binaries for another system alone', () => {
  test('are harmless in a package that has others for Linux', () => {
    expect(foreign({ 'node_modules/node-pty/prebuilds/win32-x64/conpty.node': WINDOWS, 'node_modules/node-pty/build/Release/pty.node': ARM })).toEqual([[]]);
    expect(foreign({ 'node_modules/node-pty/prebuilds/win32-x64/conpty.node': WINDOWS, 'node_modules/other/pty.node': ARM })[0]).toHaveLength(1);
  });

  test.each([
    ['{ "os": ["darwin"] }', 0],
    ['{ "os": ["darwin", "linux"] }', 1],
    ['{ "os": ["!win32"] }', 1],
    ['{ "os": "darwin" }', 1],
    ['{}', 1],
    ['null', 1],
    ['{', 1],
  ])('are harmless in a package that is for no other: %s', (content, count) => {
    expect(foreign({ 'node_modules/fsevents/package.json': content, 'node_modules/fsevents/fsevents.node': MAC })[0]).toHaveLength(count);
  });

  test('are found in a platform package that stands in for the one of Linux', () => {
    expect(foreign({ 'node_modules/@esbuild/darwin-arm64/package.json': '{ "os": ["darwin"] }', 'node_modules/@esbuild/darwin-arm64/bin/esbuild': run(MAC) })[0]).toHaveLength(1);
  });
});

describe('wheels of Python', () => {
  const wheel = (tag: string, record: string): ExampleFiles => ({
    'python/debugpy/attach_linux_amd64.so': X64,
    'python/debugpy-1.8.dist-info/WHEEL': `Wheel-Version: 1.0\nTag: ${tag}\n`,
    'python/debugpy-1.8.dist-info/RECORD': record,
  });

  test('for any platform need no binary of theirs everywhere', () => {
    expect(foreign(wheel('py2.py3-none-any', 'debugpy/__init__.py,sha256=a,1\ndebugpy/attach_linux_amd64.so,sha256=b,2\n'))).toEqual([[]]);
  });

  test('for one platform need them, and those of other wheels say nothing', () => {
    expect(foreign(wheel('cp312-cp312-manylinux2014_x86_64', 'debugpy/attach_linux_amd64.so,sha256=b,2\n'))[0]).toHaveLength(1);
    expect(foreign(wheel('py3-none-any', 'debugpy/__init__.py,,\n'))[0]).toHaveLength(1);
  });
});
