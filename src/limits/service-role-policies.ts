/** A statement of an AWS managed policy, with its condition, if it has one. */
interface ServiceRoleStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string;
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string } };
}

const READ = ['s3:GetObject', 's3:GetObjectVersion'];

/** Hooks by their name, as SAM tells to name them; the grants of the CDK name each hook. */
const OF_LAMBDA_DEPLOYMENTS: readonly ServiceRoleStatement[] = [
  { Effect: 'Allow', Action: READ, Resource: 'arn:aws:s3:::*/CodeDeploy/*' },
  { Effect: 'Allow', Action: READ, Resource: '*', Condition: { StringEquals: { 's3:ExistingObjectTag/UseWithCodeDeploy': 'true' } } },
  { Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: 'arn:aws:lambda:*:*:function:CodeDeployHook_*' },
];

const ALIASES = ['cloudwatch:DescribeAlarms', 'lambda:UpdateAlias', 'lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig'];

/**
 * What the AWS managed policies allow that roles of services around functions have, by the part of their ARN after `policy/`.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForLambdaLimited.html
 */
export const SERVICE_ROLE_POLICIES: Readonly<Record<string, readonly ServiceRoleStatement[] | undefined>> = {
  'service-role/AWSCodeDeployRoleForLambda': [{ Effect: 'Allow', Action: [...ALIASES, 'sns:Publish'], Resource: '*' }, ...OF_LAMBDA_DEPLOYMENTS],
  'service-role/AWSCodeDeployRoleForLambdaLimited': [{ Effect: 'Allow', Action: ALIASES, Resource: '*' }, ...OF_LAMBDA_DEPLOYMENTS],
};
