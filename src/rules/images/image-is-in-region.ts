import { fn, pushed } from './examples';
import { imageOf } from '../../model/image';
import { Rule } from '../rule';

export const imageIsInRegion: Rule = {
  id: 'image-is-in-region',
  title: "A container image is in the function's Region",
  severity: 'error',
  why: 'Lambda takes images from its own Region only and refuses the function',
  fix: 'replicate the repository into the Region (Amazon ECR does so by a replication rule), and name the image there',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#images-reqs',
  since: '0.1.0',

  valid: [
    { title: 'the Region of the stack is decided at deployment', resources: { Orders: fn(pushed(':1')) } },
    { title: 'the Region of the image is decided at deployment', resources: { Orders: fn({ 'Fn::Sub': '111122223333.dkr.ecr.${Region}.amazonaws.com/orders:1' }), Region: { Type: 'AWS::SSM::Parameter' } } },
    { title: 'an image that a parameter names', resources: { Orders: fn({ Ref: 'ImageUri' }) }, region: 'eu-west-1' },
    { title: 'the Region of the stack', resources: { Orders: fn(pushed(':1')) }, region: 'eu-west-1' },
  ],
  invalid: [
    { title: 'the image is in another Region', at: 'Orders/Properties/Code/ImageUri', resources: { Orders: fn(pushed(':1', 'us-east-1')) }, region: 'eu-west-1' },
    { title: 'the registry is reached by IPv6', at: 'Orders/Properties/Code/ImageUri', resources: { Orders: fn('111122223333.dkr-ecr.us-east-1.on.aws/orders:1') }, region: 'eu-west-1' },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const region = imageOf(resource)?.region;
      const own = resource.stack.region;
      if (region === undefined || own === undefined || region === own) continue;
      yield { resource, path: 'Properties/Code/ImageUri', message: `the Region of the image must be ${own}, that of the function, got ${region}` };
    }
  },
};
