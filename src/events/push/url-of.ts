import * as lambda from 'aws-cdk-lib/aws-lambda';

/** Id that `addFunctionUrl()` gives. */
const URL_ID = 'FunctionUrl';

/** The URL that a function or alias has already: it can have one at most. */
export function urlOf(target: lambda.IFunction): lambda.FunctionUrl | undefined {
  const url = target.node.tryFindChild(URL_ID);
  return url instanceof lambda.FunctionUrl ? url : undefined;
}
