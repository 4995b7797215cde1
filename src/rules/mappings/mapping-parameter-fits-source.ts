import { BROKER, DOCUMENTS, mapping, mappingOf, MSK, onFailure, ORDERS, queue, STREAM, streamMapping } from './examples';
import { PLURALS, WITH_ARTICLE } from './words';
import { MAPPING_PARAMETERS, MappedSource, MappingParameter } from '../../limits/mapping-parameters';
import { mappingsOf } from '../../model/mappings';
import { isThere } from '../../model/presence';
import type { Resource } from '../../model/resource';
import { intrinsic, isObject, isTransformed, Json } from '../../model/template';
import { Value } from '../../model/value';
import { Rule } from '../rule';

const OF_QUEUE = { Orders: ORDERS, Source: queue() };
const OF_STREAM = { Orders: ORDERS, Source: STREAM };
const CONFIGURED = { DocumentDBEventSourceConfig: { DatabaseName: 'shop' }, StartingPosition: 'TRIM_HORIZON' };

export const mappingParameterFitsSource: Rule = {
  id: 'mapping-parameter-fits-source',
  title: 'Mappings have the parameters of their source, and no others',
  severity: 'fatal',
  why: 'Lambda refuses a mapping with a parameter of other sources: "Unsupported DestinationConfig parameter for given event source mapping type."',
  fix: 'take the parameter away; for queues, retries and failures are those of the redrive policy of the queue',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html',
  answers: [
    'Unsupported DestinationConfig parameter for given event source mapping type.',
    "Unsupported 'maximumRetryAttempts' parameter for given event source mapping type.",
    'Unsupported MaximumRetryAttempts parameter for given event source mapping type.',
    'Unsupported MaximumRecordAgeInSeconds parameter for given event source mapping type.',
    'Unsupported BisectBatchOnFunctionError parameter for given event source mapping type.',
    'Unsupported ParallelizationFactor parameter for given event source mapping type.',
    'Unsupported TumblingWindowInSeconds parameter for given event source mapping type.',
    "Unsupported 'functionResponseTypes' parameter for given event source mapping type.",
    'Unsupported ScalingConfig parameter for given event source mapping type.',
    'Unsupported ProvisionedPollerConfig parameter for given event source mapping type.',
    'Unsupported LoggingConfig parameter for given event source mapping type.',
    "Unsupported 'startingPosition' parameter for given event source mapping type.",
    "Unsupported 'startingPositionTimestamp' parameter for given event source mapping type.",
    'Timestamp is not valid for SQS event sources.',
    'StartingPosition is not valid for SQS event sources.',
  ],
  since: '0.1.0',

  valid: [
    { title: 'all of a queue', resources: { ...OF_QUEUE, Mapping: mapping({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 5 } }) } },
    { title: 'all of a stream', resources: { ...OF_STREAM, Mapping: streamMapping({ ...onFailure('arn:aws:sqs:eu-west-1:111122223333:failed'), BisectBatchOnFunctionError: true, MaximumRetryAttempts: 5, MaximumRecordAgeInSeconds: 60, ParallelizationFactor: 2, TumblingWindowInSeconds: 5, FunctionResponseTypes: ['ReportBatchItemFailures'] }) } },
    { title: 'retries and pollers of Kafka', resources: { Orders: ORDERS, Mapping: mappingOf(MSK, { StartingPosition: 'LATEST', Topics: ['orders'], MaximumRetryAttempts: 5, ProvisionedPollerConfig: { MinimumPollers: 1 } }) } },
    { title: 'defaults, which change nothing', resources: { ...OF_QUEUE, Mapping: mapping({ BisectBatchOnFunctionError: false, MaximumRetryAttempts: -1, TumblingWindowInSeconds: 0, FunctionResponseTypes: [] }) } },
    { title: 'a source that a parameter names', resources: { Orders: ORDERS, Mapping: mapping({ EventSourceArn: { Ref: 'Arn' }, StartingPosition: 'LATEST', ScalingConfig: { MaximumConcurrency: 5 } }) } },
    { title: 'a parameter that is left out', resources: { ...OF_QUEUE, Mapping: mapping({ StartingPosition: { Ref: 'AWS::NoValue' }, ParallelizationFactor: { 'Fn::If': ['IsStream', 2, { Ref: 'AWS::NoValue' }] } }) } },
  ],
  invalid: [
    { title: 'a starting position in a queue', at: 'Mapping/Properties/StartingPosition', resources: { ...OF_QUEUE, Mapping: mapping({ StartingPosition: 'LATEST' }) } },
    { title: 'retries of a queue', at: 'Mapping/Properties/MaximumRetryAttempts', resources: { ...OF_QUEUE, Mapping: mapping({ MaximumRetryAttempts: 2 }) } },
    { title: 'a destination for messages of a queue', at: 'Mapping/Properties/DestinationConfig/OnFailure', resources: { ...OF_QUEUE, Failed: queue(), Mapping: mapping(onFailure()) } },
    { title: 'halved batches of a queue of another app', at: 'Mapping/Properties/BisectBatchOnFunctionError', resources: { Orders: ORDERS, Mapping: mappingOf('sqs:${AWS::Region}:${AWS::AccountId}:orders', { BisectBatchOnFunctionError: true }) } },
    { title: 'shards of a topic', at: 'Mapping/Properties/ParallelizationFactor', resources: { Orders: ORDERS, Mapping: mappingOf(MSK, { StartingPosition: 'LATEST', Topics: ['orders'], ParallelizationFactor: 2 }) } },
    { title: 'a tumbling window of a broker', at: 'Mapping/Properties/TumblingWindowInSeconds', resources: { Orders: ORDERS, Mapping: mappingOf(BROKER, { Queues: ['orders'], TumblingWindowInSeconds: 60 }) } },
    { title: 'concurrency of a stream', at: 'Mapping/Properties/ScalingConfig/MaximumConcurrency', resources: { ...OF_STREAM, Mapping: streamMapping({ ScalingConfig: { MaximumConcurrency: 5 } }) } },
    { title: 'pollers of a stream', at: 'Mapping/Properties/ProvisionedPollerConfig', resources: { ...OF_STREAM, Mapping: streamMapping({ ProvisionedPollerConfig: { MinimumPollers: 2 } }) } },
    { title: 'a starting position of a broker', at: 'Mapping/Properties/StartingPosition', resources: { Orders: ORDERS, Mapping: mappingOf(BROKER, { Queues: ['orders'], StartingPosition: 'TRIM_HORIZON' }) } },
    { title: 'a starting time in a queue', at: 'Mapping/Properties/StartingPositionTimestamp', resources: { ...OF_QUEUE, Mapping: mapping({ StartingPositionTimestamp: 1_760_000_000 }) } },
    { title: 'logs of what polls a queue', at: 'Mapping/Properties/LoggingConfig', resources: { ...OF_QUEUE, Mapping: mapping({ LoggingConfig: { SystemLogLevel: 'INFO' } }) } },
    { title: 'partial batches of a change stream', at: 'Mapping/Properties/FunctionResponseTypes', resources: { Orders: ORDERS, Mapping: mappingOf(DOCUMENTS, { ...CONFIGURED, FunctionResponseTypes: ['ReportBatchItemFailures'] }) } },
  ],

  * check(app) {
    for (const { resource, kind } of mappingsOf(app)) {
      if (kind === undefined) continue;
      for (const parameter of MAPPING_PARAMETERS) {
        if (parameter.sources.has(kind) || !isSet(resource, parameter)) continue;
        yield { resource, path: `Properties/${parameter.path.replaceAll('.', '/')}`, message: messageOf(parameter, kind) };
      }
    }
  },
};

/** Whether a parameter surely says something: objects do, even where the deployment decides what is in them. */
function isSet(resource: Resource, { path, harmless }: MappingParameter): boolean {
  if (isThere(resource, path) !== true) return false;
  const value = resource.value(path);
  if (value.kind !== 'known') return value.kind === 'unknown' && isPlainObject(resource.raw(path));
  if (typeof value.value === 'object') return Object.keys(value.value ?? {}).length > 0;
  return value.value !== '' && !harmless.some((one) => String(one) === String(value.value));
}

function isPlainObject(raw: Value<Json>): boolean {
  return raw.kind === 'known' && isObject(raw.value) && !intrinsic(raw.value) && !isTransformed(raw.value);
}

function messageOf({ path, sources }: MappingParameter, kind: MappedSource): string {
  return `parameter ${path.split('.')[0]} must be left out but for ${[...sources].map((source) => PLURALS[source]).join(', ')}, got it for a source that is ${WITH_ARTICLE[kind]}`;
}
