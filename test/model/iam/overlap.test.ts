import * as fc from 'fast-check';
import { matches } from '../../../src/model/iam/match';
import { overlap } from '../../../src/model/iam/overlap';
import { Text } from '../../../src/model/iam/text';

const LETTERS = ['a', 'b'];

/** All keys up to a length: two texts of three letters and a pattern of four have one of these in common, or none. */
const KEYS = keysUpTo(10);

function keysUpTo(length: number): string[] {
  if (length === 0) return [''];
  const shorter = keysUpTo(length - 1);
  return [...shorter, ...shorter.filter((key) => key.length === length - 1).flatMap((key) => LETTERS.map((letter) => key + letter))];
}

function pattern(text: string): RegExp {
  return new RegExp(`^${text.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}

const some = (letters: readonly string[], maxLength: number) => fc.array(fc.constantFrom(...letters), { maxLength }).map((parts) => parts.join(''));

test('there is an overlap if and only if there is a key that both are about', () => {
  const seen = { yes: 0, no: 0 };
  fc.assert(fc.property(some([...LETTERS, '*', '?'], 4), some(LETTERS, 3), some(LETTERS, 3), (allowed, prefix, suffix) => {
    const regex = pattern(allowed);
    const expected = KEYS.some((key) => key !== '' && key.startsWith(prefix) && key.endsWith(suffix) && regex.test(key));
    const found = overlap([`bucket/${allowed}`], { base: ['bucket/'], prefix: [prefix], suffix: [suffix] });
    expect(found !== undefined).toBe(expected);
    seen[expected ? 'yes' : 'no']++;
    // what it says they have in common, they have
    if (found) expect(matches([`bucket/${allowed}`], found)).toBe('yes');
  }), { numRuns: 3000 });
  expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(300);
});

test('what is in common begins and ends as the span does', () => {
  const common = overlap(['bucket/in/2024/*'], { base: ['bucket/'], prefix: ['in/'], suffix: ['.csv'] })!;
  expect(common.map((piece) => typeof piece === 'string' ? piece : '<any>').join('')).toBe('bucket/in/2024/<any>.csv');
});

describe('names that the deployment decides', () => {
  const BUCKET: Text = ['arn:aws:s3:::', { id: 'name', kind: 'name' }];
  const span = (prefix: Text): Parameters<typeof overlap>[1] => ({ base: [...BUCKET, '/'], prefix, suffix: [] });

  test.each<[string, Text, Text, boolean]>([
    ['the same bucket', [...BUCKET, '/*'], ['in/'], true],
    ['another bucket', ['arn:aws:s3:::', { id: 'other', kind: 'name' }, '/*'], [], false],
    ['all buckets', ['arn:aws:s3:::*'], ['in/'], true],
    ['everything', ['*'], ['in/'], true],
    ['the bucket itself', BUCKET, [], false],
    ['no key at all', [...BUCKET, '/'], [], false],
    ['a prefix that nobody knows, and all keys', [...BUCKET, '/*'], [{ id: 'Prefix' }], true],
    ['a prefix that nobody knows, and some keys', [...BUCKET, '/out/*'], [{ id: 'Prefix' }], false],
    ['the same prefix that nobody knows', [...BUCKET, '/', { id: 'Prefix' }, '*'], [{ id: 'Prefix' }], true],
    ['an unknown pattern', [{ id: 'Resource' }], [], false],
  ])('%s', (_, allowed, prefix, expected) => {
    expect(overlap(allowed, span(prefix)) !== undefined).toBe(expected);
  });
});
