import { LayerUse } from '../../model/layers';
import { PackagePart } from '../../model/package-parts';

/** What people know a layer by. */
export function nameOf({ resource, entry }: LayerUse, index: number): string {
  if (resource) return resource.label;
  return typeof entry === 'string' ? entry : `layer ${index + 1}`;
}

/** The same of a part of a function. */
export function partName({ layer, name }: PackagePart): string {
  return layer?.label ?? name;
}
