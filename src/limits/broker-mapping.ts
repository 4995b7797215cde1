import { Range } from './range';

const PARAMETERS = 'https://docs.aws.amazon.com/lambda/latest/dg/services-mq-params.html';

/** Messages of one batch from a broker. */
export const BROKER_BATCH_SIZE: Range = { min: 1, max: 10_000, unit: 'messages', source: PARAMETERS };

/** How long Lambda gathers messages of a broker for a batch. */
export const BROKER_BATCHING_WINDOW: Range = { min: 0, max: 300, unit: 'seconds', source: PARAMETERS };

/** Length of the name of a queue. */
export const BROKER_QUEUE_NAME: Range = {
  min: 1,
  max: 1_000,
  unit: 'characters',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html',
};

/** What the name of a virtual host may be. */
export const VIRTUAL_HOST = /^[a-zA-Z0-9-/*:_+=.@ ]{1,200}$/;

/**
 * What Lambda asks of a broker itself; the messages it reads with the user of the secret.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html
 */
export const BROKER_ACTIONS = ['mq:DescribeBroker'] as const;
