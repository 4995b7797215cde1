import { allow, denyTheCode, fn, policy, role, roleWith } from './examples';
import { lacking } from './lacking';
import { Rule } from '../rule';

const IN_VPC = { FunctionName: 'orders', VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } };
const INTERFACES = ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'];

export const roleMayJoinVpc: Rule = {
  id: 'role-may-join-vpc',
  title: 'Execution roles of functions in a VPC may manage network interfaces',
  severity: 'error',
  why: 'Lambda refuses the function: "The provided execution role does not have permissions to call CreateNetworkInterface on EC2"',
  fix: 'add the statement to the role; whoever fears what the code does with it adds a statement that denies it when `lambda:SourceFunctionArn` is the function',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions',
  since: '0.1.0',

  valid: [
    { title: 'the AWS managed policy', resources: { Orders: fn(IN_VPC), OrdersRole: roleWith('service-role/AWSLambdaVPCAccessExecutionRole') } },
    { title: 'a statement denies it to the code alone', resources: { Orders: fn(IN_VPC), OrdersRole: role([allow(INTERFACES), denyTheCode(INTERFACES)]) } },
    { title: 'a policy beside the role', resources: { Orders: fn(IN_VPC), OrdersRole: role(), Policy: policy([allow('ec2:*')]) } },
    { title: 'only interfaces of one VPC may be made', resources: { Orders: fn(IN_VPC), OrdersRole: role([allow('ec2:DescribeNetworkInterfaces'), allow(INTERFACES, 'arn:aws:ec2:*:*:network-interface/*', { Condition: { StringEquals: { 'ec2:Vpc': 'arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-1' } } })]) } },
    { title: 'subnets that a parameter names', resources: { Orders: fn({ VpcConfig: { SubnetIds: { Ref: 'Subnets' } } }), OrdersRole: role() } },
    { title: 'no subnets', resources: { Orders: fn({ VpcConfig: { SubnetIds: [] } }), OrdersRole: role() } },
  ],
  invalid: [
    { title: 'the role may only write logs', at: 'Orders/Properties/VpcConfig', resources: { Orders: fn(IN_VPC), OrdersRole: roleWith('service-role/AWSLambdaBasicExecutionRole') } },
    { title: 'interfaces may be made and not be removed', at: 'Orders/Properties/VpcConfig', resources: { Orders: fn(IN_VPC), OrdersRole: role([allow(INTERFACES.slice(0, 2))]) } },
    { title: 'a statement denies it to everyone', at: 'Orders/Properties/VpcConfig', resources: { Orders: fn(IN_VPC), OrdersRole: role([allow('*'), { Effect: 'Deny', Action: 'ec2:*', Resource: '*' }]) } },
  ],

  check: (app) => lacking(app, 'network'),
};
