import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer, HttpLambdaResponseType, WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration, HttpUrlIntegration, WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as config from 'aws-cdk-lib/aws-config';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LambdaTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as iot from 'aws-cdk-lib/aws-iot';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { LambdaDestination as LogsDestination } from 'aws-cdk-lib/aws-logs-destinations';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as actions from 'aws-cdk-lib/aws-ses-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/** Wires a function, or its alias, to a service by the CDK's own construct. */
type Wire = (scope: Construct, fn: lambda.IFunction) => unknown;

function restApi(scope: Construct): apigateway.RestApi {
  return new apigateway.RestApi(scope, 'Api', { cloudWatchRole: false });
}

function alarm(scope: Construct): cloudwatch.Alarm {
  return new cloudwatch.Alarm(scope, 'Alarm', { metric: new cloudwatch.Metric({ namespace: 'shop', metricName: 'errors' }), threshold: 1, evaluationPeriods: 1 });
}

function targetGroup(scope: Construct, fn: lambda.IFunction): elb.ApplicationTargetGroup {
  const vpc = new ec2.Vpc(scope, 'Vpc', { maxAzs: 2, natGateways: 0, restrictDefaultSecurityGroup: false });
  const balancer = new elb.ApplicationLoadBalancer(scope, 'Balancer', { vpc });
  return balancer.addListener('Http', { port: 80 }).addTargets('Target', { targets: [new LambdaTarget(fn)] });
}

function topicRule(scope: Construct, fn: lambda.IFunction): void {
  const rule = new iot.CfnTopicRule(scope, 'TopicRule', { topicRulePayload: { sql: "SELECT * FROM 'shop'", actions: [{ lambda: { functionArn: fn.functionArn } }] } });
  fn.addPermission('TopicRule', { principal: new iam.ServicePrincipal('iot.amazonaws.com'), sourceArn: rule.attrArn, sourceAccount: rule.stack.account });
}

function repository(scope: Construct, fn: lambda.IFunction): void {
  const repo = new codecommit.Repository(scope, 'Repository', { repositoryName: 'shop' });
  repo.notify(fn.functionArn);
  fn.addPermission('Repository', { principal: new iam.ServicePrincipal('codecommit.amazonaws.com'), sourceArn: repo.repositoryArn });
}

/** One permission each, all of which are needed. */
export const INTEGRATIONS: Readonly<Record<string, Wire>> = {
  'bucket notification': (scope, fn) => new s3.Bucket(scope, 'Bucket').addEventNotification(s3.EventType.OBJECT_CREATED, new LambdaDestination(fn)),
  'topic subscription': (scope, fn) => new sns.Topic(scope, 'Topic').addSubscription(new LambdaSubscription(fn)),
  'rule': (scope, fn) => new events.Rule(scope, 'Rule', { schedule: events.Schedule.expression('rate(1 day)'), targets: [new targets.LambdaFunction(fn)] }),
  'rule of another bus': (scope, fn) => new events.Rule(scope, 'Rule', { eventBus: new events.EventBus(scope, 'Bus'), eventPattern: { source: ['shop'] }, targets: [new targets.LambdaFunction(fn)] }),
  'REST API, root': (scope, fn) => restApi(scope).root.addMethod('GET', new apigateway.LambdaIntegration(fn, { allowTestInvoke: false })),
  'REST API, paths': (scope, fn) => {
    const orders = restApi(scope).root.addResource('orders');
    orders.addMethod('ANY', new apigateway.LambdaIntegration(fn, { allowTestInvoke: false }));
    orders.addResource('{id}').addResource('lines').addMethod('POST', new apigateway.LambdaIntegration(fn, { allowTestInvoke: false, proxy: false }));
  },
  'REST API, greedy path': (scope, fn) => restApi(scope).root.addProxy({ defaultIntegration: new apigateway.LambdaIntegration(fn, { allowTestInvoke: false }) }),
  'REST API, one permission for all': (scope, fn) => {
    const { root } = restApi(scope);
    const integration = new apigateway.LambdaIntegration(fn, { allowTestInvoke: false, scopePermissionToMethod: false });
    for (const path of ['orders', 'returns', 'customers']) root.addResource(path).addMethod('GET', integration);
  },
  'REST API, token authorizer': (scope, fn) => restApi(scope).root.addMethod('GET', new apigateway.MockIntegration(), { authorizer: new apigateway.TokenAuthorizer(scope, 'Authorizer', { handler: fn }) }),
  'HTTP API, routes': (scope, fn) => {
    const integration = new HttpLambdaIntegration('Integration', fn);
    const api = new apigatewayv2.HttpApi(scope, 'Api');
    api.addRoutes({ path: '/orders/{id}', methods: [apigatewayv2.HttpMethod.GET], integration });
    api.addRoutes({ path: '/{proxy+}', methods: [apigatewayv2.HttpMethod.POST], integration });
  },
  'HTTP API, default route': (scope, fn) => new apigatewayv2.HttpApi(scope, 'Api', { defaultIntegration: new HttpLambdaIntegration('Integration', fn) }),
  'HTTP API, authorizer': (scope, fn) => new apigatewayv2.HttpApi(scope, 'Api').addRoutes({
    path: '/',
    methods: [apigatewayv2.HttpMethod.GET],
    integration: new HttpUrlIntegration('Shop', 'https://example.com'),
    authorizer: new HttpLambdaAuthorizer('Authorizer', fn, { responseTypes: [HttpLambdaResponseType.SIMPLE] }),
  }),
  'WebSocket API': (scope, fn) => {
    const api = new apigatewayv2.WebSocketApi(scope, 'Api', { connectRouteOptions: { integration: new WebSocketLambdaIntegration('Connect', fn) } });
    api.addRoute('send', { integration: new WebSocketLambdaIntegration('Send', fn) });
    new apigatewayv2.WebSocketStage(scope, 'Stage', { webSocketApi: api, stageName: 'prod' });
  },
  'load balancer': targetGroup,
  'user pool': (scope, fn) => new cognito.UserPool(scope, 'Pool', { lambdaTriggers: { preSignUp: fn } }),
  'user pool, token generation': (scope, fn) => new cognito.UserPool(scope, 'Pool', { featurePlan: cognito.FeaturePlan.ESSENTIALS })
    .addTrigger(cognito.UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, fn, cognito.LambdaVersion.V2_0),
  'log subscription': (scope, fn) => new logs.LogGroup(scope, 'Logs').addSubscriptionFilter('Filter', { destination: new LogsDestination(fn), filterPattern: logs.FilterPattern.allEvents() }),
  'alarm': (scope, fn) => alarm(scope).addAlarmAction(new LambdaAction(fn)),
  'composite alarm': (scope, fn) => new cloudwatch.CompositeAlarm(scope, 'Composite', { alarmRule: cloudwatch.AlarmRule.fromAlarm(alarm(scope), cloudwatch.AlarmState.ALARM) }).addAlarmAction(new LambdaAction(fn)),
  'topic rule of AWS IoT': topicRule,
  'receipt rule': (scope, fn) => new ses.ReceiptRuleSet(scope, 'Rules', { rules: [{ actions: [new actions.Lambda({ function: fn })] }] }),
  'config rule': (scope, fn) => new config.CustomRule(scope, 'Rule', { lambdaFunction: fn, configurationChanges: true }),
  'rotation of a secret': (scope, fn) => new secretsmanager.Secret(scope, 'Secret').addRotationSchedule('Rotation', { rotationLambda: fn as lambda.Function }),
  'GraphQL API, authorizer': (scope, fn) => new appsync.GraphqlApi(scope, 'Api', {
    name: 'shop',
    definition: appsync.Definition.fromSchema(appsync.SchemaFile.fromAsset(`${__dirname}/schema.graphql`)),
    authorizationConfig: { defaultAuthorization: { authorizationType: appsync.AuthorizationType.LAMBDA, lambdaAuthorizerConfig: { handler: fn } } },
  }),
  'repository': repository,
};

/** More permissions than are needed, or a finding of another rule when one of two is missing. */
export const OTHER_INTEGRATIONS: Readonly<Record<string, Wire>> = {
  'REST API with test invocations': (scope, fn) => restApi(scope).root.addMethod('GET', new apigateway.LambdaIntegration(fn)),
  'LambdaRestApi': (scope, fn) => new apigateway.LambdaRestApi(scope, 'Api', { handler: fn, cloudWatchRole: false }),
  'WebSocket API, authorizer': (scope, fn) => new apigatewayv2.WebSocketApi(scope, 'Api', {
    connectRouteOptions: { integration: new WebSocketLambdaIntegration('Connect', fn), authorizer: new WebSocketLambdaAuthorizer('Authorizer', fn) },
  }),
  'user pool, several triggers': (scope, fn) => new cognito.UserPool(scope, 'Pool', { lambdaTriggers: { preSignUp: fn, postConfirmation: fn } }),
  'function URL': (_, fn) => fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE }),
  'function URL with IAM': (_, fn) => fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM }).grantInvokeUrl(new iam.ServicePrincipal('cloudfront.amazonaws.com')),
};
