import { arn, fn } from './examples';
import { nameOf } from './names';
import { literal } from '../../model/iam/text';
import { layersOf } from '../../model/layers';
import { Rule } from '../rule';

export const layersAreInRegion: Rule = {
  id: 'layers-are-in-region',
  title: "Layers are in the function's Region",
  severity: 'fatal',
  why: 'Lambda refuses the function; of a layer of another account it says that nobody allows to read it',
  fix: 'name the version of the layer in this Region, whose number is often another one, or make the layer here',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html',
  answers: ['Layers are not in the same region as the function.', 'because no resource-based policy allows the lambda:GetLayerVersion action'],
  since: '0.1.0',

  valid: [
    { title: 'the Region of the stack', resources: { Orders: fn([arn(1)]) }, region: 'eu-west-1' },
    { title: 'the Region of the stack is decided at deployment', resources: { Orders: fn([arn(1)]) } },
    { title: 'a layer that a parameter names', resources: { Orders: fn([{ Ref: 'Layer' }]) }, region: 'eu-west-1' },
    { title: 'a layer of AWS without a Region', resources: { Orders: fn(['arn:aws:lambda:::awslayer:AmazonLinux1803']) }, region: 'eu-west-1' },
  ],
  invalid: [
    { title: 'another Region', at: 'Orders/Properties/Layers', resources: { Orders: fn([arn(1), arn(1, 'other', 'us-east-1')]) }, region: 'eu-west-1' },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::Lambda::Function')) {
      const own = resource.stack.region;
      if (own === undefined) continue;
      for (const [index, use] of (layersOf(resource) ?? []).entries()) {
        const region = use.arn && literal(use.arn.region);
        if (region === undefined || region === own) continue;
        yield { resource, path: 'Properties/Layers', message: `the Region of layers must be ${own}, that of the function, got ${region} in ${nameOf(use, index)}` };
      }
    }
  },
};
