import { Assembly, readAssembly } from '../dotnet/assembly';
import { FileTree, PackageFile } from '../file-tree';
import { Fails, STARTS, UNCLEAR, Unpacked, Verdict } from '../unpacked';

/** Variables by which assemblies come from elsewhere than the code. */
const ELSEWHERE = ['LAMBDA_DOTNET_MAIN_ASSEMBLY', 'DOTNET_SHARED_STORE', 'DOTNET_ADDITIONAL_DEPS', 'DOTNET_STARTUP_HOOKS'];

/**
 * Whether a function of .NET can start: a class library, whose handler names a method, or an executable assembly.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/csharp-handler.html
 * @see https://github.com/aws/aws-lambda-dotnet/blob/master/Libraries/src/Amazon.Lambda.RuntimeSupport/bootstrap.sh
 */
export function judgeDotnet({ handler, task, environment, runtime }: Unpacked): Verdict {
  if (runtime.startsWith('dotnetcore') || ELSEWHERE.some((name) => environment.has(name))) return UNCLEAR;
  if (!handler.includes(':')) return judgeExecutable(handler, task);
  const [name, type, ...rest] = handler.split('::');
  const method = rest.join('::');
  if ([name, type ?? '', method].some((part) => part.trim() === '')) return form(handler);
  return /[,\s]/.test(name) ? UNCLEAR : judgeLibrary(name, { type: type.trim(), method: method.trim() }, task);
}

function form(got: string): Fails {
  return { kind: 'fails', fault: 'form', allowed: 'Assembly::Namespace.Class::Method, or the name of an executable assembly', got };
}

/** An assembly with a Main method that starts the runtime by itself. */
function judgeExecutable(handler: string, task: FileTree): Verdict {
  const name = handler.replace(/\.dll$/, '');
  const file = task.get(`${name}.dll`);
  if (!file) return task.get(handler) ? UNCLEAR : missing(name, task);
  const assembly = assemblyOf(file);
  if (assembly?.hasEntryPoint === false) return form(`${handler}, which has no Main method`);
  // Without it the host takes the assembly for one that brings .NET along.
  if (!task.get(`${name}.runtimeconfig.json`) && !task.get('libhostpolicy.so')) return lacks(name, 'runtimeconfig.json');
  return assembly ? STARTS : UNCLEAR;
}

interface Wanted {
  readonly type: string;

  /** A name, or all of a signature. */
  readonly method: string;
}

/** A class library, which the runtime loads with the help of two files beside it. */
function judgeLibrary(name: string, wanted: Wanted, task: FileTree): Verdict {
  const file = task.files.find(({ path }) => path.toLowerCase() === `${name}.dll`.toLowerCase());
  const lacking = ['deps.json', 'runtimeconfig.json'].find((ending) => !isBeside(name, ending, task));
  if (!file) return lacking === undefined && placesOf(name, task).length > 0 ? UNCLEAR : missing(name, task);
  if (lacking !== undefined) return lacks(name, lacking);
  const assembly = assemblyOf(file);
  return assembly ? judgeNames(assembly, file, wanted, task) : UNCLEAR;
}

/** Whether the start script finds a file: by the name of the assembly, or since it is the only one of its kind. */
function isBeside(name: string, ending: string, task: FileTree): boolean {
  return task.get(`${name}.${ending}`) !== undefined || atRoot(task, `.${ending}`).length === 1;
}

/** Methods that every object has. */
const OF_OBJECTS = ['ToString', 'Equals', 'GetHashCode', 'GetType', 'MemberwiseClone', 'Finalize', 'ReferenceEquals'];

function judgeNames(assembly: Assembly, { path }: PackageFile, { type, method }: Wanted, task: FileTree): Verdict {
  if (/[\\`[\]]/.test(type)) return UNCLEAR; // names of generic types, or with what has to be escaped
  const parts = type.split('+');
  const [, namespace, outer] = /^(?:(.*)\.)?([^.]+)$/.exec(parts[0]) ?? [];
  const names = [namespace, outer ?? parts[0], ...parts.slice(1)].filter((part) => part !== undefined);
  if (!names.every((part) => assembly.mayName(part))) return { kind: 'fails', fault: 'function', allowed: `a class of ${path}`, got: `${type}, which is not in it` };
  const name = /([^\s(]+)\s*(\(.*)?$/.exec(method)?.[1] ?? method;
  if (assembly.mayName(name)) return STARTS;
  // A base class may have it, in another assembly of the package.
  const others = task.files.filter((file) => /\.dll$/i.test(file.path));
  if (OF_OBJECTS.includes(name) || others.some((file) => assemblyOf(file)?.mayName(name) ?? file.read(2) === undefined)) return UNCLEAR;
  return { kind: 'fails', fault: 'function', allowed: `a method of ${type}`, got: `${name}, which is in no assembly of the package` };
}

function lacks(name: string, ending: string): Fails {
  return { kind: 'fails', fault: 'file', allowed: `an assembly with ${name}.${ending} beside it`, got: `${name}.dll without` };
}

function missing(name: string, task: FileTree): Fails {
  const label = `${name}.dll`;
  return { kind: 'fails', fault: 'file', allowed: 'an assembly at the root of the code', got: `${label}, ${instead(name, task)}` };
}

/** Where an assembly is that was asked for, or what is there. */
function instead(name: string, task: FileTree): string {
  const [elsewhere] = placesOf(name, task);
  if (elsewhere !== undefined) return `which is at ${elsewhere}`;
  const [main] = atRoot(task, '.runtimeconfig.json');
  if (main !== undefined) return `but there is ${main.replace(/\.runtimeconfig\.json$/, '.dll')}`;
  const source = task.files.find(({ path }) => /\.(cs|fs|vb)(proj)?$/.test(path));
  return source ? `but ${source.path}, which was not compiled` : 'which is not there';
}

function placesOf(name: string, { files }: FileTree): readonly string[] {
  return files.filter(({ path }) => path.toLowerCase().endsWith(`/${name}.dll`.toLowerCase())).map(({ path }) => path);
}

function atRoot({ files }: FileTree, ending: string): readonly string[] {
  return files.filter(({ path }) => !path.includes('/') && !path.startsWith('.') && path.endsWith(ending)).map(({ path }) => path);
}

const assemblies = new WeakMap<PackageFile, Assembly | 'none'>();

/** What is in an assembly, read once; `undefined` where the file is none or cannot be read. */
function assemblyOf(file: PackageFile): Assembly | undefined {
  const found = assemblies.get(file) ?? readAssembly(file.read() ?? Buffer.alloc(0)) ?? 'none';
  assemblies.set(file, found);
  return found === 'none' ? undefined : found;
}
