import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { EventFunctionBase } from './event-function-base';
import { FunctionAlias } from './function-alias';
import { LiveAliasOptions } from './live-alias-options';
import { expectTraffic } from './traffic-of';
import { makeUrlsWait } from './urls-wait';
import { versionWithRole } from './version-of-alias';
import { standsFor } from '../failure/failed-events';
import { settingsOf } from '../failure/settings-of';
import { aliasNameTaken, checkAliasesAtSynth } from '../release/aliases/check-aliases';
import { checkProvisioned } from '../release/aliases/check-provisioned';
import { checkAliasName, liveAliasId, publishedVersion } from '../release/aliases/live-alias';
import { checkKeepVersions } from '../release/prune/keep-versions';
import { pruneVersions } from '../release/prune/prune-versions';
import { mistake } from '../support/errors';

const DEFAULT_NAME = 'live';

/** Refuses what can be refused before anything is made. */
export function checkLiveAlias(owner: EventFunctionBase, options: LiveAliasOptions): void {
  const { aliasName = DEFAULT_NAME, aliasOptions, provisionedConcurrency, keepVersions } = options;
  checkAliasName(owner, aliasName);
  checkKeepVersions(owner, keepVersions);
  const number = aliasOptions?.provisionedConcurrentExecutions;
  checkProvisioned(owner, provisionedConcurrency, { property: 'aliasOptions.provisionedConcurrentExecutions', number });
}

/** Makes the live alias of a function, with all that belongs to it. The owner has its function and resource policy already. */
export function liveAliasOf(owner: EventFunctionBase, options: LiveAliasOptions): FunctionAlias {
  const { aliasName = DEFAULT_NAME, provisionedConcurrency, release, keepVersions } = options;
  const aliasOptions = withFixedNumber(options);
  const { function: fn, resourcePolicy } = owner;
  const id = liveAliasId(aliasName);
  // A function that is wrapped may have it already.
  if (fn.node.tryFindChild(id)) throw mistake(owner, aliasNameTaken(aliasName));
  const version = versionWithRole(owner, publishedVersion(fn));
  const alias = FunctionAlias._make(fn, id, {
    aliasName, version, options: aliasOptions, provisionedConcurrency, resourcePolicy,
  });
  for (const [name, value] of Object.entries(options.versionInputs ?? {})) owner.addVersionInput(name, value);
  standsFor(owner, alias);
  makeUrlsWait(fn, alias);
  release?._releaseTo({ scope: owner, fn, alias, aliasOptions });
  if (keepVersions !== undefined) pruneVersions(owner, fn, keepVersions);
  owner.node.addValidation({ validate: () => [...checkAliasesAtSynth(owner, fn), ...settingsGivenTwice(owner, alias)] });
  expectTraffic(owner, options.traffic);
  return alias;
}

/** A fixed number of provisioned concurrency as the CDK has it, which is what releases look at. */
function withFixedNumber({ aliasOptions, provisionedConcurrency }: LiveAliasOptions): lambda.AliasOptions {
  const provisionedConcurrentExecutions = provisionedConcurrency?._fixed;
  return provisionedConcurrentExecutions === undefined ? { ...aliasOptions } : { ...aliasOptions, provisionedConcurrentExecutions };
}

/** The function and its live alias are one qualifier, which has its asynchronous settings once. */
function settingsGivenTwice(owner: EventFunctionBase, alias: FunctionAlias): string[] {
  if (!settingsOf(owner) || !settingsOf(alias)) return [];
  return [mistake(owner, {
    code: 'AsyncInvokeGivenTwice',
    property: 'configureAsyncInvoke()',
    allowed: `called once for alias '${alias.aliasName}', which the function stands for`,
    got: 'settings of the function and of the alias',
    fix: "drop those of the alias ('aliasOptions'), or those of the function",
  }).message];
}
