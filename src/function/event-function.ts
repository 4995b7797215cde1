import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { EventFunctionBase } from './event-function-base';
import { executionRole, grantAfterCreation, grantBeforeCreation } from './permissions-of-its-own';
import { registerRules } from './register-rules';
import { makeUrlsWait } from './urls-wait';
import { WrapOptions } from './wrap-options';
import { WrappedFunction } from './wrapped-function';
import { checkCompute, checkComputeAtSynth } from '../compute/checks';
import { checkReservedConcurrency } from '../concurrency/reserved';
import { LayeredFunction } from '../layers/layered-function';
import { applyRetention, logGroupBefore } from '../logging/function-logs';
import { ResourcePolicy, ResourcePolicyMode } from '../permissions/resource-policy';
import { checkAliasName, createLiveAlias, retainVersions } from '../release/live-alias';
import { checkPassRole } from '../role/pass-role';

/**
 * Properties of an event function: all those of `lambda.Function`, and what the live alias needs.
 *
 * `events`, `onFailure`, `onSuccess`, `maxEventAge` and `retryAttempts` apply to the live alias, and
 * `currentVersionOptions` keeps old versions unless it says otherwise.
 */
export interface EventFunctionProps extends lambda.FunctionProps {
  /**
   * Name of the live alias.
   *
   * 1 to 128 letters, digits, hyphens and underscores; not digits only. Changing it replaces the alias, so that
   * callers who know the old ARN lose their target.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
   * @default 'live'
   */
  readonly aliasName?: string;

  /**
   * Options of the live alias, for instance its provisioned concurrency.
   *
   * @default - the alias sends all traffic to the newest version
   */
  readonly aliasOptions?: lambda.AliasOptions;

  /**
   * How long the function's log events are kept.
   *
   * Not together with `logGroup` or the deprecated `logRetention`: set it on the log group there.
   *
   * @default RetentionDays.TWO_YEARS
   */
  readonly logGroupRetention?: logs.RetentionDays;

  /**
   * How the statements about who may invoke the live alias are rendered.
   *
   * Changing it on a live stack replaces all statements; invocations may be refused while that happens.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
   * @default ResourcePolicyMode.PERMISSIONS
   */
  readonly resourcePolicyMode?: ResourcePolicyMode;

  /**
   * Make what the execution role may do work for this function alone: a denial for the code of all other functions
   * that have the role.
   *
   * At most one function of a role. Calls that Lambda itself makes are not held to it, those for logs and traces aside.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
   * @default false
   */
  readonly restrictRoleToFunction?: boolean;

  /**
   * Leave the code of a function in a VPC what Lambda needs to connect it: to make, describe and delete network
   * interfaces.
   *
   * Without it the role that the function makes for itself denies that to the code, as AWS recommends. A role that is
   * handed in is never denied it.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice-security
   * @default false
   */
  readonly codeMayManageNetworkInterfaces?: boolean;
}

/**
 * A Lambda function with everything around it, that is its own live alias.
 *
 * A drop-in for `lambda.Function`: the same id gives the same logical ids, so nothing is replaced on a live stack.
 * Around the function it makes an execution role with no more than what is used, a log group, a version per change
 * of code or configuration, and the alias that all event sources, permissions and grants refer to.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/welcome.html
 * @resource AWS::Lambda::Alias
 * @example
 * import * as lambda from 'aws-cdk-lib/aws-lambda';
 * import { EventFunction } from 'cdk-event-functions';
 *
 * const orders = new EventFunction(this, 'Orders', {
 *   runtime: lambda.Runtime.PYTHON_3_13,
 *   handler: 'index.handler',
 *   code: lambda.Code.fromInline('def handler(event, context): return event'),
 *   reservedConcurrentExecutions: 10,
 * });
 */
export class EventFunction extends EventFunctionBase {
  /**
   * The same live alias around a function that somebody else's class made: `PythonFunction`, `RustFunction`, your own.
   *
   * The function keeps its id, role, log group and versions. Wire event sources to what this returns.
   *
   * @example
   * import * as lambda from 'aws-cdk-lib/aws-lambda';
   * import { EventFunction } from 'cdk-event-functions';
   *
   * declare const theirs: lambda.Function;
   * const orders = EventFunction.wrap(this, 'Orders', theirs, { aliasName: 'prod' });
   */
  public static wrap(scope: Construct, id: string, fn: lambda.Function, options: WrapOptions = {}): EventFunctionBase {
    return new WrappedFunction(scope, id, fn, options);
  }

  public readonly function: lambda.Function;

  public readonly alias: lambda.Alias;

  public readonly resourcePolicy: ResourcePolicy;

  constructor(scope: Construct, id: string, props: EventFunctionProps) {
    super(scope, id);
    this.resourcePolicy = this._createResourcePolicy(props.resourcePolicyMode);
    const aliasName = props.aliasName ?? 'live';
    checkAliasName(this, aliasName);
    checkCompute(this, props);
    checkReservedConcurrency(this, props.reservedConcurrentExecutions);

    const role = executionRole(this, props);
    const logGroup = logGroupBefore(this, props);
    grantBeforeCreation(this, role, { ...props, logGroup });

    // 'Default' leaves no trace in logical ids: they equal those of a lambda.Function in this place.
    this.function = new LayeredFunction(this, 'Default', functionProps(props, role, logGroup));
    this.node.defaultChild = this.function.node.defaultChild;
    applyRetention(this.function, props.logGroupRetention);
    const late = grantAfterCreation(this, this.function, { ...props, logGroup });

    this.alias = createLiveAlias(this.function, aliasName, this.resourcePolicy, props.aliasOptions);
    makeUrlsWait(this.function, this.alias);
    if (late) this.function.currentVersion.node.addDependency(late);

    this.bindToAlias(props);
    this.node.addValidation({ validate: () => checkComputeAtSynth(this.function, props) });
    registerRules(this);
  }

  /**
   * Allow something to the execution role. Refuses `iam:PassRole` on all roles, unless a condition says on which or to whom.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
   */
  public addToRolePolicy(statement: iam.PolicyStatement): void {
    checkPassRole(this, statement);
    // Through the function, which numbers the policies that a feature flag makes of statements: ids stay those of a lambda.Function.
    this.function.addToRolePolicy(statement);
  }

  /** What `lambda.Function` would bind to `$LATEST`. */
  private bindToAlias(props: EventFunctionProps): void {
    const { onFailure, onSuccess, maxEventAge, retryAttempts } = props;
    if (onFailure || onSuccess || maxEventAge || retryAttempts !== undefined) {
      this.configureAsyncInvoke({ onFailure, onSuccess, maxEventAge, retryAttempts });
    }
    for (const source of props.events ?? []) this.addEventSource(source);
  }
}

/** The props of the wrapped function: without what belongs to the alias, with what was made for it. */
function functionProps(props: EventFunctionProps, role: iam.IRole, logGroup?: logs.ILogGroupRef): lambda.FunctionProps {
  // Left out rather than set to undefined: the CDK warns of a deprecated property that is there at all.
  const { aliasName, aliasOptions, logGroupRetention, resourcePolicyMode, restrictRoleToFunction, codeMayManageNetworkInterfaces, ...theirs } = props;
  const { events, onFailure, onSuccess, maxEventAge, retryAttempts, ...rest } = theirs;
  const { logRemovalPolicy, ...withoutRemovalPolicy } = rest;
  return {
    ...logGroup ? withoutRemovalPolicy : rest,
    role,
    logGroup,
    currentVersionOptions: retainVersions(props.currentVersionOptions),
  };
}
