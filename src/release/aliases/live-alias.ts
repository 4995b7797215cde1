import * as crypto from 'crypto';
import { Annotations, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { ALIAS_NAME } from '../../limits/alias';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';
import { versionOf } from '../versions/version-description';
import { computeVersionIdOnce } from '../versions/version-id';

/** The CDK's reminder that SnapStart works for published versions only, which is no news where one is published. */
const SNAP_START_NEEDS_VERSION = '@aws-cdk/aws-lambda:snapStartRequirePublish';

/** Refuses an alias name that Lambda would refuse. */
export function checkAliasName(scope: IConstruct, aliasName: string): void {
  if (!isKnown(aliasName) || ALIAS_NAME.test(aliasName)) return;
  throw mistake(scope, {
    code: 'AliasNameMalformed',
    property: 'aliasName',
    allowed: '1 to 128 letters, digits, hyphens and underscores, and not digits only',
    got: aliasName,
    fix: "choose a name such as 'live'",
  });
}

/**
 * Options of the version that each change publishes.
 *
 * Kept versions are what a rollback goes back to; without this CloudFormation deletes the version before the last.
 */
export function retainVersions(options?: lambda.VersionOptions): lambda.VersionOptions {
  return { removalPolicy: RemovalPolicy.RETAIN, ...options };
}

/** Retains the versions of a function that another class made, unless something else was said of them. */
export function retainUnlessSaid(fn: lambda.Function): void {
  const version = fn.currentVersion.node.defaultChild as lambda.CfnVersion;
  if (version.cfnOptions.deletionPolicy === undefined) version.applyRemovalPolicy(RemovalPolicy.RETAIN);
}

/** The version that each change publishes. */
export function publishedVersion(fn: lambda.Function): lambda.Version {
  const version = versionOf(fn);
  computeVersionIdOnce(fn);
  const { snapStart } = fn.node.defaultChild as lambda.CfnFunction;
  if (snapStart) Annotations.of(fn).acknowledgeWarning(SNAP_START_NEEDS_VERSION);
  return version;
}

/** The id that `fn.addAlias()` gives. A name that is a token cannot be part of an id. */
export function liveAliasId(aliasName: string): string {
  return isKnown(aliasName) ? `Alias${aliasName}` : 'Alias';
}

/** The same for a further alias: of names that are tokens there may be several, which are told apart by what they refer to. */
export function furtherAliasId(scope: IConstruct, aliasName: string): string {
  if (isKnown(aliasName)) return liveAliasId(aliasName);
  const reference = JSON.stringify(Stack.of(scope).resolve(aliasName));
  return `Alias:${crypto.createHash('sha256').update(reference).digest('hex').slice(0, 8)}`;
}
