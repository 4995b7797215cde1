import { arnOf, mappingOf, MSK, onFailure, ORDERS, STREAM, streamMapping, TABLE } from './examples';
import { READ_IN_ORDER } from '../../limits/mapping-parameters';
import { DEFAULT_BATCH_SIZE } from '../../limits/scaling';
import { Mapping, mappingsOf, numberOr } from '../../model/mappings';
import { isThere } from '../../model/presence';
import type { Resource } from '../../model/resource';
import type { JsonObject } from '../../model/template';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const RETRIES = { MaximumRetryAttempts: 10 };
const HALVED = 'BisectBatchOnFunctionError';
const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
const AT = `Mapping/Properties/${HALVED}`;

function read(properties: JsonObject): JsonObject {
  return { Orders: ORDERS, Source: STREAM, Mapping: streamMapping(properties) };
}

function topic(properties: JsonObject): JsonObject {
  return { Orders: ORDERS, Mapping: mappingOf(MSK, { StartingPosition: 'TRIM_HORIZON', Topics: ['orders'], ...properties }) };
}

const POLLERS = { ProvisionedPollerConfig: { MinimumPollers: 1 } };

/** Where retries have no end, another rule tells. Kafka is read like this with pollers of its own only. */
export const badRecordsFailAlone: Rule = {
  id: 'bad-records-fail-alone',
  title: 'A record that fails does not take its batch with it',
  severity: 'warning',
  why: 'Lambda tries a batch again as a whole and gives it up as a whole: one bad record makes it lose the good ones beside it, up to 99 of 100 by default',
  fix: 'set BisectBatchOnFunctionError, which costs no retries; or report the records that failed (FunctionResponseTypes: ReportBatchItemFailures), if the function returns them',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html',
  since: '0.1.0',

  valid: [
    { title: 'batches that are halved', resources: read({ ...RETRIES, [HALVED]: true }) },
    { title: 'a function that reports what failed', resources: read({ ...RETRIES, ...REPORTS }) },
    { title: 'batches of one', resources: read({ ...RETRIES, BatchSize: 1 }) },
    { title: 'endless retries, of which another rule tells', resources: read({}) },
    { title: 'batches that are halved or not', resources: read({ ...RETRIES, [HALVED]: { 'Fn::If': ['IsProd', true, { Ref: 'AWS::NoValue' }] } }) },
    { title: 'a function that reports what a parameter says', resources: read({ ...RETRIES, FunctionResponseTypes: { Ref: 'Types' } }) },
    { title: 'as many retries as a parameter says', resources: read({ MaximumRetryAttempts: { Ref: 'Retries' } }) },
    { title: 'batches of a size that a parameter says', resources: read({ ...RETRIES, BatchSize: { Ref: 'Size' } }) },
    { title: 'a topic that is read without pollers, of which none of this is known', resources: topic(RETRIES) },
    { title: 'a topic, with endless retries', resources: topic(POLLERS) },
    { title: 'a queue', resources: { ...read(RETRIES), Source: { Type: 'AWS::SQS::Queue' } } },
  ],
  invalid: [
    { title: 'ten retries', at: AT, resources: read(RETRIES) },
    { title: 'no retries of small batches', at: AT, resources: read({ MaximumRetryAttempts: 0, BatchSize: '2', [HALVED]: false, FunctionResponseTypes: [] }) },
    { title: 'an hour, for a table', at: AT, resources: { Orders: ORDERS, Source: TABLE, Mapping: streamMapping({ EventSourceArn: arnOf('Source', 'StreamArn'), MaximumRecordAgeInSeconds: 3600, FunctionResponseTypes: { Ref: 'AWS::NoValue' } }) } },
    { title: 'ten retries of records of Kafka', at: AT, resources: topic({ ...POLLERS, ...RETRIES }) },
    { title: 'a destination for records of Kafka, after ten retries', at: AT, resources: topic({ ...POLLERS, ...onFailure('arn:aws:sqs:eu-west-1:111122223333:failed') }) },
  ],

  * check(app) {
    for (const mapping of mappingsOf(app)) {
      const { resource } = mapping;
      const size = numberOr(resource, 'BatchSize', DEFAULT_BATCH_SIZE.others);
      if (size === undefined || size <= 1 || !isGivenUp(mapping) || mayBeTakenApart(resource)) continue;
      yield { resource, path: `Properties/${HALVED}`, message: `batches of up to ${size} records that are given up must be halved or reported in part, got neither` };
    }
  },
};

/** Whether records are given up some time before they expire. With a destination, Kafka's are after ten retries. */
function isGivenUp({ resource, kind }: Mapping): boolean {
  if (kind === undefined || !READ_IN_ORDER.has(kind)) return false;
  const isBounded = ['MaximumRetryAttempts', 'MaximumRecordAgeInSeconds'].some((path) => (valueOf(resource.number(path)) ?? -1) >= 0);
  if (kind === 'data stream' || kind === 'table stream') return isBounded;
  return isThere(resource, 'ProvisionedPollerConfig') === true && (isBounded || isThere(resource, 'DestinationConfig.OnFailure.Destination') === true);
}

/** Below something that is left out, nothing is; what the deployment decides may be either. */
function mayBeTakenApart(resource: Resource): boolean {
  const halved = resource.value(HALVED);
  if (halved.kind !== 'absent' && !(halved.kind === 'known' && [false, 'false'].includes(halved.value as boolean | string))) return true;
  const types = resource.list('FunctionResponseTypes');
  return types.kind === 'unknown' || (types.kind === 'known' && types.value.length > 0);
}
