import { group, inVpc, subnet, vpc } from './examples';
import { membersOf } from './vpcs';
import { equals } from '../../model/iam/match';
import { Rule } from '../rule';

const VPC = { Ref: 'Vpc' };

export const subnetsAndGroupsShareVpc: Rule = {
  id: 'subnets-and-groups-share-vpc',
  title: 'Subnets and security groups of a function are in one VPC',
  severity: 'fatal',
  why: 'Lambda refuses the function: a network interface has security groups of the VPC that its subnet is in',
  fix: 'take subnets and security groups of one VPC',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html',
  answers: ['Subnets and Security Groups must belong to the same VPC.'],
  since: '0.1.0',

  valid: [
    { title: 'one VPC', resources: { Orders: inVpc(), Private: subnet(VPC), Group: group(VPC), Vpc: vpc() } },
    { title: 'a VPC of another app', resources: { Orders: inVpc(), Private: subnet('vpc-0a1b2c3d'), Group: group('vpc-0a1b2c3d') } },
    { title: 'a VPC that a parameter names', resources: { Orders: inVpc(), Private: subnet({ Ref: 'VpcId' }), Group: group(VPC), Vpc: vpc() } },
    { title: 'one VPC, by its attribute', resources: { Orders: inVpc(), Private: subnet(VPC), Group: group({ 'Fn::GetAtt': ['Vpc', 'VpcId'] }), Vpc: vpc() } },
  ],
  invalid: [
    { title: 'the group is in another VPC of the app', at: 'Orders/Properties/VpcConfig', resources: { Orders: inVpc(), Private: subnet(VPC), Group: group({ Ref: 'Other' }), Vpc: vpc(), Other: vpc() } },
    { title: 'the group is in another VPC by its id', at: 'Orders/Properties/VpcConfig', resources: { Orders: inVpc(), Private: subnet('vpc-0a1b2c3d'), Group: group('vpc-0e5f6a7b') } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const [first, ...others] = membersOf(resource);
      const other = others.find(({ vpcId }) => equals(vpcId, first.vpcId) === 'no');
      if (other) yield { resource, path: 'Properties/VpcConfig', message: `subnets and security groups must be in one VPC, got ${first.resource.label} in one and ${other.resource.label} in another` };
    }
  },
};
