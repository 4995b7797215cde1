import { fn, IN_BUCKET, IN_REGISTRY } from './packages';
import { packageTypeOf } from '../../model/package-parts';
import { isThere } from '../../model/presence';
import { Rule } from '../rule';

/** What is documented for zip archives only. A warning: what Lambda answers was not seen. */
const OF_ARCHIVES = ['Code.SourceKMSKeyArn', 'Code.S3ObjectVersion'];

export const imageNamesNoArchive: Rule = {
  id: 'image-names-no-archive',
  title: 'A container image has no key and no version of a zip archive',
  severity: 'warning',
  why: 'Lambda has both for zip archives only: it refuses the function, or the image is not encrypted as the template says',
  fix: 'leave it out; encrypt an image with the key of its repository in Amazon ECR, and name it by its digest',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCode.html',
  since: '0.1.0',

  valid: [
    { title: 'an archive', resources: { Orders: fn({ ...IN_BUCKET, SourceKMSKeyArn: { Ref: 'Key' } }) } },
    { title: 'an image', resources: { Orders: fn(IN_REGISTRY, { PackageType: 'Image' }) } },
    { title: 'a package type that is decided at deployment', resources: { Orders: fn({ ...IN_REGISTRY, SourceKMSKeyArn: { Ref: 'Key' } }, { PackageType: { Ref: 'PackageType' } }) } },
  ],
  invalid: [
    { title: 'an image has a key', at: 'Orders/Properties/Code/SourceKMSKeyArn', resources: { Orders: fn({ ...IN_REGISTRY, SourceKMSKeyArn: { Ref: 'Key' } }, { PackageType: 'Image' }) } },
    { title: 'an image has a version of an object', at: 'Orders/Properties/Code/S3ObjectVersion', resources: { Orders: fn({ ...IN_REGISTRY, S3ObjectVersion: 'v1' }, { PackageType: 'Image' }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      if (packageTypeOf(resource) !== 'Image') continue;
      for (const path of OF_ARCHIVES) {
        if (isThere(resource, path) !== true) continue;
        yield { resource, path: `Properties/${path.replace('.', '/')}`, message: `'${path}' must be left out for a container image, got one` };
      }
    }
  },
};
