import { Json, JsonObject } from '../../model/template';

/** Resources that the examples of several rules are made of. */

/** The function of most examples, with the role of most examples. */
export function fn(properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('OrdersRole'), ...properties } };
}

/** A role that Lambda may assume, with one inline policy of these statements. */
export function role(statements: readonly JsonObject[] = [], properties: JsonObject = {}): JsonObject {
  const policies = statements.length > 0 ? { Policies: [{ PolicyName: 'Own', PolicyDocument: document(statements) }] } : {};
  return { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...policies, ...properties } };
}

/** A role that somebody may assume. */
export function trusting(principal: Json, more: JsonObject = {}): JsonObject {
  return role([], { AssumeRolePolicyDocument: document([{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal, ...more }]) });
}

/** A role with an AWS managed policy. */
export function roleWith(managedPolicy: string): JsonObject {
  return role([], { ManagedPolicyArns: [{ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${managedPolicy}` }] });
}

/** A policy beside the role, as the CDK makes them. */
export function policy(statements: readonly JsonObject[], properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'Beside', PolicyDocument: document(statements), Roles: [{ Ref: 'OrdersRole' }], ...properties } };
}

export function document(statements: readonly JsonObject[]): JsonObject {
  return { Version: '2012-10-17', Statement: [...statements] };
}

export function allow(actions: Json, resources: Json = '*', more: JsonObject = {}): JsonObject {
  return { Effect: 'Allow', Action: actions, Resource: resources, ...more };
}

/** What keeps the code of the function, but not Lambda itself, from doing something. */
export function denyTheCode(actions: Json): JsonObject {
  return { Effect: 'Deny', Action: actions, Resource: '*', Condition: { ArnEquals: { 'lambda:SourceFunctionArn': ofAccount('lambda', 'function:orders') } } };
}

/** An ARN in the account and Region of the stack. */
export function ofAccount(service: string, rest: string): JsonObject {
  return { 'Fn::Sub': `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${rest}` };
}

export function arnOf(logicalId: string, attribute = 'Arn'): JsonObject {
  return { 'Fn::GetAtt': [logicalId, attribute] };
}

export const TRUST: JsonObject = document([{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }]);

export const QUEUE: JsonObject = { Type: 'AWS::SQS::Queue' };

export const KEY: JsonObject = {
  Type: 'AWS::KMS::Key',
  Properties: {
    KeyPolicy: document([{ Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }, Action: 'kms:*', Resource: '*' }]),
  },
};

/** A mapping from the queue `Returns` to the function. */
export function mapping(properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Orders' }, EventSourceArn: arnOf('Returns'), ...properties } };
}
