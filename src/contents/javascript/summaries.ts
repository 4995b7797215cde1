import { summarizeCommonJs } from './commonjs';
import { hasEsmSyntax, summarizeEsm } from './esm';
import { Program } from './program';
import { parse } from './syntax';
import { Summary } from './value';
import { PackageFile } from '../file-tree';

/** How Node.js reads a file. */
export type Format = 'commonjs' | 'esm';

/** What is known of a file: what it exports, or that Node.js refuses it, or nothing. */
export type Known = Summary | { readonly kind: 'esm as commonjs' | 'unknown' };

/** Larger files are not looked into: parsing them would hold up the synthesis. */
export const MAX_BYTES = 10_000_000;

/** One asset may be the code of many functions. */
const known = new WeakMap<PackageFile, Map<Format, Known>>();

/** What a file exports when it is read in a format; each file is read once. */
export function summaryOf(file: PackageFile, format: Format): Known {
  const formats = known.get(file) ?? new Map<Format, Known>();
  known.set(file, formats);
  const summary = formats.get(format) ?? summarize(file, format);
  formats.set(format, summary);
  return summary;
}

function summarize(file: PackageFile, format: Format): Known {
  const text = file.bytes > MAX_BYTES ? undefined : file.read()?.toString('utf8');
  if (text === undefined) return { kind: 'unknown' };
  const parsed = parse(text, format === 'esm' ? 'module' : 'commonjs');
  if (parsed.kind === 'parsed') return withinStack(() => format === 'esm' ? summarizeEsm(new Program(parsed.root)) : summarizeCommonJs(new Program(parsed.root)));
  const asEsm = format === 'commonjs' ? parse(text, 'module') : parsed;
  return { kind: asEsm.kind === 'parsed' && hasEsmSyntax(asEsm.root) ? 'esm as commonjs' : 'unknown' };
}

/** Nesting as deep as that of generated code may overflow the stack. */
function withinStack(work: () => Summary): Known {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'unknown' };
    throw error;
  }
}
