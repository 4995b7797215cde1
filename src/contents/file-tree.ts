/** A file in a package, by its path there. Links that the packager follows are files like others. */
export interface PackageFile {
  /** Path from the root of the package, with `/` and without a leading `./`: `node_modules/a/index.js`. */
  readonly path: string;

  /** Bytes when unzipped. */
  readonly bytes: number;

  /** Permission bits that the file has when unzipped; `undefined` where the archive records none. */
  readonly mode?: number;

  /** Whether it is a symbolic link, which archives may hold: its bytes are the path that it points to. */
  readonly isLink?: boolean;

  /** What is in it, up to a number of bytes; `undefined` where that cannot be read. */
  read(length?: number): Buffer | undefined;

  /** The files in it, if it is an archive (a jar); `undefined` where it is none or cannot be read. */
  unpack(): FileTree | undefined;
}

/** The files of a package by path. */
export class FileTree {
  private byPath?: ReadonlyMap<string, PackageFile>;
  private folderPaths?: ReadonlySet<string>;

  constructor(public readonly files: readonly PackageFile[]) {}

  public get(path: string): PackageFile | undefined {
    this.byPath ??= new Map(this.files.map((file) => [file.path, file]));
    return this.byPath.get(path);
  }

  /** Whether there is a file somewhere below this path. */
  public hasFolder(path: string): boolean {
    this.folderPaths ??= new Set(this.files.flatMap((file) => foldersOf(file.path)));
    return this.folderPaths.has(path);
  }

  /** The files below a folder, by their path from the root of the package. */
  public under(folder: string): readonly PackageFile[] {
    return this.files.filter(({ path }) => path.startsWith(`${folder}/`));
  }

  /** Names of the files and folders at the root. */
  public get rootNames(): readonly string[] {
    return [...new Set(this.files.map(({ path }) => path.split('/', 1)[0]))];
  }
}

/** All folders that a path is in, from the root on. */
function foldersOf(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}
