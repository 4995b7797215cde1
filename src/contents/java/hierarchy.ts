import { Method } from './class-file';
import { ClassPath } from './class-path';

/** What a class has by itself and by all that it extends and implements. */
export interface Hierarchy {
  /** Names with slashes, of all that could be found by name. */
  readonly names: ReadonlySet<string>;
  readonly methods: readonly Method[];

  /** Whether all of them are known: else there may be more methods and interfaces. */
  readonly isWhole: boolean;
}

/** Types of the platform and of the runtime that bring no method which could be a handler, or are told apart by name. */
const KNOWN = ['java/lang/Object', 'java/lang/Record', 'java/io/Serializable', 'java/lang/Cloneable', 'java/lang/AutoCloseable'];

export const REQUEST_HANDLERS = ['com/amazonaws/services/lambda/runtime/RequestHandler', 'com/amazonaws/services/lambda/runtime/RequestStreamHandler'];

/** All that a class inherits from, the class itself first. */
export function hierarchyOf(name: string, classPath: ClassPath): Hierarchy {
  const names = new Set([name]);
  const methods: Method[] = [];
  let isWhole = true;
  for (const each of names) { // goes on to those that are added meanwhile
    if (KNOWN.includes(each) || REQUEST_HANDLERS.includes(each)) continue;
    const read = classPath.read(each);
    if (!read) {isWhole = false;} else {
      methods.push(...read.methods);
      for (const parent of [...read.superName === undefined ? [] : [read.superName], ...read.interfaces]) names.add(parent);
    }
  }
  return { names, methods, isWhole };
}
