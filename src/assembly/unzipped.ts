import * as fs from 'fs';
import * as path from 'path';
import type AdmZip from 'adm-zip';
import { Measurement } from '../model/asset';

/** Bytes of an asset when Lambda has unzipped it. Anything that cannot be read is said, never thrown. */
export function unzippedBytes(file: string): Measurement {
  try {
    const bytes = fs.statSync(file).isDirectory() ? folderBytes(file) : archiveBytes(file);
    return { kind: 'measured', bytes };
  } catch (error) {
    return { kind: 'unreadable', reason: explain(error, file) };
  }
}

/** A folder as the CDK CLI zips it: hidden files included, symbolic links followed. */
function folderBytes(folder: string, ancestors: readonly string[] = []): number {
  const real = fs.realpathSync(folder);
  if (ancestors.includes(real)) return 0; // a link to a folder above it
  let bytes = 0;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    const stats = entry.isDirectory() ? undefined : fs.statSync(file, { throwIfNoEntry: false });
    if (entry.isDirectory() || stats?.isDirectory()) bytes += folderBytes(file, [...ancestors, real]);
    else bytes += stats?.size ?? 0; // a link to nothing has no bytes
  }
  return bytes;
}

/** A zip or jar file, from its central directory: nothing is inflated. */
function archiveBytes(file: string): number {
  // Loaded here, since most apps have folders only and every synthesis would pay for it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const Zip: typeof AdmZip = require('adm-zip');
  return new Zip(file, { noSort: true }).getEntries().reduce((sum, entry) => sum + (entry.isDirectory ? 0 : entry.header.size), 0);
}

function explain(error: unknown, file: string): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return `${path.basename(file)} is not there`;
  return `${path.basename(file)} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
