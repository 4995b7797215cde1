import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  ProvisionedThroughputExceededException,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { anOrder, captureLogs, linesWith, loadEvent, type LogLine, storeOrders } from './harness';
import { lambdaContext } from './lambda-context';
import { directEvents, surviveAnyEvent } from '../../test-tools';

interface Sender {
  send(command: PutItemCommand): Promise<unknown>;
}

const FIRST = '059f36b4-87a3-44ab-83d2-661975830a7d';
const POISON = '2e1424d4-f796-459a-8184-9c92662be6da';
const THIRD = '7c1f0d7e-6d55-4f0c-a1b7-3f0f6a1f8a52';
const RESENT = 'b1d5a9de-32c9-4bb0-9f6c-0f6a8c0c7f11';

const functionName = 'order-pipeline-store-orders';
const context = lambdaContext({ functionName });

/** The order ids in the table. */
let stored: Set<string>;
let putItem: jest.SpyInstance<Promise<unknown>, [PutItemCommand]>;
let logs: LogLine[];

beforeEach(() => {
  process.env.TABLE_NAME = 'order-pipeline-orders';
  stored = new Set();
  putItem = jest.spyOn(DynamoDBClient.prototype as unknown as Sender, 'send');
  putItem.mockImplementation(async ({ input }) => putIfAbsent(input.Item?.orderId?.S ?? ''));
  logs = captureLogs();
});

afterEach(() => {
  jest.restoreAllMocks();
  delete process.env.TABLE_NAME;
});

function putIfAbsent(orderId: string): object {
  if (stored.has(orderId)) {
    throw new ConditionalCheckFailedException({ $metadata: {}, message: 'The conditional request failed' });
  }
  stored.add(orderId);
  return {};
}

function throttle(): Error {
  return new ProvisionedThroughputExceededException({ $metadata: {}, message: 'The level of configured throughput was exceeded' });
}

function failures(...messageIds: string[]) {
  return { batchItemFailures: messageIds.map((itemIdentifier) => ({ itemIdentifier })) };
}

function eventWithBodies(...bodies: unknown[]) {
  const [record] = loadEvent<SQSEvent>('sqs-batch-with-poison.json').Records;
  return { Records: bodies.map((body, index) => ({ ...record, messageId: `message-${index}`, body })) };
}

describe('a batch', () => {
  test('is stored, and its poison message alone is reported', async () => {
    await expect(storeOrders.handler(loadEvent('sqs-batch-with-poison.json'), context)).resolves.toEqual(failures(POISON));
    expect(stored).toEqual(new Set(['ORD-2026-000101', 'ORD-2026-000102']));
  });

  test('is written with explicit attribute values, on the condition that the order is new', async () => {
    await storeOrders.handler(loadEvent('sqs-batch-with-poison.json'), context);
    expect(putItem.mock.calls.map(([command]) => command)).toEqual([expect.any(PutItemCommand), expect.any(PutItemCommand)]);
    expect(putItem.mock.calls[0][0].input).toEqual({
      TableName: 'order-pipeline-orders',
      Item: {
        orderId: { S: 'ORD-2026-000101' },
        customerId: { S: 'CUST-4711' },
        placedAt: { S: '2026-03-01T08:12:44.000Z' },
        items: {
          L: [
            { M: { sku: { S: 'TEA-GREEN-250G' }, quantity: { N: '2' }, unitPriceCents: { N: '895' } } },
            { M: { sku: { S: 'MUG-BLUE' }, quantity: { N: '1' }, unitPriceCents: { N: '1250' } } },
          ],
        },
      },
      ConditionExpression: 'attribute_not_exists(orderId)',
    });
  });

  test('is logged with request id, version and remaining time in every line', async () => {
    await storeOrders.handler(loadEvent('sqs-batch-with-poison.json'), context);
    expect(logs.map(({ message }) => message)).toEqual(['Order stored', 'Message is no valid order', 'Order stored', 'Batch done']);
    for (const line of logs) {
      expect(line).toMatchObject({
        awsRequestId: context.awsRequestId,
        functionName,
        functionVersion: '7',
        invokedFunctionArn: context.invokedFunctionArn,
        remainingTimeMs: 58_250,
      });
    }
    expect(linesWith(logs, 'Order stored').map(({ orderId, messageId }) => [orderId, messageId])).toEqual([
      ['ORD-2026-000101', FIRST],
      ['ORD-2026-000102', THIRD],
    ]);
    expect(linesWith(logs, 'Batch done')[0]).toMatchObject({ level: 'INFO', received: 3, failed: 1 });
  });

  test('is stored without a context, as in a local run', async () => {
    await expect(storeOrders.handler(eventWithBodies(JSON.stringify(anOrder())))).resolves.toEqual(failures());
    expect(stored).toEqual(new Set(['ORD-1']));
  });

  test('of none is done at once', async () => {
    await expect(storeOrders.handler({ Records: [] }, context)).resolves.toEqual(failures());
    expect(linesWith(logs, 'Batch done')[0]).toMatchObject({ received: 0, failed: 0 });
  });
});

describe('a poison message', () => {
  test.each<[string, unknown, RegExp]>([
    ['broken JSON', '{"orderId":', /^body must be valid JSON, but got "\{\\"orderId\\":"$/],
    ['no body', undefined, /^body must be valid JSON, but got nothing$/],
    ['an empty body', '', /^body must be valid JSON, but got ""$/],
    ['JSON that is no object', 'null', /^order must be a JSON object, but got null$/],
    ['an invalid order', JSON.stringify(anOrder({ orderId: 'A B' })), /^orderId must be .*, but got "A B"$/],
    ['an order without items', JSON.stringify(anOrder({ items: [] })), /^items must be a list of 1 to 100 items, but got a list of 0$/],
  ])('with %s is reported, and the log says why', async (_, body, reason) => {
    const event = eventWithBodies(JSON.stringify(anOrder()), body);
    await expect(storeOrders.handler(event, context)).resolves.toEqual(failures('message-1'));
    expect(linesWith(logs, 'Message is no valid order')).toEqual([
      expect.objectContaining({ level: 'ERROR', messageId: 'message-1', receiveCount: '1', reason: expect.stringMatching(reason) }),
    ]);
    expect(stored).toEqual(new Set(['ORD-1']));
  });

  test('is logged with how often it was received', async () => {
    await storeOrders.handler(loadEvent('sqs-batch-with-poison.json'), context);
    expect(linesWith(logs, 'Message is no valid order')).toEqual([expect.objectContaining({ messageId: POISON, receiveCount: '3' })]);
  });
});

describe('a duplicate delivery', () => {
  test('within a batch is a success, and the order is stored once', async () => {
    await expect(storeOrders.handler(loadEvent('sqs-duplicate-delivery.json'), context)).resolves.toEqual(failures());
    expect(putItem).toHaveBeenCalledTimes(2);
    expect(stored).toEqual(new Set(['ORD-2026-000101']));
    expect(linesWith(logs, 'Order stored')).toEqual([expect.objectContaining({ messageId: FIRST, receiveCount: '2' })]);
    expect(linesWith(logs, 'Order was stored before, nothing to do')).toEqual([
      expect.objectContaining({ level: 'INFO', messageId: RESENT, orderId: 'ORD-2026-000101' }),
    ]);
  });

  test('of a whole batch is a success', async () => {
    stored.add('ORD-2026-000101').add('ORD-2026-000102');
    await expect(storeOrders.handler(loadEvent('sqs-batch-with-poison.json'), context)).resolves.toEqual(failures(POISON));
    expect(linesWith(logs, 'Order was stored before, nothing to do')).toHaveLength(2);
  });
});

describe('an error of DynamoDB', () => {
  test('fails its message only', async () => {
    putItem.mockRejectedValueOnce(throttle());
    const event = eventWithBodies(...['A', 'B', 'C'].map((orderId) => JSON.stringify(anOrder({ orderId }))));
    await expect(storeOrders.handler(event, context)).resolves.toEqual(failures('message-0'));
    expect(stored).toEqual(new Set(['B', 'C']));
    expect(linesWith(logs, 'Order not stored')).toEqual([expect.objectContaining({
      level: 'ERROR',
      messageId: 'message-0',
      error: expect.objectContaining({
        name: 'ProvisionedThroughputExceededException',
        message: 'The level of configured throughput was exceeded',
      }),
    })]);
  });

  test('for every message fails all of them', async () => {
    putItem.mockRejectedValue(new Error('connect ECONNREFUSED'));
    const event = loadEvent('sqs-batch-with-poison.json');
    await expect(storeOrders.handler(event, context)).resolves.toEqual(failures(FIRST, POISON, THIRD));
  });
});

test('without TABLE_NAME every message fails, and the log says why', async () => {
  delete process.env.TABLE_NAME;
  await expect(storeOrders.handler(eventWithBodies(JSON.stringify(anOrder())), context)).resolves.toEqual(failures('message-0'));
  expect(putItem).not.toHaveBeenCalled();
  expect(linesWith(logs, 'Order not stored')).toEqual([
    expect.objectContaining({ error: expect.objectContaining({ message: expect.stringContaining('TABLE_NAME is not set') }) }),
  ]);
});

describe('little remaining time', () => {
  test('fails what is not yet processed', async () => {
    // before the first message, its log line, before the second message
    const slow = lambdaContext({ functionName, remainingTimesMs: [8000, 6000, 4999] });
    await expect(storeOrders.handler(loadEvent('sqs-batch-with-poison.json'), slow)).resolves.toEqual(failures(POISON, THIRD));
    expect(stored).toEqual(new Set(['ORD-2026-000101']));
    expect(linesWith(logs, 'Too little time left, the rest of the batch is left to be retried')).toEqual([
      expect.objectContaining({ level: 'WARN', marginMs: 5000, messageIds: [POISON, THIRD], remainingTimeMs: 4999 }),
    ]);
  });

  test('keeps the failures from before', async () => {
    const slow = lambdaContext({ functionName, remainingTimesMs: [8000, 6000, 4999] });
    putItem.mockRejectedValueOnce(throttle());
    await expect(storeOrders.handler(loadEvent('sqs-batch-with-poison.json'), slow)).resolves.toEqual(failures(FIRST, POISON, THIRD));
    expect(putItem).toHaveBeenCalledTimes(1);
  });

  test('of exactly the margin is enough', async () => {
    const justInTime = lambdaContext({ functionName, remainingTimesMs: [5000] });
    await expect(storeOrders.handler(loadEvent('sqs-duplicate-delivery.json'), justInTime)).resolves.toEqual(failures());
    expect(stored).toEqual(new Set(['ORD-2026-000101']));
  });
});

describe('what is no SQS event', () => {
  test.each<[string, unknown]>([
    ['null', loadEvent('null.json')],
    ['undefined', undefined],
    ['a string', loadEvent('simple.json')],
    ['an empty object', {}],
    ['malformed', loadEvent('malformed.json')],
    ['the test event of S3', loadEvent('s3-test-event.json')],
  ])('%s fails nothing, and the log says why', async (_, event) => {
    await expect(storeOrders.handler(event, context)).resolves.toEqual(failures());
    expect(linesWith(logs, 'Event ignored')).toEqual([expect.objectContaining({
      level: 'WARN',
      reason: 'an SQS event is an object with a list of Records, but this is not',
      awsRequestId: context.awsRequestId,
      functionVersion: '7',
      remainingTimeMs: 58_250,
    })]);
    expect(putItem).not.toHaveBeenCalled();
  });

  test.each<[string, unknown, RegExp]>([
    ['without messageId', loadEvent('sqs-without-message-id.json'), /^Records\[1\] has no messageId/],
    ['with an empty messageId', { Records: [{ messageId: '', body: '{}' }] }, /^Records\[0\] has no messageId/],
    ['that is null', { Records: [null] }, /^Records\[0\] has no messageId/],
  ])('a record %s fails the whole batch before anything is stored', async (_, event, message) => {
    await expect(storeOrders.handler(event, context)).rejects.toThrow(message);
    expect(putItem).not.toHaveBeenCalled();
  });
});

describe('invoked directly', () => {
  const events = Object.fromEntries(directEvents(__dirname));

  test.each(['null', 'simple'])('with the event %s it has nothing to store', async (name) => {
    await expect(storeOrders.handler(events[name])).resolves.toEqual(failures());
  });

  test('with the complex event, of an order that is none, it reports the message', async () => {
    await expect(storeOrders.handler(events.complex)).resolves.toEqual(failures('2c4f1d9e-7a55-4f0c-a1b7-3f0f6a1f8a52'));
    expect(putItem).not.toHaveBeenCalled();
  });

  test('with any JSON it answers, or fails in its own words', async () => {
    await surviveAnyEvent((event) => storeOrders.handler(event), loadEvent<SQSEvent>('sqs-batch-with-poison.json'));
  });
});
