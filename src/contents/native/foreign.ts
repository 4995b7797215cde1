import { NativeFile, nativeFilesOf } from './native-files';
import { namesPlatform, packageKey, variantKey } from './variants';
import { FileTree } from '../file-tree';
import { Architecture } from '../unpacked';

/** Whether Linux on this machine can load or run a file; `undefined` for what is none of its business. */
export function fitsMachine({ binary, isLibrary, path }: NativeFile, architecture: Architecture): boolean | undefined {
  if (binary.kind === 'mach-o') return false;
  // Installers of Python and Ruby bring programs for Windows along, which nobody runs.
  if (binary.kind === 'pe') return /\.(node|pyd)$/i.test(path) ? false : undefined;
  if (binary.kind !== 'elf') return undefined;
  if (binary.machine === architecture) return true;
  // A process of 64 bits loads no library of 32, but may start a program.
  return !isLibrary && binary.machine.includes('32') ? undefined : false;
}

/**
 * The binaries of each package that the machine of the function cannot run, and of which none of the packages has a
 * variant that it can.
 */
export function foreignFiles(trees: readonly FileTree[], architecture: Architecture): readonly (readonly NativeFile[])[] {
  const fitting = trees.flatMap((tree) => nativeFilesOf(tree).filter((file) => fitsMachine(file, architecture)));
  const variants = new Set(fitting.map(({ path }) => variantKey(path)));
  const packages = new Set(fitting.map(({ path }) => packageKey(path)));
  return trees.map((tree) => {
    const foreign = nativeFilesOf(tree).filter((file) => fitsMachine(file, architecture) === false
      && !variants.has(variantKey(file.path))
      && !(file.binary.kind !== 'elf' && (packages.has(packageKey(file.path)) || isMeantForIt(file, tree))));
    const anyPlatform = foreign.length > 0 ? filesOfAnyPlatform(tree) : new Set();
    return foreign.filter(({ path }) => !anyPlatform.has(path));
  });
}

/** A package that is for another system alone, such as fsevents, is loaded by nothing on Linux. */
function isMeantForIt({ path }: NativeFile, tree: FileTree): boolean {
  return !namesPlatform(path) && systemsOf(path, tree)?.includes('linux') === false;
}

/** The systems that the npm package of a file is for, as its package.json says. */
function systemsOf(path: string, tree: FileTree): readonly unknown[] | undefined {
  const folders = path.split('/').slice(0, -1);
  for (let depth = folders.length; depth >= 0; depth--) {
    const text = textOf(tree, [...folders.slice(0, depth), 'package.json'].join('/'));
    if (text !== undefined) return osOf(text);
  }
  return undefined;
}

function osOf(text: string): readonly unknown[] | undefined {
  try {
    const { os } = Object(JSON.parse(text)) as { os?: unknown };
    return Array.isArray(os) && os.every((name) => !String(name).startsWith('!')) ? os : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The files of Python wheels that are for any platform by their own account: what is native in them is not needed everywhere.
 *
 * @see https://packaging.python.org/en/latest/specifications/binary-distribution-format/
 */
function filesOfAnyPlatform(tree: FileTree): ReadonlySet<string> {
  const wheels = tree.files.filter(({ path, read }) => path.endsWith('.dist-info/WHEEL') && /^Tag: \S+-any\s*$/m.test(read()?.toString() ?? ''));
  return new Set(wheels.flatMap(({ path }) => {
    const home = path.replace(/[^/]+\/WHEEL$/, '');
    return (textOf(tree, path.replace(/WHEEL$/, 'RECORD')) ?? '').split('\n').map((line) => home + line.split(',', 1)[0]);
  }));
}

function textOf(tree: FileTree, path: string): string | undefined {
  return tree.get(path)?.read()?.toString();
}
