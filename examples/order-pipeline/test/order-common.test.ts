import { anOrder, captureLogs, orderCommon, readSample } from './harness';
import { lambdaContext } from './lambda-context';

const { createLogger, hasTimeLeft, InvalidOrderError, parseOrders, requireEnv, validateOrder } = orderCommon;

afterEach(() => jest.restoreAllMocks());

function errorOf(action: () => unknown): Error & { field?: string } {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Expected an error, but there was none');
}

describe('validateOrder', () => {
  const item = anOrder().items[0];

  test('returns a valid order as it is', () => {
    expect(validateOrder(anOrder())).toEqual(anOrder());
  });

  test('drops unknown fields of the order and of its items', () => {
    const value = { ...anOrder({ items: [{ ...item, colour: 'blue' } as typeof item] }), isAdmin: true };
    expect(validateOrder(value)).toEqual(anOrder());
  });

  test.each([
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2026-03-01T09:30Z', '2026-03-01T09:30:00.000Z'],
    ['2026-03-01T09:30:15.1234567Z', '2026-03-01T09:30:15.123Z'],
    ['2026-03-01T00:30:00+01:00', '2026-02-28T23:30:00.000Z'],
  ])('writes placedAt %s in UTC', (placedAt, utc) => {
    expect(validateOrder(anOrder({ placedAt })).placedAt).toBe(utc);
  });

  test('accepts its own result again, as the consumer validates what the producer sent', () => {
    const once = validateOrder(anOrder({ placedAt: '2026-03-01T09:30:00+01:00' }));
    expect(validateOrder(once)).toEqual(once);
  });

  test.each([
    ['1 item', 1],
    ['100 items', 100],
  ])('accepts %s', (_, count) => {
    const items = Array.from({ length: count }, () => item);
    expect(validateOrder(anOrder({ items })).items).toHaveLength(count);
  });

  test('accepts the limits of the numbers and of the ids', () => {
    const order = anOrder({
      orderId: 'a'.repeat(64),
      items: [{ sku: '~'.repeat(256), quantity: 1000, unitPriceCents: 0 }, { ...item, quantity: 1 }],
    });
    expect(validateOrder(order)).toEqual(order);
  });

  const without = (field: string) => Object.fromEntries(Object.entries(anOrder()).filter(([name]) => name !== field));
  const withItem = (change: object) => ({ ...anOrder(), items: [item, { ...item, ...change }] });

  test.each<[string, string, string, unknown]>([
    ['order', 'a JSON object', 'null', null],
    ['order', 'a JSON object', '"hello"', 'hello'],
    ['order', 'a JSON object', 'a list of 1', [anOrder()]],
    ['orderId', '1 to 64 letters, digits or hyphens', 'nothing', without('orderId')],
    ['orderId', '1 to 64 letters, digits or hyphens', '""', { ...anOrder(), orderId: '' }],
    ['orderId', '1 to 64 letters, digits or hyphens', '42', { ...anOrder(), orderId: 42 }],
    ['orderId', '1 to 64 letters, digits or hyphens', '"A_1"', { ...anOrder(), orderId: 'A_1' }],
    ['orderId', '1 to 64 letters, digits or hyphens', '"A\\n"', { ...anOrder(), orderId: 'A\n' }],
    ['orderId', '1 to 64 letters, digits or hyphens', `"${'a'.repeat(60)}…"`, { ...anOrder(), orderId: 'a'.repeat(65) }],
    ['customerId', '1 to 64 letters, digits or hyphens', 'an object', { ...anOrder(), customerId: { name: 'Ada' } }],
    ['items', 'a list of 1 to 100 items', 'nothing', without('items')],
    ['items', 'a list of 1 to 100 items', 'a list of 0', { ...anOrder(), items: [] }],
    ['items', 'a list of 1 to 100 items', 'a list of 101', { ...anOrder(), items: Array.from({ length: 101 }, () => item) }],
    ['items[0]', 'a JSON object', 'null', { ...anOrder(), items: [null] }],
    ['items[1].sku', '1 to 256 printable ASCII characters', '""', withItem({ sku: '' })],
    ['items[1].sku', '1 to 256 printable ASCII characters', '"Tasse-größe"', withItem({ sku: 'Tasse-größe' })],
    ['items[1].quantity', 'an integer from 1 to 1000', '0', withItem({ quantity: 0 })],
    ['items[1].quantity', 'an integer from 1 to 1000', '1001', withItem({ quantity: 1001 })],
    ['items[1].quantity', 'an integer from 1 to 1000', '1.5', withItem({ quantity: 1.5 })],
    ['items[1].quantity', 'an integer from 1 to 1000', '"3"', withItem({ quantity: '3' })],
    ['items[1].unitPriceCents', 'an integer from 0 to 9007199254740991', '-1', withItem({ unitPriceCents: -1 })],
    ['items[1].unitPriceCents', 'an integer from 0 to 9007199254740991', 'nothing', withItem({ unitPriceCents: undefined })],
    ['placedAt', 'an ISO-8601 date', 'nothing', without('placedAt')],
    ['placedAt', 'an ISO-8601 date', '1772359205', { ...anOrder(), placedAt: 1772359205 }],
    ['placedAt', 'an ISO-8601 date', '"01.03.2026"', anOrder({ placedAt: '01.03.2026' })],
    ['placedAt', 'an ISO-8601 date', '"2026-13-01"', anOrder({ placedAt: '2026-13-01' })],
    ['placedAt', 'an ISO-8601 date', '"2026-02-30"', anOrder({ placedAt: '2026-02-30' })],
    ['placedAt', 'an ISO-8601 date', '"2026-03-01T09:30:00"', anOrder({ placedAt: '2026-03-01T09:30:00' })],
    ['placedAt', 'an ISO-8601 date', '"2026-03-01T25:00:00Z"', anOrder({ placedAt: '2026-03-01T25:00:00Z' })],
    ['placedAt', 'an ISO-8601 date', '"9999-12-31T23:00:00-02:00"', anOrder({ placedAt: '9999-12-31T23:00:00-02:00' })],
  ])('%s must be %s, but got %s', (field, allowed, got, value) => {
    const error = errorOf(() => validateOrder(value));
    expect(error).toBeInstanceOf(InvalidOrderError);
    expect(error.name).toBe('InvalidOrderError');
    expect(error.field).toBe(field);
    expect(error.message.startsWith(`${field} must be `)).toBe(true);
    expect(error.message).toContain(allowed);
    expect(error.message.endsWith(`but got ${got}`)).toBe(true);
  });
});

describe('parseOrders', () => {
  const line = (orderId: string) => JSON.stringify(anOrder({ orderId }));

  test('reads one order per line', () => {
    expect(parseOrders(`${line('A')}\n${line('B')}`)).toEqual({
      orders: [anOrder({ orderId: 'A' }), anOrder({ orderId: 'B' })],
      rejected: [],
    });
  });

  test('reads files from Windows: byte order mark, CRLF, blank lines', () => {
    const { orders, rejected } = parseOrders(`\uFEFF${line('A')}\r\n\r\n  \t\r\n${line('B')}\r\n`);
    expect(orders.map(({ orderId }) => orderId)).toEqual(['A', 'B']);
    expect(rejected).toEqual([]);
  });

  test.each(['', '\uFEFF', '\n\r\n'])('finds nothing in %j', (text) => {
    expect(parseOrders(text)).toEqual({ orders: [], rejected: [] });
  });

  test('rejects invalid lines by their number in the file, blank lines counted, and keeps the valid ones', () => {
    const { orders, rejected } = parseOrders(readSample('orders.ndjson'));
    expect(orders.map(({ orderId }) => orderId)).toEqual(['ORD-2026-000101', 'ORD-2026-000102', 'ORD-2026-000104']);
    expect(rejected).toEqual([
      { line: 4, reason: 'items[0].quantity must be an integer from 1 to 1000, but got 0' },
      { line: 6, reason: expect.stringMatching(/^the line is not valid JSON: /) },
    ]);
  });

  test('does not take a fault of the code for an invalid line', () => {
    jest.spyOn(JSON, 'parse').mockImplementation(() => { throw new RangeError('out of memory'); });
    expect(() => parseOrders('{}')).toThrow(new RangeError('out of memory'));
  });
});

describe('createLogger', () => {
  const context = lambdaContext({ functionName: 'order-pipeline-store-orders', remainingTimesMs: [9000, 8000] });

  test('writes one JSON line with what identifies the invocation', () => {
    const lines = captureLogs();
    createLogger(context).info('Hello', { orderId: 'ORD-1' });
    expect(lines).toEqual([{
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      level: 'INFO',
      message: 'Hello',
      awsRequestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      functionName: 'order-pipeline-store-orders',
      functionVersion: '7',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:order-pipeline-store-orders:live',
      remainingTimeMs: 9000,
      orderId: 'ORD-1',
    }]);
  });

  test('has the remaining time of each line and the three levels', () => {
    const lines = captureLogs();
    const log = createLogger(lambdaContext({ functionName: 'f', remainingTimesMs: [3000, 2000, 1000] }));
    log.info('a');
    log.warn('b');
    log.error('c');
    expect(lines.map(({ level, remainingTimeMs }) => [level, remainingTimeMs])).toEqual([
      ['INFO', 3000],
      ['WARN', 2000],
      ['ERROR', 1000],
    ]);
  });

  test.each([
    ['undefined', undefined],
    ['null', null],
    ['empty', {}],
  ])('works when the context is %s', (_, incomplete) => {
    const lines = captureLogs();
    createLogger(incomplete).warn('Hello', { line: 1 });
    expect(lines).toEqual([{ timestamp: expect.any(String), level: 'WARN', message: 'Hello', line: 1 }]);
  });

  test('writes the members that an incomplete context has', () => {
    const lines = captureLogs();
    createLogger({ awsRequestId: 'id-1' }).info('Hello');
    expect(lines).toEqual([{ timestamp: expect.any(String), level: 'INFO', message: 'Hello', awsRequestId: 'id-1' }]);
  });

  test('lets no field replace its own', () => {
    const lines = captureLogs();
    createLogger(context).info('Hello', { level: 'NONE', message: 'other', awsRequestId: 'other' });
    expect(lines).toEqual([expect.objectContaining({ level: 'INFO', message: 'Hello', awsRequestId: context.awsRequestId })]);
  });

  test('writes errors with name, message and stack', () => {
    const lines = captureLogs();
    createLogger().error('Failed', { error: new TypeError('no\nluck') });
    expect(lines[0].error).toEqual({ name: 'TypeError', message: 'no\nluck', stack: expect.stringContaining('order-common.test') });
  });

  test('never throws because of a field', () => {
    const lines = captureLogs();
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    createLogger(context).info('Cyclic', cyclic);
    createLogger(context).info('Big', { size: 12n });
    expect(lines).toEqual([
      expect.objectContaining({ message: 'Cyclic', functionVersion: '7', logError: expect.stringContaining('circular') }),
      expect.objectContaining({ message: 'Big', size: '12' }),
    ]);
  });
});

describe('hasTimeLeft', () => {
  test.each([
    [5001, true],
    [5000, true],
    [4999, false],
    [0, false],
  ])('with %i ms of a margin of 5000 ms: %s', (remainingMs, expected) => {
    expect(hasTimeLeft({ getRemainingTimeInMillis: () => remainingMs }, 5000)).toBe(expected);
  });

  test.each([[undefined], [{}]])('there is no deadline when the context is %j', (context) => {
    expect(hasTimeLeft(context, 5000)).toBe(true);
  });
});

describe('requireEnv', () => {
  const name = 'ORDER_COMMON_TEST';

  afterEach(() => { delete process.env[name]; });

  test('returns the value', () => {
    process.env[name] = 'value';
    expect(requireEnv(name)).toBe('value');
  });

  test.each([[undefined], ['']])('throws when it is %j', (value) => {
    if (value !== undefined) process.env[name] = value;
    expect(() => requireEnv(name)).toThrow(/variable ORDER_COMMON_TEST is not set/);
  });
});
