import { App, CfnParameter, Duration, Lazy, Stack, TimeZone } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as fc from 'fast-check';
import { EventFunction, EventFunctionProps, ProvisionedConcurrency, ProvisionedSchedule, Release } from '../../../src';
import { checkAliasesAtSynth } from '../../../src/release/aliases/check-aliases';
import { MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

const { fixed, scheduled, targetTracking } = ProvisionedConcurrency;
const MORNING = appscaling.Schedule.cron({ hour: '8', minute: '0' });
const EVENING = appscaling.Schedule.cron({ hour: '20', minute: '0' });

function orders(props: Partial<EventFunctionProps> = {}) {
  const stack = stackWith();
  return { stack, fn: new EventFunction(stack, 'Orders', { ...MINIMAL, ...props }) };
}

const provisioned = (provisionedConcurrency: ProvisionedConcurrency, props?: Partial<EventFunctionProps>) =>
  orders({ provisionedConcurrency, ...props });
const typesOf = (stack: Stack) => Object.values(resourcesOf(stack)).map(({ Type }) => Type);
const aliasOf = (stack: Stack) => only(stack, 'AWS::Lambda::Alias').Properties;
const targetOf = (stack: Stack) => only(stack, 'AWS::ApplicationAutoScaling::ScalableTarget');
const synthesized = (stack: Stack) => Template.fromStack(stack);

function warningsOf(stack: Stack): unknown[] {
  const messages = (stack.node.root as App).synth().stacks.flatMap((artifact) => artifact.messages);
  return messages.filter(({ level }) => level === 'warning').map(({ entry }) => entry.data);
}

beforeAll(() => jest.spyOn(console, 'error').mockImplementation());
afterAll(() => jest.restoreAllMocks());

describe('defaults', () => {
  test('without it nothing is provisioned and nothing scales', () => {
    const { stack } = orders();
    expect(aliasOf(stack)).not.toHaveProperty('ProvisionedConcurrencyConfig');
    expect(typesOf(stack).filter((type) => type.startsWith('AWS::ApplicationAutoScaling'))).toEqual([]);
  });

  test('target tracking keeps at least one ready, of which seven in ten are in use', () => {
    const { stack } = provisioned(targetTracking({ max: 10 }));
    expect(targetOf(stack).Properties).toMatchObject({ MinCapacity: 1, MaxCapacity: 10 });
    const { TargetTrackingScalingPolicyConfiguration } = only(stack, 'AWS::ApplicationAutoScaling::ScalingPolicy').Properties;
    expect(TargetTrackingScalingPolicyConfiguration).toEqual({
      TargetValue: 0.7,
      PredefinedMetricSpecification: { PredefinedMetricType: 'LambdaProvisionedConcurrencyUtilization' },
    });
  });
});

describe('mapping', () => {
  test('a fixed number is that of the alias, and nothing scales it', () => {
    const { stack } = provisioned(fixed(3));
    expect(aliasOf(stack).ProvisionedConcurrencyConfig).toEqual({ ProvisionedConcurrentExecutions: 3 });
    expect(typesOf(stack).filter((type) => type.startsWith('AWS::ApplicationAutoScaling'))).toEqual([]);
  });

  test.each([
    ['target tracking', targetTracking({ max: 10 })],
    ['a schedule', scheduled({ min: 1, max: 10, schedules: [{ schedule: MORNING, min: 5 }] })],
  ])('with %s the template has no number that a deployment would set back to', (_, plan) => {
    expect(aliasOf(provisioned(plan).stack)).not.toHaveProperty('ProvisionedConcurrencyConfig');
  });

  test('scaling is of the alias, and waits for it', () => {
    const { stack } = provisioned(targetTracking({ max: 10 }));
    const { Properties } = targetOf(stack);
    const alias = only(stack, 'AWS::Lambda::Alias').logicalId;
    expect(Properties).toMatchObject({ ServiceNamespace: 'lambda', ScalableDimension: 'lambda:function:ProvisionedConcurrency' });
    expect(JSON.stringify(Properties.ResourceId)).toMatch(new RegExp(`^.*"function:".*\\{"Ref":"${alias}"\\}.*":live".*$`));
  });

  test('each schedule sets both bounds, since those of the one before are in force', () => {
    const { stack } = provisioned(scheduled({
      min: 1, max: 10, schedules: [{ schedule: MORNING, min: 5, timeZone: TimeZone.EUROPE_BERLIN }, { schedule: EVENING, min: 0, max: 2 }],
    }));
    expect(targetOf(stack).Properties.ScheduledActions).toEqual([
      {
        ScheduledActionName: 'Schedule1',
        Schedule: 'cron(0 8 * * ? *)',
        Timezone: 'Europe/Berlin',
        ScalableTargetAction: { MinCapacity: 5, MaxCapacity: 10 },
      },
      { ScheduledActionName: 'Schedule2', Schedule: 'cron(0 20 * * ? *)', ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 2 } },
    ]);
    expect(typesOf(stack)).not.toContain('AWS::ApplicationAutoScaling::ScalingPolicy');
  });

  test('target tracking within bounds that a schedule changes', () => {
    const { stack } = provisioned(targetTracking({
      min: 0,
      max: 10,
      utilization: 0.5,
      scaleInCooldown: Duration.minutes(5),
      scaleOutCooldown: Duration.seconds(0),
      schedules: [{ schedule: MORNING, min: 5 }],
    }));
    const { MinCapacity, ScheduledActions } = targetOf(stack).Properties;
    expect(MinCapacity).toBe(0);
    expect(ScheduledActions).toMatchObject([{ ScalableTargetAction: { MinCapacity: 5, MaxCapacity: 10 } }]);
    expect(only(stack, 'AWS::ApplicationAutoScaling::ScalingPolicy').Properties.TargetTrackingScalingPolicyConfiguration)
      .toMatchObject({ TargetValue: 0.5, ScaleInCooldown: 300, ScaleOutCooldown: 0 });
  });

  test('one plan serves several functions', () => {
    const stack = stackWith();
    const provisionedConcurrency = targetTracking({ max: 10 });
    for (const id of ['One', 'Two']) new EventFunction(stack, id, { ...MINIMAL, provisionedConcurrency });
    expect(typesOf(stack).filter((type) => type === 'AWS::ApplicationAutoScaling::ScalableTarget')).toHaveLength(2);
  });

  test('a wrapped function takes it, too', () => {
    const stack = stackWith();
    EventFunction.wrap(stack, 'Live', new lambda.Function(stack, 'Theirs', MINIMAL), { provisionedConcurrency: fixed(2) });
    expect(aliasOf(stack).ProvisionedConcurrencyConfig).toEqual({ ProvisionedConcurrentExecutions: 2 });
  });

  test('the function does not change with it, so that no version is published', () => {
    const versionOf = ({ stack }: { stack: Stack }) => only(stack, 'AWS::Lambda::Version').logicalId;
    const without = versionOf(orders());
    expect(versionOf(provisioned(fixed(3)))).toBe(without);
    expect(versionOf(provisioned(targetTracking({ max: 10 })))).toBe(without);
  });
});

describe('values', () => {
  const at = (schedule: Partial<ProvisionedSchedule>) => scheduled({ min: 1, max: 10, schedules: [{ schedule: MORNING, min: 1, ...schedule }] });

  test.each<[string, ProvisionedConcurrency, string]>([
    ['ProvisionedConcurrencyOutOfRange', fixed(0), "'provisionedConcurrency' must be a whole number of provisioned concurrent executions of at least 1, got 0; leave it out for none"],
    ['ProvisionedConcurrencyOutOfRange', fixed(-1), 'got -1'],
    ['ProvisionedConcurrencyOutOfRange', fixed(1.5), 'got 1.5'],
    ['ProvisionedConcurrencyOutOfRange', fixed(NaN), 'got NaN'],
    ['ProvisionedConcurrencyOutOfRange', fixed(Infinity), 'got Infinity'],
    ['ProvisionedConcurrencyOutOfRange', fixed('3' as any), 'got "3"'],
    ['ProvisionedConcurrencyOutOfRange', targetTracking({ min: -1, max: 3 }), "'provisionedConcurrency.min' must be a whole number of provisioned concurrent executions of at least 0, got -1"],
    ['ProvisionedConcurrencyOutOfRange', targetTracking({ max: NaN }), "'provisionedConcurrency.max' must be"],
    ['ProvisionedConcurrencyOutOfRange', targetTracking({ max: 2.5 }), 'got 2.5'],
    ['ProvisionedBoundsCrossed', targetTracking({ min: 4, max: 3 }), "'provisionedConcurrency.min' must be at most 'max', which is 3, got 4; lower it, or raise 'max'"],
    ['ProvisionedNever', scheduled({ min: 0, max: 0, schedules: [{ schedule: MORNING, min: 0 }] }), "'provisionedConcurrency.max' must be at least 1, got 0"],
    ['ProvisionedUtilizationOutOfRange', targetTracking({ max: 3, utilization: 0.05 }), "'provisionedConcurrency.utilization' must be between 0.1 and 0.9, got 0.05; leave it out for 0.7"],
    ['ProvisionedUtilizationOutOfRange', targetTracking({ max: 3, utilization: 70 }), 'got 70'],
    ['ProvisionedUtilizationOutOfRange', targetTracking({ max: 3, utilization: NaN }), 'got NaN'],
    ['ProvisionedCooldownOutOfRange', targetTracking({ max: 3, scaleInCooldown: Duration.millis(500) }), "'provisionedConcurrency.scaleInCooldown' must be a whole number of seconds of at least 0, got 0.5"],
    ['ProvisionedSchedulesEmpty', scheduled({ min: 1, max: 3, schedules: [] }), "'provisionedConcurrency.schedules' must be at least one schedule, got []"],
    ['ProvisionedSchedulesEmpty', targetTracking({ max: 3, schedules: [] }), 'got []'],
    ['ProvisionedConcurrencyOutOfRange', at({ max: 11 }), "'provisionedConcurrency.schedules[0].max' must be between 0 and 10 provisioned concurrent executions (a whole number), got 11; raise the 'max' of the plan, or lower this one"],
    ['ProvisionedBoundsCrossed', at({ min: 11 }), "'provisionedConcurrency.schedules[0].min' must be at most 'max', which is 10, got 11"],
    ['ProvisionedBoundsCrossed', at({ min: 5, max: 4 }), 'which is 4, got 5'],
    ['ProvisionedConcurrencyOutOfRange', at({ min: 0.5 }), "'provisionedConcurrency.schedules[0].min'"],
  ])('fails if %s: %#', (code, plan, message) => {
    expect(() => provisioned(plan)).toThrow(message);
    expect(() => provisioned(plan)).toThrow(`[${code} at Shop/Orders]`);
    const { stack, fn } = orders();
    expect(() => fn.addAlias('canary', { provisionedConcurrency: plan })).toThrow(`[${code} at Shop/Orders]`);
    // Nothing is left behind.
    expect(typesOf(stack).filter((type) => type === 'AWS::Lambda::Alias')).toHaveLength(1);
  });

  test.each<[string, ProvisionedConcurrency]>([
    ['from nothing', targetTracking({ min: 0, max: 3 })],
    ['from nothing, by schedule, too', targetTracking({ min: 0, max: 3, schedules: [{ schedule: MORNING, min: 0 }] })],
  ])('a tracking that begins %s is warned of', (_, plan) => {
    const { stack } = provisioned(plan);
    Annotations.fromStack(stack).hasWarning('/Shop/Orders', Match.stringLikeRegexp(
      "'provisionedConcurrency.min' must be at least 1, or 0 with a schedule that begins with more, got 0.*ProvisionedTrackingIdle at Shop/Orders"));
  });

  test.each([-1, 1.5, NaN])("fails if the CDK's own number is %d", (provisionedConcurrentExecutions) => {
    expect(() => orders({ aliasOptions: { provisionedConcurrentExecutions } }))
      .toThrow(/^'aliasOptions.provisionedConcurrentExecutions' must be .*ProvisionedConcurrencyOutOfRange/);
    expect(() => orders().fn.addAlias('canary', { provisionedConcurrentExecutions })).toThrow(/^'provisionedConcurrentExecutions' must be/);
  });

  test("the CDK's own 0 is none", () => {
    expect(aliasOf(orders({ aliasOptions: { provisionedConcurrentExecutions: 0 } }).stack)).not.toHaveProperty('ProvisionedConcurrencyConfig');
  });

  test('fails if it is given twice', () => {
    const provisionedConcurrency = fixed(2);
    expect(() => orders({ provisionedConcurrency, aliasOptions: { provisionedConcurrentExecutions: 2 } }))
      .toThrow("'aliasOptions.provisionedConcurrentExecutions' must be left out when 'provisionedConcurrency' is given, got 2; use ProvisionedConcurrency.fixed() for a number [ProvisionedGivenTwice at Shop/Orders]");
    expect(() => orders().fn.addAlias('canary', { provisionedConcurrency, provisionedConcurrentExecutions: 2 })).toThrow('ProvisionedGivenTwice');
  });
});

describe('what Lambda refuses', () => {
  const snapStart: Partial<EventFunctionProps> = { runtime: lambda.Runtime.PYTHON_3_13, code: lambda.Code.fromInline('def handler(event, context): pass'), snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS };
  const tenants: Partial<EventFunctionProps> = { tenancyConfig: lambda.TenancyConfig.PER_TENANT };
  const version = (fn: EventFunction, number = '7') => lambda.Version.fromVersionAttributes(fn, `V${number}`, { lambda: fn.function, version: number });
  const plans: [string, ProvisionedConcurrency][] = [['fixed', fixed(2)], ['scaled', targetTracking({ max: 2 })]];

  function refused({ stack }: { stack: Stack }, message: string) {
    expect(() => synthesized(stack)).toThrow(message);
  }

  test.each(plans)('fails if it is with weights: %s', (_, provisionedConcurrency) => {
    const made = orders();
    made.fn.addAlias('canary', { provisionedConcurrency, additionalVersions: [{ version: version(made.fn), weight: 0.1 }] });
    refused(made, "'provisionedConcurrency' of alias 'canary' must be left out when 'additionalVersions' is given, got \"provisioned concurrency\"; send all traffic to one version (Alias with weights can not be used with Provisioned Concurrency) [ProvisionedWithWeights at Shop/Orders]");
  });

  test.each(plans)('fails if the release is weighted: %s', (_, provisionedConcurrency) => {
    const stack = stackWith();
    const release = Release.weighted(lambda.Version.fromVersionArn(stack, 'V7', 'arn:aws:lambda:eu-west-1:123456789012:function:orders:7'), 0.1);
    expect(() => {
      new EventFunction(stack, 'Orders', { ...MINIMAL, provisionedConcurrency, release });
      synthesized(stack);
    }).toThrow('Alias with weights can not be used with Provisioned Concurrency');
  });

  test.each(plans)('fails if it is on $LATEST: %s', (_, provisionedConcurrency) => {
    const made = orders();
    made.fn.addAlias('dev', { provisionedConcurrency, version: made.fn.latestVersion });
    refused(made, '(Provisioned Concurrency Configs cannot be applied to unpublished function versions.) [ProvisionedOnLatest at Shop/Orders]');
  });

  test.each(plans)('fails if the function has SnapStart: %s', (_, plan) => {
    refused(provisioned(plan, snapStart), "'provisionedConcurrency' of alias 'live' must be left out when 'snapStart' is given");
  });

  test('fails if the function has tenants', () => {
    refused(provisioned(targetTracking({ max: 2 }), tenants), "'provisionedConcurrency' of alias 'live' must be left out when 'tenancyConfig' is given");
    // The number is refused by the CDK itself.
    expect(() => provisioned(fixed(2), tenants)).toThrow('Provisioned Concurrency is not supported for functions with tenant isolation mode');
  });

  test('fails if the function had SnapStart by an escape hatch, or scaling by the means of the CDK', () => {
    const made = orders();
    (made.fn.function.node.defaultChild as lambda.CfnFunction).snapStart = { applyOn: 'PublishedVersions' };
    made.fn.alias.addAutoScaling({ maxCapacity: 2 });
    refused(made, 'ProvisionedWithSnapStart');
  });

  test('SnapStart that is off does not matter', () => {
    const { stack, fn } = provisioned(fixed(2));
    (fn.function.node.defaultChild as lambda.CfnFunction).snapStart = { applyOn: 'None' };
    expect(() => synthesized(stack)).not.toThrow();
  });

  test('fails if the version has some of its own', () => {
    refused(provisioned(fixed(2), { currentVersionOptions: { provisionedConcurrentExecutions: 1 } }),
      "'provisionedConcurrency' of alias 'live' must be left out when its version has provisioned concurrency, got \"provisioned concurrency\"; take it out of 'currentVersionOptions' (Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version) [ProvisionedTwice at Shop/Orders]");
  });

  test('an alias on another version than the provisioned one passes', () => {
    const { stack, fn } = orders({ currentVersionOptions: { provisionedConcurrentExecutions: 1 } });
    fn.addAlias('old', { version: version(fn), provisionedConcurrency: fixed(1) });
    expect(() => synthesized(stack)).not.toThrow();
  });

  test.each<[number, ProvisionedConcurrency, ProvisionedConcurrency, string]>([
    [4, fixed(3), fixed(2), 'live: 3, canary: 2'],
    [4, targetTracking({ min: 3, max: 9 }), fixed(2), 'live: 3, canary: 2'],
    [0, fixed(1), targetTracking({ max: 9 }), 'live: 1, canary: 1'],
  ])('fails if more is provisioned than the %d that are reserved', (reservedConcurrentExecutions, live, canary, got) => {
    const made = provisioned(live, { reservedConcurrentExecutions });
    made.fn.addAlias('canary', { provisionedConcurrency: canary, version: version(made.fn) });
    refused(made, `'provisionedConcurrency' must be at most 'reservedConcurrentExecutions', which is ${reservedConcurrentExecutions}, all aliases and versions taken together, got "${got}"; lower it, or reserve more (Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function) [ProvisionedExceedsReserved at Shop/Orders]`);
  });

  test('a version counts, too', () => {
    const { stack, fn } = orders({ reservedConcurrentExecutions: 3, currentVersionOptions: { provisionedConcurrentExecutions: 2 } });
    fn.addAlias('old', { version: version(fn), provisionedConcurrency: fixed(2) });
    expect(() => synthesized(stack)).toThrow('got "CurrentVersion: 2, old: 2"');
  });

  test('as much as is reserved passes without a word', () => {
    const { stack, fn } = provisioned(fixed(3), { reservedConcurrentExecutions: 5 });
    fn.addAlias('canary', { provisionedConcurrency: targetTracking({ max: 2 }), version: version(fn) });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('scaling that goes beyond what is reserved is a warning: it may never be needed', () => {
    const { stack } = provisioned(scheduled({ min: 1, max: 9, schedules: [{ schedule: MORNING, min: 2 }] }), { reservedConcurrentExecutions: 8 });
    expect(warningsOf(stack)).toEqual([expect.stringContaining(
      "'provisionedConcurrency.max' must be at most 'reservedConcurrentExecutions', which is 8, all aliases and versions taken together, got \"live: 9\"",
    )]);
  });

  test('schedules that are no burden at the same time are not added up', () => {
    const { stack, fn } = provisioned(scheduled({ min: 1, max: 5, schedules: [{ schedule: MORNING, min: 5 }] }), { reservedConcurrentExecutions: 6 });
    fn.addAlias('night', { version: version(fn), provisionedConcurrency: scheduled({ min: 1, max: 5, schedules: [{ schedule: EVENING, min: 5 }] }) });
    expect(() => synthesized(stack)).not.toThrow();
  });

  test('two aliases on one version are a warning: AWS says nothing of them', () => {
    const { stack, fn } = provisioned(fixed(1));
    fn.addAlias('canary', { provisionedConcurrency: fixed(1) });
    expect(warningsOf(stack)).toEqual([expect.stringMatching(/got "live, canary"; .*\[ProvisionedVersionShared at Shop\/Orders\]/)]);
  });

  test('a URL of the function itself is a warning where there is something to pass by', () => {
    const made = provisioned(fixed(1));
    made.fn.function.addFunctionUrl();
    expect(warningsOf(made.stack)).toEqual([expect.stringContaining("'addFunctionUrl()' of 'Shop/Orders' must be called on an alias when there is provisioned concurrency, got \"$LATEST\"")]);
    const snap = orders(snapStart);
    snap.fn.function.addFunctionUrl();
    expect(warningsOf(snap.stack)).toEqual([expect.stringContaining('when there is SnapStart')]);
    const plain = orders();
    plain.fn.function.addFunctionUrl();
    expect(warningsOf(plain.stack)).toEqual([]);
  });

  test('URL, SnapStart and a further alias go together', () => {
    const { stack, fn } = orders(snapStart);
    fn.addFunctionUrl();
    fn.addAlias('canary').addFunctionUrl();
    expect(warningsOf(stack)).toEqual([]);
  });

  test('fails if a URL is for a version, or for tenants: the CDK refuses both', () => {
    const { stack, fn } = orders();
    expect(() => new lambda.FunctionUrl(stack, 'Url', { function: version(fn) })).toThrow('FunctionUrl cannot be used with a Version');
    expect(() => orders(tenants).fn.addFunctionUrl()).toThrow('FunctionUrl is not supported for functions with tenant isolation mode');
    expect(() => orders(tenants).fn.addAlias('canary').addFunctionUrl()).toThrow('FunctionUrl is not supported for functions with tenant isolation mode');
  });

  test('fails if weights are on $LATEST, or on more than two versions', () => {
    const latest = orders();
    latest.fn.addAlias('dev', { version: latest.fn.latestVersion, additionalVersions: [{ version: version(latest.fn), weight: 0.1 }] });
    refused(latest, "'additionalVersions' of alias 'dev' must be left out when 'version' is $LATEST, got 1; publish a version ($LATEST is not supported for an alias pointing to more than 1 version) [AliasWeightsOnLatest at Shop/Orders]");
    const many = orders();
    many.fn.addAlias('canary', { additionalVersions: ['1', '2'].map((number) => ({ version: version(many.fn, number), weight: 0.1 })) });
    refused(many, "'additionalVersions' of alias 'canary' must be at most 1 version, got 2; an alias shifts traffic between two versions (Number of items in AdditionalVersionWeights cannot be greater than 1) [AliasWeightsTooMany at Shop/Orders]");
  });
});

test('it is refused exactly when what is sure to be provisioned is more than what is reserved', () => {
  const plan = fc.record({ least: fc.integer({ min: 1, max: 5 }), isFixed: fc.boolean() });
  fc.assert(fc.property(fc.array(plan, { minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 20 }), (plans, reservedConcurrentExecutions) => {
    const { stack, fn } = orders({ reservedConcurrentExecutions });
    plans.forEach(({ least, isFixed }, index) => fn.addAlias(`a${index}`, {
      version: lambda.Version.fromVersionAttributes(fn, `V${index + 1}`, { lambda: fn.function, version: String(index + 1) }),
      provisionedConcurrency: isFixed ? fixed(least) : targetTracking({ min: least, max: 99 }),
    }));
    const isTooMuch = plans.reduce((sum, { least }) => sum + least, 0) > reservedConcurrentExecutions;
    const wrong = checkAliasesAtSynth(stack, fn.function);
    expect(wrong.map((message) => message.includes('ProvisionedExceedsReserved'))).toEqual(isTooMuch ? [true] : []);
  }), { numRuns: 50 });
});

describe('tokens', () => {
  test('pass unchecked', () => {
    const stack = stackWith();
    const parameter = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    const late = Lazy.number({ produce: () => 0.5 });
    const provisionedConcurrency = targetTracking({
      min: parameter,
      max: parameter,
      utilization: late,
      scaleInCooldown: Duration.seconds(parameter),
      schedules: [{ schedule: MORNING, min: parameter, max: parameter }],
    });
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, provisionedConcurrency, reservedConcurrentExecutions: parameter });
    const version = lambda.Version.fromVersionAttributes(stack, 'V7', { lambda: fn.function, version: '7' });
    fn.addAlias('canary', { provisionedConcurrency: fixed(parameter), version });
    expect(targetOf(stack).Properties).toMatchObject({ MinCapacity: { Ref: 'Number' }, MaxCapacity: { Ref: 'Number' } });
    expect(only(stack, 'AWS::ApplicationAutoScaling::ScalingPolicy').Properties.TargetTrackingScalingPolicyConfiguration.TargetValue).toBe(0.5);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('a part that is unknown is not counted', () => {
    const stack = stackWith();
    const parameter = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, provisionedConcurrency: fixed(parameter), reservedConcurrentExecutions: 2 });
    const version = lambda.Version.fromVersionAttributes(stack, 'V7', { lambda: fn.function, version: '7' });
    fn.addAlias('canary', { provisionedConcurrency: fixed(3), version });
    expect(() => synthesized(stack)).toThrow('got "live: a token, canary: 3"');
  });
});

test('the ids are those that the CDK gives to addAutoScaling()', () => {
  const stack = stackWith();
  const alias = new lambda.Function(stack, 'Orders', MINIMAL).addAlias('live');
  alias.addAutoScaling({ maxCapacity: 3 }).scaleOnUtilization({ utilizationTarget: 0.7 });
  const scaling = (of: Stack) => Object.entries(resourcesOf(of)).filter(([, { Type }]) => Type.startsWith('AWS::ApplicationAutoScaling')).map(([id]) => id);
  expect(scaling(stack)).toEqual(['OrdersAliasliveAliasScalingTarget48965E70', 'OrdersAliasliveAliasScalingTargetTracking1000318B']);
  expect(scaling(provisioned(targetTracking({ max: 3 })).stack)).toEqual(scaling(stack));
});

test('asks for the version of an alias only where it matters: the function is hashed for the id of that', () => {
  const asked = jest.fn(() => '1');
  const check = (props: Partial<EventFunctionProps>) => {
    const { fn } = orders(props);
    (fn.alias.node.defaultChild as lambda.CfnAlias).functionVersion = Lazy.uncachedString({ produce: asked });
    return checkAliasesAtSynth(fn, fn.function);
  };
  expect(check({})).toEqual([]);
  expect(asked).not.toHaveBeenCalled();
  expect(check({ provisionedConcurrency: fixed(1) })).toEqual([]);
  expect(asked).toHaveBeenCalled();
});
