import { onFailure, ORDERS, STREAM, streamMapping, TABLE } from './examples';
import { Mapping, mappingsOf, numberOr } from '../../model/mappings';
import { Rule } from '../rule';

const INFINITE = -1;
const OF_TABLE = { EventSourceArn: { 'Fn::GetAtt': ['Source', 'StreamArn'] } };

/** Neither halving a batch nor a destination ends it: both only work towards the end that this mapping does not have. */
export const streamRetriesAreBounded: Rule = {
  id: 'stream-retries-are-bounded',
  title: 'Records of streams are given up some time before the stream drops them',
  severity: 'warning',
  why: 'a record for which the function always fails keeps its shard waiting until the record expires, after a day or more, and those behind it expire with it',
  fix: 'set MaximumRetryAttempts, or MaximumRecordAgeInSeconds, or both; halve batches (BisectBatchOnFunctionError), and keep what failed (DestinationConfig)',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html',
  since: '0.1.0',

  valid: [
    { title: 'ten retries', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping({ MaximumRetryAttempts: 10 }) } },
    { title: 'no retries', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping({ MaximumRetryAttempts: 0 }) } },
    { title: 'an hour', resources: { Orders: ORDERS, Source: TABLE, Mapping: streamMapping({ ...OF_TABLE, MaximumRecordAgeInSeconds: 3600 }) } },
    { title: 'as often as a parameter says', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping({ MaximumRetryAttempts: { Ref: 'Retries' } }) } },
    { title: 'a queue', resources: { Orders: ORDERS, Source: { Type: 'AWS::SQS::Queue' }, Mapping: streamMapping() } },
  ],
  invalid: [
    { title: 'the defaults', at: 'Mapping/Properties/MaximumRetryAttempts', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping() } },
    { title: 'the defaults, for a table', at: 'Mapping/Properties/MaximumRetryAttempts', resources: { Orders: ORDERS, Source: TABLE, Mapping: streamMapping(OF_TABLE) } },
    { title: 'endless retries that are asked for, halved and with a destination', at: 'Mapping/Properties/MaximumRetryAttempts', resources: { Orders: ORDERS, Source: STREAM, Failed: { Type: 'AWS::SQS::Queue' }, Mapping: streamMapping({ MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: '-1', BisectBatchOnFunctionError: true, ...onFailure() }) } },
  ],

  * check(app) {
    for (const mapping of mappingsOf(app)) {
      if (!isStream(mapping) || boundsOf(mapping).some((bound) => bound !== INFINITE)) continue;
      const { resource, kind } = mapping;
      yield { resource, path: 'Properties/MaximumRetryAttempts', message: `retries of records of a ${kind} must be bounded by a number or an age, got as many as fit in the life of the record` };
    }
  },
};

function isStream({ kind }: Mapping): boolean {
  return kind === 'data stream' || kind === 'table stream';
}

function boundsOf({ resource }: Mapping): (number | undefined)[] {
  return ['MaximumRetryAttempts', 'MaximumRecordAgeInSeconds'].map((path) => numberOr(resource, path, INFINITE));
}
