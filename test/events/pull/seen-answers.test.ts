import * as fs from 'fs';
import * as path from 'path';
import { App, CfnParameter, LegacyStackSynthesizer, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EventFunction, ImageEventFunction, KafkaAuthentication, PullSource } from '../../../src';
import { Project } from '../../code/bundling/project';
import { tempFolder } from '../../fixtures/temp-folder';
import { zipFile } from '../../fixtures/zip-file';
import { MINIMAL, only, stackWith } from '../../function/functions';

const RETURNS = 'exports.handler = async () => ({ batchItemFailures: [] });';
const NOTHING = 'exports.handler = async () => {};';
const REPORTS = ['ReportBatchItemFailures'];

/** Rules would say what they think of such small apps. */
const QUIET = { 'cdk-event-functions:rules': false };

const inline = (text: string) => ({ ...MINIMAL, code: lambda.Code.fromInline(text) });
const types = (stack: Stack) => only(stack, 'AWS::Lambda::EventSourceMapping').Properties.FunctionResponseTypes;
const queueOf = (stack: Stack) => PullSource.queue(new sqs.Queue(stack, 'Queue'));

/** What the mapping of a queue reports for a function. */
function reportsOf(make: (stack: Stack) => lambda.IFunction, stack = stackWith(QUIET)): unknown {
  make(stack).addEventSource(queueOf(stack));
  return types(stack);
}

describe.each<[string, (stack: Stack, reportBatchItemFailures?: boolean) => lambda.IEventSource]>([
  ['queue', (stack, reportBatchItemFailures) => PullSource.queue(new sqs.Queue(stack, 'Queue'), { reportBatchItemFailures })],
  ['newQueue', (stack, reportBatchItemFailures) => PullSource.newQueue(stack, 'Queue', { reportBatchItemFailures })],
  ['stream', (stack, reportBatchItemFailures) => PullSource.stream(new kinesis.Stream(stack, 'Stream'), { reportBatchItemFailures })],
  ['streamConsumer', (stack, reportBatchItemFailures) => {
    const stream = new kinesis.Stream(stack, 'Stream');
    return PullSource.streamConsumer(new kinesis.StreamConsumer(stack, 'Consumer', { stream, streamConsumerName: 'orders' }), { reportBatchItemFailures });
  }],
  ['table', (stack, reportBatchItemFailures) => {
    const table = new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.NEW_IMAGE });
    return PullSource.table(table, { reportBatchItemFailures });
  }],
  ['mskCluster', (_, reportBatchItemFailures) => PullSource.mskCluster({
    clusterArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/orders/0a1b', topic: 'orders', provisionedPollerConfig: {}, reportBatchItemFailures,
  })],
  ['kafka', (stack, reportBatchItemFailures) => PullSource.kafka({
    bootstrapServers: ['kafka.example.com:9092'],
    topic: 'orders',
    authentication: KafkaAuthentication.scram512(new secretsmanager.Secret(stack, 'Secret')),
    provisionedPollerConfig: {},
    reportBatchItemFailures,
  })],
])('%s', (_, sourceOf) => {
  const reports = (text: string, given?: boolean) => {
    const stack = stackWith(QUIET);
    new EventFunction(stack, 'Orders', inline(text)).addEventSource(sourceOf(stack, given));
    return types(stack);
  };

  test('reports what the code is seen to return', () => {
    expect(reports(RETURNS)).toEqual(REPORTS);
    expect(reports(NOTHING)).toBeUndefined();
  });

  test('reports what it is told', () => {
    expect(reports(RETURNS, false)).toBeUndefined();
    expect(reports(NOTHING, true)).toEqual(REPORTS);
  });
});

test('a topic of Kafka that is read without pollers of its own has no failed items', () => {
  const stack = stackWith(QUIET);
  const source = PullSource.mskCluster({ clusterArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/orders/0a1b', topic: 'orders' });
  new EventFunction(stack, 'Orders', inline(RETURNS)).addEventSource(source);
  expect(types(stack)).toBeUndefined();
});

test('one source serves functions that return them and others', () => {
  const stack = stackWith(QUIET);
  const source = queueOf(stack);
  new EventFunction(stack, 'Orders', inline(RETURNS)).addEventSource(source);
  new EventFunction(stack, 'Returns', inline(NOTHING)).addEventSource(source);
  const mappings = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::EventSourceMapping'));
  expect(mappings.map(({ Properties }) => Properties.FunctionResponseTypes)).toEqual([REPORTS, undefined]);
});

describe('the function', () => {
  test.each<[string, (stack: Stack) => lambda.IFunction]>([
    ['a plain one', (stack) => new lambda.Function(stack, 'Orders', inline(RETURNS))],
    ['a version', (stack) => new lambda.Function(stack, 'Orders', inline(RETURNS)).currentVersion],
    ['an alias of the CDK', (stack) => new lambda.Function(stack, 'Orders', inline(RETURNS)).addAlias('beta')],
    ['an alias', (stack) => new EventFunction(stack, 'Orders', inline(RETURNS)).addAlias('beta')],
  ])('%s', (_, make) => {
    expect(reportsOf(make)).toEqual(REPORTS);
  });

  test('of an image, or imported: nothing is known', () => {
    expect(reportsOf((stack) => new ImageEventFunction(stack, 'Orders', { code: lambda.DockerImageCode.fromEcr(Repository.fromRepositoryName(stack, 'Images', 'orders')) }))).toBeUndefined();
    expect(reportsOf((stack) => lambda.Function.fromFunctionAttributes(stack, 'Orders', { functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:orders', sameEnvironment: true }))).toBeUndefined();
  });

  test('whose handler or code is decided at deployment: nothing is known', () => {
    const parameter = (stack: Stack) => new CfnParameter(stack, 'P').valueAsString;
    expect(reportsOf((stack) => new EventFunction(stack, 'Orders', { ...inline(RETURNS), handler: parameter(stack) }))).toBeUndefined();
    expect(reportsOf((stack) => new EventFunction(stack, 'Orders', { ...MINIMAL, code: lambda.Code.fromCfnParameters() }))).toBeUndefined();
  });

  test('whose code is set later', () => {
    expect(reportsOf((stack) => {
      const fn = new lambda.Function(stack, 'Orders', inline(NOTHING));
      (fn.node.defaultChild as lambda.CfnFunction).code = { zipFile: RETURNS };
      return fn;
    })).toEqual(REPORTS);
  });
});

describe('assets', () => {
  const FOLDER = tempFolder();

  function assetOf(files: Readonly<Record<string, string>>): string {
    const folder = fs.mkdtempSync(path.join(FOLDER, 'code-'));
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
    return folder;
  }

  const fn = (code: lambda.Code, more: Partial<lambda.FunctionProps> = {}) => (stack: Stack) => new EventFunction(stack, 'Orders', { ...MINIMAL, ...more, code });
  const folder = (files: Readonly<Record<string, string>>) => lambda.Code.fromAsset(assetOf(files));

  test('a folder', () => {
    expect(reportsOf(fn(folder({ 'index.js': RETURNS })))).toEqual(REPORTS);
    expect(reportsOf(fn(folder({ 'index.js': NOTHING, 'node_modules/batches/index.js': RETURNS })))).toBeUndefined();
    expect(reportsOf(fn(folder({ 'index.py': 'from aws_lambda_powertools.utilities.batch import process_partial_response' }), { runtime: lambda.Runtime.PYTHON_3_13 }))).toEqual(REPORTS);
  });

  test('an archive, also one that is none', () => {
    const file = path.join(FOLDER, 'code.zip');
    fs.writeFileSync(file, zipFile([{ name: 'index.js', data: RETURNS }]));
    expect(reportsOf(fn(lambda.Code.fromAsset(file)))).toEqual(REPORTS);
    const broken = path.join(FOLDER, 'broken.zip');
    fs.writeFileSync(broken, RETURNS);
    expect(reportsOf(fn(lambda.Code.fromAsset(broken)))).toBeUndefined();
  });

  test.each<[string, () => Stack]>([
    ['in a stage', () => new Stack(new Stage(new App({ context: QUIET }), 'Test'), 'Shop')],
    ['in a stage of a stage', () => new Stack(new Stage(new Stage(new App({ context: QUIET }), 'Test'), 'One'), 'Shop')],
    ['that is not staged', () => stackWith({ ...QUIET, 'aws:cdk:disable-asset-staging': true })],
    ['of a stack of the first kind', () => new Stack(new App({ context: QUIET }), 'Shop', { synthesizer: new LegacyStackSynthesizer() })],
  ])('%s', (_, make) => {
    expect(reportsOf(fn(folder({ 'index.js': RETURNS })), make())).toEqual(REPORTS);
  });

  test('one that several functions are made of', () => {
    const stack = stackWith(QUIET);
    const code = folder({ 'index.js': RETURNS });
    new EventFunction(stack, 'Returns', { ...MINIMAL, code });
    new EventFunction(stack, 'Orders', { ...MINIMAL, code }).addEventSource(queueOf(stack));
    expect(types(stack)).toEqual(REPORTS);
  });
});

describe('bundles', () => {
  const bundled = (text: string, context: Record<string, unknown> = {}) => {
    const project = new Project({ src: { 'orders.ts': text } });
    return reportsOf((stack) => project.fn(stack, 'Orders', 'src/orders.ts'), new Stack(project.app(context), 'Shop'));
  };
  const TYPED = 'export const handler = async (): Promise<object> => ({ batchItemFailures: [] });';

  test('what esbuild makes of the source', () => {
    expect(bundled(TYPED)).toEqual(REPORTS);
    expect(bundled('// batchItemFailures\nexport const handler = async (): Promise<void> => {};')).toBeUndefined();
  });

  test('of a stack that needs none: nothing is known', () => {
    expect(bundled(TYPED, { 'aws:cdk:bundling-stacks': [] })).toBeUndefined();
  });
});
