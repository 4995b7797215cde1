import { App, Duration, Stack, Tags } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as integrations from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { LAMBDA_RECOGNIZE_VERSION_PROPS } from 'aws-cdk-lib/cx-api';
import { EventFunction, EventFunctionProps, PullSource, PushSource, Release } from '../../src';
import { MINIMAL, NEW_APP, NO_FLAGS } from '../function/functions';

/** What differs between two syntheses. */
interface Change {
  readonly props?: Partial<EventFunctionProps>;
  readonly wire?: (fn: EventFunction, app: App) => void;
}

/** A function with about everything that a function is wired to, in its own stack and in another one. */
function shop(context: Record<string, unknown>, { props, wire }: Change): Record<string, any> {
  const app = new App({ context: { ...context, 'cdk-event-functions:rules': false } });
  const stack = new Stack(app, 'Shop');
  const fn = new EventFunction(stack, 'Orders', {
    ...MINIMAL,
    environment: { STAGE: 'test' },
    reservedConcurrentExecutions: 10,
    deadLetterQueue: new sqs.Queue(stack, 'Dead'),
    retryAttempts: 1,
    ...props,
  });
  wireInStack(stack, fn);
  wireElsewhere(new Stack(app, 'Consumer'), fn);
  wire?.(fn, app);
  const assembly = app.synth();
  const stacks = ['Shop', 'Consumer'].map((name) => [name, assembly.getStackByName(name).template] as const);
  return Object.fromEntries(stacks.flatMap(([name, { Resources, Outputs = {} }]) => [
    ...Object.entries(Resources).map(([id, resource]) => [`${name}/${id}`, resource]),
    ...Object.entries(Outputs).map(([id, output]) => [`${name}/${id}`, { Type: 'Output', ...output as object }]),
  ]));
}

function wireInStack(stack: Stack, fn: EventFunction): void {
  const topic = new sns.Topic(stack, 'Topic');
  fn.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
  fn.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue', { visibilityTimeout: Duration.minutes(1) })));
  topic.addSubscription(new subscriptions.LambdaSubscription(fn));
  new apigateway.LambdaRestApi(stack, 'Api', { handler: fn });
  new apigatewayv2.HttpApi(stack, 'HttpApi').addRoutes({ path: '/orders', integration: new integrations.HttpLambdaIntegration('Orders', fn) });
  new events.Rule(stack, 'Rule', { schedule: events.Schedule.rate(Duration.hours(1)), targets: [new targets.LambdaFunction(fn)] });
  fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM }).grantInvokeUrl(new iam.AccountPrincipal('111122223333'));
  fn.grantInvoke(new iam.Role(stack, 'Caller', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') }));
  topic.grantPublish(fn);
  // A release has a deployment group of its own.
  if (stack.node.findAll().some((construct) => construct instanceof codedeploy.LambdaDeploymentGroup)) return;
  new codedeploy.LambdaDeploymentGroup(stack, 'Deployment', { alias: fn.alias, deploymentConfig: codedeploy.LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES });
}

function wireElsewhere(stack: Stack, fn: EventFunction): void {
  new events.Rule(stack, 'Rule', { schedule: events.Schedule.rate(Duration.hours(1)), targets: [new targets.LambdaFunction(fn)] });
  fn.grantInvoke(new iam.Role(stack, 'Caller', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') }));
  const definitionBody = stepfunctions.DefinitionBody.fromChainable(new tasks.LambdaInvoke(stack, 'Invoke', { lambdaFunction: fn }));
  new stepfunctions.StateMachine(stack, 'Machine', { definitionBody });
}

/** What is not the same in both, as types: `-` what is gone, `+` what is new, `~` what differs. */
function diff(one: Record<string, any>, other: Record<string, any>): string[] {
  const gone = Object.keys(one).filter((id) => !(id in other)).map((id) => `- ${one[id].Type}`);
  const more = Object.keys(other).filter((id) => !(id in one)).map((id) => `+ ${other[id].Type}`);
  const changed = Object.keys(other).filter((id) => id in one && JSON.stringify(one[id]) !== JSON.stringify(other[id])).map((id) => `~ ${other[id].Type}`);
  return [...gone, ...more, ...changed].sort();
}

const RELEASE = ['+ AWS::Lambda::Version', '- AWS::Lambda::Version', '~ AWS::Lambda::Alias', '~ AWS::Lambda::Function'];
const FUNCTION = ['~ AWS::Lambda::Function'];

/** The CDK has the one flag on, unless an app says otherwise. */
const WITHOUT = { [LAMBDA_RECOGNIZE_VERSION_PROPS]: false };

describe.each([['in a new app', NEW_APP], ['in an older app', NO_FLAGS], ['without recognizeVersionProps', WITHOUT]])('%s', (_, context) => {
  const before = shop(context, {});

  test('an app has everything', () => {
    expect(Object.keys(before).length).toBeGreaterThan(30);
    const types = new Set(Object.values(before).map(({ Type }) => Type));
    expect([...types]).toEqual(expect.arrayContaining(['AWS::Lambda::Permission', 'AWS::Lambda::EventSourceMapping', 'AWS::Lambda::Url', 'AWS::CodeDeploy::DeploymentGroup', 'AWS::StepFunctions::StateMachine']));
  });

  test('the same app changes nothing', () => {
    expect(diff(before, shop(context, {}))).toEqual([]);
  });

  test.each<[string, Change]>([
    ['code', { props: { code: lambda.Code.fromInline('exports.handler = async () => 7;') } }],
    ['an environment variable', { props: { environment: { STAGE: 'prod' } } }],
    ['memory', { props: { memorySize: 256 } }],
    ['an input of its own', { props: { versionInputs: { release: '1' } } }],
    ['the description', { props: { description: 'Takes orders' } }],
  ])('a change of %s is one of function, version and alias, and of nothing else', (_name, change) => {
    expect(diff(before, shop(context, change))).toEqual(RELEASE);
  });

  test('a text that makes a version changes version and alias alone, which is why Lambda refuses it', () => {
    expect(diff(before, shop(context, { wire: (fn) => fn.invalidateVersionBasedOn('7') }))).toEqual(RELEASE.filter((line) => !FUNCTION.includes(line)));
  });

  // Of a queue Lambda reads as much at once as is reserved. The function that the CDK makes for notifications of buckets has tags, and no version.
  test.each<[string, Change, string[]]>([
    ['reserved concurrency', { props: { reservedConcurrentExecutions: 11 } }, ['~ AWS::Lambda::EventSourceMapping', ...FUNCTION]],
    ['tags of the function', { wire: (fn) => Tags.of(fn.function).add('team', 'shop', { includeResourceTypes: ['AWS::Lambda::Function'] }) }, FUNCTION],
    ['tags of all functions', { wire: (_fn, app) => Tags.of(app).add('team', 'shop', { includeResourceTypes: ['AWS::Lambda::Function'] }) }, [...FUNCTION, ...FUNCTION]],
  ])('a change of %s makes no version, unless the CDK hashes all there is', (_name, change, changed) => {
    const beside = [...changed];
    beside.splice(beside.indexOf(FUNCTION[0]), 1);
    expect(diff(before, shop(context, change))).toEqual(context === WITHOUT ? [...RELEASE, ...beside].sort() : changed);
  });
});

test('with a release and pruning, the pruning alone changes besides: it is what makes it run', () => {
  const props = { release: Release.canary({ percent: 10, interval: Duration.minutes(5) }), keepVersions: 5 };
  const [before, after] = [{ props }, { props: { ...props, code: lambda.Code.fromInline('exports.handler = async () => 7;') } }].map((change) => shop(NEW_APP, change));
  expect(diff(before, after)).toEqual([...RELEASE, '~ Custom::PrunedVersions']);
});

test('the alias is the same but for its version', () => {
  const alias = (resources: Record<string, any>) => Object.entries(resources).find(([, { Type }]) => Type === 'AWS::Lambda::Alias')!;
  const [[id, one], [otherId, other]] = [{}, { props: { memorySize: 256 } }].map((change) => alias(shop(NEW_APP, change)));
  expect(otherId).toBe(id);
  expect({ ...other, Properties: { ...other.Properties, FunctionVersion: one.Properties.FunctionVersion } }).toEqual(one);
});
