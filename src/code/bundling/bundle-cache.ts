import * as crypto from 'crypto';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import type { BundleFile, Built, Source } from './build';
import { fingerprint } from './fingerprint';
import { influences } from './influences';
import { relativePath } from './paths';
import { Surroundings } from './surroundings';

/** Changes when what is written here is to be understood in another way. */
const FORMAT = 1;

/** Bundles that nobody asked for in so many days are forgotten. */
const DAYS_KEPT = 30;
const DAY = 24 * 60 * 60 * 1000;

/** What is known of a bundle that was made before. */
interface RecordOfBundle {
  /** What it depends on, and how that was when it was made. */
  readonly seen: Record<string, string>;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** Fingerprint of the files. */
  readonly hash: string;
}

/** A bundle as it was when it was made. */
export interface CachedBundle {
  readonly hash: string;
  /** Its files; undefined if they are not what they were. */
  readonly read: () => readonly BundleFile[] | undefined;
}

/**
 * Bundles of a project's former syntheses, with what they depend on. Made anew for each synthesis: what it has seen of the
 * project is not looked at again.
 *
 * An entry is two files: what is known of the bundle, with its hash, and the bundle. Each is written to a
 * file of its own and renamed, so that a process that stops, or another that writes the same, does no harm. Whatever
 * cannot be read or written is as if it were not there: the cache is never the reason why something fails.
 */
export class BundleCache {
  private readonly startedAt = Date.now();

  private readonly surroundings: Surroundings;

  constructor(private readonly folder: string, projectRoot: string, private readonly esbuildVersion: string) {
    this.surroundings = new Surroundings(projectRoot);
  }

  /** The bundle of a source if everything that it depends on is as it was. */
  public find(source: Source): CachedBundle | undefined {
    const file = this.fileFor(source);
    const record = readRecord(`${file}.json`);
    if (!record || !Object.entries(record.seen).every(([thing, seen]) => this.surroundings.look(thing) === seen)) return undefined;
    keep([`${file}.json`, `${file}.bundle`]);
    return { hash: record.hash, read: () => unpack(`${file}.bundle`, record, source) };
  }

  /** Keeps a bundle that was built after this cache was made. */
  public store(source: Source, bundle: Built & { readonly hash: string }): void {
    const things = influences(source, bundle.metafile);
    const seen = Object.fromEntries(things.map((thing) => [thing, this.surroundings.look(thing)]));
    if (!things.every((thing) => this.isSettled(thing, source))) return;
    const packed = Buffer.concat(bundle.files.map(({ contents }) => contents));
    const record: RecordOfBundle = {
      seen,
      files: bundle.files.map(({ path: name, contents }) => ({ path: name, bytes: contents.length })),
      hash: bundle.hash,
    };
    const file = this.fileFor(source);
    attempt(() => {
      fs.mkdirSync(this.folder, { recursive: true });
      writeWhole(`${file}.bundle`, packed);
      writeWhole(`${file}.json`, JSON.stringify(record));
    });
  }

  /** Forgets bundles that were not asked for in a long time, and what processes left that were stopped. */
  public prune(now = Date.now()): void {
    attempt(() => {
      for (const name of fs.readdirSync(this.folder)) {
        const file = path.join(this.folder, name);
        if (now - fs.statSync(file).mtimeMs > DAYS_KEPT * DAY) fs.rmSync(file);
      }
    });
  }

  /** Whether a file is there and did not change since this cache was made: what changed since may be in the bundle or not. */
  private isSettled(thing: string, { projectRoot }: Source): boolean {
    if (!thing.startsWith('file:')) return true;
    const stats = fs.statSync(path.resolve(projectRoot, thing.slice('file:'.length)), { throwIfNoEntry: false });
    return stats !== undefined && stats.mtimeMs < this.startedAt;
  }

  private fileFor({ entry, projectRoot, options, metafile, salt }: Source): string {
    const project = relativePath(this.folder, projectRoot);
    const key = JSON.stringify([FORMAT, this.esbuildVersion, project, relativePath(projectRoot, entry), options, metafile, salt]);
    return path.join(this.folder, crypto.createHash('sha256').update(key).digest('hex').slice(0, 40));
  }
}

/** Where the bundles of a project are kept: in the nearest `node_modules`, or else with the user. Never where others can write. */
export function cacheFolder(projectRoot: string): string {
  for (let folder = projectRoot; ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, 'node_modules'))) return path.join(folder, 'node_modules', '.cache', ...NAME);
    if (folder === path.dirname(folder)) return path.join(os.homedir(), '.cache', ...NAME);
  }
}

const NAME = ['cdk-event-functions', 'bundles'];

function readRecord(file: string): RecordOfBundle | undefined {
  return attempt(() => {
    const { seen, files, hash } = JSON.parse(fs.readFileSync(file, 'utf8')) as RecordOfBundle;
    const isWhole = typeof seen === 'object' && seen !== null && Array.isArray(files) && typeof hash === 'string';
    return isWhole ? { seen, files, hash } : undefined;
  });
}

/** The files of a bundle, if they still are what they were. */
function unpack(file: string, { hash, files: sizes }: RecordOfBundle, { salt }: Source): BundleFile[] | undefined {
  return attempt(() => {
    const packed = fs.readFileSync(file);
    let end = 0;
    const files = sizes.map(({ path: name, bytes }) => ({ path: name, contents: packed.subarray(end, end += bytes) }));
    return fingerprint(files, salt) === hash ? files : undefined;
  });
}

/** Marks files as used today. */
function keep(files: readonly string[]): void {
  attempt(() => files.forEach((file) => fs.utimesSync(file, new Date(), new Date())));
}

function writeWhole(file: string, content: string | Buffer): void {
  const unfinished = `${file}.${crypto.randomUUID()}`;
  fs.writeFileSync(unfinished, content);
  fs.renameSync(unfinished, file);
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
