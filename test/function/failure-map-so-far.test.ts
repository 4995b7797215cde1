import * as fs from 'fs';
import * as path from 'path';
import {
  App, Aspects, CfnOutput, CfnParameter, CfnResource, Duration, Fn, Lazy, NestedStack, Stack, Stage, Tags,
} from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { DISABLE_CREATION_STACK_TRACES } from 'aws-cdk-lib/cx-api';
import { Construct, IConstruct, RootConstruct } from 'constructs';
import { MINIMAL, NEW_APP, NO_FLAGS } from './functions';
import { EventFunction, FailurePath, FunctionAlias, NodejsEventFunction, PullSource, PushSource } from '../../src';
import { Esbuild } from '../../src/code/bundling/esbuild';
import { inPascalCase, SOURCES } from '../fixtures/sources/one-of-each';
import { tempFolder } from '../fixtures/temp-folder';

const ENV = { account: '111122223333', region: 'eu-central-1' };

/** What makes an app; the functions are asked for their maps, or not. */
type Build = (app: App) => void;

function newApp(context: Record<string, unknown> = NO_FLAGS): App {
  const quiet = { 'cdk-event-functions:rules': false, [DISABLE_CREATION_STACK_TRACES]: true };
  return new App({ outdir: tempFolder(), context: { ...context, ...quiet }, analyticsReporting: false });
}

type Asked = Pick<FunctionAlias, 'node' | 'failureMap'>;

/** Functions, and aliases besides the live one. */
const isAsked = (construct: IConstruct): construct is EventFunction | FunctionAlias => (
  construct instanceof EventFunction || (construct instanceof FunctionAlias && construct.node.id === 'test')
);

/** What every function says, and every further alias. */
function maps(root: IConstruct) {
  const sorted = (paths: FailurePath[]) => paths.sort((a, b) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return root.node.findAll().filter(isAsked).map((one: Asked) => ({ path: one.node.path, map: sorted(one.failureMap()) }));
}

/** All files that a synthesis writes, by name. */
function filesOf(app: App): Record<string, string> {
  const { directory } = app.synth();
  const files = fs.readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) => fs.statSync(path.join(directory, file)).isFile());
  return Object.fromEntries(files.sort().map((file) => [file, fs.readFileSync(path.join(directory, file), 'utf8').replaceAll(directory, '')]));
}

/** Sources that Lambda polls, with settings of all kinds, in stacks that refer to each other. */
const polled: Build = (app) => {
  const queues = new Stack(app, 'Queues', { env: ENV });
  const stack = new Stack(app, 'Shop', { env: ENV });
  const dead = new sqs.Queue(queues, 'Dead');
  const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, timeout: Duration.seconds(40), onFailure: new SqsDestination(dead) });
  fn.addEventSource(PullSource.newQueue(stack, 'New'));
  fn.addEventSource(PullSource.queue(new sqs.Queue(queues, 'Returns', { deadLetterQueue: { queue: dead, maxReceiveCount: 3 } })));
  fn.addEventSource(PullSource.stream(new kinesis.Stream(stack, 'Clicks')));
  const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
  fn.addEventSource(PullSource.table(new dynamodb.Table(queues, 'Table', { partitionKey, stream: dynamodb.StreamViewType.NEW_IMAGE })));
  fn.addEventSource(PushSource.topic(new sns.Topic(queues, 'Changes')));
  fn.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
  fn.addAlias('test').addEventSource(PullSource.newQueue(stack, 'Trial'));
};

/** The same ids in each stack, stage and nested stack, with a queue of the stack above as destination. */
const alike: Build = (app) => {
  for (const id of ['Beta', 'Prod']) {
    const stage = new Stage(app, id, id === 'Prod' ? { env: ENV } : {});
    const shared = new Stack(stage, 'Shared');
    const stack = new Stack(stage, 'Shop');
    const inner = new NestedStack(stack, 'Inner');
    const deepest = new NestedStack(inner, 'Deepest');
    for (const scope of [shared, stack, inner, deepest]) {
      const queue = new sqs.Queue(scope, 'Queue', { deadLetterQueue: { queue: new sqs.Queue(scope, 'Dead'), maxReceiveCount: 5 } });
      const other = scope === shared ? queue : new sqs.Queue(Stack.of(scope).nestedStackParent ?? shared, `Failed${scope.node.id}`);
      const fn = new EventFunction(scope, 'Orders', { ...MINIMAL, onFailure: new SqsDestination(other) });
      fn.addEventSource(PullSource.queue(queue));
      fn.addEventSource(PushSource.bucket(new s3.Bucket(scope, 'Inbox')));
    }
  }
};

const sources: Build = (app) => {
  for (const [name, wire] of Object.entries(SOURCES)) {
    const stack = new Stack(app, inPascalCase(name), { env: ENV });
    wire(stack, new EventFunction(stack, 'Handler', MINIMAL));
  }
};

const APPS: Readonly<Record<string, Build>> = { 'one of each source': sources, polled, 'the same ids everywhere': alike };
const CASES: [string, Build, Record<string, unknown>][] = [
  ...Object.entries(APPS).map(([name, build]): [string, Build, Record<string, unknown>] => [`${name}, in a new app`, build, NEW_APP]),
  ['polled, without feature flags', polled, NO_FLAGS],
];

beforeAll(() => jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

test.each(CASES)('%s: the same is said before the synthesis and after, and nothing that is written changes', (_, build, context) => {
  const [asked, silent] = [newApp(context), newApp(context)];
  // at one place, since where it was called is written, too
  [asked, silent].forEach((app) => build(app));
  const before = maps(asked);
  const constructs = asked.node.findAll().length;
  expect(before.flatMap(({ map }) => map)).not.toHaveLength(0);
  expect(asked.node.findAll()).toHaveLength(constructs);
  const [written, unasked] = [asked, silent].map(filesOf);
  expect(written).toEqual(unasked);
  expect(maps(asked)).toEqual(before);
});

/** A function with a source, and what it says by then. */
function shop(app = newApp()) {
  const stack = new Stack(app, 'Shop');
  const fn = new EventFunction(stack, 'Orders', MINIMAL);
  return { app, stack, fn };
}

const ends = (fn: Asked) => fn.failureMap().map(({ source, endsIn }) => [source, endsIn]);

test('what is said later is in the next map', () => {
  const { app, stack, fn } = shop();
  expect(fn.failureMap()).toEqual([]);
  const source = PullSource.newQueue(stack, 'New');
  fn.addEventSource(source);
  expect(fn.failureMap()).toMatchObject([{ onError: expect.stringContaining('the visibility timeout of 18 seconds;') }]);
  const slow = new EventFunction(stack, 'Slow', { ...MINIMAL, timeout: Duration.minutes(5) });
  slow.addEventSource(source);
  fn.addEventSource(PushSource.topic(new sns.Topic(stack, 'Changes')));
  expect(ends(fn)).toEqual([
    ['Shop/Changes', 'Shop/Orders/FailedEvents, the on-failure destination'],
    ['Shop/New', 'Shop/NewDeadLetters, the dead-letter queue, after 5 receives'],
  ]);
  fn.configureAsyncInvoke({ onFailure: new SqsDestination(new sqs.Queue(stack, 'Failed')) });
  expect(ends(fn)[0]).toEqual(['Shop/Changes', 'Shop/Failed, the on-failure destination']);
  const before = fn.failureMap();
  expect(before[1].onError).toContain('the visibility timeout of 30 minutes;');
  Template.fromStack(stack).hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 1_800 });
  app.synth();
  expect(fn.failureMap()).toEqual(before);
});

test('values that are worked out once are worked out later', () => {
  const { stack, fn } = shop();
  let text = 'early';
  let open = () => text;
  const inner = Lazy.string({ produce: () => open() });
  new CfnResource(stack, 'Other', {
    type: 'AWS::SSM::Parameter',
    properties: {
      Value: Lazy.string({ produce: () => text }),
      List: Lazy.list({ produce: () => [text] }),
      Number: Lazy.number({ produce: () => text.length }),
      Any: Lazy.any({ produce: () => ({ text }) }),
      Json: stack.toJsonString({ inner }),
      Both: Lazy.string({ produce: () => `${stack.resolve(inner)}` }),
    },
  });
  const statement = new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [Lazy.string({ produce: () => `arn:aws:s3:::${text}` })] });
  fn.addToRolePolicy(statement);
  fn.failureMap();
  text = 'finally';
  open = () => text;
  statement.addActions('s3:PutObject');
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::SSM::Parameter', {
    Value: 'finally', List: ['finally'], Number: 7, Any: { text: 'finally' }, Json: '{"inner":"finally"}', Both: 'finally',
  });
  const [{ Properties: { PolicyDocument } }] = Object.values(template.findResources('AWS::IAM::Policy'));
  expect(PolicyDocument.Statement).toContainEqual({ Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::finally' });
});

test('stacks with the same ids are not confused', () => {
  const app = newApp();
  const [first, second] = ['First', 'Second'].map((id) => new Stack(app, id));
  const queues = [first, second].map((stack, index) => (
    new sqs.Queue(stack, 'Queue', { deadLetterQueue: { queue: new sqs.Queue(stack, 'Dead'), maxReceiveCount: index + 1 } })
  ));
  const [one, other] = [first, second].map((stack) => new EventFunction(stack, 'Orders', MINIMAL));
  queues.forEach((queue) => one.addEventSource(PullSource.queue(queue)));
  other.addEventSource(PullSource.queue(queues[1]));
  const both = [['First/Queue', 'First/Dead, the dead-letter queue, after 1 receive'], ['Second/Queue', 'Second/Dead, the dead-letter queue, after 2 receives']];
  expect(new Set(queues.map(({ stack, node }) => stack.resolve((node.defaultChild as CfnResource).logicalId))).size).toBe(1);
  expect(ends(one)).toEqual(both);
  expect(ends(other)).toEqual(both.slice(1));
});

test('logical ids that stand in the app as text are those of the template', () => {
  const { stack, fn } = shop();
  const queue = new sqs.Queue(stack, 'Queue');
  (queue.node.defaultChild as CfnResource).overrideLogicalId('TheQueue');
  const { alias } = fn;
  new CfnResource(stack, 'Mapping', {
    type: 'AWS::Lambda::EventSourceMapping',
    properties: { FunctionName: alias.functionArn, EventSourceArn: { 'Fn::GetAtt': ['TheQueue', 'Arn'] } },
  });
  expect(ends(fn)).toEqual([['Shop/Queue', 'lost: the queue has no dead-letter queue, and drops it after 4 days']]);
  // and can be changed after that
  (queue.node.defaultChild as CfnResource).overrideLogicalId('Another');
  expect(fn.failureMap()).toHaveLength(1);
  Template.fromStack(stack).hasResource('AWS::SQS::Queue', {});
});

test('what is not finished stops nobody', () => {
  const { stack, fn } = shop();
  const authorizer = new apigateway.TokenAuthorizer(stack, 'Authorizer', { handler: new EventFunction(stack, 'Guard', MINIMAL) });
  new CfnOutput(stack, 'Broken', { value: Lazy.string({ produce: () => { throw new Error('not yet'); } }) });
  fn.addEventSource(PullSource.newQueue(stack, 'New'));
  expect(() => stack.resolve(authorizer.authorizerArn)).toThrow();
  expect(ends(fn)).toEqual([['Shop/New', 'Shop/NewDeadLetters, the dead-letter queue, after 5 receives']]);
});

test('what aspects add is in the map when they have been there', () => {
  const { app, stack, fn } = shop();
  fn.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue')));
  const visited: string[] = [];
  Aspects.of(app).add({
    visit: (construct) => {
      visited.push(construct.node.path);
      if (construct instanceof sqs.CfnQueue && construct.node.path === 'Shop/Queue/Resource') construct.messageRetentionPeriod = 86_400;
    },
  });
  Tags.of(app).add('team', 'shop');
  expect(fn.failureMap()[0].endsIn).toBe('lost: the queue has no dead-letter queue, and drops it after 4 days');
  expect(visited).toEqual([]);
  app.synth();
  expect(fn.failureMap()[0].endsIn).toBe('lost: the queue has no dead-letter queue, and drops it after 1 day');
});

test('code is not bundled to answer', () => {
  const bundles = jest.spyOn(Esbuild.prototype, 'load');
  const app = newApp();
  const stack = new Stack(app, 'Shop');
  const projectRoot = tempFolder({ 'index.ts': 'export const handler = async () => {};', 'package-lock.json': '{}' });
  const fn = new NodejsEventFunction(stack, 'Orders', { entry: path.join(projectRoot, 'index.ts'), projectRoot });
  fn.addEventSource(PullSource.newQueue(stack, 'New'));
  expect(ends(fn)).toHaveLength(1);
  expect(bundles).not.toHaveBeenCalled();
  expect(ends(fn.alias)).toHaveLength(1);
  const { Code } = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function')).map(({ Properties }) => Properties)[0];
  expect(Code.S3Key).toMatch(/^[0-9a-f]{64}\.zip$/);
  expect(bundles).toHaveBeenCalled();
});

test.each<[string, () => Construct | undefined]>([
  ['a stack without an app', () => undefined],
  ['a stack below something else', () => new RootConstruct('Root')],
  ['a stage', () => new Stage(newApp(), 'Prod')],
])('%s', (_, scope) => {
  const stack = new Stack(scope(), 'Shop', { analyticsReporting: false });
  stack.node.setContext('cdk-event-functions:rules', false);
  const fn = new EventFunction(stack, 'Orders', MINIMAL);
  fn.addEventSource(PullSource.newQueue(stack, 'New'));
  fn.addEventSource(PushSource.topic(new sns.Topic(stack, 'Changes')));
  expect(ends(fn)).toEqual([
    [`${stack.node.path}/Changes`, `${stack.node.path}/Orders/FailedEvents, the on-failure destination`],
    [`${stack.node.path}/New`, `${stack.node.path}/NewDeadLetters, the dead-letter queue, after 5 receives`],
  ]);
});

test('a stage that is synthesized alone', () => {
  const stage = new Stage(newApp(), 'Prod');
  const queues = new Stack(stage, 'Queues');
  const fn = new EventFunction(new Stack(stage, 'Shop'), 'Orders', MINIMAL);
  fn.addEventSource(PullSource.queue(new sqs.Queue(queues, 'Queue', { deadLetterQueue: { queue: new sqs.Queue(queues, 'Dead'), maxReceiveCount: 5 } })));
  const before = fn.failureMap();
  stage.synth();
  expect(fn.failureMap()).toEqual(before);
});

test('a function that came after the synthesis has a map, too', () => {
  const { app, stack } = shop();
  app.synth();
  const late = new EventFunction(stack, 'Late', MINIMAL);
  late.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
  expect(ends(late)).toEqual([['Shop/Inbox', 'Shop/Late/FailedEvents, the on-failure destination']]);
});

test('a version of the CDK that keeps values elsewhere is refused', () => {
  const { fn } = shop();
  jest.spyOn(Lazy, 'uncachedAny').mockReturnValue({ creationStack: [], resolve: () => undefined });
  expect(() => fn.failureMap()).toThrow(/'failureMap\(\)' must be called when the app is synthesized.*\[FailureMapBeforeSynthesis at Shop\/Orders/);
});

test('parameters and what is imported are named as in the template', () => {
  const { app, stack, fn } = shop();
  const arn = new CfnParameter(stack, 'QueueArn').valueAsString;
  fn.addEventSource(PullSource.queue(sqs.Queue.fromQueueArn(stack, 'Other', 'arn:aws:sqs:eu-central-1:111122223333:other')));
  fn.addEventSource(PullSource.queue(sqs.Queue.fromQueueArn(stack, 'Given', arn)));
  fn.addEventSource(PullSource.queue(sqs.Queue.fromQueueArn(stack, 'Imported', Fn.importValue('queues-arn'))));
  const before = maps(app);
  app.synth();
  expect(maps(app)).toEqual(before);
});
