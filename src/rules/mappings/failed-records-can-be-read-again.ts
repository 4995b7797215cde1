import { arnOf, onFailure, ORDERS, STREAM, streamMapping, TABLE } from './examples';
import { STREAM_RETENTION_HOURS } from '../../limits/stream-mapping';
import { Mapping, mappingsOf, numberOr } from '../../model/mappings';
import type { Resource } from '../../model/resource';
import { Rule } from '../rule';

const DESTINATION = 'DestinationConfig.OnFailure.Destination';
const AGE = 'MaximumRecordAgeInSeconds';
const RETRIES = { MaximumRetryAttempts: 10, ...onFailure() };
const FAILED = { Type: 'AWS::SQS::Queue' };

/** What is told in place of the records. */
const TOLD = new Set(['AWS::SQS::Queue', 'AWS::SNS::Topic']);

/** Records that are tried without end are another rule's. */
export const failedRecordsCanBeReadAgain: Rule = {
  id: 'failed-records-can-be-read-again',
  title: 'Records of streams are given up while they can still be read again',
  severity: 'warning',
  why: 'a queue or a topic is told where in the stream a record is, not the record: after an outage, what Lambda gives up is about to expire, or has',
  fix: 'set MaximumRecordAgeInSeconds to half of what the stream keeps, or less; or give a bucket as the destination, which gets the records',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html',
  since: '0.1.0',

  valid: [
    { title: 'half a day', resources: { Orders: ORDERS, Source: STREAM, Failed: FAILED, Mapping: streamMapping({ ...RETRIES, [AGE]: 43_200 }) } },
    { title: 'a day, of a stream that keeps records for a week', resources: { Orders: ORDERS, Source: { ...STREAM, Properties: { ShardCount: 1, RetentionPeriodHours: 168 } }, Failed: FAILED, Mapping: streamMapping({ ...RETRIES, [AGE]: 86_400 }) } },
    { title: 'an age that a parameter says', resources: { Orders: ORDERS, Source: STREAM, Failed: FAILED, Mapping: streamMapping({ ...RETRIES, [AGE]: { Ref: 'Age' } }) } },
    { title: 'a bucket', resources: { Orders: ORDERS, Source: STREAM, Failed: { Type: 'AWS::S3::Bucket' }, Mapping: streamMapping(RETRIES) } },
    { title: 'no destination, of which another rule tells', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping({ MaximumRetryAttempts: 10 }) } },
    { title: 'endless retries, of which another rule tells', resources: { Orders: ORDERS, Source: STREAM, Failed: FAILED, Mapping: streamMapping(onFailure()) } },
  ],
  invalid: [
    { title: 'ten retries, at whatever age', at: `Mapping/Properties/${AGE}`, resources: { Orders: ORDERS, Source: STREAM, Failed: FAILED, Mapping: streamMapping(RETRIES) } },
    { title: 'as old as a stream of a table keeps it', at: `Mapping/Properties/${AGE}`, resources: { Orders: ORDERS, Source: TABLE, Failed: FAILED, Mapping: streamMapping({ ...RETRIES, EventSourceArn: arnOf('Source', 'StreamArn'), [AGE]: '86400' }) } },
    { title: 'older than the stream keeps it', at: `Mapping/Properties/${AGE}`, resources: { Orders: ORDERS, Source: { ...STREAM, Properties: { ShardCount: 1, RetentionPeriodHours: 48 } }, Failed: FAILED, Mapping: streamMapping({ ...RETRIES, [AGE]: 200_000 }) } },
  ],

  * check(app) {
    for (const mapping of mappingsOf(app)) {
      const { resource } = mapping;
      const kept = retentionOf(mapping);
      const age = numberOr(resource, AGE, -1);
      if (!kept || age === undefined || !isTold(resource) || numberOr(resource, 'MaximumRetryAttempts', -1) === -1 && age === -1) continue;
      if (age !== -1 && (kept === 'unknown' || age < kept)) continue;
      const limit = kept === 'unknown' ? 'as the stream keeps them' : `the ${kept} seconds that the stream keeps them`;
      yield { resource, path: `Properties/${AGE}`, message: `maximum record age must be less than ${limit}, got ${age === -1 ? 'none' : age}` };
    }
  },
};

function isTold(mapping: Resource): boolean {
  return TOLD.has(mapping.reference(DESTINATION)?.resource.type ?? '');
}

/** In seconds. */
function retentionOf({ kind, source }: Mapping): number | 'unknown' | undefined {
  if (kind === 'table stream') return STREAM_RETENTION_HOURS * 3600;
  if (kind !== 'data stream') return undefined;
  const hours = source?.type === 'AWS::Kinesis::Stream' ? numberOr(source, 'RetentionPeriodHours', STREAM_RETENTION_HOURS) : undefined;
  return hours === undefined ? 'unknown' : hours * 3600;
}
