import { posix } from 'path';
import { Disk, Place } from './disk';

/** The object in a JSON file; `undefined` where there is none, `unknown` where that cannot be told or it holds no object. */
export function readJson(place: Place): Record<string, unknown> | 'unknown' | undefined {
  if (place.kind !== 'file') return place.kind === 'unknown' ? 'unknown' : undefined;
  try {
    const json: unknown = JSON.parse(place.file.read()?.toString('utf8') ?? '');
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? json as Record<string, unknown> : 'unknown';
  } catch {
    return 'unknown';
  }
}

/** Whether the nearest package.json says that `.js` files are ES modules; `undefined` where that cannot be told. */
export function isModuleScope(disk: Disk, folder: string): boolean | undefined {
  if (folder.endsWith('/node_modules')) return false;
  const manifest = readJson(disk.at(posix.join(folder, 'package.json')));
  if (manifest === 'unknown') return undefined;
  if (manifest) return manifest.type === 'module';
  return folder === '/' ? false : isModuleScope(disk, posix.dirname(folder));
}
