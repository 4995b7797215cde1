import { WITH_ARTICLE } from './words';
import { MappedSource, NeededParameter } from '../../limits/mapping-parameters';
import type { AppModel } from '../../model/app';
import { mappingsOf } from '../../model/mappings';
import { isThere } from '../../model/presence';
import type { Resource } from '../../model/resource';
import { Finding } from '../rule';

/** What mappings lack of what their sources need. */
export function missingIn(app: AppModel, parameters: readonly NeededParameter[]): Finding[] {
  return mappingsOf(app).flatMap(({ resource, kind }) => {
    if (kind === undefined) return [];
    const missing = parameters.filter(({ sources, path }) => sources.has(kind) && isLeftOut(resource, path));
    return missing.map((parameter) => findingOf(resource, parameter, kind));
  });
}

/** Below something that is left out, nothing is; below what the deployment decides, something may be. */
function isLeftOut(mapping: Resource, path: string): boolean {
  const names = path.split('.');
  return names.some((_, index) => isThere(mapping, names.slice(0, index + 1).join('.')) === false);
}

function findingOf(resource: Resource, { path, what }: NeededParameter, kind: MappedSource): Finding {
  return { resource, path: `Properties/${path.replaceAll('.', '/')}`, message: `${what} of a mapping of ${WITH_ARTICLE[kind]} must be given (${path}), got none` };
}
