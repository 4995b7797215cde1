import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';
import { POLLED_TIMEOUT } from '../polled-network';
import { CHANGE_STREAM_CONCURRENCY } from '../scaling';

/**
 * Change streams of Amazon DocumentDB.
 *
 * @see https://docs.aws.amazon.com/documentdb/latest/developerguide/using-lambda.html
 */
export const DOCUMENT_DB: SourceSemantics = {
  service: 'Amazon DocumentDB (change streams)',
  invocation: InvocationMode.POLLED,
  caller: 'Lambda, which reads with the role of the function and logs in with a secret',
  conditionKeys: [],
  retries: 'a failed batch is tried again until the function succeeds, and the stream waits',
  failedEvents: 'nowhere: when the events of the stream expire, Lambda switches the mapping off, and what expired is lost',
  limits: [
    { name: 'events of a batch', value: 10_000, unit: 'events' },
    { name: 'bytes of a batch', value: 6_291_456, unit: 'bytes' },
    { name: 'batches at once', value: CHANGE_STREAM_CONCURRENCY, unit: 'batches' },
    { name: 'timeout of the function', value: POLLED_TIMEOUT.max, unit: POLLED_TIMEOUT.unit },
  ],
  eventType: {},
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html',
};
