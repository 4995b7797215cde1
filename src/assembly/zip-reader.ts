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

/** The entries of an archive, and how to get at what is in them. */
export interface Archive {
  readonly entries: readonly Entry[];

  /** Path of an entry, with `/`; a folder's ends with it. */
  nameOf(entry: Entry): string;

  /** Whether a path leads out of the folder that the archive is unzipped into. */
  isOutside(name: string): boolean;

  /** The data of an entry, inflated; throws where it is not what the entry says. */
  data(entry: Entry): Buffer;
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
  const entries: Entry[] = [];
  let failure: Error | undefined;
  zip.on('entry', (entry: Entry) => entries.push(entry));
  zip.on('error', (error: Error) => failure = error);
  while (entries.length < zip.entryCount && failure === undefined) {
    const before = entries.length;
    zip.readEntry();
    if (entries.length === before) throw failure ?? new Error('the entries were not read at once');
  }
  return {
    entries,
    nameOf: (entry) => yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false),
    isOutside: (name) => yauzl.validateFileName(name) !== null,
    data: (entry) => readData(zip, source, entry),
  };
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

function readData(zip: ZipFile, source: ByteSource, entry: Entry): Buffer {
  if (entry.isEncrypted()) throw new Error('it is encrypted');
  if (entry.uncompressedSize > MAX_INFLATED_BYTES) throw new Error('it is too large to be read');
  const { fileDataStart } = now<{ fileDataStart: number }>((callback) => zip.readLocalFileHeader(entry, { minimal: true }, callback));
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
