import * as fs from 'fs';
import * as path from 'path';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as restapi from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as codepipeline from 'aws-cdk-lib/aws-codepipeline';
import { S3SourceAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as lex from 'aws-cdk-lib/aws-lex';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvocationType } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import * as vpclattice from 'aws-cdk-lib/aws-vpclattice';
import { MINIMAL, NEW_APP, NO_FLAGS } from './functions';
import { built, IMAGE, pushed } from './images';
import * as library from '../../src';
import { AppModel } from '../../src/model/app';
import { CATALOG } from '../../src/rules/catalog';
import { tempFolder } from '../fixtures/temp-folder';
import { INTEGRATIONS } from '../permissions/wired';

/**
 * Constructs and rules do not know each other; they meet here. What our constructs make by default must be what our
 * rules ask for.
 */
const CONSTRUCTS: Record<string, (stack: Stack) => void> = {
  'EventFunction': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL),
  'ImageEventFunction': (stack) => new library.ImageEventFunction(stack, 'Orders', { code: built() }),
  'ImageEventFunction for arm64': (stack) => new library.ImageEventFunction(stack, 'Orders', { code: built(), architecture: lambda.Architecture.ARM_64 }),
  'ImageEventFunction of a pushed image': (stack) => new library.ImageEventFunction(stack, 'Orders', { code: pushed(stack, '1.4.2') }),
  'EventFunction of an image': (stack) => new library.EventFunction(stack, 'Orders', {
    runtime: lambda.Runtime.FROM_IMAGE, handler: lambda.Handler.FROM_IMAGE, code: lambda.Code.fromAssetImage(IMAGE),
  }),
  'FunctionAlias': (stack) => {
    const canary = new library.EventFunction(stack, 'Orders', MINIMAL).addAlias('canary', { resourcePolicyMode: library.ResourcePolicyMode.DOCUMENT });
    canary.addFunctionUrl().grantInvokeUrl(new iam.AccountPrincipal('111122223333'));
    canary.addEventSource(library.PullSource.queue(new sqs.Queue(stack, 'Queue')));
    canary.addEventSource(library.PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
  },
  'ProvisionedConcurrency': (stack) => new library.EventFunction(stack, 'Orders', {
    ...MINIMAL, provisionedConcurrency: library.ProvisionedConcurrency.targetTracking({ max: 10 }),
  }),
  'ProvisionedConcurrency that is fixed': (stack) => new library.EventFunction(stack, 'Orders', {
    ...MINIMAL, reservedConcurrentExecutions: 3, provisionedConcurrency: library.ProvisionedConcurrency.fixed(3),
  }),
  'ExecutionRole': (stack) => new library.ExecutionRole(stack, 'Role'),
  'AlarmPushSource': (stack) => {
    const metric = new cloudwatch.Metric({ namespace: 'Shop', metricName: 'Orders' });
    const alarm = metric.createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
    new library.EventFunction(stack, 'Orders', MINIMAL).addEventSource(library.PushSource.alarm(alarm));
  },
  'AlexaSkillPushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.alexaSkill('amzn1.ask.skill.1')),
  'BatchOperationsPushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.batchOperations({ manifestBucket: new s3.Bucket(stack, 'Jobs') })),
  'BedrockActionGroupPushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.bedrockActionGroup(new bedrock.CfnAgent(stack, 'Agent', { agentName: 'orders' }), {
      actionGroupName: 'order-status', functions: [{ name: 'findOrder' }],
    })),
  'BucketPushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.bucket(new s3.Bucket(stack, 'Inbox'))),
  'ConnectInstancePushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.connectInstance('arn:aws:connect:eu-central-1:111122223333:instance/c8c0e68d-2200-4265-82c0-000000000000')),
  'HttpApiPushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.httpApi(new apigateway.HttpApi(stack, 'Api'), { path: '/orders' })),
  'EventBridgePushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.eventBridge({ eventPattern: { source: ['shop.orders'] } })),
  'SchedulePushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.schedule(scheduler.ScheduleExpression.rate(Duration.hours(1)))),
  'TopicPushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.topic(new sns.Topic(stack, 'Changes'))),
  'LatticePushSource': (stack) => {
    const fn = new library.EventFunction(stack, 'Orders', MINIMAL);
    const defaultAction = { fixedResponse: { statusCode: 404 } };
    const listener = new vpclattice.CfnListener(stack, 'Listener', { serviceIdentifier: 'svc-0123456789abcdef0', protocol: 'HTTPS', defaultAction });
    fn.addEventSource(library.PushSource.latticeListener(listener, { priority: 10, pathPrefix: '/orders' }));
  },
  'LexBotPushSource': (stack) => {
    const fn = new library.EventFunction(stack, 'Orders', MINIMAL);
    fn.addEventSource(library.PushSource.lexBot(new lex.CfnBotAlias(stack, 'Bot', { botAliasName: 'live', botId: 'BOTEXAMPLE', botVersion: '1' })));
    fn.addEventSource(library.PushSource.lexBotFromArn('arn:aws:lex:eu-west-1:111122223333:bot-alias/BOTEXAMPLE/ALIASEXMPL'));
  },
  'FirehoseTransformation': (stack) => {
    const processors = [new library.FirehoseTransformation(new library.EventFunction(stack, 'Orders', MINIMAL))];
    new firehose.DeliveryStream(stack, 'Clicks', { destination: new firehose.S3Bucket(new s3.Bucket(stack, 'Lake'), { processors }) });
  },
  'LambdaTask': (stack) => {
    const fn = new library.EventFunction(stack, 'Orders', MINIMAL);
    const states = new library.LambdaTask(stack, 'Charge', fn)
      .next(new library.LambdaTask(stack, 'Ship', fn, { invocationType: LambdaInvocationType.EVENT }));
    new stepfunctions.StateMachine(stack, 'Order', { definitionBody: stepfunctions.DefinitionBody.fromChainable(states) });
  },
  'GraphqlResolverPushSource': (stack) => {
    const definition = appsync.Definition.fromFile(path.join(__dirname, '../rules/permissions/schema.graphql'));
    const source = library.PushSource.graphqlResolver(new appsync.GraphqlApi(stack, 'Api', { name: 'shop', definition }), { typeName: 'Query', fieldName: 'orders' });
    new library.EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
  },
  'SecretRotationPushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.secretRotation(new secretsmanager.Secret(stack, 'Password'))),
  'UserPoolPushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.userPool(new cognito.UserPool(stack, 'Customers'), cognito.UserPoolOperation.PRE_SIGN_UP)),
  'LogsPushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.logs(new logs.LogGroup(stack, 'Audit', { retention: logs.RetentionDays.ONE_MONTH }))),
  'ConfigRulePushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL).addEventSource(library.PushSource.configRule()),
  'IotRulePushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.iotRule({ sql: "SELECT * FROM 'orders/new'" })),
  'DistributionPushSource': (stack) => {
    const orders = new library.EventFunction(stack, 'Orders', MINIMAL);
    const site = new cloudfront.Distribution(stack, 'Site', { defaultBehavior: { origin: new library.FunctionOrigin(orders) } });
    new library.EventFunction(stack, 'Returns', MINIMAL).addEventSource(library.PushSource.distribution(site, { pathPattern: '/returns/*' }));
  },
  'FunctionOrigin': (stack) => {
    const fn = new library.EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode: library.ResourcePolicyMode.DOCUMENT });
    new cloudfront.Distribution(stack, 'Site', { defaultBehavior: { origin: new library.FunctionOrigin(fn) } });
  },
  'CustomResourcePushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.customResource(stack, 'Schema', { resourceType: 'Custom::Schema' })),
  'PipelineStagePushSource': (stack) => {
    const artifactBucket = new s3.Bucket(stack, 'Artifacts');
    const source = new S3SourceAction({ actionName: 'Source', bucket: artifactBucket, bucketKey: 'shop.zip', output: new codepipeline.Artifact() });
    const pipeline = new codepipeline.Pipeline(stack, 'Pipeline', { artifactBucket, pipelineType: codepipeline.PipelineType.V2 });
    pipeline.addStage({ stageName: 'Source', actions: [source] });
    new library.EventFunction(stack, 'Orders', MINIMAL).addEventSource(library.PushSource.pipelineStage(pipeline.addStage({ stageName: 'Announce' })));
  },
  'RepositoryPushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.repository(new codecommit.Repository(stack, 'Repository', { repositoryName: 'shop' }))),
  'EmailPushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.email(new ses.ReceiptRuleSet(stack, 'Mail'))),
  'FunctionUrlPushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.functionUrl({ callers: [new iam.AccountPrincipal('111122223333')] })),
  'LoadBalancerPushSource': (stack) => {
    const listener = elbv2.ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
      listenerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/1/2',
      securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
    });
    new library.EventFunction(stack, 'Orders', MINIMAL)
      .addEventSource(library.PushSource.loadBalancer(listener, { priority: 1, conditions: [elbv2.ListenerCondition.pathPatterns(['/orders'])] }));
  },
  'RestApiPushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.restApi(new restapi.RestApi(stack, 'Api'))),
  'WebSocketApiPushSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PushSource.webSocketApi(new apigateway.WebSocketApi(stack, 'Api'))),
  'EventFunction whose old versions are pruned': (stack) => new library.EventFunction(stack, 'Orders', { ...MINIMAL, keepVersions: 3 }),
  'EventFunction with a document': (stack) => {
    const fn = new library.EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode: library.ResourcePolicyMode.DOCUMENT });
    fn.addEventSource(library.PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
    fn.addFunctionUrl().grantInvokeUrl(new iam.AccountPrincipal('111122223333'));
  },
  'EventFunction with permissions for services': (stack) => {
    // integrations of the CDK keep no event that failed
    const fn = new library.EventFunction(stack, 'Orders', { ...MINIMAL, deadLetterQueueEnabled: true });
    // Scheduler has no use for a permission; the network of the load balancer has a warning of the CDK.
    const { 'scheduler.amazonaws.com': _, 'elasticloadbalancing.amazonaws.com': __, ...others } = INTEGRATIONS;
    for (const wire of Object.values(others)) wire(stack, fn);
  },
  'EventFunction with a role of its own kind': (stack) => new library.EventFunction(stack, 'Orders', {
    ...MINIMAL,
    role: new library.ExecutionRole(stack, 'Role'),
    restrictRoleToFunction: true,
    tracing: lambda.Tracing.ACTIVE,
    deadLetterQueue: new sqs.Queue(stack, 'Dead', { encryptionMasterKey: new kms.Key(stack, 'Key') }),
  }),
  'NodejsEventFunction': (stack) => {
    stack.node.setContext('cdk-event-functions:bundle-cache', false);
    new library.NodejsEventFunction(stack, 'Orders', { runtime: MINIMAL.runtime, entry: path.join(__dirname, '../fixtures/handler/index.js') });
  },
  'NewQueuePullSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PullSource.newQueue(stack, 'Inbox')),
  'StreamPullSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PullSource.stream(new kinesis.Stream(stack, 'Clicks'))),
  'PullSource': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL)
    .addEventSource(library.PullSource.queue(new sqs.Queue(stack, 'Queue'))),
  'Release': (stack) => new library.EventFunction(stack, 'Orders', {
    ...MINIMAL, release: library.Release.canary({ percent: 10, interval: Duration.minutes(5), smokeTest: { event: '{}' } }),
  }),
  'SharedLayer': (stack) => {
    const code = lambda.Code.fromAsset(tempFolder({ nodejs: { node_modules: { common: { 'index.js': '' } } } }));
    const layer = new library.SharedLayer(stack, 'Common', { code });
    layer.addPermission('Partner', { accountId: '111122223333' });
    new library.EventFunction(stack, 'Orders', { ...MINIMAL, layers: [layer] });
  },
};

/** Exported classes that make no resources by themselves. */
const NO_RESOURCES = ['EventFunctionBase', 'PullSourceBase', 'PushSource', 'PushSourceBase', 'SourceBase', 'QueuePullSource', 'ResourcePolicy', 'LambdaRules', 'ConcurrencyBudget', 'PollingBound', 'TrafficProfile'];

describe.each([['without feature flags', NO_FLAGS], ['in a new app', NEW_APP]])('%s', (_, context) => {
  test.each(Object.entries(CONSTRUCTS))('%s with defaults breaks no rule', (__, make) => {
    const app = new App({ context: { ...context, '@aws-cdk/core:annotationsInValidationReport': true } });
    make(new Stack(app, 'Shop'));
    const seen: AppModel[] = [];
    const spies = CATALOG.map((rule) => jest.spyOn(rule as { check: (model: AppModel) => any }, 'check').mockImplementation((model) => {
      seen.push(model);
      return [];
    }));
    Validations.of(app).addPlugins(new library.LambdaRules());
    app.synth();
    spies.forEach((spy) => spy.mockRestore());
    expect(seen).toHaveLength(CATALOG.length);
    expect(CATALOG.flatMap((rule) => [...rule.check(seen[0])].map(({ message }) => message))).toEqual([]);
    const report = path.join(app.outdir, 'validation-report.json');
    const warnings = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')).pluginReports.flatMap((r: any) => r.violations) : [];
    expect(warnings).toEqual([]);
  });
});

test('no exported class was forgotten', () => {
  const classes = Object.entries(library).filter(([, value]) => typeof value === 'function').map(([name]) => name);
  const made = Object.keys(CONSTRUCTS).filter((name) => !name.includes(' '));
  expect([...made, ...NO_RESOURCES].sort()).toEqual(classes.sort());
});
