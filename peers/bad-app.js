'use strict';

/** Everything that this library is there to avoid. Every linter must object, else its silence proves nothing. */

const { App, Stack } = require('aws-cdk-lib');
const apigateway = require('aws-cdk-lib/aws-apigateway');
const iam = require('aws-cdk-lib/aws-iam');
const lambda = require('aws-cdk-lib/aws-lambda');
const s3 = require('aws-cdk-lib/aws-s3');
const sqs = require('aws-cdk-lib/aws-sqs');

const stack = new Stack(new App(), 'Bad');
const everything = new iam.PolicyStatement({ actions: ['*'], resources: ['*'] });

const old = new lambda.Function(stack, 'Old', { // with an AWS managed policy, which is the CDK's default
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => {};'),
});
old.addToRolePolicy(everything);
old.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:GetObjct'], resources: ['*'] })); // no such action
old.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:sqs:eu-west-1:111111111111:queue'] })); // not of such a resource
old.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });

const permission = { action: 'lambda:InvokeFunction', functionName: old.functionName };
new lambda.CfnPermission(stack, 'Anybody', { ...permission, principal: '*' });
new lambda.CfnPermission(stack, 'AnyBucket', { ...permission, principal: 's3.amazonaws.com' });
new lambda.CfnPermission(stack, 'AnyonesBucket', { ...permission, principal: 's3.amazonaws.com', sourceArn: 'arn:aws:s3:::somebodys-bucket' });

// serverless-rules looks only at policies inside a role.
new iam.Role(stack, 'Role', {
  assumedBy: new iam.CompositePrincipal(new iam.ServicePrincipal('lambda.amazonaws.com'), new iam.AnyPrincipal()),
  inlinePolicies: { Everything: new iam.PolicyDocument({ statements: [everything] }) },
});

// Open to the public, and without the resource policies that ask for TLS.
new s3.CfnBucket(stack, 'Bucket');
new sqs.CfnQueue(stack, 'Queue');

// Whoever finds it may call it.
new apigateway.RestApi(stack, 'Api', { cloudWatchRole: false }).root.addMethod('POST', new apigateway.LambdaIntegration(old));
