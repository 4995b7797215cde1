import { absoluteName } from './defined';
import { factsOf, Import } from './module-facts';
import { FoundSource, ModulePath } from './module-path';

/** An import that fails whenever the function starts. */
export interface MissingImport {
  /** The module, as the import names it. */
  readonly module: string;

  /** Path of the file that imports it. */
  readonly file: string;

  /** Whether it is relative, in a module that is in no package. */
  readonly isRelative: boolean;
}

export interface ImportsOfModule {
  readonly missing: readonly MissingImport[];

  /** Whether all imports that are executed when the module is loaded lead somewhere, as far as it was looked. */
  readonly areThere: boolean;
}

/** What is read from one handler on, so that no package takes long; beyond that nothing is claimed. */
const MAX_MODULES = 200;
const MAX_BYTES = 1024 * 1024;

/** The imports that are executed when a module is loaded, also by what it imports. */
export function importsOf(path: ModulePath, name: string): ImportsOfModule {
  const walk = new Walk(path);
  walk.visit(name, true);
  return { missing: walk.missing, areThere: walk.areThere };
}

/** Goes through modules in the order in which Python loads them. */
class Walk {
  public readonly missing: MissingImport[] = [];
  public areThere = true;

  /** Whether a module was loaded that may have changed where the next ones are found. */
  private isMoved = false;
  private readonly visited = new Set<string>();
  private bytes = 0;

  constructor(private readonly path: ModulePath) {}

  /** Also what may be imported is followed, since it may change where modules are found; `sure` is what must be. */
  public visit(name: string, sure: boolean): void {
    const dot = name.lastIndexOf('.');
    if (dot > 0) this.visit(name.slice(0, dot), sure);
    if (this.visited.has(name)) return;
    this.visited.add(name);
    const found = this.path.find(name);
    if (found.kind !== 'source') return;
    this.bytes += found.file.bytes;
    const facts = this.visited.size > MAX_MODULES || this.bytes > MAX_BYTES ? undefined : factsOf(found.file);
    this.isMoved ||= !facts || facts.movesPath;
    for (const imported of facts?.imports ?? []) this.follow(found, imported, sure && imported.sure);
  }

  private follow(importer: FoundSource, imported: Import, sure: boolean): void {
    const name = absoluteName(importer, imported);
    if (name === undefined) {
      if (sure) this.report({ module: '.'.repeat(imported.level) + imported.module, file: importer.file.path, isRelative: true });
      return;
    }
    const found = this.path.find(name);
    if (found.kind === 'missing' && sure) {
      // Only whole packages are reported: a part of one may be made by its own code.
      if (found.name.includes('.') || this.isMoved) this.areThere = false;
      else this.report({ module: found.name, file: importer.file.path, isRelative: false });
    }
    this.visit(name, sure);
    if (imported.name !== undefined && imported.name !== '*') this.visitSubmodule(`${name}.${imported.name}`, sure);
  }

  /** `from package import name` loads a submodule of that name if there is one. */
  private visitSubmodule(name: string, sure: boolean): void {
    if (this.path.find(name).kind === 'source') this.visit(name, sure);
  }

  private report(missing: MissingImport): void {
    this.areThere = false;
    if (!this.missing.some(({ module }) => module === missing.module)) this.missing.push(missing);
  }
}
