import { spawnSync } from 'child_process';
import * as fc from 'fast-check';
import { readClassFile } from '../../../src/contents/java/class-file';
import { bytesOf } from '../../fixtures/java/classes';

const read = (name: string) => readClassFile(bytesOf(`com/example/${name}`))!;

test('a class has a name, a version, a superclass and interfaces', () => {
  expect(read('Orders')).toMatchObject({ name: 'com/example/Orders', java: 8, superName: 'java/lang/Object', interfaces: ['com/amazonaws/services/lambda/runtime/RequestHandler'], isAbstract: false });
  expect(read('Child')).toMatchObject({ superName: 'com/example/Base', interfaces: [] });
  expect(read('Typed')).toMatchObject({ isAbstract: true, superName: 'java/lang/Object' });
});

test('a class has methods, with what may call them and what they take', () => {
  expect(read('Plain').methods).toEqual([
    { name: '<init>', descriptor: '()V', isPublic: true, isStatic: false, isSynthetic: false },
    { name: 'handle', descriptor: '(Ljava/lang/String;)Ljava/lang/String;', isPublic: true, isStatic: false, isSynthetic: false },
  ]);
  expect(read('Orders').methods).toContainEqual({ name: 'hidden', descriptor: '(Ljava/lang/String;)Ljava/lang/String;', isPublic: false, isStatic: false, isSynthetic: false });
  expect(read('Orders').methods).toContainEqual({ name: 'of', descriptor: '(Ljava/lang/String;)Ljava/lang/String;', isPublic: true, isStatic: true, isSynthetic: false });
  expect(read('Orders').methods.filter(({ isSynthetic }) => isSynthetic).map(({ name }) => name)).toEqual(['handleRequest']);
});

test('a file that is cut anywhere is no class', () => {
  const bytes = bytesOf('com/example/Plain');
  const beforeAttributes = bytes.length - 2;
  for (let length = 0; length < beforeAttributes; length++) expect(readClassFile(bytes.subarray(0, length))).toBeUndefined();
});

test('no bytes make it throw or hang', () => {
  const bytes = bytesOf('com/example/Orders');
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }), (changes) => {
    const changed = Buffer.from(bytes);
    for (const [at, value] of changes) changed[at] = value;
    readClassFile(changed);
  }), { numRuns: 1000 });
  expect(readClassFile(Buffer.from('cafebabe', 'hex'))).toBeUndefined();
});

const hasCompiler = spawnSync('javac', ['-version']).status === 0;

// without a JDK the committed classes stand for themselves, and only their form is looked at
test('the compiled classes are those of their sources', () => {
  const { compile } = jest.requireActual<{ compile: () => Record<string, string> }>('../../fixtures/java/compile.js');
  const compiled = hasCompiler ? compile() : jest.requireActual<Record<string, string>>('../../fixtures/java/classes.json');
  expect(Object.keys(compiled).length).toBeGreaterThan(10);
  for (const [name, bytes] of Object.entries(compiled)) {
    expect(readClassFile(bytesOf(name))).toBeDefined();
    expect(readClassFile(Buffer.from(bytes, 'base64'))).toEqual(readClassFile(bytesOf(name)));
  }
}, 60_000);
