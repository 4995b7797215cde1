import * as iam from 'aws-cdk-lib/aws-iam';
import { listOf } from './policies-of-app';

/** The statements that a policy has by now. They may be unfinished, which `PolicyStatement.fromJson()` would refuse. */
export function statementsIn(policy: iam.Policy): iam.PolicyStatement[] {
  return listOf<any>(policy.document.toJSON()?.Statement).map((json) => new iam.PolicyStatement({
    sid: json.Sid,
    effect: json.Effect,
    actions: listOf(json.Action),
    notActions: listOf(json.NotAction),
    resources: listOf(json.Resource),
    notResources: listOf(json.NotResource),
    conditions: json.Condition,
  }));
}
