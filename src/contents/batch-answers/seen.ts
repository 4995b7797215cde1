import { seenInDotnet } from './dotnet';
import { seenInJava } from './java';
import { Seen } from './look';
import { seenInNode } from './node';
import { seenInProgram } from './program';
import { seenInPython } from './python';
import { seenInRuby } from './ruby';
import { Unpacked } from '../unpacked';

/** Runtimes by the beginning of their identifiers. */
const READERS: readonly (readonly [RegExp, (unpacked: Unpacked) => Seen])[] = [
  [/^nodejs\d/, seenInNode],
  [/^python\d/, seenInPython],
  [/^java\d/, seenInJava],
  [/^ruby\d/, seenInRuby],
  [/^dotnet\d/, seenInDotnet],
  [/^provided(\.|$)/, seenInProgram],
];

/**
 * Whether a function is seen to answer with the items of a batch that failed. Its own code is looked at, from the handler on; libraries that
 * lie beside it are not, and a handler of a layer is not known.
 */
export function seenToAnswer(unpacked: Unpacked): Seen {
  const [, read] = READERS.find(([runtime]) => runtime.test(unpacked.runtime)) ?? [];
  const seen = read ? read(unpacked) : 'unknown';
  return seen === 'no' && isWrapped(unpacked) ? 'unknown' : seen;
}

/** Whether something may stand between the code and Lambda, or decide what code there is. */
function isWrapped({ environment, environmentIsWhole }: Unpacked): boolean {
  return !environmentIsWhole || WRAPPERS.some((name) => environment.has(name));
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html */
const WRAPPERS = ['AWS_LAMBDA_EXEC_WRAPPER', 'JAVA_TOOL_OPTIONS', '_JAVA_OPTIONS', 'JDK_JAVA_OPTIONS', 'DOTNET_STARTUP_HOOKS', 'RUBYOPT'];
