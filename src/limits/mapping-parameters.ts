/** What Lambda polls, in the words of messages. */
export type MappedSource = 'queue' | 'data stream' | 'table stream' | 'Amazon MSK' | 'self-managed Kafka' | 'broker' | 'document database';

const STREAMS = ['data stream', 'table stream'] as const;
const KAFKA = ['Amazon MSK', 'self-managed Kafka'] as const;

/** Sources that are read in order, where a record that fails is in the way of those behind it. */
export const READ_IN_ORDER: ReadonlySet<MappedSource> = new Set([...STREAMS, ...KAFKA]);

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
 * Which parameters are of which sources, where Lambda refuses them of others: `Unsupported DestinationConfig parameter for given event
 * source mapping type` (recorded), `Unsupported 'maximumRetryAttempts' parameter for given event source mapping type` (aws/aws-cdk#17934),
 * `StartingPosition is not valid for SQS event sources` (motdotla/node-lambda#466). That of brokers is left out: nobody was seen to be refused.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export const MAPPING_PARAMETERS: readonly MappingParameter[] = [
  parameter('StartingPosition', [...STREAMS, ...KAFKA, 'document database', 'broker']),
  parameter('BisectBatchOnFunctionError', [...STREAMS, ...KAFKA], [false, 'false']),
  parameter('MaximumRetryAttempts', [...STREAMS, ...KAFKA], [-1]),
  parameter('MaximumRecordAgeInSeconds', [...STREAMS, ...KAFKA], [-1]),
  parameter('DestinationConfig.OnFailure', [...STREAMS, ...KAFKA]),
  parameter('ParallelizationFactor', STREAMS, [1]),
  parameter('TumblingWindowInSeconds', STREAMS, [0]),
  parameter('FunctionResponseTypes', ['queue', ...STREAMS, ...KAFKA]),
  parameter('ScalingConfig.MaximumConcurrency', ['queue']),
  parameter('ProvisionedPollerConfig', ['queue', ...KAFKA]),
];

function parameter(path: string, sources: readonly MappedSource[], harmless: MappingParameter['harmless'] = []): MappingParameter {
  return { path, sources: new Set(sources), harmless };
}

/**
 * The longest timeout of functions that Kafka, a broker or a change stream is read for, in seconds.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html
 */
export const LONGEST_OF_BROKERS = 840;

/** How long a queue hides a message that was received, in seconds, where it does not say. */
export const DEFAULT_VISIBILITY = 30;
