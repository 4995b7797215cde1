import * as fs from 'fs';
import * as path from 'path';
import type { Metafile } from 'esbuild';
import type { Source } from './build';
import { relativePath } from './paths';
import { modulesByTsconfig, tsconfigChain } from './tsconfig';

type Import = Metafile['inputs'][string]['imports'][number];

/**
 * Everything that a bundle depends on, as things that `Surroundings` can look at: the files in it, those that would be in
 * it instead if they were there, and the settings that say how they are read.
 */
export function influences(source: Source, metafile: Metafile): string[] {
  const collector = new Collector(source, metafile);
  collector.collect();
  return [...collector.things].sort();
}

class Collector {
  public readonly things = new Set<string>();

  private readonly root: string;

  private readonly tsconfigs = new Set<string>();

  constructor(private readonly source: Source, private readonly metafile: Metafile) {
    this.root = source.projectRoot;
  }

  public collect(): void {
    const inputs = [...this.inputs()].filter((input) => !NOT_A_FILE.test(input));
    if (this.source.options.tsconfig) this.addTsconfig(path.resolve(this.root, this.source.options.tsconfig));
    for (const input of inputs) this.addFile(path.resolve(this.root, input));
    for (const input of inputs) {
      const importer = path.resolve(this.root, input);
      for (const each of this.metafile.inputs[input]?.imports ?? []) this.addImport(importer, each);
    }
  }

  /** The files that are reached from the entry, as the description names them. */
  private inputs(): Set<string> {
    const { entry, options } = this.source;
    const isEntry = (file?: string) => file !== undefined && path.resolve(this.root, file) === entry;
    const output = Object.values(this.metafile.outputs).find(({ entryPoint }) => isEntry(entryPoint));
    const injected = (options.inject ?? []).map((file) => relativePath(this.root, path.resolve(this.root, file)));
    const found = new Set<string>();
    const open = [relativePath(this.root, entry), ...injected, ...Object.keys(output?.inputs ?? {})];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      for (const each of this.metafile.inputs[next]?.imports ?? []) if (!each.external) open.push(each.path);
    }
    return found;
  }

  private add(kind: string, file: string): void {
    this.things.add(`${kind}:${relativePath(this.root, file)}`);
  }

  /** A file, and the settings in all folders above it. */
  private addFile(file: string): void {
    this.add('file', file);
    for (const folder of foldersAbove(file)) {
      this.add('settings', folder);
      for (const name of ['tsconfig.json', 'jsconfig.json']) this.addTsconfig(path.join(folder, name));
    }
  }

  private addTsconfig(file: string): void {
    if (this.tsconfigs.has(file)) return;
    this.tsconfigs.add(file);
    for (const each of tsconfigChain(file)) {
      this.tsconfigs.add(each);
      this.add('file', each);
    }
  }

  private addImport(importer: string, { path: found, original = found, external }: Import): void {
    const folder = path.dirname(importer);
    if (!external) this.addNames(path.resolve(this.root, found));
    if (path.isAbsolute(original) || /^\.\.?(\/|$)/.test(original)) {
      const wildcard = original.indexOf('*');
      if (wildcard >= 0) this.add('tree', path.resolve(folder, path.dirname(`${original.slice(0, wildcard)}x`)));
      else this.addNames(path.resolve(folder, original));
    } else {
      this.addPackage(importer, original);
    }
  }

  /** What a path may mean: a file of that name with some extension, or a folder with an index. */
  private addNames(file: string): void {
    this.add('names', file);
    this.add('names', path.join(file, 'index'));
    this.add('settings', file);
    if (path.basename(file).startsWith('index.')) this.add('names', path.dirname(file));
  }

  /** The folders where a package is looked for, up to the first that has it. */
  private addPackage(importer: string, specifier: string): void {
    const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
    for (const folder of foldersAbove(importer)) {
      const candidate = path.join(folder, 'node_modules', name);
      this.add('package', candidate);
      if (fs.existsSync(candidate)) break;
    }
    if (importer.includes(`${path.sep}node_modules${path.sep}`)) return;
    for (const tsconfig of this.tsconfigs) for (const file of modulesByTsconfig(tsconfig, specifier)) this.addNames(file);
  }
}

/** Inputs that esbuild makes up: values of `define`, data URLs, and files that a package.json turns off. */
const NOT_A_FILE = /^(<(define|data):|\(disabled\):)/;

function* foldersAbove(file: string): Generator<string> {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    yield folder;
    if (folder === path.dirname(folder)) return;
  }
}
