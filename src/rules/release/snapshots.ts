import type { Resource } from '../../model/resource';
import { valueOf } from '../../model/value';

export const PUBLISHED = 'PublishedVersions';

/** Whether a function surely has SnapStart. */
export function startsFromSnapshots(fn: Resource): boolean {
  return valueOf(fn.text('SnapStart.ApplyOn')) === PUBLISHED;
}
