import * as path from 'path';
import type { BuildOptions, Message, Metafile } from 'esbuild';
import { EsbuildOptions } from './bundle-options';
import { Esbuild } from './esbuild';
import { groupBy } from './group-by';
import { relativePath } from './paths';

/** A source and how to bundle it. */
export interface Source {
  /** Absolute paths. */
  readonly entry: string;
  readonly projectRoot: string;
  readonly options: EsbuildOptions;
  /** Whether esbuild's description of the bundle is put beside it, as `index.meta.json`. */
  readonly metafile: boolean;
  /** Changes the hash of the bundle, but not the bundle. */
  readonly salt: string;
}

/** A file of a bundle: its path in the package and what is in it. */
export interface BundleFile {
  readonly path: string;
  readonly contents: Buffer;
}

/** What became of a source. */
export type Outcome = Built | Broken;

export interface Built {
  readonly kind: 'built';
  readonly files: readonly BundleFile[];
  /** Description of the build, of this and maybe other sources. */
  readonly metafile: Metafile;
  readonly warnings: readonly Message[];
}

export interface Broken {
  readonly kind: 'broken';
  readonly errors: readonly Message[];
}

/** The folder that bundles seem to be in: where `NodejsFunction` has them too, so that source maps are the same. Nothing is written there. */
const OUTPUT = 'cdk.out';

/** Builds sources with as few calls as their options allow. */
export function buildAll(sources: readonly Source[], esbuildOf: (source: Source) => Esbuild): Map<Source, Outcome> {
  const groups = groupBy(sources, (source) => groupOf(source, esbuildOf(source)));
  return new Map([...groups.values()].flatMap((group) => [...buildGroup(group, esbuildOf(group[0]))]));
}

/** Equal for sources that one call can build. */
function groupOf(source: Source, esbuild: Esbuild): string {
  // A description is of one build; assets that loaders write go beside the entry only if it is the only one.
  const alone = source.metafile || Object.values(source.options.loader ?? {}).some((loader) => loader === 'file' || loader === 'copy');
  return JSON.stringify([esbuild.folder, source.projectRoot, source.options, alone ? [source.entry, source.metafile] : []]);
}

/** Builds all of a group at once. Where something is broken, halves of it, until it is clear what is and what is not. */
function buildGroup(group: readonly Source[], esbuild: Esbuild, isRepeated = false): Map<Source, Outcome> {
  try {
    return buildOnce(group, esbuild, isRepeated);
  } catch (error) {
    if (group.length === 1) return new Map([[group[0], { kind: 'broken', errors: messagesOf(error) }]]);
    const half = Math.ceil(group.length / 2);
    return new Map([...buildGroup(group.slice(0, half), esbuild, true), ...buildGroup(group.slice(half), esbuild, true)]);
  }
}

/** esbuild's errors. Anything else that is thrown is not about the sources. */
function messagesOf(error: unknown): Message[] {
  const { errors } = error as { errors?: Message[] };
  if (Array.isArray(errors) && errors.length > 0) return errors;
  throw error;
}

function buildOnce(group: readonly Source[], esbuild: Esbuild, isRepeated: boolean): Map<Source, Outcome> {
  const [{ projectRoot, options }] = group;
  const folders = group.length === 1 ? ['bundle'] : group.map((_, index) => `bundle${index}`);
  const build: BuildOptions = {
    ...options,
    logLevel: reports(options) && !isRepeated ? options.logLevel : 'silent',
    absWorkingDir: projectRoot,
    // One source alone is built into the folder itself, where loaders write their assets.
    ...group.length === 1
      ? { entryPoints: [{ in: group[0].entry, out: 'index' }], outdir: path.join(projectRoot, OUTPUT, folders[0]) }
      : { entryPoints: group.map(({ entry }, index) => ({ in: entry, out: `${folders[index]}/index` })), outdir: path.join(projectRoot, OUTPUT) },
    metafile: true,
    write: false,
  };
  const { outputFiles = [], metafile = { inputs: {}, outputs: {} }, warnings } = esbuild.load().buildSync(build);
  const files = groupBy(outputFiles, (file) => relativePath(path.join(projectRoot, OUTPUT), file.path).split('/')[0]);
  return new Map(group.map((source, index) => [source, {
    kind: 'built',
    files: [
      ...(files.get(folders[index]) ?? []).map((file) => ({
        path: relativePath(path.join(projectRoot, OUTPUT, folders[index]), file.path),
        contents: Buffer.from(file.contents),
      })),
      ...source.metafile ? [{ path: 'index.meta.json', contents: Buffer.from(JSON.stringify(metafile, undefined, 2)) }] : [],
    ],
    metafile,
    warnings: reports(options) ? [] : warnings,
  }]));
}

/** Whether esbuild was asked to tell what it does; else only its warnings and errors are told, and not by itself. */
function reports({ logLevel }: EsbuildOptions): boolean {
  return logLevel === 'verbose' || logLevel === 'debug' || logLevel === 'info';
}
