import { existsSync } from 'fs';
import * as path from 'path';
import { parseArgs } from 'util';
import { toldQuotas } from './told-quotas';
import { readAssembly } from '../assembly/read-assembly';
import { AppModel } from '../model/app';
import { SaidQuota } from '../model/template';
import { summarize } from '../report/summary';
import { renderText } from '../report/text';

const USAGE = `Usage: cdk-event-functions summary [--json] [cdk.out]

Prints what a synthesized CDK app wires around its Lambda functions: execution roles and what they may do,
who may invoke, code and layers with their bytes, where failed events go, and what of each account's concurrency is taken.
'-c cdk-event-functions:quota:<account>:<region>=<number>' tells the concurrency quota of an account, where the app does not.
`;

/** Where a command writes to; the process's own streams, or a test's. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
}

/** Runs a command line. Returns the exit code: 0 done, 2 called wrongly or nothing to read. */
export function main(args: readonly string[], output: Output): number {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, context: { type: 'string', short: 'c', multiple: true }, help: { type: 'boolean', short: 'h' } },
    });
    const [command, directory = 'cdk.out', ...rest] = positionals;
    if (values.help) {
      output.out(USAGE);
      return 0;
    }
    if (command !== 'summary' || rest.length > 0) throw new Error(`there is no command '${positionals.join(' ')}'`);
    const app = read(directory, toldQuotas(values.context ?? []));
    const result = summarize(app);
    output.out(values.json ? `${JSON.stringify(result, undefined, 2)}\n` : renderText(result));
    return 0;
  } catch (error) {
    output.err(`cdk-event-functions: ${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
}

function read(directory: string, quotas: readonly SaidQuota[]): AppModel {
  if (!existsSync(path.join(directory, 'manifest.json'))) {
    throw new Error(`'${directory}' is not a cloud assembly: it has no manifest.json; run 'cdk synth' first, or name the folder it wrote`);
  }
  try {
    return readAssembly(directory, undefined, { quotas });
  } catch (error) {
    // The CDK puts the whole manifest into the message.
    const [reason] = (error as Error).message.split(', while parsing ');
    throw new Error(`'${path.join(directory, 'manifest.json')}' cannot be read, or what it names: ${reason}; run 'cdk synth' again`);
  }
}
