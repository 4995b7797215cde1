import { App, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as es from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import { LambdaDestination as LogsDestination } from 'aws-cdk-lib/aws-logs-destinations';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke as ScheduledInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from './functions';
import { EventFunction } from '../../src';

/** CDK's own integrations take an IFunction; an EventFunction gives them its alias. */
function setUp() {
  const stack = stackWith();
  return { stack, fn: new EventFunction(stack, 'Orders', MINIMAL) };
}

/** That nothing names the function without its alias, but for what the function itself is made of. */
function expectNothingUnqualified(stack: ReturnType<typeof stackWith>) {
  const ofTheFunction = ['AWS::Lambda::Version', 'AWS::Lambda::Alias', 'AWS::Lambda::Function'];
  const others = Object.values(resourcesOf(stack)).filter(({ Type }) => !ofTheFunction.includes(Type));
  expect(others.filter((resource) => JSON.stringify(resource).includes('"OrdersA9B65338"'))).toEqual([]);
}

test('s3n.LambdaDestination', () => {
  const { stack, fn } = setUp();
  new s3.Bucket(stack, 'Inbox').addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.LambdaDestination(fn));
  const template = Template.fromStack(stack);
  template.hasResourceProperties('Custom::S3BucketNotifications', {
    NotificationConfiguration: { LambdaFunctionConfigurations: [Match.objectLike({ LambdaFunctionArn: aliasRef(stack) })] },
  });
  template.hasResourceProperties('AWS::Lambda::Permission', {
    FunctionName: aliasRef(stack), Principal: 's3.amazonaws.com', SourceArn: Match.anyValue(), SourceAccount: { Ref: 'AWS::AccountId' },
  });
  expectNothingUnqualified(stack);
});

test('targets.LambdaFunction', () => {
  const { stack, fn } = setUp();
  new events.Rule(stack, 'Rule', { eventPattern: { source: ['shop'] }, targets: [new targets.LambdaFunction(fn)] });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Events::Rule', { Targets: [Match.objectLike({ Arn: aliasRef(stack) })] });
  template.hasResourceProperties('AWS::Lambda::Permission', { FunctionName: aliasRef(stack), Principal: 'events.amazonaws.com' });
  expectNothingUnqualified(stack);
});

test('apigateway.LambdaRestApi', () => {
  const { stack, fn } = setUp();
  new apigateway.LambdaRestApi(stack, 'Api', { handler: fn });
  const permissions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Permission'));
  expect(permissions.length).toBeGreaterThan(0);
  for (const permission of permissions) expect(permission.Properties.FunctionName).toEqual(aliasRef(stack));
  const methods = Object.values(Template.fromStack(stack).findResources('AWS::ApiGateway::Method'));
  for (const method of methods) expect(JSON.stringify(method.Properties.Integration.Uri)).toContain(aliasRef(stack).Ref);
  expectNothingUnqualified(stack);
});

test('HttpLambdaIntegration', () => {
  const { stack, fn } = setUp();
  new apigatewayv2.HttpApi(stack, 'Api', { defaultIntegration: new HttpLambdaIntegration('Integration', fn) });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::ApiGatewayV2::Integration', { IntegrationUri: aliasRef(stack) });
  template.hasResourceProperties('AWS::Lambda::Permission', { FunctionName: aliasRef(stack) });
  expectNothingUnqualified(stack);
});

test('sns_subscriptions.LambdaSubscription', () => {
  const { stack, fn } = setUp();
  new sns.Topic(stack, 'Topic').addSubscription(new subscriptions.LambdaSubscription(fn));
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: aliasRef(stack), Protocol: 'lambda' });
  template.hasResourceProperties('AWS::Lambda::Permission', { FunctionName: aliasRef(stack), Principal: 'sns.amazonaws.com' });
  expectNothingUnqualified(stack);
});

test('stepfunctions_tasks.LambdaInvoke', () => {
  const { stack, fn } = setUp();
  const task = new tasks.LambdaInvoke(stack, 'Invoke', { lambdaFunction: fn });
  new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(task) });
  const template = Template.fromStack(stack);
  expect(JSON.stringify(only(stack, 'AWS::StepFunctions::StateMachine').Properties.DefinitionString)).toContain(aliasRef(stack).Ref);
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'lambda:InvokeFunction', Resource: aliasRef(stack) })]) },
  });
  expectNothingUnqualified(stack);
});

test('es.SqsEventSource', () => {
  const { stack, fn } = setUp();
  fn.addEventSource(new es.SqsEventSource(new sqs.Queue(stack, 'Queue')));
  expect(only(stack, 'AWS::Lambda::EventSourceMapping').Properties.FunctionName).toEqual({
    'Fn::Join': ['', [{ 'Fn::Select': [6, { 'Fn::Split': [':', aliasRef(stack)] }] }, ':live']],
  });
  expectNothingUnqualified(stack);
});

test('scheduler targets', () => {
  const { stack, fn } = setUp();
  new scheduler.Schedule(stack, 'Schedule', { schedule: scheduler.ScheduleExpression.cron({ hour: '3', minute: '0' }), target: new ScheduledInvoke(fn) });
  expect(only(stack, 'AWS::Scheduler::Schedule').Properties.Target.Arn).toEqual(aliasRef(stack));
  expectNothingUnqualified(stack);
});

test('log subscriptions', () => {
  const { stack, fn } = setUp();
  new logs.LogGroup(stack, 'Group').addSubscriptionFilter('All', { destination: new LogsDestination(fn), filterPattern: logs.FilterPattern.allEvents() });
  Template.fromStack(stack).hasResourceProperties('AWS::Logs::SubscriptionFilter', { DestinationArn: aliasRef(stack) });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Permission', { FunctionName: aliasRef(stack) });
  expectNothingUnqualified(stack);
});

test('a function URL', () => {
  const { stack, fn } = setUp();
  fn.addFunctionUrl();
  // a URL takes the function and the alias's name apart
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Url', { TargetFunctionArn: { 'Fn::GetAtt': ['OrdersA9B65338', 'Arn'] }, Qualifier: 'live' });
});

describe('a function URL waits for the alias, which it knows by name only', () => {
  const waitsFor = (stack: Stack) => only(stack, 'AWS::Lambda::Url').DependsOn;

  test.each<[string, (stack: Stack, fn: EventFunction) => void]>([
    ['made by the function', (_, fn) => fn.addFunctionUrl()],
    ['made for the function', (stack, fn) => new lambda.FunctionUrl(stack, 'Url', { function: fn })],
    ['made by the alias', (_, fn) => fn.alias.addFunctionUrl()],
    ['made by hand', (stack, fn) => new lambda.CfnUrl(stack, 'Url', { authType: 'AWS_IAM', targetFunctionArn: fn.function.functionArn, qualifier: fn.aliasName })],
  ])('%s', (_, make) => {
    const { stack, fn } = setUp();
    make(stack, fn);
    expect(waitsFor(stack)).toContain(aliasRef(stack).Ref);
  });

  test('of a wrapped function, in a stage', () => {
    const stack = new Stack(new Stage(new App(), 'Prod'), 'Shop');
    EventFunction.wrap(stack, 'Orders', new lambda.Function(stack, 'Theirs', MINIMAL)).addFunctionUrl();
    expect(waitsFor(stack)).toContain(aliasRef(stack).Ref);
  });

  test('and no other alias or function', () => {
    const { stack, fn } = setUp();
    new lambda.CfnUrl(stack, 'Url', { authType: 'AWS_IAM', targetFunctionArn: fn.function.functionArn });
    expect(waitsFor(stack)).toBeUndefined();
  });
});
