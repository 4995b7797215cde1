import { isBuiltIn, mayBeInRuntime, mayBeLoaded, mayBeStandard } from './library';
import { factsOf } from './module-facts';
import { FileTree, PackageFile } from '../file-tree';
import { Unpacked } from '../unpacked';

/** What the import of a module comes to. */
export type Found = FoundSource | FoundNamespace | { readonly kind: 'unclear' } | { readonly kind: 'missing'; readonly name: string };

export interface FoundSource {
  readonly kind: 'source';
  readonly name: string;
  readonly file: PackageFile;

  /** Where its submodules are, if it is a package. */
  readonly folder?: Folder;
}

/** Folders of one name without an `__init__.py`: a package without code. */
export interface FoundNamespace {
  readonly kind: 'namespace';
  readonly name: string;
  readonly folders: readonly Folder[];
}

/** A folder that modules are looked for in. */
export interface Folder { readonly tree: FileTree; readonly path: string }

const UNCLEAR: Found = { kind: 'unclear' };

/**
 * Where a function of Python finds its modules.
 *
 * Lambda's bootstrap puts the code first, then the layers; Python itself and what the runtime brings come after.
 * https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html
 */
export class ModulePath {
  private readonly folders: readonly Folder[];
  private readonly found = new Map<string, Found>();

  /** Whether what is in none of the folders is nowhere. */
  private readonly isWhole: boolean;

  constructor(unpacked: Unpacked, private readonly minor: number) {
    const { task, opt, environment } = unpacked;
    const code = { tree: task, path: '' };
    // With a PYTHONPATH of one's own, layers are only where it says. The code stays first.
    const isDefault = !environment.has('PYTHONPATH') && !environment.has('PYTHONHOME');
    const layers = layerFolders(minor).map((path) => ({ tree: opt, path }));
    this.folders = isDefault ? [code, ...layers] : [code];
    this.isWhole = isDefault && unpacked.optIsWhole && this.folders.every((folder) => !extendsPath(folder) && !isLinked(folder));
  }

  /** What the import of `orders.api.index` comes to. */
  public find(name: string): Found {
    const known = this.found.get(name) ?? this.look(name);
    this.found.set(name, known);
    return known;
  }

  private look(name: string): Found {
    const dot = name.lastIndexOf('.');
    return dot < 0 ? this.lookAtTop(name) : this.lookIn(this.find(name.slice(0, dot)), name, name.slice(dot + 1));
  }

  private lookAtTop(name: string): Found {
    if (isBuiltIn(name) || mayBeLoaded(name, this.minor)) return UNCLEAR;
    const found = findIn(this.folders, name, name);
    if (found.kind !== 'source' && (mayBeStandard(name, this.minor) || mayBeInRuntime(name))) return UNCLEAR;
    // A layer that is not known may have one that comes before.
    return this.isWhole || found.kind === 'source' && found.file === this.inCode(name)?.file ? found : UNCLEAR;
  }

  private inCode(name: string): FoundSource | undefined {
    const found = findIn(this.folders.slice(0, 1), name, name);
    return found.kind === 'source' ? found : undefined;
  }

  private lookIn(parent: Found, name: string, last: string): Found {
    if (parent.kind === 'namespace') return findIn(parent.folders, name, last);
    if (parent.kind !== 'source') return parent;
    const found: Found = parent.folder ? findIn([parent.folder], name, last) : { kind: 'missing', name };
    if (found.kind !== 'missing') return found;
    const facts = factsOf(parent.file);
    return facts && !facts.isDynamic && !facts.movesPath ? found : UNCLEAR;
  }
}

/** Folders of layers that Python looks into. */
export function layerFolders(minor: number): string[] {
  return [`python/lib/python3.${minor}/site-packages`, 'python'];
}

/** What is in the folders under a name, as Python's FileFinder looks: package, native module, source, byte code; a bare folder comes last. */
function findIn(folders: readonly Folder[], name: string, last: string): Found {
  const bare: Folder[] = [];
  for (const { tree, path } of folders) {
    const at = path === '' ? last : `${path}/${last}`;
    const isFolder = tree.hasFolder(at);
    const places = isFolder ? [`${at}/__init__`, at] : [at];
    for (const place of places) {
      if (hasNative(tree, place)) return UNCLEAR;
      const file = tree.get(`${place}.py`);
      if (file) return isReadable(file) ? { kind: 'source', name, file, folder: place === at ? undefined : { tree, path: at } } : UNCLEAR;
      if (tree.get(`${place}.pyc`)) return UNCLEAR;
    }
    if (tree.get(at)?.isLink) return UNCLEAR;
    if (isFolder) bare.push({ tree, path: at });
  }
  return bare.length > 0 ? { kind: 'namespace', name, folders: bare } : { kind: 'missing', name };
}

function isReadable({ isLink, mode = 0o644 }: PackageFile): boolean {
  return !isLink && mode % 0o10 >= 4;
}

/** Whether a `.pth` file adds folders to those that are looked into. https://docs.python.org/3/library/site.html */
function extendsPath({ tree, path }: Folder): boolean {
  return cached(PTH_FOLDERS, tree, () => new Set(tree.files.flatMap((file) => isPth(file.path) ? [folderOf(file.path)] : []))).has(path);
}

/** The one of setuptools only brings back distutils. */
function isPth(path: string): boolean {
  return path.endsWith('.pth') && !path.endsWith('distutils-precedence.pth');
}

function isLinked({ tree, path }: Folder): boolean {
  return path.split('/').some((_, index, names) => tree.get(names.slice(0, index + 1).join('/'))?.isLink);
}

/** Whether there is a native module: `index.cpython-312-x86_64-linux-gnu.so`, `index.so`. */
function hasNative(tree: FileTree, place: string): boolean {
  return cached(NATIVE, tree, () => new Set(tree.files.flatMap(({ path }) => path.endsWith('.so') ? [stemOf(path)] : []))).has(place);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function stemOf(path: string): string {
  return path.slice(0, path.indexOf('.', path.lastIndexOf('/') + 1));
}

const PTH_FOLDERS = new WeakMap<FileTree, ReadonlySet<string>>();
const NATIVE = new WeakMap<FileTree, ReadonlySet<string>>();

function cached<T>(cache: WeakMap<FileTree, T>, tree: FileTree, make: () => T): T {
  const value = cache.get(tree) ?? make();
  cache.set(tree, value);
  return value;
}
