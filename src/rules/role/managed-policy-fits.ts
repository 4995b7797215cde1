import { allow, document } from './examples';
import { count, ofSize } from './large';
import { MAX_MANAGED_POLICY } from '../../limits/iam';
import { documentBytesAt } from '../../model/iam/policy-sizes';
import { Json, JsonObject } from '../../model/template';
import { Rule } from '../rule';

function managed(policyDocument: Json): JsonObject {
  return { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policyDocument } };
}

/** `error` although IAM refuses it: the size is ours, counted on the template. */
export const managedPolicyFits: Rule = {
  id: 'managed-policy-fits',
  title: 'Managed policies fit into the 6,144 characters that IAM takes',
  severity: 'error',
  why: 'IAM refuses the policy: "Cannot exceed quota for PolicySize: 6144"; this limit cannot be raised',
  fix: 'split the policy, or name fewer resources by using what their ARNs have in common',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length',
  since: '0.1.0',

  valid: [
    { title: 'exactly the limit', resources: { Policy: managed(ofSize(6_144)) } },
    { title: 'white space does not count', resources: { Policy: managed(JSON.stringify(ofSize(6_000), undefined, 200)) } },
    { title: 'statements that a parameter holds', resources: { Policy: managed({ Statement: { Ref: 'Statements' } }) } },
  ],
  invalid: [
    { title: 'one character too many', at: 'Policy/Properties/PolicyDocument', resources: { Policy: managed(ofSize(6_145)) } },
    { title: 'parts that are joined', at: 'Policy/Properties/PolicyDocument', resources: { Policy: managed(document([allow('*', { 'Fn::Join': [':', ['x'.repeat(3_100), { Ref: 'AWS::AccountId' }, 'x'.repeat(3_100)]] })])) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::IAM::ManagedPolicy')) {
      const { least } = documentBytesAt(resource, 'PolicyDocument');
      if (least <= MAX_MANAGED_POLICY) continue;
      yield { resource, path: 'Properties/PolicyDocument', message: `a managed policy must be at most ${count(MAX_MANAGED_POLICY)} characters, got ${count(least)} or more` };
    }
  },
};
