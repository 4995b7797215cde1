import { ORDERS, STREAM, streamMapping } from './examples';
import { STREAM_RECORD_AGE } from '../../limits/stream-mapping';
import { mappingsOf } from '../../model/mappings';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

export const recordAgeIsAMinuteOrMore: Rule = {
  id: 'record-age-is-a-minute-or-more',
  title: 'Records of streams are given up when they are a minute old, or later',
  severity: 'fatal',
  why: 'Lambda refuses the mapping: less than 60 seconds is within the range of the parameter, and not allowed',
  fix: 'set MaximumRecordAgeInSeconds to 60 or more, or to -1 for as long as the stream keeps the record',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html',
  answers: ['MaximumRecordAgeInSeconds must be either -1 (forever) or between 60 and 604800 (inclusive)'],
  since: '0.1.0',

  valid: [
    { title: 'a minute', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping({ MaximumRecordAgeInSeconds: 60 }) } },
    { title: 'the life of the record', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping({ MaximumRecordAgeInSeconds: -1 }) } },
    { title: 'no age', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping() } },
    { title: 'an age that a parameter says', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping({ MaximumRecordAgeInSeconds: { Ref: 'Age' } }) } },
  ],
  invalid: [
    { title: 'nothing', at: 'Mapping/Properties/MaximumRecordAgeInSeconds', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping({ MaximumRecordAgeInSeconds: 0 }) } },
    { title: '59 seconds', at: 'Mapping/Properties/MaximumRecordAgeInSeconds', resources: { Orders: ORDERS, Source: STREAM, Mapping: streamMapping({ MaximumRecordAgeInSeconds: '59' }) } },
  ],

  * check(app) {
    for (const { resource } of mappingsOf(app)) {
      const age = valueOf(resource.number('MaximumRecordAgeInSeconds'));
      if (age === undefined || age < 0 || age >= STREAM_RECORD_AGE.min) continue;
      yield { resource, path: 'Properties/MaximumRecordAgeInSeconds', message: `maximum record age must be -1, or ${STREAM_RECORD_AGE.min} to ${STREAM_RECORD_AGE.max} seconds, got ${age}` };
    }
  },
};
