'use strict';

const { GetObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { SendMessageBatchCommand, SQSClient } = require('@aws-sdk/client-sqs');
const { createLogger, hasTimeLeft, parseOrders, requireEnv } = require('order-common');

/**
 * @typedef {{ bucket: string, key: string, size?: number }} OrderFile
 * @typedef {{ files: number, sent: number, rejected: number, ignored: number }} Result
 *   files that were read, orders that were sent, lines (or whole files) that were rejected,
 *   and events or records that hold no order file
 */

const MAX_FILE_BYTES = 10 * 1024 * 1024;
const MAX_LOGGED_REJECTIONS = 100;
const TIME_MARGIN_MS = 5_000;

const MAX_BATCH_ENTRIES = 10;
// SQS takes 1 MiB by now; 256 KiB, its former limit, is what any queue and emulator takes.
const MAX_BATCH_BYTES = 256 * 1024;
// One at a time, the batches of a file of the maximum size would take longer than a minute.
const PARALLEL_BATCHES = 8;

let s3Client;
let sqsClient;
const s3 = () => (s3Client ??= new S3Client({}));
const sqs = () => (sqsClient ??= new SQSClient({}));

/**
 * Sends the orders of each new file to the queue. Any error fails the whole event, so that Lambda
 * retries it and orders are sent again: the consumer tells duplicates by their order id.
 *
 * @param {import('aws-lambda').S3Event} event
 * @param {import('aws-lambda').Context} [context]
 * @returns {Promise<Result>}
 */
async function handler(event, context) {
  const log = createLogger(context);
  const result = { files: 0, sent: 0, rejected: 0, ignored: 0 };

  const reason = whyIgnoreEvent(event);
  if (reason) {
    log.warn('Event ignored', { reason });
    return { ...result, ignored: 1 };
  }
  for (const record of event.Records) {
    addCounts(result, await receiveRecord(record, context, log));
  }
  log.info('Event done', { ...result });
  return result;
}

function whyIgnoreEvent(event) {
  if (event === null || typeof event !== 'object') {
    return `an S3 event is an object, but this is ${event === null ? 'null' : `of type ${typeof event}`}`;
  }
  if (event.Event === 's3:TestEvent') return `it is the test event of S3 for the bucket ${event.Bucket}`;
  if (!Array.isArray(event.Records)) return 'it has no list of Records';
  return undefined;
}

function addCounts(result, counts) {
  for (const [name, count] of Object.entries(counts)) result[name] += count;
}

/** @returns {Promise<Partial<Result>>} */
async function receiveRecord(record, context, log) {
  const reason = whyIgnoreRecord(record);
  if (reason) {
    log.warn('Record ignored', { reason });
    return { ignored: 1 };
  }
  const { bucket, object } = record.s3;
  const file = { bucket: bucket.name, key: decodeKey(object.key), size: object.size };
  try {
    return await receiveFile(file, context, log);
  } catch (error) {
    log.error('File failed, the event is left to be retried', { ...file, error });
    throw error;
  }
}

function whyIgnoreRecord(record) {
  if (!isText(record?.s3?.bucket?.name)) return 'it has no s3.bucket.name';
  if (!isText(record.s3.object?.key)) return 'it has no s3.object.key';
  if (decodeKey(record.s3.object.key) === undefined) return `its key ${record.s3.object.key} is not URL-encoded`;
  if (isText(record.eventName) && !record.eventName.startsWith('ObjectCreated:')) {
    return `${record.eventName} creates no object`;
  }
  return undefined;
}

function isText(value) {
  return typeof value === 'string' && value !== '';
}

/** S3 encodes keys as HTML forms do: `+` is a space. */
function decodeKey(key) {
  try {
    return decodeURIComponent(key.replace(/\+/g, ' '));
  } catch {
    return undefined;
  }
}

/**
 * @param {OrderFile} file
 * @returns {Promise<Partial<Result>>}
 */
async function receiveFile(file, context, log) {
  requireTime(context, 'reading the file');
  const queueUrl = requireEnv('QUEUE_URL');

  const text = await readFile(file, log);
  if (text === undefined) return { rejected: 1 };

  const { orders, rejected } = parseOrders(text);
  logRejected(file, rejected, log);
  await sendOrders(queueUrl, orders, context, log);
  const counts = { files: 1, sent: orders.length, rejected: rejected.length };
  log.info('File done', { ...file, ...counts });
  return counts;
}

function requireTime(context, step) {
  if (!hasTimeLeft(context, TIME_MARGIN_MS)) {
    throw new Error(`Less than ${TIME_MARGIN_MS} ms remain before ${step}: give the function a longer timeout if this repeats`);
  }
}

/** @returns {Promise<string | undefined>} undefined when the file is too large to hold in memory */
async function readFile(file, log) {
  if (isTooLarge(file, file.size, log)) return undefined;
  const object = await s3().send(new GetObjectCommand({ Bucket: file.bucket, Key: file.key }));
  // Again, as the object may have been replaced since the event was written.
  if (isTooLarge(file, object.ContentLength, log)) {
    object.Body.destroy();
    return undefined;
  }
  return object.Body.transformToString('utf-8');
}

function isTooLarge(file, size, log) {
  if (!(size > MAX_FILE_BYTES)) return false;
  // Not thrown: the file would be as large in a retry.
  log.error('File rejected', { ...file, reason: `it has ${size} bytes, but at most ${MAX_FILE_BYTES} are allowed: split it` });
  return true;
}

function logRejected(file, rejected, log) {
  const { bucket, key } = file;
  for (const { line, reason } of rejected.slice(0, MAX_LOGGED_REJECTIONS)) {
    log.warn('Line rejected', { bucket, key, line, reason });
  }
  // A large file of the wrong kind would else cost as many log lines as it has lines.
  const unlogged = rejected.length - MAX_LOGGED_REJECTIONS;
  if (unlogged > 0) log.warn('More lines rejected than are logged', { bucket, key, unlogged });
}

/**
 * Groups the orders into batches that SQS accepts. One order alone is far below the limit of bytes:
 * its validation bounds every part of it.
 */
function* batchesOf(orders) {
  let entries = [];
  let bytes = 0;
  for (const order of orders) {
    const MessageBody = JSON.stringify(order);
    const size = Buffer.byteLength(MessageBody);
    if (entries.length === MAX_BATCH_ENTRIES || bytes + size > MAX_BATCH_BYTES) {
      yield entries;
      entries = [];
      bytes = 0;
    }
    // The index makes the id unique when a file holds the same order twice.
    entries.push({ Id: `${entries.length}-${order.orderId}`, MessageBody });
    bytes += size;
  }
  if (entries.length > 0) yield entries;
}

async function sendOrders(queueUrl, orders, context, log) {
  const batches = batchesOf(orders);
  const sendNextBatches = async () => {
    // The workers share one generator. An error leaves the loop and so ends the generator for all of them.
    for (const entries of batches) {
      requireTime(context, 'sending the next batch');
      await sendBatch(queueUrl, entries, log);
    }
  };
  // Not Promise.all: Lambda would freeze the sends that still run when the first one fails.
  const workers = await Promise.allSettled(Array.from({ length: PARALLEL_BATCHES }, sendNextBatches));
  const failed = workers.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

async function sendBatch(queueUrl, entries, log) {
  const failed = await sendOnce(queueUrl, entries);
  if (failed.length === 0) return;

  log.warn('SQS refused messages, they are sent once more', { failed });
  const failedIds = new Set(failed.map(({ Id }) => Id));
  const failedAgain = await sendOnce(queueUrl, entries.filter(({ Id }) => failedIds.has(Id)));
  if (failedAgain.length > 0) {
    const details = failedAgain.map(({ Id, Code, Message }) => `${Id}: ${Code} ${Message ?? ''}`.trimEnd());
    throw new Error(`SQS refused ${failedAgain.length} of ${entries.length} messages twice (${details.join('; ')})`);
  }
}

/** A batch may fail in part without an error: SQS then names the failed entries. */
async function sendOnce(queueUrl, entries) {
  const { Failed } = await sqs().send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
  return Failed ?? [];
}

module.exports = { handler };
