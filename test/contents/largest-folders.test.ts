import * as fc from 'fast-check';
import { largestFolders } from '../../src/contents/largest-folders';
import { treeOf } from '../model/app-of';

const foldersOf = (sizes: Record<string, number>) =>
  largestFolders(treeOf(Object.fromEntries(Object.entries(sizes).map(([name, bytes]) => [name, { bytes }])))).map(({ path, bytes }) => `${path} ${bytes}`);

test('node_modules becomes the packages in it, and small folders stay whole', () => {
  expect(foldersOf({
    'index.js': 10,
    'node_modules/aws-sdk/lib/a.js': 300,
    'node_modules/aws-sdk/clients/b.js': 600,
    'node_modules/left-pad/index.js': 20,
    'node_modules/left-pad/lib/c.js': 10,
    'docs/deep/er/read.md': 60,
  })).toEqual(['node_modules/aws-sdk/clients 600', 'node_modules/aws-sdk/lib 300', 'docs 60', 'node_modules/left-pad 30', ' 10']);
});

test('a path of single folders becomes its end', () => {
  expect(foldersOf({ 'python/lib/python3.13/site-packages/numpy/core.so': 900 })).toEqual(['python/lib/python3.13/site-packages/numpy 900']);
});

test('a package without folders is its root', () => {
  expect(foldersOf({ 'index.js': 10, 'b.js': 5 })).toEqual([' 15']);
  expect(foldersOf({})).toEqual([' 0']);
});

test('no byte is lost or counted twice, whatever the folders are', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'node_modules');
  const path = fc.array(name, { minLength: 1, maxLength: 6 }).map((names) => `${names.join('/')}/f.js`);
  fc.assert(fc.property(fc.dictionary(path, fc.nat({ max: 1000 }), { noNullPrototype: true }), (sizes) => {
    const total = Object.values(sizes).reduce((sum, bytes) => sum + bytes, 0);
    const folders = largestFolders(treeOf(Object.fromEntries(Object.entries(sizes).map(([file, bytes]) => [file, { bytes }]))));
    expect(folders.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(total);
    expect(folders.map(({ bytes }) => bytes)).toEqual(folders.map(({ bytes }) => bytes).sort((one, other) => other - one));
  }));
});

test('thousands of folders are not opened up one by one', () => {
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`data/${index}/x`, 1000]));
  expect(foldersOf(many).length).toBeLessThan(5100);
});
