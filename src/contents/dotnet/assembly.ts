/** What a .NET assembly says of itself, as far as it is asked. */
export interface Assembly {
  /** Whether it has a Main method, so that it can be executed. */
  readonly hasEntryPoint: boolean;

  /** Whether a name of a type, a namespace or a member may be in it: a name that is not is in none of them. */
  mayName(name: string): boolean;
}

/** A range of bytes in the file. */
interface Range { readonly at: number; readonly size: number }

/** Index of the header of the common language infrastructure among the data directories. */
const CLI_DIRECTORY = 14;
/** Bytes of an optional header before its data directories, by its magic number: of 32 and 64 bits. */
const BEFORE_DIRECTORIES = new Map([[0x10b, 96], [0x20b, 112]]);
const METADATA_SIGNATURE = 0x424a5342;

/**
 * What is in an assembly; `undefined` if the file is none, such as a library of native code.
 *
 * @see https://ecma-international.org/publications-and-standards/standards/ecma-335/ (II.24 and II.25)
 */
export function readAssembly(bytes: Buffer): Assembly | undefined {
  try {
    return bytes.toString('latin1', 0, 2) === 'MZ' ? assemblyIn(bytes) : undefined;
  } catch {
    return undefined; // beyond the end of the file
  }
}

function assemblyIn(bytes: Buffer): Assembly | undefined {
  const file = bytes.readUInt32LE(0x3c) + 4; // behind "PE\0\0"
  const optional = file + 20;
  const directories = BEFORE_DIRECTORIES.get(bytes.readUInt16LE(optional));
  if (directories === undefined) return undefined;
  const sections = { at: optional + bytes.readUInt16LE(file + 16), size: bytes.readUInt16LE(file + 2) * SECTION_BYTES };
  const header = offsetOf(bytes, bytes.readUInt32LE(optional + directories + CLI_DIRECTORY * 8), sections);
  const metadata = header === undefined ? undefined : offsetOf(bytes, bytes.readUInt32LE(header + 8), sections);
  const heap = metadata === undefined ? undefined : stringsIn(bytes, metadata);
  if (header === undefined || !heap) return undefined;
  const names = bytes.subarray(heap.at, heap.at + heap.size);
  // Names end with a zero byte, and one may be the end of another.
  return { hasEntryPoint: bytes.readUInt32LE(header + 20) !== 0, mayName: (name) => names.includes(`${name}\0`) };
}

const SECTION_BYTES = 40;

/** Where in the file something is that is at an address in memory. */
function offsetOf(bytes: Buffer, address: number, sections: Range): number | undefined {
  for (let at = sections.at; at < sections.at + sections.size; at += SECTION_BYTES) {
    const start = bytes.readUInt32LE(at + 12);
    if (address >= start && address < start + bytes.readUInt32LE(at + 16)) return address - start + bytes.readUInt32LE(at + 20);
  }
  return undefined;
}

/** The heap of names, among the streams of the metadata. */
function stringsIn(bytes: Buffer, metadata: number): Range | undefined {
  if (bytes.readUInt32LE(metadata) !== METADATA_SIGNATURE) return undefined;
  const flags = metadata + 16 + bytes.readUInt32LE(metadata + 12);
  let at = flags + 4;
  for (let left = bytes.readUInt16LE(flags + 2); left > 0; left--) {
    const end = bytes.indexOf(0, at + 8);
    if (end < 0) return undefined;
    if (bytes.toString('latin1', at + 8, end) === '#Strings') return { at: metadata + bytes.readUInt32LE(at), size: bytes.readUInt32LE(at + 4) };
    at += 8 + 4 * Math.ceil((end + 1 - at - 8) / 4);
  }
  return undefined;
}
