import { fn, IN_BUCKET, IN_REGISTRY, IN_TEMPLATE } from './packages';
import { packageTypeOf } from '../../model/package-parts';
import { isThere } from '../../model/presence';
import type { Resource } from '../../model/resource';
import { Rule } from '../rule';

export const packageTypeFitsCode: Rule = {
  id: 'package-type-fits-code',
  title: 'A function of an image has package type Image, and no other has',
  severity: 'fatal',
  why: 'Lambda refuses what is not of the package type, which is Zip unless another one is given',
  fix: 'set `PackageType` to `Image` for a container image, and leave it out for a zip archive',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html',
  answers: [
    'ImageUri is required.',
    'Please provide a source for function code.',
    "Please don't provide ImageUri when updating a function with packageType Zip.",
    'Please provide ImageUri when updating a function with packageType Image.',
  ],
  since: '0.1.0',

  valid: [
    { title: 'an image', resources: { Orders: fn(IN_REGISTRY, { PackageType: 'Image' }) } },
    { title: 'an archive', resources: { Orders: fn(IN_BUCKET) } },
    { title: 'a type that is decided at deployment', resources: { Orders: fn(IN_REGISTRY, { PackageType: { Ref: 'PackageType' } }) } },
  ],
  invalid: [
    { title: 'an image has no package type', at: 'Orders/Properties/PackageType', resources: { Orders: fn(IN_REGISTRY) } },
    { title: 'an image has package type Zip', at: 'Orders/Properties/PackageType', resources: { Orders: fn(IN_REGISTRY, { PackageType: 'Zip' }) } },
    { title: 'an archive has package type Image', at: 'Orders/Properties/PackageType', resources: { Orders: fn(IN_BUCKET, { PackageType: 'Image' }) } },
    { title: 'inline code has package type Image', at: 'Orders/Properties/PackageType', resources: { Orders: fn(IN_TEMPLATE, { PackageType: 'Image' }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const got = packageTypeOf(resource);
      const allowed = typeOfCode(resource);
      if (got === undefined || allowed === undefined || got === allowed) continue;
      yield { resource, path: 'Properties/PackageType', message: `'PackageType' must be ${allowed} for ${allowed === 'Image' ? 'ImageUri' : 'an archive'}, got ${got}` };
    }
  },
};

/** Where there is code of one kind and surely none of the other. */
function typeOfCode(resource: Resource): 'Image' | 'Zip' | undefined {
  const image = isThere(resource, 'Code.ImageUri');
  const archive = [isThere(resource, 'Code.ZipFile'), isThere(resource, 'Code.S3Bucket')];
  if (image === true && archive.every((there) => there === false)) return 'Image';
  return image === false && archive.includes(true) ? 'Zip' : undefined;
}
