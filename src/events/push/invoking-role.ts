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

/**
 * The function, for integrations of the CDK that grant more to their role: of this one they can grant what was given, and nothing else.
 *
 * Grants are not remembered, as those of the function are: a wider one for the same role would be lost.
 */
export function invokedOnly(target: lambda.IFunction): lambda.IFunction {
  const resourceArns = [target.functionArn];
  const grantInvoke = (grantee: iam.IGrantable) => iam.Grant.addToPrincipal({ grantee, actions: ['lambda:InvokeFunction'], resourceArns });
  return Object.create(target, {
    resourceArnsForGrantInvoke: { value: resourceArns },
    grantInvoke: { value: grantInvoke },
    // Policies that this makes are to be below the function itself.
    addToRolePolicy: { value: (statement: iam.PolicyStatement) => target.addToRolePolicy(statement) },
  });
}
