import { elfFile } from './elf-file';
import { misfits } from '../../../src/contents/native/abi';
import { ExampleFile, ExampleFiles } from '../../../src/rules/rule';
import { treeOf } from '../../model/app-of';

const X64: ExampleFile = { content: elfFile({ type: 3 }) };
const ARM: ExampleFile = { content: elfFile({ machine: 183, type: 3 }) };
const symbol = (name: string): ExampleFile => ({ content: Buffer.concat([elfFile({ type: 3 }), Buffer.from(`\0${name}\0`)]) });

function found(runtime: string, ...packages: ExampleFiles[]): string[] {
  return misfits(packages.map(treeOf), runtime, 'x86_64').flat().map(({ path, builtFor }) => `${path}: ${builtFor}`);
}

describe('extension modules of Python', () => {
  test.each([
    ['a.cpython-312-x86_64-linux-gnu.so', 'CPython 3.12'],
    ['a.cpython-39-x86_64-linux-gnu.so', 'CPython 3.9'],
    ['a.cpython-313t-x86_64-linux-gnu.so', 'CPython 3.13 without the global lock'],
    ['a.pypy310-pp73-x86_64-linux-gnu.so', 'PyPy'],
    ['a.cpython-313-x86_64-linux-musl.so', 'musl'],
  ])('%s does not fit', (path, builtFor) => {
    expect(found('python3.13', { [path]: X64 })).toEqual([`${path}: ${builtFor}`]);
  });

  test.each(['a.cpython-313-x86_64-linux-gnu.so', 'a.abi3.so', 'a.so', 'libssl.so.3'])('%s fits', (path) => {
    expect(found('python3.13', { [path]: X64 })).toEqual([]);
  });

  test.each([
    ['a.cpython-313-x86_64-linux-gnu.so', X64],
    ['a.abi3.so', X64],
    ['a.py', { content: '' }],
    ['a/__init__.py', { content: '' }],
  ])('do no harm beside %s', (path, file) => {
    expect(found('python3.13', { 'a.cpython-312-x86_64-linux-gnu.so': X64, [path]: file })).toEqual([]);
  });

  test('are not helped by one for another machine', () => {
    expect(found('python3.13', { 'a.cpython-312-x86_64-linux-gnu.so': X64, 'a.cpython-313-aarch64-linux-gnu.so': ARM })).toEqual(['a.cpython-312-x86_64-linux-gnu.so: CPython 3.12']);
  });

  test('that are parts of a compiled module are left to it', () => {
    expect(found('python3.13', { 'md__mypyc.cpython-312-x86_64-linux-gnu.so': X64, 'md.cpython-312-x86_64-linux-gnu.so': X64, 'md.py': '' })).toEqual([]);
  });

  test('for another machine are said by another rule, and count where the machine is decided at deployment', () => {
    expect(found('python3.13', { 'a.cpython-312-aarch64-linux-gnu.so': ARM })).toEqual([]);
    expect(misfits([treeOf({ 'a.cpython-312-aarch64-linux-gnu.so': ARM })], 'python3.13', undefined)[0]).toHaveLength(1);
  });
});

describe('modules of Node.js', () => {
  test.each([
    'prebuilds/linux-x64/node.abi115.node',
    'prebuilds/linux-x64/node.abi115.glibc.node',
    'prebuilds/linux-x64/node-115.node',
    'lib/binding/node-v115-linux-x64/sqlite3.node',
    'lib/profiler-linux-x64-glibc-115.node',
  ])('%s fits Node.js 20 alone', (path) => {
    expect(found('nodejs20.x', { [path]: X64 })).toEqual([]);
    expect(found('nodejs22.x', { [path]: X64 })).toEqual([`${path}: Node.js ABI 115`]);
  });

  test.each(['prebuilds/linux-x64/node.napi.node', 'lib/binding/napi-v6-linux-x64/sqlite3.node', 'sharp-linux-x64-0.35.node', 'build/Release/a.node'])('%s fits', (path) => {
    expect(found('nodejs22.x', { [path]: X64 })).toEqual([]);
  });

  test('say for which version they are in the function that registers them', () => {
    const path = 'node_modules/better-sqlite3/build/Release/better_sqlite3.node';
    expect(found('nodejs22.x', { [path]: symbol('node_register_module_v115') })).toEqual([`${path}: Node.js ABI 115`]);
    expect(found('nodejs22.x', { [path]: symbol('node_register_module_v127') })).toEqual([]);
    expect(found('nodejs22.x', { [path]: symbol('node_register_module_v115\0napi_register_module_v1') })).toEqual([]);
    expect(found('nodejs22.x', { [path]: symbol('node_register_module_v') })).toEqual([]);
  });

  test('are read once for that', () => {
    const tree = treeOf({ 'a.node': symbol('node_register_module_v115') });
    const read = jest.spyOn(tree.files[0], 'read');
    const whole = () => read.mock.calls.filter(([length]) => length === undefined).length;
    expect(misfits([tree], 'nodejs22.x', 'x86_64')[0]).toHaveLength(1);
    expect(misfits([tree], 'nodejs20.x', 'x86_64')[0]).toHaveLength(0);
    expect(whole()).toBe(1);
  });

  test('of a version that is not known are not judged', () => {
    expect(found('nodejs26.x', { 'node.abi115.node': X64 })).toEqual([]);
  });

  test('do no harm beside one that fits, in whichever package', () => {
    expect(found('nodejs22.x', { 'node_modules/a/prebuilds/linux-x64/node.abi115.node': X64 }, { 'nodejs/node_modules/a/prebuilds/linux-x64/node.napi.node': X64 })).toEqual([]);
  });
});

describe('musl', () => {
  test('is what a program asks for by its loader', () => {
    const program = { content: elfFile({ loader: '/lib/ld-musl-x86_64.so.1' }), mode: 0o755 };
    expect(found('java21', { 'bin/tool': program })).toEqual(['bin/tool: musl']);
    expect(found('java21', { 'bin/tool': program, 'lib/ld-musl-x86_64.so.1': X64 })).toEqual([]);
  });

  test('is what a library says by its path', () => {
    expect(found('nodejs22.x', { '@swc/core-linux-x64-musl/swc.linux-x64-musl.node': X64 })).toEqual(['@swc/core-linux-x64-musl/swc.linux-x64-musl.node: musl']);
    expect(found('nodejs22.x', { '@swc/core-linux-x64-musl/swc.linux-x64-musl.node': X64, '@swc/core-linux-x64-gnu/swc.linux-x64-gnu.node': X64 })).toEqual([]);
    expect(found('nodejs22.x', { 'musli/a.node': X64 })).toEqual([]);
  });
});

test('other runtimes load neither', () => {
  expect(found('ruby3.4', { 'a.cpython-312-x86_64-linux-gnu.so': X64, 'node.abi115.node': X64 })).toEqual([]);
});
