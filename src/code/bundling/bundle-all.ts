import type { Message } from 'esbuild';
import { BundleFile, buildAll, Built, Outcome, Source } from './build';
import { BundleCache, cacheFolder } from './bundle-cache';
import { Esbuild, esbuildFor } from './esbuild';
import { fingerprint } from './fingerprint';
import { groupBy } from './group-by';
import { influences } from './influences';
import { failed, printWarnings, tellsWarnings } from './messages';
import { Request, sourceKey } from './request';
import { Bundle } from './staging';

/** All requests for the code of one source. */
type Group = readonly [Request, ...Request[]];

/**
 * Bundles all requests: from the cache where nothing changed, else with as few calls of esbuild as possible.
 *
 * The files of a bundle that `isStaged` everywhere it is asked for are left out. Throws if any cannot be bundled, and
 * says of all what is wrong.
 */
export function bundleAll(requests: readonly Request[], isStaged: (request: Request, hash: string) => boolean): Map<Request, Bundle> {
  const groups = [...groupBy(requests, sourceKey).values()] as unknown as Group[];
  const tools = new Tools();
  const bundles = new Map<Group, Bundle>();
  for (const group of groups) {
    const bundle = cachedBundle(group, tools, isStaged);
    if (bundle) bundles.set(group, bundle);
  }
  const missing = groups.filter((group) => !bundles.has(group));
  const outcomes = buildAll(missing.map(([source]) => source), (source) => tools.esbuildOf(source as Request));
  for (const group of missing) {
    const outcome = outcomes.get(group[0]);
    if (outcome?.kind === 'built') bundles.set(group, newBundle(group[0], outcome, tools));
  }
  tools.tidy();
  succeed(missing, outcomes, tools);
  return new Map([...bundles].flatMap(([group, bundle]) => group.map((request) => [request, bundle] as const)));
}

/** What is made once for a project and used for all of its functions. */
class Tools {
  private readonly esbuilds = new Map<string, Esbuild>();

  private readonly caches = new Map<string, BundleCache>();

  private readonly grown = new Set<BundleCache>();

  public esbuildOf({ scope, entry, projectRoot }: Request): Esbuild {
    const esbuild = this.esbuilds.get(projectRoot) ?? esbuildFor(scope, entry, projectRoot);
    this.esbuilds.set(projectRoot, esbuild);
    return esbuild;
  }

  public cacheOf(request: Request): BundleCache | undefined {
    const { projectRoot, useCache } = request;
    if (!useCache) return undefined;
    const cache = this.caches.get(projectRoot) ?? new BundleCache(cacheFolder(projectRoot), projectRoot, this.esbuildOf(request).version);
    this.caches.set(projectRoot, cache);
    return cache;
  }

  public store(request: Request, bundle: Built & Bundle): void {
    const cache = this.cacheOf(request);
    cache?.store(request, bundle);
    if (cache) this.grown.add(cache);
  }

  /** What grew is kept from growing for ever. */
  public tidy(): void {
    this.grown.forEach((cache) => cache.prune());
  }
}

function cachedBundle(group: Group, tools: Tools, isStaged: (request: Request, hash: string) => boolean): Bundle | undefined {
  const cached = tools.cacheOf(group[0])?.find(group[0]);
  if (!cached) return undefined;
  const files: readonly BundleFile[] | undefined = group.every((request) => isStaged(request, cached.hash)) ? [] : cached.read();
  return files && { hash: cached.hash, files };
}

/** Throws if anything could not be built; else passes on what esbuild warns of. */
function succeed(groups: readonly Group[], outcomes: ReadonlyMap<Source, Outcome>, tools: Tools): void {
  const broken = groups.flatMap((group) => {
    const outcome = outcomes.get(group[0]);
    return outcome?.kind === 'broken' ? [{ requests: group, errors: outcome.errors, esbuild: tools.esbuildOf(group[0]) }] : [];
  });
  if (broken.length > 0) throw failed(broken);
  printWarnings([...outcomes].flatMap(([source, outcome]) => {
    const { warnings } = outcome as Built;
    return warnings.length > 0 && tellsWarnings(source) ? [{ warnings, esbuild: tools.esbuildOf(source as Request) }] : [];
  }));
}

function newBundle(request: Request, built: Built, tools: Tools): Bundle {
  const bundle = { hash: fingerprint(built.files, request.salt), files: built.files };
  // What has warnings is built again, so that they are seen again.
  const isTold = tellsWarnings(request) && built.warnings.some((warning) => isAbout(warning, request, built));
  if (!isTold) tools.store(request, { ...built, ...bundle });
  return bundle;
}

/** Whether a warning of a build is about one of its sources; if in doubt, it is. */
function isAbout({ location }: Message, source: Source, { metafile }: Built): boolean {
  return location === null || influences(source, metafile).includes(`file:${location.file}`);
}
