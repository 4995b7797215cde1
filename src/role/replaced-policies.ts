import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { writeInsights } from './statements';

/** What stands for the AWS managed policies that the CDK attaches to the role of a function, held to its own resources. */
const REPLACED: Readonly<Record<string, ((stack: Stack) => iam.PolicyStatement) | undefined>> = {
  CloudWatchLambdaInsightsExecutionRolePolicy: writeInsights,
};

/** The statement that does for a function what an AWS managed policy does; `undefined` for a policy of another purpose. */
export function insteadOf(policy: iam.IManagedPolicy, stack: Stack): iam.PolicyStatement | undefined {
  const name = policy.managedPolicyArn.match(/:iam::aws:policy\/(.+)$/)?.[1];
  return name === undefined ? undefined : REPLACED[name]?.(stack);
}
