/* eslint-disable no-bitwise -- permission bits */
import { PackageFile } from '../file-tree';
import { binaryOf, HEADER_BYTES } from '../native/binary';
import { Elf } from '../native/elf';
import { Script } from '../native/script';
import { STARTS, UNCLEAR, Unpacked, Verdict } from '../unpacked';

/** Whether Lambda can execute a file, which is called by its name. */
export function judgeExecutable(file: PackageFile, unpacked: Unpacked): Verdict {
  if (file.isLink) return UNCLEAR;
  if (file.mode !== undefined && (file.mode & 0o111) === 0) {
    return fails('executable, such as mode 755', `mode ${file.mode.toString(8).padStart(3, '0')}`);
  }
  const bytes = file.read(HEADER_BYTES);
  if (!bytes) return UNCLEAR;
  const binary = binaryOf(bytes);
  const verdict = binary.kind === 'elf' ? judgeElf(binary, unpacked)
    : binary.kind === 'script' ? judgeScript(binary, unpacked)
      : fails('a program for Linux or a script that begins with #!', whatIsIt(bytes, binary.kind));
  return verdict === STARTS && mayBeRefused(file) ? UNCLEAR : verdict;
}

/** Lambda runs the code as a user of no group; who owns the files is not documented. */
function mayBeRefused({ mode }: PackageFile): boolean {
  return mode === undefined || (mode & 0o005) !== 0o005;
}

function whatIsIt(bytes: Buffer, kind: 'mach-o' | 'pe' | 'other'): string {
  if (kind === 'mach-o') return 'a program for macOS';
  if (kind === 'pe') return 'a program for Windows';
  if (bytes.length === 0) return 'an empty file';
  if (bytes.toString('latin1', 0, 8) === '!<arch>\n') return 'an archive of object files, which go build makes of a package that is not main';
  return bytes.includes(0) ? 'a file that is neither' : 'a text that does not begin with #!';
}

/** Loaders of the libc that Amazon Linux has. */
const LOADERS = { x86_64: '/lib64/ld-linux-x86-64.so.2', arm64: '/lib/ld-linux-aarch64.so.1' } as const;

/** Programs that the same processors may run: whether they do on Lambda is not documented. */
const RELATED = { x86_64: ['x86 (32 bits)', 'x86_64 with 32-bit pointers'], arm64: ['ARM (32 bits)', 'arm64 with 32-bit pointers'] } as const;

function judgeElf({ machine, type, loader }: Elf, { architecture, task, opt, optIsWhole }: Unpacked): Verdict {
  if (type === 'object') return fails('a program for Linux', 'an object file, which is not linked');
  if (architecture && machine !== architecture) {
    return (RELATED[architecture] as readonly string[]).includes(machine) ? UNCLEAR : fails(`built for ${architecture}, the architecture of the function`, `a program for ${machine}`);
  }
  if (!architecture || loader === undefined || loader === LOADERS[architecture]) return architecture ? STARTS : UNCLEAR;
  // The kernel looks for the loader at its full path, and a package is unzipped nowhere else.
  if (/^\/lib(64)?\/ld-musl-/.test(loader)) return fails('linked statically or with glibc, which is what Amazon Linux has', `a program that asks for musl's ${loader}`);
  return judgeInterpreter(loader, { task, opt, optIsWhole });
}

/** Programs that every Amazon Linux of Lambda has. */
const SHELLS = ['/bin/sh', '/bin/bash', '/usr/bin/sh', '/usr/bin/bash'];

function judgeScript({ interpreter, argument, endsWithReturn }: Script, unpacked: Unpacked): Verdict {
  if (endsWithReturn) return fails('a script whose lines end with LF', `CRLF after #!${[interpreter, argument].filter((part) => part !== '').join(' ')}`);
  if (SHELLS.includes(interpreter)) return STARTS;
  if (interpreter === '/usr/bin/env') return /^(ba)?sh$/.test(argument) ? STARTS : UNCLEAR;
  return judgeInterpreter(interpreter, unpacked);
}

/** A program of the package itself that runs another one; of those of the operating system nothing is known. */
function judgeInterpreter(path: string, { task, opt, optIsWhole }: Pick<Unpacked, 'task' | 'opt' | 'optIsWhole'>): Verdict {
  const [, root, rest] = /^\/(var\/task|opt)\/(.+)$/.exec(path) ?? [];
  if (!root || path.includes('/../')) return UNCLEAR;
  if ((root === 'opt' ? opt : task).get(rest)) return STARTS;
  return root === 'opt' && !optIsWhole ? UNCLEAR : fails('run by a program that is there', `one that asks for ${path}, which is in neither the code nor the layers`);
}

function fails(allowed: string, got: string): Verdict {
  return { kind: 'fails', fault: 'bootstrap', allowed, got };
}
