import type { AppModel } from './app';
import { oncePerApp } from './once-per-app';
import { PackagePart, packageParts } from './package-parts';
import type { Resource } from './resource';
import { FileTree } from '../contents/file-tree';

/** Functions that have the same layers in the same order: what is laid over what needs to be looked at once for all of them. */
export interface LayerList {
  readonly functions: readonly Resource[];
  readonly layers: readonly PackagePart[];

  /** What is in each layer; `undefined` where that is not known. */
  readonly files: readonly (FileTree | undefined)[];
}

export const layerLists = oncePerApp((app: AppModel): readonly LayerList[] => {
  const lists = new Map<string, LayerList & { readonly functions: Resource[] }>();
  for (const fn of app.ofType('AWS::Lambda::Function')) {
    const layers = packageParts(fn).filter(({ kind }) => kind === 'layer');
    const key = layers.map(({ layer }) => layer ? `${layer.stack.path}/${layer.logicalId}` : '').join();
    const list = lists.get(key);
    if (list) list.functions.push(fn);
    else lists.set(key, { functions: [fn], layers, files: layers.map(({ contents }) => contents?.kind === 'opened' ? contents.files : undefined) });
  }
  return [...lists.values()];
});
