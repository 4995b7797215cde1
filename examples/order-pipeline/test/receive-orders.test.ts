import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageBatchCommand, SQSClient, type SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { S3Event } from 'aws-lambda';
import { anOrder, captureLogs, linesWith, loadEvent, type LogLine, readSample, receiveOrders } from './harness';
import { lambdaContext } from './lambda-context';
import { directEvents, surviveAnyEvent } from '../../test-tools';
import { PushSource } from 'cdk-event-functions';

const QUEUE_URL = 'https://sqs.eu-west-1.amazonaws.com/123456789012/order-pipeline-orders';
const BUCKET = 'order-pipeline-inbox';
const KEY = 'orders/2026-03-01 München (north).ndjson';
const MIB = 1024 * 1024;

interface Sender<Command> {
  send(command: Command): Promise<unknown>;
}

const functionName = 'order-pipeline-receive-orders';
const context = lambdaContext({ functionName });

let getObject: jest.SpyInstance<Promise<unknown>, [GetObjectCommand]>;
let sendMessages: jest.SpyInstance<Promise<unknown>, [SendMessageBatchCommand]>;
let logs: LogLine[];

beforeEach(() => {
  process.env.QUEUE_URL = QUEUE_URL;
  getObject = jest.spyOn(S3Client.prototype as unknown as Sender<GetObjectCommand>, 'send');
  getObject.mockRejectedValue(new Error('This test has no file in S3'));
  sendMessages = jest.spyOn(SQSClient.prototype as unknown as Sender<SendMessageBatchCommand>, 'send');
  sendMessages.mockImplementation(async ({ input }) => ({ Successful: input.Entries?.map(({ Id }) => ({ Id })) }));
  logs = captureLogs();
});

afterEach(() => {
  jest.restoreAllMocks();
  delete process.env.QUEUE_URL;
});

function givenFile(text: string, contentLength = Buffer.byteLength(text)) {
  const body = { transformToString: jest.fn(async () => text), destroy: jest.fn() };
  getObject.mockResolvedValue({ Body: body, ContentLength: contentLength });
  return body;
}

function ndjson(count: number, change: (index: number) => Parameters<typeof anOrder>[0] = () => ({})): string {
  return Array.from({ length: count }, (_, index) => JSON.stringify(anOrder({ orderId: `ORD-${index}`, ...change(index) }))).join('\n');
}

function sentBatches(): SendMessageBatchRequestEntry[][] {
  return sendMessages.mock.calls.map(([{ input }]) => input.Entries ?? []);
}

function sentOrderIds(): string[][] {
  return sentBatches().map((entries) => entries.map(({ MessageBody }) => (JSON.parse(MessageBody ?? '') as { orderId: string }).orderId));
}

function putEvent(change: (object: S3Event['Records'][0]['s3']['object']) => void = () => undefined): S3Event {
  const event = loadEvent<S3Event>('s3-put.json');
  event.Records.forEach((record) => change(record.s3.object));
  return event;
}

describe('a new file', () => {
  test('is read by its decoded key, and its valid orders are sent', async () => {
    givenFile(readSample('orders.ndjson'));

    const result = await receiveOrders.handler(putEvent(), context);

    expect(result).toEqual({ files: 1, sent: 3, rejected: 2, ignored: 0 });
    expect(getObject.mock.calls.map(([command]) => command)).toEqual([expect.any(GetObjectCommand)]);
    expect(getObject.mock.calls[0][0].input).toEqual({ Bucket: BUCKET, Key: KEY });
    expect(sendMessages.mock.calls.map(([command]) => command)).toEqual([expect.any(SendMessageBatchCommand)]);
    expect(sendMessages.mock.calls[0][0].input.QueueUrl).toBe(QUEUE_URL);
    expect(sentOrderIds()).toEqual([['ORD-2026-000101', 'ORD-2026-000102', 'ORD-2026-000104']]);
  });

  test('is sent as normalised orders', async () => {
    givenFile(readSample('orders.ndjson'));
    await receiveOrders.handler(putEvent(), context);
    expect(sentBatches()[0][0]).toEqual({
      Id: '0-ORD-2026-000101',
      MessageBody: JSON.stringify({
        orderId: 'ORD-2026-000101',
        customerId: 'CUST-4711',
        items: [
          { sku: 'TEA-GREEN-250G', quantity: 2, unitPriceCents: 895 },
          { sku: 'MUG-BLUE', quantity: 1, unitPriceCents: 1250 },
        ],
        placedAt: '2026-03-01T08:12:44.000Z',
      }),
    });
  });

  test('has its rejected lines logged with number and reason', async () => {
    givenFile(readSample('orders.ndjson'));
    await receiveOrders.handler(putEvent(), context);
    const quantity = 'items[0].quantity must be an integer from 1 to 1000, but got 0';
    expect(linesWith(logs, 'Line rejected')).toEqual([
      expect.objectContaining({ level: 'WARN', bucket: BUCKET, key: KEY, line: 4, reason: quantity }),
      expect.objectContaining({ level: 'WARN', bucket: BUCKET, key: KEY, line: 6, reason: expect.stringContaining('not valid JSON') }),
    ]);
  });

  test('is logged with request id, version and remaining time in every line', async () => {
    givenFile(readSample('orders.ndjson'));
    await receiveOrders.handler(putEvent(), context);
    expect(logs.map(({ message }) => message)).toEqual(['Line rejected', 'Line rejected', 'File done', 'Event done']);
    for (const line of logs) {
      expect(line).toMatchObject({
        awsRequestId: context.awsRequestId,
        functionName,
        functionVersion: '7',
        invokedFunctionArn: context.invokedFunctionArn,
        remainingTimeMs: 58_250,
      });
    }
    expect(linesWith(logs, 'Event done')[0]).toMatchObject({ level: 'INFO', files: 1, sent: 3, rejected: 2, ignored: 0 });
  });

  test('without any order sends nothing', async () => {
    givenFile('\r\n');
    await expect(receiveOrders.handler(putEvent(), context)).resolves.toEqual({ files: 1, sent: 0, rejected: 0, ignored: 0 });
    expect(sendMessages).not.toHaveBeenCalled();
  });

  test('of the wrong kind has only its first 100 lines logged', async () => {
    givenFile('sku;quantity\n'.repeat(130));
    await expect(receiveOrders.handler(putEvent(), context)).resolves.toMatchObject({ sent: 0, rejected: 130 });
    expect(linesWith(logs, 'Line rejected')).toHaveLength(100);
    expect(linesWith(logs, 'More lines rejected than are logged')).toEqual([expect.objectContaining({ key: KEY, unlogged: 30 })]);
  });

  test('is received without a context, as in a local run', async () => {
    givenFile(ndjson(1));
    await expect(receiveOrders.handler(putEvent())).resolves.toMatchObject({ files: 1, sent: 1 });
  });

  test('adds up with the other files of the event', async () => {
    const event = putEvent();
    event.Records.push(...putEvent((object) => { object.key = 'orders/second.ndjson'; }).Records);
    givenFile(ndjson(2));
    await expect(receiveOrders.handler(event, context)).resolves.toEqual({ files: 2, sent: 4, rejected: 0, ignored: 0 });
    expect(getObject.mock.calls.map(([{ input }]) => input.Key)).toEqual([KEY, 'orders/second.ndjson']);
  });

  test('that cannot be read fails the event, and the log says which file', async () => {
    getObject.mockRejectedValue(new Error('Access Denied'));
    await expect(receiveOrders.handler(putEvent(), context)).rejects.toThrow('Access Denied');
    expect(linesWith(logs, 'File failed, the event is left to be retried')).toEqual([
      expect.objectContaining({ level: 'ERROR', bucket: BUCKET, key: KEY, error: expect.objectContaining({ message: 'Access Denied' }) }),
    ]);
  });

  test('fails the event before anything is read when QUEUE_URL is not set', async () => {
    delete process.env.QUEUE_URL;
    await expect(receiveOrders.handler(putEvent(), context)).rejects.toThrow(/QUEUE_URL is not set/);
    expect(getObject).not.toHaveBeenCalled();
  });
});

describe('batches', () => {
  test('hold at most 10 messages', async () => {
    givenFile(ndjson(23));
    await expect(receiveOrders.handler(putEvent(), context)).resolves.toMatchObject({ sent: 23 });
    expect(sentOrderIds().map((ids) => ids.length)).toEqual([10, 10, 3]);
    expect(sentOrderIds().flat()).toEqual(Array.from({ length: 23 }, (_, index) => `ORD-${index}`));
  });

  test('hold at most 256 KiB', async () => {
    const items = Array.from({ length: 100 }, () => ({ sku: 'x'.repeat(256), quantity: 1000, unitPriceCents: 1250 }));
    givenFile(ndjson(10, () => ({ items })));
    await expect(receiveOrders.handler(putEvent(), context)).resolves.toMatchObject({ sent: 10 });

    const bytes = sentBatches().map((entries) => entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody ?? ''), 0));
    expect(bytes).toHaveLength(2);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(256 * 1024);
    expect(sentOrderIds().flat()).toHaveLength(10);
  });

  test('have distinct ids that SQS accepts, also when a file holds an order twice', async () => {
    givenFile(ndjson(3, () => ({ orderId: 'Z'.repeat(64) })));
    await receiveOrders.handler(putEvent(), context);
    const ids = sentBatches()[0].map(({ Id }) => Id ?? '');
    expect(new Set(ids).size).toBe(3);
    expect(ids.filter((id) => /^[A-Za-z0-9_-]{1,80}$/.test(id))).toHaveLength(3);
  });

  const failed = (index: number) => ({ Id: `${index}-ORD-${index}`, Code: 'InternalError', Message: 'try later', SenderFault: false });

  test('send the messages that SQS refused once more, and only those', async () => {
    givenFile(ndjson(5));
    sendMessages.mockResolvedValueOnce({ Failed: [failed(1), failed(3)] });

    await expect(receiveOrders.handler(putEvent(), context)).resolves.toMatchObject({ files: 1, sent: 5 });

    expect(sentOrderIds()).toEqual([['ORD-0', 'ORD-1', 'ORD-2', 'ORD-3', 'ORD-4'], ['ORD-1', 'ORD-3']]);
    expect(linesWith(logs, 'SQS refused messages, they are sent once more')).toEqual([
      expect.objectContaining({ level: 'WARN', failed: [failed(1), failed(3)] }),
    ]);
  });

  test('fail the event when SQS refuses a message twice', async () => {
    givenFile(ndjson(5));
    sendMessages.mockResolvedValueOnce({ Failed: [failed(1), failed(3)] }).mockResolvedValueOnce({ Failed: [failed(3)] });

    await expect(receiveOrders.handler(putEvent(), context)).rejects.toThrow(
      'SQS refused 1 of 5 messages twice (3-ORD-3: InternalError try later)',
    );
    expect(sentOrderIds().map((ids) => ids.length)).toEqual([5, 2]);
  });

  test('that follow a failed one are not sent, and the ones under way are waited for', async () => {
    givenFile(ndjson(100));
    let finished = 0;
    sendMessages.mockImplementation(async () => {
      if (sendMessages.mock.calls.length === 1) throw new Error('AccessDenied');
      await new Promise((resolve) => setTimeout(resolve, 5));
      finished++;
      return {};
    });
    await expect(receiveOrders.handler(putEvent(), context)).rejects.toThrow('AccessDenied');
    expect(sendMessages).toHaveBeenCalledTimes(8);
    expect(finished).toBe(7);
  });

  test('are sent eight at a time', async () => {
    givenFile(ndjson(250));
    let running = 0;
    const seen: number[] = [];
    sendMessages.mockImplementation(async () => {
      seen.push(++running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running--;
      return {};
    });
    await expect(receiveOrders.handler(putEvent(), context)).resolves.toMatchObject({ sent: 250 });
    expect(seen).toHaveLength(25);
    expect(Math.max(...seen)).toBe(8);
    expect(new Set(sentOrderIds().flat()).size).toBe(250);
  });

  test('fail the event when SQS cannot be reached', async () => {
    givenFile(ndjson(1));
    sendMessages.mockRejectedValue(new Error('getaddrinfo ENOTFOUND'));
    await expect(receiveOrders.handler(putEvent(), context)).rejects.toThrow('getaddrinfo ENOTFOUND');
  });
});

describe('a file over 10 MiB', () => {
  test('is rejected by the size in the event, and not read', async () => {
    const result = await receiveOrders.handler(putEvent((object) => { object.size = 10 * MIB + 1; }), context);
    expect(result).toEqual({ files: 0, sent: 0, rejected: 1, ignored: 0 });
    expect(getObject).not.toHaveBeenCalled();
    expect(linesWith(logs, 'File rejected')).toEqual([expect.objectContaining({
      level: 'ERROR',
      bucket: BUCKET,
      key: KEY,
      reason: 'it has 10485761 bytes, but at most 10485760 are allowed: split it',
    })]);
  });

  test('is rejected by the size that S3 reports, and its body is not downloaded', async () => {
    const body = givenFile(ndjson(1), 10 * MIB + 1);
    await expect(receiveOrders.handler(putEvent(), context)).resolves.toMatchObject({ files: 0, rejected: 1 });
    expect(body.destroy).toHaveBeenCalledTimes(1);
    expect(body.transformToString).not.toHaveBeenCalled();
    expect(sendMessages).not.toHaveBeenCalled();
    expect(linesWith(logs, 'File rejected')).toHaveLength(1);
  });

  test('does not block the other files of the event', async () => {
    const event = putEvent((object) => { object.size = 11 * MIB; });
    event.Records.push(...putEvent().Records);
    givenFile(ndjson(1));
    await expect(receiveOrders.handler(event, context)).resolves.toEqual({ files: 1, sent: 1, rejected: 1, ignored: 0 });
  });

  test('but a file of 10 MiB is received', async () => {
    givenFile(ndjson(1), 10 * MIB);
    const result = await receiveOrders.handler(putEvent((object) => { object.size = 10 * MIB; }), context);
    expect(result).toEqual({ files: 1, sent: 1, rejected: 0, ignored: 0 });
  });
});

describe('little remaining time', () => {
  test('fails the event before the file is read', async () => {
    const late = lambdaContext({ functionName, remainingTimesMs: [4999] });
    await expect(receiveOrders.handler(putEvent(), late)).rejects.toThrow(/^Less than 5000 ms remain before reading the file/);
    expect(getObject).not.toHaveBeenCalled();
    expect(linesWith(logs, 'File failed, the event is left to be retried')[0]).toMatchObject({ key: KEY, remainingTimeMs: 4999 });
  });

  test('of exactly the margin is enough', async () => {
    givenFile(ndjson(1));
    const justInTime = lambdaContext({ functionName, remainingTimesMs: [5000] });
    await expect(receiveOrders.handler(putEvent(), justInTime)).resolves.toMatchObject({ files: 1, sent: 1 });
  });

  test('fails the event between two batches', async () => {
    givenFile(ndjson(25));
    // before the file, before the first batch, before the second batch
    const slow = lambdaContext({ functionName, remainingTimesMs: [9000, 7000, 4000] });
    await expect(receiveOrders.handler(putEvent(), slow)).rejects.toThrow(/^Less than 5000 ms remain before sending the next batch/);
    expect(sentOrderIds().map((ids) => ids.length)).toEqual([10]);
  });
});

describe('what is no order file', () => {
  const nothing = { files: 0, sent: 0, rejected: 0, ignored: 1 };

  test.each<[string, unknown, string]>([
    ['null', loadEvent('null.json'), 'an S3 event is an object, but this is null'],
    ['undefined', undefined, 'an S3 event is an object, but this is of type undefined'],
    ['a string', loadEvent('simple.json'), 'an S3 event is an object, but this is of type string'],
    ['a number', 42, 'an S3 event is an object, but this is of type number'],
    ['an empty object', {}, 'it has no list of Records'],
    ['a list', [], 'it has no list of Records'],
    ['malformed', loadEvent('malformed.json'), 'it has no list of Records'],
    ['the test event', loadEvent('s3-test-event.json'), 'it is the test event of S3 for the bucket order-pipeline-inbox'],
  ])('an event that is %s is ignored, and the log says why', async (_, event, reason) => {
    await expect(receiveOrders.handler(event, context)).resolves.toEqual(nothing);
    expect(linesWith(logs, 'Event ignored')).toEqual([
      expect.objectContaining({ level: 'WARN', reason, awsRequestId: context.awsRequestId, functionVersion: '7', remainingTimeMs: 58_250 }),
    ]);
    expect(getObject).not.toHaveBeenCalled();
  });

  test('malformed records are ignored, and the log says why', async () => {
    const result = await receiveOrders.handler(loadEvent('s3-malformed-records.json'), context);
    expect(result).toEqual({ files: 0, sent: 0, rejected: 0, ignored: 6 });
    expect(linesWith(logs, 'Record ignored').map(({ reason }) => reason)).toEqual([
      'it has no s3.bucket.name',
      'it has no s3.bucket.name',
      'it has no s3.bucket.name',
      'it has no s3.object.key',
      'its key orders/100%.ndjson is not URL-encoded',
      'ObjectRemoved:Delete creates no object',
    ]);
    expect(getObject).not.toHaveBeenCalled();
  });

  test('malformed records do not block the files beside them', async () => {
    const event = loadEvent<S3Event>('s3-malformed-records.json');
    event.Records.push(...putEvent().Records);
    givenFile(ndjson(2));
    await expect(receiveOrders.handler(event, context)).resolves.toEqual({ files: 1, sent: 2, rejected: 0, ignored: 6 });
  });

  test('an event without records is done at once', async () => {
    await expect(receiveOrders.handler({ Records: [] }, context)).resolves.toEqual({ files: 0, sent: 0, rejected: 0, ignored: 0 });
    expect(linesWith(logs, 'Event done')).toHaveLength(1);
  });
});

test('the sample event of the source is read like any other', async () => {
  const bucket = new Bucket(new Stack(new App(), 'Test'), 'Inbox');
  const event = PushSource.bucket(bucket).sampleEvent({ Records: [{ s3: { bucket: { name: BUCKET }, object: { key: 'orders/1.ndjson' } } }] });
  givenFile(ndjson(1));
  await expect(receiveOrders.handler(event, context)).resolves.toEqual({ files: 1, sent: 1, rejected: 0, ignored: 0 });
  expect(getObject.mock.calls[0][0].input).toMatchObject({ Bucket: BUCKET, Key: 'orders/1.ndjson' });
});

describe('invoked directly', () => {
  test.each(directEvents(__dirname))('with the event %s it finds no order file', async (_, event) => {
    await expect(receiveOrders.handler(event)).resolves.toEqual({ files: 0, sent: 0, rejected: 0, ignored: 1 });
  });

  test('with any JSON it answers, or fails in its own words', async () => {
    await surviveAnyEvent((event) => receiveOrders.handler(event), putEvent());
  });
});
