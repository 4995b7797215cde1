import { CfnResource, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { PollingBound } from './polling-bound';
import { BATCH_SIZE } from '../limits/queue-mapping';
import { DEFAULT_BATCH_SIZE } from '../limits/scaling';
import { isKnown } from '../support/tokens';

/** The mappings of a stack that invoke a function by one of its names: those of the function and its alias. */
export function mappingsOf(stack: Stack, targets: readonly CfnResource[]): lambda.CfnEventSourceMapping[] {
  const names = targets.map(({ logicalId }) => `"${stack.resolve(logicalId)}"`);
  const isMapping = (construct: IConstruct) => lambda.CfnEventSourceMapping.isCfnEventSourceMapping(construct);
  const all = stack.node.findAll().filter(isMapping) as lambda.CfnEventSourceMapping[];
  return all.filter(({ enabled, functionName }) => {
    const text = JSON.stringify(stack.resolve(functionName));
    return enabled !== false && names.some((name) => text.includes(name));
  });
}

/** How a mapping holds traffic back, as far as that can be known before the deployment. */
export function boundOf(mapping: lambda.CfnEventSourceMapping): PollingBound {
  const source = sourceOf(mapping.eventSourceArn);
  const isUndecided = mapping.batchSize !== undefined && numberOf(mapping.batchSize) === undefined;
  // of a batch that nobody knows the largest is the one that takes the least
  const batchSize = isUndecided ? BATCH_SIZE.max : numberOf(mapping.batchSize);
  const { queue, others } = DEFAULT_BATCH_SIZE;
  return knownBound(mapping, source, batchSize) ?? PollingBound._unknown(batchSize ?? (source?.type === 'AWS::SQS::Queue' ? queue : others));
}

function knownBound(mapping: lambda.CfnEventSourceMapping, source?: Source, batchSize?: number): PollingBound | undefined {
  // its ARN is mostly put together, and then refers to no cluster
  if (mapping.documentDbEventSourceConfig !== undefined) return PollingBound.documentDb({ batchSize });
  switch (source?.type) {
    case 'AWS::SQS::Queue': return source.isFifo ? fifoBound(mapping, batchSize) : queueBound(mapping, batchSize);
    case 'AWS::Kinesis::Stream': return streamBound(mapping, source, batchSize);
    case 'AWS::AmazonMQ::Broker': return brokerBound(String(source.properties?.engineType), batchSize);
    case 'AWS::DocDB::DBCluster': return PollingBound.documentDb({ batchSize });
    default: return undefined;
  }
}

interface Source {
  readonly type: string;
  readonly isFifo?: boolean;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** A source of the app, or a queue whose ARN is written down. Of a consumer, the stream that it reads. */
function sourceOf(arn: string | undefined): Source | undefined {
  if (arn === undefined) return undefined;
  const token = Tokenization.reverseString(arn).firstToken;
  if (!token) return arn.split(':')[2] === 'sqs' ? { type: 'AWS::SQS::Queue', isFifo: arn.endsWith('.fifo') } : undefined;
  if (!Reference.isReference(token) || !CfnResource.isCfnResource(token.target)) return undefined;
  const properties = token.target as unknown as Readonly<Record<string, unknown>>;
  if (token.target.cfnResourceType === 'AWS::Kinesis::StreamConsumer') return sourceOf(properties.streamArn as string | undefined);
  // what is not surely a standard queue may be a FIFO queue
  return { type: token.target.cfnResourceType, isFifo: properties.fifoQueue !== undefined && properties.fifoQueue !== false, properties };
}

function queueBound(mapping: lambda.CfnEventSourceMapping, batchSize?: number): PollingBound | undefined {
  const pollers = structOf(mapping.provisionedPollerConfig);
  const scalingConfig = scalingOf(mapping);
  const [minimumPollers, maximumPollers] = [numberOf(pollers?.minimumPollers), numberOf(pollers?.maximumPollers)];
  const maximumConcurrency = numberOf(structOf(scalingConfig)?.maximumConcurrency);
  if (mapping.provisionedPollerConfig !== undefined && minimumPollers === undefined && maximumPollers === undefined) return undefined;
  if (scalingConfig !== undefined && maximumConcurrency === undefined) return undefined;
  return PollingBound.queue({ batchSize, minimumPollers, maximumPollers, maximumConcurrency });
}

/** What a mapping says of its maximum: the share of what is reserved for the function is worked out as late as can be. */
function scalingOf(mapping: lambda.CfnEventSourceMapping): unknown {
  return Stack.of(mapping).resolve(mapping.scalingConfig);
}

/** How many message groups have messages nobody knows, but there are no more batches than a maximum allows. */
function fifoBound(mapping: lambda.CfnEventSourceMapping, batchSize?: number): PollingBound | undefined {
  const maximumConcurrency = numberOf(structOf(scalingOf(mapping))?.maximumConcurrency);
  return maximumConcurrency ? PollingBound.queue({ batchSize, maximumConcurrency, messageGroups: maximumConcurrency }) : undefined;
}

/** A stream on demand has as many shards as it happens to need. */
function streamBound(mapping: lambda.CfnEventSourceMapping, { properties }: Source, batchSize?: number): PollingBound | undefined {
  const details = properties?.streamModeDetails;
  if (details !== undefined && structOf(details)?.streamMode !== 'PROVISIONED') return undefined;
  const [shards, parallelizationFactor] = [numberOf(properties?.shardCount), numberOf(mapping.parallelizationFactor ?? 1)];
  return shards && parallelizationFactor ? PollingBound.stream({ shards, parallelizationFactor, batchSize }) : undefined;
}

function brokerBound(engine: string, batchSize?: number): PollingBound | undefined {
  if (/^activemq$/i.test(engine)) return PollingBound.activeMq({ batchSize });
  return /^rabbitmq$/i.test(engine) ? PollingBound.rabbitMq({ batchSize }) : undefined;
}

/** A whole number that is known; what is none, CloudFormation refuses anyway. */
function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && isKnown(value) && Number.isInteger(value) && value > 0 ? value : undefined;
}

function structOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && isKnown(value) ? value as Readonly<Record<string, unknown>> : undefined;
}
