import { posix } from 'path';
import { HandlerParts } from './client';
import { FileAt, TASK_ROOT } from './disk';
import { inItsPlace } from './hints';
import { Found } from './modules';
import { Fails, Unpacked } from '../unpacked';

/** How many exports a message lists. */
const MAX_NAMES = 6;

export function formFault(handler: string): Fails {
  const allowed = 'the path of a file without its extension, a dot and what the file exports, as in \'src/index.handler\', without \'..\'';
  return { kind: 'fails', fault: 'form', allowed, got: quoted(handler) };
}

export function fileFault(unpacked: Unpacked, parts: HandlerParts): Fails {
  const path = posix.join(parts.folder, parts.module);
  const missing = `${quoted(unpacked.handler)}, but there is no ${path}.js, ${path}.mjs or ${path}.cjs`;
  const hint = inItsPlace(unpacked, path);
  return { kind: 'fails', fault: 'file', allowed: 'the path of a file in the code or a layer, and what it exports', got: hint ? `${missing}: ${hint}` : missing };
}

/** The newer client imports, which folders cannot be. */
export function folderFault({ handler }: Unpacked, { folder, module }: HandlerParts): Fails {
  const path = posix.join(folder, module);
  return { kind: 'fails', fault: 'file', allowed: `the path of a file, such as '${path}/index.handler'`, got: `${quoted(handler)}, where ${path} is a folder` };
}

export function functionFault({ handler }: Unpacked, at: FileAt, found: readonly Found[], names: readonly string[]): Fails {
  const file = shown(at);
  const plain = found.find((one) => one.kind === 'plain');
  const got = plain ? `which is ${plain.what}` : `but it exports ${listed(names)}`;
  return { kind: 'fails', fault: 'function', allowed: `a function that ${file} exports`, got: `${quoted(handler)}, ${got}` };
}

/** `import` and `export` in a file that Node.js takes for CommonJS. */
export function syntaxFault({ handler }: Unpacked, at: FileAt): Fails {
  const allowed = 'in a file that Node.js can load: an ES module ends with .mjs, or has "type": "module" in its package.json';
  return { kind: 'fails', fault: 'syntax', allowed, got: `${quoted(handler)}, where ${shown(at)} has import or export but is CommonJS` };
}

export function parametersFault({ handler }: Unpacked, at: FileAt, parameters: readonly string[]): Fails {
  const got = `${quoted(handler)} in ${shown(at)}, which has ${parameters.length} (${parameters.join(', ')})`;
  return { kind: 'fails', fault: 'callback', allowed: 'a function of at most two parameters', got };
}

function quoted(text: string): string {
  return `'${text}'`;
}

/** The path as people know it: from the root of the code, or in /opt. */
function shown({ path }: FileAt): string {
  return path.startsWith(`${TASK_ROOT}/`) ? posix.relative(TASK_ROOT, path) : path;
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  const more = names.length - MAX_NAMES;
  return more > 0 ? `${names.slice(0, MAX_NAMES).join(', ')} and ${more} more` : names.join(', ');
}
