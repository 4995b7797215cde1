import { FileTree, PackageFile } from './file-tree';

/** A file that nobody sees, since a later layer has another one at its path. */
export interface HiddenFile {
  readonly path: string;

  /** Index of the layer that it is in. */
  readonly of: number;

  /** Index of the layer whose file is there instead: the last one that has it. */
  readonly by: number;
}

/** A file of one layer at whose path another layer has a folder, or the other way round. */
export interface Clash {
  readonly path: string;
  readonly file: number;
  readonly folder: number;
}

/** Layers in the order in which they are laid over each other; `undefined` where what is in one is not known. */
export type Layers = readonly (FileTree | undefined)[];

/**
 * The files of layers that a later layer hides: in `/opt`, a later layer overwrites the files of an earlier one.
 *
 * Equal files hide nothing. Files of the same size are read to compare them, up to `MAX_COMPARED` bytes altogether, beyond
 * which nothing is said of them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
 */
export function hiddenFiles(layers: Layers): readonly HiddenFile[] {
  const last = new Map<string, { readonly by: number; readonly file: PackageFile }>();
  layers.forEach((files, by) => files?.files.forEach((file) => last.set(file.path, { by, file })));
  const differ = comparison();
  return layers.flatMap((files, of) => files?.files.flatMap((file) => {
    const seen = last.get(file.path)!;
    return seen.by !== of && differ(file, seen.file) ? [{ path: file.path, of, by: seen.by }] : [];
  }) ?? []);
}

/** Bytes that are read to compare files of one function: those of some large packages, not of all that fits. */
export const MAX_COMPARED = 64 * 1024 * 1024;

function comparison(): (one: PackageFile, other: PackageFile) => boolean {
  let left = MAX_COMPARED;
  return (one, other) => {
    if (one === other) return false; // of one asset that is two layers
    if (one.bytes !== other.bytes || Boolean(one.isLink) !== Boolean(other.isLink)) return true;
    if (one.bytes > left) return false;
    left -= one.bytes;
    const [mine, theirs] = [one.read(), other.read()];
    return mine !== undefined && theirs !== undefined && !mine.equals(theirs);
  };
}

/**
 * Whether a function runs no worse without a file: what tells people or installers about a package, and what Python
 * compiles anew when it does not fit.
 */
export function isOfNoEffect(path: string): boolean {
  return NO_EFFECT.some((pattern) => pattern.test(path));
}

const NO_EFFECT = [
  /(^|\/)(licen[cs]es?|notice|copying|authors|contributors|readme|changelog|changes|history)([-.](md|txt|rst|markdown|mit|bsd|apache)[^/.]*)?$/i,
  /\.(md|rst|pyc|d\.ts|map)$/,
  /\.dist-info\/(RECORD|INSTALLER|WHEEL|REQUESTED|direct_url\.json|top_level\.txt)$/,
  // What the layer was made from: the packages that it names are there, or not, on their own.
  /^(nodejs\/|python\/|ruby\/)?(package\.json|requirements\.txt|pyproject\.toml|Gemfile)$/,
  /(^|\/)(package-lock\.json|\.package-lock\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|uv\.lock|Gemfile\.lock|\.yarn-integrity|\.DS_Store)$/,
];

/** Paths at which one layer has a file and another one a folder: they cannot be laid over each other. */
export function clashes(layers: Layers): readonly Clash[] {
  return layers.flatMap((files, file) => files?.files.flatMap(({ path }) => {
    const folder = layers.findIndex((other) => other?.hasFolder(path));
    return folder >= 0 ? [{ path, file, folder }] : [];
  }) ?? []);
}
