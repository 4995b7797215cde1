import type { Resource } from '../resource';
import { intrinsic, isNoValue, isObject, Json } from '../template';
import { valueOf } from '../value';

/** A value somewhere in the properties of a resource. */
export interface Place {
  /** E.g. `Properties/Targets/0/Arn`. */
  readonly path: string;
  readonly json: Json;
  /** The member of this name beside the value. */
  beside(name: string): Json | undefined;
}

/**
 * The values at a path, as they stand in the template: `Targets[].Arn` for those of all entries of a list,
 * `LambdaConfig.*` for those of all members. What deployment decides holds none.
 */
export function placesAt(resource: Resource, path: string): Place[] {
  const [first, ...steps] = path.replaceAll('[]', '.[]').split('.');
  const json = valueOf(resource.raw(first));
  return json === undefined ? [] : below({ path: `Properties/${first}`, json, beside: (name) => valueOf(resource.raw(name)) }, steps);
}

function below(place: Place, steps: readonly string[]): Place[] {
  const [step, ...rest] = steps;
  const { path, json } = place;
  if (isNoValue(json)) return [];
  if (step === undefined) return [place];
  if (typeof json !== 'object' || json === null || intrinsic(json) || Array.isArray(json) !== (step === '[]')) return [];
  const beside = (name: string) => isObject(json) ? json[name] : undefined;
  return Object.entries(json).flatMap(([name, member]: [string, Json | undefined]) => {
    const isMeant = step === '[]' || step === '*' || name === step;
    return isMeant && member !== undefined && member !== null ? below({ path: `${path}/${name}`, json: member, beside }, rest) : [];
  });
}
