import { mapping, mappingOf, ORDERS, queue } from './examples';
import { BATCH_SIZE_WITHOUT_WINDOW, FIFO_BATCH_SIZE } from '../../limits/queue-mapping';
import { Mapping, mappingsOf, numberOr } from '../../model/mappings';
import { Finding, Rule } from '../rule';

const FIFO = queue({ FifoQueue: true });
const WINDOW = 'MaximumBatchingWindowInSeconds';

export const queueBatchFitsWindow: Rule = {
  id: 'queue-batch-fits-window',
  title: 'Batches of more than ten messages have a batching window, and those of FIFO queues have neither',
  severity: 'fatal',
  why: 'Lambda refuses a mapping that gathers more than ten messages in no time, and one that gathers messages of a FIFO queue',
  fix: 'set MaximumBatchingWindowInSeconds to 1 or more, or BatchSize to 10 or less; for FIFO queues, leave the window out',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html',
  answers: [
    'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    'Batching window is not supported for FIFO queues',
  ],
  since: '0.1.0',

  valid: [
    { title: 'ten messages', resources: { Orders: ORDERS, Source: queue(), Mapping: mapping({ BatchSize: 10 }) } },
    { title: 'a hundred messages within a second', resources: { Orders: ORDERS, Source: queue(), Mapping: mapping({ BatchSize: 100, [WINDOW]: 1 }) } },
    { title: 'a window that a parameter says', resources: { Orders: ORDERS, Source: queue(), Mapping: mapping({ BatchSize: 100, [WINDOW]: { Ref: 'Window' } }) } },
    { title: 'a FIFO queue without a window', resources: { Orders: ORDERS, Source: FIFO, Mapping: mapping({ BatchSize: 10, [WINDOW]: 0 }) } },
    { title: 'a hundred records', resources: { Orders: ORDERS, Source: { Type: 'AWS::Kinesis::Stream', Properties: {} }, Mapping: mapping({ BatchSize: 100, StartingPosition: 'LATEST' }) } },
  ],
  invalid: [
    { title: 'eleven messages', at: `Mapping/Properties/${WINDOW}`, resources: { Orders: ORDERS, Source: queue(), Mapping: mapping({ BatchSize: 11 }) } },
    { title: 'a hundred messages within no time', at: `Mapping/Properties/${WINDOW}`, resources: { Orders: ORDERS, Source: queue(), Mapping: mapping({ BatchSize: '100', [WINDOW]: 0 }) } },
    { title: 'a window of a FIFO queue', at: `Mapping/Properties/${WINDOW}`, resources: { Orders: ORDERS, Source: FIFO, Mapping: mapping({ [WINDOW]: 5 }) } },
    { title: 'eleven messages of a FIFO queue of another app', at: 'Mapping/Properties/BatchSize', resources: { Orders: ORDERS, Mapping: mappingOf('sqs:${AWS::Region}:${AWS::AccountId}:orders.fifo', { BatchSize: 11 }) } },
  ],

  check: (app) => mappingsOf(app).flatMap(findingsIn),
};

function findingsIn(mapped: Mapping): Finding[] {
  const { resource, isFifo } = mapped;
  const batch = numberOr(resource, 'BatchSize', BATCH_SIZE_WITHOUT_WINDOW);
  const window = numberOr(resource, WINDOW, 0);
  if (isFifo === false && batch !== undefined && batch > BATCH_SIZE_WITHOUT_WINDOW && window === 0) {
    return [{ resource, path: `Properties/${WINDOW}`, message: `batching window must be at least 1 second for batches of more than ${BATCH_SIZE_WITHOUT_WINDOW} messages, got 0 for ${batch}` }];
  }
  return isFifo ? fifoFindings(mapped, batch, window) : [];
}

/** Of a queue in the template, the CDK's own validation counts the batch. */
function fifoFindings({ resource, source }: Mapping, batch = 0, window = 0): Finding[] {
  const tooMany = !source && batch > FIFO_BATCH_SIZE.max;
  return [
    ...tooMany ? [{ resource, path: 'Properties/BatchSize', message: `batch size must be at most ${FIFO_BATCH_SIZE.max} messages of a FIFO queue, got ${batch}` }] : [],
    ...window > 0 ? [{ resource, path: `Properties/${WINDOW}`, message: `batching window of a FIFO queue must be left out, got ${window} seconds` }] : [],
  ];
}
