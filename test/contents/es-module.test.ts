import { spawnSync } from 'child_process';
import * as fc from 'fast-check';
import { esStatement } from '../../src/contents/es-module';

test.each([
  ['import a from "a";', { word: 'import', line: 1 }],
  ['#!/usr/bin/env node\n// first\nexport default 1;', { word: 'export', line: 3 }],
  ['const a = 1;\nexport { a };\nimport "b";', { word: 'export', line: 2 }],
  ['export * from "a";', { word: 'export', line: 1 }],
  ['import a from "a" with { type: "json" };', { word: 'import', line: 1 }],
  ['const a = import("a");', undefined],
  ['exports.handler = () => 1;', undefined],
  ['return 1;', undefined],
  ['with (a) {}', undefined],
  ['import {', undefined],
  ['`\nimport a from "a";\n`', undefined],
  ['/* export default 1 */', undefined],
  ['', undefined],
])('%j', (text, statement) => {
  expect(esStatement(text)).toEqual(statement);
});

test('Node.js refuses as CommonJS what is said to be none', () => {
  const texts = ['import a from "fs";', 'export const a = 1;', 'export default () => 1;', 'export {};', 'import "fs";', 'export * from "fs";'];
  for (const text of texts) {
    expect(esStatement(text)).toBeDefined();
    const { status, stderr } = spawnSync(process.execPath, ['--check', '--input-type=commonjs', '-'], { input: text, encoding: 'utf8' });
    expect(`${status} ${stderr}`).toMatch(/^1 [^]*SyntaxError/);
  }
});

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    esStatement(text);
  }));
});
