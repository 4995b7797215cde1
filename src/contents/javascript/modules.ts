import { posix } from 'path';
import { Disk, FileAt } from './disk';
import { isModuleScope } from './package-json';
import { Resolver } from './resolve';
import { Format, Known, summaryOf } from './summaries';
import { FunctionValue, Members, ModuleValue, ObjectValue, Value } from './value';

/** What is found under a name: a function, nothing, something else, or nobody can tell. */
export type Found =
  | { readonly kind: 'function'; readonly parameters?: readonly string[]; readonly inFunction?: boolean }
  | { readonly kind: 'plain'; readonly what: string }
  | { readonly kind: 'absent' | 'unknown' };

const UNKNOWN: Found = { kind: 'unknown' };
const ABSENT: Found = { kind: 'absent' };

const AN_OBJECT = 'an object';

/** How far exports are followed from module to module. */
const MAX_MODULES = 12;

/** How many files are looked through for one that reaches back. */
const MAX_PARTS = 400;

/** What every object and every function has by itself. */
const INHERITED: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype), ...Object.getOwnPropertyNames(Function.prototype), 'prototype', '__esModule',
]);

/** The modules of a function, and what they export. */
export class Modules {
  constructor(private readonly disk: Disk, private readonly resolver: Resolver) {}

  /** How Node.js reads a file; `undefined` where that cannot be told. */
  public formatOf({ path }: FileAt): Format | undefined {
    const extension = posix.extname(path);
    if (extension === '.mjs') return 'esm';
    if (extension === '.cjs') return 'commonjs';
    if (extension !== '.js' && extension !== '') return undefined;
    const isModule = isModuleScope(this.disk, posix.dirname(path));
    if (isModule === undefined || isModule && extension === '') return undefined;
    return isModule ? 'esm' : 'commonjs';
  }

  public summary(at: FileAt): Known {
    const format = this.formatOf(at);
    return format ? summaryOf(at.file, format) : { kind: 'unknown' };
  }

  /** What is found by a way of names from one of several values. */
  public find(values: readonly Value[], way: readonly string[], at: FileAt, trail: readonly string[] = []): readonly Found[] {
    return values.flatMap((value) => this.findIn(value, way, at, trail));
  }

  /** Whether values are certainly no `undefined`, `false` or the like, unless nothing is known of them. */
  public isObject(values: readonly Value[], at: FileAt): boolean {
    return this.find(values, [], at).every((one) => one.kind === 'function' || one.kind === 'unknown' || one.kind === 'plain' && one.what === AN_OBJECT);
  }

  private findIn(value: Value, way: readonly string[], at: FileAt, trail: readonly string[]): readonly Found[] {
    if (value.kind === 'unknown') return [UNKNOWN];
    if (value.kind === 'module') return this.findInModule(value, way, at, trail);
    if (value.kind === 'plain') return [plain(value.what, way)];
    if (way.length > 0) return this.findMember(value, way, at, trail);
    return [value.kind === 'function' ? { kind: 'function', parameters: value.parameters } : { kind: 'plain', what: AN_OBJECT }];
  }

  private findMember({ kind, members }: ObjectValue | FunctionValue, way: readonly string[], at: FileAt, trail: readonly string[]): readonly Found[] {
    const [name, ...rest] = way;
    const own = this.find(members.names.get(name) ?? [], rest, at, trail);
    const isFunction = own.length > 0 && own.every((one) => one.kind === 'function');
    // What `export *` brings never hides what a module exports itself; what `Object.assign` copies may.
    const copied = this.findCopied(isFunction ? members.from.filter(({ by }) => by === 'require') : members.from, way, at, trail);
    const found = [...own, ...copied.filter((one) => one.kind !== 'absent')];
    if (found.length === 0) return members.open || INHERITED.has(name) ? [UNKNOWN] : [ABSENT];
    if (members.open && copied.length > 0) return [UNKNOWN];
    return found.map((one) => {
      if (members.open && one.kind !== 'function') return UNKNOWN;
      return one.kind === 'function' && kind === 'function' ? { ...one, inFunction: true } : one;
    });
  }

  /** What is found in the modules whose exports an object has, too. */
  private findCopied(from: Members['from'], way: readonly string[], at: FileAt, trail: readonly string[]): readonly Found[] {
    const isSure = ({ specifier }: ModuleValue) => from.some((module) => !module.perhaps && module.specifier === specifier);
    return from.filter((module) => !module.perhaps || !isSure(module)).flatMap((module) => {
      // `export *` leaves the default out; what copies exports may, too.
      if (way[0] === 'default') return module.by === 'require' ? [UNKNOWN] : [];
      const found = this.findInModule(module, way, at, trail);
      return module.perhaps && found.some(({ kind }) => kind !== 'absent') ? [UNKNOWN] : found;
    });
  }

  private findInModule(module: ModuleValue, way: readonly string[], at: FileAt, trail: readonly string[]): readonly Found[] {
    const target = this.target(module, at);
    if (!target || trail.includes(target.path) || trail.length >= MAX_MODULES) return [UNKNOWN];
    const summary = this.summary(target);
    if (!('exports' in summary) || summary.kind === 'esm' && module.by === 'require') return [UNKNOWN];
    const names = [...module.names, ...way];
    // An ES module sees all that a CommonJS module exports as its default.
    const isDefault = module.by === 'import' && summary.kind === 'commonjs' && names[0] === 'default';
    return this.find(summary.exports, isDefault ? names.slice(1) : names, target, [...trail, target.path]);
  }

  private target({ specifier, by }: ModuleValue, { path }: FileAt): FileAt | undefined {
    const folder = posix.dirname(path);
    if (by === 'require') return fileOf(this.resolver.required(specifier, folder));
    return /^\.{1,2}\//.test(specifier) ? fileOf(this.disk.at(posix.resolve(folder, specifier))) : undefined;
  }

  /** The names that a module is known to export. */
  public namesOf(values: readonly Value[], at: FileAt, trail: readonly string[] = []): readonly string[] {
    const names = values.flatMap((value) => {
      if (value.kind === 'module') return value.names.length === 0 ? this.namesFrom(value, at, trail) : [];
      if (value.kind !== 'object' && value.kind !== 'function') return [];
      return [...value.members.names.keys(), ...value.members.from.flatMap((module) => this.namesFrom(module, at, trail))];
    });
    return [...new Set(names)].filter((name) => name !== '__esModule');
  }

  private namesFrom(module: ModuleValue, at: FileAt, trail: readonly string[]): readonly string[] {
    const target = this.target(module, at);
    const summary = target && !trail.includes(target.path) && trail.length < MAX_MODULES ? this.summary(target) : undefined;
    return target && summary && 'exports' in summary ? this.namesOf(summary.exports, target, [...trail, target.path]) : [];
  }

  /** Whether a file that a module loads, or one that this loads in turn, loads the module again: it may add to its exports. */
  public isReachedBack(at: FileAt): boolean {
    const seen = new Set<string>();
    const open = [at];
    for (let part = open.pop(); part; part = open.pop()) {
      if (seen.has(part.path)) continue;
      seen.add(part.path);
      const parts = this.partsOf(part);
      if (seen.size > MAX_PARTS || !parts || parts.some(({ path }) => path === at.path)) return true;
      open.push(...parts);
    }
    return false;
  }

  /** The files of the same package that a file loads; `undefined` where that cannot be told. */
  private partsOf(at: FileAt): readonly FileAt[] | undefined {
    if (posix.extname(at.path) === '.json' || posix.extname(at.path) === '.node') return [];
    const summary = this.summary(at);
    if (!('exports' in summary)) return undefined;
    return summary.specifiers.filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => fileOf(this.resolver.required(specifier, posix.dirname(at.path)))).filter((file) => file !== undefined);
  }
}

function plain(what: string | undefined, way: readonly string[]): Found {
  if (what === undefined) return ABSENT;
  return way.length === 0 ? { kind: 'plain', what } : UNKNOWN;
}

function fileOf(place: FileAt | { readonly kind: string }): FileAt | undefined {
  return place.kind === 'file' ? place as FileAt : undefined;
}
