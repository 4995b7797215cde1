import * as fs from 'fs';
import * as path from 'path';
import { App, CfnTag, Stack, Tags } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EventFunction, VersionInput } from '../../src';
import { changesBetween } from '../../src/release/versions/version-changes';
import { MINIMAL } from '../function/functions';

/** A function in a stack, as far as it may differ between two syntheses. */
export interface Configuration {
  /** Properties of the L1 that are set. */
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly layers?: readonly LayerConfiguration[];
  readonly versionInputs?: Readonly<Record<string, string>>;
  readonly texts?: readonly string[];
  readonly permissions?: readonly string[];
  readonly overrides?: Readonly<Record<string, unknown>>;
  readonly version?: lambda.VersionOptions;
  readonly outdir?: string;
}

export interface LayerConfiguration {
  /** Scopes may differ while ids are the same. */
  readonly scope: string;
  readonly id: string;
  /** ARN of a layer that the app did not make, or key of its content. */
  readonly content: string;
}

export interface Synthesized {
  readonly inputs: VersionInput[];
  /** What CloudFormation tells one version from another by. */
  readonly version: unknown;
  readonly template: any;
}

const CONTEXT = { 'cdk-event-functions:rules': false, 'aws:cdk:enable-asset-metadata': true };

export function synthesized(configuration: Configuration, flags: Record<string, unknown>): Synthesized {
  const app = new App({ context: { ...flags, ...CONTEXT }, outdir: configuration.outdir });
  const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
  const fn = functionIn(stack, configuration);
  Object.entries(configuration.tags ?? {}).forEach(([key, value]) => Tags.of(app).add(key, value));
  const { template } = app.synth().getStackByName('Shop');
  return { inputs: fn.versionInputs(), version: versionIn(template), template };
}

export function functionIn(stack: Stack, configuration: Configuration): EventFunction {
  const { environment, texts = [], permissions = [], overrides = {} } = configuration;
  const { description, ...properties } = configuration.properties ?? {};
  const fn = new EventFunction(stack, 'Orders', {
    ...MINIMAL,
    description: description as string | undefined,
    environment: { ...environment },
    layers: (configuration.layers ?? []).map((layer) => layerIn(stack, layer)),
    versionInputs: configuration.versionInputs,
    currentVersionOptions: configuration.version,
  });
  const resource = fn.function.node.defaultChild as any;
  Object.entries(properties).forEach(([name, value]) => {
    if (name === 'tags') (value as CfnTag[]).forEach(({ key, value: text }) => resource.tags.setTag(key, text));
    else resource[name] = value;
  });
  Object.entries(overrides).forEach(([at, value]) => resource.addOverride(at, value));
  texts.forEach((text) => fn.invalidateVersionBasedOn(text));
  permissions.forEach((Sid) => fn.addToRolePolicy(new iam.PolicyStatement({ actions: [`s3:${Sid}`], resources: ['*'] })));
  return fn;
}

function layerIn(stack: Stack, { scope, id, content }: LayerConfiguration): lambda.ILayerVersion {
  const parent = (stack.node.tryFindChild(scope) ?? new Construct(stack, scope)) as Construct;
  const there = parent.node.tryFindChild(id);
  if (there) return there as lambda.LayerVersion;
  if (content.startsWith('arn:')) {
    const compatibleRuntimes = content.endsWith('1') ? [lambda.Runtime.NODEJS_22_X] : [lambda.Runtime.NODEJS_22_X, lambda.Runtime.NODEJS_20_X];
    return lambda.LayerVersion.fromLayerVersionAttributes(parent, id, { layerVersionArn: content, compatibleRuntimes });
  }
  const bucket = (stack.node.tryFindChild('Builds') as s3.Bucket | undefined) ?? new s3.Bucket(stack, 'Builds');
  return new lambda.LayerVersion(parent, id, { code: lambda.Code.fromBucketV2(bucket, content) });
}

/** CloudFormation replaces a version for any change but that of its scaling. */
function versionIn(template: any): unknown {
  const versions = Object.entries<any>(template.Resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Version');
  return versions.map(([id, { Properties: { FunctionScalingConfig, ...settings } }]) => [id, settings]);
}

/** Whether a new version is made, as the inputs say. */
export function predicted(before: Synthesized, after: Synthesized): boolean {
  return changesBetween(before.inputs, after.inputs).some(({ makesVersion }) => makesVersion);
}

/** Whether a new version is made, as the templates say. */
export function actual(before: Synthesized, after: Synthesized): boolean {
  return JSON.stringify(before.version) !== JSON.stringify(after.version);
}

/** Names of all properties of an L1, as the CDK declares them. */
export function propertiesOf(props: string): string[] {
  const file = path.join(path.dirname(require.resolve('aws-cdk-lib/package.json')), 'aws-lambda/lib/lambda.generated.d.ts');
  const [, body] = fs.readFileSync(file, 'utf8').match(new RegExp(`export interface ${props} \\{([^]*?)\\n\\}`)) ?? [];
  return [...body.matchAll(/readonly (\w+)\??:/g)].map(([, name]) => name);
}
