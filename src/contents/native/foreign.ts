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
  return trees.map((tree) => nativeFilesOf(tree).filter((file) => fitsMachine(file, architecture) === false
    && !variants.has(variantKey(file.path))
    && !(isForAnotherSystem(file) && (packages.has(packageKey(file.path)) || isMeantForIt(file, tree)))));
}

function isForAnotherSystem({ binary }: NativeFile): boolean {
  return binary.kind !== 'elf';
}

/** A package that is for another system alone, such as fsevents, is loaded by nothing on Linux. */
function isMeantForIt({ path }: NativeFile, tree: FileTree): boolean {
  return !namesPlatform(path) && systemsOf(path, tree)?.includes('linux') === false;
}

/** The systems that the package of a file is for, as its package.json says. */
function systemsOf(path: string, tree: FileTree): readonly unknown[] | undefined {
  const folders = path.split('/').slice(0, -1);
  for (let depth = folders.length; depth >= 0; depth--) {
    const text = tree.get([...folders.slice(0, depth), 'package.json'].join('/'))?.read()?.toString();
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
