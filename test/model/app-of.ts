import { Contents } from '../../src/contents/contents';
import { FileTree, PackageFile } from '../../src/contents/file-tree';
import { AppModel } from '../../src/model/app';
import { Asset, ImageAsset } from '../../src/model/asset';
import { Resource } from '../../src/model/resource';
import { Stack } from '../../src/model/stack';
import { Json, JsonObject, TemplateSource } from '../../src/model/template';
import { ExampleAsset, ExampleFile, ExampleFiles, ExampleImage } from '../../src/rules/rule';

/** What surrounds the resources of a stack, as plain data. */
export interface StackOptions {
  readonly name?: string;
  readonly account?: string;
  readonly region?: string;
  readonly parameters?: JsonObject;
  readonly outputs?: JsonObject;
  /** Assets by object key: their unzipped bytes, the files in them, or the reason why they cannot be had; images by tag. */
  readonly assets?: Readonly<Record<string, ExampleAsset | string>>;
  /** Construct paths by logical id. */
  readonly constructPaths?: Readonly<Record<string, string>>;
  /** Nested stacks by the logical id of their resource. */
  readonly nested?: Readonly<Record<string, TemplateSource>>;
  readonly declaredLayers?: TemplateSource['declaredLayers'];
  /** What is said of the concurrency quota of the stack's account and Region. */
  readonly quotas?: readonly Json[];
}

/** An app of one stack with these resources. */
export function appOf(resources: JsonObject, options: StackOptions = {}): AppModel {
  const { account, region, quotas = [] } = options;
  return new AppModel([stackOf(resources, options)], quotas.map((quota) => ({ account, region, quota })));
}

/** One stack, for apps of several. */
export function stackOf(resources: JsonObject, options: StackOptions = {}): TemplateSource {
  const { parameters, outputs } = options;
  return sourceOf({ Resources: resources, ...parameters && { Parameters: parameters }, ...outputs && { Outputs: outputs } }, options);
}

/** A whole template, also one that is none. */
export function sourceOf(template: JsonObject, options: StackOptions = {}): TemplateSource {
  const { name = 'Shop', account, region, assets = {}, constructPaths, nested = {}, declaredLayers } = options;
  return {
    path: name,
    stackName: name,
    templatePath: `/cdk.out/${name}.template.json`,
    account,
    region,
    template,
    assets: Object.entries(assets).flatMap(([objectKey, example]) => isImage(example) ? [] : [assetOf(objectKey, example)]),
    images: Object.entries(assets).flatMap(([tag, example]) => isImage(example) ? [imageOf(tag, example)] : []),
    nested: Object.entries(nested).map(([logicalId, source]) => ({ logicalId, source })),
    constructPath: (logicalId) => constructPaths?.[logicalId],
    declaredLayers,
  };
}

/** The resource with this logical id in the first stack that has one. */
export function resourceIn(app: AppModel, logicalId: string): Resource {
  const found = app.stacks.map((stack) => stack.resource(logicalId)).find((resource) => resource !== undefined);
  if (!found) throw new Error(`there is no ${logicalId} in this app`);
  return found;
}

export function stackIn(app: AppModel, name: string): Stack {
  const found = app.stacks.find((stack) => stack.name === name);
  if (!found) throw new Error(`there is no stack ${name} in this app`);
  return found;
}

type ExampleContents = Exclude<ExampleAsset, ExampleImage>;

function isImage(example: ExampleAsset | string): example is ExampleImage {
  return typeof example === 'object' && example.kind === 'image';
}

function imageOf(tag: string, { platform, builder = 'docker' }: ExampleImage): ImageAsset {
  return { tag, name: 'image', builder, platform };
}

function assetOf(objectKey: string, example: ExampleContents | string): Asset {
  return { objectKey, name: objectKey, contents: () => contentsOf(example) };
}

/** What is in an asset, as examples write it. */
export function contentsOf(example: ExampleContents | string): Contents {
  if (typeof example === 'string') return { kind: 'unopened', reason: example, fault: 'unreadable' };
  if (typeof example === 'number') return opened(new FileTree([fileOf('data', { bytes: example })]));
  return isContents(example) ? example : opened(treeOf(example));
}

function isContents(example: ExampleFiles | Contents): example is Contents {
  return typeof example.kind === 'string' && ['opened', 'unopened'].includes(example.kind);
}

function opened(files: FileTree): Contents {
  return { kind: 'opened', bytes: files.files.reduce((sum, { bytes }) => sum + bytes, 0), files, oddities: [] };
}

export function treeOf(files: ExampleFiles): FileTree {
  return new FileTree(Object.entries(files).map(([name, file]) => fileOf(name, typeof file === 'string' ? { content: file } : file ?? {})));
}

function fileOf(name: string, { content, bytes, mode = 0o644, files }: ExampleFile): PackageFile {
  const data = content === undefined ? undefined : Buffer.from(content as string);
  return {
    path: name,
    bytes: bytes ?? data?.length ?? 0,
    mode,
    read: (length) => data?.subarray(0, length ?? data.length),
    unpack: () => files && treeOf(files),
  };
}
