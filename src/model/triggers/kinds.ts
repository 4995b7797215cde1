/** A way in which resources of one type make a service call functions. */
export interface TriggerKind {
  readonly type: string;

  /** Where the functions stand, see `placesAt`. */
  readonly at: readonly string[];

  /** The service principal that calls. */
  readonly principal: string;

  /**
   * ARN that the service names as the source, in the way of `Fn::Sub`: `${TopicArn}` is a property of the resource,
   * `${.Arn}` its own attribute. Nothing is known of what `${?}` stands for.
   */
  readonly source: readonly string[];

  /** The property that names the source, where that is another resource, which may be of another account. */
  readonly of?: string;

  /** The member beside the function that names a role. With one, the service needs no permission. */
  readonly role?: string;

  /** `never` for a service that is documented to name no account: a permission for one account fails. */
  readonly account?: 'never';
}

const ARN = 'arn:${AWS::Partition}';
const HERE = '${AWS::Region}:${AWS::AccountId}';

/**
 * What calls functions by way of their resource policy, but for APIs and function URLs. Services that take a role
 * instead (Scheduler, Pipes, Step Functions, Firehose) are not here but in role-calls, as far as they are known, nor those that write the permission themselves:
 * VPC Lattice, and Amazon Connect, whose association takes `lambda:AddPermission` of whoever deploys it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
 * @see https://github.com/hashicorp/terraform-provider-awscc/blob/main/internal/service/cloudformation/schemas/AWS_Connect_IntegrationAssociation.json
 */
export const TRIGGER_KINDS: readonly TriggerKind[] = [
  { type: 'AWS::S3::Bucket', at: ['NotificationConfiguration.LambdaConfigurations[].Function'], principal: 's3.amazonaws.com', source: ['${.Arn}'] },
  // The CDK's own, which configures a bucket by a custom resource.
  { type: 'Custom::S3BucketNotifications', at: ['NotificationConfiguration.LambdaFunctionConfigurations[].LambdaFunctionArn'], principal: 's3.amazonaws.com', source: [`${ARN}:s3:::\${BucketName}`], of: 'BucketName' },
  { type: 'AWS::SNS::Subscription', at: ['Endpoint'], principal: 'sns.amazonaws.com', source: ['${TopicArn}'], of: 'TopicArn' },
  { type: 'AWS::SNS::Topic', at: ['Subscription[].Endpoint'], principal: 'sns.amazonaws.com', source: ['${.TopicArn}'] },
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html: a source account keeps EventBridge from calling
  { type: 'AWS::Events::Rule', at: ['Targets[].Arn'], principal: 'events.amazonaws.com', source: ['${.Arn}'], role: 'RoleArn', account: 'never' },
  // whether the ARN ends as that of all streams does, sources disagree
  { type: 'AWS::Logs::SubscriptionFilter', at: ['DestinationArn'], principal: 'logs.amazonaws.com', source: [`${ARN}:logs:${HERE}:log-group:\${LogGroupName}:*`, `${ARN}:logs:${HERE}:log-group:\${LogGroupName}`], of: 'LogGroupName', role: 'RoleArn' },
  { type: 'AWS::ApiGateway::Authorizer', at: ['AuthorizerUri'], principal: 'apigateway.amazonaws.com', source: [`${ARN}:execute-api:${HERE}:\${RestApiId}/authorizers/\${.Ref}`], of: 'RestApiId', role: 'AuthorizerCredentials' },
  { type: 'AWS::ApiGatewayV2::Authorizer', at: ['AuthorizerUri'], principal: 'apigateway.amazonaws.com', source: [`${ARN}:execute-api:${HERE}:\${ApiId}/authorizers/\${.Ref}`], of: 'ApiId', role: 'AuthorizerCredentialsArn' },
  // an API, an integration and a route in one
  { type: 'AWS::ApiGatewayV2::Api', at: ['Target'], principal: 'apigateway.amazonaws.com', source: [`${ARN}:execute-api:${HERE}:\${.Ref}/\${?}`], role: 'CredentialsArn' },
  { type: 'AWS::AppSync::GraphQLApi', at: ['LambdaAuthorizerConfig.AuthorizerUri', 'AdditionalAuthenticationProviders[].LambdaAuthorizerConfig.AuthorizerUri'], principal: 'appsync.amazonaws.com', source: ['${.Arn}'] },
  { type: 'AWS::AppSync::Api', at: ['EventConfig.AuthProviders[].LambdaAuthorizerConfig.AuthorizerUri'], principal: 'appsync.amazonaws.com', source: ['${.ApiArn}'] },
  { type: 'AWS::ElasticLoadBalancingV2::TargetGroup', at: ['Targets[].Id'], principal: 'elasticloadbalancing.amazonaws.com', source: ['${.TargetGroupArn}'] },
  { type: 'AWS::Cognito::UserPool', at: ['LambdaConfig.*', 'LambdaConfig.*.LambdaArn'], principal: 'cognito-idp.amazonaws.com', source: ['${.Arn}'] },
  { type: 'AWS::SecretsManager::RotationSchedule', at: ['RotationLambdaARN'], principal: 'secretsmanager.amazonaws.com', source: ['${SecretId}'], of: 'SecretId' },
  { type: 'AWS::SES::ReceiptRule', at: ['Rule.Actions[].LambdaAction.FunctionArn'], principal: 'ses.amazonaws.com', source: [`${ARN}:ses:${HERE}:receipt-rule-set/\${RuleSetName}:receipt-rule/\${Rule.Name}`] },
  { type: 'AWS::Config::ConfigRule', at: ['Source.SourceIdentifier'], principal: 'config.amazonaws.com', source: ['${.Arn}'] },
  { type: 'AWS::IoT::TopicRule', at: ['TopicRulePayload.Actions[].Lambda.FunctionArn', 'TopicRulePayload.ErrorAction.Lambda.FunctionArn'], principal: 'iot.amazonaws.com', source: ['${.Arn}'] },
  { type: 'AWS::IoT::Authorizer', at: ['AuthorizerFunctionArn'], principal: 'iot.amazonaws.com', source: ['${.Arn}'] },
  ...['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'].map((type): TriggerKind => (
    { type, at: ['AlarmActions[]', 'OKActions[]', 'InsufficientDataActions[]'], principal: 'lambda.alarms.cloudwatch.amazonaws.com', source: ['${.Arn}'] }
  )),
  { type: 'AWS::CodeCommit::Repository', at: ['Triggers[].DestinationArn'], principal: 'codecommit.amazonaws.com', source: ['${.Arn}'] },
  { type: 'AWS::Bedrock::Agent', at: ['ActionGroups[].ActionGroupExecutor.Lambda', 'PromptOverrideConfiguration.OverrideLambda'], principal: 'bedrock.amazonaws.com', source: ['${.AgentArn}'] },
  { type: 'AWS::Lex::BotAlias', at: ['BotAliasLocaleSettings[].BotAliasLocaleSetting.CodeHookSpecification.LambdaCodeHook.LambdaArn'], principal: 'lexv2.amazonaws.com', source: ['${.Arn}'] },
  // the alias for tests, whose id no attribute tells
  { type: 'AWS::Lex::Bot', at: ['TestBotAliasSettings.BotAliasLocaleSettings[].BotAliasLocaleSetting.CodeHookSpecification.LambdaCodeHook.LambdaArn'], principal: 'lexv2.amazonaws.com', source: [`${ARN}:lex:${HERE}:bot-alias/\${.Id}/\${?}`] },
  { type: 'AWS::Transfer::Server', at: ['IdentityProviderDetails.Function'], principal: 'transfer.amazonaws.com', source: ['${.Arn}'] },
];
