import * as lambda from 'aws-cdk-lib/aws-lambda';

/** Id of the construct with which the CDK configures asynchronous invocation. */
const SETTINGS = 'EventInvokeConfig';

/** The asynchronous settings of a function, an alias or a version, as far as they were made. */
export function settingsOf(target: lambda.IFunction): lambda.CfnEventInvokeConfig | undefined {
  return target.node.tryFindChild(SETTINGS)?.node.defaultChild as lambda.CfnEventInvokeConfig | undefined;
}
