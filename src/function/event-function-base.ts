import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { FunctionAlias, FunctionAliasOptions } from './function-alias';
import { furtherAlias, liveAliasAgain } from './further-alias';
import { trafficEstimateOf } from './traffic-of';
import { isImage, layersOnImage } from '../code/image-checks';
import { TrafficEstimate } from '../concurrency/traffic-estimate';
import { deployPermissions } from '../deployment/deploy-permissions';
import { releasePermissions } from '../deployment/release-permissions';
import { checkAsyncOptions } from '../failure/async-options';
import { checkDestinations } from '../failure/destinations';
import { FailurePath } from '../limits/failure-path';
import { InvocationPath } from '../permissions/invocation-path';
import { ResourcePolicy, ResourcePolicyMode } from '../permissions/resource-policy';
import { RELEASE_ID } from '../release/shift/release-target';
import { OwnInputs } from '../release/versions/own-inputs';
import { changesBetween } from '../release/versions/version-changes';
import { VersionChange, VersionInput } from '../release/versions/version-input';
import { versionInputsOf } from '../release/versions/version-inputs';

/**
 * A function that is its own live alias.
 *
 * As an `lambda.IFunction`, and as an `lambda.IAlias`, it has the alias's ARN and name, so whatever is wired to it (event sources, grants, API
 * integrations) lands on the alias and never on `$LATEST`. What belongs to the function itself (environment, layers,
 * reserved concurrency) is reached here, under the names of `lambda.Function`, or at `function`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
 */
export abstract class EventFunctionBase extends lambda.QualifiedFunctionBase implements lambda.IAlias {
  /** The wrapped function: `$LATEST`, what the next version is published from. */
  public abstract readonly function: lambda.Function;

  /** The live alias. It points at the version published from the current code and configuration. */
  public abstract readonly alias: FunctionAlias;

  /** Who may invoke the function: every statement about the live alias. */
  public abstract readonly resourcePolicy: ResourcePolicy;

  protected readonly canCreatePermissions: boolean = true;

  /** Aliases besides the live one. */
  private readonly furtherAliases: FunctionAlias[] = [];

  /** The wrapped function, under the name that qualified functions of the CDK have for it. */
  public get lambda(): lambda.IFunction {
    return this.function;
  }

  /** Name of the live alias. */
  public get aliasName(): string {
    return this.alias.aliasName;
  }

  /** The version that the live alias points at. */
  public get version(): lambda.IVersion {
    return this.alias.version;
  }

  /** A reference to the live alias. */
  public get aliasRef(): lambda.AliasReference {
    return this.alias.aliasRef;
  }

  /** ARN of the live alias. */
  public get functionArn(): string {
    return this.alias.functionArn;
  }

  /** Name of the function and of the live alias: `name:alias`. */
  public get functionName(): string {
    return this.alias.functionName;
  }

  protected get qualifier(): string {
    return lambda.extractQualifierFromArn(this.alias.functionArn);
  }

  /** The execution role: what the function may do. */
  public get role(): iam.IRole | undefined {
    return this.function.role;
  }

  /** The principal that grants go to: the execution role. */
  public get grantPrincipal(): iam.IPrincipal {
    return this.function.grantPrincipal;
  }

  /** The instruction set that the function runs on. */
  public get architecture(): lambda.Architecture {
    return this.function.architecture;
  }

  /** Security groups of a function in a VPC. */
  public get connections(): ec2.Connections {
    return this.function.connections;
  }

  /** Whether the function is in a VPC. */
  public get isBoundToVpc(): boolean {
    return this.function.isBoundToVpc;
  }

  /** The version that the current code and configuration are published as. */
  public get currentVersion(): lambda.Version {
    return this.function.currentVersion;
  }

  /** The log group that the function writes to. */
  public get logGroup(): logs.ILogGroup {
    return this.function.logGroup;
  }

  /** The runtime of the function; `lambda.Runtime.FROM_IMAGE` for a container image. */
  public get runtime(): lambda.Runtime {
    return this.function.runtime;
  }

  /** How long one invocation may take, if that was given. */
  public get timeout(): Duration | undefined {
    return this.function.timeout;
  }

  /** The queue that asynchronous events go to when all attempts failed, if there is one. */
  public get deadLetterQueue(): sqs.IQueue | undefined {
    return this.function.deadLetterQueue;
  }

  /** The topic that asynchronous events go to when all attempts failed, if there is one. */
  public get deadLetterTopic(): sns.ITopic | undefined {
    return this.function.deadLetterTopic;
  }

  /**
   * Allow someone to invoke the live alias; the same as `resourcePolicy.allow()`.
   *
   * A service is held to the source that is given, or else to its resources in the function's account and Region.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
   */
  public addPermission(id: string, permission: lambda.Permission): void {
    this.resourcePolicy.allow(id, permission);
  }

  /** The unpublished code and configuration of the function: not what the live alias points at. */
  public get latestVersion(): lambda.IVersion {
    return this.function.latestVersion;
  }

  /**
   * Allow someone to invoke `$LATEST`, past the live alias: code that was deployed a moment ago, not yet published.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
   */
  public grantInvokeLatestVersion(grantee: iam.IGrantable): iam.Grant {
    return this.function.grantInvokeLatestVersion(grantee);
  }

  /**
   * Allow someone to invoke one version, past the live alias.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
   */
  public grantInvokeVersion(grantee: iam.IGrantable, version: lambda.IVersion): iam.Grant {
    return this.function.grantInvokeVersion(grantee, version);
  }

  /**
   * Say what becomes of events that are handed over without waiting, for the live alias: how often Lambda tries again, how long it keeps an
   * event, and where the records of failures and successes go. Once: options of the
   * constructor (`retryAttempts`, `maxEventAge`, `onFailure`, `onSuccess`) do the same.
   *
   * Refuses other numbers than 0 to 2 retries and 1 minute to 6 hours, FIFO queues and topics, the function itself under
   * whatever alias, and a bucket for successes.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html
   */
  public configureAsyncInvoke(options: lambda.EventInvokeConfigOptions): void {
    checkAsyncOptions(this, options);
    super.configureAsyncInvoke(options);
    checkDestinations(this);
  }

  /**
   * Let Lambda poll a source and invoke the live alias with what it finds. Sources such as `PullSource.queue()` call this.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
   */
  public addEventSourceMapping(id: string, options: lambda.EventSourceMappingOptions): lambda.EventSourceMapping {
    const mapping = super.addEventSourceMapping(id, options);
    this.alias._polledBy(options);
    return mapping;
  }

  /**
   * All ways in which the live alias is invoked: who calls, for what source, by which statement: the services, accounts and
   * roles that its resource policy names, the sources that Lambda polls, and the roles and users of this app with a policy
   * of their own that names the alias.
   *
   * Only what was wired before the call is in it. `npx cdk-event-functions summary` lists the same of the finished app.
   */
  public invocationPaths(): InvocationPath[] {
    return this.alias.invocationPaths();
  }

  /**
   * What becomes of the events of each source of the live alias that something goes wrong with: an error, a timeout, throttling, an event
   * that is too large, one that fails each time; and where they end. What nobody keeps is said to be lost.
   *
   * Only what was said before the call is in it; nothing in the app is fixed by asking. After `app.synth()` the whole is in it, read from the
   * templates: what aspects add, too, as in the block "on failure" of `npx cdk-event-functions summary`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-retries.html
   * @example
   * import { EventFunction } from 'cdk-event-functions';
   *
   * declare const orders: EventFunction;
   * const paths = orders.failureMap();
   */
  public failureMap(): FailurePath[] {
    return this.alias.failureMap();
  }

  /**
   * What a deployer must be allowed to create and update this function, and no more: the actions that CloudFormation calls
   * for the function, its versions, alias, settings, mappings, URL and resource policy, for the role and the log group
   * where they are its own, `iam:PassRole` to Lambda, and the reading of its code and layers. Where provisioned concurrency
   * is scaled also for that, with alarms of any name, as Application Auto Scaling asks for; with a release on CodeDeploy
   * also for that, its alarms, role and smoke test; for hooks of your own see their functions.
   *
   * Only what was wired before the call is in it. In the stack of the function its names are references; policies of other
   * stacks get the names that CloudFormation will make, so that a deployer can be there before the function. Nothing is
   * said about what the app makes besides (buckets, queues, sources), nor about CloudFormation itself, nor about a permissions
   * boundary or managed policies that the role is given at synthesis only.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resource-type-schemas.html
   */
  public deployPermissions(): iam.PolicyStatement[] {
    const policies = [this.alias, ...this.furtherAliases].map(({ resourcePolicy }) => resourcePolicy);
    const elsewhere = policies.filter(({ statements }) => statements.length > 0)
      .map(({ mode }) => mode === ResourcePolicyMode.DOCUMENT ? 'AWS::Lambda::ResourcePolicy' : 'AWS::Lambda::Permission');
    const release = this.node.tryFindChild(RELEASE_ID);
    return [
      ...deployPermissions({ fn: this.function, within: [this, this.function], without: release, elsewhere }),
      ...release ? releasePermissions(release) : [],
    ];
  }

  /**
   * What becomes of the traffic that the function was given (`traffic`), as it is wired now: with its reserved concurrency,
   * the provisioned concurrency of the live alias, the quota that the app says and the sources that Lambda polls; without a
   * reservation also with what the app, as it is now, reserves and provisions for others. Nothing for a function that was
   * given none.
   *
   * Who invokes follows from `invocationPaths()`: as soon as one caller waits for the answer, all do.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
   */
  public trafficEstimate(): TrafficEstimate | undefined {
    return trafficEstimateOf(this);
  }

  /**
   * Set an environment variable; a new version is published with it.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
   */
  public addEnvironment(key: string, value: string, options?: lambda.EnvironmentOptions): this {
    this.function.addEnvironment(key, value, options);
    return this;
  }

  /**
   * Add layers, in the order in which they are to be laid over each other in `/opt`.
   *
   * A function has at most 5, those of Insights, ADOT and Parameters and Secrets included; the sixth is refused. A
   * container image can have none.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
   */
  public addLayers(...layers: lambda.ILayerVersion[]): void {
    if (isImage(this.function) && layers.length > 0) throw layersOnImage(this, 'layers', layers.map(({ node }) => node.id));
    this.function.addLayers(...layers);
  }

  /**
   * Add a further alias, by default of the current version: for a test of what is about to go live, or one per tenant.
   *
   * It has callers, asynchronous settings, a URL and provisioned concurrency of its own, and the execution role of the
   * function. For the name of the live alias this returns the live alias, whose options are given to the constructor
   * (`aliasOptions`) and refused here.
   *
   * @param aliasName 1 to 128 letters, digits, hyphens and underscores, and not digits only
   * @param options What is different from the defaults
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
   */
  public addAlias(aliasName: string, options?: FunctionAliasOptions): FunctionAlias {
    if (aliasName === this.alias.aliasName) return liveAliasAgain(this, options);
    const alias = furtherAlias(this, aliasName, options);
    this.furtherAliases.push(alias);
    return alias;
  }

  /**
   * Everything that decides whether a new version is published: code, each property of the function, environment variables
   * and layers one by one, own inputs, and what makes none (tags, reserved concurrency), each with the reason.
   *
   * What the synthesis adds, and what other stacks have, is final after `app.synth()`: keep the list of then as JSON, and
   * compare it with `versionChanges()`. It is the same in every output folder.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
   */
  public versionInputs(): VersionInput[] {
    return versionInputsOf(this.function);
  }

  /**
   * What differs from the `versionInputs()` of another synthesis: a new version is made if one of the changes makes one.
   *
   * @param before what `versionInputs()` gave then
   */
  public versionChanges(before: VersionInput[]): VersionChange[] {
    return changesBetween(before, this.versionInputs());
  }

  /**
   * Publish a new version also when this value changes: a number of a build, a parameter, anything that is no secret.
   *
   * Lambda publishes no function that has not changed. So a hash of all inputs is added to the description of the function,
   * and what the deployment decides as it is, unless the environment or the code of the function holds it already. The
   * first and the last input change the description, too. Descriptions have at most 256 characters.
   *
   * An object in a bucket that is exchanged under its old key is not loaded again, whatever is said here: name its
   * `objectVersion`. Where that, or the key, is decided at deployment (`Code.fromCfnParameters()`), the version follows
   * without an input.
   *
   * @param name 1 to 64 letters, digits, hyphens, underscores and periods
   * @param value a text, which may be decided at deployment
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html
   */
  public addVersionInput(name: string, value: string): this {
    OwnInputs.of(this.function).add(this, name, value);
    return this;
  }

  /**
   * Publish a new version whenever this text changes. Tokens are refused.
   *
   * Nothing but the id of the version changes with it: if the function stays the same, Lambda refuses the deployment.
   * `addVersionInput()` changes the function, too.
   */
  public invalidateVersionBasedOn(text: string): void {
    this.function.invalidateVersionBasedOn(text);
  }

  /**
   * The resource policy of this function, which writes permissions with the means of the CDK.
   *
   * @internal
   */
  protected _createResourcePolicy(mode?: ResourcePolicyMode): ResourcePolicy {
    const policy = new ResourcePolicy(this, mode);
    policy._write = (id, permission) => super.addPermission(id, permission);
    return policy;
  }

  /** A CloudWatch metric of the live alias. */
  public metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.alias.metric(metricName, props);
  }
}
