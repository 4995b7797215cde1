import * as lambda from 'aws-cdk-lib/aws-lambda';

/** The resource of a function, of an alias or of a version; none for what is imported. */
export function resourceOf(target: lambda.IFunction): lambda.CfnFunction | undefined {
  const fn = target instanceof lambda.QualifiedFunctionBase ? target.lambda : target;
  const resource = fn.node.defaultChild;
  return resource && lambda.CfnFunction.isCfnFunction(resource) ? resource : undefined;
}
