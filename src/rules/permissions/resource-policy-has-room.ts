import { allow, document, ORDERS } from './examples';
import { permissions, sizeInWords } from './policy-size';
import { count } from './words';
import { MAX_RESOURCE_POLICY_BYTES } from '../../limits/resource-policy';
import { resourcePolicySizes } from '../../model/iam/resource-policy-sizes';
import { Rule } from '../rule';

const ROOM = 0.1;

/** Lambda counts with names that CloudFormation makes up: what is surely too much is the matter of resource-policy-fits. */
export const resourcePolicyHasRoom: Rule = {
  id: 'resource-policy-has-room',
  title: 'A resource policy has room for what comes next',
  severity: 'warning',
  why: 'a change of a permission adds the new statement before it removes the old one, and Lambda refuses what does not fit',
  fix: 'write one document that says the same in fewer bytes (`resourcePolicyMode: ResourcePolicyMode.DOCUMENT`), let one EventBridge rule take several patterns, or permit an API as a whole (`scopePermissionToMethod: false`, `allowTestInvoke: false`)',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  since: '0.1.0',

  valid: [
    { title: 'fifteen long statements', resources: { Orders: ORDERS, ...permissions(15) } },
    { title: 'functions that a parameter names', resources: { Orders: ORDERS, ...permissions(30, { FunctionName: { Ref: 'Name' } }) } },
    { title: 'a short document', resources: { Orders: ORDERS, Policy: document([allow({ Service: 'sns.amazonaws.com' })]) } },
  ],
  invalid: [
    { title: 'nine tenths are full', at: 'Orders/Properties', resources: { Orders: ORDERS, ...permissions(19) } },
    { title: 'the names that CloudFormation makes up probably make it too long', at: 'Orders/Properties', resources: { Orders: ORDERS, ...permissions(60, { SourceArn: { 'Fn::GetAtt': ['Nightly', 'Arn'] } }) } },
    { title: 'a document is nearly full', at: 'Policy/Properties/PolicyDocument', resources: { Orders: ORDERS, Policy: document([allow({ Service: 'sns.amazonaws.com' }, { Condition: { ArnLike: { 'aws:SourceArn': 'x'.repeat(19_500) } } })]) } },
  ],

  * check(app) {
    for (const size of resourcePolicySizes(app)) {
      const { least, likely } = size.bytes;
      if (least > MAX_RESOURCE_POLICY_BYTES || likely < MAX_RESOURCE_POLICY_BYTES * (1 - ROOM)) continue;
      const path = size.isDocument ? 'Properties/PolicyDocument' : 'Properties';
      const share = Math.round(likely / MAX_RESOURCE_POLICY_BYTES * 100);
      yield { resource: size.resource, path, message: sizeInWords(size, `about ${count(likely)} (${share} %)`) };
    }
  },
};
