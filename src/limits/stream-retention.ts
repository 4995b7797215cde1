/**
 * How long a stream keeps records if nobody says it, in hours. A data stream of Kinesis can be told to keep them for up to 365 days, the
 * stream of a table cannot.
 *
 * @see https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 */
export const STREAM_RETENTION = 24;
