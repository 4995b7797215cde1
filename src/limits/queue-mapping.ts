import { Range } from './range';

const PARAMETERS = 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html';

/** Messages of one batch from a standard queue. */
export const BATCH_SIZE: Range = { min: 1, max: 10_000, unit: 'messages', source: PARAMETERS };

/** Messages of one batch from a FIFO queue. */
export const FIFO_BATCH_SIZE: Range = { min: 1, max: 10, unit: 'messages', source: PARAMETERS };

/** The largest batch that needs no batching window. */
export const BATCH_SIZE_WITHOUT_WINDOW = 10;

/** How long Lambda gathers messages for a batch. */
export const BATCHING_WINDOW: Range = { min: 0, max: 300, unit: 'seconds', source: PARAMETERS };

/** Concurrent invocations that one mapping may cause. */
export const MAX_CONCURRENCY: Range = {
  min: 2,
  max: 1_000,
  unit: 'concurrent invocations',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html',
};

/**
 * Filters of one mapping: 5, or 10 after a quota increase. Fewer than 11 may be deployable.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export const MAX_FILTERS = 10;
