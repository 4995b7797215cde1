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

/**
 * Actions with which Lambda reads a queue. The last one is recommended: with it, Lambda gives back at once what it cannot hand over.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export const QUEUE_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'] as const;

/**
 * What AWS recommends of a queue that a function reads: a visibility timeout of six times that of the function, plus the batching
 * window, and five receives before a message is a dead letter. Throttling uses them up, too.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export const QUEUE_GUIDANCE = { visibilityFactor: 6, maxReceiveCount: 5 };

/** How long a queue keeps messages, in days. A dead-letter queue has to keep them longer: the time in the first queue counts. */
export const QUEUE_RETENTION = { default: 4, max: 14 };

/** Receives before a message is a dead letter. */
export const MAX_RECEIVE_COUNT: Range = {
  min: 1,
  max: 1_000,
  unit: 'receives',
  source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
};
