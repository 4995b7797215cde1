import { group, inVpc, subnet, vpc } from './examples';
import { membersOf } from './vpcs';
import { valueOf } from '../../model/value';
import { Rule } from '../rule';

const IN_VPC = { Orders: inVpc(), Private: subnet({ Ref: 'Vpc' }), Group: group({ Ref: 'Vpc' }) };

export const vpcIsNotDedicated: Rule = {
  id: 'vpc-is-not-dedicated',
  title: 'The VPC of a function has default tenancy',
  severity: 'fatal',
  why: 'Lambda refuses the function: it does not run on dedicated instances',
  fix: 'put the function into a VPC of default tenancy, and connect it with the dedicated one by VPC peering',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html',
  answers: ['Lambda only supports default tenancy VPCs.'],
  since: '0.1.0',

  valid: [
    { title: 'the default', resources: { ...IN_VPC, Vpc: vpc() } },
    { title: 'default tenancy, spelled out', resources: { ...IN_VPC, Vpc: vpc({ InstanceTenancy: 'default' }) } },
    { title: 'a tenancy that a parameter says', resources: { ...IN_VPC, Vpc: vpc({ InstanceTenancy: { Ref: 'Tenancy' } }) } },
  ],
  invalid: [
    { title: 'it is dedicated', at: 'Orders/Properties/VpcConfig', resources: { ...IN_VPC, Vpc: vpc({ InstanceTenancy: 'dedicated' }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const dedicated = membersOf(resource).flatMap(({ vpc: reference }) => reference?.exact ? [reference.resource] : [])
        .find((one) => one.type === 'AWS::EC2::VPC' && valueOf(one.text('InstanceTenancy')) === 'dedicated');
      if (dedicated) yield { resource, path: 'Properties/VpcConfig', message: `tenancy of ${dedicated.label}, the VPC of the function, must be default, got dedicated` };
    }
  },
};
