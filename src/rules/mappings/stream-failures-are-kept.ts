import { mappingOf, MSK, onFailure, ORDERS, STREAM, streamMapping } from './examples';
import { READ_IN_ORDER } from '../../limits/mapping-parameters';
import { mappingsOf } from '../../model/mappings';
import { isThere } from '../../model/presence';
import type { Resource } from '../../model/resource';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const RETRIES = { MaximumRetryAttempts: 10 };

/** The limits after which a record is given up. */
const LIMITS = ['MaximumRetryAttempts', 'MaximumRecordAgeInSeconds'];

export const streamFailuresAreKept: Rule = {
  id: 'stream-failures-are-kept',
  title: 'Records of streams that are given up go to a destination',
  severity: 'warning',
  why: 'after the last retry, or when it is too old, Lambda goes on with the next record: without a destination nothing tells which ones were skipped',
  fix: 'set DestinationConfig.OnFailure: a bucket gets the records themselves, a queue or a topic where in the stream they are',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html',
  since: '0.1.0',

  valid: [
    { title: 'a destination', resources: { Orders: ORDERS, Source: STREAM, Failed: { Type: 'AWS::SQS::Queue' }, Mapping: streamMapping({ ...RETRIES, ...onFailure() }) } },
    { title: 'a destination that is there or not', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping({ ...RETRIES, DestinationConfig: { Ref: 'Destination' } }) } },
    { title: 'endless retries, of which another rule tells', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping() } },
  ],
  invalid: [
    { title: 'ten retries', at: 'Mapping/Properties/DestinationConfig', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping(RETRIES) } },
    { title: 'an hour, and a destination that is left out', at: 'Mapping/Properties/DestinationConfig', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping({ MaximumRecordAgeInSeconds: 3600, DestinationConfig: { OnFailure: { Destination: { Ref: 'AWS::NoValue' } } } }) } },
    { title: 'retries of records of Kafka', at: 'Mapping/Properties/DestinationConfig', resources: { Orders: ORDERS, Mapping: mappingOf(MSK, { StartingPosition: 'TRIM_HORIZON', Topics: ['orders'], ...RETRIES }) } },
  ],

  * check(app) {
    for (const { resource, kind } of mappingsOf(app)) {
      if (kind === undefined || !READ_IN_ORDER.has(kind)) continue;
      const limit = LIMITS.find((path) => (valueOf(resource.number(path)) ?? -1) >= 0);
      if (limit === undefined || mayHaveDestination(resource)) continue;
      yield { resource, path: 'Properties/DestinationConfig', message: `records that are given up after ${limit} must be kept by a destination, got none` };
    }
  },
};

/** Below something that is left out, nothing is. */
function mayHaveDestination(mapping: Resource): boolean {
  return ['DestinationConfig', 'DestinationConfig.OnFailure', 'DestinationConfig.OnFailure.Destination'].every((path) => isThere(mapping, path) !== false);
}
