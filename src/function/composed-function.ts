import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { EventFunctionBase } from './event-function-base';
import { EventFunctionOptions } from './event-function-options';
import { FunctionAlias } from './function-alias';
import { checkLiveAlias, liveAliasOf } from './live-alias-of';
import { executionRole, grantAfterCreation, grantBeforeCreation } from './permissions-of-its-own';
import { registerRules } from './register-rules';
import { checkCompute, checkComputeAtSynth } from '../compute/checks';
import { checkReservedConcurrency } from '../concurrency/reserved';
import { checkDeadLettersOfFunction } from '../failure/dead-letters';
import { applyRetention, logGroupBefore } from '../logging/function-logs';
import { ResourcePolicy } from '../permissions/resource-policy';
import { retainVersions } from '../release/aliases/live-alias';
import { checkPassRole } from '../role/pass-role';

/** What all event functions have in common, whatever they are packaged as. */
export interface ComposedProps extends lambda.FunctionOptions, EventFunctionOptions {}

/**
 * An event function around a function that it makes itself: with role, log group, alias and resource policy.
 *
 * Not exported: users see its members as those of `EventFunction` and its siblings.
 *
 * @internal
 */
export abstract class ComposedFunction extends EventFunctionBase {
  public readonly function: lambda.Function;

  public readonly alias: FunctionAlias;

  public readonly resourcePolicy: ResourcePolicy;

  constructor(scope: Construct, id: string, props: ComposedProps) {
    super(scope, id);
    this.resourcePolicy = this._createResourcePolicy(props.resourcePolicyMode);
    checkLiveAlias(this, props);
    checkCompute(this, props);
    checkReservedConcurrency(this, props.reservedConcurrentExecutions);
    checkDeadLettersOfFunction(this, props);

    const role = executionRole(this, props);
    const logGroup = logGroupBefore(this, props);
    grantBeforeCreation(this, role, { ...props, logGroup });

    this.function = this._makeFunction('Default', functionProps(props, role, logGroup));
    this.node.defaultChild = this.function.node.defaultChild;
    applyRetention(this.function, props.logGroupRetention);
    const late = grantAfterCreation(this, this.function, { ...props, logGroup });

    this.alias = liveAliasOf(this, props);
    if (late) this.function.currentVersion.node.addDependency(late);

    this.bindToAlias(props);
    this.node.addValidation({ validate: () => checkComputeAtSynth(this.function, props) });
    registerRules(this);
  }

  /**
   * Makes the wrapped function. Its id leaves no trace in logical ids, so that they equal those of a plain function in
   * this place. Called by the constructor.
   *
   * @internal
   */
  protected abstract _makeFunction(id: string, props: lambda.FunctionOptions): lambda.Function;

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
  private bindToAlias(props: ComposedProps): void {
    const { onFailure, onSuccess, maxEventAge, retryAttempts } = props;
    if (onFailure || onSuccess || maxEventAge || retryAttempts !== undefined) {
      this.configureAsyncInvoke({ onFailure, onSuccess, maxEventAge, retryAttempts });
    }
    for (const source of props.events ?? []) this.addEventSource(source);
  }
}

/** The props of the wrapped function: without what belongs to the alias, with what was made for it. */
function functionProps(props: ComposedProps, role: iam.IRole, logGroup?: logs.ILogGroupRef): lambda.FunctionOptions {
  // Left out rather than set to undefined: the CDK warns of a deprecated property that is there at all.
  const { aliasName, aliasOptions, resourcePolicyMode, provisionedConcurrency, release, keepVersions, versionInputs, ...ofFunction } = props;
  const { logGroupRetention, restrictRoleToFunction, codeMayManageNetworkInterfaces, ...theirs } = ofFunction;
  const { events, onFailure, onSuccess, maxEventAge, retryAttempts, traffic, ...rest } = theirs;
  const { logRemovalPolicy, ...withoutRemovalPolicy } = rest;
  return {
    ...logGroup ? withoutRemovalPolicy : rest,
    role,
    logGroup,
    currentVersionOptions: retainVersions(props.currentVersionOptions),
  };
}
