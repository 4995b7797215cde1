import type { ImageAsset } from './asset';
import { Piece, textOf } from './iam/text';
import type { Resource } from './resource';

/** The container image of a function, as far as its URI tells: `<registry>/<repository>:<tag>` or `...@<digest>`. */
export interface FunctionImage {
  /** The host, where all of it is known but for the account and the Region of the deployment. */
  readonly registry?: string;

  /** The Region of the registry. */
  readonly region?: string;

  /** The repository, where it is one of this app. */
  readonly repository?: Resource;

  /** By what the image is told from others in the repository. */
  readonly pin: 'tag' | 'digest' | 'nothing' | 'unknown';

  /** The tag, where it is known. */
  readonly tag?: string;

  /** What is built with the app and has this tag. */
  readonly asset?: ImageAsset;
}

/** What stands for text that the deployment decides, in a URI: it may hold anything, or surely no `:` and no `/`. */
const ANYTHING = '\0';
const A_NAME = '\u0001';

/** `undefined` for a function that names no image, or one that the deployment decides. */
export function imageOf(fn: Resource): FunctionImage | undefined {
  const raw = fn.raw('Code.ImageUri');
  if (raw.kind !== 'known') return undefined;
  const uri = textOf(raw.value, fn.stack).map(spell).join('');
  const pin = pinOf(uri);
  const repository = fn.reference('Code.ImageUri')?.resource;
  return {
    ...registryOf(uri),
    ...pin,
    repository: repository?.type === 'AWS::ECR::Repository' ? repository : undefined,
    asset: pin.tag === undefined ? undefined : fn.stack.image(pin.tag),
  };
}

function spell(piece: Piece): string {
  if (typeof piece === 'string') return piece;
  const isName = piece.without?.includes(':') || ['AWS::AccountId', 'AWS::Region', 'AWS::URLSuffix'].includes(piece.id);
  return isName ? A_NAME : ANYTHING;
}

/** What is before the first slash. Without one there is no registry, only a name. */
function registryOf(uri: string): Pick<FunctionImage, 'registry' | 'region'> {
  const [, region] = uri.match(/^[^/]*\.dkr[.-]ecr(?:-fips)?\.([^./\0\u0001]+)\./) ?? [];
  const slash = uri.indexOf('/');
  const registry = slash < 0 ? uri : uri.slice(0, slash);
  return registry.includes(ANYTHING) ? { region } : { region, registry: registry.replaceAll(A_NAME, '*') };
}

/** What is behind the last slash, and behind the name there. */
function pinOf(uri: string): Pick<FunctionImage, 'pin' | 'tag'> {
  const last = uri.slice(uri.lastIndexOf('/') + 1);
  if (last.includes('@')) return { pin: 'digest' };
  const colon = last.lastIndexOf(':');
  if (colon < 0) return { pin: last.includes(ANYTHING) ? 'unknown' : 'nothing' };
  const tag = last.slice(colon + 1);
  return { pin: 'tag', tag: /[\0\u0001]/.test(tag) ? undefined : tag };
}
