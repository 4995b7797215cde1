import { Json, JsonObject } from '../../model/template';

/** Resources that the examples of several rules are made of. */

export function fn(properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', ...properties } };
}

export const ORDERS = fn();

export function arnOf(logicalId: string): JsonObject {
  return { 'Fn::GetAtt': [logicalId, 'Arn'] };
}

/** A function with these environment variables. */
export function withEnvironment(variables: Json): JsonObject {
  return fn({ Environment: { Variables: variables } });
}

export function vpc(properties: JsonObject = {}): JsonObject {
  return { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16', ...properties } };
}

export function subnet(vpcId: Json): JsonObject {
  return { Type: 'AWS::EC2::Subnet', Properties: { VpcId: vpcId, CidrBlock: '10.0.1.0/24' } };
}

export function group(vpcId: Json): JsonObject {
  return { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'orders', VpcId: vpcId } };
}

/** A function in the subnet `Private`, with the security group `Group`. */
export function inVpc(properties: JsonObject = {}): JsonObject {
  return fn({ VpcConfig: { SubnetIds: [{ Ref: 'Private' }], SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] }, ...properties });
}

/** A function on Lambda Managed Instances. */
export function onInstances(properties: JsonObject = {}, provider: Json = arnOf('Provider')): JsonObject {
  return fn({ CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: provider } }, ...properties });
}
