/** A value of an event that is neither a list nor an object. */
export type Leaf = string | number | boolean | null;

/** What one element of a list in a pattern asks of a value. */
export interface Test {
  /** Whether the field may be missing. */
  readonly takesNothing: boolean;
  /** Whether it takes numbers only, and so no number that is written as a text. */
  readonly takesNumbersOnly?: boolean;
  takes(leaf: Leaf): boolean;
}

/**
 * What is wrong with a part of a pattern.
 *
 * - `shape`: Lambda refuses it with "Invalid filter pattern definition.", which was recorded.
 * - `value`: the engine behind the filters refuses it; nothing can match it.
 * - `unknown`: an operator that Lambda does not document; the engine behind the filters may know it.
 */
export interface Fault {
  readonly kind: 'shape' | 'value' | 'unknown';

  /** Field names and positions, e.g. `body.status[0]`; empty for the whole pattern. */
  readonly path: string;

  /** What must be there, after "must be". */
  readonly allowed: string;
  readonly got: unknown;
}

/** The operators of Lambda's own list. */
const OPERATORS = ['anything-but', 'equals-ignore-case', 'exists', 'numeric', 'prefix', 'suffix'] as const;

/** Those that the engine has, too, and Lambda does not list. */
const UNLISTED = ['cidr', 'exactly', 'wildcard'];

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** Reads one element of a list in a pattern: a value, or an operator. */
export function readTest(element: unknown, path: string): Test | Fault {
  if (typeof element === 'number') return onlyNumber((number) => number === element);
  if (element === null || ['string', 'boolean'].includes(typeof element)) return only((leaf) => leaf === element);
  if (Array.isArray(element) || typeof element !== 'object') return fault('value', path, 'a text, a number, true, false, null or an operator', element);
  const [[name, value] = [], ...others] = Object.entries(element);
  const at = `${path}.${name}`;
  if (name === undefined || others.length > 0) return fault('value', path, 'one operator', element);
  switch (name) {
    case 'exists': return exists(value, at);
    case 'prefix': return ofText(value, at, (text) => only((leaf) => typeof leaf === 'string' && leaf.startsWith(text)));
    case 'suffix': return ofText(value, at, (text) => only((leaf) => typeof leaf === 'string' && leaf.endsWith(text)));
    case 'equals-ignore-case': return ofText(value, at, (text) => only((leaf) => typeof leaf === 'string' && isSameButForCase(leaf, text)));
    case 'anything-but': return anythingBut(value, at);
    case 'numeric': return numeric(value, at);
    default: return fault(UNLISTED.includes(name) ? 'unknown' : 'value', path, `one of the operators ${OPERATORS.join(', ')}`, name);
  }
}

export function isFault(read: object): read is Fault {
  return 'allowed' in read;
}

export function fault(kind: Fault['kind'], path: string, allowed: string, got: unknown): Fault {
  return { kind, path, allowed, got };
}

function only(takes: Test['takes']): Test {
  return { takesNothing: false, takes };
}

function onlyNumber(takes: (number: number) => boolean): Test {
  return { takesNothing: false, takesNumbersOnly: true, takes: (leaf) => typeof leaf === 'number' && takes(leaf) };
}

function exists(value: unknown, path: string): Test | Fault {
  if (typeof value !== 'boolean') return fault('value', path, 'true or false', value);
  return { takesNothing: !value, takes: () => value };
}

function ofText(value: unknown, path: string, test: (text: string) => Test): Test | Fault {
  if (typeof value === 'string') return test(value);
  // the engine takes an operator within an operator, of which Lambda's list says nothing
  return fault(isOperator(value) ? 'unknown' : 'value', path, 'a text', value);
}

function anythingBut(value: unknown, path: string): Test | Fault {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isOfOneKind = ['string', 'number'].some((kind) => values.length > 0 && values.every((one) => typeof one === kind));
  if (isOfOneKind) return only((leaf) => !values.includes(leaf));
  return fault(isOperator(value) ? 'unknown' : 'value', path, 'a text, a number, texts or numbers', value);
}

/** One bound, or a lower one and then an upper one. */
function numeric(value: unknown, path: string): Test | Fault {
  const isRead = Array.isArray(value) && [2, 4].includes(value.length) && isBound(value[0], value[1], /^(=|[<>]=?)$/);
  if (!isRead) return fault('value', path, 'a list of =, <, <=, > or >= and a number, or of two bounds', value);
  const [first, bottom, second, top] = value;
  if (second === undefined) return onlyNumber((number) => COMPARISONS[first](number, bottom));
  if (!first.startsWith('>') || !isBound(second, top, /^<=?$/)) return fault('value', path, 'a lower bound before an upper one', value);
  if (bottom >= top) return fault('value', path, 'a range with a lower bound below the upper one', value);
  return onlyNumber((number) => COMPARISONS[first](number, bottom) && COMPARISONS[second](number, top));
}

function isBound(operator: unknown, bound: unknown, operators: RegExp): boolean {
  return typeof operator === 'string' && operators.test(operator) && typeof bound === 'number';
}

function isOperator(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * As the engine compares: each letter of the pattern is there as it is, in lower case or in upper case, which may be two letters. So
 * the pattern "straße" takes "STRASSE", but not the other way round.
 */
function isSameButForCase(leaf: string, pattern: string): boolean {
  let ends = new Set([0]);
  for (const letter of pattern) {
    const forms = [...new Set([letter, letter.toLowerCase(), letter.toUpperCase()])];
    ends = new Set([...ends].flatMap((end) => forms.filter((form) => leaf.startsWith(form, end)).map((form) => end + form.length)));
  }
  return ends.has(leaf.length);
}
