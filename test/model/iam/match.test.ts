import * as fc from 'fast-check';
import { equals, matches } from '../../../src/model/iam/match';
import { Text } from '../../../src/model/iam/text';

/** What IAM does, on text that is all known. */
function glob(pattern: string, text: string): boolean {
  const expression = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${expression}$`, 's').test(text);
}

const NAME_A = { id: 'name of A', kind: 'name' };
const NAME_B = { id: 'name of B', kind: 'name' };
const ANYTHING = { id: 'parameter' };
const NO_COLON = { id: 'parameter without a colon', without: ':' };

const letters = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 4 });
const piece = fc.oneof({ weight: 3, arbitrary: letters }, fc.constantFrom(NAME_A, NAME_B, ANYTHING, NO_COLON));
const text: fc.Arbitrary<Text> = fc.array(piece, { maxLength: 5 });
const pattern: fc.Arbitrary<Text> = fc.array(fc.oneof({ weight: 3, arbitrary: piece }, fc.constantFrom('*', '?')), { maxLength: 6 });

/** Names have letters that no literal has: two of them never begin or end alike. */
const deployment = fc.record({
  a: fc.constantFrom('x', 'xyx', 'ab', 'b'),
  b: fc.constantFrom('Q', 'QRQ', 'aba', 'a'),
  parameter: fc.string({ unit: fc.constantFrom('a', 'b', ':', 'x', 'Q'), maxLength: 3 }),
  noColon: fc.string({ unit: fc.constantFrom('a', 'b', 'x', 'Q'), maxLength: 3 }),
});

function deployed(value: Text, names: { a: string; b: string; parameter: string; noColon: string }): string {
  const texts = new Map<unknown, string>([[NAME_A, names.a], [NAME_B, names.b], [ANYTHING, names.parameter], [NO_COLON, names.noColon]]);
  return value.map((part) => typeof part === 'string' ? part : texts.get(part)).join('');
}

test('what is sure before deployment holds at deployment', () => {
  fc.assert(fc.property(pattern, text, deployment, (p, t, names) => {
    const verdict = matches(p, t);
    if (verdict === 'yes') expect(glob(deployed(p, names), deployed(t, names))).toBe(true);
    // A name beside another text may happen to give the same whole: two generated names are taken to differ by more.
    const oneName = ![...p, ...t].includes(NAME_A) || ![...p, ...t].includes(NAME_B);
    if (verdict === 'no' && oneName) expect(glob(deployed(p, names), deployed(t, names))).toBe(false);
  }), { numRuns: 20_000 });
});

test('known texts are decided', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.'), maxLength: 6 }), fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 6 }), (p, t) => {
    expect(matches([p], [t])).toBe(glob(p, t) ? 'yes' : 'no');
    expect(equals([p], [t])).toBe(p === t ? 'yes' : 'no');
  }), { numRuns: 5_000 });
});

test.each<[string, Text, Text, string]>([
  ['the same name', ['arn:aws:s3:::', NAME_A], ['arn:aws:s3:::', NAME_A], 'yes'],
  ['another name', ['arn:aws:s3:::', NAME_A], ['arn:aws:s3:::', NAME_B], 'no'],
  ['another service', ['arn:aws:sqs:', NAME_A], ['arn:aws:s3:::', NAME_A], 'no'],
  ['a wildcard over a name', ['arn:aws:s3:::*'], ['arn:aws:s3:::', NAME_A], 'yes'],
  ['a name that a literal may be', ['arn:aws:s3:::orders'], ['arn:aws:s3:::', NAME_A], 'unknown'],
  ['what a parameter may be', [ANYTHING], ['arn:aws:s3:::', NAME_A], 'unknown'],
  ['a parameter in the middle', ['arn:aws:sqs:', ANYTHING, ':x'], ['arn:aws:sqs:eu:y'], 'no'],
  ['one letter for a name', ['a?'], ['a', NAME_A], 'unknown'],
  ['a letter that is surely not there', ['*:log-group:x*'], ['a:log-group:y:', { id: 'stream', without: ':' }], 'no'],
  ['a letter that may be there', ['*:log-group:x*'], ['a:log-group:y:', ANYTHING], 'unknown'],
  ['a text that may be empty and has no such letter', ['a:'], ['a', { id: 'stream', without: ':' }, ':'], 'unknown'],
  ['nothing', [], [], 'yes'],
  ['nothing and a name', [], [NAME_A], 'no'],
  ['nothing and a parameter', [], [ANYTHING], 'unknown'],
  ['a parameter and nothing', [ANYTHING], [], 'unknown'],
])('%s', (_, p, t, verdict) => {
  expect(matches(p, t)).toBe(verdict);
});

test('long texts of names do not take long', () => {
  const many: Text = Array.from({ length: 60 }, (_, index) => ({ id: `name ${index}`, kind: index % 2 ? 'name' : undefined }));
  expect(matches([...many, '*a'], [...many, 'bbbbb'])).toBe('no');
});
