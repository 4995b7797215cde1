import { Json, JsonObject } from '../../model/template';

/** Resources that the examples of several rules are made of. */

export function fn(properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs22.x', ...properties } };
}

export const ORDERS = fn();

export const LIVE: JsonObject = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, FunctionVersion: '1', Name: 'live' } };

export function arnOf(logicalId: string, attribute = 'Arn'): JsonObject {
  return { 'Fn::GetAtt': [logicalId, attribute] };
}

export function queue(properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::SQS::Queue', Properties: properties };
}

/** What a queue says of its dead-letter queue, which is `Failed`. */
export function redrive(maxReceiveCount: Json = 5): JsonObject {
  return { RedrivePolicy: { deadLetterTargetArn: arnOf('Failed'), maxReceiveCount } };
}

export const STREAM: JsonObject = { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 2 } };

export const TABLE: JsonObject = { Type: 'AWS::DynamoDB::Table', Properties: { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } } };

/** A mapping from something called `Source` to the function. */
export function mapping(properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Orders' }, EventSourceArn: arnOf('Source'), ...properties } };
}

/** A mapping from a stream called `Source` to the function. */
export function streamMapping(properties: JsonObject = {}): JsonObject {
  return mapping({ StartingPosition: 'TRIM_HORIZON', ...properties });
}

/** A mapping from a source that is not in the template. */
export function mappingOf(arn: string, properties: JsonObject = {}): JsonObject {
  return mapping({ EventSourceArn: { 'Fn::Sub': `arn:\${AWS::Partition}:${arn}` }, ...properties });
}

export const MSK = 'kafka:${AWS::Region}:${AWS::AccountId}:cluster/orders/0a1b';
export const BROKER = 'mq:${AWS::Region}:${AWS::AccountId}:broker:orders:b-1';
export const DOCUMENTS = 'rds:${AWS::Region}:${AWS::AccountId}:cluster:orders';

export function onFailure(destination: Json = arnOf('Failed')): JsonObject {
  return { DestinationConfig: { OnFailure: { Destination: destination } } };
}

/** What Lambda logs in with. */
export function access(type: Json, uri: Json = { Ref: 'Secret' }): JsonObject {
  return { Type: type, URI: uri };
}

export const BY_PASSWORD: JsonObject = { SourceAccessConfigurations: [access('BASIC_AUTH')] };

/** A mapping from a topic of Kafka that AWS does not run. */
export function ownKafka(properties: JsonObject = {}): JsonObject {
  const own = { EventSourceArn: { Ref: 'AWS::NoValue' }, SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['kafka.example.com:9092'] } } };
  return mapping({ ...own, Topics: ['orders'], StartingPosition: 'TRIM_HORIZON', ...BY_PASSWORD, ...properties });
}

/** A mapping from a topic of Amazon MSK. */
export function msk(properties: JsonObject = {}): JsonObject {
  return mappingOf(MSK, { Topics: ['orders'], StartingPosition: 'TRIM_HORIZON', ...properties });
}

/** A mapping from a queue of a broker. */
export function fromBroker(properties: JsonObject = {}): JsonObject {
  return mappingOf(BROKER, { Queues: ['orders'], ...BY_PASSWORD, ...properties });
}

/** A mapping from a change stream. */
export function fromDocuments(properties: JsonObject = {}): JsonObject {
  return mappingOf(DOCUMENTS, { DocumentDBEventSourceConfig: { DatabaseName: 'shop' }, StartingPosition: 'TRIM_HORIZON', ...BY_PASSWORD, ...properties });
}

/** What leaves a parameter out. */
export const NOTHING: JsonObject = { Ref: 'AWS::NoValue' };
