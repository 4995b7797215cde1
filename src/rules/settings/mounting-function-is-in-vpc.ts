import { arnOf, fn, inVpc } from './examples';
import { textOf } from '../../model/iam/text';
import { mountedArns } from '../../model/mounts';
import { serviceIn } from '../../model/needs/need';
import type { Resource } from '../../model/resource';
import { Rule } from '../rule';

const POINT = { Type: 'AWS::EFS::AccessPoint', Properties: { FileSystemId: 'fs-0a1b2c3d' } };
const MOUNTS = { FileSystemConfigs: [{ Arn: arnOf('Point'), LocalMountPath: '/mnt/orders' }] };

/** The CDK's own `Function` refuses it, the resource itself (`CfnFunction`, `CfnInclude`) does not. */
export const mountingFunctionIsInVpc: Rule = {
  id: 'mounting-function-is-in-vpc',
  title: 'A function that mounts a file system of Amazon EFS is in a VPC',
  severity: 'fatal',
  why: 'Lambda refuses the function: it reaches the file system through mount targets, which are in the VPC',
  fix: 'name subnets that can reach a mount target, and security groups (`VpcConfig`)',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html',
  answers: ['Function must be configured to execute in a VPC to reference access point'],
  since: '0.1.0',

  valid: [
    { title: 'a VPC', resources: { Orders: inVpc(MOUNTS), Point: POINT } },
    { title: 'subnets that a parameter names', resources: { Orders: fn({ ...MOUNTS, VpcConfig: { SubnetIds: { Ref: 'Subnets' }, SecurityGroupIds: { Ref: 'Groups' } } }), Point: POINT } },
    { title: 'nothing to mount', resources: { Orders: fn({ FileSystemConfigs: [] }) } },
    { title: 'something that a parameter names', resources: { Orders: fn({ FileSystemConfigs: [{ Arn: { Ref: 'PointArn' }, LocalMountPath: '/mnt/orders' }] }) } },
  ],
  invalid: [
    { title: 'there is no VPC', at: 'Orders/Properties/FileSystemConfigs', resources: { Orders: fn(MOUNTS), Point: POINT } },
    { title: 'there are no subnets', at: 'Orders/Properties/FileSystemConfigs', resources: { Orders: fn({ ...MOUNTS, VpcConfig: { SubnetIds: [], SecurityGroupIds: [] } }), Point: POINT } },
    { title: 'the access point is one of another app', at: 'Orders/Properties/FileSystemConfigs', resources: { Orders: fn({ FileSystemConfigs: [{ Arn: 'arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/fsap-0a1b2c3d4e5f60718', LocalMountPath: '/mnt/orders' }] }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      if (!mountsEfs(resource) || !isOutside(resource)) continue;
      yield { resource, path: 'Properties/FileSystemConfigs', message: 'a function that mounts a file system must be in a VPC, got no subnets' };
    }
  },
};

function mountsEfs(resource: Resource): boolean {
  return mountedArns(resource).some((arn) => serviceIn(textOf(arn, resource.stack)) === 'elasticfilesystem');
}

function isOutside(resource: Resource): boolean {
  const subnets = resource.list('VpcConfig.SubnetIds');
  return subnets.kind === 'absent' || (subnets.kind === 'known' && subnets.value.length === 0);
}
