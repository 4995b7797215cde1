import { CfnParameter, Lazy, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { refersToNothing } from '../../support/references';

/** Parameters that the older synthesizer of the CDK makes for assets: their names change with what is in the asset. */
const ASSET_PARAMETER = /AssetParameters[0-9a-f]{32,64}/;

/** What else a version is described by: texts that are decided at deployment. */
export type Notes = () => readonly string[];

/**
 * The current version of a function. Made here, it is published anew whenever the code changes that only the deployment
 * knows: the tag or digest of a container image, the key or version of an object in a bucket (`Code.fromCfnParameters()`).
 *
 * The CDK publishes a version when the template of the function changes. It does not when a pipeline gives a parameter
 * another value: the function would get the new code, and the alias would keep the old one. A version whose description
 * changes is replaced. Versions that were made before keep theirs: they are live, and Lambda refuses to publish a version
 * of a function that has not changed. So does a version that the app describes itself.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html
 */
export function versionOf(fn: lambda.Function): lambda.Version {
  const isNew = fn.node.tryFindChild('CurrentVersion') === undefined;
  const resource = fn.currentVersion.node.defaultChild as lambda.CfnVersion;
  // When the version is made, some code is not known yet: bundles have their key in the synthesis.
  if (isNew) resource.description ??= textOf(() => codeDecidedAtDeployment(fn));
  return fn.currentVersion;
}

/** Publishes the current version anew whenever one of the notes changes. */
export function noteOnVersion(fn: lambda.Function, notes: Notes): void {
  const resource = versionOf(fn).node.defaultChild as lambda.CfnVersion;
  const { description } = resource;
  resource.description = textOf(() => [...isSaid(fn, description) ? [description!] : [], ...notes()]);
}

/** Whether a value is one that the deployment decides: a parameter, a property of a resource, what another stack has. */
export function isDecidedAtDeployment(fn: lambda.Function, value: string | undefined): value is string {
  if (!Token.isUnresolved(value)) return false;
  const json = Stack.of(fn).resolve(value);
  return !refersToNothing(json) && !ASSET_PARAMETER.test(JSON.stringify(json));
}

/** Parameters of the template that a text names. */
export function parametersIn(text: string): CfnParameter[] {
  return Tokenization.reverseString(text).tokens
    .map((token) => Reference.isReference(token) ? token.target : undefined)
    .filter((target) => target instanceof CfnParameter);
}

/** Whether a description comes to anything: it may be one that says nothing. */
function isSaid(fn: lambda.Function, description: string | undefined): boolean {
  return Stack.of(fn).resolve(description) !== undefined;
}

function textOf(parts: Notes): string {
  return Lazy.uncachedString({ produce: () => parts().join(' ') || undefined });
}

/** What names the code, as far as the deployment decides it. */
function codeDecidedAtDeployment(fn: lambda.Function): readonly string[] {
  const { code } = fn.node.defaultChild as lambda.CfnFunction;
  const { imageUri, s3Bucket, s3Key, s3ObjectVersion } = code as lambda.CfnFunction.CodeProperty;
  // `<registry>/<repository>:<tag>` or `...@sha256:<digest>`; tokens in it have no colon.
  const [, tag] = imageUri?.match(/\/[^/]*:([^:/]+)$/) ?? [];
  // A bucket that the app makes is not exchanged for another one.
  const bucket = isParameter(s3Bucket) ? s3Bucket : undefined;
  return [tag, bucket, s3Key, s3ObjectVersion].filter((part) => isDecidedAtDeployment(fn, part)) as string[];
}

function isParameter(text: string | undefined): boolean {
  return text !== undefined && parametersIn(text).length > 0;
}
