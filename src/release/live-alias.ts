import { RemovalPolicy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { computeVersionIdOnce } from './version-id';
import { ALIAS_NAME } from '../limits/alias';
import { mistake } from '../support/errors';
import { isKnown } from '../support/tokens';

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

/** Publishes a version for each change and points the alias at it, under the ids that `fn.addAlias()` gives. */
export function createLiveAlias(fn: lambda.Function, aliasName: string, options?: lambda.AliasOptions): lambda.Alias {
  computeVersionIdOnce(fn);
  if (isKnown(aliasName)) return fn.addAlias(aliasName, options);
  // A name that is a token cannot be part of an id.
  return new lambda.Alias(fn, 'Alias', { aliasName, version: fn.currentVersion, ...options });
}
