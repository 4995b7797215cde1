import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { EventFunctionBase } from './event-function-base';
import { LiveAliasOptions } from './live-alias-options';
import { makeUrlsWait } from './urls-wait';
import { checkAliasName, createLiveAlias } from '../release/live-alias';
import { checkKeepVersions } from '../release/prune/keep-versions';
import { pruneVersions } from '../release/prune/prune-versions';

const DEFAULT_NAME = 'live';

/** Refuses what can be refused before anything is made. */
export function checkLiveAlias(owner: EventFunctionBase, { aliasName = DEFAULT_NAME, keepVersions }: LiveAliasOptions): void {
  checkAliasName(owner, aliasName);
  checkKeepVersions(owner, keepVersions);
}

/** Makes the live alias of a function, with all that belongs to it. The owner has its function and resource policy already. */
export function liveAliasOf(owner: EventFunctionBase, options: LiveAliasOptions): lambda.Alias {
  const { aliasName = DEFAULT_NAME, aliasOptions, release, keepVersions } = options;
  const alias = createLiveAlias(owner.function, aliasName, owner.resourcePolicy, aliasOptions);
  for (const [name, value] of Object.entries(options.versionInputs ?? {})) owner.addVersionInput(name, value);
  makeUrlsWait(owner.function, alias);
  release?._releaseTo({ scope: owner, fn: owner.function, alias, aliasOptions });
  if (keepVersions !== undefined) pruneVersions(owner, owner.function, keepVersions);
  return alias;
}
