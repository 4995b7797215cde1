import { isHarmless } from './library';
import { PackageFile } from '../file-tree';

/** Ways to make methods that stand nowhere in the file: said of words, also in comments. */
const DYNAMIC = /\b(load|autoload|eval|\w+_eval|\w+_exec|define_\w+|method_missing|respond_to_missing|include|extend|prepend|using|send|public_send|__send__|const_missing|const_set|binding|refine|Class\.new|Module\.new|Struct\.new|Forwardable|instance_method|delegate)\b/;

/** More than this is not read: nobody writes it. */
const MAX_SOURCE_BYTES = 1024 * 1024;

/** What can be told about a file of Ruby, without a parser. */
export interface RubySource {
  readonly text: string;

  /** Whether all its methods stand in it. */
  readonly isWhole: boolean;

  /** Whether all that it requires is part of Ruby or of Lambda's runtime. */
  readonly isAlone: boolean;
}

export function readRuby(file: PackageFile): RubySource | undefined {
  const bytes = file.bytes > MAX_SOURCE_BYTES || file.isLink ? undefined : file.read();
  if (!bytes) return undefined;
  const text = withoutBlocks(bytes.toString('latin1').replace(/\r\n?/g, '\n'));
  const isAlone = requiresIn(text).every((library) => library !== undefined && isHarmless(library));
  return { text, isAlone, isWhole: isAlone && !DYNAMIC.test(text) };
}

/** Without comments of several lines and what comes after the end. */
export function withoutBlocks(text: string): string {
  const lines: string[] = [];
  let isComment = false;
  for (const line of text.split('\n')) {
    if (line === '__END__') break;
    if (/^=begin(?!\S)/.test(line)) isComment = true;
    if (!isComment) lines.push(line);
    if (/^=end(?!\S)/.test(line)) isComment = false;
  }
  return lines.join('\n');
}

/** What is required; `undefined` for what is computed. */
function requiresIn(text: string): (string | undefined)[] {
  return [...text.matchAll(/\brequire(?:_relative)?\b(.*)/g)].map(([all, rest]) => {
    const [, , library] = /^[ \t(]*(['"])([\w/.-]+)\1/.exec(rest) ?? [];
    return all.startsWith('require_relative') ? undefined : library;
  });
}

/** Whether a word is in the text. */
export function hasWord(text: string, word: string): boolean {
  return new RegExp(`(?<!\\w)${word}(?!\\w)`).test(text);
}

/** Names of the methods that stand in the text, the first few. */
export function methodsIn(text: string): string {
  const names = [...new Set([...text.matchAll(/^[ \t]*def[ \t]+(?:self\.)?([a-zA-Z]\w*)/gm)].map(([, name]) => name))];
  const likely = [...names].sort((a, b) => Number(/handler/i.test(b)) - Number(/handler/i.test(a))).slice(0, MAX_NAMES);
  return likely.length === 0 ? 'no method' : `${likely.join(', ')}${names.length > MAX_NAMES ? ' and others' : ''}`;
}

const MAX_NAMES = 5;
