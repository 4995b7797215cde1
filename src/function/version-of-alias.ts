import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { EventFunctionBase } from './event-function-base';
import { mistake } from '../support/errors';
import { isKnown } from '../support/tokens';

/**
 * The version as an alias of this function needs it: with the function, and with the role that its grants go to.
 *
 * A version that was imported by its ARN knows of no role. That of a wrapped function knows a role that cannot be changed, not
 * the one that stands for it and remembers what it was not given.
 */
export function versionWithRole(owner: EventFunctionBase, version: lambda.IVersion): lambda.IVersion {
  if (version.lambda === owner.lambda) return version;
  const { lambda: fn, role, grantPrincipal } = owner;
  return Object.create(version, { lambda: { value: fn }, role: { value: role }, grantPrincipal: { value: grantPrincipal } });
}

/** Refuses a version that is sure to be another function's. */
export function checkVersion(owner: EventFunctionBase, version: lambda.IVersion): void {
  const given = version.lambda instanceof lambda.QualifiedFunctionBase ? version.lambda.lambda : version.lambda;
  if (given === owner.function || given === owner.lambda || !isOther(owner.function, given)) return;
  throw mistake(owner, {
    code: 'VersionOfOtherFunction',
    property: 'version',
    allowed: 'a version of the function that the alias is for',
    got: isKnown(given.functionName) ? given.functionName : given.node.path,
    fix: "leave it out for the current version, or use lambda.Version.fromVersionAttributes(this, 'V7', { lambda: fn.function, version: '7' })",
  });
}

/** An imported function may be this one, unless both names are known. */
function isOther(fn: lambda.Function, given: lambda.IFunction): boolean {
  if (given instanceof lambda.Function) return true;
  const { functionName } = fn.node.defaultChild as lambda.CfnFunction;
  return isKnown(functionName) && isKnown(given.functionName) && functionName !== given.functionName;
}
