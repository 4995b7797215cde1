import { mapping, msk, ORDERS, ownKafka, queue } from './examples';
import { isKafka, OF_PROVISIONED_MODE } from '../../limits/mapping-parameters';
import { Mapping, mappingsOf } from '../../model/mappings';
import { isThere } from '../../model/presence';
import type { Resource } from '../../model/resource';
import { valueOf } from '../../model/value';
import { Finding, Rule } from '../rule';

const POLLERS = { ProvisionedPollerConfig: { MinimumPollers: 1 } };
const REGISTRY = { AmazonManagedKafkaEventSourceConfig: { SchemaRegistryConfig: { SchemaRegistryURI: 'https://registry.example.com' } } };
const DESTINATION = 'DestinationConfig.OnFailure.Destination';

/** What a parameter says when it says nothing. */
const HARMLESS = ['false', '-1', ''];

/** A warning: that Lambda refuses it today was told of schema registries only, and not in which words. */
export const provisionedModeIsOn: Rule = {
  id: 'provisioned-mode-is-on',
  title: 'Mappings of Kafka have pollers where they use what only provisioned mode has',
  severity: 'warning',
  why: 'without provisioned mode, Lambda has no retries to bound, no partial batches, no schema registry and no logs for topics of Kafka: it refuses the mapping, or holds the partition until a failed batch expires',
  fix: 'set ProvisionedPollerConfig, for instance to one poller at least, which costs money as long as it is there; or take the parameter away',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html',
  since: '0.1.0',

  valid: [
    { title: 'retries, with pollers', resources: { Orders: ORDERS, Mapping: msk({ ...POLLERS, MaximumRetryAttempts: 5, BisectBatchOnFunctionError: true, ...REGISTRY }) } },
    { title: 'defaults, without pollers', resources: { Orders: ORDERS, Mapping: msk({ MaximumRetryAttempts: -1, BisectBatchOnFunctionError: false }) } },
    { title: 'a destination, which needs no pollers', resources: { Orders: ORDERS, Mapping: ownKafka({ DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:111122223333:failed' } } }) } },
    { title: 'pollers that a parameter says', resources: { Orders: ORDERS, Mapping: msk({ ProvisionedPollerConfig: { 'Fn::If': ['IsProd', { MinimumPollers: 1 }, { Ref: 'AWS::NoValue' }] }, MaximumRetryAttempts: 5 }) } },
    { title: 'as many retries as a parameter says', resources: { Orders: ORDERS, Mapping: msk({ MaximumRetryAttempts: { Ref: 'Retries' } }) } },
    { title: 'partial batches of a queue', resources: { Orders: ORDERS, Source: queue(), Mapping: mapping({ FunctionResponseTypes: ['ReportBatchItemFailures'] }) } },
  ],
  invalid: [
    { title: 'retries', at: 'Mapping/Properties/MaximumRetryAttempts', resources: { Orders: ORDERS, Mapping: msk({ MaximumRetryAttempts: 5 }) } },
    { title: 'partial batches', at: 'Mapping/Properties/FunctionResponseTypes', resources: { Orders: ORDERS, Mapping: ownKafka({ FunctionResponseTypes: ['ReportBatchItemFailures'] }) } },
    { title: 'logs', at: 'Mapping/Properties/LoggingConfig', resources: { Orders: ORDERS, Mapping: msk({ LoggingConfig: { SystemLogLevel: 'INFO' } }) } },
    { title: 'a schema registry', at: 'Mapping/Properties/AmazonManagedKafkaEventSourceConfig/SchemaRegistryConfig', resources: { Orders: ORDERS, Mapping: msk(REGISTRY) } },
    { title: 'a topic for what failed', at: 'Mapping/Properties/DestinationConfig/OnFailure/Destination', resources: { Orders: ORDERS, Mapping: msk({ DestinationConfig: { OnFailure: { Destination: 'kafka://failed' } } }) } },
  ],

  check: (app) => mappingsOf(app).flatMap(findingsIn),
};

function findingsIn({ resource, kind }: Mapping): Finding[] {
  if (!isKafka(kind) || isThere(resource, 'ProvisionedPollerConfig') !== false) return [];
  const used = [...OF_PROVISIONED_MODE.filter((path) => isSet(resource, path)), ...valueOf(resource.text(DESTINATION))?.startsWith('kafka://') ? [DESTINATION] : []];
  return used.map((path) => (
    { resource, path: `Properties/${path.replaceAll('.', '/')}`, message: `parameter ${path.split('.').pop()} must be left out without pollers of provisioned mode, got it` }
  ));
}

/** Objects say something even where the deployment decides what is in them. */
function isSet(resource: Resource, path: string): boolean {
  if (isThere(resource, path) !== true) return false;
  const value = resource.value(path);
  if (value.kind === 'known') return typeof value.value === 'object' ? Object.keys(value.value ?? {}).length > 0 : !HARMLESS.includes(String(value.value));
  const raw = valueOf(resource.raw(path));
  return typeof raw === 'object' && raw !== null && !Object.keys(raw).some((key) => key === 'Ref' || key.startsWith('Fn::'));
}
