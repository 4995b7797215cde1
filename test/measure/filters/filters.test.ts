import * as fs from 'fs';
import * as path from 'path';
import { pairs } from './pairs';
import { matchesAny } from '../../../src/measure/filters/matches';
import { isBranches, readPattern, readPatternText } from '../../../src/measure/filters/pattern';

/** `y` if a pattern matches an event, `n` if not, `x` if it is no pattern. */
function verdict(pattern: string, event: string): string {
  const read = readPatternText(pattern);
  if (!isBranches(read)) return 'x';
  return matchesAny(read, JSON.parse(event)) ? 'y' : 'n';
}

function matches(pattern: object, event: object): boolean {
  return verdict(JSON.stringify(pattern), JSON.stringify(event)) === 'y';
}

function faultOf(pattern: unknown) {
  const read = readPattern(pattern);
  return isBranches(read) ? undefined : `${read.kind} ${read.path} must be ${read.allowed}`;
}

describe("AWS's own engine", () => {
  const [head, ...lines] = fs.readFileSync(path.join(__dirname, 'event-ruler.txt'), 'utf8').trimEnd().split('\n');
  const said = lines.join('');
  const [, count, seed, characters] = /(\d+) pairs of seed (\d+) with (\d+) characters/.exec(head)!.map(Number);
  const all = pairs(count, seed);

  test('was asked about these pairs', () => {
    // If not: another fast-check makes other pairs, and the engine has to be asked anew (reference/Verdicts.java).
    expect(all.reduce((sum, { pattern, event }) => sum + pattern.length + event.length, 0)).toBe(characters);
    expect(said).toHaveLength(count);
  });

  test('says what we say', () => {
    const other = all.filter(({ pattern, event }, index) => verdict(pattern, event) !== said[index]);
    expect(other).toEqual([]);
  });

  test('says each of the three often enough', () => {
    for (const [letter, least] of [['y', 1_000], ['n', 10_000], ['x', 400]] as const) {
      expect(said.split(letter).length - 1).toBeGreaterThan(least);
    }
  });
});

describe('as Lambda did when LocalStack asked it', () => {
  // tests/aws/services/lambda_/event_source_mapping/test_lambda_integration_sqs.py, test_sqs_event_filter
  test.each([
    [{ 'my-key': ['my-value'] }, { 'my-key': 'my-value' }, { 'my-key': 'other-value' }],
    [{ 'my-key': ['my-value-one', 'my-value-two'] }, { 'my-key': 'my-value-two' }, { 'my-key': 'other-value' }],
    [
      { 'my-key-one': ['other-filter', 'my-value-one'], 'my-key-two': ['my-value-two'] },
      { 'my-key-one': 'my-value-one', 'my-key-two': 'my-value-two' },
      { 'my-key-one': 'other-value-', 'my-key-two': 'my-value-two' },
    ],
    [{ 'my-key': [{ exists: true }] }, { 'my-key': 'any-value-one' }, { 'other-key': 'any-value-two' }],
    [{ 'my-number': [{ numeric: ['>', 100] }] }, { 'my-number': 101 }, { 'my-number': 100 }],
    [{ 'my-number': [{ numeric: ['<', 100] }] }, { 'my-number': 99 }, { 'my-number': 100 }],
    [{ 'my-number': [{ numeric: ['>=', 100, '<', 200] }] }, { 'my-number': 100 }, { 'my-number': 200 }],
    [{ 'my-key': [{ prefix: 'yes' }] }, { 'my-key': 'yes-value' }, { 'my-key': 'no-value' }],
  ])('%j', (body, matching, other) => {
    expect(matches({ body }, { body: matching })).toBe(true);
    expect(matches({ body }, { body: other })).toBe(false);
  });

  test.each(['null', 'simple string', '{"eventSource": "aws:sqs"}', '{"eventSource": []}'])('%s is no pattern', (text) => {
    expect(readPatternText(text)).toMatchObject({ kind: 'shape' });
  });
});

describe('what is wrong with a pattern', () => {
  test.each([
    [{}, 'value  must be an object with fields'],
    [[], 'shape  must be a JSON object'],
    [{ body: { status: 'paid' } }, 'shape body.status must be a list of values or operators'],
    [{ body: { status: [] } }, 'shape body.status must be a list with at least one value or operator'],
    [{ body: { status: [['paid']] } }, 'value body.status[0] must be a text, a number, true, false, null or an operator'],
    [{ body: { status: ['paid', {}] } }, 'value body.status[1] must be one operator'],
    [{ $or: [{ a: [1] }] }, 'value $or must be a list of at least two objects'],
    [{ a: { $or: { b: [1] } } }, 'value a.$or must be a list of at least two objects'],
    [{ a: [{ numeric: ['>', 5, '<', 5] }] }, 'value a[0].numeric must be a range with a lower bound below the upper one'],
    [{ a: [{ numeric: ['<', 5, '>', 1] }] }, 'value a[0].numeric must be a lower bound before an upper one'],
    [{ a: [{ numeric: ['>', '5'] }] }, 'value a[0].numeric must be a list of =, <, <=, > or >= and a number, or of two bounds'],
    [{ a: [{ exists: 'yes' }] }, 'value a[0].exists must be true or false'],
    [{ a: [{ prefix: ['us-'] }] }, 'value a[0].prefix must be a text'],
    [{ a: [{ 'anything-but': ['x', 1] }] }, 'value a[0].anything-but must be a text, a number, texts or numbers'],
    [{ a: [{ contains: 'x' }] }, 'value a[0] must be one of the operators anything-but, equals-ignore-case, exists, numeric, prefix, suffix'],
    // the engine knows these, Lambda lists none of them
    [{ a: [{ wildcard: '*x' }] }, 'unknown a[0] must be one of the operators anything-but, equals-ignore-case, exists, numeric, prefix, suffix'],
    [{ a: [{ 'anything-but': { prefix: 'x' } }] }, 'unknown a[0].anything-but must be a text, a number, texts or numbers'],
    [{ a: [{ suffix: { 'equals-ignore-case': 'x' } }] }, 'unknown a[0].suffix must be a text'],
  ])('%j', (pattern, fault) => expect(faultOf(pattern)).toBe(fault));

  test('a text that is no JSON', () => expect(readPatternText('{"a": [')).toMatchObject({ kind: 'shape', allowed: 'JSON' }));

  test('nothing that is long or deep takes forever', () => {
    const choices = Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`f${index}`, { $or: [{ a: [1] }, { b: [1] }] }]));
    expect(faultOf(choices)).toContain('at most 1000 combinations');
    expect(readPatternText(`${'{"a":'.repeat(5_000)}[1]${'}'.repeat(5_000)}`)).toMatchObject({ kind: 'unknown' });
    expect(readPatternText(`${'{"$or":['.repeat(5_000)}{"a":[1]}${',{"a":[1]}]}'.repeat(5_000)}`)).toMatchObject({ kind: 'unknown' });
    const deep = JSON.parse(`${'{"a":['.repeat(2_000)}1${']}'.repeat(2_000)}`);
    expect(matchesAny([new Map([['a', [{ takesNothing: false, takes: () => true }]]])], deep)).toBe(false);
  });
});

describe('what is asked of objects in a list', () => {
  const event = { lines: [{ sku: 'A', count: 1 }, { sku: 'B', count: 9 }] };

  test('is found in one of them', () => expect(matches({ lines: { sku: ['B'], count: [9] } }, event)).toBe(true));
  test('is not found in two', () => expect(matches({ lines: { sku: ['A'], count: [9] } }, event)).toBe(false));
  test('may be found in two lists', () => expect(matches({ a: { x: [1] }, b: { x: [2] } }, { a: [{ x: 0 }, { x: 1 }], b: [{ x: 2 }] })).toBe(true));
});
