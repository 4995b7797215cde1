import { largestFolders } from '../../contents/largest-folders';
import { MAX_UNZIPPED_BYTES } from '../../limits/packaging';
import { PackagePart } from '../../model/package-parts';

/** What both rules about the size of packages share. */

const SHOWN = 8;

/** The parts with their bytes, and a table of what takes the place in them. */
export function sizeInWords(parts: readonly PackagePart[], got: string): string {
  const message = `code and layers must be at most ${count(MAX_UNZIPPED_BYTES)} bytes unzipped, got ${got}: ${parts.map(describe).join(', ')}`;
  const table = largest(parts);
  return table.length > 0 ? [`${message}; the largest folders:`, ...table, ''].join('\n') : message;
}

function describe({ kind, name, bytes, declared, unknown }: PackagePart): string {
  const size = bytes === undefined ? `(bytes unknown: ${unknown})` : `${count(bytes)} bytes${declared ? ' (declared)' : ''}`;
  return `${kind} ${name} ${size}`;
}

/** Lines of bytes, folder and part. A package without folders has nothing to tell that the message does not. */
function largest(parts: readonly PackagePart[]): string[] {
  const folders = parts.flatMap(({ kind, name, contents }) => contents?.kind === 'opened'
    ? largestFolders(contents.files).map(({ path, bytes }) => ({ bytes, what: `${path === '' ? 'files at the root' : path} (${kind} ${name})` }))
    : []);
  if (folders.length <= parts.length) return [];
  const sorted = folders.sort((one, other) => other.bytes - one.bytes);
  const rest = sorted.slice(SHOWN);
  const others = rest.length > 0 ? [{ bytes: rest.reduce((sum, { bytes }) => sum + bytes, 0), what: `${rest.length} others` }] : [];
  return [...sorted.slice(0, SHOWN), ...others].map(({ bytes, what }) => `  ${count(bytes).padStart(11)}  ${what}`);
}

export function count(bytes: number): string {
  return bytes.toLocaleString('en-US');
}
