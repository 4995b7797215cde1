import { PackageFile } from '../file-tree';

/** A file up to this size is parsed, which takes a few milliseconds. */
const SMALL_BYTES = 64 * 1024;

/** How bundlers say at the end of a file what it exports: in a hint for Node.js that is never executed, or in the export itself. */
interface Announcement {
  readonly file: RegExp;
  readonly beginnings: readonly string[];
  readonly statement: RegExp;
}

const ANNOUNCEMENTS: readonly Announcement[] = [
  { file: /\.c?js$/, beginnings: ['0 && (module.exports = {', '0&&(module.exports={'], statement: /^[^{]*\{([^{}]*)\}\);?\s*(\/\/[^\n]*\s*)*$/ },
  { file: /\.mjs$/, beginnings: ['export {', 'export{'], statement: /^[^{]*\{([^{}]*)\};?\s*(\/\/[^\n]*\s*)*$/ },
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
  if (!announcement || text === undefined) return false;
  const start = Math.max(...announcement.beginnings.map((beginning) => text.lastIndexOf(beginning)));
  const [, names = ''] = start < 0 ? [] : announcement.statement.exec(text.slice(start)) ?? [];
  return names.split(',').some((entry) => exportedName(entry) === name);
}

/** `handler`, `local as handler`. */
function exportedName(entry: string): string {
  return entry.trim().split(/\s+as\s+/).pop()!;
}

/** Whether nothing in the text of a bundle looks like a function of that name with three parameters or more. */
export function hasNoCallback(file: PackageFile, name: string): boolean {
  const text = file.read()?.toString() ?? '';
  const bound = new RegExp(`[{,]\\s*${name}:\\s*\\(\\)\\s*=>\\s*([\\w$]+)|([\\w$]+) as ${name}\\b`, 'g');
  const locals = [name, ...[...text.matchAll(bound)].map(([, inHint, inExport]) => inHint ?? inExport)].map(escape).join('|');
  const definition = new RegExp(
    `(?:function\\s+(?:${locals})|[\\s;,{(](?:${locals})\\s*=\\s*(?:async\\s*)?(?:function\\s*[\\w$]*)?)\\s*\\(([^()]*)\\)`, 'g',
  );
  return [...text.matchAll(definition)].every(([, parameters]) => parameters.split(',').length < 3);
}

function escape(name: string): string {
  return name.replaceAll('$', '\\$');
}
