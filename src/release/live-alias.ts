import { RemovalPolicy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, IConstruct } from 'constructs';
import { versionOf } from './version-description';
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

/** Retains the versions of a function that another class made, unless something else was said of them. */
export function retainUnlessSaid(fn: lambda.Function): void {
  const version = fn.currentVersion.node.defaultChild as lambda.CfnVersion;
  if (version.cfnOptions.deletionPolicy === undefined) version.applyRemovalPolicy(RemovalPolicy.RETAIN);
}

/** Where permissions of an alias are written. */
interface PermissionWriter {
  allow(id: string, permission: lambda.Permission): void;
}

/** Publishes a version for each change and points the alias at it, under the ids that `fn.addAlias()` gives. */
export function createLiveAlias(fn: lambda.Function, aliasName: string, writer: PermissionWriter, options?: lambda.AliasOptions): lambda.Alias {
  const version = versionOf(fn);
  computeVersionIdOnce(fn);
  // A name that is a token cannot be part of an id.
  const id = isKnown(aliasName) ? `Alias${aliasName}` : 'Alias';
  return new LiveAlias(fn, id, { aliasName, version, ...options }, writer);
}

/** An alias whose permissions go where those of its function go. Not exported: users see a `lambda.Alias`. */
class LiveAlias extends lambda.Alias {
  constructor(scope: Construct, id: string, props: lambda.AliasProps, private readonly writer: PermissionWriter) {
    super(scope, id, props);
  }

  public addPermission(id: string, permission: lambda.Permission): void {
    this.writer.allow(id, { scope: this, ...permission });
  }
}
