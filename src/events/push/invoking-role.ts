import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/**
 * Lets a role of a service invoke what was given, function or alias, and nothing else.
 *
 * `grantInvoke()` of the CDK lets it invoke `<arn>:*`, too: of a plain function every version there ever was.
 */
export function mayInvoke(role: iam.IRole, target: lambda.IFunction, ...others: string[]): void {
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['lambda:InvokeFunction', ...others], resources: [target.functionArn] }));
}
