import { createHash } from 'crypto';
import { isJson } from '../../support/json';

/** Longer values are shown as a hash. */
const LONGEST = 120;

/** Names of what nobody should find in a log. */
const SECRET = /secret|passw|token|credential|private|auth|key$/i;

/** Different for values that differ: text as it is, all else, and text that could be taken for it, as JSON. */
export function shown(value: unknown): string {
  const text = asText(value);
  return text.length > LONGEST ? shortHash(text) : text;
}

/** The same for a value that has a name of the user's. */
export function shownUnder(name: string, value: unknown): string {
  return typeof value === 'string' && SECRET.test(name) ? shortHash(value) : shown(value);
}

export function shortHash(text: string): string {
  return `sha256:${sha256(text).slice(0, 16)}`;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function asText(value: unknown): string {
  return typeof value === 'string' && !isJson(value) ? value : JSON.stringify(value);
}
