import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { EventFunctionBase } from './event-function-base';
import { FunctionAlias } from './function-alias';
import { checkLiveAlias, liveAliasOf } from './live-alias-of';
import { needsOf } from './needs-of-wrapped';
import { givenRole } from './permissions-of-its-own';
import { registerRules } from './register-rules';
import { WrapOptions } from './wrap-options';
import { ResourcePolicy } from '../permissions/resource-policy';

/** What a role that cannot be changed was to be allowed before, the CDK has dropped without a word. */
const BEFORE = 'what was granted to the function itself is not in this list, but for what its configuration tells';

/**
 * The live alias of a function that another construct made. Its role, log group and versions stay as they were made.
 *
 * Not exported: users get it from `EventFunction.wrap()` as an `EventFunctionBase`.
 */
export class WrappedFunction extends EventFunctionBase {
  public readonly function: lambda.Function;
  public readonly alias: FunctionAlias;
  public readonly resourcePolicy: ResourcePolicy;

  /** The role of the function, or what stands for it if it cannot be changed. */
  private readonly givenRole?: iam.IRole;

  /** The function with that role. */
  private readonly grantee: lambda.IFunction;

  constructor(scope: Construct, id: string, fn: lambda.Function, options: WrapOptions) {
    super(scope, id);
    this.resourcePolicy = this._createResourcePolicy(options.resourcePolicyMode);
    this.function = fn;
    this.givenRole = fn.role && givenRole(this, fn.role, BEFORE);
    this.grantee = this.givenRole === fn.role ? fn : Object.create(fn, { grantPrincipal: { value: this.givenRole } });
    if (this.givenRole !== fn.role) needsOf(fn).forEach((statement) => this.givenRole?.addToPrincipalPolicy(statement));
    checkLiveAlias(this, options);
    this.alias = liveAliasOf(this, options);
    this.node.defaultChild = this.function.node.defaultChild;
    registerRules(this);
  }

  /** Whom the CDK lets send to the destinations of the alias: with the role that remembers it. */
  public get lambda(): lambda.IFunction {
    return this.grantee;
  }

  public get role(): iam.IRole | undefined {
    return this.givenRole;
  }

  public get grantPrincipal(): iam.IPrincipal {
    return this.givenRole ?? this.function.grantPrincipal;
  }
}
