import { namesFailures } from './mapping';
import type { Words } from './pushed';
import { QUEUE_GUIDANCE, QUEUE_RETENTION } from '../../limits/queue-mapping';
import { numberOr, timeoutOf } from '../mappings';
import { count, duration, placeAt } from '../naming';
import type { Resource } from '../resource';
import { intrinsic } from '../template';
import { Value, valueOf } from '../value';

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const DEFAULTS = { visibility: 30, retention: QUEUE_RETENTION.default * 86_400 };

/** @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html */
const BATCH_SIZE = 10;

/**
 * What becomes of the messages of a queue, in words.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function queueWords(mapping: Resource, fn: Resource): Words {
  const source = mapping.reference('EventSourceArn')?.resource;
  const queue = source?.type === 'AWS::SQS::Queue' ? source : undefined;
  const { endsIn, then, counts } = queue ? endOf(queue) : isDecided(mapping) ? DECIDED : OF_ITS_OWNER;
  const timeout = `the visibility timeout${queue ? ` of ${visibility(queue)}` : ` of the queue, which has to be ${neededVisibility(mapping, fn)}`}`;
  const again = `again after ${timeout}`;
  const whole = `the whole batch comes ${again}`;
  const fails = namesFailures(mapping) ? `the messages that the function names come ${again}` : whole;
  const order = queue && valueOf(queue.value('FifoQueue')) === true ? '; the others of its group wait' : '';
  return {
    onError: `${fails}; ${then}`,
    onTimeout: `${whole}; ${then}`,
    onThrottle: `Lambda tries again for ${timeout}; then the whole batch comes again, and counts as received${counts}${isHeldBack(mapping, fn) ? HELD_BACK : ''}`,
    onOversize: 'does not happen: batches are cut at 6,291,456 bytes, and no message is that large',
    onPoisonRecord: `${poison(mapping)}${order}; ${then}`,
    endsIn,
  };
}

const HELD_BACK = '; of this queue Lambda reads no more at once than is reserved, so that only others can use that up';

/** Whether less is read at once than the function may take, whatever is in the queue. */
function isHeldBack(mapping: Resource, fn: Resource): boolean {
  const [most, reserved] = [valueOf(mapping.number('ScalingConfig.MaximumConcurrency')), valueOf(fn.number('ReservedConcurrentExecutions'))];
  return most !== undefined && reserved !== undefined && most <= reserved;
}

/** What a bad message does to others of its batch. */
function poison(mapping: Resource): string {
  if (namesFailures(mapping)) return 'the others of its batch are done with, if the function names it and does not throw';
  const size = mapping.number('BatchSize');
  const most = size.kind === 'absent' ? BATCH_SIZE : valueOf(size);
  if (most === 1) return 'others do not come in the same batch';
  return `${most === undefined ? 'all' : `up to ${(most - 1).toLocaleString('en-US')}`} others of its batch come again with it, and are received as often`;
}

interface End {
  readonly endsIn: string;
  readonly then: string;
  /** What a receive counts for. */
  readonly counts: string;
}

function endOf(queue: Resource): End {
  const deadLetters = placeAt(queue, 'RedrivePolicy.deadLetterTargetArn');
  if (deadLetters.kind === 'unknown') {
    return { endsIn: 'not known: the deployment decides whether the queue has a dead-letter queue', then: 'where it ends, the deployment decides', counts: '' };
  }
  if (deadLetters.kind === 'absent') {
    const kept = orDecided(queue.number('MessageRetentionPeriod'), DEFAULTS.retention);
    return {
      endsIn: `lost: the queue has no dead-letter queue, and drops it after ${kept}`,
      then: `what the queue has kept for ${kept}, it drops: it is lost`,
      counts: ', which changes nothing without a dead-letter queue',
    };
  }
  const { value: name } = deadLetters;
  const most = valueOf(queue.number('RedrivePolicy.maxReceiveCount'));
  const receives = most === undefined ? 'as many receives as the deployment decides' : count(most, 'receive');
  return {
    endsIn: `${name}, the dead-letter queue, after ${receives}`,
    then: `each goes to ${name} after ${receives}`,
    counts: `: throttling alone brings it to ${name} after ${receives}`,
  };
}

const RECEIVES = count(QUEUE_GUIDANCE.maxReceiveCount, 'receive');

/** What is known of a queue that others have. */
const OF_ITS_OWNER: End = {
  endsIn: `not known: the queue is not of this app; its owner has to give it a dead-letter queue, after ${RECEIVES} or more`,
  then: `the redrive policy of the queue, which has to allow ${RECEIVES} or more, says where it ends`,
  counts: `: with fewer than ${RECEIVES}, throttling alone may bring it to a dead-letter queue`,
};

const DECIDED: End = { ...OF_ITS_OWNER, endsIn: 'not known: the deployment decides which queue is read' };

function isDecided(mapping: Resource): boolean {
  const raw = mapping.raw('EventSourceArn');
  return raw.kind === 'known' && intrinsic(raw.value)?.name === 'Fn::If';
}

/**
 * What AWS recommends, as far as it follows from the function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
function neededVisibility(mapping: Resource, fn: Resource): string {
  const timeout = timeoutOf(fn);
  const window = numberOr(mapping, 'MaximumBatchingWindowInSeconds', 0);
  const plus = window === 0 ? '' : ' plus the batching window';
  const rule = `six times the timeout of the function${plus}`;
  if (timeout === undefined || window === undefined) return `${rule} or more`;
  return `${duration(QUEUE_GUIDANCE.visibilityFactor * timeout + window)} or more (${rule})`;
}

function visibility(queue: Resource): string {
  return orDecided(queue.number('VisibilityTimeout'), DEFAULTS.visibility);
}

function orDecided(value: Value<number>, otherwise: number): string {
  return value.kind === 'unknown' ? 'as long as the deployment decides' : duration(value.kind === 'known' ? value.value : otherwise);
}
