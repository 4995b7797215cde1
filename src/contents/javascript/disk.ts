import { posix } from 'path';
import { FileTree, PackageFile } from '../file-tree';
import { Unpacked } from '../unpacked';

/** What is at a path of the execution environment. */
export type Place = FileAt | { readonly kind: 'folder' | 'absent' | 'unknown' };

export interface FileAt {
  readonly kind: 'file';
  readonly path: string;
  readonly file: PackageFile;
}

/** Where the code of a function is. */
export const TASK_ROOT = '/var/task';

/** Where the layers of a function are. */
export const OPT = '/opt';

/** Where the runtime is, which Node.js searches for modules, too. Its index.mjs is not found by name. */
const RUNTIME = '/var/runtime';

/** Files in /var/runtime, without extension, and packages in its node_modules that no scope is part of. */
const IN_RUNTIME = [
  'THIRD-PARTY-LICENSES', 'bootstrap', 'ca-cert', 'node_modules', 'rapid-client', 'runtime-release',
  'aws-sdk', 'aws-lambda-ric', 'bowser', 'fast-xml-parser', 'fast-xml-builder', 'strnum', 'tslib', 'uuid', 'mnemonist', 'obliterator',
  'buffer', 'events', 'ieee754', 'isarray', 'jmespath', 'punycode', 'querystring', 'sax', 'url', 'util', 'xml2js', 'xmlbuilder',
];

/** The files that a function finds when it starts: its code and its layers where Lambda unpacks them. */
export class Disk {
  private readonly links: Record<string, ReadonlySet<string>>;

  constructor(private readonly unpacked: Pick<Unpacked, 'task' | 'opt' | 'optIsWhole'>) {
    this.links = { [TASK_ROOT]: linksOf(unpacked.task), [OPT]: linksOf(unpacked.opt) };
  }

  /** What is at an absolute path. */
  public at(path: string): Place {
    if (isWithin(path, TASK_ROOT)) return this.inTree(this.unpacked.task, TASK_ROOT, path);
    // A layer that is not known may lay its files over those of the others.
    if (isWithin(path, OPT)) return this.unpacked.optIsWhole ? this.inTree(this.unpacked.opt, OPT, path) : { kind: 'unknown' };
    if (isWithin(path, RUNTIME)) return { kind: this.mayBeInRuntime(path) ? 'unknown' : 'absent' };
    if (path === '/' || path === '/var') return { kind: 'folder' };
    return { kind: ['/node_modules', '/var/node_modules', '/package.json', '/var/package.json'].includes(path) ? 'absent' : 'unknown' };
  }

  private inTree(tree: FileTree, root: string, path: string): Place {
    const inside = posix.relative(root, path);
    if (this.isBehindLink(root, inside)) return { kind: 'unknown' };
    const file = tree.get(inside);
    if (file) return { kind: 'file', path, file };
    return { kind: inside === '' || tree.hasFolder(inside) ? 'folder' : 'absent' };
  }

  private isBehindLink(root: string, inside: string): boolean {
    const links = this.links[root];
    return links.size > 0 && inside.split('/').some((_, index, names) => links.has(names.slice(0, index + 1).join('/')));
  }

  private mayBeInRuntime(path: string): boolean {
    if (path === RUNTIME) return true;
    const names = posix.relative(RUNTIME, path).split('/');
    const name = names[0] === 'node_modules' ? names[1] : names[0];
    return name === undefined || name.startsWith('@') || IN_RUNTIME.includes(name.replace(/\.\w+$/, ''));
  }
}

function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

function linksOf(tree: FileTree): ReadonlySet<string> {
  return new Set(tree.files.filter(({ isLink }) => isLink).map(({ path }) => path));
}
