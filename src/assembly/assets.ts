import * as path from 'path';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { readJson } from './read-json';
import { Contents } from '../contents/contents';
import { Asset } from '../model/asset';
import { isObject, Json, JsonObject } from '../model/template';

/** An asset and the file it is made of. */
export interface FileAsset extends Asset {
  readonly file: string;
}

/** Looks into an asset, which has a name for people. */
export type Open = (file: string, name: string) => Contents;

/** The file assets that a stack's asset manifests list. Docker images have no size here. */
export function readAssets(stack: CloudFormationStackArtifact, open: Open): readonly FileAsset[] {
  return stack.dependencies
    .map((artifact) => artifact.manifest.type === 'cdk:asset-manifest' ? manifestFile(artifact.manifest.properties) : undefined)
    .filter((file) => file !== undefined)
    .flatMap((file) => readManifest(path.join(stack.assembly.directory, file), open));
}

function manifestFile(properties: unknown): string | undefined {
  const file = (properties as { file?: unknown } | undefined)?.file;
  return typeof file === 'string' ? file : undefined;
}

function readManifest(file: string, open: Open): FileAsset[] {
  const manifest = readJson(file);
  const files = isObject(manifest.files) ? Object.values(manifest.files) : [];
  return files.flatMap((entry) => isObject(entry) ? toAssets(entry, path.dirname(file), open) : []);
}

/** One asset per object key; most assets have one destination. */
function toAssets(entry: JsonObject, directory: string, open: Open): FileAsset[] {
  const { source, destinations, displayName } = entry;
  // An asset that a command makes at publishing time has no path, and no size yet.
  if (!isObject(source) || typeof source.path !== 'string' || !isObject(destinations)) return [];
  const file = path.resolve(directory, source.path);
  const keys = new Set(Object.values(destinations).map((destination) => isObject(destination) ? destination.objectKey : undefined));
  // 'Default' is the wrapped construct, which has no name of its own
  const name = text(displayName)?.replace('/Default/', '/') ?? path.basename(file);
  const contents = once(() => open(file, name));
  return [...keys].flatMap((objectKey) => typeof objectKey === 'string' ? [{ objectKey, name, file, contents }] : []);
}

function text(json: Json | undefined): string | undefined {
  return typeof json === 'string' ? json : undefined;
}

/** What was looked into stays as it was seen, for all rules. */
function once(open: () => Contents): () => Contents {
  let contents: Contents | undefined;
  return () => contents ??= open();
}
