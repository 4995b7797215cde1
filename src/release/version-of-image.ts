import { Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/**
 * The current version of a function. Made here, it is published anew whenever the tag or digest of a container image
 * changes that only the deployment knows.
 *
 * The CDK publishes a version when the template of the function changes. It does not when a pipeline gives a parameter
 * another value: the function would get the new image, and the alias would keep the old one. A version whose description
 * changes is replaced. Versions that were made before keep theirs: they are live, and Lambda refuses to publish a version
 * of a function that has not changed.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html
 */
export function versionOf(fn: lambda.Function): lambda.Version {
  const isNew = fn.node.tryFindChild('CurrentVersion') === undefined;
  const resource = fn.currentVersion.node.defaultChild as lambda.CfnVersion;
  if (isNew) resource.description ??= tagDecidedAtDeployment(fn);
  return fn.currentVersion;
}

function tagDecidedAtDeployment(fn: lambda.Function): string | undefined {
  const { code } = fn.node.defaultChild as lambda.CfnFunction;
  const { imageUri } = code as lambda.CfnFunction.CodeProperty;
  // `<registry>/<repository>:<tag>` or `...@sha256:<digest>`; tokens in it have no colon.
  const [, tag] = imageUri?.match(/\/[^/]*:([^:/]+)$/) ?? [];
  return Token.isUnresolved(tag) ? tag : undefined;
}
