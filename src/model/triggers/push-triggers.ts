import { calledFunction } from './called';
import { distributionTriggers } from './distributions';
import { urlTriggers } from './function-urls';
import { httpApiTriggers } from './http-api';
import { TRIGGER_KINDS, TriggerKind } from './kinds';
import { openApiTriggers } from './open-api';
import { placesAt } from './places';
import { restApiTriggers } from './rest-api';
import { accountOf, sourcesOf } from './source';
import { serviceTrigger, Trigger } from './trigger';
import type { AppModel } from '../app';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';

/** Everything in an app that makes a service call a function of the app by way of the function's resource policy. */
export const pushTriggers = oncePerApp((app: AppModel): readonly Trigger[] => distinct([
  ...TRIGGER_KINDS.flatMap((kind) => app.ofType(kind.type).flatMap((resource) => triggersIn(resource, kind))),
  ...restApiTriggers(app),
  ...httpApiTriggers(app),
  ...openApiTriggers(app),
  ...urlTriggers(app),
  ...distributionTriggers(app),
]));

function triggersIn(resource: Resource, kind: TriggerKind): Trigger[] {
  return kind.at.flatMap((path) => placesAt(resource, path)).flatMap((place) => {
    const target = calledFunction(place.json, resource.stack);
    if (!target || (kind.role !== undefined && place.beside(kind.role) !== undefined)) return [];
    const service = { principal: kind.principal, sources: sourcesOf(resource, kind), account: accountOf(resource, kind) };
    return [serviceTrigger({ resource, path: place.path, target }, service)];
  });
}

/** A resource that calls a function for several reasons needs one permission: the first stands for all. */
function distinct(triggers: readonly Trigger[]): Trigger[] {
  const seen = new Map<Resource, Set<string>>();
  return triggers.filter(({ resource, fn, qualifier, source }) => {
    const keys = seen.get(resource) ?? new Set();
    seen.set(resource, keys);
    const key = JSON.stringify([fn.stack.path, fn.logicalId, qualifier, source]);
    const isNew = !keys.has(key);
    keys.add(key);
    return isNew;
  });
}
