import { Range } from './range';

const PARAMETERS = 'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html';

/** Records of one batch from a stream of Kinesis or DynamoDB. */
export const STREAM_BATCH_SIZE: Range = { min: 1, max: 10_000, unit: 'records', source: PARAMETERS };

/** How long Lambda gathers records for a batch. */
export const STREAM_BATCHING_WINDOW: Range = { min: 0, max: 300, unit: 'seconds', source: PARAMETERS };

/** How often a batch is tried again for which the function failed; -1 for as long as the records are there. */
export const STREAM_RETRIES: Range = { min: -1, max: 10_000, unit: 'retries', source: PARAMETERS };

/** How old a record may be that is still handed to the function. Less than a minute AWS refuses. */
export const STREAM_RECORD_AGE: Range = {
  min: 60,
  max: 604_800,
  unit: 'seconds',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html',
};

/**
 * How long a stream keeps records unless it says otherwise, in hours; that of a table always.
 *
 * @see https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html
 */
export const STREAM_RETENTION_HOURS = 24;

/** How much of a stream is aggregated. */
export const TUMBLING_WINDOW: Range = { min: 0, max: 900, unit: 'seconds', source: PARAMETERS };

/**
 * Actions with which Lambda reads a stream of Kinesis, as in the managed policy `AWSLambdaKinesisExecutionRole`
 * but for `ListStreams`, which no stream can be named for, and `SubscribeToShard`, which a consumer needs.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
 */
export const STREAM_ACTIONS = [
  'kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards',
] as const;

/**
 * Mappings that may read a stream side by side. Of Kinesis, those that are no consumers by enhanced fan-out: a shard takes in 1 MB a second
 * and hands out 2 MB to all of them together. Of tables AWS says it in so many words, and of global tables it recommends one.
 *
 * @see https://docs.aws.amazon.com/streams/latest/dev/building-consumers.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.Lambda.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export const STREAM_READERS = { dataStream: 2, table: 2, globalTable: 1 };

/** What a mapping does by default, where AWS's default is to try a bad record for as long as the stream keeps it. */
export const STREAM_DEFAULTS = {
  /** Enough for a fault that goes away within minutes; halving a batch costs none of them. */
  retryAttempts: 10,
  /** Half of what a stream keeps at least (24 hours): the other half is for reading again what failed. */
  recordAgeHours: 12,
};

/**
 * Actions with which Lambda reads the stream of a table, but for `ListStreams`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export const TABLE_ACTIONS = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'] as const;

/**
 * The one action about streams of tables that takes no resource.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export const TABLE_ACTIONS_ON_ALL = ['dynamodb:ListStreams'] as const;

/**
 * Actions with which Lambda reads as a consumer that has a throughput of its own, besides those on its stream.
 *
 * @see https://docs.aws.amazon.com/streams/latest/dev/building-enhanced-consumers-api.html
 */
export const CONSUMER_ACTIONS = ['kinesis:DescribeStreamConsumer', 'kinesis:SubscribeToShard'] as const;
