import type { Message } from 'esbuild';
import type { Source } from './build';
import { Esbuild } from './esbuild';
import { groupBy } from './group-by';
import { pathOf, Request } from './request';
import { LambdaConstructError } from '../../support/errors';

/** Functions that cannot be bundled, and why. */
export interface Broken {
  readonly requests: readonly [Request, ...Request[]];
  readonly errors: readonly Message[];
  readonly esbuild: Esbuild;
}

/** Functions that are named with an error; more of them tell nothing new. */
const FUNCTIONS_NAMED = 10;

/** The error for all functions that cannot be bundled: esbuild's own words, once for all that they are about. */
export function failed(broken: readonly Broken[]): LambdaConstructError {
  const texts = groupBy(broken, ({ errors, esbuild }) => formatted(errors, 'error', esbuild));
  const functions = broken.flatMap(({ requests }) => requests);
  const sections = [...texts].map(([text, group]) => `${names(group.flatMap(({ requests }) => requests))}\n\n${text.trimEnd()}\n`);
  const message = [`'entry' must be code that esbuild can bundle, got errors in ${count(functions.length)}; correct them\n`, ...sections].join('\n');
  return new LambdaConstructError(functions[0].scope, 'BundlingFailed', message);
}

function names(requests: readonly Request[]): string {
  const named = requests.slice(0, FUNCTIONS_NAMED).map(pathOf);
  const more = requests.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}:`;
}

function count(functions: number): string {
  return functions === 1 ? '1 function' : `${functions} functions`;
}

/** Whether warnings of a source are to be seen, and are not told by esbuild itself. */
export function tellsWarnings({ options: { logLevel } }: Source): boolean {
  return logLevel === undefined || logLevel === 'warning';
}

/** Prints each warning once, however many functions have it. */
export function printWarnings(all: readonly { readonly warnings: readonly Message[]; readonly esbuild: Esbuild }[]): void {
  const texts = new Set(all.flatMap(({ warnings, esbuild }) => warnings.map((warning) => formatted([warning], 'warning', esbuild))));
  for (const text of texts) process.stderr.write(text);
}

function formatted(messages: readonly Message[], kind: 'error' | 'warning', esbuild: Esbuild): string {
  return esbuild.load().formatMessagesSync([...messages], { kind, color: false }).join('');
}
