import { FileTree } from './file-tree';

/** What is in a file or folder that is published as a package. */
export type Contents = Opened | Unopened;

export interface Opened {
  readonly kind: 'opened';

  /** Bytes of all files when unzipped, as Lambda counts them: also of those that an entry of the same name hides. */
  readonly bytes: number;

  /** Bytes of the archive, if it is one already; folders are zipped when they are published. */
  readonly zippedBytes?: number;

  readonly files: FileTree;

  /** What an archive that somebody made in good faith does not have. */
  readonly oddities: readonly Oddity[];
}

export interface Unopened {
  readonly kind: 'unopened';

  /** Why, beginning with the name of the file. */
  readonly reason: string;

  /** What is wrong: it could not be looked into, or it is no archive at all, or one that is cut or garbled. */
  readonly fault: 'unreadable' | 'no archive' | 'damaged';
}

/** Something strange about an archive. */
export interface Oddity {
  readonly what: 'duplicate' | 'traversal' | 'overlap' | 'encrypted' | 'method' | 'ratio';

  /** Entries that it is about. */
  readonly paths: readonly string[];
}

/** The most that deflate can shrink a file by: what claims more does not hold what it says. */
export const MAX_DEFLATE_RATIO = 1032;
