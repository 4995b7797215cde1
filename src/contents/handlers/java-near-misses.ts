import { FileTree } from '../file-tree';
import { readClassFile } from '../java/class-file';
import { ClassPath, filesOfJar } from '../java/class-path';
import { UNCLEAR, Unpacked, Verdict } from '../unpacked';

/** A class that is nowhere the runtime looks, by its name with slashes, and where it is instead. */
export function missingClass(name: string, { task, opt }: Pick<Unpacked, 'task' | 'opt'>, classPath: ClassPath): Verdict {
  if (!classPath.isKnown || hasVersions(name, classPath)) return UNCLEAR;
  const label = name.replace(/\//g, '.');
  const instead = inOtherFolder(name, task) ?? inOtherJar(name, task, opt) ?? misspelt(name, classPath) ?? source(name, task) ?? 'which is not there';
  return { kind: 'fails', fault: 'file', allowed: 'a class of the code, of a jar in its lib, or of a jar in java/lib of a layer', got: `${label}, ${instead}` };
}

/** Jars may have classes for some versions of Java alone. */
function hasVersions(name: string, { roots }: ClassPath): boolean {
  return roots.some(({ jar, files }) => jar && files?.files.some(({ path }) => path.startsWith('META-INF/versions/') && path.endsWith(`/${name}.class`)));
}

function inOtherFolder(name: string, task: FileTree): string | undefined {
  const found = task.files.find(({ path, read }) => path.endsWith(`/${name}.class`) && readClassFile(read() ?? Buffer.alloc(0))?.name === name);
  return found && `which is in the folder ${found.path.slice(0, -`/${name}.class`.length)}`;
}

function inOtherJar(name: string, task: FileTree, opt: FileTree): string | undefined {
  const jars = [...task.files, ...opt.files].filter(({ path }) => /\.(jar|war|zip)$/.test(path));
  const found = jars.find((jar) => filesOfJar(jar)?.files.some(({ path }) => path === `${name}.class` || path.endsWith(`/classes/${name}.class`)));
  return found && `which is in ${found.path}`;
}

/** A nested class, another case, or another package. */
function misspelt(name: string, { roots }: ClassPath): string | undefined {
  const names = roots.flatMap(({ files }) => (files?.files ?? []).filter(({ path }) => path.endsWith('.class')).map(({ path }) => path.slice(0, -'.class'.length)));
  const plain = (path: string) => path.replace(/[$]/g, '/').toLowerCase();
  const last = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const found = names.find((each) => plain(each) === plain(name)) ?? names.find((each) => last(each) === last(name));
  return found && `but there is ${found.replace(/\//g, '.')}`;
}

function source(name: string, { files }: FileTree): string | undefined {
  const found = files.find(({ path }) => /\.(java|kt|scala|groovy)$/.test(path) && `/${path}`.includes(`/${name}.`));
  return found && `whose source ${found.path} was not compiled`;
}
