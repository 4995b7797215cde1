import * as path from 'path';

/** The way from one folder to a file, as esbuild spells it: with slashes. */
export function relativePath(from: string, to: string): string {
  return path.relative(from, to).replaceAll('\\', '/');
}
