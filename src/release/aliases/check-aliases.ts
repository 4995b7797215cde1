import { Annotations, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { Qualifier, qualifiersOf } from './aliases-of';
import { MOST_ADDITIONAL_VERSIONS } from '../../limits/provisioned-concurrency';
import { Mistake, mistake } from '../../support/errors';

/** What is a question of the whole function, and may be said after its aliases were made. */
interface Whole {
  readonly reserved?: number;
  readonly hasSnapStart: boolean;
  readonly hasTenants: boolean;
}

const DOCS = 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html';

/**
 * What Lambda refuses of the aliases of a function taken together. Returns messages, as the CDK asks for; what nobody could
 * verify is a warning.
 */
export function checkAliasesAtSynth(scope: Construct, fn: lambda.Function): string[] {
  const qualifiers = qualifiersOf(fn);
  const provisioned = qualifiers.filter(({ isProvisioned }) => isProvisioned);
  const whole = wholeOf(fn);
  for (const warning of [...warnings(provisioned, whole), ...pastTheAliases(fn, whole, provisioned)]) {
    Annotations.of(scope).addWarningV2(`cdk-event-functions:${warning.code}`, mistake(scope, warning).message);
  }
  return [
    ...namesTaken(qualifiers),
    ...qualifiers.flatMap(weights),
    ...provisioned.flatMap((qualifier) => refusedAlone(qualifier, whole)),
    ...onProvisionedVersion(provisioned),
    ...moreThanReserved(provisioned, whole),
  ].map((wrong) => mistake(scope, wrong).message);
}

function wholeOf(fn: lambda.Function): Whole {
  const { reservedConcurrentExecutions, snapStart, tenancyConfig } = fn.node.defaultChild as lambda.CfnFunction;
  const resolved = Stack.of(fn).resolve({ reservedConcurrentExecutions, snapStart, tenancyConfig });
  return {
    reserved: typeof resolved.reservedConcurrentExecutions === 'number' ? resolved.reservedConcurrentExecutions : undefined,
    hasSnapStart: resolved.snapStart?.applyOn === 'PublishedVersions',
    hasTenants: resolved.tenancyConfig !== undefined,
  };
}

function namesTaken(qualifiers: readonly Qualifier[]): Mistake[] {
  const names = qualifiers.filter(({ isAlias }) => isAlias).map(({ name }) => name);
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  return twice.map(aliasNameTaken);
}

/** The name that an alias cannot have, because another one has it. */
export function aliasNameTaken(name: string): Mistake {
  return {
    code: 'AliasNameTaken',
    property: 'aliasName',
    allowed: 'a name that no other alias of the function has',
    got: name,
    fix: 'use the alias that is there, or choose another name',
  };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html */
function weights(qualifier: Qualifier): Mistake[] {
  const { name, additionalVersions } = qualifier;
  const property = `additionalVersions' of alias '${name}`;
  if (additionalVersions > MOST_ADDITIONAL_VERSIONS) {
    return [{
      code: 'AliasWeightsTooMany',
      property,
      allowed: `at most ${MOST_ADDITIONAL_VERSIONS} version`,
      got: additionalVersions,
      fix: 'an alias shifts traffic between two versions (Number of items in AdditionalVersionWeights cannot be greater than 1)',
    }];
  }
  if (additionalVersions === 0 || !qualifier.isLatest) return [];
  return [{
    code: 'AliasWeightsOnLatest',
    property,
    allowed: "left out when 'version' is $LATEST",
    got: additionalVersions,
    fix: 'publish a version ($LATEST is not supported for an alias pointing to more than 1 version)',
  }];
}

/** What provisioned concurrency does not go with, whatever the other aliases have. */
function refusedAlone({ name, isAlias, isLatest, additionalVersions }: Qualifier, { hasSnapStart, hasTenants }: Whole): Mistake[] {
  const refused = (code: string, when: string, fix: string): Mistake => ({
    code,
    property: `provisionedConcurrency' of ${isAlias ? 'alias' : 'version'} '${name}`,
    allowed: `left out when ${when}`,
    got: 'provisioned concurrency',
    fix,
  });
  return [
    ...additionalVersions > 0
      ? [refused('ProvisionedWithWeights', "'additionalVersions' is given", 'send all traffic to one version (Alias with weights can not be used with Provisioned Concurrency)')]
      : [],
    ...isLatest
      ? [refused('ProvisionedOnLatest', "'version' is $LATEST", 'point the alias at a version (Provisioned Concurrency Configs cannot be applied to unpublished function versions.)')]
      : [],
    ...hasSnapStart
      ? [refused('ProvisionedWithSnapStart', "'snapStart' is given", 'choose one of them (https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html)')]
      : [],
    ...hasTenants
      ? [refused('ProvisionedWithTenants', "'tenancyConfig' is given", 'choose one of them (https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation.html)')]
      : [],
  ];
}

/** An alias may not have provisioned concurrency where its version has some of its own. */
function onProvisionedVersion(provisioned: readonly Qualifier[]): Mistake[] {
  const versions = provisioned.filter(({ isAlias }) => !isAlias).map(({ version }) => version);
  return provisioned.filter(({ isAlias, version }) => isAlias && versions.includes(version)).map(({ name }) => ({
    code: 'ProvisionedTwice',
    property: `provisionedConcurrency' of alias '${name}`,
    allowed: 'left out when its version has provisioned concurrency',
    got: 'provisioned concurrency',
    fix: "take it out of 'currentVersionOptions' (Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version)",
  }));
}

/** What is sure to be provisioned, all taken together. */
function moreThanReserved(provisioned: readonly Qualifier[], { reserved }: Whole): Mistake[] {
  const sum = total(provisioned.map(({ least }) => least));
  if (reserved === undefined || sum <= reserved) return [];
  return [{
    code: 'ProvisionedExceedsReserved',
    property: 'provisionedConcurrency',
    allowed: `at most 'reservedConcurrentExecutions', which is ${reserved}, all aliases and versions taken together`,
    got: listed(provisioned, 'least'),
    fix: 'lower it, or reserve more (Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function)',
  }];
}

function warnings(provisioned: readonly Qualifier[], { reserved }: Whole): Mistake[] {
  return [...scalesPastReserved(provisioned, reserved), ...sharedVersions(provisioned)];
}

/** Scaling gets as far as Lambda lets it, and no further. */
function scalesPastReserved(provisioned: readonly Qualifier[], reserved?: number): Mistake[] {
  const [least, most] = [total(provisioned.map((one) => one.least)), total(provisioned.map((one) => one.most))];
  if (reserved === undefined || least > reserved || most <= reserved) return [];
  return [{
    code: 'ProvisionedMaxExceedsReserved',
    property: 'provisionedConcurrency.max',
    allowed: `at most 'reservedConcurrentExecutions', which is ${reserved}, all aliases and versions taken together`,
    got: listed(provisioned, 'most'),
    fix: `lower it, or reserve more: Lambda refuses to provision beyond that, so that scaling stops (${DOCS})`,
  }];
}

/** AWS refuses it for an alias and its version; of two aliases it says nothing. */
function sharedVersions(provisioned: readonly Qualifier[]): Mistake[] {
  const aliases = provisioned.filter(({ isAlias }) => isAlias);
  const groups = [...new Set(aliases.map(({ version }) => version))].map((version) => aliases.filter((alias) => alias.version === version));
  return groups.filter((group) => group.length > 1).map((group) => ({
    code: 'ProvisionedVersionShared',
    property: 'provisionedConcurrency',
    allowed: 'on one of the aliases that point at the same version',
    got: group.map(({ name }) => name).join(', '),
    fix: `point them at different versions, or try it: Lambda refuses an alias and its version, and does not say what it does with two aliases (${DOCS})`,
  }));
}

/** A URL of the function itself starts what is neither provisioned nor a snapshot. */
function pastTheAliases(fn: lambda.Function, { hasSnapStart }: Whole, provisioned: readonly Qualifier[]): Mistake[] {
  const url = fn.node.children.map(({ node }) => node.defaultChild).filter(lambda.CfnUrl.isCfnUrl).find(({ qualifier }) => qualifier === undefined);
  if (!url || (!hasSnapStart && provisioned.length === 0)) return [];
  return [{
    code: 'UrlPassesAlias',
    property: `addFunctionUrl()' of '${fn.node.path.replace(/\/Default$/, '')}`,
    allowed: `called on an alias when there is ${hasSnapStart ? 'SnapStart' : 'provisioned concurrency'}`,
    got: '$LATEST',
    fix: `call it on the event function or on an alias: $LATEST has neither SnapStart nor provisioned concurrency (${DOCS})`,
  }];
}

function total(numbers: readonly (number | undefined)[]): number {
  return numbers.reduce<number>((sum, number) => sum + (number ?? 0), 0);
}

/** `live: 3, canary: 4`. */
function listed(provisioned: readonly Qualifier[], what: 'least' | 'most'): string {
  return provisioned.map((one) => `${one.name}: ${one[what] ?? 'a token'}`).join(', ');
}
