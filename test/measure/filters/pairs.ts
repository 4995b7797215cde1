import * as fc from 'fast-check';

/** A pattern and an event, as JSON. */
export interface Pair {
  readonly pattern: string;
  readonly event: string;
}

/** Few names and values, so that patterns and events meet. */
const name = fc.constantFrom('a', 'b', 'c', 'z', 'a.b');
const text = fc.constantFrom('', 'x', 'X', 'xy', 'yx', 'y', 'null', '5', 'straße', 'STRASSE', 'é', 'É');
const number = fc.constantFrom(-5, -0.5, 0, 1, 5, 5.5, 300, 1e21);
const plain = fc.oneof({ weight: 3, arbitrary: text }, { weight: 2, arbitrary: number }, fc.boolean(), fc.constant(null));

const bound = fc.constantFrom('<', '<=', '>', '>=', '=');
const range = fc.tuple(fc.constantFrom('>', '>='), fc.constantFrom(-5, 0, 1), fc.constantFrom('<', '<='), fc.constantFrom(5, 5.5, 300));
const operator = fc.oneof(
  text.map((prefix) => ({ prefix })),
  text.map((suffix) => ({ suffix })),
  text.map((other) => ({ 'equals-ignore-case': other })),
  fc.boolean().map((exists) => ({ exists })),
  fc.oneof(text, number, fc.array(text, { minLength: 1, maxLength: 3 }), fc.array(number, { minLength: 1, maxLength: 3 })).map((but) => ({ 'anything-but': but })),
  fc.tuple(bound, number).map((numeric) => ({ numeric })),
  range.map((numeric) => ({ numeric })),
);

/** What is no pattern: few parts are. */
const broken = fc.constantFrom<unknown>('x', 5, null, [], {}, [[]], [{}], [{ prefix: 5 }], [{ numeric: [] }], [{ numeric: ['<', 5, '>', 1] }], [{ exists: 'x' }],
  [{ 'anything-but': [] }], [{ 'anything-but': ['x', 5] }], [{ 'anything-but': null }], [{ prefix: 'x', suffix: 'y' }], [{ like: 'x' }]);
const list = fc.array(fc.oneof({ weight: 1, arbitrary: plain }, { weight: 2, arbitrary: operator }), { minLength: 1, maxLength: 3 });

const { fields } = fc.letrec<{ fields: unknown; field: unknown }>((tie) => ({
  field: fc.oneof({ maxDepth: 2 }, { weight: 60, arbitrary: list }, { weight: 1, arbitrary: broken }, { weight: 30, arbitrary: tie('fields') }),
  fields: fc.tuple(
    fc.dictionary(name, tie('field'), { minKeys: 1, maxKeys: 2 }),
    fc.option(fc.array(fc.dictionary(name, tie('field'), { minKeys: 1, maxKeys: 2 }), { minLength: 2, maxLength: 3 }), { freq: 1 }),
  ).map(([own, or]) => or ? { ...own, $or: or } : own),
}));

const { event } = fc.letrec<{ event: unknown; value: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, { weight: 4, arbitrary: plain }, { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 3 }) }, { weight: 3, arbitrary: tie('event') }),
  event: fc.dictionary(name, tie('value'), { minKeys: 1, maxKeys: 4 }),
}));

/** The same pairs every time. */
export function pairs(count: number, seed: number): Pair[] {
  const pair = fc.tuple(fields, event).map(([pattern, of]) => ({ pattern: JSON.stringify(pattern), event: JSON.stringify(of) }));
  return fc.sample(pair, { numRuns: count, seed });
}
