/* eslint-disable no-bitwise -- permission bits */
import * as path from 'path';
import { Archive, ArchiveEntry, ByteSource, openArchive, sourceOfBuffer, sourceOfFile } from './zip-reader';
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
  const files = archive.entries.filter(isFile);
  const oddities = odditiesOf(archive.entries);
  return {
    kind: 'opened',
    bytes: files.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0),
    zippedBytes: source.size,
    files: new FileTree(lastOfEachName(files, oddities).map((entry) => new ArchivedFile(archive, entry))),
    oddities,
  };
}

/** Of entries with one name the last is what is there when all are unzipped. */
function lastOfEachName(files: readonly ArchiveEntry[], oddities: readonly Oddity[]): readonly ArchiveEntry[] {
  if (!oddities.some(({ what }) => what === 'duplicate')) return files;
  return [...new Map(files.map((entry) => [entry.name, entry])).values()];
}

function open(source: ByteSource): Archive | Error {
  try {
    return openArchive(source);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

class ArchivedFile implements PackageFile {
  public readonly path: string;
  public readonly bytes: number;
  public readonly mode?: number;
  public readonly isLink: boolean;

  constructor(private readonly archive: Archive, private readonly entry: ArchiveEntry) {
    const { name, uncompressedSize, unixMode } = entry;
    this.path = name.startsWith('./') ? name.replace(/^(\.\/)+/, '') : name;
    this.bytes = uncompressedSize;
    this.mode = unixMode === undefined ? undefined : unixMode & 0o777;
    this.isLink = unixMode !== undefined && (unixMode & FILE_TYPE) === LINK;
  }

  public read(length?: number): Buffer | undefined {
    try {
      return this.archive.data(this.entry).subarray(0, length);
    } catch {
      return undefined;
    }
  }

  public unpack(): FileTree | undefined {
    const bytes = this.read();
    return bytes && archiveFiles(bytes);
  }
}

const FILE_TYPE = 0o170000;
const LINK = 0o120000;

const METHODS = [0, 8]; // stored, deflated

function isFile({ name }: ArchiveEntry): boolean {
  return !name.endsWith('/');
}

function odditiesOf(entries: readonly ArchiveEntry[]): Oddity[] {
  const seen = new Set<string>();
  const found: Record<Oddity['what'], readonly ArchiveEntry[]> = {
    duplicate: entries.filter((entry) => isFile(entry) && seen.size === seen.add(entry.name).size),
    traversal: entries.filter(({ isOutside }) => isOutside),
    overlap: overlapping(entries),
    encrypted: entries.filter(({ isEncrypted }) => isEncrypted),
    method: entries.filter(({ compressionMethod }) => !METHODS.includes(compressionMethod)),
    ratio: entries.filter(claimsTooMuch),
  };
  const all = Object.entries(found) as [Oddity['what'], readonly ArchiveEntry[]][];
  return all.filter(([, odd]) => odd.length > 0).map(([what, odd]) => ({ what, paths: odd.map(({ name }) => name) }));
}

/** Entries whose data begins before that of another ends: how a small archive claims to be a large one. */
function overlapping(entries: readonly ArchiveEntry[]): ArchiveEntry[] {
  let end = 0;
  return [...entries].sort((one, other) => one.start - other.start).filter(({ start, length }) => {
    const overlaps = start < end;
    end = Math.max(end, start + length);
    return overlaps;
  });
}

function claimsTooMuch({ compressionMethod, compressedSize, uncompressedSize, isEncrypted }: ArchiveEntry): boolean {
  if (compressionMethod === 0) return !isEncrypted && compressedSize !== uncompressedSize;
  return uncompressedSize > Math.max(1, compressedSize) * MAX_DEFLATE_RATIO;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
