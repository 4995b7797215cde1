import * as fs from 'fs';
import * as path from 'path';
import { fileURLToPath } from 'url';
import { IConstruct } from 'constructs';
import { mistake } from '../../support/errors';

/** Where a function's source is, under the names that `NodejsFunction` has for it. */
export interface SourceProps {
  readonly entry?: string;
  readonly depsLockFilePath?: string;
  readonly projectRoot?: string;
}

/** Where a function's source is. All paths are absolute. */
export interface SourceFiles {
  readonly entry: string;
  readonly projectRoot: string;
}

/** A class whose constructor was called. */
type AnyClass = abstract new (...args: any[]) => unknown;

/**
 * Finds the source of a function by the rules of `NodejsFunction`: without `entry`, `orders.Sync.ts` beside `orders.ts`, the file
 * that called the constructor of `calledClass`, for the id `Sync`; without `projectRoot`, the folder of the lock file.
 */
export function findSource(scope: IConstruct, props: SourceProps, calledClass: AnyClass): SourceFiles {
  const entry = path.resolve(props.entry === undefined ? inferredEntry(scope, calledClass) : givenEntry(scope, props.entry));
  const projectRoot = path.resolve(props.projectRoot ?? path.dirname(findLockFile(scope, props.depsLockFilePath)));
  const relative = path.relative(projectRoot, entry);
  if (path.isAbsolute(relative) || relative.split(path.sep)[0] === '..') {
    throw mistake(scope, {
      code: 'EntryOutsideProject',
      property: 'entry',
      allowed: `a file in the project ${projectRoot}`,
      got: entry,
      fix: "name the folder that holds all sources with 'projectRoot'",
    });
  }
  return { entry, projectRoot };
}

function givenEntry(scope: IConstruct, entry: string): string {
  if (!/\.(jsx?|tsx?|cjs|cts|mjs|mts)$/.test(entry)) {
    throw mistake(scope, {
      code: 'EntryNotScript', property: 'entry', allowed: 'a file of JavaScript or TypeScript (.ts, .tsx, .mts, .cts, .js, .jsx, .mjs, .cjs)', got: entry, fix: 'name the source file',
    });
  }
  if (fs.existsSync(entry)) return entry;
  throw mistake(scope, {
    code: 'EntryMissing', property: 'entry', allowed: 'a file that exists', got: entry, fix: `a relative path starts at the working directory ${path.resolve()}`,
  });
}

const EXTENSIONS = ['ts', 'js', 'mjs', 'mts', 'cts', 'cjs'];

function inferredEntry(scope: IConstruct, calledClass: AnyClass): string {
  const caller = callerOf(calledClass);
  const stem = caller && `${caller.slice(0, caller.length - path.extname(caller).length)}.${scope.node.id}`;
  const found = stem === undefined ? undefined : EXTENSIONS.map((extension) => `${stem}.${extension}`).find((file) => fs.existsSync(file));
  if (found) return found;
  throw mistake(scope, {
    code: 'EntryMissing',
    property: 'entry',
    allowed: `given when there is no file of the function's name${stem === undefined ? '' : `, ${stem}.ts (or ${EXTENSIONS.slice(1).join(', ')})`}`,
    got: undefined,
    fix: "name the source file with 'entry'",
  });
}

/** The file that called the constructor of a class: that of a subclass, if one did. */
function callerOf(calledClass: AnyClass): string | undefined {
  const prepare = Error.prepareStackTrace;
  try {
    Error.prepareStackTrace = (_, sites) => sites[0]?.getFileName();
    const holder: { stack?: unknown } = {};
    Error.captureStackTrace(holder, calledClass);
    const file = holder.stack;
    if (typeof file !== 'string') return undefined;
    return file.startsWith('file:') ? fileURLToPath(file) : file;
  } finally {
    Error.prepareStackTrace = prepare;
  }
}

const LOCK_FILES = ['pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb', 'package-lock.json'];

function findLockFile(scope: IConstruct, given?: string): string {
  const advice = { property: 'depsLockFilePath', fix: "name it, or the folder that holds all sources with 'projectRoot'" };
  if (given !== undefined) {
    if (fs.statSync(given, { throwIfNoEntry: false })?.isFile()) return path.resolve(given);
    throw mistake(scope, { ...advice, code: 'LockFileMissing', allowed: 'a file that exists', got: given });
  }
  const found = lockFilesAbove(path.resolve());
  if (found.length === 1) return found[0];
  if (found.length === 0) {
    throw mistake(scope, { ...advice, code: 'LockFileMissing', allowed: `given when there is no ${LOCK_FILES.join(', ')} in or above ${path.resolve()}`, got: undefined });
  }
  throw mistake(scope, { ...advice, code: 'LockFileAmbiguous', allowed: `given when there are several lock files (${found.join(', ')})`, got: undefined });
}

/** The lock files in the first folder, going up, that has any. */
function lockFilesAbove(folder: string): string[] {
  const found = LOCK_FILES.map((name) => path.join(folder, name)).filter((file) => fs.existsSync(file));
  const parent = path.dirname(folder);
  return found.length > 0 || parent === folder ? found : lockFilesAbove(parent);
}
