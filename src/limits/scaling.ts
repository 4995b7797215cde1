/** How Lambda scales: numbers of its documentation, none of which a template shows. */

import { Range } from './range';

/**
 * Execution environments that one function may get at once, and per second after that: 1,000 every 10 seconds, refilled
 * continuously; what is not used does not add up.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html
 */
export const ENVIRONMENTS_AT_ONCE = 1_000;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html */
export const SECONDS_OF_SCALING_STEP = 10;

/**
 * Synchronous requests that one environment takes per second, provisioned ones included. Asynchronous invocations and
 * pollers have no such limit.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
export const REQUESTS_PER_ENVIRONMENT = 10;

/**
 * How Lambda polls a standard queue: with 5 concurrent batches at first, 300 more a minute, 1,250 at most.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export const QUEUE_POLLING = { atFirst: 5, perMinute: 300, most: 1_250 };

/**
 * How Lambda polls a queue with pollers of its own: 10 concurrent invocations each, 1,000 more a minute.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export const QUEUE_POLLERS = { concurrency: 10, perMinute: 1_000 };

/** Pollers of a queue that are always there. Sources disagree about how many there may be at most. */
export const MINIMUM_POLLERS: Range = {
  min: 2,
  max: 200,
  unit: 'pollers',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html',
};

/** Documentation and CloudFormation say 2,000, the API 10,000: the larger one refuses nothing that might work. */
export const MAXIMUM_POLLERS: Range = { ...MINIMUM_POLLERS, max: 10_000 };

/** Pollers that a queue has where only one of the two numbers is given. */
export const DEFAULT_POLLERS = { minimum: 2, maximum: 200 };

/** Batches of one shard that are processed at once. */
export const PARALLELIZATION_FACTOR: Range = {
  min: 1,
  max: 10,
  unit: 'batches per shard',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html',
};

/**
 * Concurrent invocations for a broker.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
export const BROKER_CONCURRENCY = { activeMq: 5, rabbitMq: 1 };

/**
 * Concurrent invocations for a change stream.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html
 */
export const CHANGE_STREAM_CONCURRENCY = 1;

/** Records of a batch where none is given: of queues, and of everything else that Lambda polls. */
export const DEFAULT_BATCH_SIZE = { queue: 10, others: 100 };
