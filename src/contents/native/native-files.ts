/* eslint-disable no-bitwise -- permission bits */
import { Binary, binaryOf, HEADER_BYTES } from './binary';
import { FileTree, PackageFile } from '../file-tree';

/** A file that the operating system is to load or run. */
export interface NativeFile {
  readonly path: string;

  /** Whether it is loaded into a process, or else run as one. */
  readonly isLibrary: boolean;
  readonly binary: Binary;
  readonly file: PackageFile;
}

const known = new WeakMap<FileTree, readonly NativeFile[]>();

/** The programs and libraries of a package, told by name and first bytes. Looked for once, however many functions share it. */
export function nativeFilesOf(tree: FileTree): readonly NativeFile[] {
  const found = known.get(tree) ?? tree.files.flatMap(nativeFile);
  known.set(tree, found);
  return found;
}

/** Shared objects of Linux and what Node.js and Python load under names of their own, on macOS and Windows too. */
const LIBRARY = /\.(so(\.\d+)*|node|pyd|bundle)$/i;

/** Programs that are told from data by their place, or by a name without an extension. */
const PROGRAM = /(^|\/)([^/.]+|[^/]+-openssl-\d[.\d]*\.x)$/;

/** Folders whose files are read by tests, and not run. */
const TESTS = /(^|\/)(tests?|__tests__|specs?|fixtures|testdata)\//i;

function nativeFile(file: PackageFile): NativeFile[] {
  const { path } = file;
  const isLibrary = LIBRARY.test(path);
  if (!isLibrary && !(PROGRAM.test(path) && mayBeRun(file)) || file.isLink || TESTS.test(path)) return [];
  const bytes = file.read(HEADER_BYTES);
  return bytes ? [{ path, isLibrary, binary: binaryOf(bytes), file }] : [];
}

function mayBeRun({ path, mode }: PackageFile): boolean {
  return mode === undefined ? /(^|\/)bin\//.test(path) : (mode & 0o111) !== 0;
}
