import { posix } from 'path';
import { Disk, FileAt, TASK_ROOT } from './disk';
import { isModuleScope } from './package-json';
import { Resolved, Resolver } from './resolve';

/** The handler, as the runtime interface client takes it apart. */
export interface HandlerParts {
  /** The folder of the file: a path from the code, or an absolute one. */
  readonly folder: string;

  /** The file without its extension. */
  readonly module: string;

  /** The way from its exports to the function. */
  readonly way: readonly string[];
}

/** Takes a handler apart; `undefined` for one that the client calls malformed. */
export function partsOf(handler: string): HandlerParts | undefined {
  const base = posix.basename(handler);
  const [, module, way] = /^([^.]*)\.(.*)$/.exec(base) ?? [];
  if (handler.includes('..') || module === undefined) return undefined;
  return { folder: handler.slice(0, handler.indexOf(base)), module, way: way.split('.') };
}

/** The module that the client loads for a handler; nothing was found; a folder where a file should be; nobody can tell. */
export type Located = LocatedFile | { readonly kind: 'absent' | 'folder' | 'unknown' };

export interface LocatedFile extends FileAt {
  /** Whether the client found it as Node.js finds packages, by its name: then it is required, never imported. */
  readonly byName?: boolean;
}

/** The third generation of the client requires and imports by turns, the fourth imports. */
export type Generation = 3 | 4;

/**
 * Finds a handler's module as aws-lambda-ric does: by its path with the extensions in turn, then by its name as Node.js does.
 *
 * @see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
 */
export function locate(disk: Disk, resolver: Resolver, { folder, module }: HandlerParts, generation: Generation): Located {
  // Without a name it is the folder itself.
  if (module === '') return { kind: 'unknown' };
  const path = posix.resolve(TASK_ROOT, folder, module);
  const [exact, ...others] = ['', '.js', '.mjs', '.cjs'].map((extension) => disk.at(path + extension));
  if (exact.kind === 'folder') return generation === 4 ? { kind: 'folder' } : named(resolver.fileOrFolder(path));
  const found = [exact, ...others].find(({ kind }) => kind === 'file' || kind === 'unknown');
  if (found?.kind === 'file') return isReadable(disk, found) ? found : { kind: 'unknown' };
  if (found) return { kind: 'unknown' };
  return named(resolver.bare(module, [TASK_ROOT, generation === 4 ? posix.join(TASK_ROOT, folder) : posix.resolve(TASK_ROOT, folder)]));
}

function named(resolved: Resolved): Located {
  return resolved.kind === 'file' ? { ...resolved, byName: true } : resolved;
}

/** Whether it is certain which kind of module a file is. */
function isReadable(disk: Disk, { path }: FileAt): boolean {
  return !/\.js$/.test(path) || isModuleScope(disk, posix.dirname(path)) !== undefined;
}
