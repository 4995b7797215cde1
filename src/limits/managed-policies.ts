/** A statement of an AWS managed policy. */
interface ManagedStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string;
}

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

const TRACES = [
  'xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:GetSamplingStatisticSummaries',
];

function everywhere(...actions: string[]): readonly ManagedStatement[] {
  return [{ Effect: 'Allow', Action: actions, Resource: '*' }];
}

/**
 * What the AWS managed policies allow that execution roles usually have, by the part of their ARN after `policy/`.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const MANAGED_POLICIES: Readonly<Record<string, readonly ManagedStatement[] | undefined>> = {
  'AdministratorAccess': everywhere('*'),
  'AWSXRayDaemonWriteAccess': everywhere(...TRACES),
  'AWSXrayWriteOnlyAccess': everywhere(...TRACES),
  'CloudWatchLambdaInsightsExecutionRolePolicy': [
    { Effect: 'Allow', Action: LOGS, Resource: 'arn:*:logs:*:*:log-group:/aws/lambda-insights:*' },
  ],
  'service-role/AWSConfigRulesExecutionRole': [
    { Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::*/AWSLogs/*/Config/*' },
    ...everywhere('config:BatchGet*', 'config:Describe*', 'config:Get*', 'config:List*', 'config:Put*', 'config:Select*'),
  ],
  'service-role/AWSLambdaBasicExecutionRole': everywhere(...LOGS),
  'service-role/AWSLambdaRole': everywhere('lambda:InvokeFunction'),
  'service-role/AWSLambdaVPCAccessExecutionRole': everywhere(
    ...LOGS,
    'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses',
  ),
  'service-role/AWSLambdaSQSQueueExecutionRole': everywhere(...LOGS, 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'),
  'service-role/AWSLambdaKinesisExecutionRole': everywhere(
    ...LOGS,
    'kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards',
    'kinesis:ListStreams', 'kinesis:SubscribeToShard',
  ),
  'service-role/AWSLambdaDynamoDBExecutionRole': everywhere(
    ...LOGS, 'dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams',
  ),
  'service-role/AWSLambdaMSKExecutionRole': everywhere(
    ...LOGS,
    'kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers',
    'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeVpcs', 'ec2:DeleteNetworkInterface', 'ec2:DescribeSubnets',
    'ec2:DescribeSecurityGroups',
  ),
  'service-role/AWSLambdaBasicDurableExecutionRolePolicy': everywhere(
    ...LOGS, 'lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState',
  ),
};
