import { builtinModules } from 'module';
import { posix } from 'path';
import { Disk, FileAt, OPT, TASK_ROOT } from './disk';
import { readJson } from './package-json';
import { Unpacked } from '../unpacked';

/** Where a module is, or that it is nowhere, or that nobody can tell. */
export type Resolved = FileAt | { readonly kind: 'absent' | 'unknown' };

const ABSENT = { kind: 'absent' } as const;
const UNKNOWN = { kind: 'unknown' } as const;

/** The order of Module._extensions. */
const EXTENSIONS = ['.js', '.json', '.node'];

/** What the condition of an entry in `exports` may be when a module is required. */
const CONDITIONS = ['node', 'require', 'default'];

/**
 * Where Node.js finds a module that is required.
 *
 * @see https://nodejs.org/api/modules.html#all-together
 */
export class Resolver {
  constructor(private readonly disk: Disk, private readonly searchPath: readonly string[] | undefined) {}

  /** `require(specifier)` in a module of this folder. */
  public required(specifier: string, folder: string): Resolved {
    if (/^(\.{0,2}\/|\.{1,2}$)/.test(specifier)) return this.fileOrFolder(posix.resolve(folder, specifier), /(^|\/)\.{0,2}$/.test(specifier));
    return this.bare(specifier, [folder]);
  }

  /** A module by name only, from the node_modules of several folders and above, then from NODE_PATH. */
  public bare(specifier: string, folders: readonly string[]): Resolved {
    if (isBuiltin(specifier) || /^[#.]|^$/.test(specifier)) return UNKNOWN;
    const places = [...folders.flatMap(modulesAbove), ...this.searchPath ?? []];
    return first(places.map((place) => () => this.inFolder(specifier, place)), this.searchPath ? ABSENT : UNKNOWN);
  }

  /** A file or folder by its path. */
  public fileOrFolder(path: string, onlyFolder = false): Resolved {
    return first([() => onlyFolder ? ABSENT : this.file(path), () => this.folder(path)], ABSENT);
  }

  private inFolder(specifier: string, place: string): Resolved {
    const around = this.disk.at(place);
    if (around.kind === 'absent' || around.kind === 'file') return ABSENT;
    const [, name, rest] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(specifier) ?? [];
    if (name === undefined) return UNKNOWN;
    const manifest = this.manifest(posix.join(place, name));
    if (manifest === 'unknown') return UNKNOWN;
    const { exports } = manifest ?? {};
    if (exports === undefined || exports === null) return this.fileOrFolder(posix.join(place, specifier), specifier.endsWith('/'));
    return rest === '' ? this.exported(exports, posix.join(place, name)) : UNKNOWN;
  }

  /** What the field `exports` of a package says that its main module is. */
  private exported(exports: unknown, folder: string): Resolved {
    if (typeof exports === 'string') return exports.startsWith('./') ? this.exactly(posix.join(folder, exports)) : UNKNOWN;
    if (typeof exports !== 'object' || exports === null || Array.isArray(exports)) return UNKNOWN;
    const keys = Object.keys(exports);
    if (keys.some((key) => key.startsWith('.'))) return '.' in exports ? this.exported(exports['.'], folder) : UNKNOWN;
    // Whether `module-sync` and the like hold depends on the version and its flags.
    const key = keys.find((condition) => CONDITIONS.includes(condition) || !['import', 'types', 'browser'].includes(condition));
    return key && CONDITIONS.includes(key) ? this.exported((exports as Record<string, unknown>)[key], folder) : UNKNOWN;
  }

  private exactly(path: string): Resolved {
    const place = this.disk.at(path);
    return place.kind === 'file' ? place : UNKNOWN;
  }

  private file(path: string): Resolved {
    return first(['', ...EXTENSIONS].map((extension) => () => this.onlyFile(path + extension)), ABSENT);
  }

  private onlyFile(path: string): Resolved {
    const place = this.disk.at(path);
    return place.kind === 'file' ? place : place.kind === 'unknown' ? UNKNOWN : ABSENT;
  }

  private folder(path: string): Resolved {
    const place = this.disk.at(path);
    if (place.kind !== 'folder') return place.kind === 'unknown' ? UNKNOWN : ABSENT;
    const manifest = this.manifest(path);
    if (manifest === 'unknown') return UNKNOWN;
    const index = () => this.withExtension(posix.join(path, 'index'));
    const main = manifest?.main;
    if (typeof main !== 'string' || main === '') return main === undefined ? index() : UNKNOWN;
    const target = posix.resolve(path, main);
    return first([() => this.file(target), () => this.withExtension(posix.join(target, 'index')), index], ABSENT);
  }

  private withExtension(path: string): Resolved {
    return first(EXTENSIONS.map((extension) => () => this.onlyFile(path + extension)), ABSENT);
  }

  private manifest(folder: string): Record<string, unknown> | 'unknown' | undefined {
    return readJson(this.disk.at(posix.join(folder, 'package.json')));
  }
}

/** The first place that has something, or that might. */
function first(places: readonly (() => Resolved)[], otherwise: Resolved): Resolved {
  for (const place of places) {
    const resolved = place();
    if (resolved.kind !== 'absent') return resolved;
  }
  return otherwise;
}

/** The node_modules of a folder and of all folders that it is in. */
function modulesAbove(folder: string): string[] {
  const names = folder.split('/').filter((name) => name !== '');
  return names.map((_, index) => `/${names.slice(0, names.length - index).join('/')}`)
    .filter((path) => !path.endsWith('/node_modules'))
    .map((path) => `${path}/node_modules`)
    .concat('/node_modules');
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}

/**
 * The folders of NODE_PATH: those that the runtime sets, or what the function is given instead; `undefined` if that is not
 * known. The script that starts the runtime sets them only where there are none.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function searchPathOf({ runtime, environment }: Pick<Unpacked, 'runtime' | 'environment'>): readonly string[] | undefined {
  const given = environment.get('NODE_PATH');
  if (given === undefined && environment.has('NODE_PATH')) return undefined;
  if (given) return given.split(':').filter((path) => path !== '').map((path) => posix.resolve(TASK_ROOT, path));
  const [, version] = /^nodejs(\d+)/.exec(runtime) ?? [];
  const modules = ['nodejs/node_modules', `nodejs/node${version}/node_modules`].map((path) => posix.join(OPT, path));
  return [...modules.reverse(), '/var/runtime/node_modules', '/var/runtime', TASK_ROOT];
}
