/** How a service says, when it invokes a function, for which resource and account it does. */
export interface InvokingService {
  /**
   * Pattern of the ARNs that it sends as `aws:SourceArn`, `R` and `A` standing for Region and account.
   *
   * Left out where AWS documents none or where the ARN carries no account.
   */
  readonly arn?: string;

  /** Whether it sends `aws:SourceAccount`. */
  readonly account: boolean;

  /** Where AWS says so. */
  readonly source: string;
}

const BOTH = { account: true };
const ARN_ONLY = { account: false };

/**
 * The services that invoke functions by way of the resource policy.
 *
 * A key that a service does not send makes its statement match nothing, so only what AWS documents is here; for
 * EventBridge it documents that `SourceAccount` keeps it from invoking.
 */
const SERVICES: Readonly<Record<string, InvokingService | undefined>> = {
  'apigateway.amazonaws.com': { ...ARN_ONLY, arn: 'execute-api:R:A:*', source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html' },
  'bedrock.amazonaws.com': { ...BOTH, source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permissions.html' },
  'cloudfront.amazonaws.com': { ...ARN_ONLY, arn: 'cloudfront::A:distribution/*', source: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html' },
  'codecommit.amazonaws.com': { ...BOTH, arn: 'codecommit:R:A:*', source: 'https://docs.aws.amazon.com/codecommit/latest/userguide/how-to-notify-lambda-cc.html' },
  'cognito-idp.amazonaws.com': { ...BOTH, arn: 'cognito-idp:R:A:userpool/*', source: 'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html' },
  'config.amazonaws.com': { ...BOTH, source: 'https://github.com/aws/aws-cdk/pull/16617' },
  'connect.amazonaws.com': { ...BOTH, arn: 'connect:R:A:instance/*', source: 'https://docs.aws.amazon.com/connect/latest/adminguide/connect-lambda-functions.html' },
  'elasticloadbalancing.amazonaws.com': { ...BOTH, arn: 'elasticloadbalancing:R:A:targetgroup/*', source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html' },
  'events.amazonaws.com': { ...ARN_ONLY, arn: 'events:R:A:rule/*', source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html' },
  'iot.amazonaws.com': { ...BOTH, arn: 'iot:R:A:rule/*', source: 'https://docs.aws.amazon.com/iot/latest/developerguide/lambda-rule-action.html' },
  'lambda.alarms.cloudwatch.amazonaws.com': { ...BOTH, arn: 'cloudwatch:R:A:alarm:*', source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-lambda.html' },
  'lexv2.amazonaws.com': { ...ARN_ONLY, arn: 'lex:R:A:bot-alias/*', source: 'https://docs.aws.amazon.com/lexv2/latest/dg/lambda-attach-console.html' },
  'logs.amazonaws.com': { ...BOTH, arn: 'logs:R:A:log-group:*', source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters-AccountLevel.html' },
  's3.amazonaws.com': { ...BOTH, source: 'https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html' },
  'secretsmanager.amazonaws.com': { ...BOTH, source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_turn-on-cli.html' },
  'ses.amazonaws.com': { ...BOTH, arn: 'ses:R:A:receipt-rule-set/*', source: 'https://docs.aws.amazon.com/ses/latest/dg/receiving-email-permissions.html' },
  'sns.amazonaws.com': { ...ARN_ONLY, arn: 'sns:R:A:*', source: 'https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html' },
  'vpc-lattice.amazonaws.com': { ...ARN_ONLY, arn: 'vpc-lattice:R:A:targetgroup/*', source: 'https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html' },
};

/** Of a service that is not in the table only the account can be asked for, as AWS recommends for all. */
const OTHER: InvokingService = { account: true, source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html' };

export function invokingService(name: string): InvokingService {
  // in China and with the name of a Region (sns.af-south-1.amazonaws.com) it is the same service
  const [, first, region] = /^(.+?)(?:\.([a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com(?:\.cn)?$/.exec(name) ?? [];
  const service = SERVICES[`${first}.amazonaws.com`] ?? OTHER;
  return region === undefined ? service : { ...service, arn: service.arn?.replace(':R:', `:${region}:`) };
}

/** Alexa is no AWS service: it is told apart by the id of the skill. */
export function isAlexa(name: string): boolean {
  return name === 'alexa-appkit.amazon.com' || name === 'alexa-connectedhome.amazon.com';
}
