import { arnOf, ORDERS, STREAM, streamMapping, TABLE } from './examples';
import { Mapping, mappingsOf } from '../../model/mappings';
import { isThere } from '../../model/presence';
import { valueOf } from '../../model/value';
import { Finding, Rule } from '../rule';

const AT = { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 1_760_000_000 };

export const startTimeIsOfUse: Rule = {
  id: 'start-time-is-of-use',
  title: 'Mappings start at a time where the source can, and say so',
  severity: 'fatal',
  why: 'Lambda refuses the mapping: a time is valid with AT_TIMESTAMP only, and streams of tables start at TRIM_HORIZON or LATEST',
  fix: 'set StartingPosition to AT_TIMESTAMP, or take the timestamp away; for tables, start at TRIM_HORIZON',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html',
  answers: [
    'Unsupported starting position for arn type: arn:<partition>:dynamodb:<region>:111111111111:table/<table-name>/stream/<stream-name>',
    'Timestamp only valid with StartingPosition AT_TIMESTAMP',
  ],
  since: '0.1.0',

  valid: [
    { title: 'a time', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping(AT) } },
    { title: 'the oldest record of a table', resources: { Orders: ORDERS, Source: TABLE, Mapping: streamMapping({ EventSourceArn: arnOf('Source', 'StreamArn') }) } },
    { title: 'a position that a parameter says', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping({ ...AT, StartingPosition: { Ref: 'Start' } }) } },
  ],
  invalid: [
    { title: 'a time with another position', at: 'Mapping/Properties/StartingPositionTimestamp', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping({ ...AT, StartingPosition: 'LATEST' }) } },
    { title: 'a time in the stream of a table', at: 'Mapping/Properties/StartingPosition', resources: { Orders: ORDERS, Source: TABLE, Mapping: streamMapping({ EventSourceArn: arnOf('Source', 'StreamArn'), ...AT }) } },
  ],

  check: (app) => mappingsOf(app).flatMap(findingsIn),
};

/** What has no starting position has no time either, of which another rule tells. */
function findingsIn({ resource, kind }: Mapping): Finding[] {
  if (kind === 'queue' || kind === 'broker') return [];
  const position = valueOf(resource.value('StartingPosition'));
  if (kind === 'table stream' && position === 'AT_TIMESTAMP') {
    return [{ resource, path: 'Properties/StartingPosition', message: 'starting position in the stream of a table must be TRIM_HORIZON or LATEST, got AT_TIMESTAMP' }];
  }
  if ((position !== 'LATEST' && position !== 'TRIM_HORIZON') || isThere(resource, 'StartingPositionTimestamp') !== true) return [];
  return [{ resource, path: 'Properties/StartingPositionTimestamp', message: `starting position timestamp must be left out but for AT_TIMESTAMP, got one with ${position}` }];
}
