import type { Atom, Text } from './text';
import type { Verdict } from './verdict';

/** One letter, `*`, `?`, or an atom. */
export type Sign = string | Atom;

const LEVEL: readonly Verdict[] = ['no', 'unknown', 'yes'];
const NO = 0;
const UNKNOWN = 1;
const YES = 2;

/**
 * Whether a pattern of an IAM policy (`*`, `?`) matches a text, both as far as they are known.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matches(pattern: Text, text: Text): Verdict {
  return atAGlance(pattern, text, true) ?? LEVEL[compare(signs(pattern, true), signs(text, false))];
}

/** Whether two texts are the same, neither being a pattern. */
export function equals(one: Text, other: Text): Verdict {
  return atAGlance(one, other, false) ?? LEVEL[compare(signs(one, false), signs(other, false))];
}

/** Reads both from the start. Most differ early, are the same, or end with the wildcard: the rest is for `compare`. */
function atAGlance(pattern: Text, text: Text, isPattern: boolean): Verdict | undefined {
  let [i, j, a, b] = [0, 0, 0, 0];
  while (i < pattern.length && j < text.length) {
    const [piece, other] = [pattern[i], text[j]];
    if (typeof piece !== 'string' || typeof other !== 'string') {
      if (typeof piece === 'string' || typeof other === 'string') return undefined;
      if (!isSame(piece, other)) return piece.kind !== undefined && piece.kind === other.kind ? 'no' : undefined;
      [i, j] = [i + 1, j + 1];
      continue;
    }
    while (a < piece.length && b < other.length) {
      if (isPattern && (piece[a] === '*' || piece[a] === '?')) return piece[a] === '*' && a === piece.length - 1 && i === pattern.length - 1 ? 'yes' : undefined;
      if (piece[a++] !== other[b++]) return 'no';
    }
    if (a === piece.length) [i, a] = [i + 1, 0];
    if (b === other.length) [j, b] = [j + 1, 0];
  }
  return i === pattern.length && j === text.length ? 'yes' : undefined;
}

/** A wildcard, told apart from a letter of the same look. */
export const STAR = { id: '*', kind: 'wildcard' };
export const ONE = { id: '?', kind: 'wildcard' };

/** The same patterns are compared with many texts, and the other way round. */
const taken = { patterns: new WeakMap<Text, readonly Sign[]>(), texts: new WeakMap<Text, readonly Sign[]>() };

export function signs(text: Text, isPattern: boolean): readonly Sign[] {
  const known = isPattern ? taken.patterns : taken.texts;
  if (!known.has(text)) known.set(text, takenApart(text, isPattern));
  return known.get(text)!;
}

function takenApart(text: Text, isPattern: boolean): Sign[] {
  return text.flatMap((piece): Sign[] => {
    if (typeof piece !== 'string') return [piece];
    return isPattern ? [...piece].map((letter) => letter === '*' ? STAR : letter === '?' ? ONE : letter) : [...piece];
  });
}

function compare(pattern: readonly Sign[], text: readonly Sign[]): number {
  const from = alike(pattern, text, (list, index) => list[index]);
  const [p, t] = [pattern.slice(from), text.slice(from)];
  const upTo = alike(p, t, (list, index) => list[list.length - 1 - index]);
  return compareRest(p.slice(0, p.length - upTo), t.slice(0, t.length - upTo));
}

/** How many signs both begin with (or end with), wildcards aside: most texts differ or end where those do. */
function alike(pattern: readonly Sign[], text: readonly Sign[], at: (list: readonly Sign[], index: number) => Sign): number {
  const shorter = Math.min(pattern.length, text.length);
  let count = 0;
  while (count < shorter && isSame(at(pattern, count), at(text, count))) count++;
  return count;
}

export function isSame(sign: Sign, letter: Sign): boolean {
  return typeof sign === 'string' || typeof letter === 'string' ? sign === letter : sign.id === letter.id && sign.kind === letter.kind;
}

/** Row by row, from the end: how well the rest of the pattern matches the rest of the text. */
function compareRest(pattern: readonly Sign[], text: readonly Sign[]): number {
  if (typeof pattern[0] === 'string' && typeof text[0] === 'string') return NO;
  let below = row(text.length);
  below[text.length] = YES;
  for (let j = text.length - 1; j >= 0; j--) below[j] = mayBeEmpty(text[j]) ? Math.min(UNKNOWN, below[j + 1]) : NO;
  for (let i = pattern.length - 1; i >= 0; i--) {
    const current = row(text.length);
    for (let j = text.length; j >= 0; j--) current[j] = best(pattern[i], text[j], { current, below, j });
    below = current;
  }
  return below[0];
}

interface Place { readonly current: readonly number[]; readonly below: readonly number[]; readonly j: number }

function best(sign: Sign, letter: Sign | undefined, { current, below, j }: Place): number {
  const skip = below[j];
  if (letter === undefined) return sign === STAR ? skip : mayBeEmpty(sign) ? Math.min(UNKNOWN, skip) : NO;
  const stay = current[j + 1];
  const both = below[j + 1];
  if (sign === STAR) return Math.max(skip, stay);
  if (sign === ONE) return typeof letter === 'string' ? both : Math.min(UNKNOWN, Math.max(both, skip, mayBeEmpty(letter) ? stay : NO));
  if (typeof sign === 'string' && typeof letter === 'string') return sign === letter ? both : NO;
  if (typeof sign !== 'string' && typeof letter !== 'string') {
    if (sign.id === letter.id) return both;
    if (sign.kind !== undefined && sign.kind === letter.kind) return NO;
  }
  // A text that surely lacks the letter on the other side ends before it.
  if (isWithout(sign, letter)) return mayBeEmpty(sign) ? Math.min(UNKNOWN, skip) : NO;
  if (isWithout(letter, sign)) return mayBeEmpty(letter) ? Math.min(UNKNOWN, stay) : NO;
  // One side stands for a text that the deployment decides: it may be, begin or end with what the other side has.
  const empty = [...mayBeEmpty(sign) ? [skip] : [], ...mayBeEmpty(letter) ? [stay] : []];
  const absorbed = [...typeof sign === 'string' ? [] : [stay], ...typeof letter === 'string' ? [] : [skip]];
  return Math.min(UNKNOWN, Math.max(both, ...absorbed, ...empty));
}

/** Whether a text that the deployment decides surely does not have a letter. */
function isWithout(text: Sign, letter: Sign): boolean {
  return typeof text !== 'string' && typeof letter === 'string' && text.without?.includes(letter) === true;
}

/** A name is never empty; a parameter may be. */
function mayBeEmpty(sign: Sign): boolean {
  return typeof sign !== 'string' && sign.kind === undefined;
}

function row(length: number): number[] {
  return new Array<number>(length + 1).fill(NO);
}
