import { fn, layer } from './examples';
import { count, sizeInWords } from './package-size';
import { MAX_UNZIPPED_BYTES } from '../../limits/packaging';
import { functionPackages } from '../../model/function-package';
import { knownBytes } from '../../model/package-parts';
import { Rule } from '../rule';

/**
 * `error` although AWS refuses the deployment: the bytes are ours, measured on the files of the assembly, and whoever
 * changes assets between synth and upload must be able to acknowledge the finding.
 */
export const codeAndLayersFit: Rule = {
  id: 'code-and-layers-fit',
  title: 'Code and layers fit into the 250 MB that Lambda unzips',
  severity: 'error',
  why: 'Lambda refuses the function after the upload, when the deployment is half done',
  fix: 'leave out what the function does not load (dev dependencies, other platforms, tests), or deploy a container image, which may have 10 GB',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  since: '0.1.0',

  valid: [
    { title: 'exactly the limit', resources: { Orders: fn([{ Ref: 'Common' }]), Common: layer('common.zip') }, assets: { 'code.zip': 262_000_000, 'common.zip': 144_000 } },
    { title: 'a layer that is known by its ARN has an unknown size', resources: { Orders: fn(['arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:64']) }, assets: { 'code.zip': 262_000_000 } },
    { title: 'code that a parameter names has an unknown size', resources: { Orders: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Bucket: 'assets', S3Key: { Ref: 'Key' } } } } } },
    { title: 'the limit is not one of container images', resources: { Orders: { Type: 'AWS::Lambda::Function', Properties: { PackageType: 'Image', Code: { S3Bucket: 'assets', S3Key: 'code.zip' } } } }, assets: { 'code.zip': 300_000_000 } },
  ],
  invalid: [
    { title: 'one byte over', at: 'Orders/Properties/Layers', resources: { Orders: fn([{ Ref: 'Common' }]), Common: layer('common.zip') }, assets: { 'code.zip': 262_000_000, 'common.zip': 144_001 } },
    { title: 'code alone is too large', at: 'Orders/Properties/Code', resources: { Orders: fn([]) }, assets: { 'code.zip': 262_144_001 } },
    { title: 'what is known is too much already', at: 'Orders/Properties/Layers', resources: { Orders: fn([{ Ref: 'Common' }, 'arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:64']), Common: layer('common.zip') }, assets: { 'code.zip': 200_000_000, 'common.zip': 100_000_000 } },
  ],

  * check(app) {
    for (const { fn: resource, parts } of functionPackages(app)) {
      const bytes = knownBytes(parts);
      if (bytes <= MAX_UNZIPPED_BYTES) continue;
      yield {
        resource,
        path: parts.length > 1 ? 'Properties/Layers' : 'Properties/Code',
        message: sizeInWords(parts, `${count(bytes)}, which is ${count(bytes - MAX_UNZIPPED_BYTES)} too many`),
      };
    }
  },
};
