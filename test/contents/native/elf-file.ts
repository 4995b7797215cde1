/** What the ELF header of a test file says. */
export interface ElfParts {
  /** e_machine: 62 for x86_64, 183 for arm64. */
  readonly machine?: number;
  /** e_type: 2 for a program, 3 for a library. */
  readonly type?: number;
  readonly loader?: string;
  readonly bits?: 32 | 64;
  readonly bigEndian?: boolean;
}

/** A file with the ELF header of such a program, as the System V ABI lays it out, and the program headers that it needs. */
export function elfFile({ machine = 62, type = 2, loader, bits = 64, bigEndian = false }: ElfParts = {}): Buffer {
  const header = Buffer.alloc(64);
  header.write('\x7fELF', 'latin1');
  header.set([bits / 32, bigEndian ? 2 : 1, 1], 4);
  const short = (value: number, at: number) => bigEndian ? header.writeUInt16BE(value, at) : header.writeUInt16LE(value, at);
  short(type, 16);
  short(machine, 18);
  if (loader === undefined) return header;
  header.writeBigUInt64LE(64n, 32);
  short(56, 54);
  short(2, 56);
  const text = Buffer.from(`${loader}\0`);
  return Buffer.concat([header, programHeader(1, 0, 64), programHeader(3, 64 + 2 * 56, text.length), text]);
}

function programHeader(type: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(56);
  bytes.writeUInt32LE(type, 0);
  bytes.writeBigUInt64LE(BigInt(at), 8);
  bytes.writeBigUInt64LE(BigInt(length), 32);
  return bytes;
}
