/** Files that the examples of several rules hold: the beginnings of programs and libraries. */

const NUMBERS = { x86_64: 62, arm64: 183 } as const;

/** A program or library for Linux, linked statically. */
export function elf(machine: keyof typeof NUMBERS): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  bytes[16] = 3;
  bytes[18] = NUMBERS[machine];
  return bytes;
}

/** A program or library for macOS. */
export function machO(): Uint8Array {
  const bytes = new Uint8Array(32);
  bytes.set([0xcf, 0xfa, 0xed, 0xfe]);
  return bytes;
}

/** A compiled Java class, com.example.Plain, which has one public method, handle, and implements nothing. */
export function javaClass(): Uint8Array {
  return Buffer.from(PLAIN, 'base64');
}

const PLAIN = 'yv66vgAAADQADAoAAgADBwAEDAAFAAYBABBqYXZhL2xhbmcvT2JqZWN0AQAGPGluaXQ+AQADKClWBwAIAQARY29tL2V4YW1wbGUv'
  + 'UGxhaW4BAARDb2RlAQAGaGFuZGxlAQAmKExqYXZhL2xhbmcvU3RyaW5nOylMamF2YS9sYW5nL1N0cmluZzsAIQAHAAIAAAAAAAIA'
  + 'AQAFAAYAAQAJAAAAEQABAAEAAAAFKrcAAbEAAAAAAAEACgALAAEACQAAAA4AAQACAAAAAiuwAAAAAAAA';

/** Addresses and places in the assembly below. */
const SECTION = 0x200;
const METADATA = SECTION + 72;
const STREAM = 32;

/** A .NET assembly with these names of namespaces, types and members in its metadata (ECMA-335, II.24 and II.25). */
export function assembly(names: readonly string[], entryPoint: number = 0): Uint8Array {
  const strings = Buffer.from(`\0${names.join('\0')}\0`);
  const bytes = Buffer.alloc(METADATA + STREAM + 20 + strings.length);
  bytes.write('MZ');
  bytes.writeUInt32LE(64, 0x3c);
  bytes.write('PE', 64);
  bytes.writeUInt16LE(1, 70); // sections
  bytes.writeUInt16LE(224, 84); // bytes of the optional header
  bytes.writeUInt16LE(0x10b, 88);
  bytes.writeUInt32LE(SECTION, 88 + 96 + 14 * 8); // the CLI header
  for (const at of [12, 20]) bytes.writeUInt32LE(SECTION, 312 + at); // of the section: in memory, in the file
  bytes.writeUInt32LE(bytes.length - SECTION, 312 + 16);
  bytes.writeUInt32LE(METADATA, SECTION + 8);
  bytes.writeUInt32LE(entryPoint, SECTION + 20);
  bytes.writeUInt32LE(0x424a5342, METADATA);
  bytes.writeUInt32LE(12, METADATA + 12); // bytes of the version
  bytes.write('v4.0.30319', METADATA + 16);
  bytes.writeUInt16LE(1, METADATA + 30); // streams
  bytes.writeUInt32LE(STREAM + 20, METADATA + STREAM);
  bytes.writeUInt32LE(strings.length, METADATA + STREAM + 4);
  bytes.write('#Strings', METADATA + STREAM + 8);
  strings.copy(bytes, METADATA + STREAM + 20);
  return bytes;
}
