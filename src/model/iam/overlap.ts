import { isSame, matches, ONE, Sign, signs, STAR } from './match';
import type { Text } from './text';

/** Texts that begin and end in a given way, e.g. the keys of a bucket that a notification is about. */
export interface Span {
  /** What they all begin with, whatever follows. */
  readonly base: Text;
  /** What comes next. */
  readonly prefix: Text;
  readonly suffix: Text;
}

/** What stands for a wildcard in a text that a pattern matches. */
const ANYTHING = { id: 'anything that a wildcard matches' };

/**
 * A text of a span that a pattern of IAM (`*`, `?`) matches for sure, if there is one: with atoms where any text will do.
 *
 * It is about some text, not about all of them: `in/2024/*` and texts that begin with `in/` have `in/2024/` and what
 * follows in common.
 */
export function overlap(pattern: Text, span: Span): Text | undefined {
  const places = signs(pattern, true);
  const from = least(after(places, signs([...span.base, ...span.prefix], false)));
  const upTo = places.length - least(after([...places].reverse(), [...signs(span.suffix, false)].reverse()));
  if (from > upTo) return shorterThanBoth(pattern, span);
  const between = textOf(places.slice(from, upTo));
  const isEmpty = [...span.prefix, ...between, ...span.suffix].every((piece) => piece === '');
  return isEmpty ? undefined : [...span.base, ...span.prefix, ...between, ...span.suffix];
}

/** How far one may be in a pattern after a text: the least is enough, what is further on can be reached from there. */
function after(pattern: readonly Sign[], text: readonly Sign[]): ReadonlySet<number> {
  let places = new Set([0]);
  for (const letter of text) {
    const next = new Set<number>();
    for (const place of behindStars(pattern, places)) {
      const sign = pattern[place];
      if (sign === STAR) next.add(place);
      else if (sign === ONE ? typeof letter === 'string' : sign !== undefined && isSame(sign, letter)) next.add(place + 1);
    }
    places = next;
  }
  return places;
}

/** A wildcard may stand for nothing. */
function behindStars(pattern: readonly Sign[], places: ReadonlySet<number>): Set<number> {
  const all = new Set(places);
  for (const place of all) if (pattern[place] === STAR) all.add(place + 1);
  return all;
}

function least(places: ReadonlySet<number>): number {
  let found = Infinity;
  for (const place of places) found = Math.min(found, place);
  return found;
}

function textOf(places: readonly Sign[]): Text {
  // any letter will do where one is asked for
  return places.map((sign) => sign === STAR ? ANYTHING : sign === ONE ? 'x' : sign);
}

/** Prefix and suffix may share letters: `a.b` begins with `a.` and ends with `.b`. */
function shorterThanBoth(pattern: Text, { base, prefix, suffix }: Span): Text | undefined {
  const [first, last] = [signs(prefix, false), signs(suffix, false)];
  for (let shared = Math.min(first.length, last.length); shared > 0; shared--) {
    const isShared = first.slice(first.length - shared).every((sign, index) => isSame(sign, last[index]));
    const text = [...base, ...first, ...last.slice(shared)];
    if (isShared && matches(pattern, text) === 'yes') return text;
  }
  return undefined;
}
