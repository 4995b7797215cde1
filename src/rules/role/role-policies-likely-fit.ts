import { arnOf, allow, document, fn, policy, role } from './examples';
import { count } from './large';
import { MAX_INLINE_POLICIES, MAX_MANAGED_POLICY } from '../../limits/iam';
import { AppModel } from '../../model/app';
import { documentBytesAt, sizesOf, together } from '../../model/iam/policy-sizes';
import { JsonObject } from '../../model/template';
import { Finding, Rule } from '../rule';

/** Names of this many parameters, of which nobody knows the length before the deployment. */
function naming(parameters: number): JsonObject {
  return allow('sqs:SendMessage', Array.from({ length: parameters }, (_, index) => ({ 'Fn::Join': ['', ['arn:aws:sqs:eu-west-1:123456789012:', { Ref: `Queue${index}` }]] })));
}

/** A `warning`: what the deployment puts in is reckoned with its usual length. What is sure is for the other rules. */
export const rolePoliciesLikelyFit: Rule = {
  id: 'role-policies-likely-fit',
  title: 'Policies likely fit into what IAM takes, with names of the usual length',
  severity: 'warning',
  why: 'names and ARNs that the deployment puts in count, too: IAM may refuse the policy in one stage and take it in another',
  fix: 'move statements to managed policies, or name fewer resources by using what their ARNs have in common',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length',
  since: '0.1.0',

  valid: [
    { title: 'a few names', resources: { Orders: fn(), OrdersRole: role(), Policy: policy([naming(20)]) } },
    { title: 'surely too long, which another rule says', resources: { OrdersRole: role(), Policy: policy([allow('*', ['x'.repeat(11_000), arnOf('OrdersRole')])]) } },
  ],
  invalid: [
    { title: 'many names in inline policies', at: 'OrdersRole/Properties', resources: { Orders: fn(), OrdersRole: role(), Policy: policy([naming(90), naming(90)]) } },
    { title: 'many names in a managed policy', at: 'Policy/Properties/PolicyDocument', resources: { Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document([naming(100)]) } } } },
  ],

  * check(app) {
    yield* inlinePolicies(app);
    for (const resource of app.ofType('AWS::IAM::ManagedPolicy')) {
      const { least, likely } = documentBytesAt(resource, 'PolicyDocument');
      if (least > MAX_MANAGED_POLICY || likely <= MAX_MANAGED_POLICY) continue;
      yield { resource, path: 'Properties/PolicyDocument', message: `a managed policy must be at most ${count(MAX_MANAGED_POLICY)} characters, got about ${count(likely)}` };
    }
  },
};

function* inlinePolicies(app: AppModel): Iterable<Finding> {
  for (const resource of app.ofType('AWS::IAM::Role')) {
    const { least, likely } = together(sizesOf(resource));
    if (least > MAX_INLINE_POLICIES || likely <= MAX_INLINE_POLICIES) continue;
    const path = resource.raw('Policies').kind === 'absent' ? 'Properties' : 'Properties/Policies';
    yield { resource, path, message: `the inline policies of a role must be at most ${count(MAX_INLINE_POLICIES)} characters together, got about ${count(likely)}` };
  }
}
