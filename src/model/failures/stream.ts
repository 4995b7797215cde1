import { namesFailures, Polled, polledBy, SERVICES } from './mapping';
import type { Words } from './pushed';
import { STREAM_RETENTION } from '../../limits/stream-retention';
import { numberOr } from '../mappings';
import { count, duration, placeAt } from '../naming';
import type { Resource } from '../resource';
import { valueOf } from '../value';

const DESTINATION = 'DestinationConfig.OnFailure.Destination';

interface Facts {
  /** What waits for a record: a shard, a partition. */
  readonly lane: string;
  /** Whether a queue or topic as a destination is told only where in the stream a record is. */
  readonly isTold: boolean;
  /** How often is tried again when nobody says it, and there is a destination. */
  readonly retriesIfKept?: number;
  /** What a record does that is too large. */
  readonly oversize: string;
}

const CUT = 'batches are cut at 6,291,456 bytes; what becomes of a record that is larger by itself, AWS does not say';

const FACTS: Readonly<Record<'stream' | 'kafka', Facts>> = {
  stream: { lane: 'shard', isTold: true, oversize: CUT },
  // https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure-destination.html
  kafka: { lane: 'partition', isTold: false, retriesIfKept: 10, oversize: CUT },
};

/**
 * What becomes of the records of a stream or topic, in words.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
 */
export function streamWords(mapping: Resource, polled: Extract<Polled, 'stream' | 'kafka'>): Words {
  const facts = FACTS[polled];
  const end = endOf(mapping, facts);
  const [retries, age] = [retriesOf(mapping, facts), ageOf(mapping, polled)];
  const halved = isHalved(mapping) ? 'halved, which is no retry, and ' : '';
  const until = [retries, age].filter((bound) => bound !== undefined).join(', ');
  const waits = `the ${facts.lane} waits meanwhile`;
  const dropped = polled === 'kafka' ? 'until the topic drops it' : `until the stream drops it, after ${keptFor(mapping)}`;
  const again = `the batch is ${halved}tried again ${until === '' ? dropped : until}; ${waits}; then ${end.then}`;
  return {
    onError: again,
    onTimeout: again,
    onThrottle: `tried again ${age ?? dropped}, which uses up no retries; ${waits}; then ${end.then}`,
    onOversize: facts.oversize,
    onPoisonRecord: `${poison(mapping)}; the ${facts.lane} waits until it is given up`,
    endsIn: end.endsIn,
  };
}

function poison(mapping: Resource): string {
  if (namesFailures(mapping)) return 'those before it in the batch are done with, if the function names it';
  return isHalved(mapping) ? 'halving parts it from the others of its batch, which are handed over more than once'
    : 'the others of its batch are tried and given up with it';
}

function isHalved(mapping: Resource): boolean {
  const halved = valueOf(mapping.value('BisectBatchOnFunctionError'));
  return halved === true || halved === 'true';
}

/** `undefined` for as long as the record is there. */
function retriesOf(mapping: Resource, { retriesIfKept }: Facts): string | undefined {
  const retries = mapping.number('MaximumRetryAttempts');
  if (retries.kind === 'unknown') return 'as often as the deployment decides';
  const given = retries.kind === 'known' && retries.value >= 0 ? retries.value : undefined;
  const most = given ?? (placeAt(mapping, DESTINATION).kind === 'known' ? retriesIfKept : undefined);
  return most === undefined ? undefined : `up to ${count(most, 'time')}`;
}

function ageOf(mapping: Resource, polled: Polled): string | undefined {
  const age = mapping.number('MaximumRecordAgeInSeconds');
  if (age.kind === 'unknown') return 'until it is as old as the deployment decides';
  if (age.kind === 'absent' || age.value < 0) return undefined;
  const isLonger = polled === 'stream' && isOfItsOwner(mapping) && age.value > STREAM_RETENTION * HOUR;
  return `until it is ${duration(age.value)} old${isLonger ? ', for which its owner has to have the stream keep it as long' : ''}`;
}

const HOUR = 3_600;

/** The data stream of this app that is read, itself or through a consumer. */
function streamOf(mapping: Resource): Resource | undefined {
  const source = mapping.reference('EventSourceArn')?.resource;
  return source?.type === 'AWS::Kinesis::StreamConsumer' ? source.reference('StreamARN')?.resource : source;
}

/** Whether a stream keeps records for as long as somebody else says. */
function isOfItsOwner(mapping: Resource): boolean {
  return streamOf(mapping)?.type !== 'AWS::Kinesis::Stream' && polledBy(mapping).service !== SERVICES.dynamodb[1];
}

function keptFor(mapping: Resource): string {
  const byDefault = duration(STREAM_RETENTION * HOUR);
  if (isOfItsOwner(mapping)) return `${byDefault} or what its owner says`;
  const stream = streamOf(mapping);
  const hours = stream?.type === 'AWS::Kinesis::Stream' ? numberOr(stream, 'RetentionPeriodHours', STREAM_RETENTION) : STREAM_RETENTION;
  return hours === undefined ? 'as long as the deployment decides' : duration(hours * HOUR);
}

function endOf(mapping: Resource, { isTold }: Facts): { readonly endsIn: string; readonly then: string } {
  const destination = placeAt(mapping, DESTINATION);
  if (destination.kind === 'absent') return { endsIn: 'lost: the mapping has no on-failure destination', then: 'it is skipped, and lost' };
  if (destination.kind === 'unknown') return { endsIn: 'not known: the deployment decides whether there is a destination', then: 'it is skipped' };
  const isBucket = mapping.reference(DESTINATION)?.resource.type === 'AWS::S3::Bucket' || valueOf(mapping.text(DESTINATION))?.includes(':s3:');
  const kept = isOfItsOwner(mapping) ? '; how long it is there, its owner says' : '';
  const what = isTold && !isBucket ? `, which is told where in the stream it is, not the record${kept}` : '';
  return { endsIn: `${destination.value}, the on-failure destination${what}`, then: `it is skipped, and reported to ${destination.value}` };
}
