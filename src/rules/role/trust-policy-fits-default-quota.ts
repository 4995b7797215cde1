import { role, TRUST } from './examples';
import { count, ofSize } from './large';
import { DEFAULT_TRUST_POLICY, MAX_TRUST_POLICY } from '../../limits/iam';
import { documentBytesAt } from '../../model/iam/policy-sizes';
import { Rule } from '../rule';

/** A `warning`, because an account may have asked for more. What no account gets is for `trust-policy-fits`. */
export const trustPolicyFitsDefaultQuota: Rule = {
  id: 'trust-policy-fits-default-quota',
  title: 'Trust policies fit into the 2,048 characters that accounts have',
  severity: 'warning',
  why: 'IAM refuses the role in an account that did not ask for more: "Cannot exceed quota for ACLSizePerRole: 2048"',
  fix: 'have the quota "Role trust policy length" raised in each account before the deployment, or name fewer principals',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length',
  since: '0.1.0',

  valid: [
    { title: 'exactly the quota', resources: { Role: role([], { AssumeRolePolicyDocument: ofSize(2_048) }) } },
    { title: 'a document that a parameter holds', resources: { Role: role([], { AssumeRolePolicyDocument: { Ref: 'Trust' } }) } },
    { title: 'the usual one', resources: { Role: role([], { AssumeRolePolicyDocument: TRUST }) } },
  ],
  invalid: [
    { title: 'one character too many', at: 'Role/Properties/AssumeRolePolicyDocument', resources: { Role: role([], { AssumeRolePolicyDocument: ofSize(2_049) }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::IAM::Role')) {
      const { least } = documentBytesAt(resource, 'AssumeRolePolicyDocument');
      if (least <= DEFAULT_TRUST_POLICY || least > MAX_TRUST_POLICY) continue;
      yield { resource, path: 'Properties/AssumeRolePolicyDocument', message: `a trust policy must be at most ${count(DEFAULT_TRUST_POLICY)} characters by default, got ${count(least)} or more` };
    }
  },
};
