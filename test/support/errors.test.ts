import { Aws, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { checkSeconds, checkWholeNumber } from '../../src/support/checks';
import { mistake, show } from '../../src/support/errors';
import { isKnown } from '../../src/support/tokens';

const RANGE = { min: 1, max: 10, unit: 'messages', source: 'https://example.com' };
const ADVICE = { code: 'BatchSizeOutOfRange', property: 'batchSize', fix: 'lower it' };

test('an error names property, allowed, got, what to do, code and construct', () => {
  const scope = new Construct(new Stack(undefined, 'Shop'), 'Orders');
  const error = mistake(scope, { ...ADVICE, allowed: 'between 1 and 10', got: 50 });
  expect(error.message).toBe("'batchSize' must be between 1 and 10, got 50; lower it [BatchSizeOutOfRange at Shop/Orders]");
  expect(error).toMatchObject({ name: 'BatchSizeOutOfRange', code: 'BatchSizeOutOfRange', constructPath: 'Shop/Orders' });
  expect(error).toBeInstanceOf(Error);
});

test('the wrapped construct is shown by the name that the user gave', () => {
  const scope = new Construct(new Construct(new Stack(undefined, 'Shop'), 'Orders'), 'Default');
  expect(mistake(scope, { ...ADVICE, allowed: 'x', got: 1 }).message).toMatch(/at Shop\/Orders\]$/);
});

test.each([
  [5, '5'], [undefined, 'undefined'], ['a"b', '"a\\"b"'], [['x'], '["x"]'], [Aws.REGION, 'a token'], [Token.asNumber({ Ref: 'P' }), 'a token'],
  [{ prefix: [Lazy.string({ produce: () => 'x' })] }, '{"prefix":["a token"]}'],
])('%j is shown as %s', (value, shown) => {
  expect(show(value)).toBe(shown);
});

test.each([1, 10, undefined, Token.asNumber({ Ref: 'P' })])('%s passes', (value) => {
  expect(() => checkWholeNumber(new Stack(), value, RANGE, ADVICE)).not.toThrow();
});

test.each([0, 11, 1.5, -1, NaN, Infinity])('fails if the number is %s', (value) => {
  expect(() => checkWholeNumber(new Stack(), value, RANGE, ADVICE)).toThrow(`between 1 and 10 messages (a whole number), got ${value}; lower it`);
});

test('a range without an end says so', () => {
  expect(() => checkWholeNumber(new Stack(), -1, { ...RANGE, max: Infinity }, ADVICE)).toThrow('a whole number of messages of at least 1, got -1');
});

test.each([Duration.seconds(1), Duration.millis(2000), Duration.seconds(Token.asNumber({ Ref: 'P' })), undefined])('the duration %s passes', (value) => {
  expect(() => checkSeconds(new Stack(), value, RANGE, ADVICE)).not.toThrow();
});

test.each([[Duration.seconds(0), '0'], [Duration.millis(1500), '1.5'], [Duration.minutes(1), '60']])('fails if the duration is %s', (value, shown) => {
  expect(() => checkSeconds(new Stack(), value, RANGE, ADVICE)).toThrow(`got ${shown};`);
});

test('only what is there and is no token is known', () => {
  expect([0, '', false].map(isKnown)).toEqual([true, true, true]);
  expect([undefined, Aws.REGION].map(isKnown)).toEqual([false, false]);
});
