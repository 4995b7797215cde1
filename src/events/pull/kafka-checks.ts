import { checkFilterPatterns, checkFilters } from './filter-checks';
import { KafkaMappingOptions } from './kafka-options';
import { RECORD_FILTERS } from './stream-mapping';
import { checkStreamStart } from './stream-start';
import {
  BROKERS, CONSUMER_GROUP, DEFAULT_KAFKA_POLLERS, KAFKA_MAXIMUM_POLLERS, KAFKA_MINIMUM_POLLERS, KAFKA_RETRY_ATTEMPTS, TOPIC, TOPIC_DESTINATION,
} from '../../limits/kafka-mapping';
import { STREAM_BATCH_SIZE, STREAM_BATCHING_WINDOW, STREAM_RECORD_AGE, STREAM_RETRIES } from '../../limits/stream-mapping';
import { checkSeconds, checkWholeNumber } from '../../support/checks';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** What Lambda takes in provisioned mode alone. */
const PROVISIONED: readonly (keyof KafkaMappingOptions)[] = [
  'bisectBatchOnError', 'retryAttempts', 'maxRecordAge', 'reportBatchItemFailures', 'schemaRegistryConfig', 'logLevel',
];

/** Refuses what no topic takes. A cluster is no construct of the CDK, so there is no path to name. */
export function checkKafkaMapping(options: KafkaMappingOptions): void {
  checkNames(options);
  checkStreamStart(undefined, options);
  checkWholeNumber(undefined, options.batchSize, STREAM_BATCH_SIZE, { code: 'KafkaBatchSizeOutOfRange', property: 'batchSize', fix: 'leave it out for 100' });
  checkSeconds(undefined, options.maxBatchingWindow, STREAM_BATCHING_WINDOW, {
    code: 'KafkaBatchingWindowOutOfRange', property: 'maxBatchingWindow', fix: 'Lambda gathers records for at most 5 minutes',
  });
  checkFilters(undefined, options, RECORD_FILTERS);
  checkFilterPatterns(undefined, 'kafka', options.filters);
  checkProvisioned(options);
  checkPollers(options);
  checkWholeNumber(undefined, options.retryAttempts, STREAM_RETRIES, {
    code: 'KafkaRetriesOutOfRange', property: 'retryAttempts', fix: `leave it out for ${KAFKA_RETRY_ATTEMPTS}`,
  });
  checkSeconds(undefined, options.maxRecordAge, STREAM_RECORD_AGE, {
    code: 'KafkaRecordAgeOutOfRange', property: 'maxRecordAge', fix: 'leave it out for as long as the topic keeps records',
  });
}

/** The topic that is told of failures, if it is a topic and may be that. */
export function failedTopic(destination: string, { topic, provisionedPollerConfig }: KafkaMappingOptions): string | undefined {
  if (!isKnown(destination) || !destination.startsWith(TOPIC_DESTINATION)) return undefined;
  const failed = destination.slice(TOPIC_DESTINATION.length);
  const at = { property: 'onFailure', got: destination };
  if (!provisionedPollerConfig) {
    throw mistake(undefined, {
      ...at, code: 'KafkaTopicNeedsProvisionedMode', allowed: "a queue, a topic of Amazon SNS or a bucket without 'provisionedPollerConfig'", fix: "set 'provisionedPollerConfig'",
    });
  }
  if (failed === topic) throw mistake(undefined, { ...at, code: 'KafkaFailsIntoItself', allowed: 'another topic than is read', fix: 'make a topic for what failed' });
  return failed;
}

/** Refuses brokers that Lambda cannot find, and those of the internet without a login. */
export function checkBrokers(servers: readonly string[], isReachable: boolean): void {
  const at = { property: 'bootstrapServers' };
  if (!isReachable) {
    throw mistake(undefined, {
      code: 'KafkaNeedsLogin', property: 'authentication', allowed: "given without a 'network'", got: undefined, fix: 'brokers in the internet want to know who reads',
    });
  }
  if (servers.length < 1 || servers.length > BROKERS.max) {
    throw mistake(undefined, { ...at, code: 'KafkaBrokersOutOfRange', allowed: `1 to ${BROKERS.max} brokers`, got: servers.length, fix: 'name some: these know the others' });
  }
  const wrong = servers.find((server) => isKnown(server) && (server.length > BROKERS.maxLength || !BROKERS.pattern.test(server)));
  if (wrong !== undefined) throw mistake(undefined, { ...at, code: 'KafkaBrokerMalformed', allowed: "'host:port'", got: wrong, fix: 'name each broker by itself, without a protocol' });
}

function checkNames({ topic, consumerGroupId }: KafkaMappingOptions): void {
  if (isKnown(topic) && (topic.length > TOPIC.maxLength || !TOPIC.pattern.test(topic))) {
    throw mistake(undefined, {
      code: 'KafkaTopicMalformed',
      property: 'topic',
      allowed: `2 to ${TOPIC.maxLength} letters, digits, '.', '_' and '-', and no dot at the start`,
      got: topic,
      fix: 'give the name of one topic',
    });
  }
  if (isKnown(consumerGroupId) && (consumerGroupId.length > CONSUMER_GROUP.maxLength || !CONSUMER_GROUP.pattern.test(consumerGroupId))) {
    throw mistake(undefined, {
      code: 'KafkaConsumerGroupMalformed',
      property: 'consumerGroupId',
      allowed: `1 to ${CONSUMER_GROUP.maxLength} letters, digits and characters of '-/*:_+=.@'`,
      got: consumerGroupId,
      fix: 'leave it out for one that Lambda makes',
    });
  }
}

function checkProvisioned(options: KafkaMappingOptions): void {
  if (options.provisionedPollerConfig) return;
  const property = PROVISIONED.find((name) => options[name] !== undefined && options[name] !== false);
  if (property === undefined) return;
  const value = options[property];
  throw mistake(undefined, {
    code: 'KafkaNeedsProvisionedMode',
    property,
    allowed: "left out without 'provisionedPollerConfig'",
    got: typeof value === 'object' ? 'a value' : value,
    fix: "set 'provisionedPollerConfig', for instance to { minimumPollers: 1 }: without it Lambda tries a batch until it succeeds or expires",
  });
}

function checkPollers({ provisionedPollerConfig = {} }: KafkaMappingOptions): void {
  const { minimumPollers, maximumPollers } = provisionedPollerConfig;
  const property = 'provisionedPollerConfig';
  checkWholeNumber(undefined, minimumPollers, KAFKA_MINIMUM_POLLERS, { code: 'KafkaPollersOutOfRange', property: `${property}.minimumPollers`, fix: 'leave it out for 1' });
  checkWholeNumber(undefined, maximumPollers, KAFKA_MAXIMUM_POLLERS, { code: 'KafkaPollersOutOfRange', property: `${property}.maximumPollers`, fix: 'leave it out for 200' });
  const { minimum, maximum } = DEFAULT_KAFKA_POLLERS;
  const [from, to] = [minimumPollers ?? minimum, maximumPollers ?? maximum];
  if (!isKnown(from) || !isKnown(to) || from <= to) return;
  throw mistake(undefined, {
    code: 'KafkaPollersContradict', property: `${property}.maximumPollers`, allowed: `at least 'minimumPollers' (${from})`, got: to, fix: 'raise it, or lower the minimum',
  });
}
