import { SourceSemantics } from './source-semantics';
import { InvocationMode } from '../invocation-mode';
import { Range } from '../range';

const PAGE = 'https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html';

/** Transformation of records by Amazon Data Firehose. */
export const FIREHOSE_TRANSFORMATION: SourceSemantics = {
  service: 'Amazon Data Firehose',
  invocation: InvocationMode.SYNCHRONOUS,
  assumesRole: 'firehose.amazonaws.com',
  conditionKeys: [],
  // https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html
  retries: 'Data Firehose tries again, three times by default, when the network fails or the function is throttled',
  failedEvents: "in the folder 'processing-failed' of the bucket of the stream",
  limits: [
    // https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
    { name: 'time until the answer', value: 300, unit: 'seconds' },
    // https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
    { name: 'bytes of the event', value: 6_291_456, unit: 'bytes' },
    // https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
    { name: 'bytes of the answer', value: 6_291_456, unit: 'bytes' },
  ],
  eventType: {
    typescript: 'FirehoseTransformationEvent',
    python: 'KinesisFirehoseEvent',
    java: 'com.amazonaws.services.lambda.runtime.events.KinesisFirehoseEvent',
    dotnet: 'Amazon.Lambda.KinesisFirehoseEvents.KinesisFirehoseEvent',
    go: 'KinesisFirehoseEvent',
  },
  documentation: PAGE,
};

/** Longest time that Data Firehose waits for a function. */
export const FIREHOSE_TIMEOUT: Range = { min: 1, max: 300, unit: 'seconds', source: PAGE };

/** How long records are gathered for one event. */
export const FIREHOSE_BUFFER_INTERVAL: Range = { min: 0, max: 900, unit: 'seconds', source: PAGE };

/** How many records are gathered for one event. */
export const FIREHOSE_BUFFER_SIZE: Range = { min: 0.2, max: 3, unit: 'MiB', source: PAGE };

/** How often a failed event is tried again: the most is not documented. */
export const FIREHOSE_RETRIES: Range = {
  min: 0, max: Infinity, unit: 'retries', source: 'https://docs.aws.amazon.com/firehose/latest/APIReference/API_ProcessorParameter.html',
};

/**
 * What the role of a stream does with the function beside invoking it.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/console-managed-roles.html
 */
export const FIREHOSE_READS = 'lambda:GetFunctionConfiguration';
