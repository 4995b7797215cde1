import { BUILT, fn, inRepository, pushed, repository } from './examples';
import { FunctionImage, imageOf } from '../../model/image';
import { Rule } from '../rule';

/** Tags that are there to be moved. Of others, such as `1.4.2`, only the repository tells whether they can be. */
const MOVING = ['latest', 'stable', 'main', 'master', 'develop', 'dev', 'edge', 'nightly', 'staging', 'prod', 'production'];

export const imageUriIsPinned: Rule = {
  id: 'image-uri-is-pinned',
  title: 'A container image is named by a digest, or by a tag that is not moved to another image',
  severity: 'warning',
  why: 'Lambda looks the tag up when the function is deployed: when it is moved, CloudFormation sees no change, and the old code keeps running without a word',
  fix: 'name the digest (`tagOrDigest: "sha256:..."`) or a tag per build, and make the tags of the repository immutable (`imageTagMutability: TagMutability.IMMUTABLE`)',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html',
  since: '0.1.0',

  valid: [
    { title: 'a digest', resources: { Orders: fn(pushed(`@sha256:${'0'.repeat(64)}`)) } },
    { title: 'an image that is built with the app', resources: { Orders: fn(BUILT) }, assets: { built: { kind: 'image', platform: 'linux/amd64' } } },
    { title: 'a version, in a repository that is not in this app', resources: { Orders: fn(pushed(':1.4.2')) } },
    { title: 'a tag in a repository that lets none be moved', resources: { Orders: fn(inRepository(':1.4.2')), Repository: repository({ ImageTagMutability: 'IMMUTABLE' }) } },
    { title: 'a repository of which that is decided at deployment', resources: { Orders: fn(inRepository(':1.4.2')), Repository: repository({ ImageTagMutability: { Ref: 'Mutability' } }) } },
    { title: 'a tag that a parameter holds', resources: { Orders: fn({ 'Fn::Join': ['', [pushed(':'), { Ref: 'Tag' }]] }) } },
  ],
  invalid: [
    { title: 'the tag is latest', at: 'Orders/Properties/Code/ImageUri', resources: { Orders: fn(pushed(':latest')) } },
    { title: 'whatever the repository, the tag is one that moves', at: 'Orders/Properties/Code/ImageUri', resources: { Orders: fn({ 'Fn::Sub': '${RepositoryUri}:main' }) } },
    { title: 'a repository of the app lets tags be moved', at: 'Orders/Properties/Code/ImageUri', resources: { Orders: fn(inRepository(':1.4.2')), Repository: repository() } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const image = imageOf(resource);
      if (!image || image.tag === undefined || image.asset || !mayMove(image, image.tag)) continue;
      yield { resource, path: 'Properties/Code/ImageUri', message: `the image must be named by a digest, or a tag that is not moved, got tag ${image.tag}` };
    }
  },
};

function mayMove({ repository: own }: FunctionImage, tag: string): boolean {
  if (!own) return MOVING.includes(tag);
  const mutability = own.text('ImageTagMutability');
  return mutability.kind === 'absent' || (mutability.kind === 'known' && mutability.value === 'MUTABLE');
}
