import { equals } from './iam/match';
import { textOf, textOfAttribute } from './iam/text';
import { referenceIn } from './reference';
import type { Resource } from './resource';
import { isObject, Json } from './template';

/** A file system of this app, and the access point by which a function mounts it. */
export interface Mount {
  readonly point: Resource;
  readonly fileSystem: Resource;
}

/** The file systems of this app that a function mounts. */
export function mountsOf(fn: Resource): readonly Mount[] {
  return mountedArns(fn).flatMap((arn) => {
    const point = accessPointIn(arn, fn);
    const fileSystem = point?.reference('FileSystemId')?.resource;
    return point && fileSystem?.type === 'AWS::EFS::FileSystem' ? [{ point, fileSystem }] : [];
  });
}

/** The ARNs of what a function mounts, where it is known that it mounts something. */
export function mountedArns(fn: Resource): readonly (Json | undefined)[] {
  const list = fn.list('FileSystemConfigs');
  return list.kind === 'known' ? list.value.filter(isObject).map(({ Arn: arn }) => arn) : [];
}

/** The access point that an ARN is of, be it an attribute or made of the id, as the CDK writes it. */
function accessPointIn(arn: Json | undefined, fn: Resource): Resource | undefined {
  const point = referenceIn(arn, fn.stack)?.resource;
  if (point?.type !== 'AWS::EFS::AccessPoint') return undefined;
  return equals(textOf(arn, fn.stack), textOfAttribute(point, 'Arn')) === 'yes' ? point : undefined;
}
