import { treeOf } from '../model/app-of';

const TREE = treeOf({ 'index.js': '1', 'lib/a.js': '2', 'lib/deep/b.js': '3', 'library.js': '4' });

test('a file is found by its path', () => {
  expect(TREE.get('lib/a.js')?.read()?.toString()).toBe('2');
  expect(TREE.get('lib')).toBeUndefined();
  expect(TREE.get('./index.js')).toBeUndefined();
});

test('a folder is there when a file is somewhere below it', () => {
  expect(['lib', 'lib/deep', 'library.js', 'li', ''].filter((path) => TREE.hasFolder(path))).toEqual(['lib', 'lib/deep']);
});

test('the files below a folder are those with its name and a slash before them', () => {
  expect(TREE.under('lib').map(({ path }) => path)).toEqual(['lib/a.js', 'lib/deep/b.js']);
});

test('names at the root are there once', () => {
  expect(TREE.rootNames).toEqual(['index.js', 'lib', 'library.js']);
});
