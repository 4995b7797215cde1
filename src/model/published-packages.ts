import type { AppModel } from './app';
import { Asset } from './asset';
import { oncePerApp } from './once-per-app';
import { assetOf } from './package-parts';
import type { Resource } from './resource';
import { Contents } from '../contents/contents';

/** An asset of the app that a function or a layer version is made of. */
export interface PublishedPackage {
  readonly resource: Resource;

  /** Where the resource names it. */
  readonly property: 'Code' | 'Content';

  readonly asset: Asset;
  readonly contents: Contents;
}

/** The packages of an app: of each function, and of each layer version, whether a function has it or not. */
export const publishedPackages = oncePerApp((app: AppModel): readonly PublishedPackage[] => [
  ...app.ofType('AWS::Lambda::Function').flatMap((resource) => packageOf(resource, 'Code')),
  ...app.ofType('AWS::Lambda::LayerVersion').flatMap((resource) => packageOf(resource, 'Content')),
]);

function packageOf(resource: Resource, property: PublishedPackage['property']): PublishedPackage[] {
  const asset = assetOf(resource, property);
  return asset ? [{ resource, property, asset, contents: asset.contents() }] : [];
}
