import { judgeExecutable } from './executable';
import { FileTree, PackageFile } from '../file-tree';
import { binaryOf, HEADER_BYTES } from '../native/binary';
import { UNCLEAR, Unpacked, Verdict } from '../unpacked';

/**
 * Whether a function of a custom runtime can start. Lambda runs `bootstrap` of the code, or else of a layer; whatever the
 * handler says is for it to read.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html
 */
export function judgeProvided(unpacked: Unpacked): Verdict {
  const { task, opt, optIsWhole } = unpacked;
  const ofTask = task.get('bootstrap');
  if (ofTask) return judgeExecutable(ofTask, unpacked);
  if (!optIsWhole) return UNCLEAR;
  const ofOpt = opt.get('bootstrap');
  if (ofOpt) return judgeExecutable(ofOpt, unpacked);
  return { kind: 'fails', fault: 'bootstrap', allowed: 'a file at the root of the code or of a layer', got: nearMiss(task) ?? nearMiss(opt) ?? none(task) };
}

/** What somebody may have taken for the bootstrap. */
function nearMiss(tree: FileTree): string | undefined {
  return misnamed(tree) ?? misplaced(tree) ?? program(tree) ?? source(tree);
}

function misnamed({ files }: FileTree): string | undefined {
  return files.find(({ path }) => /^bootstrap(\.(sh|exe|bin|py|js))?$/i.test(path))?.path;
}

function misplaced({ files }: FileTree): string | undefined {
  const inFolder = files.filter(({ path }) => path.endsWith('/bootstrap'));
  // Packages bring files of that name too: one that is deeper is not meant.
  const [first] = inFolder.sort((a, b) => a.path.split('/').length - b.path.split('/').length);
  return first && !/(^|\/)(node_modules|site-packages)\//.test(first.path) ? first.path : undefined;
}

function program({ files }: FileTree): string | undefined {
  const found = files.filter(({ path }) => /^[^/.]+$/.test(path)).find(isProgram);
  return found && `a program called ${found.path}`;
}

function isProgram(file: PackageFile): boolean {
  const bytes = file.read(HEADER_BYTES);
  return bytes !== undefined && ['elf', 'mach-o'].includes(binaryOf(bytes).kind);
}

const SOURCES = [[/^([^/]+\.go|go\.mod)$/, 'Go'], [/^(src\/main\.rs|Cargo\.toml)$/, 'Rust'], [/^[^/]+\.(csproj|fsproj)$/, '.NET'], [/^[^/]+\.swift$/, 'Swift'], [/^[^/]+\.(cpp|cc)$/, 'C++']] as const;

function source({ files }: FileTree): string | undefined {
  for (const [pattern, language] of SOURCES) {
    const found = files.find(({ path }) => pattern.test(path));
    if (found) return `${found.path}, ${language} that was not compiled`;
  }
  return undefined;
}

function none({ rootNames }: FileTree): string {
  if (rootNames.length === 0) return 'no file at all';
  const more = rootNames.length > MAX_NAMES ? `, and ${rootNames.length - MAX_NAMES} more` : '';
  return `only ${rootNames.slice(0, MAX_NAMES).join(', ')}${more}`;
}

const MAX_NAMES = 5;
