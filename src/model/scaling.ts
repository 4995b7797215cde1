import type { AppModel } from './app';
import { equals } from './iam/match';
import { literal, Text, textOf, textOfAttribute } from './iam/text';
import { oncePerApp } from './once-per-app';
import { aliasNamed } from './releases';
import type { Resource } from './resource';
import { isObject, Json } from './template';
import { valueOf } from './value';

/** Something that Application Auto Scaling gives provisioned concurrency by load or schedule. */
export interface ScalingTarget {
  readonly resource: Resource;
  /** The id as far as it is known, where it has the form of one: the function, if it is one of this app, and the qualifier. */
  readonly named?: { readonly fn?: Resource; readonly qualifier: string };
  /** The id, where all of it is known. */
  readonly id?: string;
  /** The alias, if it is one of this app. */
  readonly alias?: Resource;
}

const DIMENSION = 'lambda:function:ProvisionedConcurrency';

export const scalingTargets = oncePerApp((app): readonly ScalingTarget[] => {
  const targets = app.ofType('AWS::ApplicationAutoScaling::ScalableTarget').filter((target) => valueOf(target.text('ScalableDimension')) === DIMENSION);
  const functions = targets.length === 0 ? [] : app.ofType('AWS::Lambda::Function');
  return targets.map((resource): ScalingTarget => {
    const text = textOf(valueOf(resource.raw('ResourceId')), resource.stack);
    const named = takenApart(text, functions);
    return { resource, id: literal(text), named, alias: aliasOf(resource, named) };
  });
});

/** `function:<name>:<qualifier>`, with what is not known of it by numbers between two signs that are in no template. */
function takenApart(text: Text, functions: readonly Resource[]): ScalingTarget['named'] {
  const signs = text.map((piece, index) => typeof piece === 'string' ? piece : `\u0000${index}\u0000`).join('');
  const [, name, qualifier] = signs.match(/^function:([^:]+):([^:]+)$/) ?? [];
  if (name === undefined) return undefined;
  const parts = name.split(/\u0000(\d+)\u0000/).map((part, index) => index % 2 === 0 ? part : text[Number(part)]).filter((part) => part !== '');
  const fn = functions.find((one) => equals(parts, textOfAttribute(one, 'Ref')) === 'yes');
  return { fn, qualifier: qualifier.includes('\u0000') ? 'a qualifier' : qualifier };
}

/** The alias that the id refers to, or names; the name of its function may be known to nobody before the deployment. */
function aliasOf(target: Resource, named: ScalingTarget['named']): Resource | undefined {
  const referred = target.reference('ResourceId')?.resource;
  if (referred?.type === 'AWS::Lambda::Alias') return referred;
  return named?.fn && aliasNamed(named.fn, named.qualifier).alias;
}

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
  return strayTargets(resource.stack.app).has(resource);
}

const scalingByAlias = oncePerApp((app: AppModel): ReadonlyMap<Resource, Scaling> => new Map(
  scalingTargets(app).flatMap(({ alias, resource }) => alias ? [[alias, capacityOf(resource)]] : []),
));

const strayTargets = oncePerApp((app: AppModel): ReadonlySet<Resource> => new Set(
  scalingTargets(app).flatMap(({ alias, resource }) => alias ? [] : [resource]),
));

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
