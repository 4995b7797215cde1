import { isConditional } from './concurrency';
import { literal, Text, textOf } from './iam/text';
import { keyOf } from './loops/channel';
import { isConsumer, serviceIn } from './needs/need';
import { oncePerApp } from './once-per-app';
import { isThere } from './presence';
import type { Resource } from './resource';
import { isNoValue } from './template';
import { valueOf } from './value';
import { Target, targetOf } from './wiring';
import { DEFAULT_TIMEOUT } from '../limits/compute';
import { MappedSource } from '../limits/mapping-parameters';

/** An event source mapping: what Lambda polls for a function, whoever wrote it. */
export interface Mapping {
  readonly resource: Resource;

  /** The kind of source, as far as the template says it. */
  readonly kind?: MappedSource;

  /** Whether a queue is FIFO, where it is one and that is known. */
  readonly isFifo?: boolean;

  /** The ARN of the source as far as it is known, and the resource of this app that it is of. */
  readonly arn?: Text;
  readonly source?: Resource;
  readonly target?: Target;

  /** Whether it is there in each deployment, rather than under a condition. */
  readonly isAlwaysThere: boolean;

  /** Whether it surely polls. */
  readonly isEnabled: boolean;
}

/** All mappings of an app, in the order of the templates. */
export const mappingsOf = oncePerApp((app): readonly Mapping[] => app.ofType('AWS::Lambda::EventSourceMapping').map(mappingOf));

function mappingOf(resource: Resource): Mapping {
  const common = {
    resource,
    target: targetOf(resource.reference('FunctionName')),
    isAlwaysThere: !isConditional(resource.stack, resource),
    isEnabled: isEnabled(resource),
  };
  const raw = resource.raw('EventSourceArn');
  if (raw.kind !== 'known' || isNoValue(raw.value)) {
    const isSelfManaged = raw.kind !== 'unknown' && isThere(resource, 'SelfManagedEventSource') === true;
    return { ...common, kind: isSelfManaged ? 'self-managed Kafka' : undefined };
  }
  const arn = textOf(raw.value, resource.stack);
  const reference = resource.reference('EventSourceArn');
  const source = reference?.exact ? reference.resource : undefined;
  const kind = KINDS.get(serviceIn(arn) ?? '');
  return { ...common, kind, arn, source, isFifo: kind === 'queue' ? isFifo(arn, source) : undefined };
}

function isEnabled(mapping: Resource): boolean {
  const value = mapping.value('Enabled');
  return value.kind === 'absent' || (value.kind === 'known' && [true, 'true'].includes(value.value as boolean | string));
}

const KINDS = new Map<string, MappedSource>([
  ['sqs', 'queue'], ['kinesis', 'data stream'], ['dynamodb', 'table stream'], ['kafka', 'Amazon MSK'], ['mq', 'broker'], ['rds', 'document database'],
]);

/** Only names of FIFO queues may have a period in them, and they end in `.fifo`. */
function isFifo(arn: Text, queue: Resource | undefined): boolean | undefined {
  const last = arn[arn.length - 1];
  if (typeof last === 'string' && (last.endsWith('.fifo') || literal(arn) !== undefined)) return last.endsWith('.fifo');
  if (queue?.type !== 'AWS::SQS::Queue') return undefined;
  const said = queue.value('FifoQueue');
  return said.kind === 'unknown' ? undefined : [true, 'true'].includes(valueOf(said) as boolean | string);
}

/** The queue that a mapping reads, if it is one of this app. */
export function queueOf({ kind, source }: Mapping): Resource | undefined {
  return kind === 'queue' && source?.type === 'AWS::SQS::Queue' ? source : undefined;
}

/** Whether a mapping reads a data stream as a consumer of its own, by enhanced fan-out, rather than sharing the stream with others. */
export function isFannedOut({ kind, arn }: Mapping): boolean {
  return kind === 'data stream' && arn !== undefined && isConsumer(arn);
}

/**
 * The shards of the data stream that a mapping reads, itself or by a consumer, if the stream is one of this app. A stream on demand
 * has as many as it happens to need, and that of a table as many as there are partitions.
 */
export function shardsOf({ kind, source }: Mapping): number | undefined {
  if (kind !== 'data stream') return undefined;
  const stream = source?.type === 'AWS::Kinesis::StreamConsumer' ? source.reference('StreamARN')?.resource : source;
  if (stream?.type !== 'AWS::Kinesis::Stream') return undefined;
  const mode = stream.text('StreamModeDetails.StreamMode');
  return mode.kind === 'absent' || valueOf(mode) === 'PROVISIONED' ? valueOf(stream.number('ShardCount')) : undefined;
}

/** Equal keys stand for the same source. */
export function sourceKeyOf({ arn, kind }: Mapping): string | undefined {
  return arn && kind ? keyOf(arn) : undefined;
}

/** A number of a resource, or that which applies where none is given; `undefined` if the deployment decides it. */
export function numberOr(resource: Resource, path: string, byDefault: number): number | undefined {
  const value = resource.number(path);
  return value.kind === 'absent' ? byDefault : valueOf(value);
}

/** The timeout of a function in seconds, if that is known. */
export function timeoutOf(fn: Resource): number | undefined {
  return numberOr(fn, 'Timeout', DEFAULT_TIMEOUT);
}
