import { FileTree } from '../../../src/contents/file-tree';
import { Json, JsonObject } from '../../../src/model/template';
import { filesCanBeRead } from '../../../src/rules/code/files-can-be-read';
import { nativeBinariesFitArchitecture } from '../../../src/rules/code/native-binaries-fit-architecture';
import { nativeModulesFitRuntime } from '../../../src/rules/code/native-modules-fit-runtime';
import { ExampleAsset, ExampleFile, Rule } from '../../../src/rules/rule';
import { elfFile } from '../../contents/native/elf-file';
import { appOf, treeOf } from '../../model/app-of';

const X64: ExampleFile = { content: elfFile({ type: 3 }) };
const ARM: ExampleFile = { content: elfFile({ machine: 183, type: 3 }) };
const MAC: ExampleFile = { content: Buffer.from('cffaedfe0c000001', 'hex') };

const LAYER: JsonObject = { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'layer.zip' } } };
const ASSETS = ['code.zip', 'layer.zip'];

/** Findings about a function of this code and, if there is one, this layer. */
function found(rule: Rule, [code, layer]: readonly ExampleAsset[], properties: JsonObject = {}): string[] {
  const layers: Json[] = layer === undefined ? [] : [{ Ref: 'Common' }];
  const orders: JsonObject = { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'python3.13', Handler: 'a.b', Code: { S3Bucket: 'assets', S3Key: 'code.zip' }, Layers: layers, ...properties } };
  const assets = Object.fromEntries([code, layer].flatMap((asset, index) => asset === undefined ? [] : [[ASSETS[index], asset]]));
  return [...rule.check(appOf({ Orders: orders, Common: LAYER }, { assets }))].map(({ path, message }) => `${path}: ${message}`);
}

describe('native binaries', () => {
  test('for another platform are named, the first few of them', () => {
    expect(found(nativeBinariesFitArchitecture, [{ 'a.so': ARM, 'b.so': MAC, 'c.pyd': { content: 'MZ' }, 'd.so': ARM, 'e.so': ARM, 'f.so': X64 }])).toEqual([
      'Properties/Code: native binaries must be built for Linux on x86_64, got 5 files in code code.zip: a.so (arm64), b.so (macOS), c.pyd (Windows), and 2 more',
    ]);
  });

  test('are reported once for each part of the function', () => {
    expect(found(nativeBinariesFitArchitecture, [{ 'a.so': X64 }, { 'python/b.so': X64, 'bin/c': { ...X64, mode: 0o755 } }], { Architectures: ['arm64'] })).toEqual([
      'Properties/Code: native binaries must be built for Linux on arm64, got one file in code code.zip: a.so (x86_64)',
      'Properties/Layers: native binaries must be built for Linux on arm64, got 2 files in layer Common (layer.zip): python/b.so (x86_64), bin/c (x86_64)',
    ]);
  });

  test('are for x86_64 where the function says nothing', () => {
    expect(found(nativeBinariesFitArchitecture, [{ 'a.so': X64 }])).toEqual([]);
    expect(found(nativeBinariesFitArchitecture, [{ 'a.so': ARM }])).toHaveLength(1);
  });

  test('are not judged in code that cannot be read, but in layers still', () => {
    expect(found(nativeBinariesFitArchitecture, [{ kind: 'unopened', reason: 'code.zip is not there', fault: 'unreadable' }, { 'lib/b.so': ARM }])).toHaveLength(1);
  });

  test('that are the bootstrap are left to its rule', () => {
    expect(found(nativeBinariesFitArchitecture, [{ bootstrap: { ...ARM, mode: 0o755 } }], { Runtime: 'provided.al2023' })).toEqual([]);
  });
});

describe('native modules', () => {
  test('for another version are named with it', () => {
    expect(found(nativeModulesFitRuntime, [{ 'a.cpython-312-x86_64-linux-gnu.so': X64, 'b.cpython-313-x86_64-linux-musl.so': X64 }])).toEqual([
      'Properties/Code: native modules must be built for python3.13 and glibc, got 2 files in code code.zip: a.cpython-312-x86_64-linux-gnu.so (CPython 3.12), b.cpython-313-x86_64-linux-musl.so (musl)',
    ]);
  });

  test('are judged by the runtime of the function that has the layer', () => {
    const parts: readonly ExampleAsset[] = [{ 'a.py': '' }, { 'python/a.cpython-312-x86_64-linux-gnu.so': X64 }];
    expect(found(nativeModulesFitRuntime, parts)).toHaveLength(1);
    expect(found(nativeModulesFitRuntime, parts, { Runtime: 'python3.12' })).toEqual([]);
    expect(found(nativeModulesFitRuntime, parts, { Runtime: { Ref: 'Runtime' } })).toEqual([]);
  });
});

describe('modes', () => {
  const file = (mode: number): ExampleFile => ({ content: '', mode });

  test('that keep others out are named', () => {
    expect(found(filesCanBeRead, [{ a: file(0o600), b: file(0o640), c: file(0o644), d: file(0o711), e: file(0o7) }])).toEqual([
      'Properties/Code: files must be readable by everyone, got 3 files in code code.zip: a (600), b (640), d (711)',
    ]);
    expect(found(filesCanBeRead, [{ a: file(0) }])).toEqual([expect.stringMatching(/: a \(000\)$/)]);
  });

  test('that are not recorded, as in a jar, say nothing', () => {
    const files = new FileTree(treeOf({ a: file(0o600) }).files.map((each) => ({ ...each, mode: undefined })));
    expect(found(filesCanBeRead, [{ kind: 'opened', bytes: 0, files, oddities: [] }])).toEqual([]);
  });

  test('of links are not those of files', () => {
    const files = new FileTree(treeOf({ a: file(0o600) }).files.map((each) => ({ ...each, isLink: true })));
    expect(found(filesCanBeRead, [{ kind: 'opened', bytes: 0, files, oddities: [] }])).toEqual([]);
  });

  test('of inline code are what Lambda makes them', () => {
    expect(found(filesCanBeRead, [{}], { Code: { ZipFile: 'x' } })).toEqual([]);
  });
});
