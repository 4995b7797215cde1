import { Construct } from 'constructs';
import { Source } from './build';

/** A function whose code is to be bundled. */
export interface Request extends Source {
  readonly scope: Construct;
  /** What the user says the asset is known by, instead of its content. */
  readonly assetHash?: string;
  /** Whether bundles of former syntheses may be used, and this one be kept. */
  readonly useCache: boolean;
}

/** Equal for functions whose code is the same. */
export function sourceKey({ entry, projectRoot, options, metafile, salt }: Source): string {
  return JSON.stringify([projectRoot, entry, options, metafile, salt]);
}

/** The construct as the user named it: without the wrapped function. */
export function pathOf({ scope }: Request): string {
  return scope.node.path.replace(/\/Default$/, '');
}
