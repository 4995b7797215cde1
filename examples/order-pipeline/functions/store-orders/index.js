'use strict';

const { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
const { createLogger, hasTimeLeft, InvalidOrderError, requireEnv, validateOrder } = require('order-common');

const TIME_MARGIN_MS = 5_000;

let dynamoDbClient;
const dynamoDb = () => (dynamoDbClient ??= new DynamoDBClient({}));

/**
 * Stores each order once. Only the messages that failed are reported, so that SQS delivers those
 * again and moves them to the dead-letter queue in the end.
 *
 * @param {import('aws-lambda').SQSEvent} event
 * @param {import('aws-lambda').Context} [context]
 * @returns {Promise<import('aws-lambda').SQSBatchResponse>}
 */
async function handler(event, context) {
  const log = createLogger(context);
  if (!Array.isArray(event?.Records)) {
    log.warn('Event ignored', { reason: 'an SQS event is an object with a list of Records, but this is not' });
    return { batchItemFailures: [] };
  }
  requireMessageIds(event.Records);
  const failed = await storeRecords(event.Records, context, log);
  log.info('Batch done', { received: event.Records.length, failed: failed.length });
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** An event with a record that cannot be reported must fail as a whole: its message would be deleted. */
function requireMessageIds(records) {
  const index = records.findIndex((record) => typeof record?.messageId !== 'string' || record.messageId === '');
  if (index !== -1) {
    throw new Error(`Records[${index}] has no messageId, so its failure could not be reported: the whole batch is retried`);
  }
}

/** @returns {Promise<import('aws-lambda').SQSRecord[]>} the records that failed */
async function storeRecords(records, context, log) {
  const failed = [];
  for (const [index, record] of records.entries()) {
    if (!hasTimeLeft(context, TIME_MARGIN_MS)) {
      const rest = records.slice(index);
      log.warn('Too little time left, the rest of the batch is left to be retried', {
        marginMs: TIME_MARGIN_MS,
        messageIds: rest.map(({ messageId }) => messageId),
      });
      return [...failed, ...rest];
    }
    if (!(await storeRecord(record, log))) failed.push(record);
  }
  return failed;
}

/** @returns {Promise<boolean>} whether the order is in the table */
async function storeRecord(record, log) {
  const message = { messageId: record.messageId, receiveCount: record.attributes?.ApproximateReceiveCount };
  try {
    const order = parseMessage(record.body);
    const isNew = await putOrder(order);
    log.info(isNew ? 'Order stored' : 'Order was stored before, nothing to do', { ...message, orderId: order.orderId });
    return true;
  } catch (error) {
    if (error instanceof InvalidOrderError) {
      log.error('Message is no valid order', { ...message, reason: error.message });
    } else {
      log.error('Order not stored', { ...message, error });
    }
    return false;
  }
}

function parseMessage(body) {
  let value;
  try {
    value = JSON.parse(body);
  } catch {
    throw new InvalidOrderError('body', 'valid JSON', body);
  }
  return validateOrder(value);
}

/** @returns {Promise<boolean>} false when the order was in the table before */
async function putOrder(order) {
  const put = new PutItemCommand({
    TableName: requireEnv('TABLE_NAME'),
    Item: toItem(order),
    // SQS may deliver a message twice, and a file may be received twice: the first write wins.
    ConditionExpression: 'attribute_not_exists(orderId)',
  });
  try {
    await dynamoDb().send(put);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function toItem(order) {
  return {
    orderId: { S: order.orderId },
    customerId: { S: order.customerId },
    placedAt: { S: order.placedAt },
    items: { L: order.items.map((item) => ({ M: toItemAttributes(item) })) },
  };
}

function toItemAttributes({ sku, quantity, unitPriceCents }) {
  return {
    sku: { S: sku },
    quantity: { N: String(quantity) },
    unitPriceCents: { N: String(unitPriceCents) },
  };
}

module.exports = { handler };
