import * as fs from 'fs';
import * as path from 'path';

/*
 * What a tsconfig.json refers to. Its text is searched and not parsed: it may have comments, and more than what counts does
 * no harm here, where only names of files are collected that a bundle may depend on.
 */

/** A tsconfig.json that is there. */
export interface Tsconfig {
  readonly file: string;
  readonly text: string;
}

/** A tsconfig.json and those that it extends, as far as they are there. */
export function tsconfigChain(file: string, seen = new Set<string>()): Tsconfig[] {
  const text = read(file);
  if (text === undefined || seen.has(file)) return [];
  seen.add(file);
  const [, extended = ''] = text.match(/"extends"\s*:\s*("[^"]*"|\[[^\]]*\])/) ?? [];
  const bases = stringsIn(extended).flatMap((name) => candidates(path.dirname(file), name));
  return [{ file, text }, ...bases.flatMap((base) => tsconfigChain(base, seen))];
}

/** Where a tsconfig.json that another extends may be: beside it, or in a package. */
function candidates(folder: string, name: string): string[] {
  const isPath = name.startsWith('.') || path.isAbsolute(name);
  const found = isPath ? path.resolve(folder, name) : packageFile(folder, name);
  return found === undefined ? [] : [found, `${found}.json`, path.join(found, 'tsconfig.json'), path.join(found, 'package.json')];
}

function packageFile(folder: string, name: string): string | undefined {
  const packageName = name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/');
  if (fs.existsSync(path.join(folder, 'node_modules', packageName))) return path.join(folder, 'node_modules', name);
  const parent = path.dirname(folder);
  return parent === folder ? undefined : packageFile(parent, name);
}

/** The files that a module may be by the `baseUrl` and `paths` of a tsconfig.json, without extension. */
export function modulesByTsconfig({ file, text }: Tsconfig, specifier: string): string[] {
  const [, baseUrl] = text.match(/"baseUrl"\s*:\s*"([^"]*)"/) ?? [];
  const base = path.resolve(path.dirname(file), baseUrl ?? '.');
  const mapped = [...text.matchAll(/"([^"]+)"\s*:\s*\[([^\]]*)\]/g)].flatMap(([, pattern, targets]) => {
    const [before, after = ''] = pattern.split('*');
    const fits = pattern.includes('*') ? specifier.startsWith(before) && specifier.endsWith(after) : specifier === pattern;
    const star = specifier.slice(before.length, specifier.length - after.length);
    return fits ? stringsIn(targets).map((target) => path.resolve(base, target.replace('*', star))) : [];
  });
  return baseUrl === undefined ? mapped : [...mapped, path.resolve(base, specifier)];
}

function stringsIn(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"/g)].map(([, value]) => value);
}

function read(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
