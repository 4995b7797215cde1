import { BUILT, fn } from './examples';
import { builtImages, isIndex } from './platforms';
import { Rule } from '../rule';

/**
 * Provenance makes an index, too, but the CDK CLI builds without (it sets `BUILDX_NO_DEFAULT_ATTESTATIONS`), and what
 * others pushed is not known here.
 */
export const imageIsSinglePlatform: Rule = {
  id: 'image-is-single-platform',
  title: 'A container image is built for one platform',
  severity: 'error',
  why: 'several platforms make an index of images, which Docker cannot load or Lambda refuses: "The image manifest, config or layer media type for the source image ... is not supported."',
  fix: 'build for the one platform of the function; functions of both architectures need an image each',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#images-reqs',
  since: '0.1.0',

  valid: [
    { title: 'one platform', resources: { Orders: fn(BUILT) }, assets: { built: { kind: 'image', platform: 'linux/amd64' } } },
    { title: 'an image that is decided at deployment', resources: { Orders: fn({ Ref: 'ImageUri' }) }, assets: { built: { kind: 'image', platform: 'linux/amd64,linux/arm64' } } },
  ],
  invalid: [
    { title: 'there are two platforms', at: 'Orders/Properties/Code', resources: { Orders: fn(BUILT) }, assets: { built: { kind: 'image', platform: 'linux/amd64,linux/arm64' } } },
  ],

  * check(app) {
    for (const { fn: resource, asset: { name, platform } } of builtImages(app)) {
      if (platform === undefined || !isIndex(platform)) continue;
      yield { resource, path: 'Properties/Code', message: `the platform of image ${name} must be one, got ${platform}` };
    }
  },
};
