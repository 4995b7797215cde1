/** A program or library that was built for macOS. */
export interface MachO { readonly kind: 'mach-o' }

/**
 * First four bytes: of 32 and 64 bits, in both orders.
 *
 * @see https://github.com/apple-oss-distributions/xnu/blob/main/EXTERNAL_HEADERS/mach-o/loader.h
 */
const MAGIC = [0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe];

/** First four bytes of a file with programs for several machines, which Java classes have too. */
const UNIVERSAL = 0xcafebabe;

/** The version of a Java class, at the place where a universal file counts its machines, begins at 45. */
const FEWER_THAN_JAVA_VERSIONS = 45;

/** What a file for macOS is; `undefined` if it is none. */
export function machOf(bytes: Buffer): MachO | undefined {
  if (bytes.length < 8) return undefined;
  const magic = bytes.readUInt32BE(0);
  const isUniversal = magic === UNIVERSAL && bytes.readUInt32BE(4) < FEWER_THAN_JAVA_VERSIONS;
  return isUniversal || MAGIC.includes(magic) ? { kind: 'mach-o' } : undefined;
}
