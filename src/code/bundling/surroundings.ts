import * as crypto from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import { relativePath } from './paths';

/**
 * What can be seen of a project's files, as text that is compared with what was seen at another time. Each thing is
 * looked at once.
 *
 * A thing to look at is named by its kind and its path from the project's root, `file:src/orders.ts`.
 */
export class Surroundings {
  private readonly seen = new Map<string, string>();

  private readonly listings = new Map<string, Map<string, string[]>>();

  constructor(private readonly root: string) {}

  /** What is there now; empty if nothing is. */
  public look(thing: string): string {
    const known = this.seen.get(thing);
    if (known !== undefined) return known;
    const separator = thing.indexOf(':');
    const seen = this.lookAt(thing.slice(0, separator), path.resolve(this.root, thing.slice(separator + 1)));
    this.seen.set(thing, seen);
    return seen;
  }

  private lookAt(kind: string, file: string): string {
    if (kind === 'file') return hashOf(file);
    if (kind === 'settings') return this.settingsIn(file);
    if (kind === 'names') return this.namesLike(file);
    if (kind === 'package') return this.realPath(file);
    return kind === 'tree' ? treeOf(file).join() : '';
  }

  /** The files of a folder that change how its sources are read. */
  private settingsIn(folder: string): string {
    return SETTINGS.flatMap((name) => {
      const hash = hashOf(path.join(folder, name));
      return hash === '' ? [] : [`${name} ${hash}`];
    }).join();
  }

  /** What begins with a name up to the first dot: `orders.ts`, `orders.js`, the folder `orders`. */
  private namesLike(file: string): string {
    const folder = path.dirname(file);
    let listing = this.listings.get(folder);
    if (!listing) this.listings.set(folder, listing = listingOf(folder));
    return `${this.realPath(folder)}: ${(listing.get(path.basename(file)) ?? []).join()}`;
  }

  private realPath(file: string): string {
    try {
      return relativePath(this.root, fs.realpathSync.native(file)) || '.';
    } catch {
      return '';
    }
  }
}

const SETTINGS = ['package.json', 'tsconfig.json', 'jsconfig.json', '.pnp.cjs', '.pnp.js', '.pnp.data.json'];

function hashOf(file: string): string {
  try {
    return crypto.createHash('sha256').update(fs.readFileSync(file)).digest('base64');
  } catch {
    return '';
  }
}

/** `orders` of `orders.test.ts`. */
export function stemOf(name: string): string {
  const dot = name.indexOf('.', 1);
  return dot < 0 ? name : name.slice(0, dot);
}

/** Names in a folder by what they begin with; folders and links are told from files. */
function listingOf(folder: string): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const entry of entriesOf(folder)) {
    const name = entry.isDirectory() ? `${entry.name}/` : entry.isSymbolicLink() ? `${entry.name}@${fs.readlinkSync(path.join(folder, entry.name))}` : entry.name;
    const stem = stemOf(entry.name);
    names.set(stem, [...names.get(stem) ?? [], name]);
  }
  return names;
}

function treeOf(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    if (!entry.isDirectory()) return [entry.name];
    return entry.name === 'node_modules' ? [] : treeOf(path.join(folder, entry.name)).map((name) => `${entry.name}/${name}`);
  });
}

function entriesOf(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name < b.name ? -1 : 1);
  } catch {
    return [];
  }
}
