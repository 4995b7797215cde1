import { allow, document } from './examples';
import { JsonObject } from '../../model/template';

/** Documents of a certain size, for the examples of rules about sizes. */

const EMPTY = JSON.stringify(document([allow('*', '')])).length;

/** A document of so many characters. */
export function ofSize(characters: number): JsonObject {
  return document([allow('*', 'x'.repeat(characters - EMPTY))]);
}

export function count(characters: number): string {
  return characters.toLocaleString('en-US');
}
