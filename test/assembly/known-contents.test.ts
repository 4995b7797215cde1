import * as fs from 'fs';
import * as path from 'path';
import { contentsOf } from '../../src/assembly/known-contents';
import { tempFolder } from '../fixtures/temp-folder';

/** Names as the CDK gives them to staged assets. */
const staged = (index = 0, extension = '') => `asset.${String(index).padStart(64, '0')}${extension}`;

test('a staged folder is looked into once, any other each time', () => {
  const root = tempFolder({ [staged()]: { 'index.js': 10 }, src: { 'index.js': 10 } });
  expect(contentsOf(path.join(root, staged()))).toBe(contentsOf(path.join(root, staged())));
  expect(contentsOf(path.join(root, 'src'))).not.toBe(contentsOf(path.join(root, 'src')));
});

test('another folder in its place is looked into anew', () => {
  const folder = path.join(tempFolder(), staged());
  fs.mkdirSync(folder);
  const before = contentsOf(folder);
  fs.rmdirSync(folder);
  expect(contentsOf(folder)).toMatchObject({ kind: 'unopened' });
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'index.js'), 'x');
  expect(before).toMatchObject({ bytes: 0 });
  expect(contentsOf(folder)).toMatchObject({ bytes: 1 });
});

test('an archive that was written anew is looked into anew', () => {
  const file = path.join(tempFolder({ [staged(0, '.zip')]: 10 }), staged(0, '.zip'));
  expect(contentsOf(file)).toMatchObject({ fault: 'no archive' });
  fs.rmSync(file);
  expect(contentsOf(file)).toMatchObject({ reason: `${staged(0, '.zip')} is not there` });
});

test('what was looked into long ago is forgotten', () => {
  const root = tempFolder(Object.fromEntries(Array.from({ length: 501 }, (_, index) => [staged(index), {}])));
  const first = contentsOf(path.join(root, staged()));
  for (let index = 1; index <= 500; index++) contentsOf(path.join(root, staged(index)));
  expect(contentsOf(path.join(root, staged(500)))).toBe(contentsOf(path.join(root, staged(500))));
  expect(contentsOf(path.join(root, staged()))).not.toBe(first);
});
