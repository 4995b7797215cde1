import { evaluate } from './evaluate';
import { equals } from './iam/match';
import { wiringOf } from './iam/resource-policy';
import { literal, textOf, textOfAttribute } from './iam/text';
import { oncePerApp } from './once-per-app';
import { referenceIn } from './reference';
import { asNumber, Resource } from './resource';
import type { Stack } from './stack';
import { intrinsic, isObject, Json } from './template';
import { placesAt } from './triggers/places';
import { convert, Value, valueOf } from './value';
import { LATEST, Target, targetOf } from './wiring';

/** What a text names as a version of a function: `$LATEST`, a number, or a version that this app publishes. */
export type VersionName =
  | { readonly kind: 'latest' }
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'published'; readonly version: Resource }
  | { readonly kind: 'unknown' };

/** A second version of an alias, and the share of the traffic that it gets. */
export interface Weight {
  /** Path of the entry within the alias. */
  readonly path: string;
  readonly version: VersionName;
  readonly share: Value<number>;
}

/** Where an alias sends what invokes it. */
export interface Routing {
  readonly alias: Resource;
  /** The function, if it is one of this app. */
  readonly fn?: Resource;
  readonly version: VersionName;
  /** The entries that are there for sure. */
  readonly weights: readonly Weight[];
}

/** The aliases of an app, in the order of the templates. */
export const routings = oncePerApp((app): readonly Routing[] => app.ofType('AWS::Lambda::Alias').map(routingOf));

function routingOf(alias: Resource): Routing {
  const weights = placesAt(alias, 'RoutingConfig.AdditionalVersionWeights[]').flatMap(({ path, json }): Weight[] => {
    // an `Fn::If` may leave the entry out
    if (!isObject(json) || intrinsic(json)) return [];
    const share = evaluate(json.FunctionWeight ?? null, alias.stack);
    return [{ path, version: versionNamed(json.FunctionVersion, alias.stack), share: convert(share, asNumber) }];
  });
  return { alias, fn: functionOf(alias), version: versionNamed(valueOf(alias.raw('FunctionVersion')), alias.stack), weights };
}

/** The function of an alias or a version, if it is one of this app. */
export function functionOf(qualified: Resource): Resource | undefined {
  return targetOf(qualified.reference('FunctionName'))?.fn;
}

export function versionNamed(json: Json | undefined, stack: Stack): VersionName {
  const text = textOf(json, stack);
  const known = literal(text);
  if (known === LATEST) return { kind: 'latest' };
  if (known !== undefined) return /^\d+$/.test(known) ? { kind: 'number', number: known } : { kind: 'unknown' };
  const version = referenceIn(json, stack)?.resource;
  const isNumberOf = version?.type === 'AWS::Lambda::Version' && equals(text, textOfAttribute(version, 'Version')) === 'yes';
  return isNumberOf ? { kind: 'published', version } : { kind: 'unknown' };
}

/** Whether two names are of one version for sure. */
export function isSameVersion(one: VersionName, other: VersionName): boolean {
  switch (one.kind) {
    case 'latest': return other.kind === 'latest';
    case 'number': return other.kind === 'number' && one.number === other.number;
    case 'published': return other.kind === 'published' && one.version === other.version;
    default: return false;
  }
}

export function versionInWords(name: VersionName): string {
  switch (name.kind) {
    case 'latest': return LATEST;
    case 'number': return `version ${name.number}`;
    case 'published': return `version ${name.version.label}`;
    default: return 'a version';
  }
}

/** Provisioned concurrency of an alias or a version. */
export interface Provisioned {
  readonly resource: Resource;
  readonly fn?: Resource;
  readonly amount: Value<number>;
}

/** Where the property stands in aliases and versions. */
export const PROVISIONED = 'Properties/ProvisionedConcurrencyConfig';
export const AMOUNT = `${PROVISIONED}/ProvisionedConcurrentExecutions`;

/** The aliases and versions that have provisioned concurrency for sure. */
export const provisionedIn = oncePerApp((app): readonly Provisioned[] => ['Alias', 'Version'].flatMap((type) => (
  app.ofType(`AWS::Lambda::${type}`).filter(isProvisioned).map((resource) => ({
    resource,
    fn: functionOf(resource),
    amount: resource.number('ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions'),
  }))
)));

function isProvisioned(resource: Resource): boolean {
  const config = valueOf(resource.raw('ProvisionedConcurrencyConfig'));
  return isObject(config) && !intrinsic(config);
}

export function provisionedOf(fn: Resource): readonly Provisioned[] {
  return byFunction(fn.stack.app).get(fn) ?? [];
}

const byFunction = oncePerApp((app) => {
  const found = new Map<Resource | undefined, Provisioned[]>();
  for (const one of provisionedIn(app)) found.set(one.fn, [...found.get(one.fn) ?? [], one]);
  return found;
});

/**
 * The least that the aliases and versions of a function have together: amounts that the deployment decides count nothing, and
 * of conditions, of which one may exclude the other, the one that brings most.
 */
export function leastProvisioned(all: readonly Provisioned[]): number {
  const byCondition = new Map<string | undefined, number>();
  for (const { resource, amount } of all) {
    const before = byCondition.get(resource.condition) ?? 0;
    byCondition.set(resource.condition, before + Math.max(0, valueOf(amount) ?? 0));
  }
  const always = byCondition.get(undefined) ?? 0;
  byCondition.delete(undefined);
  return always + Math.max(0, ...byCondition.values());
}

/** The alias of a function that surely has this name, and whether it is sure which aliases the function has in this app. */
export function aliasNamed(fn: Resource, name: string): { readonly alias?: Resource; readonly isSure: boolean } {
  const aliases = wiringOf(fn.stack.app).aliases(fn).map((alias) => ({ alias, name: alias.text('Name') }));
  const alias = aliases.find((one) => valueOf(one.name) === name)?.alias;
  return { alias, isSure: !hasStrayAliases(fn.stack.app) && aliases.every((one) => one.name.kind === 'known') };
}

/** Whether there are aliases of functions that the deployment names, or may be some that macros add. */
const hasStrayAliases = oncePerApp((app) => {
  const isStray = (alias: Resource) => !functionOf(alias) && alias.text('FunctionName').kind !== 'known';
  return app.ofType('AWS::Lambda::Alias').some(isStray) || app.stacks.some(({ isTransformed }) => isTransformed);
});

/** Whether what is invoked is $LATEST, be it by way of an alias that points there. */
export function isUnpublished({ fn, qualifier }: Target): boolean {
  if (qualifier === LATEST) return true;
  const { alias } = aliasNamed(fn, qualifier);
  return alias !== undefined && routingOf(alias).version.kind === 'latest';
}
