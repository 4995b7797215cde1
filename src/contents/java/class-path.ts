import { ClassFile, readClassFile } from './class-file';
import { FileTree, PackageFile } from '../file-tree';
import { Unpacked } from '../unpacked';

/** A folder or jar of classes, in which paths are names of classes. */
export interface ClassRoot {
  /** The jar; none for the code itself. */
  readonly jar?: PackageFile;

  /** `undefined` for a jar that cannot be read. */
  readonly files?: FileTree;
  readonly isOfLayer: boolean;
}

const opened = new WeakMap<PackageFile, FileTree | 'unreadable'>();

/** The files of a jar, which are listed once, however many functions share it. */
export function filesOfJar(jar: PackageFile): FileTree | undefined {
  const files = opened.get(jar) ?? jar.unpack() ?? 'unreadable';
  opened.set(jar, files);
  return files === 'unreadable' ? undefined : files;
}

/**
 * Where the runtime looks for classes: the code, jars in its `lib`, jars in `java/lib` of layers.
 *
 * @see https://github.com/aws/aws-lambda-java-libs/blob/main/aws-lambda-java-runtime-interface-client/src/main/java/com/amazonaws/services/lambda/runtime/api/client/CustomerClassLoader.java
 */
export class ClassPath {
  public readonly roots: readonly ClassRoot[];

  constructor({ task, opt }: Pick<Unpacked, 'task' | 'opt'>) {
    this.roots = [{ files: task, isOfLayer: false }, ...jarsIn(task, 'lib', false), ...jarsIn(opt, 'java/lib', true)];
  }

  /** Whether all jars could be looked into, and none names others in its manifest. */
  public get isKnown(): boolean {
    return this.roots.every(({ jar, files }) => files !== undefined && !(jar && /^Class-Path:/m.test(files.get('META-INF/MANIFEST.MF')?.read()?.toString() ?? '')));
  }

  /** The first root that has a class, by its name with slashes. */
  public find(name: string): ClassRoot | undefined {
    return this.roots.find(({ files }) => files?.get(`${name}.class`));
  }

  /** What a class is, by its name with slashes; `undefined` where it is not there or cannot be read. */
  public read(name: string): ClassFile | undefined {
    const bytes = this.find(name)?.files?.get(`${name}.class`)?.read();
    return bytes && readClassFile(bytes);
  }
}

function jarsIn(tree: FileTree, folder: string, isOfLayer: boolean): ClassRoot[] {
  const isJar = (path: string) => /^[^/]+\.jar$/.test(path.slice(folder.length + 1));
  return tree.under(folder).filter(({ path }) => isJar(path))
    .sort((a, b) => a.path < b.path ? -1 : 1)
    .map((jar) => ({ jar, files: filesOfJar(jar), isOfLayer }));
}
