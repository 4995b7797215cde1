import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { REACHING_ACTIONS } from '../limits/polled-network';

/** Write to one log group, which exists already: creating log groups is not the function's business. */
export function writeLogs(logGroupArn: string): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroupArn] });
}

/**
 * What Lambda Insights needs, which makes its own log group.
 *
 * The managed policy that AWS has for it names all groups of that name in all accounts, in the standard partition only.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/CloudWatchLambdaInsightsExecutionRolePolicy.html
 */
export function writeInsights(stack: Stack): iam.PolicyStatement {
  const group = `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:/aws/lambda-insights`;
  return new iam.PolicyStatement({
    actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [group, `${group}:*`],
  });
}

/**
 * Clusters of Amazon MSK, also serverless ones, of which the CDK leaves the describing to the AWS managed policy.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html
 */
export function describeClusters(clusterArns: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['kafka:DescribeClusterV2'], resources: clusterArns });
}

/**
 * What Lambda needs to poll brokers in a VPC. The actions take no narrower resource.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kafka-permissions.html
 */
export function reachBrokers(): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: [...REACHING_ACTIONS],
    resources: ['*'],
  });
}

/**
 * Traces of a function with active tracing. The actions take no narrower resource.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
 */
export function sendTraces(): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] });
}

const NETWORK_INTERFACES = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * What Lambda needs to connect a function to a VPC. The actions take no narrower resource.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
export function manageNetworkInterfaces(): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: NETWORK_INTERFACES, resources: ['*'] });
}

/**
 * Keeps the code of the function from what only Lambda needs for the VPC. Lambda's own calls carry no
 * `lambda:SourceFunctionArn`, so that this denial is not about them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice-security
 */
export function keepCodeFromNetworkInterfaces(functionArn: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    effect: iam.Effect.DENY,
    actions: [...NETWORK_INTERFACES, 'ec2:DetachNetworkInterface'].sort(),
    resources: ['*'],
    conditions: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn } },
  });
}

/**
 * Makes the role useless to the code of every other function that has it. Calls without a source function, such as
 * those of Lambda itself when it polls a queue, are left alone.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
export function onlyForFunction(functionArn: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    effect: iam.Effect.DENY,
    actions: ['*'],
    resources: ['*'],
    conditions: {
      ArnNotEquals: { 'lambda:SourceFunctionArn': functionArn },
      Null: { 'lambda:SourceFunctionArn': 'false' },
    },
  });
}

/**
 * Checkpoint and replay the function's own durable executions, whose ARNs always carry a qualifier.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html
 */
export function runDurably(functionArn: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
    resources: [`${functionArn}:*`],
  });
}
