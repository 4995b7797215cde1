import { ACCESS_TYPES, MappedSource } from '../../limits/mapping-parameters';
import { Mapping } from '../../model/mappings';
import { isObject } from '../../model/template';
import { Finding } from '../rule';

const PATH = 'SourceAccessConfigurations';

/** The types in the access of a mapping, in their places; `undefined` for those that the deployment decides. */
export function accessTypesOf({ resource }: Mapping): readonly (string | undefined)[] | undefined {
  const list = resource.list(PATH);
  if (list.kind !== 'known') return undefined;
  return list.value.map((entry) => isObject(entry) && typeof entry.Type === 'string' ? entry.Type : undefined);
}

/** What is in the access of a mapping, and of no use to its source. Types that nothing is known of are none of it. */
export function strayAccess(mapped: Mapping, kind: MappedSource): Finding[] {
  return (accessTypesOf(mapped) ?? []).flatMap((type, index) => {
    const sources = ACCESS_TYPES.get(type ?? '');
    if (!sources || sources.has(kind)) return [];
    const fitting = [...ACCESS_TYPES].filter(([, others]) => others.has(kind)).map(([other]) => other);
    return [{ resource: mapped.resource, path: `Properties/${PATH}/${index}/Type`, message: `access of a mapping must be of a type for its source (${fitting.join(', ')}), got ${type}` }];
  });
}
