import { Asset } from './asset';
import { declaredBytes } from './declared-layers';
import { layersOf, LayerUse } from './layers';
import type { Resource } from './resource';
import { valueOf } from './value';
import { Contents } from '../contents/contents';
import { inlineFiles } from '../contents/inline-code';

/** One thing that is unzipped into a function's environment: its code or a layer. */
export interface PackagePart {
  readonly kind: 'code' | 'layer';

  /** What people know it by. */
  readonly name: string;

  /** Bytes when unzipped; `undefined` when nothing in the app tells. */
  readonly bytes?: number;

  /** Whether the bytes are what somebody said, not what was measured. */
  readonly declared?: boolean;

  /** Why the bytes are not known. */
  readonly unknown?: string;

  /** What is in it, for assets of this app. */
  readonly contents?: Contents;

  /** The layer version, where it is one of this app. */
  readonly layer?: Resource;
}

/** Code and layers of a function, in the order in which they are laid over each other. Images have none. */
export function packageParts(fn: Resource): readonly PackagePart[] {
  return packageTypeOf(fn) === 'Zip' ? [code(fn), ...layers(fn)] : [];
}

/** Zip unless another one is given; `undefined` where the deployment decides it. */
export function packageTypeOf(fn: Resource): string | undefined {
  const type = fn.text('PackageType');
  return type.kind === 'absent' ? 'Zip' : valueOf(type);
}

function code(fn: Resource): PackagePart {
  const inline = fn.text('Code.ZipFile');
  if (inline.kind === 'known') return { kind: 'code', name: 'inline code', ...inlineCode(fn, inline.value) };
  return { kind: 'code', ...published(fn, 'Code') };
}

/** Inline code is a file as long as it is known of which language it is. */
function inlineCode(fn: Resource, text: string): Pick<PackagePart, 'bytes' | 'contents'> {
  const files = inlineFiles(text, valueOf(fn.text('Runtime')));
  const bytes = Buffer.byteLength(text);
  return { bytes, ...files && { contents: { kind: 'opened', bytes, files, oddities: [] } } };
}

function layers(fn: Resource): PackagePart[] {
  return layersOf(fn)?.map((use, index) => layerPart(fn, use, index)) ?? [{ kind: 'layer', name: 'layers', unknown: 'decided at deployment' }];
}

function layerPart(fn: Resource, { entry, resource: layer }: LayerUse, index: number): PackagePart {
  if (layer) {
    const { name, ...rest } = published(layer, 'Content');
    return { kind: 'layer', name: name === layer.label ? name : `${layer.label} (${name})`, layer, ...rest };
  }
  const name = typeof entry === 'string' ? entry : `layer ${index + 1}`;
  const bytes = declaredBytes(entry, fn.stack);
  return { kind: 'layer', name, ...bytes === undefined ? { unknown: 'not in this app' } : { bytes, declared: true } };
}

/** The object that a function or a layer version is made of. */
function published(resource: Resource, property: 'Code' | 'Content'): Omit<PackagePart, 'kind'> {
  const asset = assetOf(resource, property);
  if (asset) return measured(asset);
  const key = resource.text(`${property}.S3Key`);
  const bucket = resource.text(`${property}.S3Bucket`);
  const name = key.kind === 'known' ? `s3://${bucket.kind === 'known' ? bucket.value : '?'}/${key.value}` : 'code';
  return { name, unknown: 'not an asset of this app' };
}

/** The asset of this app that a function or a layer version is made of. */
export function assetOf(resource: Resource, property: 'Code' | 'Content'): Asset | undefined {
  const key = resource.text(`${property}.S3Key`);
  return key.kind === 'known' ? resource.stack.asset(key.value) : undefined;
}

function measured(asset: Asset): Omit<PackagePart, 'kind'> {
  const contents = asset.contents();
  const size = contents.kind === 'opened' ? { bytes: contents.bytes } : { unknown: contents.reason };
  return { name: asset.name, ...size, contents };
}

/** Bytes of all parts that are known; the true sum is at least this. */
export function knownBytes(parts: readonly PackagePart[]): number {
  return parts.reduce((sum, part) => sum + (part.bytes ?? 0), 0);
}

