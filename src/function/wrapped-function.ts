import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { EventFunctionBase } from './event-function-base';
import { registerRules } from './register-rules';
import { makeUrlsWait } from './urls-wait';
import { WrapOptions } from './wrap-options';
import { ResourcePolicy } from '../permissions/resource-policy';
import { checkAliasName, createLiveAlias } from '../release/live-alias';

/**
 * The live alias of a function that another construct made. Its role, log group and versions stay as they were made.
 *
 * Not exported: users get it from `EventFunction.wrap()` as an `EventFunctionBase`.
 */
export class WrappedFunction extends EventFunctionBase {
  public readonly function: lambda.Function;
  public readonly alias: lambda.Alias;
  public readonly resourcePolicy: ResourcePolicy;

  constructor(scope: Construct, id: string, fn: lambda.Function, options: WrapOptions) {
    super(scope, id);
    this.resourcePolicy = this._createResourcePolicy(options.resourcePolicyMode);
    this.function = fn;
    const aliasName = options.aliasName ?? 'live';
    checkAliasName(this, aliasName);
    this.alias = createLiveAlias(this.function, aliasName, this.resourcePolicy, options.aliasOptions);
    makeUrlsWait(this.function, this.alias);
    this.node.defaultChild = this.function.node.defaultChild;
    registerRules(this);
  }
}
