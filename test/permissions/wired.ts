import { Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaAction as AlarmAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as config from 'aws-cdk-lib/aws-config';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LambdaTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { LambdaDestination as LogsDestination } from 'aws-cdk-lib/aws-logs-destinations';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ses from 'aws-cdk-lib/aws-ses';
import { Lambda as SesAction } from 'aws-cdk-lib/aws-ses-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';

/** The integrations of the CDK that ask for a permission, by service: each wires one function to one new source. */
export const INTEGRATIONS: Readonly<Record<string, (stack: Stack, fn: lambda.IFunction) => void>> = {
  'apigateway.amazonaws.com': (stack, fn) => {
    const api = new apigateway.RestApi(stack, 'Api');
    api.root.addResource('orders').addMethod('POST', new apigateway.LambdaIntegration(fn, { allowTestInvoke: false }));
    const http = new apigatewayv2.HttpApi(stack, 'Http');
    http.addRoutes({ path: '/orders/{id}', methods: [apigatewayv2.HttpMethod.GET], integration: new HttpLambdaIntegration('Get', fn) });
  },
  'cognito-idp.amazonaws.com': (stack, fn) => {
    new cognito.UserPool(stack, 'Pool').addTrigger(cognito.UserPoolOperation.POST_CONFIRMATION, fn);
  },
  'config.amazonaws.com': (stack, fn) => {
    new config.CustomRule(stack, 'Compliance', { lambdaFunction: fn, configurationChanges: true });
  },
  'elasticloadbalancing.amazonaws.com': (stack, fn) => {
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], publicSubnetIds: ['subnet-1'] });
    new elbv2.ApplicationTargetGroup(stack, 'Target', { vpc, targets: [new LambdaTarget(fn)] });
  },
  'events.amazonaws.com': (stack, fn) => {
    new events.Rule(stack, 'Rule', { eventPattern: { source: ['shop'] }, targets: [new targets.LambdaFunction(fn)] });
    new events.Rule(stack, 'Nightly', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new targets.LambdaFunction(fn)] });
  },
  'lambda.alarms.cloudwatch.amazonaws.com': (stack, fn) => {
    const metric = new cloudwatch.Metric({ namespace: 'Shop', metricName: 'Orders' });
    metric.createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 }).addAlarmAction(new AlarmAction(fn));
  },
  'logs.amazonaws.com': (stack, fn) => {
    const group = new logs.LogGroup(stack, 'Access');
    group.addSubscriptionFilter('Filter', { destination: new LogsDestination(fn), filterPattern: logs.FilterPattern.allEvents() });
  },
  's3.amazonaws.com': (stack, fn) => {
    new s3.Bucket(stack, 'Inbox').addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.LambdaDestination(fn));
  },
  'secretsmanager.amazonaws.com': (stack, fn) => {
    new secretsmanager.Secret(stack, 'Password').addRotationSchedule('Rotation', { rotationLambda: fn as lambda.Function });
  },
  'ses.amazonaws.com': (stack, fn) => {
    new ses.ReceiptRuleSet(stack, 'Mail', { rules: [{ recipients: ['orders@example.com'], actions: [new SesAction({ function: fn })] }] });
  },
  'sns.amazonaws.com': (stack, fn) => {
    new sns.Topic(stack, 'Topic').addSubscription(new subscriptions.LambdaSubscription(fn));
  },
  'scheduler.amazonaws.com': (_, fn) => {
    fn.grantInvoke(new iam.ServicePrincipal('scheduler.amazonaws.com'));
  },
};

/** All of them. */
export function wireAll(stack: Stack, fn: lambda.IFunction): void {
  for (const wire of Object.values(INTEGRATIONS)) wire(stack, fn);
}
