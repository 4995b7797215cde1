import * as fc from 'fast-check';
import { AppModel } from '../../../src/model/app';
import { accountsOf } from '../../../src/model/concurrency';
import { Json, JsonObject } from '../../../src/model/template';
import { CATALOG } from '../../../src/rules/catalog';
import { alias, fn } from '../../../src/rules/concurrency/examples';
import { Finding } from '../../../src/rules/rule';
import { answerOf, QUOTAS, Wanted, wantedNear } from '../../measure/account-simulator';
import { appOf, StackOptions, stackOf } from '../../model/app-of';

const ACCOUNT = '111122223333';
const REGIONS = ['eu-west-1', 'us-east-1'];

/** What the rules about budgets find, by their ids. */
function found(app: AppModel): Record<string, Finding[]> {
  const ids = ['reservations-fit-quota', 'reservations-fit-default-quota', 'provisioned-fits-quota', 'provisioned-fits-default-quota', 'concurrency-quota-is-a-number'];
  const findings = ids.map((id) => [id, [...CATALOG.find((rule) => rule.id === id)!.check(app)]] as const);
  return Object.fromEntries(findings.filter(([, all]) => all.length > 0).map(([id, all]) => [id, [...all]]));
}

function messages(app: AppModel): string[] {
  return Object.values(found(app)).flat().map(({ message }) => message);
}

function resourcesOf(wanted: readonly Wanted[], prefix: string): JsonObject {
  return Object.fromEntries(wanted.flatMap(({ reserved, provisioned }, index) => [
    [`${prefix}${index}`, fn(reserved)],
    ...provisioned.map((amount, at) => [`${prefix}${index}Alias${at}`, alias(`${prefix}${index}`, amount, { Name: `a${at}` })] as const),
  ]));
}

describe('the rules agree with accounts that are asked call by call', () => {
  /** What each stack of two stages wants, in each of two Regions. */
  const wantedOfApp = (quota: number) => fc.array(
    fc.record({ region: fc.constantFrom(...REGIONS), stage: fc.constantFrom('Dev', 'Prod'), wanted: wantedNear(quota) }),
    { minLength: 1, maxLength: 4 },
  );
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const isWithinItself = ({ reserved, provisioned }: Wanted) => reserved === undefined || sum(provisioned) <= reserved;

  test.each(QUOTAS)('of a quota of %d, over stacks, stages and Regions', (quota) => {
    fc.assert(fc.property(wantedOfApp(quota), (stacks) => {
      // What a function does to itself is for another rule.
      const proper = stacks.map((stack) => ({ ...stack, wanted: stack.wanted.filter(isWithinItself) }));
      const app = new AppModel(
        proper.map(({ region, stage, wanted }, index) => stackOf(resourcesOf(wanted, 'F'), { name: `${stage}${index}`, account: ACCOUNT, region })),
        REGIONS.map((region) => ({ account: ACCOUNT, region, quota })),
      );
      const wantedIn = (region: string) => proper.filter((stack) => stack.region === region).flatMap(({ wanted }) => wanted);
      const refused = REGIONS.filter((region) => !answerOf(quota, wantedIn(region)).accepted);
      const findings = Object.values(found(app)).flat();
      expect(findings.map(({ resource }) => resource.stack.region!).sort()).toEqual([...refused].sort());
    }), { numRuns: 200 });
  });
});

describe('stacks are counted together', () => {
  const reserving = (name: string, reserved: Json, options: StackOptions = {}) => stackOf({ Orders: fn(reserved) }, { name, ...options });

  test('of one account and Region, not of several', () => {
    const env = { account: ACCOUNT, region: 'eu-west-1' };
    const quotas = [{ ...env, quota: 1000 }, { account: '444455556666', region: 'eu-west-1', quota: 1000 }, { account: ACCOUNT, region: 'us-east-1', quota: 1000 }];
    expect(messages(new AppModel([reserving('A', 500, env), reserving('B', 500, { ...env, region: 'us-east-1' }), reserving('C', 500, { ...env, account: '444455556666' })], quotas))).toEqual([]);
    expect(messages(new AppModel([reserving('A', 500, env), reserving('B', 500, env)], quotas))).toEqual([
      'reserved concurrency in 111122223333, eu-west-1 must be at most 900 in all stacks together, the quota of 1,000 less 100 that stay unreserved, '
      + 'got 1,000, which is 100 too many (functions of other apps are not counted):\n'
      + '  reserved          500  Orders\n'
      + '                    500  Orders\n',
    ]);
  });

  test('where neither account nor Region is fixed, and how to tell the quota is said', () => {
    const app = new AppModel([reserving('A', 500), reserving('B', 401), reserving('C', 5000, { region: 'eu-west-1' })], [{ region: 'eu-west-1', quota: 10_000 }]);
    expect(messages(app)).toEqual([
      "reserved concurrency in any account, any Region must be at most 900 in all stacks together, AWS's default of 1,000 less 100 that stay unreserved, "
      + 'got 901, which is 1 too many (functions of other apps are not counted; tell what it is with -c cdk-event-functions:quota:unknown-account:unknown-region=<number>):\n'
      + '  reserved          500  Orders\n'
      + '                    401  Orders\n',
    ]);
  });

  test('nested ones, too', () => {
    const nested = stackOf({ Inner: fn(500) }, { name: 'Inner', region: 'eu-west-1' });
    const resources = { Orders: fn(401), Nested: { Type: 'AWS::CloudFormation::Stack', Properties: {} } };
    expect(Object.keys(found(appOf(resources, { region: 'eu-west-1', nested: { Nested: nested }, quotas: [1000] })))).toEqual(['reservations-fit-quota']);
    const conditional = { ...resources, Nested: { ...resources.Nested, Condition: 'IsProd' } };
    const app = appOf(conditional, { region: 'eu-west-1', nested: { Nested: nested }, quotas: [1000] });
    expect(found(app)).toEqual({});
    expect(accountsOf(app)[0].budget).toMatchObject({ reserved: 401, isComplete: false });
  });
});

test('of many functions, the largest are named and the others are counted', () => {
  const resources = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`F${index}`, fn(100 + index)]));
  const [message] = messages(appOf(resources, { quotas: [1000] }));
  expect(message.split('\n').slice(1)).toEqual([
    '  reserved          119  F19',
    ...[18, 17, 16, 15, 14, 13, 12].map((index) => `                    ${100 + index}  F${index}`),
    '                  1,266  12 others',
    '',
  ]);
});

test('too many reservations are reported once, not again for what is provisioned beside them', () => {
  expect(Object.keys(found(appOf({ Orders: fn(950), Mail: fn(), Live: alias('Mail', 10) }, { quotas: [1000] })))).toEqual(['reservations-fit-quota']);
  expect(Object.keys(found(appOf({ Orders: fn(950), Mail: fn(), Live: alias('Mail', 10) })))).toEqual(['reservations-fit-default-quota']);
});

test('a version with provisioned concurrency counts as an alias does, and is where the finding is', () => {
  const version = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Orders' }, ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 800 } } };
  const { 'provisioned-fits-quota': [finding] } = found(appOf({ Orders: fn(), Version1: version, Live: alias('Orders', 101) }, { quotas: [1000] }));
  expect(`${finding.resource.logicalId}/${finding.path}`).toBe('Version1/Properties/ProvisionedConcurrencyConfig');
  expect(finding.message).toContain('got 901, which is 1 too many');
});

test('a quota that is no number is reported, and the default is taken', () => {
  const all = found(appOf({ Orders: fn(901) }, { quotas: ['1,000'] }));
  expect(Object.keys(all)).toEqual(['reservations-fit-default-quota', 'concurrency-quota-is-a-number']);
  expect(all['concurrency-quota-is-a-number'][0].message)
    .toBe('context \'cdk-event-functions:quota:unknown-account:unknown-region\' must be one whole number of at least 1, got "1,000"');
});

test('of quotas that contradict each other the smallest is taken', () => {
  expect(Object.keys(found(appOf({ Orders: fn(1) }, { quotas: [1000, 50] })))).toEqual(['reservations-fit-quota', 'concurrency-quota-is-a-number']);
});
