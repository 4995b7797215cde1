import { BUILT, fn } from './examples';
import { builtImages, PLATFORM } from './platforms';
import { architectureOf } from '../../model/function-package';
import { Rule } from '../rule';

export const imagePlatformIsSet: Rule = {
  id: 'image-platform-is-set',
  title: 'A container image is built for a platform, not for the machine that builds it',
  severity: 'warning',
  why: 'the image fits the function only where the machine that builds it has the same architecture: built on another one, it cannot start',
  fix: 'give the function its `architecture`, for which the CDK then builds, or the image its `platform`; `ImageEventFunction` builds for the architecture of the function by itself',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html',
  since: '0.1.0',

  valid: [
    { title: 'a platform is given', resources: { Orders: fn(BUILT) }, assets: { built: { kind: 'image', platform: 'linux/amd64' } } },
    { title: 'the image is in a repository', resources: { Orders: fn({ 'Fn::ImportValue': 'ImageUri' }) }, assets: { built: { kind: 'image' } } },
    { title: 'a command makes the image, not Docker', resources: { Orders: fn(BUILT) }, assets: { built: { kind: 'image', builder: 'command' } } },
    { title: 'the image is not for a function', resources: { Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Image: BUILT }] } } }, assets: { built: { kind: 'image' } } },
  ],
  invalid: [
    { title: 'no platform is given', at: 'Orders/Properties/Code', resources: { Orders: fn(BUILT) }, assets: { built: { kind: 'image' } } },
  ],

  * check(app) {
    for (const { fn: resource, asset: { name, platform } } of builtImages(app)) {
      if (platform !== undefined) continue;
      const architecture = architectureOf(resource);
      const allowed = architecture === undefined ? "that of the function's architecture" : PLATFORM[architecture];
      yield { resource, path: 'Properties/Code', message: `the platform of image ${name} must be ${allowed}, got none: that of whatever machine builds it` };
    }
  },
};
