import { allow, document, fn, policy, role } from './examples';
import { count, ofSize } from './large';
import { MAX_INLINE_POLICIES } from '../../limits/iam';
import { sizesOf, together } from '../../model/iam/policy-sizes';
import { JsonObject } from '../../model/template';
import { Rule } from '../rule';

function sized(characters: number, properties: JsonObject = {}): JsonObject {
  return policy([], { PolicyDocument: ofSize(characters), ...properties });
}

/** `error` although IAM refuses it: the size is ours, counted on the template. */
export const rolePoliciesFit: Rule = {
  id: 'role-policies-fit',
  title: 'Inline policies of a role fit into the 10,240 characters that IAM takes',
  severity: 'error',
  why: 'IAM refuses the last policy, when the deployment is half done: "Maximum policy size of 10240 bytes exceeded for role"',
  fix: 'move statements to managed policies, name fewer resources by using what their ARNs have in common, or split the function',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length',
  since: '0.1.0',

  valid: [
    { title: 'exactly the limit', resources: { Orders: fn(), OrdersRole: role(), One: sized(10_000), Other: sized(240) } },
    { title: 'a managed policy has a limit of its own', resources: { Orders: fn(), OrdersRole: role(), One: sized(6_000), Other: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref: 'OrdersRole' }], PolicyDocument: ofSize(6_000) } } } },
    { title: 'a policy that a parameter holds', resources: { Orders: fn(), OrdersRole: role(), One: sized(10_000), Other: policy([], { PolicyDocument: { Statement: { Ref: 'Statements' } } }) } },
    { title: 'one policy or the other', resources: { Orders: fn(), OrdersRole: role(), One: { ...sized(6_000), Condition: 'IsProd' }, Other: { ...sized(6_000), Condition: 'IsTest' } } },
    { title: 'a long list that a condition leaves out', resources: { Orders: fn(), OrdersRole: role(), One: policy([allow('*', { 'Fn::If': ['IsProd', 'x'.repeat(11_000), '*'] })]) } },
  ],
  invalid: [
    { title: 'one character too many', at: 'OrdersRole/Properties', resources: { Orders: fn(), OrdersRole: role(), One: sized(10_000), Other: sized(241) } },
    { title: 'together with the own policies of the role', at: 'OrdersRole/Properties/Policies', resources: { OrdersRole: role([], { Policies: [{ PolicyName: 'Own', PolicyDocument: ofSize(5_200) }, { PolicyName: 'More', PolicyDocument: document([allow('*', { 'Fn::Join': ['', ['x'.repeat(5_200)]] })]) }] }) } },
  ],

  * check(app) {
    for (const resource of app.ofType('AWS::IAM::Role')) {
      const policies = sizesOf(resource);
      const { least } = together(policies);
      if (least <= MAX_INLINE_POLICIES) continue;
      const [largest] = policies;
      yield {
        resource,
        path: resource.raw('Policies').kind === 'absent' ? 'Properties' : 'Properties/Policies',
        message: `the inline policies of a role must be at most ${count(MAX_INLINE_POLICIES)} characters together, got ${count(least)} or more in ${policies.length}, the largest of ${count(largest.bytes.least)} in ${largest.resource.label}`,
      };
    }
  },
};
