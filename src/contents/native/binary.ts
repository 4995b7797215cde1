import { Elf, elfOf } from './elf';
import { machOf, MachO } from './mach-o';
import { Script, scriptOf } from './script';

/** What a file is that an operating system may run or load. */
export type Binary = Elf | MachO | Pe | Script | Other;

/** A program or library for Windows, which .NET assemblies are by form too. */
export interface Pe { readonly kind: 'pe' }

/** None of these: text, data, an archive of object files. */
export interface Other { readonly kind: 'other' }

/**
 * Bytes at the beginning of a file that tell what it is. The linker of Go puts the path of the loader, the last thing
 * that is looked for, before byte 4,096.
 */
export const HEADER_BYTES = 8192;

/** What a file is by its first bytes, however few or wrong they are. */
export function binaryOf(bytes: Buffer): Binary {
  return elfOf(bytes) ?? machOf(bytes) ?? scriptOf(bytes) ?? (bytes.toString('latin1', 0, 2) === 'MZ' ? { kind: 'pe' } : { kind: 'other' });
}
