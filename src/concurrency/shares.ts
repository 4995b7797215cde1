import { CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { checkReservedConcurrency } from './reserved';
import { isCall, namedBy, numberSaid, propertySaid, SaidNumber } from './said-so-far';
import { PROVISIONED_CONCURRENCY } from '../limits/concurrency';
import { FunctionShare } from '../measure/concurrency-budget';
import { checkWholeNumber } from '../support/checks';

/** The resources of an app that have to do with concurrency, whichever constructs made them. */
export interface ConcurrencyResources {
  readonly functions: readonly CfnResource[];

  /** Aliases and versions by their function. */
  readonly qualified: ReadonlyMap<CfnResource, readonly CfnResource[]>;

  /** What provisions concurrency of nobody knows which function, or scales that of nobody knows which alias. */
  readonly strays: readonly CfnResource[];

  /** How far an alias is scaled. */
  readonly scaling: ReadonlyMap<CfnResource, SaidNumber>;
}

/** Looks for them in the whole tree. */
export function concurrencyResources(app: IConstruct): ConcurrencyResources {
  const resources = app.node.findAll().filter(CfnResource.isCfnResource);
  const ofType = (...types: string[]) => resources.filter(({ cfnResourceType }) => types.includes(cfnResourceType));
  const functions = ofType('AWS::Lambda::Function').filter((fn) => hasInstances(fn) !== true);
  const qualified = new Map<CfnResource, CfnResource[]>(functions.map((fn) => [fn, []]));
  const strays: CfnResource[] = [];
  for (const resource of ofType('AWS::Lambda::Alias', 'AWS::Lambda::Version')) {
    const owner = namedBy(resource, 'FunctionName').find((named) => named.cfnResourceType === 'AWS::Lambda::Function');
    const list = owner && qualified.get(owner);
    if (list) list.push(resource);
    else if (!owner && provisioned(resource) !== undefined) strays.push(resource);
  }
  const scaling = new Map<CfnResource, SaidNumber>();
  for (const target of ofType('AWS::ApplicationAutoScaling::ScalableTarget')) {
    if (propertySaid(target, ['ScalableDimension']) !== 'lambda:function:ProvisionedConcurrency') continue;
    const alias = aliasOf(target, qualified);
    if (alias) scaling.set(alias, maximumOf(target));
    else strays.push(target);
  }
  return { functions, qualified, strays, scaling };
}

/** `function:<name>:<alias>`, made of a reference to the alias, or of one to the function and the name of the alias. */
function aliasOf(target: CfnResource, qualified: ReadonlyMap<CfnResource, readonly CfnResource[]>): CfnResource | undefined {
  const [named] = namedBy(target, 'ResourceId');
  if (named?.cfnResourceType === 'AWS::Lambda::Alias') return named;
  const id = JSON.stringify(propertySaid(target, ['ResourceId']));
  return qualified.get(named)?.find((alias) => id.includes(`:${String(propertySaid(alias, ['Name']))}"`));
}

/** The largest maximum: that of the target, or of an action that raises it for a time. */
function maximumOf(target: CfnResource): SaidNumber {
  const actions = propertySaid(target, ['ScheduledActions']) ?? [];
  if (isConditional(target) || !Array.isArray(actions)) return 'unknown';
  const maxima = [numberSaid(target, 'MaxCapacity'), ...actions.map(maximumIn)];
  return maxima.includes('unknown') ? 'unknown' : Math.max(...maxima.map((maximum) => numeric(maximum) ?? 0));
}

function maximumIn(action: { readonly scalableTargetAction?: { readonly maxCapacity?: unknown } } | undefined): SaidNumber {
  const maximum = action?.scalableTargetAction?.maxCapacity;
  return maximum === undefined || typeof maximum === 'number' ? maximum : 'unknown';
}

/** What a function takes of its account's concurrency. Refuses amounts that Lambda takes from nobody. */
export function shareOf(fn: CfnResource, { qualified, scaling }: ConcurrencyResources): FunctionShare {
  const name = fn.node.path.replace(/\/(Default\/)?Resource$/, '').replace(/\/Default$/, '');
  if (isConditional(fn) || hasInstances(fn) === undefined) return { name, provisioned: 0, provisionedAtMost: 0, isComplete: false };
  const reserved = numberSaid(fn, 'ReservedConcurrentExecutions');
  checkReservedConcurrency(fn, numeric(reserved));
  const amounts = (qualified.get(fn) ?? []).map((resource) => {
    const said = isConditional(resource) ? 'unknown' : provisioned(resource);
    const scaled = scaling.get(resource);
    return { amount: numeric(said) ?? 0, most: Math.max(numeric(said) ?? 0, numeric(scaled) ?? 0), isKnown: said !== 'unknown' && scaled !== 'unknown' };
  });
  return {
    name,
    reserved: numeric(reserved),
    provisioned: amounts.reduce((sum, { amount }) => sum + amount, 0),
    provisionedAtMost: amounts.reduce((sum, { most }) => sum + most, 0),
    isComplete: reserved !== 'unknown' && amounts.every(({ isKnown }) => isKnown),
  };
}

function provisioned(resource: CfnResource): SaidNumber {
  const said = numberSaid(resource, 'ProvisionedConcurrencyConfig', 'ProvisionedConcurrentExecutions');
  checkWholeNumber(resource, numeric(said), PROVISIONED_CONCURRENCY, {
    code: 'ProvisionedConcurrencyOutOfRange',
    property: 'provisionedConcurrentExecutions',
    fix: 'leave it out to have none',
  });
  return said;
}

function numeric(said: SaidNumber): number | undefined {
  return said === 'unknown' ? undefined : said;
}

/** Whether a function has instances of a capacity provider in place of the account's concurrency; `undefined` if nobody knows yet. */
function hasInstances(fn: CfnResource): boolean | undefined {
  const config = propertySaid(fn, ['CapacityProviderConfig']) ?? undefined;
  if (config === undefined) return false;
  return isCall(config) ? undefined : true;
}

/** Whether a resource, or a nested stack that it is in, is deployed under a condition only. */
function isConditional(resource: CfnResource): boolean {
  const nested = Stack.of(resource).nestedStackResource;
  return resource.cfnOptions.condition !== undefined || (CfnResource.isCfnResource(nested) && isConditional(nested));
}
