import { PackageFile } from '../file-tree';

/**
 * Whether code is seen to answer with the items of a batch that failed, `batchItemFailures`: it names them, it surely does not, or nobody
 * can tell.
 */
export type Seen = 'yes' | 'no' | 'unknown';

/** What a part of the code tells. */
export interface Told<T> {
  /** Whether it names the items that failed. */
  readonly answers?: boolean;

  /** The parts of the same code that it uses. */
  readonly parts?: readonly T[];

  /** Whether there is nothing else that might make the answer. */
  readonly isWhole?: boolean;
}

/** No code of a function is in more files; libraries are not followed. */
const MAX_PARTS = 400;

/** Looks through code from its first part on. What cannot be read tells nothing. */
export function look<T>(first: T, nameOf: (part: T) => string, tell: (part: T) => Told<T>): Seen {
  const seen = new Set<string>();
  const open = [first];
  let isWhole = true;
  for (let part = open.shift(); part !== undefined && seen.size < MAX_PARTS; part = open.shift()) {
    if (seen.has(nameOf(part))) continue;
    seen.add(nameOf(part));
    const told = tell(part);
    if (told.answers) return 'yes';
    isWhole &&= told.isWhole ?? false;
    open.push(...told.parts ?? []);
  }
  return isWhole && seen.size < MAX_PARTS ? 'no' : 'unknown';
}

/** Bytes of one function that are read: more than its code has, and read in a fraction of a second. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Reads the files of one function, until they are too many bytes. */
export class Reading {
  private left = MAX_BYTES;

  public bytes(file: PackageFile): Buffer | undefined {
    if (file.isLink || file.bytes > this.left) return undefined;
    this.left -= file.bytes;
    return file.read();
  }

  public text(file: PackageFile): string | undefined {
    return this.bytes(file)?.toString('utf8');
  }
}

/** Remembers something of a file: many functions have the same, and rules ask again what constructs have asked. */
export function oncePerFile(judge: (file: PackageFile, text: string) => boolean): (file: PackageFile, text: string) => boolean {
  const known = new WeakMap<PackageFile, boolean>();
  return (file, text) => {
    const answer = known.get(file) ?? judge(file, text);
    known.set(file, answer);
    return answer;
  };
}
