import { BUILT, fn, inRepository, pushed, repository } from './examples';
import { FunctionImage, imageOf } from '../../model/image';
import { Rule } from '../rule';

/** A private registry of Amazon ECR; account and Region may be those of the deployment. */
const PRIVATE = /^[^.]+\.dkr[.-]ecr\./;

export const imageUriIsWellFormed: Rule = {
  id: 'image-uri-is-well-formed',
  title: 'The URI of a container image names a private repository of Amazon ECR, and a tag or digest',
  severity: 'error',
  why: 'Lambda refuses the function: it pulls images from Amazon ECR only, as it is told by tag or digest',
  fix: 'push the image into a repository of Amazon ECR, a pull-through cache for one of a public registry, and name it as `<account>.dkr.ecr.<Region>.amazonaws.com/<repository>:<tag>`',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/images-create.html',
  answers: ['Source image public.ecr.aws/lambda/python:3.12 is not valid. Provide a valid source image.'],
  since: '0.1.0',

  valid: [
    { title: 'a tag', resources: { Orders: fn(pushed(':1.4.2')) } },
    { title: 'a digest', resources: { Orders: fn(pushed(`@sha256:${'0'.repeat(64)}`)) } },
    { title: 'a repository of the app', resources: { Orders: fn(inRepository(':1')), Repository: repository() } },
    { title: 'an image that is built with the app', resources: { Orders: fn(BUILT) } },
    { title: 'a tag that a parameter holds', resources: { Orders: fn({ 'Fn::Join': ['', [pushed(':'), { Ref: 'Tag' }]] }) } },
    { title: 'a registry that a parameter names', resources: { Orders: fn({ 'Fn::Sub': '${Registry}/orders:1' }), Other: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { Ref: 'Registry' } } } } },
  ],
  invalid: [
    { title: 'the image is in a public registry', at: 'Orders/Properties/Code/ImageUri', resources: { Orders: fn('public.ecr.aws/lambda/nodejs:22') } },
    { title: 'there is no registry', at: 'Orders/Properties/Code/ImageUri', resources: { Orders: fn('orders:1') } },
    { title: 'the endpoint is one of FIPS', at: 'Orders/Properties/Code/ImageUri', resources: { Orders: fn('111122223333.dkr.ecr-fips.us-east-1.amazonaws.com/orders:1') } },
    { title: 'there is no tag', at: 'Orders/Properties/Code/ImageUri', resources: { Orders: fn(pushed('')) } },
    { title: 'a repository of the app is named without a tag', at: 'Orders/Properties/Code/ImageUri', resources: { Orders: fn(inRepository('')), Repository: repository() } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const image = imageOf(resource);
      const fault = image && faultOf(image);
      if (fault) yield { resource, path: 'Properties/Code/ImageUri', message: fault };
    }
  },
};

function faultOf({ registry, pin }: FunctionImage): string | undefined {
  if (registry !== undefined && !PRIVATE.test(registry)) return `the registry of the image must be a private one of Amazon ECR, got ${registry || 'none'}`;
  if (registry?.includes('ecr-fips')) return `the registry of the image must be named without FIPS, which Lambda does not support for images, got ${registry}`;
  return pin === 'nothing' ? 'the URI of the image must be ended by a tag or a digest, got neither' : undefined;
}
