import { mappingOf, MSK, ORDERS, STREAM, streamMapping } from './examples';
import { mappingsOf } from '../../model/mappings';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const LATEST = { StartingPosition: 'LATEST' };

export const streamStartMissesNothing: Rule = {
  id: 'stream-start-misses-nothing',
  title: 'Streams are read from a place that is not the latest record',
  severity: 'warning',
  why: 'it takes minutes until a new mapping polls, and a minute and a half until a changed one does again: what is written meanwhile is before the latest record, and is never read',
  fix: 'start at TRIM_HORIZON, or at a time (AT_TIMESTAMP); for a mapping that is deployed already, this makes a new one, which reads again what is in the stream',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html',
  since: '0.1.0',

  valid: [
    { title: 'the oldest record', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping() } },
    { title: 'a time', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping({ StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 1_760_000_000 }) } },
    { title: 'where a parameter says', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping({ StartingPosition: { Ref: 'Start' } }) } },
  ],
  invalid: [
    { title: 'the latest record', at: 'Mapping/Properties/StartingPosition', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping(LATEST) } },
    { title: 'the latest record of a topic', at: 'Mapping/Properties/StartingPosition', resources: { Orders: ORDERS, Mapping: mappingOf(MSK, { ...LATEST, Topics: ['orders'] }) } },
  ],

  * check(app) {
    for (const { resource, kind } of mappingsOf(app)) {
      if (kind === undefined || kind === 'queue' || kind === 'broker' || valueOf(resource.value('StartingPosition')) !== 'LATEST') continue;
      yield { resource, path: 'Properties/StartingPosition', message: 'starting position must be TRIM_HORIZON or AT_TIMESTAMP for records written during deployments to be read, got LATEST' };
    }
  },
};
