import { role, TRUST } from './examples';
import { count, ofSize } from './large';
import { MAX_TRUST_POLICY } from '../../limits/iam';
import { documentBytesAt } from '../../model/iam/policy-sizes';
import { Rule } from '../rule';

export const trustPolicyFits: Rule = {
  id: 'trust-policy-fits',
  title: 'Trust policies fit into the 8,192 characters that IAM can be asked for',
  severity: 'error',
  why: 'IAM refuses the role: "Cannot exceed quota for ACLSizePerRole"; there is no higher limit to ask for',
  fix: 'name fewer principals, by a condition on `aws:PrincipalOrgID`, say, or use several roles',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length',
  since: '0.1.0',

  valid: [
    { title: 'exactly the limit', resources: { Role: role([], { AssumeRolePolicyDocument: ofSize(8_192) }) } },
    { title: 'a document that a parameter holds', resources: { Role: role([], { AssumeRolePolicyDocument: { Ref: 'Trust' } }) } },
    { title: 'the usual one', resources: { Role: role([], { AssumeRolePolicyDocument: TRUST }) } },
  ],
  invalid: [
    { title: 'one character too many', at: 'Role/Properties/AssumeRolePolicyDocument', resources: { Role: role([], { AssumeRolePolicyDocument: ofSize(8_193) }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::IAM::Role')) {
      const { least } = documentBytesAt(resource, 'AssumeRolePolicyDocument');
      if (least <= MAX_TRUST_POLICY) continue;
      yield { resource, path: 'Properties/AssumeRolePolicyDocument', message: `a trust policy must be at most ${count(MAX_TRUST_POLICY)} characters, got ${count(least)} or more` };
    }
  },
};
