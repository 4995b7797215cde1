import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { AliasParts } from './alias-parts';
import { needsOfMapping } from './permissions-of-its-own';
import { checkAsyncOptions } from '../failure/async-options';
import { checkDestinations } from '../failure/destinations';
import { failedEventsToCome } from '../failure/failed-events';
import { functionOf } from '../failure/function-of';
import { FailurePath } from '../limits/failure-path';
import { customResourcePaths } from '../permissions/custom-resource-paths';
import { identityPaths } from '../permissions/identity-paths';
import { InvocationPath } from '../permissions/invocation-path';
import { mappingPaths } from '../permissions/mapping-paths';
import { ResourcePolicy, ResourcePolicyMode } from '../permissions/resource-policy';
import { failureMapOf } from '../plugin/failure-map';
import { ProvisionedConcurrency } from '../release/aliases/provisioned-concurrency';

/** What may be said about a further alias of an event function. */
export interface FunctionAliasOptions extends lambda.AliasOptions {
  /**
   * The version that the alias points at.
   *
   * The current version moves with each change of the function. An alias on any other version, for instance one from
   * `lambda.Version.fromVersionAttributes(this, 'V7', { lambda: fn.function, version: '7' })`, stays where it is.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
   * @default - the current version
   */
  readonly version?: lambda.IVersion;

  /**
   * How the statements about who may invoke the alias are rendered. Each alias has a resource policy of its own.
   *
   * Changing it on a live stack replaces all statements; invocations may be refused while that happens.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
   * @default ResourcePolicyMode.PERMISSIONS
   */
  readonly resourcePolicyMode?: ResourcePolicyMode;

  /**
   * How many environments of the alias are kept ready: a number, a schedule, or as many as the load asks for.
   *
   * Not with `additionalVersions`, SnapStart or tenant isolation, which Lambda refuses, and not with
   * `provisionedConcurrentExecutions`. All aliases of a function together have at most its reserved concurrency.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
   * @default - environments start when they are needed
   */
  readonly provisionedConcurrency?: ProvisionedConcurrency;
}

/**
 * An alias of an event function: the live one, or a further one, with its own callers, asynchronous settings, URL and
 * provisioned concurrency. Made by `addAlias()`.
 *
 * Whatever is wired to it (event sources, grants, API integrations) lands on this alias: what may invoke one alias may not
 * invoke another. The execution role is that of the function, so that what one alias may do, all may.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
 */
export class FunctionAlias extends lambda.Alias {
  /** @internal */
  public static _make(scope: Construct, id: string, parts: AliasParts): FunctionAlias {
    const alias = new FunctionAlias(scope, id, parts);
    parts.provisionedConcurrency?._scale(alias);
    return alias;
  }

  /** Who may invoke the function through this alias. That of the live alias is the function's. */
  public readonly resourcePolicy: ResourcePolicy;

  private constructor(scope: Construct, id: string, { aliasName, version, options, ...parts }: AliasParts) {
    const provisionedConcurrentExecutions = parts.provisionedConcurrency?._fixed ?? options.provisionedConcurrentExecutions;
    super(scope, id, { ...options, aliasName, version, provisionedConcurrentExecutions });
    this.resourcePolicy = parts.resourcePolicy ?? this.policyOfItsOwn(parts.resourcePolicyMode);
  }

  /**
   * Allow someone to invoke this alias; the same as `resourcePolicy.allow()`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
   */
  public addPermission(id: string, permission: lambda.Permission): void {
    this.resourcePolicy.allow(id, { scope: this, ...permission });
  }

  /**
   * Say what becomes of events that are handed over without waiting, for this alias: how often Lambda tries again, how long it keeps an
   * event, and where the records of failures and successes go. Once per alias.
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
   * Let Lambda poll a source and invoke this alias with what it finds. Sources such as `PullSource.queue()` call this.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
   */
  public addEventSourceMapping(id: string, options: lambda.EventSourceMappingOptions): lambda.EventSourceMapping {
    const mapping = super.addEventSourceMapping(id, options);
    this._polledBy(options);
    return mapping;
  }

  /**
   * All ways in which this alias is invoked, as `invocationPaths()` of the function tells of the live one.
   */
  public invocationPaths(): InvocationPath[] {
    return [
      ...this.resourcePolicy._invocationPaths(this.aliasName),
      ...mappingPaths(this, this.aliasName),
      ...identityPaths(this, this.aliasName),
      ...customResourcePaths(this, this.aliasName),
    ];
  }

  /**
   * What becomes of the events of each source of this alias that something goes wrong with, as `failureMap()` of the function tells of
   * the live one: so far, and after `app.synth()` the whole.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-retries.html
   */
  public failureMap(): FailurePath[] {
    const resource = functionOf(this);
    return resource ? failureMapOf(this, resource, { qualifier: this.aliasName, failedEvents: failedEventsToCome(this) }) : [];
  }

  /**
   * Lets the role do what the CDK forgets for a source that is polled for this alias.
   *
   * @internal
   */
  public _polledBy(options: lambda.EventSourceMappingOptions): void {
    const role: iam.IRole | undefined = this.role;
    for (const statement of needsOfMapping(options, role)) role?.addToPrincipalPolicy(statement);
  }

  private policyOfItsOwn(mode?: ResourcePolicyMode): ResourcePolicy {
    const policy = new ResourcePolicy(this, mode);
    policy._write = (id, permission) => super.addPermission(id, permission);
    return policy;
  }
}
