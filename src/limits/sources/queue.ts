import { SourceLimit, SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';

const COMMON = {
  invocation: InvocationMode.POLLED,
  caller: 'Lambda, which reads with the role of the function',
  conditionKeys: [],
  eventType: {
    typescript: 'SQSEvent',
    python: 'SQSEvent',
    java: 'com.amazonaws.services.lambda.runtime.events.SQSEvent',
    dotnet: 'Amazon.Lambda.SQSEvents.SQSEvent',
    go: 'SQSEvent',
  },
  documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html',
};

const FAILED = 'in the dead-letter queue of the queue, after as many receives as its redrive policy says; without one a message is tried until the queue drops it';

/** What one batch may be, whatever its size. */
const PAYLOAD: SourceLimit = { name: 'bytes of a batch', value: 6_291_456, unit: 'bytes' };

/** Standard queues of Amazon SQS. */
export const QUEUE: SourceSemantics = {
  ...COMMON,
  service: 'Amazon SQS (standard queue)',
  retries: 'messages that failed, or that Lambda could not hand over because the function was throttled, come again after the visibility timeout',
  failedEvents: FAILED,
  limits: [{ name: 'messages of a batch', value: 10_000, unit: 'messages' }, PAYLOAD],
};

/** FIFO queues of Amazon SQS. */
export const FIFO_QUEUE: SourceSemantics = {
  ...COMMON,
  service: 'Amazon SQS (FIFO queue)',
  retries: 'as for a standard queue; the messages of the same group wait until then',
  failedEvents: FAILED,
  limits: [{ name: 'messages of a batch', value: 10, unit: 'messages' }, PAYLOAD],
};
