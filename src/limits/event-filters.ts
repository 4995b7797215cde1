/** Characters of one pattern. */
export const MAX_PATTERN_LENGTH = 4_096;

/**
 * Filters of one mapping without a quota increase.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export const DEFAULT_FILTERS = 5;

/** A source whose records can be filtered. Amazon DocumentDB is none. */
export type FilteredSource = 'queue' | 'stream' | 'table' | 'kafka' | 'activeMq' | 'rabbitMq';

const OF_EVERY_STREAM = ['awsRegion', 'eventID', 'eventName', 'eventSource', 'eventSourceARN', 'eventVersion'];

/**
 * What a record has, where a filter looks at it: what is in the member `kinesis` of an event is beside it there. AWS names one of them as
 * what can be filtered on, and filters on others work.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis-filtering.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-filtering.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-mq-filtering.html
 */
export const RECORD_KEYS: Readonly<Record<FilteredSource, readonly string[]>> = {
  queue: [
    'body', 'attributes', 'awsRegion', 'eventSource', 'eventSourceARN', 'md5OfBody', 'md5OfMessageAttributes', 'messageAttributes', 'messageId',
    'receiptHandle',
  ],
  stream: [
    'data', 'approximateArrivalTimestamp', 'encryptionType', 'invokeIdentityArn', 'kinesis', 'kinesisSchemaVersion', 'partitionKey', 'sequenceNumber',
    ...OF_EVERY_STREAM,
  ],
  table: ['dynamodb', 'userIdentity', ...OF_EVERY_STREAM],
  kafka: [
    'value', 'key', 'headers', 'offset', 'partition', 'timestamp', 'timestampType', 'topic', 'bootstrapServers', 'eventSource', 'eventSourceArn',
    'keySchemaMetadata', 'valueSchemaMetadata', 'eventSourceKey',
  ],
  activeMq: [
    'data', 'brokerInTime', 'brokerOutTime', 'connectionId', 'correlationId', 'deliveryMode', 'destination', 'expiration', 'messageID', 'messageType',
    'priority', 'properties', 'redelivered', 'replyTo', 'timestamp', 'type', 'eventSource', 'eventSourceArn',
  ],
  rabbitMq: ['data', 'basicProperties', 'redelivered', 'eventSource', 'eventSourceArn'],
};

/**
 * Sources of which AWS says that one field is filtered on, with the others that a record has. The key of a record of Kafka is filtered on, too,
 * where a schema registry takes it apart.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-filtering.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-mq-filtering.html
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_KafkaSchemaValidationConfig.html
 */
export const FILTERABLE_KEYS = {
  kafka: { filtered: 'value', others: RECORD_KEYS.kafka },
  broker: { filtered: 'data', others: [...RECORD_KEYS.activeMq, ...RECORD_KEYS.rabbitMq] },
} as const;

/** What a text in a record of DynamoDB's can be, where the name of the field tells. */
export const EVENT_NAMES_OF_TABLES = ['INSERT', 'MODIFY', 'REMOVE'];
