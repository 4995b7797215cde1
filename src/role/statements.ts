import * as iam from 'aws-cdk-lib/aws-iam';

/** Write to one log group, which exists already: creating log groups is not the function's business. */
export function writeLogs(logGroupArn: string): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroupArn] });
}

/**
 * What Lambda needs to connect a function to a VPC. The actions take no narrower resource.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
export function manageNetworkInterfaces(): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: [
      'ec2:AssignPrivateIpAddresses',
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:UnassignPrivateIpAddresses',
    ],
    resources: ['*'],
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
