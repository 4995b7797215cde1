import { textAt } from './text-at';

/** A program or library in the format of Linux. */
export interface Elf {
  readonly kind: 'elf';

  /** The instruction set by the name that Lambda has for it, or else that people have for it. */
  readonly machine: string;

  /** A program at a fixed address; a library or a program that can be anywhere; an object file, which cannot be run. */
  readonly type: 'program' | 'library' | 'object' | 'other';

  /** Path of the loader that the kernel starts in its place: a program has one unless it is linked statically. */
  readonly loader?: string;
}

/**
 * Numbers of the field `e_machine`.
 *
 * @see https://www.sco.com/developers/gabi/latest/ch4.eheader.html
 */
const MACHINES: Readonly<Record<number, string>> = { 3: 'x86 (32 bits)', 8: 'MIPS', 20: 'PowerPC', 21: 'PowerPC (64 bits)', 22: 's390x', 40: 'ARM (32 bits)', 62: 'x86_64', 183: 'arm64', 243: 'RISC-V', 258: 'LoongArch' };
const TYPES: Readonly<Record<number, Elf['type']>> = { 1: 'object', 2: 'program', 3: 'library' };

const MAGIC = Buffer.from('\x7fELF', 'latin1');
const WIDE = 2; // EI_CLASS of 64 bits
const BIG_ENDIAN = 2; // EI_DATA
/** Type of the program header that names the loader. */
const INTERPRETER = 3;

/** The ELF header of a file; `undefined` if it is none, or cut. */
export function elfOf(bytes: Buffer): Elf | undefined {
  if (bytes.length < 20 || !bytes.subarray(0, 4).equals(MAGIC)) return undefined;
  const isWide = bytes[4] === WIDE;
  const isBig = bytes[5] === BIG_ENDIAN;
  const short = (at: number) => isBig ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at);
  return {
    kind: 'elf',
    machine: machineOf(short(18), isWide, isBig),
    type: TYPES[short(16)] ?? 'other',
    // Loaders are looked up for Lambda's machines alone, which are of 64 bits and little-endian.
    loader: isWide && !isBig ? loaderIn(bytes) : undefined,
  };
}

function machineOf(number: number, isWide: boolean, isBig: boolean): string {
  const name = MACHINES[number] ?? `machine ${number}`;
  if (name !== 'x86_64' && name !== 'arm64') return name;
  if (!isWide) return `${name} with 32-bit pointers`;
  return isBig ? `${name}, big-endian` : name;
}

function loaderIn(bytes: Buffer): string | undefined {
  if (bytes.length < 64) return undefined;
  const table = Number(bytes.readBigUInt64LE(32));
  const size = bytes.readUInt16LE(54);
  for (let index = 0; index < bytes.readUInt16LE(56); index++) {
    const at = table + index * size;
    if (size < 56 || at + 56 > bytes.length) return undefined;
    if (bytes.readUInt32LE(at) === INTERPRETER) return textAt(bytes, Number(bytes.readBigUInt64LE(at + 8)), Number(bytes.readBigUInt64LE(at + 32)));
  }
  return undefined;
}
