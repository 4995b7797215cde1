import { Json, JsonObject } from '../../model/template';

/** Resources that the examples of the rules about filters are made of. */

export const ORDERS: JsonObject = { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs22.x' } };
export const QUEUE: JsonObject = { Type: 'AWS::SQS::Queue', Properties: {} };
export const STREAM: JsonObject = { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } };
export const TABLE: JsonObject = { Type: 'AWS::DynamoDB::Table', Properties: { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } } };
export const TABLE_ARN = { 'Fn::GetAtt': ['Source', 'StreamArn'] };

/** A mapping from `Source` with patterns, which are texts if they are given as objects. */
export function filtered(patterns: readonly Json[], properties: JsonObject = {}): JsonObject {
  const filters = patterns.map((pattern) => ({ Pattern: pattern }));
  const criteria = patterns.length === 0 ? {} : { FilterCriteria: { Filters: filters } };
  return {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { FunctionName: { Ref: 'Orders' }, EventSourceArn: { 'Fn::GetAtt': ['Source', 'Arn'] }, ...criteria, ...properties },
  };
}

export const PAID = '{"body":{"status":["paid"]}}';
export const DRAFT = '{"body":{"status":["draft"]}}';

/** The function, and a queue that it reads with these patterns. */
export function fromQueue(...patterns: readonly Json[]): JsonObject {
  return { Orders: ORDERS, Source: QUEUE, Poll: filtered(patterns) };
}

export function fromStream(...patterns: readonly Json[]): JsonObject {
  return { Orders: ORDERS, Source: STREAM, Poll: filtered(patterns, { StartingPosition: 'LATEST' }) };
}

export function fromTable(...patterns: readonly Json[]): JsonObject {
  return { Orders: ORDERS, Source: TABLE, Poll: filtered(patterns, { EventSourceArn: TABLE_ARN, StartingPosition: 'LATEST' }) };
}
