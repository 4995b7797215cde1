import { fn, inVpc } from './examples';
import type { Resource } from '../../model/resource';
import { intrinsic } from '../../model/template';
import { Rule } from '../rule';

const GROUPS = [{ Ref: 'Group' }];
const SUBNETS = [{ Ref: 'Private' }];

export const vpcHasSubnetsAndGroups: Rule = {
  id: 'vpc-has-subnets-and-groups',
  title: 'A function in a VPC has subnets and security groups',
  severity: 'fatal',
  why: 'Lambda refuses one without the other: the network interfaces of a function are in subnets, and each has a security group',
  fix: 'name both; to take the function out of its VPC, leave both empty',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html',
  answers: ['SubnetIds and SecurityIds must coexist or be both empty list.'],
  since: '0.1.0',

  valid: [
    { title: 'both', resources: { Orders: inVpc() } },
    { title: 'neither', resources: { Orders: fn({ VpcConfig: { SubnetIds: [], SecurityGroupIds: [] } }) } },
    { title: 'subnets that a parameter names', resources: { Orders: fn({ VpcConfig: { SubnetIds: { Ref: 'Subnets' }, SecurityGroupIds: GROUPS } }) } },
    { title: 'groups, if there are any', resources: { Orders: fn({ VpcConfig: { SubnetIds: SUBNETS, SecurityGroupIds: [{ 'Fn::If': ['IsTest', { Ref: 'Group' }, { Ref: 'AWS::NoValue' }] }] } }) } },
  ],
  invalid: [
    { title: 'there is no subnet', at: 'Orders/Properties/VpcConfig', resources: { Orders: fn({ VpcConfig: { SubnetIds: [], SecurityGroupIds: GROUPS } }) } },
    { title: 'there is no group', at: 'Orders/Properties/VpcConfig', resources: { Orders: fn({ VpcConfig: { SubnetIds: SUBNETS } }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const [subnets, groups] = [isGiven(resource, 'SubnetIds'), isGiven(resource, 'SecurityGroupIds')];
      if (subnets === undefined || groups === undefined || subnets === groups) continue;
      yield { resource, path: 'Properties/VpcConfig', message: `a VPC must be given by subnets and security groups, got ${subnets ? 'subnets' : 'security groups'} only` };
    }
  },
};

/** Whether a list has entries; `undefined` where the deployment decides that. */
function isGiven(resource: Resource, name: string): boolean | undefined {
  const list = resource.list(`VpcConfig.${name}`);
  if (list.kind !== 'known') return list.kind === 'absent' ? false : undefined;
  if (list.value.length === 0) return false;
  return list.value.every((entry) => intrinsic(entry)?.name === 'Fn::If') ? undefined : true;
}
