import { existsSync } from 'fs';
import * as path from 'path';
import { parseArgs } from 'util';
import { readAssembly } from '../assembly/read-assembly';
import { AppModel } from '../model/app';
import { summarize } from '../report/summary';
import { renderText } from '../report/text';

const USAGE = `Usage: cdk-event-functions summary [--json] [cdk.out]

Prints what a synthesized CDK app wires around its Lambda functions: execution roles and what they may do,
who may invoke, code and layers with their bytes, where failed events go, and what of each account's concurrency is taken.
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
      options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    const [command, directory = 'cdk.out', ...rest] = positionals;
    if (values.help) {
      output.out(USAGE);
      return 0;
    }
    if (command !== 'summary' || rest.length > 0) throw new Error(`there is no command '${positionals.join(' ')}'`);
    output.out(summary(directory, values.json === true));
    return 0;
  } catch (error) {
    output.err(`cdk-event-functions: ${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
}

function summary(directory: string, json: boolean): string {
  if (!existsSync(path.join(directory, 'manifest.json'))) {
    throw new Error(`'${directory}' is not a cloud assembly: it has no manifest.json; run 'cdk synth' first, or name the folder it wrote`);
  }
  const result = summarize(read(directory));
  return json ? `${JSON.stringify(result, undefined, 2)}\n` : renderText(result);
}

function read(directory: string): AppModel {
  try {
    return readAssembly(directory);
  } catch (error) {
    // The CDK puts the whole manifest into the message.
    const [reason] = (error as Error).message.split(', while parsing ');
    throw new Error(`'${path.join(directory, 'manifest.json')}' cannot be read, or what it names: ${reason}; run 'cdk synth' again`);
  }
}
