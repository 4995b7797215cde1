import { Range } from './range';

/** How often Lambda tries again after an error of the function. */
export const RETRY_ATTEMPTS: Range = {
  min: 0,
  max: 2,
  unit: 'attempts',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html',
};

/** How long Lambda keeps an event that it has not handed over. */
export const EVENT_AGE: Range = {
  min: 60,
  max: 21_600,
  unit: 'seconds',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html',
};

/**
 * Services that records of asynchronous invocations may go to: queues, topics, functions and event buses; to buckets only
 * those of failures.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export const DESTINATION_SERVICES = {
  success: new Set(['sqs', 'sns', 'lambda', 'events']),
  failure: new Set(['sqs', 'sns', 'lambda', 'events', 's3']),
} as const;

/** Services that dead letters of functions may go to. @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq */
export const DEAD_LETTER_SERVICES: ReadonlySet<string> = new Set(['sqs', 'sns']);
