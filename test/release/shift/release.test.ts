import { execFileSync } from 'child_process';
import * as path from 'path';
import { App, CfnParameter, Duration, NestedStack, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as fc from 'fast-check';
import {
  EventFunction, EventFunctionBase, EventFunctionProps, ExecutionRole, ImageEventFunction, NodejsEventFunction, PullSource, PushSource, Release,
  ReleaseOptions,
} from '../../../src';
import { MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from '../../function/functions';
import { built } from '../../function/images';
import { circle } from '../../permissions/circle';
import { differences } from '../template-diff';

const CODE = 'exports.handler = async () => ({ statusCode: 200 });';
const minutes = Duration.minutes;
const CANARY = { percent: 10, interval: minutes(5) };
const SMOKE_TEST = { event: '{"ping":true}', expected: '"statusCode":200' };

function orders(release?: Release, props: Partial<EventFunctionProps> = {}, stack = stackWith()): EventFunction {
  return new EventFunction(stack, 'Orders', { ...MINIMAL, code: lambda.Code.fromInline(CODE), release, ...props });
}

const hook = (stack: Stack, id = 'Hook') => new lambda.Function(stack, id, MINIMAL);
const named = (fn: EventFunctionBase, type: string) => only(Stack.of(fn), type).Properties;
const typesOf = (stack: Stack) => Object.values(resourcesOf(stack)).map(({ Type }) => Type).sort();
const count = (stack: Stack, type: string) => typesOf(stack).filter((found) => found === type).length;

/** Update policy of the only alias. */
const updatePolicy = (stack: Stack) => only(stack, 'AWS::Lambda::Alias').UpdatePolicy?.CodeDeployLambdaAliasUpdate;

describe('defaults', () => {
  test.each([['no release', undefined], ['all at once', Release.allAtOnce()], ['options that say nothing', Release.allAtOnce({ alarms: undefined })]])(
    '%s makes nothing', (_, release) => {
      const plain = stackWith();
      new EventFunction(plain, 'Orders', { ...MINIMAL, code: lambda.Code.fromInline(CODE) });
      const { stack } = orders(release);
      expect(Template.fromStack(stack).toJSON()).toEqual(Template.fromStack(plain).toJSON());
    });

  test('a canary has alarms on errors and throttles, and goes back on whatever stops it', () => {
    const { stack } = orders(Release.canary(CANARY));
    const alarm = { Threshold: 1, EvaluationPeriods: 1, Period: 60, Statistic: 'Sum', ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching' };
    for (const MetricName of ['Errors', 'Throttles']) {
      Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
        ...alarm,
        MetricName,
        Namespace: 'AWS/Lambda',
        Dimensions: [
          { Name: 'FunctionName', Value: { Ref: 'OrdersA9B65338' } },
          { Name: 'Resource', Value: { 'Fn::Join': ['', [{ Ref: 'OrdersA9B65338' }, ':live']] } },
        ],
      });
    }
    expect(count(stack, 'AWS::CloudWatch::Alarm')).toBe(2);
    expect(only(stack, 'AWS::CodeDeploy::DeploymentGroup').Properties).toMatchObject({
      AlarmConfiguration: { Enabled: true, Alarms: [{ Name: { Ref: expect.stringMatching(/Errors/) } }, { Name: { Ref: expect.stringMatching(/Throttles/) } }] },
      AutoRollbackConfiguration: { Enabled: true, Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'] },
      DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    });
  });

  test.each([
    ['all at once', Release.allAtOnce({ smokeTest: SMOKE_TEST })],
    ['canary', Release.canary({ ...CANARY, defaultAlarms: { duration: Duration.seconds(1) }, smokeTest: SMOKE_TEST })],
    ['linear', Release.linear({ percent: 25, interval: minutes(4) })],
  ])('template of %s', (_, release) => {
    expect(Template.fromStack(orders(release).stack).toJSON()).toMatchSnapshot();
  });

  test('template of weighted', () => {
    const stack = stackWith();
    const version = lambda.Version.fromVersionArn(stack, 'Before', 'arn:aws:lambda:eu-west-1:111122223333:function:orders:41');
    orders(Release.weighted(version, 0.1), { functionName: 'orders' }, stack);
    expect(Template.fromStack(stack).toJSON()).toMatchSnapshot();
  });

  test('one release serves several functions', () => {
    const stack = stackWith();
    const release = Release.linear({ percent: 20, interval: minutes(7), smokeTest: SMOKE_TEST });
    for (const id of ['One', 'Two']) new EventFunction(stack, id, { ...MINIMAL, release });
    expect(count(stack, 'AWS::CodeDeploy::DeploymentGroup')).toBe(2);
    expect(count(stack, 'AWS::CodeDeploy::DeploymentConfig')).toBe(1);
  });
});

describe('mapping', () => {
  test.each([
    [Release.canary({ percent: 10, interval: minutes(5) }), 'LambdaCanary10Percent5Minutes'],
    [Release.canary({ percent: 10, interval: Duration.seconds(600) }), 'LambdaCanary10Percent10Minutes'],
    [Release.canary({ percent: 10, interval: minutes(15) }), 'LambdaCanary10Percent15Minutes'],
    [Release.canary({ percent: 10, interval: minutes(30) }), 'LambdaCanary10Percent30Minutes'],
    [Release.linear({ percent: 10, interval: minutes(1) }), 'LambdaLinear10PercentEvery1Minute'],
    [Release.linear({ percent: 10, interval: minutes(2) }), 'LambdaLinear10PercentEvery2Minutes'],
    [Release.linear({ percent: 10, interval: minutes(3) }), 'LambdaLinear10PercentEvery3Minutes'],
    [Release.linear({ percent: 10, interval: minutes(10) }), 'LambdaLinear10PercentEvery10Minutes'],
    [Release.allAtOnce({ autoRollback: {} }), 'LambdaAllAtOnce'],
  ])('AWS has a configuration %#: %s', (release, name) => {
    const { stack } = orders(release);
    expect(only(stack, 'AWS::CodeDeploy::DeploymentGroup').Properties.DeploymentConfigName).toBe(`CodeDeployDefault.${name}`);
    expect(count(stack, 'AWS::CodeDeploy::DeploymentConfig')).toBe(0);
  });

  test('other steps have a configuration of their own', () => {
    const canary = orders(Release.canary({ percent: 5, interval: Duration.hours(48) }));
    expect(named(canary, 'AWS::CodeDeploy::DeploymentConfig')).toEqual({
      ComputePlatform: 'Lambda', TrafficRoutingConfig: { Type: 'TimeBasedCanary', TimeBasedCanary: { CanaryPercentage: 5, CanaryInterval: 2880 } },
    });
    const linear = orders(Release.linear({ percent: 99, interval: minutes(2880) }));
    expect(named(linear, 'AWS::CodeDeploy::DeploymentConfig')).toEqual({
      ComputePlatform: 'Lambda', TrafficRoutingConfig: { Type: 'TimeBasedLinear', TimeBasedLinear: { LinearPercentage: 99, LinearInterval: 2880 } },
    });
  });

  test.each<[string, ReleaseOptions['defaultAlarms'], Record<string, number>]>([
    ['errors alone', { throttles: 0 }, { Errors: 1 }],
    ['throttles alone', { errors: 0 }, { Throttles: 1 }],
    ['another number', { errors: 5 }, { Errors: 5, Throttles: 1 }],
    ['the duration', { errors: 0, throttles: 0, duration: Duration.millis(250) }, { Duration: 250 }],
    ['nothing', { errors: 0, throttles: 0 }, {}],
  ])('default alarms: %s', (_, defaultAlarms, thresholds) => {
    const { stack } = orders(Release.linear({ percent: 10, interval: minutes(1), defaultAlarms }));
    const alarms = Object.values(resourcesOf(stack)).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
    expect(Object.fromEntries(alarms.map(({ MetricName, Threshold }) => [MetricName, Threshold]))).toEqual(thresholds);
    const { AutoRollbackConfiguration } = only(stack, 'AWS::CodeDeploy::DeploymentGroup').Properties;
    expect(AutoRollbackConfiguration.Events.includes('DEPLOYMENT_STOP_ON_ALARM')).toBe(alarms.length > 0);
  });

  test('the duration is the p99 of the alias', () => {
    const { stack } = orders(Release.canary({ ...CANARY, defaultAlarms: { errors: 0, throttles: 0, duration: Duration.seconds(3) } }));
    expect(only(stack, 'AWS::CloudWatch::Alarm').Properties).toMatchObject({ ExtendedStatistic: 'p99', Threshold: 3000, Period: 60 });
  });

  test('alarms of the user come after those of the release, each once', () => {
    const stack = stackWith();
    const alarm = cloudwatch.Alarm.fromAlarmName(stack, 'Theirs', 'theirs');
    orders(Release.canary({ ...CANARY, alarms: [alarm, alarm] }), {}, stack);
    const { Alarms } = only(stack, 'AWS::CodeDeploy::DeploymentGroup').Properties.AlarmConfiguration;
    expect(Alarms).toEqual([{ Name: { Ref: expect.anything() } }, { Name: { Ref: expect.anything() } }, { Name: 'theirs' }]);
  });

  test('all at once watches only what it was told to', () => {
    const stack = stackWith();
    const theirs = cloudwatch.Alarm.fromAlarmName(stack, 'Theirs', 'theirs');
    orders(Release.allAtOnce({ alarms: [theirs] }), {}, stack);
    expect(only(stack, 'AWS::CodeDeploy::DeploymentGroup').Properties.AlarmConfiguration.Alarms).toEqual([{ Name: 'theirs' }]);
    expect(count(orders(Release.allAtOnce({ defaultAlarms: {} })).stack, 'AWS::CloudWatch::Alarm')).toBe(2);
  });

  test('a release goes on though an alarm rings, if it is told so', () => {
    const { stack } = orders(Release.canary({ ...CANARY, ignoreAlarms: true }));
    expect(only(stack, 'AWS::CodeDeploy::DeploymentGroup').Properties.AlarmConfiguration).toMatchObject({ Enabled: false, Alarms: [{}, {}] });
  });

  test.each<[codedeploy.AutoRollbackConfig, object]>([
    [{ stoppedDeployment: false }, { Enabled: true, Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] }],
    [{ deploymentInAlarm: false }, { Enabled: true, Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST'] }],
    [{ failedDeployment: false, stoppedDeployment: false, deploymentInAlarm: false }, { Enabled: false }],
  ])('rollback %j', (autoRollback, expected) => {
    const { stack } = orders(Release.canary({ ...CANARY, autoRollback }));
    expect(only(stack, 'AWS::CodeDeploy::DeploymentGroup').Properties.AutoRollbackConfiguration).toEqual(expected);
  });

  test('an application and a role that were given are used', () => {
    const stack = stackWith();
    const application = codedeploy.LambdaApplication.fromLambdaApplicationName(stack, 'Application', 'shop');
    const role = iam.Role.fromRoleArn(stack, 'Deployer', 'arn:aws:iam::111122223333:role/deployer');
    orders(Release.canary({ ...CANARY, application, role }), {}, stack);
    expect(only(stack, 'AWS::CodeDeploy::DeploymentGroup').Properties).toMatchObject({
      ApplicationName: 'shop', ServiceRoleArn: 'arn:aws:iam::111122223333:role/deployer',
    });
    expect(count(stack, 'AWS::CodeDeploy::Application')).toBe(0);
    expect(count(stack, 'AWS::IAM::Role')).toBe(1);
  });

  test('the alias is updated by CodeDeploy, and waits for all that the release makes', () => {
    const { stack } = orders(Release.canary({ ...CANARY, smokeTest: SMOKE_TEST }));
    const { Ref: group } = updatePolicy(stack).DeploymentGroupName;
    expect(only(stack, 'AWS::CodeDeploy::DeploymentGroup').logicalId).toBe(group);
    const made = Object.keys(resourcesOf(stack)).filter((id) => id.startsWith('OrdersRelease'));
    expect(made.length).toBeGreaterThan(8);
    expect(only(stack, 'AWS::Lambda::Alias').DependsOn).toEqual(expect.arrayContaining(made));
  });

  test('weights are those of the alias, and CodeDeploy has no part in it', () => {
    const stack = stackWith();
    const before = lambda.Version.fromVersionArn(stack, 'Before', 'arn:aws:lambda:eu-west-1:111122223333:function:orders:41');
    orders(Release.weighted(before, 0.25), {}, stack);
    const { Properties, UpdatePolicy } = only(stack, 'AWS::Lambda::Alias');
    expect(Properties.RoutingConfig).toEqual({ AdditionalVersionWeights: [{ FunctionVersion: '41', FunctionWeight: 0.25 }] });
    expect(UpdatePolicy).toBeUndefined();
    expect(typesOf(stack).filter((type) => type.includes('CodeDeploy'))).toEqual([]);
  });

  test.each([
    ['an image', (stack: Stack, release: Release) => new ImageEventFunction(stack, 'Orders', { code: built(), release })],
    ['a bundle', (stack: Stack, release: Release) => {
      stack.node.setContext('cdk-event-functions:bundle-cache', false);
      return new NodejsEventFunction(stack, 'Orders', { runtime: MINIMAL.runtime, entry: require.resolve('../../fixtures/handler/index.js'), release });
    }],
    ['a function of somebody else', (stack: Stack, release: Release) => EventFunction.wrap(stack, 'Orders', new lambda.Function(stack, 'Theirs', MINIMAL), { release })],
  ])('%s is released as well', (_, make) => {
    const stack = stackWith();
    make(stack, Release.canary({ ...CANARY, smokeTest: SMOKE_TEST }));
    expect(updatePolicy(stack)).toMatchObject({ BeforeAllowTrafficHook: { Ref: expect.stringMatching(/ReleaseSmokeTest/) } });
    expect(only(stack, 'AWS::Lambda::Version')).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });
});

describe('hooks', () => {
  /** Statements of the role of a function, as text. */
  const policiesOf = (stack: Stack) => JSON.stringify(Object.values(resourcesOf(stack)).filter(({ Type }) => Type === 'AWS::IAM::Policy').map(({ Properties }) => Properties));

  test.each([
    ['a function', (stack: Stack) => hook(stack)],
    ['an event function with a role that was handed in', (stack: Stack) => new EventFunction(stack, 'Hook', { ...MINIMAL, role: new ExecutionRole(stack, 'Role') })],
    ['an alias of a function', (stack: Stack) => hook(stack).addAlias('prod')],
    ['a version of a function', (stack: Stack) => hook(stack).currentVersion],
    ['an event function', (stack: Stack) => new EventFunction(stack, 'Hook', MINIMAL)],
    ['a wrapped function', (stack: Stack) => EventFunction.wrap(stack, 'Wrapped', hook(stack))],
  ])('%s is called by the name of the function, and may report', (_, make) => {
    for (const moment of ['preTraffic', 'postTraffic'] as const) {
      const stack = stackWith();
      orders(Release.allAtOnce({ [moment]: make(stack) }), {}, stack);
      const alias = Object.values(resourcesOf(stack)).filter(({ Type }) => Type === 'AWS::Lambda::Alias').map(({ UpdatePolicy }) => UpdatePolicy).find(Boolean);
      const { BeforeAllowTrafficHook, AfterAllowTrafficHook } = alias.CodeDeployLambdaAliasUpdate;
      expect([BeforeAllowTrafficHook, AfterAllowTrafficHook].filter(Boolean)).toEqual([{ Ref: expect.stringMatching(/^Hook[0-9A-F]{8}$/) }]);
      expect(moment === 'preTraffic' ? BeforeAllowTrafficHook : AfterAllowTrafficHook).toBeDefined();
      Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
        PolicyDocument: {
          Statement: Match.arrayWith([Match.objectLike({
            Action: 'codedeploy:PutLifecycleEventHookExecutionStatus',
            Resource: { 'Fn::Join': ['', Match.arrayWith([':deploymentgroup:', { Ref: only(stack, 'AWS::CodeDeploy::DeploymentGroup').logicalId }])] },
          })]),
        },
      });
      Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
        Roles: [{ Ref: Match.stringLikeRegexp('^OrdersReleaseGroupServiceRole') }],
        PolicyDocument: { Statement: [Match.objectLike({ Action: 'lambda:InvokeFunction' })] },
      });
    }
  });

  test.each([['another stack', (app: App, _: Stack) => new Stack(app, 'Hooks')], ['a nested stack', (_: App, stack: Stack) => new NestedStack(stack, 'Hooks')]])(
    'a hook of %s makes no circle of stacks', (__, make) => {
      const app = new App();
      const stack = new Stack(app, 'Shop');
      const theirs = hook(make(app, stack));
      orders(Release.canary({ ...CANARY, preTraffic: theirs, postTraffic: hook(stack) }), {}, stack);
      app.synth();
      expect(policiesOf(stack)).toMatch(/"codedeploy:PutLifecycleEventHookExecutionStatus".*"Roles":\[\{"(Fn::ImportValue|Fn::GetAtt|Fn::GetStackOutput)"/);
      expect(JSON.stringify(Template.fromStack(Stack.of(theirs)).toJSON())).not.toContain('codedeploy');
    });

  test('an imported hook is named as it is', () => {
    const stack = stackWith();
    const theirs = lambda.Function.fromFunctionAttributes(stack, 'Theirs', {
      functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:hook',
      role: iam.Role.fromRoleArn(stack, 'HookRole', 'arn:aws:iam::111122223333:role/hook'),
      sameEnvironment: true,
    });
    orders(Release.canary({ ...CANARY, preTraffic: theirs }), {}, stack);
    expect(updatePolicy(stack).BeforeAllowTrafficHook).toBe('hook');
    expect(policiesOf(stack)).toContain('codedeploy:PutLifecycleEventHookExecutionStatus');
  });

  test.each<[string, (fn: EventFunction, theirs: lambda.Function) => void]>([
    ['a grant', (fn, theirs) => fn.grantInvoke(theirs)],
    ['a variable', (fn, theirs) => theirs.addEnvironment('TARGET', fn.functionArn)],
  ])('fails if a hook refers to the alias that waits for it, by %s', (_, use) => {
    const stack = stackWith();
    const theirs = hook(stack);
    use(orders(Release.canary({ ...CANARY, postTraffic: theirs }), {}, stack), theirs);
    expect(() => Template.fromStack(stack)).toThrow(/'release.postTraffic' must be a function that does not refer to the live alias.* got \\?"Shop\/Hook\\?".*ReleaseHookWaitsForAlias at Shop\/Orders/);
  });

  test('a hook may invoke the versions, and know the new one', () => {
    const stack = stackWith();
    const theirs = hook(stack);
    const fn = orders(Release.canary({ ...CANARY, preTraffic: theirs }), {}, stack);
    fn.function.grantInvoke(theirs);
    theirs.addEnvironment('VERSION', fn.currentVersion.functionArn);
    theirs.addEnvironment('ALIAS', `${fn.function.functionName}:live`);
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

describe('smoke test', () => {
  const smokeTestIn = (stack: Stack) => Object.entries(resourcesOf(stack)).find(([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.includes('SmokeTest'))![1];

  test('it knows the new version, the event and what is expected', () => {
    const { stack } = orders(Release.allAtOnce({ smokeTest: SMOKE_TEST }), { timeout: Duration.seconds(10) });
    const { Properties } = smokeTestIn(stack);
    expect(Properties).toMatchObject({ Timeout: 100, Handler: 'index.handler', Code: { S3Key: expect.anything() } });
    expect(Properties.Environment.Variables).toEqual({
      VERSION_ARN: { Ref: only(stack, 'AWS::Lambda::Version').logicalId }, EVENT: '{"ping":true}', EXPECTED: '"statusCode":200', TIMEOUT_SECONDS: '40',
    });
  });

  test.each([[Duration.minutes(15), 840, 900], [undefined, 33, 93]])('with a timeout of %s it waits for %d seconds', (timeout, seconds, whole) => {
    const { stack } = orders(Release.allAtOnce({ smokeTest: { event: '1' } }), { timeout });
    const { Properties } = smokeTestIn(stack);
    expect([Properties.Environment.Variables.TIMEOUT_SECONDS, Properties.Timeout]).toEqual([`${seconds}`, whole]);
    expect(Properties.Environment.Variables).not.toHaveProperty('EXPECTED');
  });

  test('it may log, invoke versions of this function, and report to this deployment group', () => {
    const { stack } = orders(Release.allAtOnce({ smokeTest: SMOKE_TEST }));
    const role = smokeTestIn(stack).Properties.Role['Fn::GetAtt'][0];
    expect(resourcesOf(stack)[role].Properties).toEqual({
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } }],
      },
    });
    const policies = Object.values(resourcesOf(stack)).filter(({ Type, Properties }) => Type === 'AWS::IAM::Policy' && Properties.Roles[0].Ref === role);
    expect(policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement)).toEqual([
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [expect.stringMatching(/SmokeTestLogGroup/), 'Arn'] } },
      { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['OrdersA9B65338', 'Arn'] }, ':*']] } },
      { Effect: 'Allow', Action: 'codedeploy:PutLifecycleEventHookExecutionStatus', Resource: expect.anything() },
    ]);
  });
});

test('the handler of the smoke test is in the package', () => {
  const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: path.join(__dirname, '../../..'), encoding: 'utf8', stdio: 'pipe' });
  expect(JSON.parse(packed)[0].files.map((file: { path: string }) => file.path)).toContain('providers/smoke-test/index.js');
});

describe('validation', () => {
  const imported = (stack: Stack, version = '41', fn = 'orders') => lambda.Version.fromVersionArn(stack, 'Before', `arn:aws:lambda:eu-west-1:111122223333:function:${fn}:${version}`);
  const weighted = (weight: number) => (stack: Stack) => Release.weighted(imported(stack), weight);
  type Make = (stack: Stack) => Release;

  const REFUSED: [string, Make, string, Partial<EventFunctionProps>?][] = [
    ...[0, 100, -5, 2.5, NaN, Infinity].flatMap((percent): [string, Make, string][] => [
      [`a canary of ${percent} percent`, () => Release.canary({ ...CANARY, percent }), `'release.percent' must be between 1 and 99 percent (a whole number), got ${percent}; 10 percent is 10; Release.allAtOnce() moves all traffic in one step [ReleasePercentOutOfRange at Shop/Orders]`],
      [`steps of ${percent} percent`, () => Release.linear({ ...CANARY, percent }), 'ReleasePercentOutOfRange'],
    ]),
    ['half a minute', () => Release.canary({ percent: 10, interval: Duration.seconds(30) }), "'release.interval' must be between 1 and 2880 minutes (a whole number), got \"0.5 minutes\"; CodeDeploy counts in minutes, and the last step has to come within 48 hours of the first [ReleaseIntervalOutOfRange at Shop/Orders]"],
    ['a minute and a half', () => Release.linear({ percent: 50, interval: Duration.seconds(90) }), 'ReleaseIntervalOutOfRange'],
    ['no time', () => Release.canary({ percent: 10, interval: minutes(0) }), 'ReleaseIntervalOutOfRange'],
    ['a canary of more than 48 hours', () => Release.canary({ percent: 10, interval: minutes(2881) }), 'between 1 and 2880 minutes'],
    ['steps that take more than 48 hours together', () => Release.linear({ percent: 10, interval: minutes(321) }), 'between 1 and 320 minutes (a whole number) for 10 steps'],
    ['the smallest steps', () => Release.linear({ percent: 1, interval: minutes(30) }), 'between 1 and 29 minutes (a whole number) for 100 steps'],
    ['steps that do not divide 100', () => Release.linear({ percent: 30, interval: minutes(961) }), 'between 1 and 960 minutes (a whole number) for 4 steps'],
    ...[-1, 0.5, NaN].flatMap((value): [string, Make, string][] => [
      [`an alarm on ${value} errors`, () => Release.canary({ ...CANARY, defaultAlarms: { errors: value } }), `'release.defaultAlarms.errors' must be a whole number of invocations of at least 0, got ${value}; 1 rings at the first one within a minute, 0 leaves the alarm out [ReleaseAlarmOutOfRange at Shop/Orders]`],
      [`an alarm on ${value} throttles`, () => Release.canary({ ...CANARY, defaultAlarms: { throttles: value } }), 'release.defaultAlarms.throttles'],
    ]),
    ['an alarm on no duration', () => Release.canary({ ...CANARY, defaultAlarms: { duration: Duration.millis(0) } }), 'ReleaseAlarmNeverRings'],
    ['an alarm beyond the default timeout', () => Release.canary({ ...CANARY, defaultAlarms: { duration: Duration.seconds(4) } }), "'release.defaultAlarms.duration' must be more than 0 and at most 3000 milliseconds, the timeout of the function, got 4000; choose a duration that only a slow function takes [ReleaseAlarmNeverRings at Shop/Orders]"],
    ['an alarm beyond the timeout', () => Release.canary({ ...CANARY, defaultAlarms: { duration: minutes(2) } }), 'at most 60000 milliseconds', { timeout: minutes(1) }],
    ['two functions before traffic', (stack) => Release.canary({ ...CANARY, smokeTest: SMOKE_TEST, preTraffic: hook(stack) }), "'release.preTraffic' must be left out with 'smokeTest', got \"Shop/Hook\"; CodeDeploy calls one function before traffic moves: let that one invoke the new version, too [ReleaseHasTwoPreTrafficHooks at Shop/Orders]"],
    ['rollback on alarms without one', () => Release.allAtOnce({ autoRollback: { deploymentInAlarm: true } }), "'release.autoRollback.deploymentInAlarm' must be left out without an alarm, got true; give 'alarms' or 'defaultAlarms' [ReleaseGoesBackOnNoAlarm at Shop/Orders]"],
    ['weights that CodeDeploy would move', () => Release.canary(CANARY), "'aliasOptions.additionalVersions' must be left out when CodeDeploy moves the traffic, got [0.5]; CodeDeploy sets the weights of the alias; drop them, or use Release.weighted() in place of CodeDeploy [ReleaseMovesWeights at Shop/Orders]", { aliasOptions: { additionalVersions: [{ version: imported(new Stack()), weight: 0.5 }] } }],
    ['weights twice', weighted(0.1), "'aliasOptions.additionalVersions' must be left out with Release.weighted(), got [0.5]; an alias points to at most two versions; say it in one place [ReleaseWeightsGivenTwice at Shop/Orders]", { aliasOptions: { additionalVersions: [{ version: imported(new Stack()), weight: 0.5 }] } }],
    ...[-0.1, 1.1, 10, NaN, Infinity].map((weight): [string, Make, string] => [`a weight of ${weight}`, weighted(weight), `'release.weight' must be between 0 and 1 (a share of the traffic), got ${weight}; write 10 percent as 0.1 [ReleaseWeightOutOfRange at Shop/Orders]`]),
    ['provisioned concurrency beside weights', weighted(0.1), "'aliasOptions.provisionedConcurrentExecutions' must be left out with Release.weighted(), got 1; Lambda answers \"Alias with weights can not be used with Provisioned Concurrency\"; provision another alias [ReleaseWeightsExcludeProvisionedConcurrency at Shop/Orders]", { aliasOptions: { provisionedConcurrentExecutions: 1 } }],
    ['what was imported as $LATEST', (stack) => Release.weighted(imported(stack, '$LATEST'), 0.1), "'release.version' must be a published version: a number, got \"$LATEST\"; Lambda divides traffic between published versions alone [ReleaseVersionNotPublished at Shop/Orders]"],
    ['the name of an alias', (stack) => Release.weighted(imported(stack, 'live'), 0.1), 'ReleaseVersionNotPublished'],
    ['a version of another function', (stack) => Release.weighted(hook(stack).currentVersion, 0.1), "'release.version' must be a version of this function, got \"Shop/Hook\"; an alias divides its traffic between versions of one function [ReleaseVersionOfOtherFunction at Shop/Orders]"],
    ['a version of another event function', (stack) => Release.weighted(new EventFunction(stack, 'Others', MINIMAL).currentVersion, 0.1), 'ReleaseVersionOfOtherFunction'],
    ['a version of an imported function with another name', (stack) => Release.weighted(imported(stack), 0.1), 'ReleaseVersionOfOtherFunction', { functionName: 'others' }],
    ['an event that is no JSON', () => Release.canary({ ...CANARY, smokeTest: { event: '{ping:true}' } }), "'release.smokeTest.event' must be JSON, got \"{ping:true}\"; write it with JSON.stringify(), or as text such as '{\"ping\":true}' [SmokeTestEventNotJson at Shop/Orders]"],
    ['an event that is empty', () => Release.canary({ ...CANARY, smokeTest: { event: '' } }), 'SmokeTestEventNotJson'],
    ['an empty expectation', () => Release.canary({ ...CANARY, smokeTest: { event: '1', expected: '' } }), 'SmokeTestExpectsNothing'],
    ['a large event', () => Release.canary({ ...CANARY, smokeTest: { event: JSON.stringify('x'.repeat(3490)), expected: 'ää ä ä ä' } }), "'release.smokeTest' must be at most 3500 bytes of 'event' and 'expected' together, got 3505"],
    ...[Duration.millis(500), Duration.seconds(0), Duration.seconds(841)].map((timeout): [string, Make, string] => [`a timeout of ${timeout.toMilliseconds()} ms`, () => Release.canary({ ...CANARY, smokeTest: { event: '1', timeout } }), `'release.smokeTest.timeout' must be between 1 and 840 seconds (a whole number), got ${timeout.toMilliseconds() / 1000}; the function that tests runs for 15 minutes at most [SmokeTestTimeoutOutOfRange at Shop/Orders]`]),
  ];

  test.each(REFUSED.map(([name, make, message, props = {}]) => [name, make, message, props] as const))('fails if it is %s', (_, make, message, props) => {
    const stack = stackWith();
    expect(() => orders(make(stack), props, stack)).toThrow(message);
  });

  /** Weights of a function that exists already, as wrap() may be given it. */
  test.each<[string, (fn: lambda.Function) => lambda.IVersion, string]>([
    ['$LATEST', (fn) => fn.latestVersion, 'ReleaseVersionNotPublished at Shop/Live'],
    ['the current version', (fn) => fn.currentVersion, 'to which the alias points already, got "Shop/Theirs/CurrentVersion"'],
  ])('fails if it is %s', (_, versionOf, message) => {
    const stack = stackWith();
    const theirs = new lambda.Function(stack, 'Theirs', MINIMAL);
    expect(() => EventFunction.wrap(stack, 'Live', theirs, { release: Release.weighted(versionOf(theirs), 0.5) })).toThrow(message);
  });

  test.each<[string, (fn: EventFunction) => void, string]>([
    ['by scaling', (fn) => fn.alias.addAutoScaling({ maxCapacity: 5 }), 'ProvisionedWithWeights'],
    ['on its resource', (fn) => { (fn.alias.node.defaultChild as lambda.CfnAlias).provisionedConcurrencyConfig = { provisionedConcurrentExecutions: 1 }; }, 'ProvisionedWithWeights'],
  ])('fails if an alias with weights is provisioned later, %s', (_, provision, message) => {
    const stack = stackWith();
    const fn = orders(Release.weighted(imported(stack), 0.1), {}, stack);
    provision(fn);
    expect(() => Template.fromStack(stack)).toThrow(message);
  });

  test.each([0, 0.5, 1])('a weight of %d is taken', (weight) => {
    const stack = stackWith();
    const fn = orders(Release.weighted(imported(stack), weight), {}, stack);
    expect(named(fn, 'AWS::Lambda::Alias').RoutingConfig.AdditionalVersionWeights[0].FunctionWeight).toBe(weight);
  });

  test('versions of the function are taken, however it is named', () => {
    const taken = (version: (stack: Stack) => lambda.IVersion, props: Partial<EventFunctionProps> = {}) => () => {
      const stack = stackWith();
      orders(Release.weighted(version(stack), 0.1), props, stack);
      Template.fromStack(stack);
    };
    expect(taken((stack) => imported(stack))).not.toThrow();
    expect(taken((stack) => imported(stack), { functionName: 'orders' })).not.toThrow();
    const stack = stackWith();
    const theirs = new lambda.Function(stack, 'Theirs', MINIMAL);
    const before = lambda.Version.fromVersionAttributes(stack, 'Before', { lambda: theirs, version: '3' });
    expect(() => EventFunction.wrap(stack, 'Live', theirs, { release: Release.weighted(before, 0.1) })).not.toThrow();
  });

  test('more alarms than CloudFormation documents are warned of, more than nobody is', () => {
    const withAlarms = (number: number) => {
      const stack = stackWith();
      const alarms = Array.from({ length: number }, (_, index) => cloudwatch.Alarm.fromAlarmName(stack, `Alarm${index}`, `alarm-${index}`));
      orders(Release.canary({ ...CANARY, alarms }), {}, stack);
      return Annotations.fromStack(stack).findWarning('/Shop/Orders', Match.stringLikeRegexp("'release.alarms' must be at most 10, default alarms included"));
    };
    expect(withAlarms(8)).toHaveLength(0);
    expect(withAlarms(9)).toHaveLength(1);
  });

  test('provisioned concurrency under CodeDeploy is warned of', () => {
    const { stack } = orders(Release.canary(CANARY), { aliasOptions: { provisionedConcurrentExecutions: 1 } });
    Annotations.fromStack(stack).hasWarning('/Shop/Orders', Match.stringLikeRegexp('release-changes-no-provisioned-concurrency'));
    const plain = orders(Release.allAtOnce(), { aliasOptions: { provisionedConcurrentExecutions: 1 } });
    Annotations.fromStack(plain.stack).hasNoWarning('*', Match.anyValue());
  });

  test('any steps within 48 hours are taken, and no others', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 3000 }), (percent, interval) => {
      let last = 0; // when the last step comes
      for (let moved = percent; moved < 100; moved += percent) last += interval;
      const make = () => orders(Release.linear({ percent, interval: minutes(interval) }), {}, stackWith({ 'cdk-event-functions:rules': false }));
      if (last <= 48 * 60) expect(make).not.toThrow();
      else expect(make).toThrow('ReleaseIntervalOutOfRange');
    }), { numRuns: 60 });
  });
});

describe('tokens', () => {
  const parameter = (stack: Stack, id = 'Parameter') => new CfnParameter(stack, id, { type: 'Number' });

  test('numbers and durations that the deployment decides are passed on', () => {
    const stack = stackWith();
    const value = (id: string) => parameter(stack, id).valueAsNumber;
    orders(Release.linear({
      percent: value('Percent'),
      interval: Duration.minutes(value('Minutes')),
      defaultAlarms: { errors: value('Errors'), throttles: value('Throttles'), duration: Duration.millis(value('Milliseconds')) },
      smokeTest: { event: parameter(stack, 'Event').valueAsString, expected: parameter(stack, 'Expected').valueAsString, timeout: Duration.seconds(value('Seconds')) },
    }), { timeout: Duration.seconds(value('Timeout')) }, stack);
    expect(only(stack, 'AWS::CodeDeploy::DeploymentConfig').Properties.TrafficRoutingConfig.TimeBasedLinear).toEqual({ LinearPercentage: { Ref: 'Percent' }, LinearInterval: { Ref: 'Minutes' } });
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'Errors', Threshold: { Ref: 'Errors' } });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Timeout: 900, Environment: { Variables: { EVENT: { Ref: 'Event' }, EXPECTED: { Ref: 'Expected' }, TIMEOUT_SECONDS: { Ref: 'Seconds' } } },
    });
  });

  test('a timeout of the function that is a token gives the answer all the time there is', () => {
    const stack = stackWith();
    orders(Release.allAtOnce({ smokeTest: { event: '1' } }), { timeout: Duration.seconds(parameter(stack).valueAsNumber) }, stack);
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Timeout: 900, Environment: { Variables: { TIMEOUT_SECONDS: '840' } } });
  });

  test('a weight and a version, too', () => {
    const stack = stackWith();
    const version = Token.asString({ Ref: parameter(stack, 'Version').logicalId });
    const before = lambda.Version.fromVersionArn(stack, 'Before', `arn:aws:lambda:eu-west-1:111122223333:function:orders:${version}`);
    const fn = orders(Release.weighted(before, parameter(stack, 'Weight').valueAsNumber), {}, stack);
    expect(named(fn, 'AWS::Lambda::Alias').RoutingConfig.AdditionalVersionWeights).toEqual([{ FunctionVersion: expect.anything(), FunctionWeight: { Ref: 'Weight' } }]);
  });

  test('the name of an alias that is a token', () => {
    const stack = stackWith();
    orders(Release.canary(CANARY), { aliasName: parameter(stack).valueAsString }, stack);
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      Dimensions: Match.arrayWith([{ Name: 'Resource', Value: { 'Fn::Join': ['', [{ Ref: 'OrdersA9B65338' }, ':', { Ref: 'Parameter' }]] } }]),
    });
  });
});

describe.each([['without feature flags', NO_FLAGS], ['in a new app', NEW_APP]])('%s', (_, context) => {
  const RELEASES: [string, (stack: Stack) => Release][] = [
    ['all at once', () => Release.allAtOnce({ smokeTest: SMOKE_TEST })],
    ['canary', () => Release.canary({ ...CANARY, smokeTest: SMOKE_TEST })],
    ['linear with hooks', (stack) => Release.linear({ percent: 30, interval: minutes(5), preTraffic: hook(stack), postTraffic: hook(stack, 'After') })],
    ['weighted', (stack) => Release.weighted(lambda.Version.fromVersionArn(stack, 'Before', 'arn:aws:lambda:eu-west-1:111122223333:function:orders:41'), 0.1)],
  ];

  test.each(RELEASES)('%s: nothing that was there before gets another id or other properties', (__, make) => {
    const plain = stackWith(context);
    hook(plain);
    hook(plain, 'After');
    new EventFunction(plain, 'Orders', { ...MINIMAL, code: lambda.Code.fromInline(CODE) });
    const stack = stackWith(context);
    orders(make(stack), {}, stack);
    const after = resourcesOf(stack);
    for (const [id, { Type, Properties }] of Object.entries(resourcesOf(plain)).filter(([key]) => key.startsWith('Orders'))) {
      const { RoutingConfig: ___, ...properties } = after[id]?.Properties ?? {};
      expect([id, after[id]?.Type, properties]).toEqual([id, Type, Properties]);
    }
  });

  /** An app with all that may be wired to a function. */
  function shop(make: (stack: Stack) => Release | undefined, props: Partial<EventFunctionProps>): Stack {
    const stack = stackWith(context);
    const fn = orders(make(stack), props, stack);
    fn.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue')));
    fn.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
    fn.grantInvoke(new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() }));
    fn.addFunctionUrl();
    return stack;
  }

  test.each<[string, (stack: Stack) => Release | undefined]>([['no release', () => undefined], ...RELEASES])('%s: changed code changes the version, the alias and the smoke test', (__, make) => {
    const [before, after] = ['1', '2'].map((result) => shop(make, { code: lambda.Code.fromInline(`exports.handler = async () => ${result};`) }));
    const seen = differences(before, after).map(({ type, at }) => `${type} ${at}`);
    const isTested = seen.some((place) => place.includes('VERSION_ARN'));
    expect(isTested).toBe(/all at once|canary/.test(expect.getState().currentTestName!.split(': ')[0]));
    expect(seen).toEqual([
      'AWS::Lambda::Alias Properties.FunctionVersion.Fn::GetAtt',
      'AWS::Lambda::Function Properties.Code.ZipFile',
      ...isTested ? ['AWS::Lambda::Function Properties.Environment.Variables.VERSION_ARN.Ref'] : [],
      'AWS::Lambda::Version ',
      'AWS::Lambda::Version ',
    ]);
  });

  test.each(RELEASES)('%s: nothing waits in a circle', (__, make) => {
    expect(circle(resourcesOf(shop(make, {})))).toBeUndefined();
  });

  test.each(RELEASES)('%s breaks no rule', (__, make) => {
    const stack = stackWith({ ...context, '@aws-cdk/core:annotationsInValidationReport': true });
    const print = jest.spyOn(console, 'error').mockImplementation();
    const release = make(stack);
    new EventFunction(stack, 'Orders', { ...MINIMAL, release });
    (stack.node.root as App).synth();
    expect(print.mock.calls).toEqual([]);
    print.mockRestore();
  });
});
