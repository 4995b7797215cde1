import * as iam from 'aws-cdk-lib/aws-iam';

/** The statements that a policy has by now. */
export function statementsIn(policy: iam.Policy): iam.PolicyStatement[] {
  const statements: object[] = policy.document.toJSON()?.Statement ?? [];
  return statements.map((statement) => iam.PolicyStatement.fromJson(statement));
}
