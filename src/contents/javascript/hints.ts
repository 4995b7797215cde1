import { posix } from 'path';
import { Unpacked } from '../unpacked';

/** What is there in place of a file that is not, in the code; nothing where nothing is alike. */
export function inItsPlace({ task }: Pick<Unpacked, 'task'>, path: string): string | undefined {
  const paths = task.files.map((file) => file.path).filter((file) => !/(^|\/)node_modules\//.test(file) && !/\.d\.[cm]?ts$/.test(file));
  const typescript = paths.find((file) => withoutExtension(file, TYPESCRIPT) === path);
  if (typescript) return `${typescript} is TypeScript that was not compiled`;
  const otherCase = paths.find((file) => withoutExtension(file, JAVASCRIPT)?.toLowerCase() === path.toLowerCase());
  if (otherCase) return `${otherCase} differs by case`;
  const name = posix.basename(path);
  const elsewhere = nearest(paths.filter((file) => posix.basename(withoutExtension(file, JAVASCRIPT) ?? '') === name));
  if (elsewhere) return `there is ${elsewhere}`;
  const source = nearest(paths.filter((file) => posix.basename(withoutExtension(file, TYPESCRIPT) ?? '') === name));
  if (source) return `there is ${source}, TypeScript that was not compiled`;
  return task.files.length === 0 ? 'the code has no files' : undefined;
}

const JAVASCRIPT = /\.[cm]?js$/i;
const TYPESCRIPT = /\.([cm]?ts|tsx)$/;

function withoutExtension(path: string, extension: RegExp): string | undefined {
  return extension.test(path) ? path.replace(extension, '') : undefined;
}

/** The one in the fewest folders. */
function nearest(paths: readonly string[]): string | undefined {
  const depth = (path: string) => path.split('/').length;
  return [...paths].sort((one, other) => depth(one) - depth(other))[0];
}
