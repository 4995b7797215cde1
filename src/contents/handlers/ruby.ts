import { PackageFile } from '../file-tree';
import { isEverywhere, isStandard } from '../ruby/library';
import { hasWord, methodsIn, readRuby, RubySource } from '../ruby/source';
import { Fails, STARTS, UNCLEAR, Unpacked, Verdict } from '../unpacked';

/** A handler, taken apart. */
interface RubyHandler {
  /** Path without `.rb`, as it is required. */
  readonly file: string;

  /** `Orders::Handler`, for a method of a class. */
  readonly owner?: string;

  readonly method: string;
}

/** Variables that add folders to those that Ruby looks into, or libraries that are loaded before. */
const ELSEWHERE = ['RUBYLIB', 'RUBYOPT', 'GEM_PATH', 'GEM_HOME', 'BUNDLE_GEMFILE'];

/**
 * Whether a function of Ruby can start.
 *
 * The runtime splits the handler at its dots, requires the file with the code first among the folders, and sends the method to
 * itself or to the class when an event comes.
 * https://github.com/aws/aws-lambda-ruby-runtime-interface-client/blob/main/lib/aws_lambda_ric/lambda_handler.rb
 */
export function judgeRuby(unpacked: Unpacked): Verdict {
  const handler = splitHandler(unpacked.handler);
  if ('kind' in handler) return handler;
  if (!/^[\x21-\x7e]+$/.test(unpacked.handler) || ELSEWHERE.some((name) => unpacked.environment.has(name))) return UNCLEAR;
  const file = unpacked.task.get(`${handler.file}.rb`);
  if (!file) return mayBeFound(unpacked, handler.file) ? UNCLEAR : noFile(unpacked, handler);
  const source = readRuby(file);
  return source ? judgeMethod(unpacked, handler, { source, file }) : UNCLEAR;
}

function splitHandler(handler: string): RubyHandler | Fails {
  // Ruby leaves out what is empty at the end.
  const parts = handler.replace(/\.+$/, '').split('.');
  const [path, ...rest] = parts;
  const method = rest[rest.length - 1];
  const owner = rest.length === 2 ? rest[0] : undefined;
  const isForm = (rest.length === 1 || rest.length === 2) && parts.every((part) => part !== '');
  if (!isForm || owner !== undefined && !isConstant(owner)) {
    return { kind: 'fails', fault: 'form', allowed: "'<file>.<method>' or '<file>.<Class>.<method>'", got: `'${handler}'` };
  }
  return { file: path.replace(/\/+/g, '/').replace(/^\/var\/task\//, ''), owner, method };
}

/** `Orders::Handler`: names of constants begin with a capital letter, which may be one of any language. */
function isConstant(owner: string): boolean {
  return owner.split('::').every((name, index) => /^([A-Z]|[^\x00-\x7f])/.test(name) || index === 0 && name === '');
}

/** Whether `require` may find a file that is not at its place in the code. */
function mayBeFound({ task, opt, optIsWhole }: Unpacked, file: string): boolean {
  if (!optIsWhole || isStandard(file) || file.startsWith('/') || file.startsWith('~')) return true;
  if (opt.get(`ruby/lib/${file}.rb`)) return true;
  // Links, native libraries, and gems, whose folders are looked into as well.
  const names = [`${file}.rb`, `${file}.so`];
  const folders = file.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
  if (task.get(`${file}.so`) || folders.some((folder) => task.get(folder)?.isLink)) return true;
  return [...task.files, ...opt.files].some(({ path }) => /(^|\/)gems\//.test(path) && names.some((name) => path.endsWith(`/lib/${name}`)));
}

function noFile(unpacked: Unpacked, { file, owner, method }: RubyHandler): Fails {
  const paths = unpacked.task.files.map(({ path }) => path).filter((path) => path.endsWith('.rb'));
  const wanted = `${file}.rb`.toLowerCase();
  const other = paths.find((path) => path.toLowerCase() === wanted) ?? paths.find((path) => path.toLowerCase().endsWith(`/${wanted}`));
  const hint = other && `, but ${other}, which is '${[other.replace(/\.rb$/, ''), ...owner ? [owner] : [], method].join('.')}'`;
  return {
    kind: 'fails',
    fault: 'file',
    allowed: 'a method in a file of the code',
    got: `'${unpacked.handler}': there is no ${file}.rb${hint ?? ''}`,
  };
}

function judgeMethod(unpacked: Unpacked, { owner, method }: RubyHandler, { source, file }: { source: RubySource; file: PackageFile }): Verdict {
  const wanted = [...owner?.split('::').filter((name) => name !== '') ?? [], method];
  const isThere = wanted.every((name) => isEverywhere(name) || hasWord(source.text, name));
  if (!isThere && source.isWhole) {
    return {
      kind: 'fails',
      fault: 'function',
      allowed: 'a method that its file defines',
      got: `'${unpacked.handler}': ${file.path} has ${methodsIn(source.text)}`,
    };
  }
  if (!isThere || !source.isAlone || !/^\w+$/.test(method)) return UNCLEAR;
  const definition = owner === undefined ? `^def[ \\t]+${method}(?!\\w)` : `^[ \\t]+def[ \\t]+self\\.${method}(?!\\w)`;
  return new RegExp(definition, 'm').test(source.text) ? STARTS : UNCLEAR;
}
