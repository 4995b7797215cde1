import type { EventFunctionBase } from './event-function-base';
import { FunctionAlias, FunctionAliasOptions } from './function-alias';
import { makeUrlsWait } from './urls-wait';
import { checkVersion, versionWithRole } from './version-of-alias';
import { aliasNameTaken } from '../release/aliases/check-aliases';
import { checkProvisioned } from '../release/aliases/check-provisioned';
import { checkAliasName, furtherAliasId } from '../release/aliases/live-alias';
import { mistake } from '../support/errors';

/** The live alias by its own name, without options: those are given to the constructor. */
export function liveAliasAgain(owner: EventFunctionBase, options: FunctionAliasOptions = {}): FunctionAlias {
  if (Object.keys(options).length === 0) return owner.alias;
  throw mistake(owner, {
    code: 'LiveAliasHasItsOptions',
    property: 'options',
    allowed: `left out for '${owner.aliasName}', which is the live alias and exists already`,
    got: Object.keys(options),
    fix: "give them as 'aliasOptions' to the constructor",
  });
}

/** A further alias of a function, under the id that `fn.addAlias()` gives. */
export function furtherAlias(owner: EventFunctionBase, aliasName: string, options: FunctionAliasOptions = {}): FunctionAlias {
  const { version = owner.currentVersion, resourcePolicyMode, provisionedConcurrency, ...aliasOptions } = options;
  const { function: fn } = owner;
  checkAliasName(owner, aliasName);
  checkVersion(owner, version);
  checkProvisioned(owner, provisionedConcurrency, { property: 'provisionedConcurrentExecutions', number: aliasOptions.provisionedConcurrentExecutions });
  const id = furtherAliasId(fn, aliasName);
  if (fn.node.tryFindChild(id)) throw mistake(owner, aliasNameTaken(aliasName));
  const alias = FunctionAlias._make(fn, id, {
    aliasName, version: versionWithRole(owner, version), options: aliasOptions, provisionedConcurrency, resourcePolicyMode,
  });
  makeUrlsWait(fn, alias);
  return alias;
}
