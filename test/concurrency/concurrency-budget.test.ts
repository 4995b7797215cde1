import * as fs from 'fs';
import * as path from 'path';
import { App, CfnCondition, CfnParameter, CfnResource, Fn, Lazy, NestedStack, Stack, Stage, Token } from 'aws-cdk-lib';
import { CfnScalableTarget, Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { AccountBudget, ConcurrencyBudget, EventFunction } from '../../src';
import { readAssembly } from '../../src/assembly/read-assembly';
import { accountsOf } from '../../src/model/concurrency';
import { tempFolder } from '../fixtures/temp-folder';
import { MINIMAL } from '../function/functions';
import { answerOf, QUOTAS, Wanted, wantedNear } from '../measure/account-simulator';

const ACCOUNT = '111122223333';
const REGIONS = ['eu-west-1', 'us-east-1'];
const EU = { account: ACCOUNT, region: 'eu-west-1' };

/** An app that registers no rules: the budget is asked by itself. */
function newApp(context: Record<string, unknown> = {}): App {
  return new App({ outdir: tempFolder(), analyticsReporting: false, context: { 'cdk-event-functions:rules': false, ...context } });
}

function shop(context: Record<string, unknown> = {}, env = EU): Stack {
  return new Stack(newApp(context), 'Shop', { env });
}

/** The budget of the only account. */
function budgetOf(scope: Construct) {
  const { accounts } = ConcurrencyBudget.of(scope);
  expect(accounts).toHaveLength(1);
  return accounts[0];
}

function plain(scope: Construct, id: string, reserved?: number): lambda.Function {
  return new lambda.Function(scope, id, { ...MINIMAL, reservedConcurrentExecutions: reserved });
}

/** What one error says. */
function mistakeOf(act: () => unknown): { name: string; message: string } {
  try {
    act();
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message };
  }
  throw new Error('nothing was thrown');
}

describe('the budget agrees with accounts that are asked call by call, and with the rules', () => {
  const wantedOfApp = (quota: number) => fc.array(
    fc.record({ region: fc.constantFrom(...REGIONS), stage: fc.constantFrom('Dev', 'Prod'), wanted: wantedNear(quota) }), { minLength: 1, maxLength: 4 },
  );

  function build(scope: Construct, wanted: readonly Wanted[]): void {
    wanted.forEach(({ reserved, provisioned }, index) => {
      const fn = new lambda.CfnFunction(scope, `F${index}`, { code: { zipFile: 'x' }, role: 'arn:aws:iam::111122223333:role/r', reservedConcurrentExecutions: reserved });
      provisioned.forEach((amount, at) => new lambda.CfnAlias(scope, `F${index}Alias${at}`, {
        functionName: fn.ref, functionVersion: '1', name: `a${at}`, provisionedConcurrencyConfig: { provisionedConcurrentExecutions: amount },
      }));
    });
  }

  test.each(QUOTAS)('of a quota of %d, over stacks, stages and Regions', (quota) => {
    fc.assert(fc.property(wantedOfApp(quota), (stacks) => {
      const app = newApp(Object.fromEntries(REGIONS.map((region) => [`cdk-event-functions:quota:${ACCOUNT}:${region}`, quota])));
      const stages = new Map(['Dev', 'Prod'].map((id) => [id, new Stage(app, id)]));
      stacks.forEach(({ region, stage, wanted }, index) => build(new Stack(stages.get(stage)!, `Shop${index}`, { env: { account: ACCOUNT, region } }), wanted));
      for (const { region, fits, unreserved, functions } of ConcurrencyBudget.of(app).accounts) {
        const here = stacks.filter((stack) => stack.region === region).flatMap(({ wanted }) => wanted);
        const answer = answerOf(quota, here);
        expect({ fits, count: functions.length }).toEqual({ fits: answer.accepted, count: here.length });
        if (answer.accepted) expect(unreserved).toBe(answer.unreserved);
      }
    }), { numRuns: 40 });
  });

  test('of the templates that are synthesized', () => {
    fc.assert(fc.property(wantedOfApp(1000), (stacks) => {
      const app = newApp();
      stacks.forEach(({ region, stage, wanted }, index) => build(new Stack(app, `${stage}${index}`, { env: { account: ACCOUNT, region } }), wanted));
      const { accounts } = ConcurrencyBudget.of(app);
      app.synth({ skipValidation: true });
      const modelled = accountsOf(readAssembly(app.outdir)).map(({ region, budget }) => ({ ...budget, region }));
      const compared = (all: readonly Omit<AccountBudget, 'functions'>[]) => all
        .map(({ region, reserved, provisioned, unreserved, fits, isComplete }) => ({ region, reserved, provisioned, unreserved, fits, isComplete }))
        .sort((one, other) => one.region!.localeCompare(other.region!));
      expect(compared(modelled)).toEqual(compared(accounts));
    }), { numRuns: 10 });
  });
});

describe('functions', () => {
  test('of every class count: ours, the CDK\'s, L1, raw and included ones', () => {
    const stack = shop();
    new EventFunction(stack, 'Ours', { ...MINIMAL, reservedConcurrentExecutions: 1 });
    plain(stack, 'Plain', 2);
    EventFunction.wrap(stack, 'Wrapped', plain(stack, 'Theirs', 4));
    new lambda.CfnFunction(stack, 'L1', { code: { zipFile: 'x' }, role: 'r', reservedConcurrentExecutions: 8 });
    new CfnResource(stack, 'Raw', { type: 'AWS::Lambda::Function', properties: { ReservedConcurrentExecutions: 16 } });
    const templateFile = path.join(tempFolder(), 'template.json');
    fs.writeFileSync(templateFile, JSON.stringify({ Resources: { Old: { Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile: 'x' }, Role: 'r', ReservedConcurrentExecutions: 32 } } } }));
    new CfnInclude(stack, 'Included', { templateFile });
    new lambda.Function(stack, 'Shares', MINIMAL);
    expect(budgetOf(stack)).toMatchObject({ ...EU, reserved: 63, unreserved: 937, isComplete: true });
    expect(budgetOf(stack).functions.map(({ path: name, reserved }) => `${name} ${reserved}`)).toEqual([
      'Shop/Ours 1', 'Shop/Plain 2', 'Shop/Theirs 4', 'Shop/L1 8', 'Shop/Raw 16', 'Shop/Included/Old 32', 'Shop/Shares undefined',
    ]);
  });

  test('of stages, stacks and nested stacks count together in one account and Region', () => {
    const app = newApp();
    for (const id of ['Dev', 'Prod']) {
      const stage = new Stage(app, id, { env: EU });
      plain(new Stack(stage, 'Shop'), 'Orders', 10);
      const other = new Stack(stage, 'Mail');
      plain(new NestedStack(other, 'Nested'), 'Send', 5);
      plain(new Stack(stage, 'Elsewhere', { env: { ...EU, region: 'us-east-1' } }), 'Orders', 100);
    }
    plain(new Stack(app, 'Anywhere'), 'Orders', 1000);
    const budget = ConcurrencyBudget.of(app.node.findChild('Dev'));
    expect(budget.accounts.map(({ account, region, reserved, functions }) => ({ account, region, reserved, count: functions.length }))).toEqual([
      { ...EU, reserved: 30, count: 4 },
      { account: ACCOUNT, region: 'us-east-1', reserved: 200, count: 2 },
      { account: undefined, region: undefined, reserved: 1000, count: 1 },
    ]);
  });

  test('that are made after the call are not in it', () => {
    const stack = shop();
    plain(stack, 'Orders', 10);
    const before = ConcurrencyBudget.of(stack);
    plain(stack, 'Mail', 5);
    expect(before.accounts[0].reserved).toBe(10);
    expect(budgetOf(stack).reserved).toBe(15);
  });

  test('of an app without any make no account', () => {
    const budget = ConcurrencyBudget.of(shop());
    expect(budget.accounts).toEqual([]);
    expect(budget.render()).toBe('');
  });

  test('on a capacity provider do not count', () => {
    const stack = shop();
    new lambda.CfnFunction(stack, 'Orders', {
      code: { zipFile: 'x' },
      role: 'r',
      reservedConcurrentExecutions: 5,
      capacityProviderConfig: { lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn: 'arn' } },
    });
    expect(ConcurrencyBudget.of(stack).accounts).toEqual([]);
  });

  test('that may be on a capacity provider may count', () => {
    const stack = shop();
    plain(stack, 'Orders', 5);
    const config = Fn.conditionIf('IsProd', { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: 'arn' } }, Fn.ref('AWS::NoValue'));
    new CfnResource(stack, 'Mail', { type: 'AWS::Lambda::Function', properties: { ReservedConcurrentExecutions: 7, CapacityProviderConfig: config } });
    expect(budgetOf(stack)).toMatchObject({ reserved: 5, isComplete: false });
  });

  test('under a condition, or in a nested stack under one, may be there', () => {
    const stack = shop();
    const condition = new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals('a', 'b') });
    (plain(stack, 'Orders', 10).node.defaultChild as CfnResource).cfnOptions.condition = condition;
    const nested = new NestedStack(stack, 'Nested');
    nested.nestedStackResource!.cfnOptions.condition = condition;
    plain(nested, 'Mail', 10);
    expect(budgetOf(stack)).toMatchObject({ reserved: 0, isComplete: false });
  });
});

describe('a reservation', () => {
  test('is what an override says', () => {
    const stack = shop();
    const [fn, mail] = [plain(stack, 'Orders', 10), plain(stack, 'Mail', 10)].map(({ node }) => node.defaultChild as CfnResource);
    fn.addPropertyOverride('ReservedConcurrentExecutions', 7);
    mail.addPropertyDeletionOverride('ReservedConcurrentExecutions');
    plain(stack, 'Untouched', 1).node.addDependency(fn);
    expect(budgetOf(stack)).toMatchObject({ reserved: 8, isComplete: true });
  });

  test.each<[string, (stack: Stack) => number]>([
    ['a parameter', (stack) => new CfnParameter(stack, 'Reserved', { type: 'Number' }).valueAsNumber],
    ['a choice', () => Token.asNumber(Fn.conditionIf('IsProd', 5, 10))],
    ['a lazy value that is not there yet', () => Lazy.number({ produce: () => { throw new Error('too early'); } })],
  ])('that is %s is not known', (_, of) => {
    const stack = shop();
    plain(stack, 'Orders', of(stack));
    expect(budgetOf(stack)).toMatchObject({ reserved: 0, isComplete: false, fits: true });
  });

  test('of no value is none', () => {
    const stack = shop();
    plain(stack, 'Orders', Token.asNumber(Fn.ref('AWS::NoValue')));
    plain(stack, 'Mail', Token.asNumber({ Ref: 'AWS::NoValue' }));
    expect(budgetOf(stack)).toMatchObject({ reserved: 0, sharing: 2, isComplete: true });
  });

  test('that is told late is known when it can be', () => {
    const stack = shop();
    plain(stack, 'Orders', Lazy.number({ produce: () => 5 }));
    expect(budgetOf(stack)).toMatchObject({ reserved: 5, isComplete: true });
  });

  test.each([-1, 0.5, NaN, Infinity])('fails if it is %d', (reserved) => {
    const stack = shop();
    new lambda.CfnFunction(stack, 'Orders', { code: { zipFile: 'x' }, role: 'r', reservedConcurrentExecutions: reserved });
    const { name, message } = mistakeOf(() => ConcurrencyBudget.of(stack));
    expect(name).toBe('ReservedConcurrencyOutOfRange');
    expect(message).toContain(`'reservedConcurrentExecutions' must be a whole number of concurrent executions of at least 0, got ${reserved};`);
    expect(message).toContain('at Shop/Orders]');
  });

  test('over the quota does not fit, and says by how much', () => {
    const stack = shop({ [`cdk-event-functions:quota:${ACCOUNT}:eu-west-1`]: 1000 });
    plain(stack, 'Orders', 1001);
    expect(budgetOf(stack)).toMatchObject({ fits: false, excess: 101, unreserved: -1 });
  });
});

describe('provisioned concurrency', () => {
  test('of aliases and versions counts, with how far it scales', () => {
    const stack = shop();
    const live = plain(stack, 'Orders').addAlias('live', { provisionedConcurrentExecutions: 5 });
    live.addAutoScaling({ minCapacity: 5, maxCapacity: 50 });
    new lambda.Version(stack, 'Version', { lambda: plain(stack, 'Mail', 10), provisionedConcurrentExecutions: 10 });
    const ours = new EventFunction(stack, 'Ours', { ...MINIMAL, aliasOptions: { provisionedConcurrentExecutions: 2 } });
    expect(budgetOf(stack)).toMatchObject({ reserved: 10, provisioned: 7, unreserved: 983, unreservedAtLeast: 938, fits: true, isComplete: true });
    expect(ours.alias.node.path).toContain('Shop/Ours');
  });

  test('that a schedule raises, scales as far as that', () => {
    const stack = shop();
    const scaling = plain(stack, 'Orders').addAlias('live', { provisionedConcurrentExecutions: 5 }).addAutoScaling({ maxCapacity: 50 });
    scaling.scaleOnSchedule('Morning', { schedule: Schedule.cron({ hour: '8' }), maxCapacity: 300 });
    expect(budgetOf(stack)).toMatchObject({ provisioned: 5, unreservedAtLeast: 700, isComplete: true });
  });

  test('that something scales is not known where its alias, or its maximum, is not', () => {
    const target = (stack: Stack, resourceId: string, maxCapacity = 50) => new CfnScalableTarget(stack, 'Target', {
      resourceId, maxCapacity, minCapacity: 1, serviceNamespace: 'lambda', scalableDimension: 'lambda:function:ProvisionedConcurrency',
    });
    const alias = (stack: Stack) => plain(stack, 'Orders').addAlias('live', { provisionedConcurrentExecutions: 5 });
    const [stray, byName, unknown] = [shop(), shop(), shop()];
    alias(stray);
    target(stray, 'function:orders:live');
    expect(budgetOf(stray)).toMatchObject({ unreservedAtLeast: 995, isComplete: false });
    target(byName, `function:${alias(byName).lambda.functionName}:live`);
    expect(budgetOf(byName)).toMatchObject({ unreservedAtLeast: 950, isComplete: true });
    target(unknown, `function:${alias(unknown).lambda.functionName}:live`, new CfnParameter(unknown, 'Max', { type: 'Number' }).valueAsNumber);
    expect(budgetOf(unknown)).toMatchObject({ unreservedAtLeast: 995, isComplete: false });
  });

  test('of an alias in another stack is its function\'s', () => {
    const stack = shop();
    const fn = plain(stack, 'Orders', 5);
    new lambda.Alias(new Stack(stack.node.root as App, 'Aliases', { env: EU }), 'Live', { aliasName: 'live', version: fn.currentVersion, provisionedConcurrentExecutions: 6 });
    expect(budgetOf(stack)).toMatchObject({ reserved: 5, provisioned: 0, fits: false, excess: 0 });
    expect(budgetOf(stack).functions[0]).toMatchObject({ reserved: 5, provisioned: 6 });
  });

  test('is what an override says', () => {
    const stack = shop();
    const alias = plain(stack, 'Orders').addAlias('live', { provisionedConcurrentExecutions: 5 }).node.defaultChild as CfnResource;
    alias.addPropertyOverride('ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions', 9);
    expect(budgetOf(stack).provisioned).toBe(9);
    alias.addPropertyDeletionOverride('ProvisionedConcurrencyConfig');
    expect(budgetOf(stack).provisioned).toBe(0);
  });

  test('of a function that is not in the app is not known', () => {
    const stack = shop();
    plain(stack, 'Orders', 5);
    new lambda.CfnAlias(stack, 'Live', { functionName: 'elsewhere', functionVersion: '1', name: 'live', provisionedConcurrencyConfig: { provisionedConcurrentExecutions: 5 } });
    expect(budgetOf(stack)).toMatchObject({ reserved: 5, provisioned: 0, isComplete: false });
  });

  test.each([0, -1, 1.5, NaN])('fails if it is %d', (amount) => {
    const stack = shop();
    const fn = plain(stack, 'Orders');
    new lambda.CfnAlias(stack, 'Live', { functionName: fn.functionName, functionVersion: '1', name: 'live', provisionedConcurrencyConfig: { provisionedConcurrentExecutions: amount } });
    expect(mistakeOf(() => ConcurrencyBudget.of(stack))).toMatchObject({ name: 'ProvisionedConcurrencyOutOfRange', message: expect.stringContaining(`of at least 1, got ${amount};`) });
  });
});

describe('the quota', () => {
  const KEY = `cdk-event-functions:quota:${ACCOUNT}:eu-west-1`;

  test.each([[10, 10], ['50', 50], [1000, 100]])('may be %j in the context', (quota, floor) => {
    const stack = shop({ [KEY]: quota });
    plain(stack, 'Orders', 1);
    expect(budgetOf(stack)).toMatchObject({ quota: Number(quota), isDefaultQuota: false, floor, fits: floor < Number(quota) });
  });

  test('is AWS\'s default where the context says nothing, or speaks of others', () => {
    const stack = shop({ 'cdk-event-functions:quota:unknown-account:unknown-region': 10, [`cdk-event-functions:quota:${ACCOUNT}:us-east-1`]: 10 });
    plain(stack, 'Orders', 1);
    expect(budgetOf(stack)).toMatchObject({ quota: 1000, isDefaultQuota: true, fits: true });
  });

  test('of stacks that fix neither account nor Region has the words of the CDK in its key', () => {
    const stack = shop({ 'cdk-event-functions:quota:unknown-account:unknown-region': '10' }, {} as typeof EU);
    plain(stack, 'Orders', 1);
    expect(budgetOf(stack)).toMatchObject({ quota: 10, fits: false });
  });

  test('may be told by a stage', () => {
    const app = newApp();
    const stage = new Stage(app, 'Dev', { env: EU });
    stage.node.setContext(KEY, 50);
    plain(new Stack(stage, 'Shop'), 'Orders', 1);
    expect(budgetOf(app)).toMatchObject({ quota: 50 });
  });

  test.each<[unknown, string]>([
    [0, '0'], [-10, '-10'], [0.5, '0.5'], [NaN, '"NaN"'], ['many', '"many"'], ['', '""'], [true, 'true'], [{ a: 1 }, '"{\\"a\\":1}"'], [Token.asNumber({ Ref: 'Quota' }), '"a token"'],
  ])('fails if it is %p', (quota, got) => {
    const stack = shop({ [KEY]: quota });
    plain(stack, 'Orders', 1);
    expect(mistakeOf(() => ConcurrencyBudget.of(stack))).toEqual({
      name: 'ConcurrencyQuotaMalformed',
      message: `'${KEY}' must be a whole number of at least 1, got ${got}; put in the number that 'aws lambda get-account-settings' shows as ConcurrentExecutions [ConcurrencyQuotaMalformed at Shop]`,
    });
  });

  test('fails if stages contradict each other', () => {
    const app = newApp();
    for (const [id, quota] of [['Dev', 50], ['Prod', 1000]] as const) {
      const stage = new Stage(app, id, { env: EU });
      stage.node.setContext(KEY, quota);
      plain(new Stack(stage, 'Shop'), 'Orders', 1);
    }
    expect(mistakeOf(() => ConcurrencyBudget.of(app)).message).toContain('must be a whole number of at least 1, the same for all stacks of the account, got [50,1000];');
  });
});

test('is rendered as a table per account and Region', () => {
  const app = newApp({ [`cdk-event-functions:quota:${ACCOUNT}:eu-west-1`]: 1000 });
  const stack = new Stack(app, 'Shop', { env: EU });
  plain(stack, 'Orders', 700);
  new lambda.Alias(stack, 'Live', { aliasName: 'live', version: plain(stack, 'Mail', 20).currentVersion, provisionedConcurrentExecutions: 30 });
  plain(stack, 'Api').addAlias('live', { provisionedConcurrentExecutions: 200 }).addAutoScaling({ maxCapacity: 400 });
  plain(new Stack(app, 'Anywhere'), 'Report');
  expect(`${ConcurrencyBudget.of(app)}`).toBe(ConcurrencyBudget.of(app).render());
  expect(ConcurrencyBudget.of(app).render()).toMatchInlineSnapshot(`
"Concurrency in 111122223333, eu-west-1
  reserved          700  Shop/Orders
                     20  Shop/Mail (30 provisioned)
  provisioned       200  Shop/Api (scales to 400 provisioned)
  unreserved         80  for 1 function without a reservation; at least 100 must be left
                   -120  when all provisioned concurrency is scaled to its maximum; Lambda refuses to scale that far
  quota           1,000  as the context says
                         does not fit: 20 too many
                         does not fit: Shop/Mail has 30 provisioned of 20 reserved
                         functions that are not in this app are not counted

Concurrency in any account, any Region
  unreserved      1,000  for 1 function without a reservation; at least 100 must be left
  quota           1,000  AWS's default; new accounts have 10 or 50: tell what it is with -c cdk-event-functions:quota:unknown-account:unknown-region=<number>
                         functions that are not in this app are not counted
"
`);
});
