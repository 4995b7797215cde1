import type { AppModel } from './app';
import { oncePerApp } from './once-per-app';
import type { Resource } from './resource';
import { isObject, Json } from './template';
import { targetOf } from './wiring';

/** How far Application Auto Scaling may raise the provisioned concurrency of an alias. */
export interface Scaling {
  /** 0 if nothing scales it. */
  readonly most: number;
  readonly isKnown: boolean;
}

const NONE: Scaling = { most: 0, isKnown: true };

/** The scaling of an alias; a version has none. */
export function scalingOf(qualified: Resource): Scaling {
  return scalingByAlias(qualified.stack.app).get(qualified) ?? NONE;
}

/** Whether something scales the provisioned concurrency of nobody knows which alias. */
export function isStrayTarget(resource: Resource): boolean {
  return resource.type === SCALABLE_TARGET && isOfLambda(resource) && aliasOf(resource) === undefined;
}

const SCALABLE_TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';

const scalingByAlias = oncePerApp((app: AppModel): ReadonlyMap<Resource, Scaling> => {
  const found = new Map<Resource, Scaling>();
  for (const target of app.ofType(SCALABLE_TARGET)) {
    const alias = isOfLambda(target) ? aliasOf(target) : undefined;
    if (alias) found.set(alias, capacityOf(target));
  }
  return found;
});

function isOfLambda(target: Resource): boolean {
  const dimension = target.text('ScalableDimension');
  return dimension.kind === 'known' && dimension.value === 'lambda:function:ProvisionedConcurrency';
}

/** `function:<name>:<alias>`, made of a reference to the alias, or of one to the function and the name of the alias. */
function aliasOf(target: Resource): Resource | undefined {
  const reference = target.reference('ResourceId');
  const named = reference?.resource;
  if (named?.type === 'AWS::Lambda::Alias') return named;
  if (named?.type !== 'AWS::Lambda::Function') return undefined;
  const id = JSON.stringify(target.raw('ResourceId'));
  return target.stack.app.ofType('AWS::Lambda::Alias').find((alias) => {
    const name = alias.text('Name');
    const isNamed = name.kind === 'known' && [`:${name.value}"`, `"${name.value}"`].some((end) => id.includes(end));
    return isNamed && targetOf(alias.reference('FunctionName'))?.fn === named;
  });
}

/** The largest maximum: that of the target, or of an action that raises it for a time. */
function capacityOf(target: Resource): Scaling {
  const own = target.number('MaxCapacity');
  const actions = target.list('ScheduledActions');
  const maxima = actions.kind === 'known' ? actions.value.map(maximumOf) : [];
  const isKnown = target.condition === undefined && own.kind === 'known' && actions.kind !== 'unknown' && maxima.every((max) => max !== undefined);
  if (target.condition !== undefined) return { most: 0, isKnown };
  return { most: Math.max(0, own.kind === 'known' ? own.value : 0, ...maxima.map((max = 0) => max)), isKnown };
}

/** The maximum that a scheduled action sets, 0 if it sets none, `undefined` if that is decided at deployment. */
function maximumOf(action: Json): number | undefined {
  const change = isObject(action) ? action.ScalableTargetAction : undefined;
  if (!isObject(change)) return undefined;
  return change.MaxCapacity === undefined || typeof change.MaxCapacity === 'number' ? change.MaxCapacity ?? 0 : undefined;
}
