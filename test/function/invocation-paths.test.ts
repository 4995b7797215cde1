import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke as ScheduledInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { MINIMAL, NEW_APP, NO_FLAGS, stackWith } from './functions';
import { EventFunction, InvocationKind, InvocationPath, PullSource, ResourcePolicyMode } from '../../src';
import { readAssembly } from '../../src/assembly/read-assembly';
import { summarize } from '../../src/report/summary';
import { text } from '../permissions/said';
import { wireAll } from '../permissions/wired';

const { PUSH, PULL, IDENTITY } = InvocationKind;

function orders(resourcePolicyMode?: ResourcePolicyMode, context: Record<string, unknown> = NO_FLAGS) {
  const stack = stackWith({ ...context, 'cdk-event-functions:rules': false });
  return { stack, fn: new EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode }) };
}

/** Paths with what the deployment decides as text. */
function inWords(stack: Stack, paths: InvocationPath[]) {
  return paths.map(({ source, sourceAccount, ...rest }) => ({
    ...rest,
    ...source !== undefined ? { source: text(stack.resolve(source)) } : {},
    ...sourceAccount !== undefined ? { sourceAccount: text(stack.resolve(sourceAccount)) } : {},
  }));
}

beforeAll(() => jest.spyOn(console, 'error').mockImplementation());
afterAll(() => jest.restoreAllMocks());

test('a function that nobody invokes has none', () => {
  expect(orders().fn.invocationPaths()).toEqual([]);
});

test.each([[ResourcePolicyMode.PERMISSIONS], [ResourcePolicyMode.DOCUMENT]])('each way in has its caller, source, statement and qualifier, in %s', (mode) => {
  const { stack, fn } = orders(mode);
  new sns.Topic(stack, 'Topic').addSubscription(new LambdaSubscription(fn));
  fn.grantInvoke(new iam.ServicePrincipal('config.amazonaws.com'));
  fn.resourcePolicy.allow('Partner', { principal: new iam.AccountPrincipal('111122223333') });
  fn.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Returns')));
  fn.grantInvoke(new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() }));
  expect(inWords(stack, fn.invocationPaths())).toEqual([
    { kind: PUSH, caller: 'sns.amazonaws.com', source: '${TopicBFC7AF6E}', qualifier: 'live', statement: expect.stringMatching(/^Shop\/Orders\/AllowInvoke:ShopTopic/) },
    { kind: PUSH, caller: 'config.amazonaws.com', sourceAccount: '${AWS::AccountId}', qualifier: 'live', statement: expect.stringMatching(/^Shop\/Orders\/Invoke/) },
    { kind: PUSH, caller: '111122223333', qualifier: 'live', statement: 'Shop/Orders/Partner' },
    { kind: PULL, caller: 'lambda.amazonaws.com', source: expect.stringMatching(/^\$\{Returns[0-9A-F]{8}\.Arn\}$/), qualifier: 'live', statement: expect.stringMatching(/^Shop\/Orders\/SqsEventSource/) },
    { kind: IDENTITY, caller: 'Shop/Caller', qualifier: 'live', statement: 'Shop/Caller/DefaultPolicy' },
  ]);
});

test('services that invoke with a role are there by their role', () => {
  const { stack, fn } = orders();
  new scheduler.Schedule(stack, 'Nightly', { schedule: scheduler.ScheduleExpression.rate(Duration.days(1)), target: new ScheduledInvoke(fn) });
  new stepfunctions.StateMachine(stack, 'Machine', { definitionBody: stepfunctions.DefinitionBody.fromChainable(new LambdaInvoke(stack, 'Task', { lambdaFunction: fn })) });
  expect(fn.invocationPaths().map(({ kind, caller }) => [kind, caller])).toEqual([
    [IDENTITY, expect.stringMatching(/^Shop\/SchedulerRoleForTarget/)],
    [IDENTITY, 'Shop/Machine/Role'],
  ]);
});

test('a role that is granted twice is one way in', () => {
  const { stack, fn } = orders();
  const role = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
  fn.grantInvoke(role);
  fn.grantInvoke(role);
  expect(fn.invocationPaths()).toHaveLength(1);
});

test('mappings that no source has made are ways in, if they name the alias', () => {
  const { stack, fn } = orders();
  const queue = new sqs.Queue(stack, 'Returns');
  new lambda.EventSourceMapping(stack, 'Mapped', { target: fn, eventSourceArn: queue.queueArn });
  new lambda.CfnEventSourceMapping(stack, 'ByHand', { functionName: fn.functionArn, selfManagedEventSource: { endpoints: { kafkaBootstrapServers: ['a:1', 'b:2'] } } });
  new lambda.CfnEventSourceMapping(stack, 'PastTheAlias', { functionName: fn.lambda.functionName, eventSourceArn: queue.queueArn });
  expect(fn.invocationPaths().map(({ kind, qualifier, source, statement }) => [kind, qualifier, stack.resolve(source), statement])).toEqual([
    [PULL, 'live', stack.resolve(queue.queueArn), 'Shop/Mapped'],
    [PULL, 'live', 'a:1, b:2', 'Shop/ByHand'],
  ]);
});

test('denials are no way in', () => {
  const { fn } = orders(ResourcePolicyMode.DOCUMENT);
  fn.resourcePolicy.deny('Nobody', { principal: new iam.AnyPrincipal() });
  expect(fn.invocationPaths()).toEqual([]);
});

test.each([
  [ResourcePolicyMode.PERMISSIONS, NO_FLAGS], [ResourcePolicyMode.PERMISSIONS, NEW_APP], [ResourcePolicyMode.DOCUMENT, NO_FLAGS],
])('the summary of the finished app lists the same callers, in %s', (mode, context) => {
  const { stack, fn } = orders(mode, context);
  wireAll(stack, fn);
  fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
  fn.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Returns')));
  const role = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
  fn.grantInvoke(role);
  const app = stack.node.root as import('aws-cdk-lib').App;
  const summary = summarize(readAssembly(app.synth().directory)).stacks[0].functions.find(({ name }) => name === 'Shop/Orders');
  const paths = fn.invocationPaths();
  const callers = (kind: InvocationKind) => new Set(paths.filter((path) => path.kind === kind).map(({ caller }) => caller));
  const listed = (by: string) => new Set(summary?.invokedBy.filter((invoker) => invoker.by === by).map(({ principal }) => principal));
  expect(listed('resource policy')).toEqual(callers(PUSH));
  expect(listed('policy of its own')).toEqual(callers(IDENTITY));
  expect(summary?.polls.map(({ statement }) => statement)).toEqual(paths.filter(({ kind }) => kind === PULL).map(({ statement }) => statement));
  expect(new Set([...summary!.invokedBy, ...summary!.polls].map(({ qualifier }) => qualifier))).toEqual(new Set(['live']));
  if (mode === ResourcePolicyMode.PERMISSIONS) {
    expect(summary!.invokedBy.filter(({ by }) => by === 'resource policy').map(({ statement }) => statement).sort())
      .toEqual(paths.filter(({ kind }) => kind === PUSH).map(({ statement }) => statement).sort());
  }
});
