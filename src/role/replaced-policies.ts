import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describeClusters, reachBrokers, writeInsights } from './statements';

/** What stands for a policy, for a role in a stack that was allowed something already; `undefined` if nothing does. */
type Replacement = (stack: Stack, allowed: readonly iam.PolicyStatement[]) => iam.PolicyStatement[] | undefined;

/** What stands for the AWS managed policies that the CDK attaches to the role of a function, held to its own resources. */
const REPLACED = new Map<string, Replacement>([
  ['CloudWatchLambdaInsightsExecutionRolePolicy', (stack) => [writeInsights(stack)]],
  ['service-role/AWSLambdaMSKExecutionRole', (_, allowed) => pollClusters(allowed)],
]);

/** The statements that do for a function what an AWS managed policy does; `undefined` for a policy of another purpose. */
export function insteadOf(policy: iam.IManagedPolicy, stack: Stack, allowed: readonly iam.PolicyStatement[]): iam.PolicyStatement[] | undefined {
  const name = policy.managedPolicyArn.match(/:iam::aws:policy\/(.+)$/)?.[1];
  return name === undefined ? undefined : REPLACED.get(name)?.(stack, allowed);
}

/** The CDK lets the role describe the cluster first, which tells us its ARN. Somebody who attaches the policy by hand has none. */
function pollClusters(allowed: readonly iam.PolicyStatement[]): iam.PolicyStatement[] | undefined {
  const clusters = allowed.filter(({ actions }) => actions.includes('kafka:DescribeCluster')).flatMap(({ resources }) => resources);
  return clusters.length === 0 ? undefined : [describeClusters(clusters), reachBrokers()];
}
