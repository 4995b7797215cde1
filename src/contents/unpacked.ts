import { FileTree } from './file-tree';

/** Instruction sets of Lambda. */
export type Architecture = 'x86_64' | 'arm64';

/** What a function finds when it starts, as far as it is known. */
export interface Unpacked {
  /** The identifier: `nodejs22.x`. */
  readonly runtime: string;

  /** The handler, as it was given. */
  readonly handler: string;

  /** `undefined` when it is decided at deployment. */
  readonly architecture?: Architecture;

  /** `/var/task`: the code. */
  readonly task: FileTree;

  /** `/opt`: the layers that are known, a later one over an earlier one. */
  readonly opt: FileTree;

  /** Whether all layers are known: else there may be more in `/opt`. */
  readonly optIsWhole: boolean;

  /** Environment variables; `undefined` for those whose value is decided at deployment. */
  readonly environment: ReadonlyMap<string, string | undefined>;

  /** Whether all environment variables are known by name. */
  readonly environmentIsWhole: boolean;
}

/** What becomes of a function when it starts. */
export type Verdict = Starts | Unclear | Fails;

/** All that can be told says that the handler is there. */
export interface Starts { readonly kind: 'starts' }

/** Nothing can be told: for instance since code makes its exports at run time, or a layer is not known. */
export interface Unclear { readonly kind: 'unclear' }

/** It cannot start. */
export interface Fails {
  readonly kind: 'fails';

  /**
   * What is wrong: the text of the handler, a file that is not there, a file that is not what it is taken for, a function that is
   * not in it, one that asks for a callback, the bootstrap.
   */
  readonly fault: 'form' | 'file' | 'syntax' | 'function' | 'callback' | 'bootstrap';

  /** What must be: continues "'Handler' must be ...". */
  readonly allowed: string;

  /** What is: continues ", got ...". */
  readonly got: string;
}

export const STARTS: Starts = { kind: 'starts' };
export const UNCLEAR: Unclear = { kind: 'unclear' };
