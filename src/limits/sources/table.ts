import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

/** Streams of tables of Amazon DynamoDB. */
export const TABLE: SourceSemantics = {
  service: 'Amazon DynamoDB Streams',
  invocation: InvocationMode.POLLED,
  caller: 'Lambda, which reads with the role of the function',
  conditionKeys: [],
  retries: 'a failed batch is tried again as often and for as long as the mapping says, at most for the 24 hours that the stream keeps records, and its shard waits; while the function is throttled only the age of the records ends that',
  failedEvents: 'its place in the stream goes to the on-failure destination of the mapping, the record itself only if that is a bucket; without a destination it is skipped',
  limits: [
    { name: 'records of a batch', value: 10_000, unit: 'records' },
    { name: 'bytes of a batch', value: 6_291_456, unit: 'bytes' },
    { name: 'batches of a shard at once', value: 10, unit: 'batches' },
    { name: 'readers of a shard', value: 2, unit: 'readers' },
  ],
  eventType: {
    typescript: 'DynamoDBStreamEvent',
    python: 'DynamoDBStreamEvent',
    java: 'com.amazonaws.services.lambda.runtime.events.DynamodbEvent',
    dotnet: 'Amazon.Lambda.DynamoDBEvents.DynamoDBEvent',
    go: 'DynamoDBEvent',
  },
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html',
};
