import { Text, textOf } from '../../model/iam/text';
import { Reference, referenceIn } from '../../model/reference';
import type { Resource } from '../../model/resource';

/** A subnet or security group of this app that a function is given. */
export interface Member {
  readonly resource: Resource;

  /** The VPC it is in, where it says so. */
  readonly vpcId: Text;
  readonly vpc?: Reference;
}

/** The subnets and security groups of this app that a function is given. */
export function membersOf(fn: Resource): readonly Member[] {
  return [['SubnetIds', 'AWS::EC2::Subnet'], ['SecurityGroupIds', 'AWS::EC2::SecurityGroup']].flatMap(([property, type]) => {
    const list = fn.list(`VpcConfig.${property}`);
    return list.kind !== 'known' ? [] : list.value.flatMap((entry): Member[] => {
      const reference = referenceIn(entry, fn.stack);
      const vpcId = reference?.exact && reference.resource.type === type ? reference.resource.raw('VpcId') : undefined;
      if (vpcId?.kind !== 'known') return [];
      const { resource } = reference!;
      return [{ resource, vpcId: textOf(vpcId.value, resource.stack), vpc: referenceIn(vpcId.value, resource.stack) }];
    });
  });
}
