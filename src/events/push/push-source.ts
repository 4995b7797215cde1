import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as codepipeline from 'aws-cdk-lib/aws-codepipeline';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as lex from 'aws-cdk-lib/aws-lex';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as vpclattice from 'aws-cdk-lib/aws-vpclattice';
import { Construct } from 'constructs';
import { AlarmPushSource, AlarmSourceOptions } from './alarm';
import { AlexaSkillPushSource, AlexaSkillSourceOptions } from './alexa-skill';
import { BatchOperationsPushSource, BatchOperationsSourceOptions } from './batch-operations';
import { BedrockActionGroupPushSource, BedrockActionGroupSourceOptions } from './bedrock-action-group';
import { BucketPushSource, BucketSourceOptions } from './bucket';
import { ConfigRulePushSource, ConfigRuleSourceOptions } from './config-rule';
import { ConnectInstancePushSource } from './connect-instance';
import { CustomResourcePushSource, CustomResourceSourceOptions } from './custom-resource';
import { DistributionPushSource, DistributionSourceOptions } from './distribution';
import { EmailPushSource, EmailSourceOptions } from './email';
import { EventBridgePushSource, EventBridgeSourceOptions } from './event-bridge';
import { FunctionUrlPushSource, FunctionUrlSourceOptions } from './function-url';
import { GraphqlResolverPushSource, GraphqlResolverSourceOptions } from './graphql-resolver';
import { HttpApiPushSource, HttpApiSourceOptions } from './http-api';
import { IotRulePushSource, IotRuleSourceOptions } from './iot-rule';
import { LatticeListenerSourceOptions, LatticePushSource, LatticeTargetGroupSourceOptions } from './lattice';
import { LexBotPushSource, LexBotSourceOptions } from './lex-bot';
import { LoadBalancerPushSource, LoadBalancerSourceOptions } from './load-balancer';
import { LogsPushSource, LogsSourceOptions } from './logs';
import { PipelineStagePushSource, PipelineStageSourceOptions } from './pipeline-stage';
import { RepositoryPushSource, RepositorySourceOptions } from './repository';
import { RestApiPushSource, RestApiSourceOptions } from './rest-api';
import { SchedulePushSource, ScheduleSourceOptions } from './schedule';
import { SecretRotationPushSource, SecretRotationSourceOptions } from './secret-rotation';
import { TopicPushSource, TopicSourceOptions } from './topic';
import { UserPoolPushSource, UserPoolSourceOptions } from './user-pool';
import { WebSocketApiPushSource, WebSocketApiSourceOptions } from './web-socket-api';

/**
 * Services that invoke a function when something happens.
 *
 * Each factory returns a `lambda.IEventSource` for `addEventSource()` of any function; on an `EventFunction` the
 * service invokes the live alias and is permitted to.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
 */
export class PushSource {
  /**
   * An alarm of Amazon CloudWatch invokes the function, asynchronously, for each change to one of the states.
   *
   * CloudWatch tries until Lambda takes the event. When the function fails, Lambda retries twice and then sends the event to its
   * on-failure destination or dead-letter queue; without them to a queue that is made for that.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
   * @example
   * import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const repair: EventFunction;
   * declare const alarm: cloudwatch.Alarm;
   * repair.addEventSource(PushSource.alarm(alarm, { states: [cloudwatch.AlarmState.ALARM, cloudwatch.AlarmState.OK] }));
   */
  public static alarm(alarm: cloudwatch.IAlarm, options: AlarmSourceOptions = {}): AlarmPushSource {
    return new AlarmPushSource(alarm, options);
  }

  /**
   * A skill of Amazon Alexa invokes the function, synchronously, for each request of a user.
   *
   * Only this one skill may. When the function fails or takes longer than 8 seconds, Alexa tells the user that the skill did
   * not answer; nobody tries again. The endpoint of the skill is set where the skill is: in the developer console of Alexa,
   * to the ARN of the live alias.
   *
   * @param skillId Id of the skill, `amzn1.ask.skill....`
   * @see https://developer.amazon.com/en-US/docs/alexa/custom-skills/host-a-custom-skill-as-an-aws-lambda-function.html
   * @example
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * orders.addEventSource(PushSource.alexaSkill('amzn1.ask.skill.1a2b3c4d-0000-0000-0000-000000000000'));
   */
  public static alexaSkill(skillId: string, options: AlexaSkillSourceOptions = {}): AlexaSkillPushSource {
    return new AlexaSkillPushSource(skillId, options);
  }

  /**
   * A job of Amazon S3 Batch Operations invokes the function, synchronously, for each object of a list.
   *
   * The function answers for each object with Succeeded, TemporaryFailure (which is tried again) or PermanentFailure. Jobs are no
   * resources of CloudFormation: `CreateJob` starts one. Made here is their role, which may invoke this function, read manifests and write
   * reports, and nothing else; `jobParameters()` has what the request needs, `grantCreateJob()` is for who sends it.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html
   * @example
   * import * as s3 from 'aws-cdk-lib/aws-s3';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const resize: EventFunction;
   * declare const startJob: EventFunction;
   * const jobs = new s3.Bucket(this, 'Jobs');
   * const source = PushSource.batchOperations({ manifestBucket: jobs, manifestKey: 'manifests/*', reportBucket: jobs, reportPrefix: 'reports' });
   * resize.addEventSource(source);
   * source.grantCreateJob(resize, startJob);
   * startJob.addEnvironment('JOB', this.toJsonString(source.jobParameters(resize)));
   */
  public static batchOperations(options: BatchOperationsSourceOptions): BatchOperationsPushSource {
    return new BatchOperationsPushSource(options);
  }

  /**
   * An agent of Amazon Bedrock invokes the function, synchronously, for each action of an action group that it decides to do.
   *
   * When the function fails, the client that invoked the agent gets an error; nobody tries again. The source adds the action
   * group to the agent.
   *
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html
   * @example
   * import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * declare const agent: bedrock.CfnAgent;
   * orders.addEventSource(PushSource.bedrockActionGroup(agent, {
   *   actionGroupName: 'order-status',
   *   functions: [{ name: 'findOrder' }],
   * }));
   */
  public static bedrockActionGroup(agent: bedrock.CfnAgent, options: BedrockActionGroupSourceOptions): BedrockActionGroupPushSource {
    return new BedrockActionGroupPushSource(agent, options);
  }

  /**
   * Amazon S3 invokes the function, asynchronously, for each object that is created (or removed, restored, ...).
   *
   * S3 may deliver an event more than once and in any order. When the function fails, Lambda retries twice and then
   * sends the event to its on-failure destination or dead-letter queue; without them to a queue that is made for that.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html
   * @example
   * import * as s3 from 'aws-cdk-lib/aws-s3';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * const inbox = new s3.Bucket(this, 'Inbox');
   * orders.addEventSource(PushSource.bucket(inbox, { filters: [{ prefix: 'orders/', suffix: '.csv' }] }));
   */
  public static bucket(bucket: s3.IBucket, options: BucketSourceOptions = {}): BucketPushSource {
    return new BucketPushSource(bucket, options);
  }

  /**
   * A custom rule of AWS Config invokes the function, asynchronously, when resources change or at intervals.
   *
   * The function may report what it found (`config:PutEvaluations`); what else it reads must be granted to it. When it fails,
   * Lambda retries twice and then sends the event to its on-failure destination or dead-letter queue; without them to a
   * queue that is made for that. AWS Config must record in the Region.
   *
   * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_lambda-functions.html
   * @example
   * import { ResourceType, RuleScope } from 'aws-cdk-lib/aws-config';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const compliance: EventFunction;
   * compliance.addEventSource(PushSource.configRule({ ruleScope: RuleScope.fromResource(ResourceType.EC2_INSTANCE) }));
   */
  public static configRule(options: ConfigRuleSourceOptions = {}): ConfigRulePushSource {
    return new ConfigRulePushSource(options);
  }

  /**
   * Flows of an instance of Amazon Connect invoke the function, synchronously, in blocks of the kind *AWS Lambda function*.
   *
   * When the function fails, Amazon Connect tries again up to three times; when it takes longer than 8 seconds, the contact goes
   * on at the error branch of the block. The block names the ARN of the live alias.
   *
   * @param instanceArn ARN of the instance, such as `CfnInstance.attrArn`
   * @see https://docs.aws.amazon.com/connect/latest/adminguide/connect-lambda-functions.html
   * @example
   * import * as connect from 'aws-cdk-lib/aws-connect';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * declare const instance: connect.CfnInstance;
   * orders.addEventSource(PushSource.connectInstance(instance.attrArn));
   */
  public static connectInstance(instanceArn: string): ConnectInstancePushSource {
    return new ConnectInstancePushSource(instanceArn);
  }

  /**
   * AWS CloudFormation invokes the function, asynchronously, when the custom resource is created, updated or deleted with its stack.
   *
   * The function answers to the `ResponseURL` of the event, with 4,096 bytes at most. When it fails, Lambda retries twice and then sends
   * the event to its on-failure destination or dead-letter queue, without them to a queue that is made for that; the deployment waits
   * until `serviceTimeout` is over, and then fails. No permission is needed: whoever deploys the stack invokes, and needs
   * `lambda:InvokeFunction` on the live alias. The alias is there before the resource and until it is deleted, as are the policies of
   * the function; a function that has several of them answers for each.
   *
   * @param scope where the resource is made
   * @param id its id
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-cloudformation.html
   * @example
   * import { CfnOutput, Duration } from 'aws-cdk-lib';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const migrate: EventFunction;
   * const schema = PushSource.customResource(this, 'Schema', { resourceType: 'Custom::Schema', properties: { Version: '7' }, serviceTimeout: Duration.minutes(10) });
   * migrate.addEventSource(schema);
   * new CfnOutput(this, 'Tables', { value: schema.resource.getAttString('Tables') });
   */
  public static customResource(scope: Construct, id: string, options: CustomResourceSourceOptions = {}): CustomResourcePushSource {
    return new CustomResourcePushSource(scope, id, options);
  }

  /**
   * A distribution of Amazon CloudFront invokes the function, synchronously, for each request of some of its paths, by the function's URL.
   *
   * The function gets a URL, if it has none, which only the distribution may call, as it signs its calls (origin access control). When the
   * function fails, the viewer gets an error; when no answer begins within 30 seconds, CloudFront tries GET and HEAD again. Viewers may
   * send GET and HEAD only, unless `allowedMethods` says otherwise, and with PUT and POST they must send the SHA-256 of the body in the
   * header `x-amz-content-sha256`. For the default behavior of a distribution there is `FunctionOrigin`.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
   * @example
   * import { AllowedMethods, Distribution } from 'aws-cdk-lib/aws-cloudfront';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * declare const site: Distribution;
   * orders.addEventSource(PushSource.distribution(site, { pathPattern: '/orders/*', allowedMethods: AllowedMethods.ALLOW_ALL }));
   */
  public static distribution(distribution: cloudfront.Distribution, options: DistributionSourceOptions): DistributionPushSource {
    return new DistributionPushSource(distribution, options);
  }

  /**
   * A receipt rule of Amazon SES invokes the function, by default asynchronously, for each e-mail to certain recipients.
   *
   * The handler receives headers and verdicts, not the body: store that by an action before. When the function fails, Lambda
   * retries twice and then sends the event to its on-failure destination or dead-letter queue; without them to a queue that is
   * made for that. The rule set must be the active one, which only the console or the API can make it.
   *
   * @see https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda.html
   * @example
   * import { ReceiptRuleSet } from 'aws-cdk-lib/aws-ses';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const support: EventFunction;
   * const mail = new ReceiptRuleSet(this, 'Mail');
   * support.addEventSource(PushSource.email(mail, { recipients: ['support@example.com'], scanEnabled: true }));
   */
  public static email(ruleSet: ses.IReceiptRuleSet, options: EmailSourceOptions = {}): EmailPushSource {
    return new EmailPushSource(ruleSet, options);
  }

  /**
   * A rule of Amazon EventBridge invokes the function, asynchronously, for each event on a bus that matches a pattern.
   *
   * An event may come more than once and in any order. When the function fails, Lambda retries twice and then sends the event to its
   * on-failure destination or dead-letter queue; without them to a queue that is made for that. Events that EventBridge cannot hand over
   * to Lambda end in `deadLetterQueue`. For schedules see `schedule()`.
   *
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html
   * @example
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * orders.addEventSource(PushSource.eventBridge({ eventPattern: { source: ['shop.orders'], detailType: ['OrderPlaced'] } }));
   */
  public static eventBridge(options: EventBridgeSourceOptions): EventBridgePushSource {
    return new EventBridgePushSource(options);
  }

  /**
   * Clients invoke the function, synchronously, by a URL of its own, which stays the same as long as the function (or alias)
   * has it.
   *
   * Clients sign their requests, unless `authType` is NONE: then everyone may call. When the function fails, the client gets
   * an error; nobody tries again. A function, and each of its aliases, has one URL at most.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
   * @example
   * import { CfnOutput } from 'aws-cdk-lib';
   * import * as iam from 'aws-cdk-lib/aws-iam';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * declare const shop: iam.Role;
   * const source = PushSource.functionUrl({ callers: [shop] });
   * orders.addEventSource(source);
   * new CfnOutput(this, 'Url', { value: source.urlOf(orders).url });
   */
  public static functionUrl(options: FunctionUrlSourceOptions = {}): FunctionUrlPushSource {
    return new FunctionUrlPushSource(options);
  }

  /**
   * A GraphQL API of AWS AppSync invokes the function, synchronously, for each value of a field.
   *
   * AppSync does so with a role that is made for it, and that may invoke this function and nothing else. When the function fails, or the
   * request takes longer than 30 seconds, the client gets an error; nobody tries again. Without a field, the function is a data
   * source for resolvers of your own.
   *
   * @see https://docs.aws.amazon.com/appsync/latest/devguide/direct-lambda-reference.html
   * @example
   * import { GraphqlApi } from 'aws-cdk-lib/aws-appsync';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * declare const api: GraphqlApi;
   * orders.addEventSource(PushSource.graphqlResolver(api, { typeName: 'Query', fieldName: 'order' }));
   */
  public static graphqlResolver(api: appsync.IGraphqlApi, options: GraphqlResolverSourceOptions = {}): GraphqlResolverPushSource {
    return new GraphqlResolverPushSource(api, options);
  }

  /**
   * An HTTP API of Amazon API Gateway invokes the function, synchronously, for each request of its routes.
   *
   * When the function fails or takes longer than 30 seconds, the client gets an error; nobody tries again.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html
   * @example
   * import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * const api = new HttpApi(this, 'Api');
   * orders.addEventSource(PushSource.httpApi(api, { path: '/orders/{id}', methods: [HttpMethod.GET] }));
   */
  public static httpApi(api: apigatewayv2.IHttpApi, options: HttpApiSourceOptions = {}): HttpApiPushSource {
    return new HttpApiPushSource(api, options);
  }

  /**
   * A topic rule of AWS IoT Core invokes the function, asynchronously, for each message that its statement selects.
   *
   * The handler receives what is selected. When the function fails, Lambda retries twice and then sends the event to its
   * on-failure destination or dead-letter queue; without them to a queue that is made for that.
   *
   * @see https://docs.aws.amazon.com/iot/latest/developerguide/lambda-rule-action.html
   * @example
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const water: EventFunction;
   * water.addEventSource(PushSource.iotRule({ sql: "SELECT * FROM 'greenhouse/+/moisture' WHERE moisture < 30" }));
   */
  public static iotRule(options: IotRuleSourceOptions): IotRulePushSource {
    return new IotRulePushSource(options);
  }

  /**
   * A service of Amazon VPC Lattice invokes the function, synchronously, for each request that a rule of its listener sends there.
   *
   * The function becomes the target of a target group, which is made beside it and can be had by `targetGroupOf()`. When the function fails,
   * the client gets an error; nobody is documented to try again.
   *
   * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
   * @example
   * import * as vpclattice from 'aws-cdk-lib/aws-vpclattice';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * declare const listener: vpclattice.CfnListener;
   * orders.addEventSource(PushSource.latticeListener(listener, { priority: 10, pathPrefix: '/orders', method: 'GET' }));
   */
  public static latticeListener(listener: vpclattice.CfnListener, options: LatticeListenerSourceOptions): LatticePushSource {
    return new LatticePushSource(options, listener, options);
  }

  /**
   * A service of Amazon VPC Lattice invokes the function, synchronously, as in `latticeListener()`, by listeners and rules of your own.
   *
   * Only the target group and its permission are made; `targetGroupOf()` is for their actions. One service can use a target group.
   *
   * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
   * @example
   * import { CfnOutput } from 'aws-cdk-lib';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * const source = PushSource.latticeTargetGroup();
   * orders.addEventSource(source);
   * new CfnOutput(this, 'TargetGroup', { value: source.targetGroupOf(orders).attrArn });
   */
  public static latticeTargetGroup(options: LatticeTargetGroupSourceOptions = {}): LatticePushSource {
    return new LatticePushSource(options);
  }

  /**
   * The alias of a bot of Amazon Lex V2 invokes the function, synchronously, as the code hook of its locales: for each intent
   * that is fulfilled by a function, or whose dialog is led by one.
   *
   * When the function fails or takes longer than 30 seconds (without fulfillment updates), the bot gives the failure response
   * of the intent; nobody tries again. Which intents call the function is said in the bot (`fulfillmentCodeHook`,
   * `dialogCodeHook`).
   *
   * @see https://docs.aws.amazon.com/lexv2/latest/dg/lambda.html
   * @example
   * import * as lex from 'aws-cdk-lib/aws-lex';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * const botAlias = new lex.CfnBotAlias(this, 'Live', { botAliasName: 'live', botId: 'BOTEXAMPLE', botVersion: '1' });
   * orders.addEventSource(PushSource.lexBot(botAlias, { locales: ['en_US', 'de_DE'] }));
   */
  public static lexBot(botAlias: lex.CfnBotAlias, options: LexBotSourceOptions = {}): LexBotPushSource {
    return new LexBotPushSource(options, botAlias);
  }

  /**
   * The alias of a bot of Amazon Lex V2 that is no part of this app may invoke the function, as in `lexBot()`.
   *
   * Only the permission is made here: the owner of the bot names the function in the settings of the bot alias.
   *
   * @param botAliasArn ARN of the alias of the bot, `arn:aws:lex:<Region>:<account>:bot-alias/<id of the bot>/<id of the alias>`
   * @see https://docs.aws.amazon.com/lexv2/latest/dg/lambda-attach-console.html
   * @example
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * orders.addEventSource(PushSource.lexBotFromArn('arn:aws:lex:eu-west-1:111122223333:bot-alias/BOTEXAMPLE/ALIASEXMPL'));
   */
  public static lexBotFromArn(botAliasArn: string): LexBotPushSource {
    return new LexBotPushSource({}, undefined, botAliasArn);
  }

  /**
   * An Application Load Balancer invokes the function, synchronously, for each request that a rule of its listener sends there.
   *
   * When the function fails, is throttled or runs out of time, the client gets an error of status 502; nobody tries again.
   * Load balancer and function must be in the same account and Region, and only target groups of these may invoke it.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-alb.html
   * @example
   * import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * declare const listener: elbv2.ApplicationListener;
   * orders.addEventSource(PushSource.loadBalancer(listener, {
   *   priority: 10,
   *   conditions: [elbv2.ListenerCondition.pathPatterns(['/orders/*'])],
   * }));
   */
  public static loadBalancer(listener: elbv2.IApplicationListener, options: LoadBalancerSourceOptions = {}): LoadBalancerPushSource {
    return new LoadBalancerPushSource(listener, options);
  }

  /**
   * A log group of Amazon CloudWatch Logs invokes the function, asynchronously, with batches of log events that match a pattern.
   *
   * A log group has at most two subscriptions, and the function must not write to it. What the handler receives is
   * compressed and in Base64. When the function fails, Lambda retries twice and then sends the event to its on-failure
   * destination or dead-letter queue; without them to a queue that is made for that.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchlogs.html
   * @example
   * import { FilterPattern, LogGroup } from 'aws-cdk-lib/aws-logs';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const alert: EventFunction;
   * const audit = new LogGroup(this, 'Audit');
   * alert.addEventSource(PushSource.logs(audit, { filterPattern: FilterPattern.anyTerm('ERROR', 'FATAL') }));
   */
  public static logs(logGroup: logs.ILogGroup, options: LogsSourceOptions = {}): LogsPushSource {
    return new LogsPushSource(logGroup, options);
  }

  /**
   * A pipeline of AWS CodePipeline invokes the function, asynchronously, as an action of one of its stages.
   *
   * The function must report the job by `PutJobSuccessResult` or `PutJobFailureResult`, which it is allowed to; until then the action
   * waits, 20 minutes at most. With a continuation token it is invoked again, for up to 24 hours. When it fails, Lambda retries twice.
   * The pipeline does so with a role that may invoke this function and nothing else. The action names the live alias as
   * `function:alias`, as the Invoke API of Lambda takes it; the page of the action speaks of names only.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html
   * @example
   * import * as codepipeline from 'aws-cdk-lib/aws-codepipeline';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const announce: EventFunction;
   * declare const pipeline: codepipeline.Pipeline;
   * announce.addEventSource(PushSource.pipelineStage(pipeline.addStage({ stageName: 'Announce' }), { userParameters: { channel: 'shop' } }));
   */
  public static pipelineStage(stage: codepipeline.IStage, options: PipelineStageSourceOptions = {}): PipelineStagePushSource {
    return new PipelineStagePushSource(stage, options);
  }

  /**
   * A repository of AWS CodeCommit invokes the function, asynchronously, when somebody pushes to a branch or tag, or makes or deletes one.
   *
   * When the function fails, Lambda retries twice and then sends the event to its on-failure destination or dead-letter queue; without
   * them to a queue that is made for that. Whether accounts that are new to CodeCommit can make repositories has changed over the
   * years: see its page. For repositories of other stacks and for pull requests use `eventBridge()`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-codecommit.html
   * @example
   * import * as codecommit from 'aws-cdk-lib/aws-codecommit';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const announce: EventFunction;
   * const shop = new codecommit.Repository(this, 'Shop', { repositoryName: 'shop' });
   * announce.addEventSource(PushSource.repository(shop, { branches: ['main'], events: [codecommit.RepositoryEventTrigger.UPDATE_REF] }));
   */
  public static repository(repository: codecommit.Repository, options: RepositorySourceOptions = {}): RepositoryPushSource {
    return new RepositoryPushSource(repository, options);
  }

  /**
   * A REST API of Amazon API Gateway invokes the function, synchronously, for each request of its methods.
   *
   * When the function fails or takes longer than 29 seconds, the client gets an error; nobody tries again. An API that is
   * imported is not deployed by this app: new methods answer once its stage is deployed again.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html
   * @example
   * import { RestApi } from 'aws-cdk-lib/aws-apigateway';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * const api = new RestApi(this, 'Api');
   * orders.addEventSource(PushSource.restApi(api, { path: '/orders/{id}', methods: ['GET'] }));
   */
  public static restApi(api: apigateway.IRestApi, options: RestApiSourceOptions = {}): RestApiPushSource {
    return new RestApiPushSource(api, options);
  }

  /**
   * A schedule of Amazon EventBridge Scheduler invokes the function, asynchronously, at a rate, by a cron expression or once; a cron
   * expression has its time zone.
   *
   * It may be invoked more than once for one time. When the function fails, Lambda retries twice and then sends the event to its
   * on-failure destination or dead-letter queue; without them to a queue that is made for that. Events that Scheduler cannot hand over
   * to Lambda end in `deadLetterQueue`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-eventbridge-scheduler.html
   * @example
   * import { TimeZone } from 'aws-cdk-lib';
   * import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * const nightly = ScheduleExpression.cron({ hour: '3', minute: '30', timeZone: TimeZone.EUROPE_BERLIN });
   * orders.addEventSource(PushSource.schedule(nightly));
   */
  public static schedule(schedule: scheduler.ScheduleExpression, options: ScheduleSourceOptions = {}): SchedulePushSource {
    return new SchedulePushSource(schedule, options);
  }

  /**
   * AWS Secrets Manager invokes the function, asynchronously, for each of the four steps in which a secret gets a new value.
   *
   * The function is allowed to read and write the secret, and nothing else of its kind. When a step fails, Lambda tries it
   * again twice and then sends the event to the on-failure destination or dead-letter queue of the function; without them to a
   * queue that is made for that. Secrets Manager begins the rotation again, several times; until one succeeds the secret keeps its
   * value. A secret has one rotation.
   *
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html
   * @example
   * import { Duration } from 'aws-cdk-lib';
   * import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const rotation: EventFunction;
   * const password = new secretsmanager.Secret(this, 'Password');
   * rotation.addEventSource(PushSource.secretRotation(password, { automaticallyAfter: Duration.days(7) }));
   */
  public static secretRotation(secret: secretsmanager.ISecret, options: SecretRotationSourceOptions = {}): SecretRotationPushSource {
    return new SecretRotationPushSource(secret, options);
  }

  /**
   * A standard topic of Amazon SNS invokes the function, asynchronously, for each message that matches the filter policy.
   *
   * A message may come more than once and in any order. When the function fails, Lambda retries twice and then sends the event to its
   * on-failure destination or dead-letter queue; without them to a queue that is made for that. Messages that SNS cannot hand over to
   * Lambda end in `deadLetterQueue`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
   * @example
   * import * as sns from 'aws-cdk-lib/aws-sns';
import * as vpclattice from 'aws-cdk-lib/aws-vpclattice';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * const topic = new sns.Topic(this, 'Changes');
   * orders.addEventSource(PushSource.topic(topic, {
   *   filterPolicy: { kind: sns.SubscriptionFilter.stringFilter({ allowlist: ['order'] }) },
   * }));
   */
  public static topic(topic: sns.ITopic, options: TopicSourceOptions = {}): TopicPushSource {
    return new TopicPushSource(topic, options);
  }

  /**
   * A user pool of Amazon Cognito invokes the function, synchronously, when users sign up, sign in or get a message.
   *
   * When the function fails, what the user asked for fails. Amazon Cognito waits 5 seconds for the answer and calls up to three
   * times; of what the senders of e-mails and text messages do it does not wait for the end. A function that names the pool,
   * in its environment or its permissions, cannot be a trigger of it in the same deployment: look the id up in the event.
   *
   * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
   * @example
   * import { UserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const welcome: EventFunction;
   * const customers = new UserPool(this, 'Customers');
   * welcome.addEventSource(PushSource.userPool(customers, UserPoolOperation.POST_CONFIRMATION));
   */
  public static userPool(pool: cognito.UserPool, operation: cognito.UserPoolOperation, options: UserPoolSourceOptions = {}): UserPoolPushSource {
    return new UserPoolPushSource(pool, operation, options);
  }

  /**
   * A WebSocket API of Amazon API Gateway invokes the function, synchronously, for each message of its routes, and when
   * clients connect and disconnect.
   *
   * When the function fails or takes longer than 29 seconds, the client is not connected or gets a message with an error;
   * nobody tries again. Whether `$disconnect` comes is not guaranteed.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html
   * @example
   * import { WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
   * import { EventFunction, PushSource } from 'cdk-event-functions';
   *
   * declare const chat: EventFunction;
   * const api = new WebSocketApi(this, 'Api');
   * chat.addEventSource(PushSource.webSocketApi(api, { routes: ['$connect', '$disconnect', 'sendMessage'] }));
   * api.grantManageConnections(chat);
   */
  public static webSocketApi(api: apigatewayv2.IWebSocketApi, options: WebSocketApiSourceOptions = {}): WebSocketApiPushSource {
    return new WebSocketApiPushSource(api, options);
  }

  private constructor() {}
}
