import { distribution, fn, VERSION } from './examples';
import { roleOf } from '../../model/iam/role';
import { trustsService } from '../../model/iam/trust';
import type { Resource } from '../../model/resource';
import { Json, JsonObject } from '../../model/template';
import { edgeFunctions } from '../../model/triggers/edge';
import { Rule } from '../rule';
import { trustedInWords } from '../trusted';

const EDGE = 'edgelambda.amazonaws.com';
const LAMBDA = 'lambda.amazonaws.com';

function role(service: Json, more: JsonObject = {}): JsonObject {
  const trust = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service }, ...more }] };
  return { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } };
}

const BASE = { Orders: fn({ Role: { 'Fn::GetAtt': ['Own', 'Arn'] } }), V1: VERSION };

export const edgeRoleTrustsEdge: Rule = {
  id: 'edge-role-trusts-edge',
  title: 'Roles of functions that CloudFront runs may be assumed at its edge locations',
  severity: 'error',
  why: 'CloudFront refuses the distribution',
  fix: 'let `edgelambda.amazonaws.com` do `sts:AssumeRole` beside `lambda.amazonaws.com` in the trust policy of the role, as `cloudfront.experimental.EdgeFunction` and the CDK\'s distributions do for roles that they can change',
  source: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html',
  answers: ['The function execution role must be assumable with edgelambda.amazonaws.com as well as lambda.amazonaws.com principals. Update the IAM role and try again.'],
  since: '0.1.0',

  valid: [
    { title: 'both services', resources: { ...BASE, Own: role([LAMBDA, EDGE]), Shop: distribution() } },
    { title: 'a service that a parameter names', resources: { ...BASE, Own: role([LAMBDA, { Ref: 'Service' }]), Shop: distribution() } },
    { title: 'a role that is not of this app', resources: { ...BASE, Orders: fn({ Role: 'arn:aws:iam::123456789012:role/edge' }), Shop: distribution() } },
    { title: 'a function of no distribution', resources: { ...BASE, Own: role(LAMBDA) } },
  ],
  invalid: [
    { title: 'only Lambda may assume it', at: 'Own/Properties/AssumeRolePolicyDocument', resources: { ...BASE, Own: role(LAMBDA), Shop: distribution() } },
    { title: 'two functions have the role', at: 'Own/Properties/AssumeRolePolicyDocument', resources: { ...BASE, Returns: BASE.Orders, V2: { ...VERSION, Properties: { FunctionName: { Ref: 'Returns' } } }, Own: role(LAMBDA), Shop: distribution(), Other: distribution({ Ref: 'V2' }) } },
  ],

  * check(app) {
    const seen = new Set<Resource>();
    for (const [called, call] of edgeFunctions(app)) {
      const own = roleOf(called);
      if (!own || seen.has(own) || trustsService(own, [EDGE], called) !== 'no') continue;
      seen.add(own);
      const got = trustedInWords(own, EDGE);
      yield { resource: own, path: 'Properties/AssumeRolePolicyDocument', message: `who may assume role ${own.label} must be ${EDGE}, too, because CloudFront runs ${called.label} for ${call.resource.label}, got ${got}` };
    }
  },
};
