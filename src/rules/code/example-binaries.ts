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
