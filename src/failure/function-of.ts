import { CfnResource } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';

/** The resource of a function, of an alias or of a version; none for what is imported. */
export function functionOf(target: lambda.IFunction): lambda.CfnFunction | undefined {
  const fn = target instanceof lambda.QualifiedFunctionBase ? target.lambda : target;
  const resource = fn.node.defaultChild;
  return resource && lambda.CfnFunction.isCfnFunction(resource) ? resource : undefined;
}

/** The resource of the function that a resource is, or that it is an alias or a version of. */
export function functionBehind(resource: CfnResource): lambda.CfnFunction | undefined {
  if (lambda.CfnFunction.isCfnFunction(resource)) return resource;
  const owner: IConstruct | undefined = resource.node.scope;
  return owner instanceof lambda.QualifiedFunctionBase && owner.node.defaultChild === resource ? functionOf(owner) : undefined;
}
