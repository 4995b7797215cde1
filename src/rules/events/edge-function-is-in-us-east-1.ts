import { AT_EDGE, distribution, fn, VERSION } from './examples';
import { EDGE_REGION } from '../../limits/edge';
import { edgeCalls } from '../../model/triggers/edge';
import { Rule } from '../rule';

const BASE = { Orders: fn(), V1: VERSION };

export const edgeFunctionIsInUsEast1: Rule = {
  id: 'edge-function-is-in-us-east-1',
  title: 'CloudFront runs functions of the Region us-east-1',
  severity: 'fatal',
  why: 'CloudFront takes functions from that Region only, and refuses the distribution otherwise',
  fix: 'put the function into a stack in us-east-1, as `cloudfront.experimental.EdgeFunction` does',
  source: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html',
  answers: ["The function must be in region 'us-east-1'."],
  since: '0.1.0',

  valid: [
    { title: 'a function in us-east-1', region: 'us-east-1', resources: { ...BASE, Shop: distribution() } },
    { title: 'a stack for any Region', resources: { ...BASE, Shop: distribution() } },
    { title: 'a function that a parameter names', region: 'eu-central-1', resources: { ...BASE, Shop: distribution({ Ref: 'FunctionArn' }) } },
  ],
  invalid: [
    { title: 'the stack is in another Region', region: 'eu-central-1', at: AT_EDGE, resources: { ...BASE, Shop: distribution() } },
  ],

  * check(app) {
    for (const { resource, path, fn: called } of edgeCalls(app)) {
      const { region } = called.stack;
      if (region === undefined || region === EDGE_REGION) continue;
      yield { resource, path, message: `the Region of ${called.label}, which CloudFront runs, must be ${EDGE_REGION}, got ${region}` };
    }
  },
};
