import type { AppModel } from './app';
import { Asset, ImageAsset } from './asset';
import { Resource } from './resource';
import { DeclaredLayer, isObject, isTransformed, Json, TemplateSource } from './template';

/** One template of the app, deployed as a stack or a nested stack. */
export class Stack {
  public readonly resources: readonly Resource[];

  private readonly byId = new Map<string, Resource>();
  private readonly assets: ReadonlyMap<string, Asset>;
  private exportedValues?: ReadonlyMap<string, Json>;

  constructor(
    public readonly app: AppModel,
    private readonly source: TemplateSource,
    /** The `AWS::CloudFormation::Stack` that deploys this one, if it is nested. */
    public readonly parent?: Resource,
  ) {
    this.assets = new Map(source.assets.map((asset) => [asset.objectKey, asset]));
    const resources = isObject(source.template.Resources) ? source.template.Resources : {};
    for (const [logicalId, body] of Object.entries(resources)) {
      if (isObject(body) && typeof body.Type === 'string') this.byId.set(logicalId, new Resource(this, logicalId, body.Type, body));
    }
    this.resources = [...this.byId.values()];
  }

  public get path(): string { return this.source.path; }
  public get name(): string { return this.source.stackName; }
  public get templatePath(): string { return this.source.templatePath; }
  public get account(): string | undefined { return this.source.account; }
  public get region(): string | undefined { return this.source.region; }

  /** Layers that are known by their ARN only. */
  public get declaredLayers(): readonly DeclaredLayer[] { return this.source.declaredLayers ?? []; }

  /** Whether a macro or a loop adds resources at deployment, beside those that stand there. */
  public get isTransformed(): boolean {
    return isObject(this.source.template.Resources) && isTransformed(this.source.template.Resources);
  }

  public resource(logicalId: string): Resource | undefined {
    return this.byId.get(logicalId);
  }

  public isParameter(name: string): boolean {
    return isObject(this.source.template.Parameters) && Object.hasOwn(this.source.template.Parameters, name);
  }

  public asset(objectKey: string): Asset | undefined {
    return this.assets.get(objectKey);
  }

  /** The container image with this tag that is built with the app. */
  public image(tag: string): ImageAsset | undefined {
    return this.source.images.find((image) => image.tag === tag);
  }

  /** Value of an output, by its name in the template. */
  public output(name: string): Json | undefined {
    const outputs = this.source.template.Outputs;
    const output = isObject(outputs) && Object.hasOwn(outputs, name) ? outputs[name] : undefined;
    return isObject(output) ? output.Value : undefined;
  }

  /** Value of an output, by the name it is exported under. */
  public exports(exportName: string): Json | undefined {
    this.exportedValues ??= this.collectExports();
    return this.exportedValues.get(exportName);
  }

  public constructPath(logicalId: string): string | undefined {
    return this.source.constructPath?.(logicalId);
  }

  private collectExports(): ReadonlyMap<string, Json> {
    const found = new Map<string, Json>();
    const outputs = isObject(this.source.template.Outputs) ? Object.values(this.source.template.Outputs) : [];
    for (const output of outputs) {
      if (!isObject(output) || !isObject(output.Export) || output.Value === undefined) continue;
      if (typeof output.Export.Name === 'string') found.set(output.Export.Name, output.Value);
    }
    return found;
  }
}
