import { arn, fn } from './examples';
import { nameOf } from './names';
import { literal, partitionOf } from '../../model/iam/text';
import { layersOf } from '../../model/layers';
import { Rule } from '../rule';

/** Of layers in another Region `layers-are-in-region` tells; this is the ARN that has the right Region, and `aws` before it. */
export const layersAreInPartition: Rule = {
  id: 'layers-are-in-partition',
  title: 'The ARNs of layers have the partition of their Region',
  severity: 'warning',
  why: 'there is no such layer, and Lambda says that nobody allows to read it',
  fix: 'write the partition that the Region is in; who publishes a layer often has another account there',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html',
  since: '0.1.0',

  valid: [
    { title: 'the partition of the Region', resources: { Orders: fn([arn(1, 'common', 'cn-north-1').replace('arn:aws:', 'arn:aws-cn:')]) }, region: 'cn-north-1' },
    { title: 'the partition is put in at deployment', resources: { Orders: fn([{ 'Fn::Sub': 'arn:${AWS::Partition}:lambda:cn-north-1:111122223333:layer:common:1' }]) }, region: 'cn-north-1' },
    { title: 'a layer that a parameter names', resources: { Orders: fn([{ Ref: 'Layer' }]) }, region: 'cn-north-1' },
  ],
  invalid: [
    { title: 'the partition of other Regions', at: 'Orders/Properties/Layers', resources: { Orders: fn([arn(1, 'common', 'us-gov-west-1')]) }, region: 'us-gov-west-1' },
    { title: 'the partition of other Regions, and the Region of the stack', at: 'Orders/Properties/Layers', resources: { Orders: fn([{ 'Fn::Sub': 'arn:aws:lambda:${AWS::Region}:111122223333:layer:common:1' }]) }, region: 'cn-north-1' },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      for (const [index, use] of (layersOf(resource) ?? []).entries()) {
        const [partition, region] = use.arn ? [literal(use.arn.partition), literal(use.arn.region)] : [];
        if (partition === undefined || region === undefined || region !== resource.stack.region || partition === partitionOf(region)) continue;
        yield { resource, path: 'Properties/Layers', message: `the partition of a layer in ${region} must be ${partitionOf(region)}, got ${partition} in ${nameOf(use, index)}` };
      }
    }
  },
};
