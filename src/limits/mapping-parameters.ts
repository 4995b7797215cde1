/** What Lambda polls, in the words of messages. */
export type MappedSource = 'queue' | 'data stream' | 'table stream' | 'Amazon MSK' | 'self-managed Kafka' | 'broker' | 'document database';

const STREAMS = ['data stream', 'table stream'] as const;
const KAFKA = ['Amazon MSK', 'self-managed Kafka'] as const;

/** Sources that are read in order, where a record that fails is in the way of those behind it. */
export const READ_IN_ORDER: ReadonlySet<MappedSource> = new Set([...STREAMS, ...KAFKA]);

/** Whether it is a topic of Kafka, whoever runs the cluster. */
export function isKafka(kind: MappedSource | undefined): boolean {
  return kind === 'Amazon MSK' || kind === 'self-managed Kafka';
}

/** A parameter of mappings that some sources do not have. */
export interface MappingParameter {
  /** Its path in the template, e.g. `DestinationConfig.OnFailure`. */
  readonly path: string;

  /** The sources that have it. */
  readonly sources: ReadonlySet<MappedSource>;

  /** Values that change nothing, so that nobody can say whether Lambda refuses them. */
  readonly harmless: readonly (string | number | boolean)[];
}

/**
 * Which parameters are of which sources. Of others Lambda refuses them, each in words like `Unsupported ScalingConfig parameter for given
 * event source mapping type.`: people saw it for each of these parameters, and for queues, streams, topics of Kafka and brokers. Document
 * databases are refused as `Invalid parameters: filterCriteria`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export const MAPPING_PARAMETERS: readonly MappingParameter[] = [
  parameter('StartingPosition', [...STREAMS, ...KAFKA, 'document database']),
  parameter('StartingPositionTimestamp', [...STREAMS, ...KAFKA, 'document database']),
  parameter('BisectBatchOnFunctionError', [...STREAMS, ...KAFKA], [false, 'false']),
  parameter('MaximumRetryAttempts', [...STREAMS, ...KAFKA], [-1]),
  parameter('MaximumRecordAgeInSeconds', [...STREAMS, ...KAFKA], [-1]),
  parameter('DestinationConfig.OnFailure', [...STREAMS, ...KAFKA]),
  parameter('ParallelizationFactor', STREAMS, [1]),
  parameter('TumblingWindowInSeconds', STREAMS, [0]),
  parameter('FunctionResponseTypes', ['queue', ...STREAMS, ...KAFKA]),
  parameter('ScalingConfig.MaximumConcurrency', ['queue']),
  parameter('ProvisionedPollerConfig', ['queue', ...KAFKA]),
  parameter('LoggingConfig', KAFKA),
];

function parameter(path: string, sources: readonly MappedSource[], harmless: MappingParameter['harmless'] = []): MappingParameter {
  return { path, sources: new Set(sources), harmless };
}

/** A parameter that a mapping of a source cannot do without. */
export interface NeededParameter {
  readonly path: string;
  readonly sources: ReadonlySet<MappedSource>;

  /** What it says, to go on from `topic of a mapping must be given`. */
  readonly what: string;
}

/**
 * What Lambda was seen to ask for: `Required 'topics' parameter is missing.`, `Required 'sourceAccessConfigurations' parameter is missing.`,
 * and, of document databases, `Invalid parameters: databaseName`. Where streams are read from, the CDK's own validation asks.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export const NEEDED_PARAMETERS: readonly NeededParameter[] = [
  needed('Topics', 'topic', ['Amazon MSK']),
  needed('SourceAccessConfigurations', 'login or network', ['self-managed Kafka', 'broker', 'document database']),
  needed('DocumentDBEventSourceConfig.DatabaseName', 'database', ['document database']),
];

/**
 * What is documented to be required, where nobody was seen to be refused. So is the starting position of Kafka that AWS does not run, and
 * the integration tests of AWS SAM do without.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-esm-create.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-mq-params.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html
 */
export const DOCUMENTED_PARAMETERS: readonly NeededParameter[] = [
  needed('Topics', 'topic', ['self-managed Kafka']),
  needed('Queues', 'queue', ['broker']),
  needed('StartingPosition', 'starting position', ['document database']),
];

function needed(path: string, what: string, sources: readonly MappedSource[]): NeededParameter {
  return { path, what, sources: new Set(sources) };
}

/**
 * What tells Lambda how to reach a source and log in there, and for which sources that is. Types that are not here are new: nothing is known
 * of them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_SourceAccessConfiguration.html
 */
export const ACCESS_TYPES: ReadonlyMap<string, ReadonlySet<MappedSource>> = new Map([
  ['BASIC_AUTH', new Set<MappedSource>(['broker', 'self-managed Kafka', 'document database'])],
  ['VPC_SUBNET', new Set<MappedSource>(['self-managed Kafka'])],
  ['VPC_SECURITY_GROUP', new Set<MappedSource>(['self-managed Kafka'])],
  ['SASL_SCRAM_256_AUTH', new Set<MappedSource>(['self-managed Kafka'])],
  ['SASL_SCRAM_512_AUTH', new Set<MappedSource>(KAFKA)],
  ['VIRTUAL_HOST', new Set<MappedSource>(['broker'])],
  ['CLIENT_CERTIFICATE_TLS_AUTH', new Set<MappedSource>(KAFKA)],
  ['SERVER_ROOT_CA_CERTIFICATE', new Set<MappedSource>(['self-managed Kafka'])],
]);

/** Sources that Lambda logs in to with a name and a password, and in no other way. */
export const LOGGED_IN_BY_PASSWORD: ReadonlySet<MappedSource> = new Set<MappedSource>(['broker', 'document database']);

/**
 * What Lambda does for topics in provisioned mode only.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/esm-logging.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-consume-kafka-events.html
 */
export const OF_PROVISIONED_MODE: readonly string[] = [
  'BisectBatchOnFunctionError', 'MaximumRetryAttempts', 'MaximumRecordAgeInSeconds', 'FunctionResponseTypes', 'LoggingConfig',
  'AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig', 'SelfManagedKafkaEventSourceConfig.SchemaRegistryConfig',
];

/** Metrics that only mappings of Kafka have. */
export const METRICS_OF_KAFKA: readonly string[] = ['ErrorCount', 'KafkaMetrics'];

/** How long a durable execution may take that a mapping waits for, in seconds. */
export const LONGEST_MAPPED_EXECUTION = 900;

/**
 * The longest timeout of functions that Kafka, a broker or a change stream is read for, in seconds.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html
 */
export const LONGEST_OF_BROKERS = 840;

/** How long a queue hides a message that was received, in seconds, where it does not say. */
export const DEFAULT_VISIBILITY = 30;
