import * as path from 'path';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { readJson } from './read-json';
import { Contents } from '../contents/contents';
import { Asset, ImageAsset } from '../model/asset';
import { isObject, Json, JsonObject } from '../model/template';

/** An asset and the file it is made of. */
export interface FileAsset extends Asset {
  readonly file: string;
}

/** Looks into an asset, which has a name for people. */
export type Open = (file: string, name: string) => Contents;

/** What a stack publishes: files, and container images, which have no size here. */
export interface Assets {
  readonly files: readonly FileAsset[];
  readonly images: readonly ImageAsset[];
}

/** The assets that a stack's asset manifests list. */
export function readAssets(stack: CloudFormationStackArtifact, open: Open): Assets {
  const read = stack.dependencies
    .map((artifact) => artifact.manifest.type === 'cdk:asset-manifest' ? manifestFile(artifact.manifest.properties) : undefined)
    .filter((file) => file !== undefined)
    .map((file) => readManifest(path.join(stack.assembly.directory, file), open));
  return { files: read.flatMap(({ files }) => files), images: read.flatMap(({ images }) => images) };
}

function manifestFile(properties: unknown): string | undefined {
  const file = (properties as { file?: unknown } | undefined)?.file;
  return typeof file === 'string' ? file : undefined;
}

function readManifest(file: string, open: Open): Assets {
  const { files, dockerImages } = readJson(file);
  return {
    files: entriesOf(files).flatMap((entry) => toAssets(entry, path.dirname(file), open)),
    images: entriesOf(dockerImages).flatMap(toImages),
  };
}

function entriesOf(section: Json | undefined): JsonObject[] {
  return (isObject(section) ? Object.values(section) : []).filter(isObject);
}

/** One asset per object key; most assets have one destination. */
function toAssets(entry: JsonObject, directory: string, open: Open): FileAsset[] {
  const { source, destinations, displayName } = entry;
  // An asset that a command makes at publishing time has no path, and no size yet.
  if (!isObject(source) || typeof source.path !== 'string' || !isObject(destinations)) return [];
  const file = path.resolve(directory, source.path);
  const name = nameOf(displayName) ?? path.basename(file);
  const contents = once(() => open(file, name));
  return namesAt(destinations, 'objectKey').map((objectKey) => ({ objectKey, name, file, contents }));
}

/** One image per tag; most images have one destination. */
function toImages({ source, destinations, displayName }: JsonObject): ImageAsset[] {
  if (!isObject(source) || !isObject(destinations)) return [];
  const directory = text(source.directory);
  const name = nameOf(displayName) ?? (directory === undefined ? 'an image' : path.basename(directory));
  const builder = directory === undefined ? 'command' : 'docker';
  return namesAt(destinations, 'imageTag').map((tag) => ({ tag, name, builder, platform: text(source.platform) }));
}

/** What the destinations of an asset call it, each name once. */
function namesAt(destinations: JsonObject, property: string): string[] {
  const names = entriesOf(destinations).map((destination) => text(destination[property]));
  return [...new Set(names)].filter((name) => name !== undefined);
}

/** `Default` is the wrapped construct, which has no name of its own. */
function nameOf(displayName: Json | undefined): string | undefined {
  return text(displayName)?.replace('/Default/', '/');
}

function text(json: Json | undefined): string | undefined {
  return typeof json === 'string' ? json : undefined;
}

/** What was looked into stays as it was seen, for all rules. */
function once(open: () => Contents): () => Contents {
  let contents: Contents | undefined;
  return () => contents ??= open();
}
