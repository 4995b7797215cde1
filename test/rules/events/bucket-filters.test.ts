import * as fc from 'fast-check';
import { eventsOverlap, filtersOverlap, KeyFilter } from '../../../src/limits/sources/bucket-notifications';
import { bucketFiltersDoNotOverlap } from '../../../src/rules/events/bucket-filters-do-not-overlap';
import { appOf } from '../../model/app-of';

/** All texts of two letters up to a length: few letters, so that filters meet. */
function textsUpTo(length: number): string[] {
  return length === 0 ? [''] : ['', ...textsUpTo(length - 1).flatMap((text) => [`a${text}`, `b${text}`])];
}

/** A key of twice the longest prefix and suffix can hold one of each, side by side. */
const KEYS = [...new Set(textsUpTo(6))];

const part = fc.option(fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 }), { nil: undefined });
const filter = fc.record({ prefix: part, suffix: part });

const matches = (key: string, { prefix = '', suffix = '' }: KeyFilter) => key.startsWith(prefix) && key.endsWith(suffix);

describe('two filters overlap', () => {
  test('if and only if some key matches both', () => {
    fc.assert(fc.property(filter, filter, (one, other) => {
      expect(filtersOverlap(one, other)).toBe(KEYS.some((key) => matches(key, one) && matches(key, other)));
    }), { numRuns: 2000 });
  });

  test('whichever comes first, and each overlaps itself', () => {
    fc.assert(fc.property(filter, filter, (one, other) => {
      expect(filtersOverlap(one, other)).toBe(filtersOverlap(other, one));
      expect(filtersOverlap(one, one)).toBe(true);
    }));
  });

  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
  test.each<[string, KeyFilter, KeyFilter, boolean]>([
    ['prefixes differ', { prefix: 'images/' }, { prefix: 'logs/' }, false],
    ['suffixes differ in all but the last letter', { suffix: '.jpg' }, { suffix: '.png' }, false],
    ['one prefix, and suffixes that differ', { prefix: 'images', suffix: '.jpg' }, { prefix: 'images', suffix: '.png' }, false],
    ['one has no filter', {}, { prefix: 'images' }, true],
    ['one suffix ends with the other', { suffix: 'jpg' }, { suffix: 'pg' }, true],
    ['one has a prefix besides', { prefix: 'images', suffix: 'jpg' }, { suffix: 'jpg' }, true],
    ['a prefix and a suffix', { prefix: 'images' }, { suffix: 'jpg' }, true],
  ])('as the examples of AWS do: %s', (_, one, other, expected) => {
    expect(filtersOverlap(one, other)).toBe(expected);
  });
});

test.each([
  ['s3:ObjectCreated:*', 's3:ObjectCreated:Put', true],
  ['s3:ObjectCreated:Put', 's3:ObjectCreated:Put', true],
  ['s3:ObjectCreated:Put', 's3:ObjectCreated:Post', false],
  ['s3:ObjectCreated:*', 's3:ObjectRemoved:*', false],
  ['s3:ObjectRemoved:Delete', 's3:ObjectRemoved:DeleteMarkerCreated', false],
  ['s3:ObjectCreated:*', 's3:ObjectTagging:Put', false],
])('events %s and %s overlap: %s', (one, other, expected) => {
  expect([eventsOverlap(one, other), eventsOverlap(other, one)]).toEqual([expected, expected]);
});

test('a bucket is reported if and only if a key and an event are in two of its notifications', () => {
  const EVENTS = ['Put', 'Post', 'Copy'];
  const notification = fc.record({ event: fc.constantFrom('*', ...EVENTS), filter });
  fc.assert(fc.property(fc.array(notification, { maxLength: 4 }), (notifications) => {
    const LambdaConfigurations = notifications.map((one) => ({
      Event: `s3:ObjectCreated:${one.event}`,
      Function: 'arn:aws:lambda:eu-central-1:123456789012:function:orders',
      Filter: { S3Key: { Rules: Object.entries(one.filter).flatMap(([Name, Value]) => Value === undefined ? [] : [{ Name, Value }]) } },
    }));
    const app = appOf({ Inbox: { Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration: { LambdaConfigurations } } } });
    const isTwice = EVENTS.some((event) => KEYS.some((key) => (
      notifications.filter((one) => (one.event === '*' || one.event === event) && matches(key, one.filter)).length > 1
    )));
    expect([...bucketFiltersDoNotOverlap.check(app)].length > 0).toBe(isTwice);
  }), { numRuns: 300 });
});
