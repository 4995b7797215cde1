import { AT_EDGE, distribution, fn, LIVE, ORDERS_ARN, VERSION } from './examples';
import { edgeCalls } from '../../model/triggers/edge';
import { isNameOfAlias } from '../../model/triggers/trigger';
import { LATEST } from '../../model/wiring';
import { Rule } from '../rule';

const BASE = { Orders: fn(), V1: VERSION, Live: LIVE };

export const edgeFunctionIsAVersion: Rule = {
  id: 'edge-function-is-a-version',
  title: 'CloudFront runs a numbered version of a function',
  severity: 'fatal',
  why: 'CloudFront copies code and settings to its edge locations, and refuses what may change under its ARN: an alias, and a function without a version',
  fix: 'name a version (`fn.currentVersion`, `Ref` of an `AWS::Lambda::Version`)',
  source: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html',
  answers: ['The function ARN must reference a specific function version. (The ARN must end with the version number.)'],
  since: '0.1.0',

  valid: [
    { title: 'a version', resources: { ...BASE, Shop: distribution() } },
    { title: 'a number behind the ARN', resources: { ...BASE, Shop: distribution({ 'Fn::Sub': '${Orders.Arn}:7' }) } },
    { title: 'a qualifier that a parameter names', resources: { ...BASE, Shop: distribution({ 'Fn::Sub': '${Orders.Arn}:${Version}' }) } },
    { title: 'a function that a parameter names', resources: { ...BASE, Shop: distribution({ Ref: 'FunctionArn' }) } },
  ],
  invalid: [
    { title: 'the function is named', at: AT_EDGE, resources: { ...BASE, Shop: distribution(ORDERS_ARN) } },
    { title: 'an alias is named', at: AT_EDGE, resources: { ...BASE, Shop: distribution({ Ref: 'Live' }) } },
    { title: 'an alias is named behind the ARN', at: AT_EDGE, resources: { ...BASE, Shop: distribution({ 'Fn::Sub': '${Orders.Arn}:live' }) } },
  ],

  * check(app) {
    for (const { resource, path, fn: called, qualifier } of edgeCalls(app)) {
      const isAlias = isNameOfAlias(qualifier) || qualifier === 'an alias';
      if (qualifier !== LATEST && !isAlias) continue;
      const got = isAlias ? `${isNameOfAlias(qualifier) ? `alias ${qualifier}` : qualifier}` : 'the function without a version, which is $LATEST';
      yield { resource, path, message: `what CloudFront runs of ${called.label} must be a numbered version, got ${got}` };
    }
  },
};
