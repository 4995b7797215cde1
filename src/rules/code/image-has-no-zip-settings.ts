import { fn, IN_BUCKET, IN_REGISTRY } from './packages';
import { packageTypeOf } from '../../model/package-parts';
import { isThere } from '../../model/presence';
import { Rule } from '../rule';

/** What Lambda has for zip archives only. A warning: that it has so is documented, what it says is not. */
const FOR_ARCHIVES = ['CodeSigningConfigArn', 'Code.SourceKMSKeyArn', 'Code.S3ObjectStorageMode', 'Code.S3ObjectVersion'];

export const imageHasNoZipSettings: Rule = {
  id: 'image-has-no-zip-settings',
  title: 'A container image has no settings of zip archives',
  severity: 'warning',
  why: 'Lambda has code signing, and keys and storage modes of archives, for zip archives only: it refuses the function, or the image is not signed or encrypted as the template says',
  fix: 'leave it out; sign an image with AWS Signer in Amazon ECR, and encrypt it with the key of its repository',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html',
  since: '0.1.0',

  valid: [
    { title: 'a signed archive', resources: { Orders: fn({ ...IN_BUCKET, SourceKMSKeyArn: { Ref: 'Key' } }, { CodeSigningConfigArn: { Ref: 'Signing' } }) } },
    { title: 'an image', resources: { Orders: fn(IN_REGISTRY, { PackageType: 'Image' }) } },
    { title: 'a package type that is decided at deployment', resources: { Orders: fn(IN_REGISTRY, { PackageType: { Ref: 'PackageType' }, CodeSigningConfigArn: { Ref: 'Signing' } }) } },
  ],
  invalid: [
    { title: 'an image is to be signed', at: 'Orders/Properties/CodeSigningConfigArn', resources: { Orders: fn(IN_REGISTRY, { PackageType: 'Image', CodeSigningConfigArn: { Ref: 'Signing' } }) } },
    { title: 'an image has a key', at: 'Orders/Properties/Code/SourceKMSKeyArn', resources: { Orders: fn({ ...IN_REGISTRY, SourceKMSKeyArn: { Ref: 'Key' } }, { PackageType: 'Image' }) } },
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
