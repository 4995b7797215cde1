import { Lazy, Stack, Token } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EventFilter, EventFunction, PullSource } from '../../../src';
import { RECORD_KEYS } from '../../../src/limits/event-filters';
import { MINIMAL, only, stackWith } from '../../function/functions';

const inBase64 = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64');
const criteria = (stack: Stack) => only(stack, 'AWS::Lambda::EventSourceMapping').Properties.FilterCriteria;

describe('what it renders', () => {
  test.each([
    [EventFilter.body({ status: ['paid'] }), '{"body":{"status":["paid"]}}'],
    [EventFilter.data({ status: ['paid'] }), '{"data":{"status":["paid"]}}'],
    [EventFilter.dynamodb({ Keys: { id: { N: ['5'] } } }), '{"dynamodb":{"Keys":{"id":{"N":["5"]}}}}'],
    [EventFilter.value({ status: ['paid'] }), '{"value":{"status":["paid"]}}'],
    [EventFilter.fromPattern({ eventName: ['INSERT'] }), '{"eventName":["INSERT"]}'],
  ])('%j', (filter, pattern) => {
    expect(filter.pattern).toBe(pattern);
    expect(filter.render()).toEqual({ pattern });
    expect(filter.render()).toEqual(lambda.FilterCriteria.filter(JSON.parse(pattern)));
  });

  test("a source of this library and one of the CDK's take it", () => {
    const filters = [EventFilter.body({ status: ['paid'] }).render()];
    const [ours, theirs] = [stackWith(), stackWith()];
    new EventFunction(ours, 'Orders', MINIMAL).addEventSource(PullSource.queue(new sqs.Queue(ours, 'Queue'), { filters }));
    new EventFunction(theirs, 'Orders', MINIMAL).addEventSource(new SqsEventSource(new sqs.Queue(theirs, 'Queue'), { filters }));
    expect(criteria(ours)).toEqual({ Filters: [{ Pattern: '{"body":{"status":["paid"]}}' }] });
    expect(criteria(theirs)).toEqual(criteria(ours));
  });

  test("the CDK's operators are operators", () => {
    const { FilterRule } = lambda;
    const filter = EventFilter.body({ a: FilterRule.isEqual('x'), b: FilterRule.between(1, 5), c: FilterRule.exists(), d: FilterRule.notEquals('y'), e: FilterRule.beginsWith('z') });
    expect(filter.matches({ body: '{"a":"x","b":5,"c":0,"d":"x","e":"zz"}' })).toBe(true);
    expect(filter.matches({ body: '{"a":"x","b":1,"c":0,"d":"x","e":"zz"}' })).toBe(false);
  });
});

describe('matches()', () => {
  const isPaid = { status: ['paid'] };
  const [paid, draft] = [{ status: 'paid' }, { status: 'draft' }];

  test('a message of a queue', () => {
    const { Records: [message] } = PullSource.queue(new sqs.Queue(stackWith(), 'Queue')).sampleEvent();
    expect(EventFilter.body(isPaid).matches({ ...message, body: JSON.stringify(paid) })).toBe(true);
    expect(EventFilter.body(isPaid).matches({ ...message, body: JSON.stringify(draft) })).toBe(false);
    expect(EventFilter.fromPattern({ messageAttributes: { myAttribute: { stringValue: ['myValue'] } } }).matches(message)).toBe(true);
  });

  test('a record of a stream, which is in Base64', () => {
    const { Records: [record] } = PullSource.stream(new kinesis.Stream(stackWith(), 'Clicks')).sampleEvent();
    const withData = (data: unknown) => ({ ...record, kinesis: { ...record.kinesis, data: inBase64(data) } });
    expect(EventFilter.data(isPaid).matches(withData(paid))).toBe(true);
    expect(EventFilter.data(isPaid).matches(withData(draft))).toBe(false);
    // "Hello, this is a test."
    expect(EventFilter.data(isPaid).matches(record)).toBe(false);
    expect(EventFilter.fromPattern({ partitionKey: ['1'], data: isPaid }).matches(withData(paid))).toBe(true);
    expect(EventFilter.fromPattern({ partitionKey: ['2'], data: isPaid }).matches(withData(paid))).toBe(false);
  });

  test('a record of a table', () => {
    const record = { eventName: 'INSERT', dynamodb: { NewImage: { status: { S: 'paid' }, total: { N: '5' } } } };
    expect(EventFilter.dynamodb({ NewImage: { status: { S: ['paid'] } } }).matches(record)).toBe(true);
    expect(EventFilter.dynamodb({ NewImage: { total: { N: ['5'] } } }).matches(record)).toBe(true);
    expect(EventFilter.dynamodb({ NewImage: { total: { N: [{ numeric: ['>', 1] }] } } }).matches(record)).toBe(false);
    expect(EventFilter.fromPattern({ eventName: ['REMOVE'] }).matches(record)).toBe(false);
  });

  test('a record of Kafka, and a message of a broker', () => {
    expect(EventFilter.value(isPaid).matches({ topic: 'orders', partition: 0, value: inBase64(paid) })).toBe(true);
    expect(EventFilter.fromPattern({ key: ['eu'] }).matches({ topic: 'orders', key: inBase64('eu'), value: inBase64(draft) })).toBe(true);
    expect(EventFilter.data(isPaid).matches({ messageID: '1', data: inBase64(draft) })).toBe(false);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
  test.each([
    ['a text, and a text is asked for', 'hello', { body: ['hello'] }, true],
    ['a text, and another text is asked for', 'hello', { body: ['bye'] }, false],
    ['a text, and nothing is asked of it', 'hello', { messageId: ['1'] }, true],
    ['a text, and JSON is asked for', 'hello', { body: { a: [{ exists: false }] } }, false],
    ['JSON, and a text is asked for', '{"a":1}', { body: [{ prefix: '{' }] }, false],
    ['JSON, and nothing is asked of it', '{"a":1}', { messageId: ['1'] }, true],
    ['JSON, and JSON is asked for', '{"a":1}', { body: { a: [1] } }, true],
  ])('the body is %s', (_, body, pattern, isTaken) => {
    expect(EventFilter.fromPattern(pattern).matches({ messageId: '1', body })).toBe(isTaken);
  });

  test.each<[string, unknown]>([['a whole event', { Records: [{ body: '{}' }] }], ['nothing', undefined], ['a text', 'hello']])('%s is no record', (_, record) => {
    const filter = EventFilter.body(isPaid);
    expect(() => filter.matches(record as never)).toThrow(expect.objectContaining({ name: 'FilterTakesOneRecord' }));
  });

  test('what nobody knows is not judged', () => {
    const other = EventFilter.body({ name: [{ wildcard: '*.png' }] });
    expect(() => other.matches({ body: '{}' })).toThrow(expect.objectContaining({ name: 'FilterCannotBeJudged' }));
    const late = EventFilter.body({ name: [Lazy.string({ produce: () => 'x' })] });
    expect(() => late.matches({ body: '{}' })).toThrow("'pattern' must be free of tokens, got a token");
  });
});

describe('validation', () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;

  test.each<[string, Record<string, unknown>, string]>([
    ['FilterPatternInvalid', { status: 'paid' }, '\'pattern.body.status\' must be a list of values or operators, got "paid"'],
    ['FilterPatternInvalid', { status: [] }, "'pattern.body.status' must be a list with at least one value or operator, got []"],
    ['FilterPatternInvalid', { total: [{ numeric: ['>', 5, '<', 1] }] }, "'pattern.body.total[0].numeric' must be a range with a lower bound below the upper one"],
    ['FilterPatternInvalid', {}, "'pattern.body' must be an object with fields, got {}"],
    ['FilterPatternInvalid', circle, "'pattern' must be JSON"],
    ['FilterPatternTooLong', { status: Array(1_000).fill('paid') }, "'pattern' must be at most 4096 characters as JSON, got 7021"],
  ])('fails if %s', (code, body, message) => {
    expect(() => EventFilter.body(body)).toThrow(message);
    expect(() => EventFilter.body(body)).toThrow(expect.objectContaining({ name: code }));
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['FilterKeyUnknown', { pattern: '{"Body":{"a":[1]}}' }, 'got "Body"; what you sent is in \'body\': no record has \'Body\''],
    ['FilterKeyUnknown', { pattern: '{"$or":[{"body":{"a":[1]}},{"data":{"a":[1]}}]}' }, 'got "data"'],
    ['FilterPatternInvalid', { pattern: 'paid' }, '\'filters[0]\' must be JSON, got "paid"'],
    ['FilterPatternInvalid', { pattern: '{"body":{"a":1}}' }, "'filters[0].body.a' must be a list of values or operators, got 1"],
    ['FilterPatternTooLong', { pattern: ' '.repeat(4_097) }, "'filters[0]' must be at most 4096 characters as JSON, got 4097"],
    ['FilterWithoutPattern', { body: { a: [1] } }, "'filters[0]' must be a filter, got"],
  ])('a queue refuses it if %s', (code, filter, message) => {
    const queue = new sqs.Queue(stackWith(), 'Queue');
    expect(() => PullSource.queue(queue, { filters: [filter] })).toThrow(message);
    expect(() => PullSource.queue(queue, { filters: [filter] })).toThrow(expect.objectContaining({ name: code }));
  });

  test('a stream has no bodies', () => {
    const stream = new kinesis.Stream(stackWith(), 'Clicks');
    expect(() => PullSource.stream(stream, { filters: [EventFilter.body({ a: [1] }).render()] })).toThrow(expect.objectContaining({ name: 'FilterKeyUnknown' }));
    expect(() => PullSource.stream(stream, { filters: [EventFilter.data({ a: [1] }).render()] })).not.toThrow();
  });

  test('everything that a record of the examples has can be asked for', () => {
    const stack = stackWith();
    const [message] = PullSource.queue(new sqs.Queue(stack, 'Queue')).sampleEvent().Records;
    const [record] = PullSource.stream(new kinesis.Stream(stack, 'Clicks')).sampleEvent().Records;
    expect(RECORD_KEYS.queue).toEqual(expect.arrayContaining(Object.keys(message)));
    expect(RECORD_KEYS.stream).toEqual(expect.arrayContaining(Object.keys({ ...record, ...record.kinesis })));
  });

  test('tokens, and operators that Lambda does not list, pass', () => {
    const queue = new sqs.Queue(stackWith(), 'Queue');
    const filters = [
      EventFilter.body({ name: [Token.asString({ Ref: 'Status' })] }), EventFilter.body({ name: [{ wildcard: '*.png' }] }),
    ].map((filter) => filter.render());
    expect(() => PullSource.queue(queue, { filters: [...filters, { pattern: Lazy.string({ produce: () => 'late' }) }] })).not.toThrow();
  });
});
