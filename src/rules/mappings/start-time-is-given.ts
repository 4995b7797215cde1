import { ORDERS, STREAM, streamMapping } from './examples';
import { mappingsOf } from '../../model/mappings';
import { isThere } from '../../model/presence';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

export const startTimeIsGiven: Rule = {
  id: 'start-time-is-given',
  title: 'Mappings that start at a time say which',
  severity: 'fatal',
  why: 'Lambda refuses the mapping: "Need to specify a timestamp"',
  fix: 'set StartingPositionTimestamp, in seconds since 1970, or start at TRIM_HORIZON',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html',
  answers: ['Need to specify a timestamp (Service: AWSLambda; Status Code: 400; Error Code: InvalidParameterValueException'],
  since: '0.1.0',

  valid: [
    { title: 'a time', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping({ StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 1_760_000_000 }) } },
    { title: 'the oldest record', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping() } },
    { title: 'a time that a parameter says', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping({ StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: { Ref: 'Start' } }) } },
  ],
  invalid: [
    { title: 'no time', at: 'Mapping/Properties/StartingPositionTimestamp', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping({ StartingPosition: 'AT_TIMESTAMP' }) } },
  ],

  * check(app) {
    for (const { resource } of mappingsOf(app)) {
      if (valueOf(resource.value('StartingPosition')) !== 'AT_TIMESTAMP' || isThere(resource, 'StartingPositionTimestamp') !== false) continue;
      yield { resource, path: 'Properties/StartingPositionTimestamp', message: 'starting position timestamp must be given with AT_TIMESTAMP, got none' };
    }
  },
};
