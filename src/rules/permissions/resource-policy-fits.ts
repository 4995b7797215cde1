import { allow, document, LIVE, ORDERS } from './examples';
import { permissions, sizeInWords } from './policy-size';
import { count } from './words';
import { MAX_RESOURCE_POLICY_BYTES } from '../../limits/resource-policy';
import { resourcePolicySizes } from '../../model/iam/resource-policy-sizes';
import { Rule } from '../rule';

/** `error` although Lambda refuses it: the size is ours, counted on the template. */
export const resourcePolicyFits: Rule = {
  id: 'resource-policy-fits',
  title: 'A resource policy fits into the 20,480 bytes that Lambda takes',
  severity: 'error',
  why: 'Lambda refuses the last statements, when the deployment is half done',
  fix: 'write one document that says the same in fewer bytes (`resourcePolicyMode: ResourcePolicyMode.DOCUMENT`), let one EventBridge rule take several patterns, or permit an API as a whole (`scopePermissionToMethod: false`, `allowTestInvoke: false`)',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  answers: ['The final policy size (21573) is bigger than the limit (20480).'],
  since: '0.1.0',

  valid: [
    { title: 'nineteen long statements', resources: { Orders: ORDERS, ...permissions(19) } },
    { title: 'function and alias have a policy each', resources: { Orders: ORDERS, Live: LIVE, ...permissions(15), ...Object.fromEntries(Object.entries(permissions(15, { FunctionName: { Ref: 'Live' } })).map(([id, body]) => [`Live${id}`, body])) } },
    { title: 'one function or the other', resources: { Orders: ORDERS, ...permissions(30, { FunctionName: { Ref: 'Name' } }) } },
    { title: 'sources that a parameter names', resources: { Orders: ORDERS, ...permissions(30, { SourceArn: { Ref: 'Source' } }) } },
    { title: 'a document of about the limit', resources: { Orders: ORDERS, Policy: document([allow({ Service: 'sns.amazonaws.com' }, { Condition: { ArnLike: { 'aws:SourceArn': 'x'.repeat(19_000) } } })]) } },
  ],
  invalid: [
    { title: 'there are too many statements', at: 'Orders/Properties', resources: { Orders: ORDERS, ...permissions(20) } },
    { title: 'there are too many on an alias', at: 'Live/Properties', resources: { Orders: ORDERS, Live: LIVE, ...permissions(20, { FunctionName: { Ref: 'Live' } }) } },
    { title: 'a document is too long', at: 'Policy/Properties/PolicyDocument', resources: { Orders: ORDERS, Policy: document([allow({ Service: 'sns.amazonaws.com' }, { Condition: { ArnLike: { 'aws:SourceArn': 'x'.repeat(20_480) } } })]) } },
  ],

  * check(app) {
    for (const size of resourcePolicySizes(app)) {
      const { least, likely } = size.bytes;
      if (least <= MAX_RESOURCE_POLICY_BYTES) continue;
      const path = size.isDocument ? 'Properties/PolicyDocument' : 'Properties';
      yield { resource: size.resource, path, message: sizeInWords(size, least === likely ? count(least) : `${count(least)} or more, probably ${count(likely)}`) };
    }
  },
};
