import { judgeDotnet } from './dotnet';
import { judgeJava } from './java';
import { judgeNode } from './node';
import { judgeProvided } from './provided';
import { judgePython } from './python';
import { judgeRuby } from './ruby';
import { UNCLEAR, Unpacked, Verdict } from '../unpacked';

/** Runtimes by the beginning of their identifiers. */
const JUDGES: readonly (readonly [RegExp, (unpacked: Unpacked) => Verdict])[] = [
  [/^nodejs\d/, judgeNode],
  [/^python\d/, judgePython],
  [/^java\d/, judgeJava],
  [/^ruby\d/, judgeRuby],
  [/^dotnet(core)?\d/, judgeDotnet],
  [/^provided(\.|$)/, judgeProvided],
];

/** Whether a function can start: judged by its files, without running any. */
export function judge(unpacked: Unpacked): Verdict {
  // A wrapper script starts the runtime in a way of its own.
  // https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html
  if (!unpacked.environmentIsWhole || unpacked.environment.has('AWS_LAMBDA_EXEC_WRAPPER')) return UNCLEAR;
  const [, judgeRuntime] = JUDGES.find(([runtime]) => runtime.test(unpacked.runtime)) ?? [];
  return judgeRuntime ? judgeRuntime(unpacked) : UNCLEAR;
}
