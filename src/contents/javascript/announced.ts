import { PackageFile } from '../file-tree';

/** A file up to this size is parsed, which takes a few milliseconds. */
const SMALL_BYTES = 64 * 1024;

/** How bundlers say at the end of a file what it exports: in a hint for Node.js that is never executed, or in the export itself. */
interface Announcement {
  readonly file: RegExp;
  readonly beginnings: readonly string[];
  readonly end: string;
}

const ANNOUNCEMENTS: readonly Announcement[] = [
  { file: /\.c?js$/, beginnings: ['0 && (module.exports = {', '0&&(module.exports={'], end: '})' },
  { file: /\.mjs$/, beginnings: ['export {', 'export{'], end: '}' },
];

/**
 * Whether a bundle says that it exports a name. Parsing a bundle of a few hundred kilobytes takes 70 ms and more, and an app
 * may have a hundred of them; what esbuild writes at the end of each is enough to know that nothing is missing.
 *
 * @see https://esbuild.github.io/api/#format-commonjs
 */
export function isAnnounced(file: PackageFile, name: string): boolean {
  const announcement = ANNOUNCEMENTS.find((one) => one.file.test(file.path));
  const text = announcement && file.bytes > SMALL_BYTES ? file.read()?.toString() : undefined;
  return announcement !== undefined && text !== undefined && namesIn(text, announcement).includes(name);
}

/** The names in the last announcement, if nothing but comments follows it. */
function namesIn(text: string, { beginnings, end }: Announcement): readonly string[] {
  const [at, beginning] = beginnings.map((one) => [text.lastIndexOf(one), one] as const).sort(([one], [other]) => other - one)[0];
  const close = at < 0 ? -1 : text.indexOf(end, at);
  if (close < 0) return [];
  const behind = text.slice(close + end.length).replace(/^;/, '').split('\n');
  const isLast = behind.every((line) => line.trim() === '' || line.trimStart().startsWith('//'));
  return isLast ? text.slice(at + beginning.length, close).split(',').map(exportedName) : [];
}

/** `handler`, `local as handler`. */
function exportedName(entry: string): string {
  return entry.trim().split(/\s+as\s+/).pop()!;
}

/**
 * Whether nothing in the text of a bundle looks like a function of that name with three parameters or more. All that repeats
 * is bounded, so that no text takes long.
 */
export function hasNoCallback(file: PackageFile, name: string): boolean {
  const text = file.read()?.toString() ?? '';
  const exported = escape(name);
  const bound = new RegExp(`[{,]\\s{0,9}${exported}:\\s?\\(\\)\\s?=>\\s?([\\w$]{1,99})|(?<![\\w$])([\\w$]{1,99}) as ${exported}\\b`, 'g');
  const locals = [exported, ...[...text.matchAll(bound)].map(([, inHint, inExport]) => escape(inHint ?? inExport))].join('|');
  const assigned = `[\\s;,{(](?:${locals})\\s{0,9}=\\s{0,9}(?:async\\s{0,9})?(?:function\\s{0,9}[\\w$]{0,99})?`;
  const definition = new RegExp(`(?:function\\s{1,9}(?:${locals})|${assigned})\\s{0,9}\\(([^()]{0,999})\\)`, 'g');
  return [...text.matchAll(definition)].every(([, parameters]) => parameters.split(',').length < 3);
}

function escape(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
