/**
 * What CloudFormation calls to create, read, update and delete a resource, all of it on the function itself: the
 * permissions of the handlers in the schemas of the resource types.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resource-type-schemas.html
 */
export const ON_THE_FUNCTION: Readonly<Record<string, readonly string[] | undefined>> = {
  'AWS::Lambda::Function': [
    'lambda:CreateFunction',
    'lambda:DeleteFunction',
    'lambda:DeleteFunctionCodeSigningConfig',
    'lambda:DeleteFunctionConcurrency',
    'lambda:GetFunction',
    'lambda:GetFunctionCodeSigningConfig',
    'lambda:GetFunctionRecursionConfig',
    'lambda:GetFunctionScalingConfig',
    'lambda:GetRuntimeManagementConfig',
    'lambda:ListTags',
    'lambda:PublishVersion',
    'lambda:PutFunctionCodeSigningConfig',
    'lambda:PutFunctionConcurrency',
    'lambda:PutFunctionRecursionConfig',
    'lambda:PutFunctionScalingConfig',
    'lambda:PutRuntimeManagementConfig',
    'lambda:TagResource',
    'lambda:UntagResource',
    'lambda:UpdateFunctionCode',
    'lambda:UpdateFunctionConfiguration',
  ],
  'AWS::Lambda::Version': [
    'lambda:DeleteFunction',
    'lambda:GetFunctionConfiguration',
    'lambda:GetFunctionScalingConfig',
    'lambda:GetProvisionedConcurrencyConfig',
    'lambda:GetRuntimeManagementConfig',
    'lambda:ListVersionsByFunction',
    'lambda:PublishVersion',
    'lambda:PutFunctionScalingConfig',
    'lambda:PutProvisionedConcurrencyConfig',
    'lambda:PutRuntimeManagementConfig',
  ],
  'AWS::Lambda::Alias': [
    'lambda:CreateAlias',
    'lambda:DeleteAlias',
    'lambda:DeleteProvisionedConcurrencyConfig',
    'lambda:GetAlias',
    'lambda:GetProvisionedConcurrencyConfig',
    'lambda:PutProvisionedConcurrencyConfig',
    'lambda:UpdateAlias',
  ],
  'AWS::Lambda::EventInvokeConfig': [
    'lambda:DeleteFunctionEventInvokeConfig',
    'lambda:GetFunctionEventInvokeConfig',
    'lambda:PutFunctionEventInvokeConfig',
    'lambda:UpdateFunctionEventInvokeConfig',
  ],
  'AWS::Lambda::Permission': ['lambda:AddPermission', 'lambda:GetPolicy', 'lambda:RemovePermission'],
  // Its API calls ask for the permissions of the older ones, too:
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
  'AWS::Lambda::ResourcePolicy': [
    'lambda:AddPermission',
    'lambda:DeleteResourcePolicy',
    'lambda:GetPolicy',
    'lambda:GetResourcePolicy',
    'lambda:PutResourcePolicy',
    'lambda:RemovePermission',
  ],
  'AWS::Lambda::Url': [
    'lambda:CreateFunctionUrlConfig',
    'lambda:DeleteFunctionUrlConfig',
    'lambda:GetFunctionUrlConfig',
    'lambda:UpdateFunctionUrlConfig',
  ],
};

/** The same for a mapping, which is no part of the function: what asks for the function's ARN, and what for its own. */
export const MAPPING = {
  ofFunction: ['lambda:CreateEventSourceMapping', 'lambda:DeleteEventSourceMapping', 'lambda:UpdateEventSourceMapping'],
  ofItself: ['lambda:GetEventSourceMapping', 'lambda:ListTags', 'lambda:TagResource', 'lambda:UntagResource'],
  withKey: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
} as const;

/** The same for a role and its policies. */
export const ROLE = {
  itself: [
    'iam:CreateRole',
    'iam:DeleteRole',
    'iam:GetRole',
    'iam:ListAttachedRolePolicies',
    'iam:ListRolePolicies',
    'iam:ListRoleTags',
    'iam:TagRole',
    'iam:UntagRole',
    'iam:UpdateAssumeRolePolicy',
    'iam:UpdateRole',
    'iam:UpdateRoleDescription',
  ],
  withPolicies: ['iam:DeleteRolePolicy', 'iam:GetRolePolicy', 'iam:PutRolePolicy'],
  withManagedPolicies: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
  withBoundary: ['iam:DeleteRolePermissionsBoundary', 'iam:PutRolePermissionsBoundary'],
} as const;

/** The same for a log group. */
export const LOG_GROUP = {
  itself: [
    'logs:CreateLogGroup',
    'logs:DeleteLogGroup',
    'logs:DeleteRetentionPolicy',
    'logs:GetDataProtectionPolicy',
    'logs:ListTagsForResource',
    'logs:PutRetentionPolicy',
    'logs:TagResource',
    'logs:UntagResource',
  ],
  all: ['logs:DescribeLogGroups'],
  withKey: ['logs:AssociateKmsKey', 'logs:DisassociateKmsKey'],
} as const;

/** The same for a security group. */
export const SECURITY_GROUP = {
  itself: [
    'ec2:AuthorizeSecurityGroupEgress',
    'ec2:AuthorizeSecurityGroupIngress',
    'ec2:CreateSecurityGroup',
    'ec2:CreateTags',
    'ec2:DeleteSecurityGroup',
    'ec2:DeleteTags',
    'ec2:RevokeSecurityGroupEgress',
    'ec2:RevokeSecurityGroupIngress',
    'ec2:UpdateSecurityGroupRuleDescriptionsEgress',
    'ec2:UpdateSecurityGroupRuleDescriptionsIngress',
  ],
  all: ['ec2:DescribeInstances'],
} as const;

/**
 * What CodeDeploy has for what a release makes. Its deployment groups have no handlers in the registry, nor does it tell what
 * CloudFormation calls to deploy: these are all calls that make, read, change and delete such a resource.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/auth-and-access-control-permissions-reference.html
 */
export const CODEDEPLOY = {
  application: [
    'codedeploy:CreateApplication',
    'codedeploy:DeleteApplication',
    'codedeploy:GetApplication',
    'codedeploy:ListTagsForResource',
    'codedeploy:TagResource',
    'codedeploy:UntagResource',
    'codedeploy:UpdateApplication',
  ],
  revision: ['codedeploy:GetApplicationRevision', 'codedeploy:RegisterApplicationRevision'],
  group: [
    'codedeploy:CreateDeployment',
    'codedeploy:CreateDeploymentGroup',
    'codedeploy:DeleteDeploymentGroup',
    'codedeploy:GetDeployment',
    'codedeploy:GetDeploymentGroup',
    'codedeploy:ListTagsForResource',
    'codedeploy:StopDeployment',
    'codedeploy:TagResource',
    'codedeploy:UntagResource',
    'codedeploy:UpdateDeploymentGroup',
  ],
  anyConfig: ['codedeploy:GetDeploymentConfig'],
  ownConfig: ['codedeploy:CreateDeploymentConfig', 'codedeploy:DeleteDeploymentConfig'],
} as const;

/** The same for an alarm. */
export const ALARM = {
  itself: [
    'cloudwatch:DeleteAlarms',
    'cloudwatch:DescribeAlarms',
    'cloudwatch:ListTagsForResource',
    'cloudwatch:PutMetricAlarm',
    'cloudwatch:TagResource',
    'cloudwatch:UntagResource',
  ],
} as const;

/**
 * The same for the scaling of provisioned concurrency, which is asked of Application Auto Scaling. Before it registers a
 * target it tries whether the deployer might make its alarms, by calls that name none: those are refused to who may make
 * alarms of some names only.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_permission_validation.html
 */
export const SCALING = {
  target: [
    'application-autoscaling:DeleteScheduledAction',
    'application-autoscaling:DeregisterScalableTarget',
    'application-autoscaling:PutScheduledAction',
    'application-autoscaling:RegisterScalableTarget',
  ],
  policy: ['application-autoscaling:DeleteScalingPolicy', 'application-autoscaling:PutScalingPolicy'],
  makeRole: ['iam:CreateServiceLinkedRole'],
  useRole: ['iam:PassRole'],
  all: [
    'application-autoscaling:DescribeScalableTargets',
    'application-autoscaling:DescribeScheduledActions',
    'cloudwatch:DeleteAlarms',
    'cloudwatch:DescribeAlarms',
    'cloudwatch:PutMetricAlarm',
  ],
  allWithPolicy: ['application-autoscaling:DescribeScalingPolicies', 'cloudwatch:GetMetricData'],
} as const;
