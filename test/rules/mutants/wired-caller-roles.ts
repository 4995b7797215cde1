import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as pipes from 'aws-cdk-lib/aws-pipes';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Wire } from './wired-app';
import { EventFunction } from '../../../src';
import { MINIMAL } from '../../function/functions';

type Make = (stack: Stack, id: string) => lambda.IFunction;

const CALLED: Readonly<Record<string, Make>> = {
  'event function': (stack, id) => new EventFunction(stack, id, MINIMAL),
  'lambda function': (stack, id) => new lambda.Function(stack, id, MINIMAL),
};

/** A role for a service, that may invoke the function. */
function callerOf(fn: lambda.IFunction, service: string, stack: Stack): string {
  const role = new iam.Role(stack, 'Caller', { assumedBy: new iam.ServicePrincipal(`${service}.amazonaws.com`) });
  fn.grantInvoke(role);
  return role.roleArn;
}

function uriOf(fn: lambda.IFunction, stack: Stack): string {
  return `arn:${stack.partition}:apigateway:${stack.region}:lambda:path/2015-03-31/functions/${fn.functionArn}/invocations`;
}

/** Services that call with a role of theirs. */
const CALLERS: Readonly<Record<string, (stack: Stack, fn: lambda.IFunction) => void>> = {
  'Scheduler': (stack, fn) => {
    new scheduler.Schedule(stack, 'Nightly', { schedule: scheduler.ScheduleExpression.expression('rate(1 day)'), target: new LambdaInvoke(fn) });
  },
  'EventBridge': (stack, fn) => {
    new events.CfnRule(stack, 'Nightly', { scheduleExpression: 'rate(1 day)', targets: [{ id: 'Orders', arn: fn.functionArn, roleArn: callerOf(fn, 'events', stack) }] });
  },
  'a pipe that enriches': (stack, fn) => {
    new pipes.CfnPipe(stack, 'Pipe', { source: 'arn:aws:sqs:eu-west-1:111122223333:in', enrichment: fn.functionArn, target: 'arn:aws:sqs:eu-west-1:111122223333:out', roleArn: callerOf(fn, 'pipes', stack) });
  },
  'a pipe': (stack, fn) => {
    new pipes.CfnPipe(stack, 'Pipe', { source: 'arn:aws:sqs:eu-west-1:111122223333:in', target: fn.functionArn, roleArn: callerOf(fn, 'pipes', stack) });
  },
  'a method': (stack, fn) => {
    const credentialsRole = iam.Role.fromRoleArn(stack, 'Credentials', callerOf(fn, 'apigateway', stack));
    const api = new apigateway.RestApi(stack, 'Api', { cloudWatchRole: false });
    api.root.addMethod('GET', new apigateway.AwsIntegration({ service: 'lambda', path: `2015-03-31/functions/${fn.functionArn}/invocations`, options: { credentialsRole } }));
  },
  'an authorizer': (stack, fn) => {
    const api = new apigateway.RestApi(stack, 'Api', { cloudWatchRole: false });
    api.root.addMethod('GET', new apigateway.MockIntegration());
    new apigateway.CfnAuthorizer(stack, 'Authorizer', { restApiId: api.restApiId, name: 'shop', type: 'TOKEN', identitySource: 'method.request.header.Authorization', authorizerUri: uriOf(fn, stack), authorizerCredentials: callerOf(fn, 'apigateway', stack) });
  },
  'an HTTP API': (stack, fn) => {
    const api = new apigatewayv2.CfnApi(stack, 'Api', { name: 'shop', protocolType: 'HTTP' });
    const integration = new apigatewayv2.CfnIntegration(stack, 'Integration', { apiId: api.ref, integrationType: 'AWS_PROXY', payloadFormatVersion: '2.0', integrationUri: fn.functionArn, credentialsArn: callerOf(fn, 'apigateway', stack) });
    new apigatewayv2.CfnRoute(stack, 'Route', { apiId: api.ref, routeKey: 'GET /orders', target: `integrations/${integration.ref}` });
  },
  'a definition of an API': (stack, fn) => {
    const uri = uriOf(fn, stack);
    const integration = { 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri, credentials: callerOf(fn, 'apigateway', stack) } };
    new apigateway.SpecRestApi(stack, 'Api', { apiDefinition: apigateway.ApiDefinition.fromInline({ openapi: '3.0.1', paths: { '/orders': { get: integration } } }), cloudWatchRole: false });
  },
  'a delivery stream': (stack, fn) => {
    // L1, so that the role does nothing else
    const roleArn = callerOf(fn, 'firehose', stack);
    const parameters = [{ parameterName: 'LambdaArn', parameterValue: fn.functionArn }, { parameterName: 'RoleArn', parameterValue: roleArn }];
    const processingConfiguration = { enabled: true, processors: [{ type: 'Lambda', parameters }] };
    const destination = { bucketArn: 'arn:aws:s3:::lake', roleArn, processingConfiguration };
    new firehose.CfnDeliveryStream(stack, 'Clicks', { extendedS3DestinationConfiguration: destination });
  },
  'a delivery stream to Splunk': (stack, fn) => {
    const roleArn = callerOf(fn, 'firehose', stack);
    const parameters = [{ parameterName: 'LambdaArn', parameterValue: fn.functionArn }, { parameterName: 'RoleArn', parameterValue: roleArn }];
    const splunkDestinationConfiguration = {
      hecEndpoint: 'https://splunk.example.com:8088',
      hecEndpointType: 'Raw',
      s3Configuration: { bucketArn: 'arn:aws:s3:::lake', roleArn },
      processingConfiguration: { enabled: true, processors: [{ type: 'Lambda', parameters }] },
    };
    new firehose.CfnDeliveryStream(stack, 'Clicks', { splunkDestinationConfiguration });
  },
  'AppSync': (stack, fn) => {
    const api = new appsync.GraphqlApi(stack, 'Api', { name: 'shop', definition: appsync.Definition.fromSchema(appsync.SchemaFile.fromAsset(`${__dirname}/../permissions/schema.graphql`)) });
    api.addLambdaDataSource('Orders', fn);
  },
};

/** Apps in which services call functions with roles of theirs. */
export const CALLER_ROLE_WIRINGS: Readonly<Record<string, Wire>> = Object.fromEntries(Object.entries(CALLERS).flatMap(([caller, call]) => (
  Object.entries(CALLED).map(([called, make]) => [`${caller}, ${called}`, (stack: Stack) => call(stack, make(stack, 'Orders'))])
)));
