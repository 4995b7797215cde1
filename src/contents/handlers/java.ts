import { missingClass } from './java-near-misses';
import { ClassFile, Method } from '../java/class-file';
import { ClassPath } from '../java/class-path';
import { Hierarchy, hierarchyOf, REQUEST_HANDLERS } from '../java/hierarchy';
import { Fails, STARTS, UNCLEAR, Unpacked, Verdict } from '../unpacked';

/** Options of the virtual machine may add classes to those of the package. */
const OPTIONS = ['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS', '_JAVA_OPTIONS', 'CLASSPATH'];

/** Classes that the runtime itself has, before those of the package. */
const OF_RUNTIME = /^(java|javax|jdk|sun)\/|^com\/amazonaws\/services\/lambda\/(runtime|crac)\//;

/**
 * Whether a function of Java can start.
 *
 * @see https://github.com/aws/aws-lambda-java-libs/blob/main/aws-lambda-java-runtime-interface-client/src/main/java/com/amazonaws/services/lambda/runtime/api/client/HandlerInfo.java
 * @see https://github.com/aws/aws-lambda-java-libs/blob/main/aws-lambda-java-runtime-interface-client/src/main/java/com/amazonaws/services/lambda/runtime/api/client/EventHandlerLoader.java
 */
export function judgeJava(unpacked: Unpacked): Verdict {
  const { handler, environment, optIsWhole } = unpacked;
  if (!/^[^:/]+(::[^:/]+)?$/.test(handler)) return { kind: 'fails', fault: 'form', allowed: 'package.Class or package.Class::method', got: handler === '' ? 'an empty text' : handler };
  if (OPTIONS.some((name) => environment.has(name))) return UNCLEAR;
  const [className, method] = handler.split('::');
  const name = className.replace(/\./g, '/');
  const classPath = new ClassPath(unpacked);
  const root = classPath.find(name);
  if (OF_RUNTIME.test(name) || (!root || root.isOfLayer) && !optIsWhole) return UNCLEAR;
  if (!root) return missingClass(name, unpacked, classPath);
  const found = classPath.read(name);
  if (!found || found.name !== name) return UNCLEAR;
  return tooNew(found, unpacked.runtime) ?? judgeClass(found, method, classPath);
}

/** Virtual machines load no class of a later release. */
function tooNew({ name, java }: ClassFile, runtime: string): Verdict | undefined {
  const version = Number(/^java(\d+)/.exec(runtime)?.[1]);
  if (!(java > version)) return undefined;
  return { kind: 'fails', fault: 'file', allowed: `a class that was compiled for Java ${version} or older when the runtime is ${runtime}`, got: `${dotted(name)} for Java ${java}` };
}

function judgeClass(found: ClassFile, method: string | undefined, classPath: ClassPath): Verdict {
  const hierarchy = hierarchyOf(found.name, classPath);
  const { verdict, needsInstance } = method === undefined ? judgeInterfaces(found, hierarchy) : judgeMethod(found, method, hierarchy);
  const whole = verdict === STARTS && needsInstance ? judgeConstructor(found) : verdict;
  // What a class inherits from must be there too for it to be loaded; the runtime may have it.
  return whole === STARTS && !hierarchy.isWhole ? UNCLEAR : whole;
}

interface Judged {
  readonly verdict: Verdict;
  readonly needsInstance?: boolean;
}

function judgeInterfaces({ name }: ClassFile, { names, isWhole }: Hierarchy): Judged {
  if (REQUEST_HANDLERS.some((each) => names.has(each))) return { verdict: STARTS, needsInstance: true };
  return { verdict: isWhole ? fails('a class that implements RequestHandler or RequestStreamHandler when it names no method', `${dotted(name)}, which implements neither`) : UNCLEAR };
}

/** Methods that every object has: the runtime takes any public method. */
const OF_OBJECTS = ['toString', 'hashCode', 'equals', 'getClass', 'notify', 'notifyAll', 'wait'];

function judgeMethod({ name, methods }: ClassFile, wanted: string, { names, methods: all, isWhole }: Hierarchy): Judged {
  const named = all.filter((each) => each.name === wanted);
  const publicOnes = named.filter(({ isPublic }) => isPublic);
  const usable = publicOnes.filter(({ descriptor }) => isHandler(descriptor));
  if (usable.length > 0) return { verdict: STARTS, needsInstance: !usable.some(({ isStatic }) => isStatic) };
  const isInherited = wanted === 'handleRequest' && REQUEST_HANDLERS.some((each) => names.has(each));
  if (!isWhole || isInherited || OF_OBJECTS.includes(wanted)) return { verdict: UNCLEAR };
  const label = `${dotted(name)}::${wanted}`;
  if (publicOnes.length > 0) return { verdict: fails('a method that takes an event and a context, one of them or none, or streams', `${label}(${typesOf(publicOnes[0].descriptor).map(shortName).join(', ')})`) };
  if (named.length > 0) return { verdict: fails('a public method', `${label}, which is not public`) };
  const others = [...new Set(methods.filter(isOffered).map((each) => each.name))];
  return { verdict: fails('a public method of the class', `${label}, but the class has ${others.length > 0 ? `only ${others.slice(0, 5).join(', ')}` : 'none'}`) };
}

function isOffered({ name, isPublic, isSynthetic }: Method): boolean {
  return isPublic && !isSynthetic && !name.startsWith('<');
}

const CONTEXT = 'Lcom/amazonaws/services/lambda/runtime/Context;';
const INPUT = 'Ljava/io/InputStream;';
const OUTPUT = 'Ljava/io/OutputStream;';

/** Whether the runtime knows what to give to a method. */
function isHandler(descriptor: string): boolean {
  const types = typesOf(descriptor);
  const [first, second, third] = types;
  if (types.length < 2) return true;
  if (types.length === 3) return first === INPUT && second === OUTPUT && third === CONTEXT;
  if (types.length > 3) return false;
  return second === CONTEXT ? first !== CONTEXT : first === INPUT && second === OUTPUT;
}

/** The parameters of a method. */
function typesOf(descriptor: string): readonly string[] {
  return /^\((.*)\)/.exec(descriptor)?.[1].match(/\[*(L[^;]+;|[A-Z])/g) ?? [];
}

const PRIMITIVES: Readonly<Record<string, string>> = { B: 'byte', C: 'char', D: 'double', F: 'float', I: 'int', J: 'long', S: 'short', Z: 'boolean' };

function shortName(type: string): string {
  const element = type.replace(/^\[+/, '');
  const name = PRIMITIVES[element] ?? element.slice(element.lastIndexOf('/') + 1).replace(/^L|;$/g, '');
  return name + '[]'.repeat(type.length - element.length);
}

function judgeConstructor({ name, isAbstract, methods }: ClassFile): Verdict {
  if (isAbstract) return fails('a class of which there can be an object', `${dotted(name)}, which is abstract`);
  const isThere = methods.some((each) => each.name === '<init>' && each.descriptor === '()V' && each.isPublic);
  return isThere ? STARTS : fails('a class with a public constructor without parameters', `${dotted(name)}, which has none`);
}

function fails(allowed: string, got: string): Fails {
  return { kind: 'fails', fault: 'function', allowed, got };
}

function dotted(name: string): string {
  return name.replace(/\//g, '.');
}
