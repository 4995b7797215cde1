import { fn, IN_BUCKET, IN_REGISTRY } from './packages';
import { packageTypeOf } from '../../model/package-parts';
import { isThere } from '../../model/presence';
import { Rule } from '../rule';

/** What Lambda was seen to refuse for images. */
const FOR_ARCHIVES = ['CodeSigningConfigArn', 'Code.S3ObjectStorageMode'];

export const imageHasNoZipSettings: Rule = {
  id: 'image-has-no-zip-settings',
  title: 'A container image has no settings of zip archives',
  severity: 'fatal',
  why: 'Lambda refuses the function: it signs zip archives only, and keeps them in S3',
  fix: 'leave it out; sign an image with AWS Signer in Amazon ECR',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html',
  answers: [
    'Code signing is not supported for functions created with container images.',
    'Do not include S3ObjectStorageMode when the function PackageType is Image.',
  ],
  since: '0.1.0',

  valid: [
    { title: 'a signed archive', resources: { Orders: fn({ ...IN_BUCKET, S3ObjectStorageMode: 'COPY' }, { CodeSigningConfigArn: { Ref: 'Signing' } }) } },
    { title: 'an image', resources: { Orders: fn(IN_REGISTRY, { PackageType: 'Image' }) } },
    { title: 'a package type that is decided at deployment', resources: { Orders: fn(IN_REGISTRY, { PackageType: { Ref: 'PackageType' }, CodeSigningConfigArn: { Ref: 'Signing' } }) } },
  ],
  invalid: [
    { title: 'an image is to be signed', at: 'Orders/Properties/CodeSigningConfigArn', resources: { Orders: fn(IN_REGISTRY, { PackageType: 'Image', CodeSigningConfigArn: { Ref: 'Signing' } }) } },
    { title: 'an image has a storage mode', at: 'Orders/Properties/Code/S3ObjectStorageMode', resources: { Orders: fn({ ...IN_REGISTRY, S3ObjectStorageMode: 'COPY' }, { PackageType: 'Image' }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      if (packageTypeOf(resource) !== 'Image') continue;
      for (const path of FOR_ARCHIVES) {
        if (isThere(resource, path) !== true) continue;
        yield { resource, path: `Properties/${path.replace('.', '/')}`, message: `'${path}' must be left out for a container image, got one` };
      }
    }
  },
};
