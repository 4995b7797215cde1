import { Need, Place, SOMETHING, Topic } from './need';
import { textOf } from '../iam/text';
import type { Resource } from '../resource';

/**
 * A function in a VPC: Lambda makes and removes network interfaces with its role.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
export function networkNeeds(fn: Resource): Need[] {
  const subnets = fn.list('VpcConfig.SubnetIds');
  const isInVpc = subnets.kind === 'known' && subnets.value.length > 0;
  return isInVpc ? interfaceNeeds('network', { resource: fn, path: 'Properties/VpcConfig' }, 'to connect the function to its VPC') : [];
}

/**
 * Network interfaces of the account and Region, which policies may scope by subnet or VPC; only the list of all of them
 * takes no resource.
 */
export function interfaceNeeds(topic: Topic, at: Place, what: string): Need[] {
  const need = { topic, at, what, named: '*', on: '*' };
  const target = [...textOf({ 'Fn::Sub': 'arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:' }, at.resource.stack), ...SOMETHING];
  return [
    { ...need, actions: ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface'], target, also: ALSO[topic === 'network' ? 'function' : 'mapping'] },
    { ...need, actions: ['ec2:DescribeNetworkInterfaces'], target: ['*'] },
  ];
}

const ALSO = {
  function: ['ec2:DescribeSubnets', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'],
  mapping: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
} as const;
