/* eslint-disable no-bitwise -- fields of bits */
import * as fs from 'fs';
import { Readable } from 'stream';
import * as zlib from 'zlib';
import type * as Yauzl from 'yauzl';

type Entry = Yauzl.Entry;
type ZipFile = Yauzl.ZipFile;

/** Something that bytes can be read from at any place, at once. */
export interface ByteSource {
  readonly size: number;

  /** Fills the buffer from a position; returns how many bytes there were. */
  read(buffer: Buffer, offset: number, length: number, position: number): number;
}

export function sourceOfBuffer(bytes: Buffer): ByteSource {
  return { size: bytes.length, read: (buffer, offset, length, position) => bytes.copy(buffer, offset, position, position + length) };
}

/** A file, opened for each read: nobody has to close it. */
export function sourceOfFile(file: string): ByteSource {
  return {
    size: fs.statSync(file).size,
    read: (buffer, offset, length, position) => {
      const descriptor = fs.openSync(file, 'r');
      try {
        return fs.readSync(descriptor, buffer, offset, length, position);
      } finally {
        fs.closeSync(descriptor);
      }
    },
  };
}

/** What the central directory says of an entry. */
export interface ArchiveEntry {
  /** Path with `/`; that of a folder ends with it. */
  readonly name: string;

  readonly compressedSize: number;
  readonly uncompressedSize: number;
  readonly compressionMethod: number;
  readonly isEncrypted: boolean;

  /** Where the entry begins, and how many bytes it surely takes there: without the extra field, whose length is not known. */
  readonly start: number;
  readonly length: number;

  /** Type and permissions as Unix has them, where the archive was made on such a system. */
  readonly unixMode?: number;

  /** Whether the path leads out of the folder that the archive is unzipped into. */
  readonly isOutside: boolean;
}

/** The entries of an archive, and how to get at what is in them. */
export interface Archive {
  readonly entries: readonly ArchiveEntry[];

  /** The data of an entry, inflated; throws where it is not what the entry says. */
  data(entry: ArchiveEntry): Buffer;
}

/**
 * Opens an archive by its central directory: nothing is inflated, and no data of entries is read.
 *
 * yauzl calls back as soon as its reader does, and ours does at once, so that all of this is synchronous, as the checks
 * of the CDK have to be. Should a release of yauzl change that, there is no result, which throws.
 */
export function openArchive(source: ByteSource): Archive {
  // Loaded here, since most apps have folders only and every synthesis would pay for it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const yauzl: typeof Yauzl = require('yauzl');
  const zip = openZip(yauzl, source);
  const entries: ArchiveEntry[] = [];
  let failure: Error | undefined;
  // Only numbers and names are kept: the buffers of 70,000 entries would keep the garbage collector busy.
  zip.on('entry', (entry: Entry) => entries.push(plain(yauzl, entry)));
  zip.on('error', (error: Error) => failure = error);
  while (entries.length < zip.entryCount && failure === undefined) {
    const before = entries.length;
    zip.readEntry();
    if (entries.length === before) throw failure ?? new Error('the entries were not read at once');
  }
  return { entries, data: (entry) => readData(zip, source, entry) };
}

function plain(yauzl: typeof Yauzl, entry: Entry): ArchiveEntry {
  const { compressedSize, uncompressedSize, compressionMethod, relativeOffsetOfLocalHeader: start } = entry;
  const name = nameOf(yauzl, entry);
  return {
    name,
    compressedSize,
    uncompressedSize,
    compressionMethod,
    isEncrypted: entry.isEncrypted(),
    start,
    length: LOCAL_HEADER + entry.fileNameLength + compressedSize,
    unixMode: unixModeOf(entry),
    isOutside: SUSPICIOUS.test(name) && yauzl.validateFileName(name) !== null,
  };
}

/** Most names are the same in every encoding; yauzl, which knows all encodings, goes through them letter by letter. */
function nameOf(yauzl: typeof Yauzl, { fileNameRaw, generalPurposeBitFlag, extraFields }: Entry): string {
  const name = fileNameRaw.toString('latin1');
  const isPlain = PLAIN.test(name) && !extraFields.some(({ id }) => id === UNICODE_PATH);
  return isPlain ? name : yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
}

const PLAIN = /^[ -[\]-~]*$/; // ASCII without the backslash
const UNICODE_PATH = 0x7075;

/** What every path has that leads out of its folder; few others have it. */
const SUSPICIOUS = /^\/|\.\.|:/;

/** Bytes of a local header without the name. */
const LOCAL_HEADER = 30;

/** Systems that record permissions of Unix in an entry: Unix, and macOS. */
const UNIX = [3, 19];

function unixModeOf({ externalFileAttributes, versionMadeBy }: Entry): number | undefined {
  const mode = externalFileAttributes >>> 16;
  return UNIX.includes(versionMadeBy >>> 8) && mode !== 0 ? mode : undefined;
}

function openZip(yauzl: typeof Yauzl, source: ByteSource): ZipFile {
  /** Reads ahead, since a central directory is read in pieces of a few bytes. */
  class Reader extends yauzl.RandomAccessReader {
    private ahead = Buffer.alloc(0);
    private from = 0;

    // eslint-disable-next-line max-params -- yauzl's signature
    public read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null, read?: number) => void): void {
      if (position < this.from || position + length > this.from + this.ahead.length) this.fill(position, Math.max(length, READ_AHEAD));
      const start = position - this.from;
      callback(null, this.ahead.copy(buffer, offset, start, start + length));
    }

    public _readStreamForRange(): Readable {
      throw new Error('data is not read as a stream');
    }

    private fill(position: number, length: number): void {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, source.size - position)));
      this.ahead = bytes.subarray(0, bytes.length === 0 ? 0 : source.read(bytes, 0, bytes.length, position));
      this.from = position;
    }
  }
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false };
  return now((callback) => yauzl.fromRandomAccessReader(new Reader(), source.size, options, callback));
}

const READ_AHEAD = 256 * 1024;

const DEFLATED = 8;

/** More than this is not inflated into memory at once; no source file is near it. */
const MAX_INFLATED_BYTES = 64 * 1024 * 1024;

function readData(zip: ZipFile, source: ByteSource, entry: ArchiveEntry): Buffer {
  if (entry.isEncrypted) throw new Error('it is encrypted');
  if (entry.uncompressedSize > MAX_INFLATED_BYTES) throw new Error('it is too large to be read');
  const header = { relativeOffsetOfLocalHeader: entry.start, compressedSize: entry.compressedSize } as Entry;
  const { fileDataStart } = now<{ fileDataStart: number }>((callback) => zip.readLocalFileHeader(header, { minimal: true }, callback));
  const raw = Buffer.alloc(Math.min(entry.compressedSize, MAX_INFLATED_BYTES));
  const stored = raw.subarray(0, source.read(raw, 0, raw.length, fileDataStart));
  return entry.compressionMethod === DEFLATED ? zlib.inflateRawSync(stored, { maxOutputLength: Math.max(1, entry.uncompressedSize) }) : stored;
}

/** The result of a function that calls back at once. */
function now<T>(call: (callback: (error: Error | null, result: T) => void) => void): T {
  let outcome: { error: Error | null; result: T } | undefined;
  call((error, result) => outcome = { error, result });
  if (!outcome) throw new Error('it was not read at once');
  if (outcome.error) throw outcome.error;
  return outcome.result;
}
