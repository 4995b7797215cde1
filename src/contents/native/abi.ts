import { fitsMachine } from './foreign';
import { NativeFile, nativeFilesOf } from './native-files';
import { variantKey } from './variants';
import { NODE_MODULE_VERSIONS } from '../../limits/native-abi';
import { FileTree, PackageFile } from '../file-tree';
import { Architecture } from '../unpacked';

/** A native module that a runtime does not load. */
export interface Misfit {
  readonly path: string;

  /** What it was built for. */
  readonly builtFor: string;
}

/** For what a native module was built, if not for the runtime; `undefined` where it is for it, or nothing tells. */
type Judge = (file: NativeFile, runtime: string) => string | undefined;

/**
 * The native modules of each package that the runtime does not load although the machine could, and of which none of the
 * packages has a variant that it loads.
 */
export function misfits(trees: readonly FileTree[], runtime: string, architecture: Architecture | undefined): readonly (readonly Misfit[])[] {
  const judges = judgesOf(runtime, trees);
  const judged = trees.map((tree) => nativeFilesOf(tree)
    .filter((file) => architecture ? fitsMachine(file, architecture) : file.binary.kind === 'elf')
    .map((file) => ({ file, builtFor: judges.map((judge) => judge(file, runtime)).find((found) => found !== undefined) })));
  const fitting = new Set(judged.flat().filter(({ builtFor }) => builtFor === undefined).map(({ file }) => variantKey(file.path)));
  return judged.map((files, index) => files.flatMap(({ file: { path }, builtFor }) =>
    builtFor === undefined || fitting.has(variantKey(path)) || isReplaced(path, trees[index]) ? [] : [{ path, builtFor }]));
}

function judgesOf(runtime: string, trees: readonly FileTree[]): readonly Judge[] {
  const ofRuntime = /^nodejs\d/.test(runtime) ? [nodeAbi] : /^python\d/.test(runtime) ? [pythonAbi] : [];
  const bringsMusl = trees.some(({ files }) => files.some(({ path }) => /(^|\/)ld-musl-/.test(path)));
  return bringsMusl ? ofRuntime : [musl, ...ofRuntime];
}

/**
 * Amazon Linux has glibc alone: what was built for musl finds neither its loader nor its library.
 *
 * @see https://github.com/aws/aws-lambda-base-images/issues/97
 */
function musl({ path, binary, isLibrary }: NativeFile): string | undefined {
  const asksForIt = binary.kind === 'elf' && /^\/lib(64)?\/ld-musl-/.test(binary.loader ?? '');
  return asksForIt || isLibrary && /(?<![a-z])(linux)?musl(?![a-z])/i.test(path) ? 'musl' : undefined;
}

/**
 * Tags of extension modules in names of files; `abi3` is loaded by all versions.
 *
 * @see https://docs.python.org/3/c-api/stable.html
 * @see https://peps.python.org/pep-3149/
 */
function pythonAbi({ path }: NativeFile, runtime: string): string | undefined {
  const [, tag, major, minor, threads] = /\.(cpython-(\d)(\d+)(t?)|pypy\d+)-[^/]*\.so$/.exec(path) ?? [];
  if (tag === undefined) return undefined;
  if (major === undefined) return 'PyPy';
  return threads === '' && runtime === `python${major}.${minor}` ? undefined : `CPython ${major}.${minor}${threads && ' without the global lock'}`;
}

/** The version of the ABI in the name that tools give to a module, or in the function by which Node.js registers it. */
function nodeAbi({ path, file }: NativeFile, runtime: string): string | undefined {
  const wanted = NODE_MODULE_VERSIONS[runtime];
  if (wanted === undefined || !path.endsWith('.node')) return undefined;
  const [, , named] = /(abi|(?<![a-z])node[-.]?v?|(?:glibc|musl|gnu|x64|arm64)-)(\d{2,3})(?=[-.])/.exec(path) ?? [];
  const version = named === undefined ? registeredAbi(file) : Number(named);
  return version === undefined || version === wanted ? undefined : `Node.js ABI ${version}`;
}

const registered = new WeakMap<PackageFile, number | 'any'>();

/** The version in the symbol by which Node.js finds a module; `undefined` for Node-API, which all versions have. Read once: files are large. */
function registeredAbi(file: PackageFile): number | undefined {
  const found = registered.get(file) ?? versionIn(file.read()) ?? 'any';
  registered.set(file, found);
  return found === 'any' ? undefined : found;
}

const REGISTER = 'node_register_module_v';

function versionIn(bytes: Buffer | undefined): number | undefined {
  if (!bytes || bytes.includes('napi_register_module_v') || bytes.includes('napi_module_register')) return undefined;
  const at = bytes.indexOf(REGISTER);
  const [digits] = at < 0 ? [] : /^\d+/.exec(bytes.toString('latin1', at + REGISTER.length, at + REGISTER.length + 4)) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** Compilers of Python leave the source beside the module, and only the module itself loads its parts. */
function isReplaced(path: string, tree: FileTree): boolean {
  const name = path.replace(/\.(cpython|pypy)[^/]*\.so$/, '');
  return name !== path && (name.endsWith('__mypyc') || tree.get(`${name}.py`) !== undefined || tree.get(`${name}/__init__.py`) !== undefined);
}
