/* eslint-disable no-bitwise -- permission bits */
import * as path from 'path';
import type { Entry } from 'yauzl';
import { Archive, ByteSource, openArchive, sourceOfBuffer, sourceOfFile } from './zip-reader';
import { Contents, MAX_DEFLATE_RATIO, Oddity } from '../contents/contents';
import { FileTree, PackageFile } from '../contents/file-tree';

/** What is in a zip or jar file. What cannot be read is said, never thrown. */
export function archiveFileContents(file: string): Contents {
  const name = path.basename(file);
  try {
    return archiveContents(sourceOfFile(file), name);
  } catch (error) {
    return { kind: 'unopened', reason: `${name} cannot be read: ${messageOf(error)}`, fault: 'unreadable' };
  }
}

/** What is in a jar that is itself in a package. */
export function archiveFiles(bytes: Buffer): FileTree | undefined {
  const contents = archiveContents(sourceOfBuffer(bytes), 'archive');
  return contents.kind === 'opened' ? contents.files : undefined;
}

function archiveContents(source: ByteSource, name: string): Contents {
  const archive = open(source);
  if (archive instanceof Error) {
    const fault = source.size === 0 || /signature not found/.test(archive.message) ? 'no archive' : 'damaged';
    return { kind: 'unopened', reason: `${name} cannot be read: ${archive.message}`, fault };
  }
  const named = archive.entries.map((entry) => ({ entry, name: archive.nameOf(entry) }));
  const files = named.filter((each) => !each.name.endsWith('/'));
  return {
    kind: 'opened',
    bytes: files.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0),
    zippedBytes: source.size,
    // Of entries with one name the last is what is there when all are unzipped.
    files: new FileTree([...new Map(files.map((each) => [each.name, fileOf(archive, each.entry, each.name)])).values()]),
    oddities: odditiesOf(named, archive),
  };
}

function open(source: ByteSource): Archive | Error {
  try {
    return openArchive(source);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function fileOf(archive: Archive, entry: Entry, name: string): PackageFile {
  const mode = modeOf(entry);
  const read = (length?: number) => {
    try {
      const bytes = archive.data(entry);
      return length === undefined ? bytes : bytes.subarray(0, length);
    } catch {
      return undefined;
    }
  };
  return {
    path: name.replace(/^(\.\/)+/, ''),
    bytes: entry.uncompressedSize,
    mode: mode === undefined ? undefined : mode & 0o777,
    isLink: mode !== undefined && (mode & FILE_TYPE) === LINK,
    read,
    unpack: () => unpack(read()),
  };
}

function unpack(bytes: Buffer | undefined): FileTree | undefined {
  return bytes && archiveFiles(bytes);
}

const FILE_TYPE = 0o170000;
const LINK = 0o120000;
/** Systems that record permissions of Unix in an entry: Unix, and macOS. */
const UNIX = [3, 19];

function modeOf(entry: Entry): number | undefined {
  const mode = entry.externalFileAttributes >>> 16;
  return UNIX.includes(entry.versionMadeBy >>> 8) && mode !== 0 ? mode : undefined;
}

interface NamedEntry { readonly entry: Entry; readonly name: string }

const METHODS = [0, 8]; // stored, deflated

function odditiesOf(entries: readonly NamedEntry[], archive: Archive): Oddity[] {
  const seen = new Set<string>();
  const names = (what: Oddity['what'], found: readonly NamedEntry[]): Oddity[] => found.length > 0 ? [{ what, paths: found.map(({ name }) => name) }] : [];
  const isFile = ({ name }: NamedEntry) => !name.endsWith('/');
  return [
    ...names('duplicate', entries.filter((each) => isFile(each) && seen.size === seen.add(each.name).size)),
    ...names('traversal', entries.filter(({ name }) => archive.isOutside(name))),
    ...names('overlap', overlapping(entries)),
    ...names('encrypted', entries.filter(({ entry }) => entry.isEncrypted())),
    ...names('method', entries.filter(({ entry }) => !METHODS.includes(entry.compressionMethod))),
    ...names('ratio', entries.filter(claimsTooMuch)),
  ];
}

/** Entries whose data begins before that of another ends: how a small archive claims to be a large one. */
function overlapping(entries: readonly NamedEntry[]): NamedEntry[] {
  const start = ({ entry }: NamedEntry) => entry.relativeOffsetOfLocalHeader;
  const sorted = [...entries].sort((a, b) => start(a) - start(b));
  let end = 0;
  return sorted.filter((each) => {
    const overlaps = start(each) < end;
    end = Math.max(end, start(each) + each.entry.fileNameLength + LOCAL_HEADER + each.entry.compressedSize);
    return overlaps;
  });
}

/** Bytes of a local header without its name; its extra field, of unknown length, comes on top. */
const LOCAL_HEADER = 30;

function claimsTooMuch({ entry }: NamedEntry): boolean {
  const { compressionMethod, compressedSize, uncompressedSize } = entry;
  if (compressionMethod === 0) return !entry.isEncrypted() && compressedSize !== uncompressedSize;
  return uncompressedSize > Math.max(1, compressedSize) * MAX_DEFLATE_RATIO;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
