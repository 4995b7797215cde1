import * as fs from 'fs';
import * as path from 'path';
import { FileTree, PackageFile } from '../../../src/contents/file-tree';
import { judgeNode } from '../../../src/contents/handlers/node';
import { unpackedOf } from '../handlers/unpacked-of';

const MODULES = path.join(__dirname, '../../../node_modules');

/** Packages that others wrote and built, by compilers, bundlers and by hand, with no dot in the name of their main file. */
const PACKAGES = [
  'acorn', 'acorn-walk', 'adm-zip', 'constructs', 'fast-check', 'yauzl', '@lezer/common', '@lezer/python', '@aws-sdk/client-lambda',
  '@aws-sdk/client-sqs', '@smithy/types', 'tslib', 'semver', 'minimatch', 'yargs-parser', 'debug', 'ms', 'fs-extra', 'graceful-fs', 'picomatch',
  'micromatch', 'braces', 'ajv', 'jsonschema', 'commander', 'source-map', 'expect', 'pretty-format', 'jest-diff', 'jest-util',
  '@babel/types', '@babel/core', '@babel/parser', 'esutils', 'esquery', 'espree', 'eslint-scope', 'natural-compare', 'lodash.merge', 'uuid',
].filter((name) => fs.existsSync(path.join(MODULES, name)));

/** The files of a package, read when they are asked for. */
function treeOf(name: string): FileTree {
  const folder = path.join(MODULES, name);
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => fs.statSync(path.join(folder, file)).isFile());
  return new FileTree(names.map((file): PackageFile => {
    const place = path.join(folder, file);
    return { path: path.posix.join('node_modules', name, file), bytes: fs.statSync(place).size, read: () => fs.readFileSync(place), unpack: () => undefined };
  }));
}

/** The main file of a package, by its path in the code and without its extension. */
function mainOf(name: string): string {
  const inside = path.relative(fs.realpathSync(path.join(MODULES, name)), fs.realpathSync(require.resolve(name)));
  return path.posix.join('node_modules', name, inside.replace(/\.c?js$/, ''));
}

/** Names that a package exports, and whether each is a function; with one that it surely does not export. */
function exportsOf(name: string): Map<string, boolean> {
  const exported = jest.requireActual<Record<string, unknown>>(name);
  const names = [...Object.keys(exported).filter((key) => /^\w+$/.test(key) && key !== 'default'), 'isSurelyNotThere'];
  return new Map(names.map((key) => [key, typeof exported[key] === 'function']));
}

const decided = { starts: 0, fails: 0, unclear: 0 };

test.each(PACKAGES)('what is said of the exports of %s is so', (name) => {
  const task = treeOf(name);
  for (const [key, isFunction] of exportsOf(name)) {
    const { kind } = judgeNode({ ...unpackedOf({ runtime: 'nodejs20.x', handler: `${mainOf(name)}.${key}` }), task });
    decided[kind]++;
    if (kind !== 'unclear') expect([key, kind]).toEqual([key, isFunction ? 'starts' : 'fails']);
  }
});

afterAll(() => {
  // Else it would prove nothing.
  expect(PACKAGES.length).toBeGreaterThan(20);
  expect(decided.starts).toBeGreaterThan(200);
  expect(decided.fails).toBeGreaterThan(50);
});
