import * as path from 'path';
import { FileAsset } from './assets';
import { DeclaredIn } from './declared-layers';
import { readJson } from './read-json';
import { isObject, Json, JsonObject, TemplateSource } from '../model/template';

/** A template whose assets are files, so that the templates of its nested stacks can be opened. */
export interface ReadableTemplate extends TemplateSource {
  readonly assets: readonly FileAsset[];

  /** Layers that are known by their ARN only; those of nested stacks are recorded with the parent. */
  readonly declarations: readonly DeclaredIn[];

  /** Construct paths of all resources with a logical id: those of nested stacks are recorded with the parent. */
  constructPaths(logicalId: string): readonly string[];
}

/** The template with its nested stacks, which the manifest does not list: they are assets of their parent. */
export function nestedStacks(source: ReadableTemplate): TemplateSource {
  const resources = Object.entries(isObject(source.template.Resources) ? source.template.Resources : {});
  const nested = resources.flatMap(([logicalId, resource]) => {
    const file = isNestedStack(resource) ? templateFile(resource, source.assets) : undefined;
    const template = file === undefined ? undefined : readTemplate(file);
    return file === undefined || template === undefined ? [] : [{ logicalId, source: read(file, template, logicalId, source) }];
  });
  const inner = nested.map((stack) => `${stack.source.path}/`);
  const isOwn = (construct: string) => construct.startsWith(`${source.path}/`) && !inner.some((prefix) => construct.startsWith(prefix));
  return {
    ...source,
    nested,
    constructPath: (logicalId) => source.constructPaths(logicalId).find(isOwn),
    declaredLayers: source.declarations.filter(({ path: construct }) => isOwn(construct)),
  };
}

function read(file: string, template: JsonObject, logicalId: string, parent: ReadableTemplate): TemplateSource {
  return nestedStacks({
    ...parent, // assets, environment and construct paths are recorded with the parent
    path: nestedPath(logicalId, parent),
    stackName: path.basename(file),
    templatePath: file,
    template,
    nested: [],
  });
}

/** Construct path of a nested stack, which the CDK puts beside its resource: `Shop/Nested.NestedStack/Nested.NestedStackResource`. */
function nestedPath(logicalId: string, parent: ReadableTemplate): string {
  const own = parent.constructPaths(logicalId).filter((construct) => construct.startsWith(`${parent.path}/`));
  const [resource = `${parent.path}/${logicalId}`] = own.sort((a, b) => a.length - b.length);
  return resource.replace(/\.NestedStack\/[^/]+\.NestedStackResource$/, '');
}

/** A template as the CDK writes it; others may be YAML, or no templates at all. */
function readTemplate(file: string): JsonObject | undefined {
  try {
    return readJson(file);
  } catch {
    return undefined;
  }
}

function isNestedStack(resource: Json | undefined): resource is JsonObject {
  return isObject(resource) && resource.Type === 'AWS::CloudFormation::Stack';
}

/** The file behind a TemplateURL, whose last segment is the object key of the asset. */
function templateFile(resource: JsonObject, assets: readonly FileAsset[]): string | undefined {
  const url = isObject(resource.Properties) ? JSON.stringify(resource.Properties.TemplateURL ?? '') : '';
  return assets.find(({ objectKey }) => url.includes(`/${objectKey}"`))?.file;
}
