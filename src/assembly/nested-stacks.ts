import * as fs from 'fs';
import * as path from 'path';
import { FileAsset } from './assets';
import { isObject, Json, JsonObject, TemplateSource } from '../model/template';

/** A template whose assets are files, so that the templates of its nested stacks can be opened. */
export interface ReadableTemplate extends TemplateSource {
  readonly assets: readonly FileAsset[];
}

/** The template with its nested stacks, which the manifest does not list: they are assets of their parent. */
export function nestedStacks(source: ReadableTemplate): TemplateSource {
  const resources = Object.entries(isObject(source.template.Resources) ? source.template.Resources : {});
  const nested = resources.flatMap(([logicalId, resource]) => {
    const file = isNestedStack(resource) ? templateFile(resource, source.assets) : undefined;
    return file === undefined ? [] : [{ logicalId, source: read(file, source) }];
  });
  return { ...source, nested };
}

function read(file: string, parent: ReadableTemplate): TemplateSource {
  return nestedStacks({
    ...parent, // assets, environment and construct paths are recorded with the parent
    path: `${parent.path}/${path.basename(file, '.nested.template.json')}`,
    stackName: path.basename(file),
    templatePath: file,
    template: JSON.parse(fs.readFileSync(file, 'utf8')) as JsonObject,
    nested: [],
  });
}

function isNestedStack(resource: Json | undefined): resource is JsonObject {
  return isObject(resource) && resource.Type === 'AWS::CloudFormation::Stack';
}

/** The file behind a TemplateURL, whose last segment is the object key of the asset. */
function templateFile(resource: JsonObject, assets: readonly FileAsset[]): string | undefined {
  const url = isObject(resource.Properties) ? JSON.stringify(resource.Properties.TemplateURL ?? '') : '';
  return assets.find(({ objectKey }) => url.includes(`/${objectKey}"`))?.file;
}
