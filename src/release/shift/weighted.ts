import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ReleaseTarget } from './release-target';
import { VERSION_WEIGHT } from '../../limits/release';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** Lets an alias send a part of its traffic to a second version. */
export function weigh(target: ReleaseTarget, version: lambda.IVersion, weight: number): void {
  checkWeight(target, weight);
  checkVersion(target, version);
  checkAlias(target);
  const alias = target.alias.node.defaultChild as lambda.CfnAlias;
  // Not through the CDK's option, which takes the number of a token for a weight.
  alias.routingConfig = { additionalVersionWeights: [{ functionVersion: version.version, functionWeight: weight }] };
}

function checkWeight({ scope }: ReleaseTarget, weight: number): void {
  const { min, max } = VERSION_WEIGHT;
  if (!isKnown(weight) || (weight >= min && weight <= max)) return;
  throw mistake(scope, {
    code: 'ReleaseWeightOutOfRange',
    property: 'release.weight',
    allowed: `between ${min} and ${max} (a share of the traffic)`,
    got: weight,
    fix: 'write 10 percent as 0.1',
  });
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html */
function checkVersion({ scope, fn }: ReleaseTarget, version: lambda.IVersion): void {
  const property = 'release.version';
  if (version === fn.latestVersion || (isKnown(version.version) && !/^\d+$/.test(version.version))) {
    throw mistake(scope, {
      code: 'ReleaseVersionNotPublished',
      property,
      allowed: 'a published version: a number',
      got: version.version,
      fix: 'Lambda divides traffic between published versions alone',
    });
  }
  if (version === fn.currentVersion) {
    throw mistake(scope, {
      code: 'ReleaseVersionIsCurrent',
      property,
      allowed: 'another version than the current one, to which the alias points already',
      got: version.node.path,
      fix: "name an earlier version, for instance with lambda.Version.fromVersionAttributes(this, 'Before', { lambda: fn, version: '41' })",
    });
  }
  if (!isOfFunction(version, fn)) {
    throw mistake(scope, {
      code: 'ReleaseVersionOfOtherFunction',
      property,
      allowed: 'a version of this function',
      got: version.lambda.node.path,
      fix: 'an alias divides its traffic between versions of one function',
    });
  }
}

/** Of a function that was imported only a name may be known, and of one in the app none. */
function isOfFunction({ lambda: other }: lambda.IVersion, fn: lambda.Function): boolean {
  const own = fn.node.defaultChild as lambda.CfnFunction;
  const resource = other.node.defaultChild;
  if (resource && lambda.CfnFunction.isCfnFunction(resource)) return resource === own;
  return !(isKnown(other.functionName) && isKnown(own.functionName)) || other.functionName.split(':')[0] === own.functionName;
}

function checkAlias({ scope, aliasOptions = {} }: ReleaseTarget): void {
  if ((aliasOptions.additionalVersions ?? []).length > 0) {
    throw mistake(scope, {
      code: 'ReleaseWeightsGivenTwice',
      property: 'aliasOptions.additionalVersions',
      allowed: 'left out with Release.weighted()',
      got: aliasOptions.additionalVersions!.map(({ weight }) => weight),
      fix: 'an alias points to at most two versions; say it in one place',
    });
  }
  if (aliasOptions.provisionedConcurrentExecutions) throw provisioned(scope, aliasOptions.provisionedConcurrentExecutions);
}

/**
 * What is provisioned later is found in the synthesis (`aliases/check-aliases.ts`).
 *
 * @see https://github.com/aws/serverless-application-model/issues/1296
 */
function provisioned(scope: ReleaseTarget['scope'], got: unknown) {
  return mistake(scope, {
    code: 'ReleaseWeightsExcludeProvisionedConcurrency',
    property: 'aliasOptions.provisionedConcurrentExecutions',
    allowed: 'left out with Release.weighted()',
    got,
    fix: 'Lambda answers "Alias with weights can not be used with Provisioned Concurrency"; provision another alias',
  });
}
