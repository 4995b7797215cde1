import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';
import { POLLED_TIMEOUT } from '../polled-network';
import { BROKER_CONCURRENCY } from '../scaling';

const COMMON = {
  invocation: InvocationMode.POLLED,
  caller: 'Lambda, which reads with the role of the function and logs in with a secret',
  conditionKeys: [],
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html',
};

const limitsFor = (batchesAtOnce: number) => [
  { name: 'messages of a batch', value: 10_000, unit: 'messages' },
  { name: 'bytes of a batch', value: 6_291_456, unit: 'bytes' },
  { name: 'batches at once', value: batchesAtOnce, unit: 'batches' },
  { name: 'timeout of the function', value: POLLED_TIMEOUT.max, unit: POLLED_TIMEOUT.unit },
];

const TRIED_AGAIN = 'the whole batch is tried again until the function succeeds or the messages expire';

/**
 * Queues of Apache ActiveMQ in Amazon MQ.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-mq-errors.html
 */
export const ACTIVE_MQ: SourceSemantics = {
  ...COMMON,
  service: 'Amazon MQ (Apache ActiveMQ)',
  retries: `${TRIED_AGAIN}; a message comes again 6 times at most, whatever the redelivery policy of the broker says`,
  failedEvents: 'in the dead-letter queue of the broker, as that is set up; messages of more than 6 MB are dropped',
  limits: limitsFor(BROKER_CONCURRENCY.activeMq),
  eventType: {
    python: 'ActiveMQEvent (in active_mq_event)',
    java: 'com.amazonaws.services.lambda.runtime.events.ActiveMQEvent',
    dotnet: 'Amazon.Lambda.MQEvents.ActiveMQEvent',
    go: 'ActiveMQEvent',
  },
};

/**
 * Queues of RabbitMQ in Amazon MQ.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-mq-errors.html
 */
export const RABBIT_MQ: SourceSemantics = {
  ...COMMON,
  service: 'Amazon MQ (RabbitMQ)',
  retries: TRIED_AGAIN,
  failedEvents: 'where the dead-letter exchange of the queue sends them; without one they are gone when they expire, and messages of more than 6 MB are dropped',
  limits: limitsFor(BROKER_CONCURRENCY.rabbitMq),
  eventType: {
    python: 'RabbitMQEvent (in rabbit_mq_event)',
    java: 'com.amazonaws.services.lambda.runtime.events.RabbitMQEvent',
    dotnet: 'Amazon.Lambda.MQEvents.RabbitMQEvent',
    go: 'RabbitMQEvent',
  },
};
