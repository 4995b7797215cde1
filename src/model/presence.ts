import type { Resource } from './resource';
import { intrinsic, isNoValue } from './template';

/** Whether a property is there, whatever its value; `undefined` where the deployment decides even that. */
export function isThere(resource: Resource, path: string): boolean | undefined {
  const raw = resource.raw(path);
  if (raw.kind !== 'known') return raw.kind === 'absent' ? false : undefined;
  if (isNoValue(raw.value)) return false;
  const call = intrinsic(raw.value)?.name;
  return call === 'Fn::If' || call === 'Fn::Transform' ? undefined : true;
}
