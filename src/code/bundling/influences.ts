import * as fs from 'fs';
import * as path from 'path';
import type { Metafile } from 'esbuild';
import type { Source } from './build';
import { relativePath } from './paths';
import { stemOf } from './surroundings';
import { modulesByTsconfig, Tsconfig, tsconfigChain } from './tsconfig';

type Import = Metafile['inputs'][string]['imports'][number];

/** What was found out about the inputs of a build: one for all sources that were built together. */
const graphs = new WeakMap<Metafile, InputGraph>();

/**
 * Everything that a bundle depends on, as things that `Surroundings` can look at: the files in it, those that would be in
 * it instead if they were there, and the settings that say how they are read.
 */
export function influences(source: Source, metafile: Metafile): string[] {
  const graph = graphs.get(metafile) ?? new InputGraph(source, metafile);
  graphs.set(metafile, graph);
  return graph.influencesOn(source.entry);
}

/** Inputs that esbuild makes up: values of `define`, data URLs, and files that a package.json turns off. */
const NOT_A_FILE = /^(<(define|data):|\(disabled\):)/;

class InputGraph {
  private readonly root: string;

  private readonly injected: readonly string[];

  /** What each input depends on by itself. */
  private readonly things = new Map<string, readonly string[]>();

  private readonly tsconfigs = new Map<string, readonly Tsconfig[]>();

  constructor(private readonly source: Source, private readonly metafile: Metafile) {
    this.root = source.projectRoot;
    this.injected = (source.options.inject ?? []).map((file) => relativePath(this.root, path.resolve(this.root, file)));
  }

  public influencesOn(entry: string): string[] {
    const all = new Set<string>();
    for (const input of this.inputsOf(entry)) for (const thing of this.thingsOf(input)) all.add(thing);
    return [...all].sort();
  }

  /** The inputs that are reached from an entry. */
  private inputsOf(entry: string): Set<string> {
    const isEntry = (file?: string) => file !== undefined && path.resolve(this.root, file) === entry;
    const output = Object.values(this.metafile.outputs).find(({ entryPoint }) => isEntry(entryPoint));
    const found = new Set<string>();
    const open = [relativePath(this.root, entry), ...this.injected, ...Object.keys(output?.inputs ?? {})];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      for (const each of this.importsOf(next)) if (!each.external) open.push(each.path);
    }
    return found;
  }

  private importsOf(input: string): readonly Import[] {
    return this.metafile.inputs[input]?.imports ?? [];
  }

  private thingsOf(input: string): readonly string[] {
    let things = this.things.get(input);
    if (!things) this.things.set(input, things = [...new Set(this.thingsOfInput(input))]);
    return things;
  }

  private* thingsOfInput(input: string): Generator<string> {
    if (NOT_A_FILE.test(input)) return;
    const file = path.resolve(this.root, input);
    yield this.thing('file', file);
    for (const folder of foldersAbove(file)) yield this.thing('settings', folder);
    const tsconfigs = this.tsconfigsFor(path.dirname(file));
    for (const tsconfig of tsconfigs) yield this.thing('file', tsconfig.file);
    for (const each of this.importsOf(input)) yield* this.thingsOfImport(file, each, tsconfigs);
  }

  private* thingsOfImport(importer: string, { path: found, original = found, external }: Import, tsconfigs: readonly Tsconfig[]): Generator<string> {
    if (!external && !inNodeModules(found)) yield* this.names(path.resolve(this.root, found));
    const isPath = path.isAbsolute(original) || /^\.\.?(\/|$)/.test(original);
    if (!isPath) {
      yield* this.packages(importer, original);
      for (const tsconfig of tsconfigs) for (const file of modulesByTsconfig(tsconfig, original)) yield* this.pathMeans(file);
    } else if (!inNodeModules(importer)) { // the files of a package change with its package.json
      const file = path.resolve(path.dirname(importer), original);
      const wildcard = file.indexOf('*');
      if (wildcard < 0) yield* this.pathMeans(file);
      else yield this.thing('tree', path.dirname(`${file.slice(0, wildcard)}x`));
    }
  }

  /** What a path may mean: a file with some extension, or a folder with an index. */
  private* pathMeans(file: string): Generator<string> {
    yield* this.names(file);
    yield* this.names(path.join(file, 'index'));
    yield this.thing('settings', file);
  }

  /** The files that a file has to hold its own against. */
  private* names(file: string): Generator<string> {
    const { dir, base } = path.parse(file);
    yield this.thing('names', path.join(dir, stemOf(base)));
    if (base.startsWith('index.')) yield* this.names(dir);
  }

  /** The folders where a package is looked for, up to the first that has it. */
  private* packages(importer: string, specifier: string): Generator<string> {
    const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
    for (const folder of foldersAbove(importer)) {
      const candidate = path.join(folder, 'node_modules', name);
      yield this.thing('package', candidate);
      if (fs.existsSync(candidate)) return;
    }
  }

  /** The tsconfig.json files that say how the sources in a folder are read. Those in packages are not asked. */
  private tsconfigsFor(folder: string): readonly Tsconfig[] {
    let found = this.tsconfigs.get(folder);
    if (!found) this.tsconfigs.set(folder, found = inNodeModules(`${folder}${path.sep}`) ? [] : [...this.findTsconfigs(folder)]);
    return found;
  }

  private* findTsconfigs(folder: string): Generator<Tsconfig> {
    const { tsconfig } = this.source.options;
    const above = [...foldersAbove(path.join(folder, 'x'))].flatMap((each) => [path.join(each, 'tsconfig.json'), path.join(each, 'jsconfig.json')]);
    for (const file of tsconfig ? [path.resolve(this.root, tsconfig)] : above) yield* tsconfigChain(file);
  }

  private thing(kind: string, file: string): string {
    return `${kind}:${relativePath(this.root, file)}`;
  }
}

function inNodeModules(file: string): boolean {
  return /(^|[\\/])node_modules[\\/]/.test(file);
}

function* foldersAbove(file: string): Generator<string> {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    yield folder;
    if (folder === path.dirname(folder)) return;
  }
}
