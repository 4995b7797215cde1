import * as fc from 'fast-check';
import { readAssembly } from '../../../src/contents/dotnet/assembly';
import { assembly } from '../../../src/rules/code/example-binaries';

const bytes = Buffer.from(assembly(['Shop.Events', 'OrderHandler', 'HandleAsync', 'Größe']));

test('an assembly names what is in it, and nothing else', () => {
  const read = readAssembly(bytes)!;
  for (const name of ['Shop.Events', 'OrderHandler', 'HandleAsync', 'Größe']) expect(read.mayName(name)).toBe(true);
  for (const name of ['Order', 'HandleAsyn', 'handleAsync', 'Shop']) expect(read.mayName(name)).toBe(false);
});

test('a name may be the end of another, as compilers store them', () => {
  expect(readAssembly(bytes)!.mayName('Handler')).toBe(true);
});

test('what is elsewhere in the file is no name', () => {
  expect(readAssembly(Buffer.concat([bytes, Buffer.from('Appended\0')]))!.mayName('Appended')).toBe(false);
});

test('an assembly with an entry point can be executed', () => {
  expect(readAssembly(bytes)!.hasEntryPoint).toBe(false);
  expect(readAssembly(Buffer.from(assembly([], 0x06000001)))!.hasEntryPoint).toBe(true);
});

test('the layout of 64 bits is read too', () => {
  const wide = Buffer.concat([bytes.subarray(0, 88 + 96), Buffer.alloc(16), bytes.subarray(88 + 96)]);
  wide.writeUInt16LE(0x20b, 88);
  wide.writeUInt16LE(240, 84);
  wide.writeUInt32LE(0x200 + 16, 312 + 16 + 20);
  expect(readAssembly(wide)!.mayName('OrderHandler')).toBe(true);
});

test.each([
  ['no file at all', Buffer.alloc(0)],
  ['a text', Buffer.from('MZ, not a program')],
  ['a library of native code', (() => { const native = Buffer.from(bytes); native.writeUInt32LE(0, 88 + 96 + 14 * 8); return native; })()],
  ['one without the heap of names', (() => { const other = Buffer.from(bytes); other.write('#Other!!', bytes.indexOf('#Strings')); return other; })()],
])('%s is no assembly', (_, content) => {
  expect(readAssembly(content)).toBeUndefined();
});

test('no bytes make it throw or hang', () => {
  const anyChanges = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  fc.assert(fc.property(anyChanges, fc.nat(bytes.length), (changes, length) => {
    const changed = Buffer.from(bytes.subarray(0, length));
    for (const [at, value] of changes) if (at < length) changed[at] = value;
    readAssembly(changed)?.mayName('Shop');
  }), { numRuns: 2000 });
});
