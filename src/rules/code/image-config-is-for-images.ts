import { fn, IN_BUCKET, IN_REGISTRY, IN_TEMPLATE } from './packages';
import { packageTypeOf } from '../../model/package-parts';
import { isThere } from '../../model/presence';
import { Rule } from '../rule';

export const imageConfigIsForImages: Rule = {
  id: 'image-config-is-for-images',
  title: 'Only a container image has an ImageConfig',
  severity: 'fatal',
  why: 'command, entry point and working directory are those of an image; Lambda refuses them for a zip archive, which is started by its handler',
  fix: 'set `Handler`, and leave `ImageConfig` out; or deploy an image (`PackageType: Image`)',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_ImageConfig.html',
  answers: ['The ImageConfig parameter is not supported for functions created with deployment packages.'],
  since: '0.1.0',

  valid: [
    { title: 'an image', resources: { Orders: fn(IN_REGISTRY, { PackageType: 'Image', ImageConfig: { Command: ['orders.handler'] } }) } },
    { title: 'a package type that is decided at deployment', resources: { Orders: fn(IN_BUCKET, { PackageType: { Ref: 'PackageType' }, ImageConfig: { Command: ['orders.handler'] } }) } },
    { title: 'an image without a package type, which is a finding of its own', resources: { Orders: fn(IN_REGISTRY, { ImageConfig: { Command: ['orders.handler'] } }) } },
  ],
  invalid: [
    { title: 'an archive has one', at: 'Orders/Properties/ImageConfig', resources: { Orders: fn(IN_BUCKET, { Handler: 'index.handler', Runtime: 'nodejs22.x', ImageConfig: { Command: ['orders.handler'] } }) } },
    { title: 'inline code has one', at: 'Orders/Properties/ImageConfig', resources: { Orders: fn(IN_TEMPLATE, { PackageType: 'Zip', ImageConfig: { WorkingDirectory: '/var/task' } }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const isOfArchive = packageTypeOf(resource) === 'Zip' && isThere(resource, 'Code.ImageUri') === false;
      if (!isOfArchive || isThere(resource, 'ImageConfig') !== true) continue;
      yield { resource, path: 'Properties/ImageConfig', message: "'ImageConfig' must be left out for a zip archive, got one" };
    }
  },
};
