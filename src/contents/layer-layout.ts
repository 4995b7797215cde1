import { FileTree } from './file-tree';

/** Packages in a layer that the runtime does not look for where they are. */
export interface Misplaced {
  /** Where the runtime looks. */
  readonly allowed: readonly string[];

  /** The folder that they are in; empty for the root. */
  readonly folder: string;
}

/** Where packages may be, and folders with packages for the language, at the right place or not. */
interface Layout {
  readonly places: readonly string[];
  readonly found: readonly string[];
}

/**
 * What a function of this runtime does not find in a layer, as far as that is certain.
 *
 * Code may read anything in a layer by its path in `/opt`, and much shared code lies in `/opt/nodejs` for that. So only
 * what package managers make is looked for, and nothing is said of a layer that has something at the right place.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html
 */
export function misplaced(files: FileTree, runtime: string): Misplaced | undefined {
  const layout = layoutOf(files, runtime);
  if (!layout || layout.places.some((place) => holdsPackages(files, place))) return undefined;
  const [folder] = [...layout.found, ...oneTooDeep(files, layout.places)];
  return folder === undefined ? undefined : { allowed: layout.places, folder };
}

function layoutOf(files: FileTree, runtime: string): Layout | undefined {
  const [, language, version = ''] = runtime.match(/^(nodejs|python|ruby|java)([\d.]+)/) ?? [];
  switch (language) {
    case 'nodejs': return node(files, parseInt(version, 10));
    case 'python': return python(files, version);
    case 'ruby': return ruby(files, version);
    case 'java': return java(files);
    default: return undefined;
  }
}

/** `npm install` makes `node_modules` where it is run; AWS has a folder for each version, too. */
function node(files: FileTree, major: number): Layout {
  const ofVersions = foldersNamed(files, 'node_modules').filter((folder) => /^nodejs\/node\d+\/node_modules$/.test(folder));
  // Beside other code, it may be for that code: an extension, or what is loaded by its path.
  const isAlone = files.rootNames.every((name) => name === 'node_modules' || /^\.|\.(json|lock|ya?ml|md)$/.test(name));
  return {
    places: ['nodejs/node_modules', `nodejs/node${major}/node_modules`],
    found: [...isAlone ? ['node_modules'].filter((name) => files.hasFolder(name)) : [], ...ofVersions],
  };
}

/** `pip install` and virtual environments make `site-packages`; `pip install -t` puts packages where it is told. */
function python(files: FileTree, version: string): Layout {
  const sites = foldersNamed(files, 'site-packages').filter((folder) => /^(?:(?:python|lib|python3\.\d+)\/)*site-packages$/.test(folder));
  const isRoot = files.rootNames.some((name) => /\.(dist|egg)-info$/.test(name));
  return { places: ['python', `python/lib/python${version}/site-packages`], found: [...sites, ...isRoot ? [''] : []] };
}

/** Bundler makes `ruby/3.4.0/gems` where it is told, AWS looks for `ruby/gems/3.4.0/gems`. */
function ruby(files: FileTree, version: string): Layout {
  const homes = foldersNamed(files, 'specifications').map((folder) => folder.replace(/\/?specifications$/, ''));
  return { places: [`ruby/gems/${version}.0`, 'ruby/lib'], found: homes.filter((home) => /^(?:(?:vendor|bundle|ruby|gems)\/)*\d+\.\d+\.\d+$/.test(home)) };
}

function java(files: FileTree): Layout {
  const jar = files.files.find(({ path }) => /^(?:(?:java|lib)\/)?[^/]+\.jar$/.test(path));
  return { places: ['java/lib'], found: jar ? [jar.path.replace(/\/?[^/]+$/, '')] : [] };
}

/** Whether there is something at a place. `python` is one, and holds the other one for Python. */
function holdsPackages(files: FileTree, place: string): boolean {
  if (place !== 'python') return files.hasFolder(place);
  return files.under(place).some(({ path }) => !/^python\/(?:(?:lib|bin|share|site-packages|python3\.\d+)\/|[^/]+\.(?:txt|toml|lock|cfg|md)$)/.test(path));
}

/** The folder was zipped, not what is in it. */
function oneTooDeep(files: FileTree, places: readonly string[]): string[] {
  const roots = files.rootNames.filter((name) => !name.startsWith('.'));
  const hasCode = (folder: string) => files.under(folder).some(({ path }) => /\.(?:[cm]?js|py|so|jar|rb|gemspec)$/.test(path));
  return roots.length === 1 ? places.map((place) => `${roots[0]}/${place}`).filter(hasCode) : [];
}

/** The outermost folders of a name. */
function foldersNamed(files: FileTree, name: string): string[] {
  const ends = files.files.map(({ path }) => ({ path, end: `/${path}`.indexOf(`/${name}/`) })).filter(({ end }) => end >= 0);
  return [...new Set(ends.map(({ path, end }) => path.slice(0, end + name.length)))];
}
