import * as fs from 'fs';
import * as path from 'path';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvocationType } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { MINIMAL, NEW_APP, NO_FLAGS } from './functions';
import { built, IMAGE, pushed } from './images';
import * as library from '../../src';
import { AppModel } from '../../src/model/app';
import { CATALOG } from '../../src/rules/catalog';
import { FACTORIES, inPascalCase, SOURCES } from '../fixtures/sources/one-of-each';
import { PULLED, PULLED_FACTORIES } from '../fixtures/sources/pulled';
import { tempFolder } from '../fixtures/temp-folder';
import { INTEGRATIONS } from '../permissions/wired';

/** Factories whose class has another name. */
const VARIANTS: Readonly<Record<string, string | undefined>> = {
  latticeListener: 'LatticePushSource',
  latticeTargetGroup: 'LatticePushSource without a listener',
  lexBotFromArn: 'LexBotPushSource from an ARN',
};

/**
 * Constructs and rules do not know each other; they meet here. What our constructs make by default must be what our
 * rules ask for.
 */
const CONSTRUCTS: Record<string, (stack: Stack) => void> = {
  'EventFunction': (stack) => new library.EventFunction(stack, 'Orders', MINIMAL),
  'ImageEventFunction': (stack) => new library.ImageEventFunction(stack, 'Orders', { code: built() }),
  'ImageEventFunction for arm64': (stack) => new library.ImageEventFunction(stack, 'Orders', { code: built(), architecture: lambda.Architecture.ARM_64 }),
  'ImageEventFunction of a pushed image': (stack) => new library.ImageEventFunction(stack, 'Orders', { code: pushed(stack, '1.4.2') }),
  'EventFunction of an image': (stack) => new library.EventFunction(stack, 'Orders', {
    runtime: lambda.Runtime.FROM_IMAGE, handler: lambda.Handler.FROM_IMAGE, code: lambda.Code.fromAssetImage(IMAGE),
  }),
  'FunctionAlias': (stack) => {
    const canary = new library.EventFunction(stack, 'Orders', MINIMAL).addAlias('canary', { resourcePolicyMode: library.ResourcePolicyMode.DOCUMENT });
    canary.addFunctionUrl().grantInvokeUrl(new iam.AccountPrincipal('111122223333'));
    canary.addEventSource(library.PullSource.newQueue(stack, 'Queue'));
    canary.addEventSource(library.PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
  },
  'ProvisionedConcurrency': (stack) => new library.EventFunction(stack, 'Orders', {
    ...MINIMAL, provisionedConcurrency: library.ProvisionedConcurrency.targetTracking({ max: 10 }),
  }),
  'ProvisionedConcurrency that is fixed': (stack) => new library.EventFunction(stack, 'Orders', {
    ...MINIMAL, reservedConcurrentExecutions: 3, provisionedConcurrency: library.ProvisionedConcurrency.fixed(3),
  }),
  'ExecutionRole': (stack) => new library.ExecutionRole(stack, 'Role'),
  ...Object.fromEntries(Object.entries(SOURCES).map(([name, wire]) => (
    [nameOfClass(name), (stack: Stack) => { wire(stack, new library.EventFunction(stack, 'Orders', MINIMAL)); }]
  ))),
  ...Object.fromEntries(Object.entries(PULLED).map(([name, wire]) => (
    [nameOfPolled(name), (stack: Stack) => { wire(stack, new library.EventFunction(stack, 'Orders', MINIMAL)); }]
  ))),
  'EventFunction whose old versions are pruned': (stack) => new library.EventFunction(stack, 'Orders', { ...MINIMAL, keepVersions: 3 }),
  'EventFunction with a document': (stack) => {
    const fn = new library.EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode: library.ResourcePolicyMode.DOCUMENT });
    fn.addEventSource(library.PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
    fn.addFunctionUrl().grantInvokeUrl(new iam.AccountPrincipal('111122223333'));
  },
  'EventFunction with permissions for services': (stack) => {
    // integrations of the CDK keep no event that failed
    const fn = new library.EventFunction(stack, 'Orders', { ...MINIMAL, deadLetterQueueEnabled: true });
    // Scheduler has no use for a permission; the network of the load balancer has a warning of the CDK.
    const { 'scheduler.amazonaws.com': _, 'elasticloadbalancing.amazonaws.com': __, ...others } = INTEGRATIONS;
    for (const wire of Object.values(others)) wire(stack, fn);
  },
  'EventFunction with a role of its own kind': (stack) => new library.EventFunction(stack, 'Orders', {
    ...MINIMAL,
    role: new library.ExecutionRole(stack, 'Role'),
    restrictRoleToFunction: true,
    tracing: lambda.Tracing.ACTIVE,
    deadLetterQueue: new sqs.Queue(stack, 'Dead', { encryptionMasterKey: new kms.Key(stack, 'Key') }),
  }),
  'NodejsEventFunction': (stack) => {
    stack.node.setContext('cdk-event-functions:bundle-cache', false);
    new library.NodejsEventFunction(stack, 'Orders', { runtime: MINIMAL.runtime, entry: path.join(__dirname, '../fixtures/handler/index.js') });
  },
  'FunctionOrigin in a document': (stack) => {
    const fn = new library.EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode: library.ResourcePolicyMode.DOCUMENT });
    new cloudfront.Distribution(stack, 'Site', { defaultBehavior: { origin: new library.FunctionOrigin(fn) } });
  },
  'LambdaTask that does not wait': (stack) => {
    const task = new library.LambdaTask(stack, 'Ship', new library.EventFunction(stack, 'Orders', MINIMAL), { invocationType: LambdaInvocationType.EVENT });
    new stepfunctions.StateMachine(stack, 'Order', { definitionBody: stepfunctions.DefinitionBody.fromChainable(task) });
  },
  'Release': (stack) => new library.EventFunction(stack, 'Orders', {
    ...MINIMAL, release: library.Release.canary({ percent: 10, interval: Duration.minutes(5), smokeTest: { event: '{}' } }),
  }),
  'SharedLayer': (stack) => {
    const code = lambda.Code.fromAsset(tempFolder({ nodejs: { node_modules: { common: { 'index.js': '' } } } }));
    const layer = new library.SharedLayer(stack, 'Common', { code });
    layer.addPermission('Partner', { accountId: '111122223333' });
    new library.EventFunction(stack, 'Orders', { ...MINIMAL, layers: [layer] });
  },
};

/** The class of a source, of which a further factory is a variant. */
function nameOfClass(source: string): string {
  if (!(source in FACTORIES)) return source;
  return VARIANTS[source] ?? `${inPascalCase(source)}PushSource`;
}

/** The class of a source that is polled, of which a variant is a further use. */
function nameOfPolled(source: string): string {
  if (!(source in PULLED_FACTORIES)) return `PullSource: ${source}`;
  return source === 'newQueue' ? 'OwnQueuePullSource' : `${inPascalCase(source)}PullSource`;
}

/** Exported classes that make no resources by themselves. */
const NO_RESOURCES = [
  'BrokerPullSource', 'ConcurrencyBudget', 'EventFilter', 'EventFunctionBase', 'KafkaAuthentication', 'LambdaRules',
  'MskAuthentication', 'PollingBound', 'PullSource', 'PullSourceBase', 'PushSource', 'PushSourceBase', 'ResourcePolicy',
  'SourceBase', 'TrafficProfile',
];

describe.each([['without feature flags', NO_FLAGS], ['in a new app', NEW_APP]])('%s', (_, context) => {
  test.each(Object.entries(CONSTRUCTS))('%s with defaults breaks no rule', (__, make) => {
    const app = new App({ context: { ...context, '@aws-cdk/core:annotationsInValidationReport': true } });
    make(new Stack(app, 'Shop'));
    const seen: AppModel[] = [];
    const spies = CATALOG.map((rule) => jest.spyOn(rule as { check: (model: AppModel) => any }, 'check').mockImplementation((model) => {
      seen.push(model);
      return [];
    }));
    Validations.of(app).addPlugins(new library.LambdaRules());
    app.synth();
    spies.forEach((spy) => spy.mockRestore());
    expect(seen).toHaveLength(CATALOG.length);
    expect(CATALOG.flatMap((rule) => [...rule.check(seen[0])].map(({ message }) => message))).toEqual([]);
    const report = path.join(app.outdir, 'validation-report.json');
    const warnings = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')).pluginReports.flatMap((r: any) => r.violations) : [];
    expect(warnings).toEqual([]);
  });
});

test('no exported class was forgotten', () => {
  const classes = Object.entries(library).filter(([, value]) => typeof value === 'function').map(([name]) => name);
  const made = Object.keys(CONSTRUCTS).filter((name) => !name.includes(' '));
  expect([...made, ...NO_RESOURCES].sort()).toEqual(classes.sort());
});
