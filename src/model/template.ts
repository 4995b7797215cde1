import { Asset, ImageAsset } from './asset';

/** JSON as it stands in a template. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject { readonly [key: string]: Json | undefined }

/** One template and what surrounds it in the cloud assembly: the input of the model, as plain data. */
export interface TemplateSource {
  /** Construct path of the stack. */
  readonly path: string;

  /** Physical name of the stack, by which other stacks refer to it. */
  readonly stackName: string;

  /** The template file, absolute. */
  readonly templatePath: string;

  /** Account, where the app fixes it. */
  readonly account?: string;

  /** Region, where the app fixes it. */
  readonly region?: string;

  readonly template: JsonObject;

  /** Assets that the template may name. */
  readonly assets: readonly Asset[];

  /** Container images that the template may name. */
  readonly images: readonly ImageAsset[];

  /** Nested stacks: their resource in this template, and what they deploy. */
  readonly nested: readonly { readonly logicalId: string; readonly source: TemplateSource }[];

  /** What the app says of layers that it knows by their ARN only. */
  readonly declaredLayers?: readonly DeclaredLayer[];

  /** Construct path of a resource, where it is recorded. */
  constructPath?(logicalId: string): string | undefined;
}

/** A layer that somebody else made, as whoever uses it describes it. */
export interface DeclaredLayer {
  /** The ARN of its version, as it stands in the stack where it was declared. */
  readonly arn: Json;

  /** Bytes when unzipped. */
  readonly bytes?: number;

  /** Instruction sets that it is for. */
  readonly architectures?: readonly string[];
}

/** What an app says of the concurrency quota of an account in a Region, as it says it; by context, which is anybody's. */
export interface SaidQuota {
  readonly account?: string;
  readonly region?: string;
  readonly quota: Json;
}

export function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** Name and argument of an intrinsic function (`Ref`, `Fn::…`), if that is what this is. */
export function intrinsic(json: Json | undefined): { readonly name: string; readonly argument: Json | undefined } | undefined {
  if (!isObject(json)) return undefined;
  const keys = Object.keys(json);
  const name = keys[0];
  return keys.length === 1 && (name === 'Ref' || name.startsWith('Fn::')) ? { name, argument: json[name] } : undefined;
}

/** Whether a macro or a loop adds members to this object at deployment, beside those that stand there. */
export function isTransformed(json: JsonObject): boolean {
  return Object.keys(json).some((key) => key === 'Fn::Transform' || key.startsWith('Fn::ForEach::'));
}

/** `{ Ref: AWS::NoValue }`, which leaves out what it stands for. */
export function isNoValue(json: Json | undefined): boolean {
  const call = intrinsic(json);
  return call?.name === 'Ref' && call.argument === 'AWS::NoValue';
}
