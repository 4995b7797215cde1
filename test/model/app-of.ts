import { AppModel } from '../../src/model/app';
import { Asset, Measurement } from '../../src/model/asset';
import { Resource } from '../../src/model/resource';
import { Stack } from '../../src/model/stack';
import { JsonObject, TemplateSource } from '../../src/model/template';

/** What surrounds the resources of a stack, as plain data. */
export interface StackOptions {
  readonly name?: string;
  readonly account?: string;
  readonly region?: string;
  readonly parameters?: JsonObject;
  readonly outputs?: JsonObject;
  /** Unzipped bytes of assets by object key, or the reason why they cannot be had. */
  readonly assets?: Readonly<Record<string, number | string>>;
  /** Construct paths by logical id. */
  readonly constructPaths?: Readonly<Record<string, string>>;
  /** Nested stacks by the logical id of their resource. */
  readonly nested?: Readonly<Record<string, TemplateSource>>;
}

/** An app of one stack with these resources. */
export function appOf(resources: JsonObject, options: StackOptions = {}): AppModel {
  return new AppModel([stackOf(resources, options)]);
}

/** One stack, for apps of several. */
export function stackOf(resources: JsonObject, options: StackOptions = {}): TemplateSource {
  const { parameters, outputs } = options;
  return sourceOf({ Resources: resources, ...parameters && { Parameters: parameters }, ...outputs && { Outputs: outputs } }, options);
}

/** A whole template, also one that is none. */
export function sourceOf(template: JsonObject, options: StackOptions = {}): TemplateSource {
  const { name = 'Shop', account, region, assets = {}, constructPaths, nested = {} } = options;
  return {
    path: name,
    stackName: name,
    templatePath: `/cdk.out/${name}.template.json`,
    account,
    region,
    template,
    assets: Object.entries(assets).map(([objectKey, size]) => assetOf(objectKey, size)),
    nested: Object.entries(nested).map(([logicalId, source]) => ({ logicalId, source })),
    constructPath: (logicalId) => constructPaths?.[logicalId],
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

function assetOf(objectKey: string, size: number | string): Asset {
  const measurement: Measurement = typeof size === 'number' ? { kind: 'measured', bytes: size } : { kind: 'unreadable', reason: size };
  return { objectKey, name: objectKey, unzipped: () => measurement };
}
