import { Fault, fault, isFault, readTest, Test } from './tests';

/** Fields by their path, and what is asked of them. A record passes if it has all that is asked in one branch. */
export type Branch = ReadonlyMap<string, readonly Test[]>;

/** More than anybody writes. EventBridge takes a thousand. */
const MOST_BRANCHES = 1_000;

/** Far deeper than 4,096 characters of pattern can mean anything, and far from the end of the stack. */
const DEEPEST = 500;

const OR = '$or';

/**
 * Reads a pattern as AWS's own engine does, but for operators that Lambda does not list: field names are joined by dots, and
 * what is asked of one field twice is asked as it is said last.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 * @see https://github.com/aws/event-ruler
 */
export function readPattern(pattern: unknown): readonly Branch[] | Fault {
  if (!isRecord(pattern)) return fault('shape', '', 'a JSON object', pattern);
  return readFields(pattern, { path: [], depth: 0 }, [new Map()]);
}

/** Reads the text of a pattern. */
export function readPatternText(text: string): readonly Branch[] | Fault {
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    return fault('shape', '', 'JSON', text);
  }
  return readPattern(pattern);
}

export function isBranches(read: readonly Branch[] | Fault): read is readonly Branch[] {
  return Array.isArray(read);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where in a pattern something is: the names before it, and how many objects it is in. */
interface Where {
  readonly path: readonly string[];
  readonly depth: number;
}

function readFields(fields: Readonly<Record<string, unknown>>, { path, depth }: Where, before: readonly Branch[]): readonly Branch[] | Fault {
  const entries = Object.entries(fields);
  const where = path.join('.');
  if (entries.length === 0) return fault('value', where, 'an object with fields', fields);
  if (depth > DEEPEST) return fault('unknown', '', `at most ${DEEPEST} objects deep`, 'more');
  let branches = before;
  for (const [name, value] of entries) {
    const at = { path: name === OR ? path : [...path, name], depth: depth + 1 };
    const read = name === OR ? readOr(value, at, branches) : readField(value, at, branches);
    if (!isBranches(read)) return read;
    branches = read;
  }
  return branches;
}

function readField(value: unknown, at: Where, before: readonly Branch[]): readonly Branch[] | Fault {
  if (isRecord(value)) return readFields(value, at, before);
  const where = at.path.join('.');
  if (!Array.isArray(value)) return fault('shape', where, 'a list of values or operators', value);
  if (value.length === 0) return fault('shape', where, 'a list with at least one value or operator', value);
  const tests: Test[] = [];
  for (const [index, element] of value.entries()) {
    const read = readTest(element, `${where}[${index}]`);
    if (isFault(read)) return read;
    tests.push(read);
  }
  return before.map((branch) => new Map([...branch, [where, tests]]));
}

function readOr(value: unknown, at: Where, before: readonly Branch[]): readonly Branch[] | Fault {
  const where = [...at.path, OR].join('.');
  if (!Array.isArray(value) || value.length < 2 || !value.every(isRecord)) return fault('value', where, 'a list of at least two objects', value);
  const all: Branch[] = [];
  for (const choice of value) {
    const read = readFields(choice, at, before);
    if (!isBranches(read)) return read;
    all.push(...read);
    if (all.length > MOST_BRANCHES) return fault('unknown', where, `at most ${MOST_BRANCHES} combinations`, 'more');
  }
  return all;
}
