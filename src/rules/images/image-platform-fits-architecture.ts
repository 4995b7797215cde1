import { BUILT, fn } from './examples';
import { builtImages, isIndex, PLATFORM, runsOn } from './platforms';
import { architectureOf } from '../../model/function-package';
import { Rule } from '../rule';

export const imagePlatformFitsArchitecture: Rule = {
  id: 'image-platform-fits-architecture',
  title: "A container image is built for the function's architecture",
  severity: 'error',
  why: 'the deployment may succeed, but no program in the image can start: `exec format error`',
  fix: 'give image and function the same: `platform: Platform.LINUX_ARM64` with `architecture: Architecture.ARM_64`, or leave `platform` out and give `architecture` alone',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html',
  since: '0.1.0',

  valid: [
    { title: 'x86_64 is the default', resources: { Orders: fn(BUILT) }, assets: { built: { kind: 'image', platform: 'linux/amd64' } } },
    { title: 'an image for arm64, with its variant', resources: { Orders: fn(BUILT, { Architectures: ['arm64'] }) }, assets: { built: { kind: 'image', platform: 'linux/arm64/v8' } } },
    { title: 'an image for whatever machine builds it', resources: { Orders: fn(BUILT, { Architectures: ['arm64'] }) }, assets: { built: { kind: 'image' } } },
    { title: 'an architecture that is decided at deployment', resources: { Orders: fn(BUILT, { Architectures: [{ Ref: 'Architecture' }] }) }, assets: { built: { kind: 'image', platform: 'linux/arm64' } } },
    { title: 'an image of the app that the function does not have', resources: { Orders: fn({ Ref: 'ImageUri' }, { Architectures: ['arm64'] }) }, assets: { built: { kind: 'image', platform: 'linux/amd64' } } },
  ],
  invalid: [
    { title: 'an image for arm64 is run on x86_64', at: 'Orders/Properties/Code', resources: { Orders: fn(BUILT) }, assets: { built: { kind: 'image', platform: 'linux/arm64' } } },
    { title: 'an image for x86_64 is run on arm64', at: 'Orders/Properties/Code', resources: { Orders: fn(BUILT, { Architectures: ['arm64'] }) }, assets: { built: { kind: 'image', platform: 'linux/amd64' } } },
    { title: 'an image is for Windows', at: 'Orders/Properties/Code', resources: { Orders: fn(BUILT) }, assets: { built: { kind: 'image', platform: 'windows/amd64' } } },
  ],

  * check(app) {
    for (const { fn: resource, asset: { name, platform } } of builtImages(app)) {
      const architecture = architectureOf(resource);
      if (platform === undefined || isIndex(platform) || architecture === undefined || runsOn(platform, architecture) !== false) continue;
      yield { resource, path: 'Properties/Code', message: `the platform of image ${name} must be ${PLATFORM[architecture]} for a function on ${architecture}, got ${platform}` };
    }
  },
};
