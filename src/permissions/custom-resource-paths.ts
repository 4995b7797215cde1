import { CfnResource, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { InvocationKind, InvocationPath } from './invocation-path';

/**
 * The custom resources of the app that a function stands for, whoever made them. CloudFormation invokes it as whoever deploys their stack,
 * which no statement of the app says.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-cloudformation.html
 */
export function customResourcePaths(fn: lambda.IFunction, qualifier: string): InvocationPath[] {
  return fn.node.root.node.findAll().filter((construct) => CfnResource.isCfnResource(construct))
    .filter((resource) => serviceTokenOf(resource) === fn.functionArn)
    .map((resource) => {
      const caller = `whoever deploys ${Stack.of(resource).node.path}`;
      return { kind: InvocationKind.IDENTITY, caller, qualifier, statement: resource.node.path };
    });
}

/** What a custom resource is sent to, before tokens are resolved. */
function serviceTokenOf(resource: CfnResource): unknown {
  if (!/^(Custom::|AWS::CloudFormation::CustomResource$)/.test(resource.cfnResourceType)) return undefined;
  const { serviceToken, cfnProperties } = resource as unknown as CustomResourceParts;
  return serviceToken ?? cfnProperties.ServiceToken;
}

/** What classes of the CDK for custom resources have, each its own. */
interface CustomResourceParts {
  readonly serviceToken?: string;
  readonly cfnProperties: { readonly ServiceToken?: string };
}
