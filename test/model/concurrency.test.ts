import { appOf, StackOptions } from './app-of';
import { accountsOf } from '../../src/model/concurrency';
import { Json, JsonObject } from '../../src/model/template';
import { alias, fn } from '../../src/rules/concurrency/examples';

/** The budget of the only account. */
function budget(resources: JsonObject, options?: StackOptions) {
  const [{ budget: { functions, ...sums } }, ...others] = accountsOf(appOf(resources, options));
  expect(others).toEqual([]);
  const shares = functions.map(({ name, reserved, provisioned, provisionedAtMost, isComplete }) => (
    { name, reserved, provisioned, provisionedAtMost, isComplete }
  ));
  return { ...sums, functions: shares };
}

function target(resourceId: Json, properties: JsonObject = {}): JsonObject {
  return {
    Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    Properties: { ResourceId: resourceId, ServiceNamespace: 'lambda', ScalableDimension: 'lambda:function:ProvisionedConcurrency', MinCapacity: 1, MaxCapacity: 50, ...properties },
  };
}

/** As the CDK writes it. */
const OF_ALIAS: Json = { 'Fn::Join': ['', ['function:', { 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: 'Live' }] }] }, ':live']] };

test('an app without functions has no accounts', () => {
  expect(accountsOf(appOf({ Queue: { Type: 'AWS::SQS::Queue' } }))).toEqual([]);
});

describe('a reservation', () => {
  test.each<[string, Json, object]>([
    ['a number', 5, { reserved: 5, isComplete: true }],
    ['a text', '5', { reserved: 5, isComplete: true }],
    ['0', 0, { reserved: 0, isComplete: true }],
    ['null', null, { reserved: undefined, isComplete: true }],
    ['no value', { Ref: 'AWS::NoValue' }, { reserved: undefined, isComplete: true }],
    ['a parameter', { Ref: 'Reserved' }, { reserved: undefined, isComplete: false }],
    ['a choice', { 'Fn::If': ['IsProd', 5, { Ref: 'AWS::NoValue' }] }, { reserved: undefined, isComplete: false }],
    ['a negative number', -1, { reserved: undefined, isComplete: false }],
    ['a fraction', 0.5, { reserved: undefined, isComplete: false }],
    ['a number too large for any', 1e300, { reserved: undefined, isComplete: false }],
    ['a word', 'many', { reserved: undefined, isComplete: false }],
  ])('may be %s', (_, value, expected) => {
    const { functions: [share], isComplete } = budget({ Orders: fn(value) });
    expect(share).toMatchObject(expected);
    expect(isComplete).toBe(share.isComplete);
  });

  test('of a function under a condition may not be there', () => {
    expect(budget({ Orders: { ...fn(5), Condition: 'IsProd' } })).toMatchObject({ reserved: 0, isComplete: false });
  });

  test('of a function on a capacity provider is none, and where that is not known, not known', () => {
    const config = { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: 'arn' } };
    expect(accountsOf(appOf({ Orders: fn(5, { CapacityProviderConfig: config }) }))).toEqual([]);
    expect(budget({ Orders: fn(5, { CapacityProviderConfig: { 'Fn::If': ['IsProd', config, { Ref: 'AWS::NoValue' }] } }) })).toMatchObject({ reserved: 0, isComplete: false });
  });
});

describe('provisioned concurrency', () => {
  test('is summed over the aliases and versions of a function', () => {
    const version = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { 'Fn::GetAtt': ['Orders', 'Arn'] }, ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: '3' } } };
    expect(budget({ Orders: fn(), Live: alias('Orders', 2), Canary: alias('Orders', 4, { Name: 'canary' }), Version: version })).toMatchObject({ provisioned: 9, isComplete: true });
  });

  test.each<[string, JsonObject]>([
    ['decided at deployment', alias('Orders', { Ref: 'Provisioned' })],
    ['0, which Lambda takes from nobody', alias('Orders', 0)],
    ['that of an alias under a condition', { ...alias('Orders', 5), Condition: 'IsProd' }],
    ['that of an alias of nobody knows which function', alias('Orders', 5, { FunctionName: 'orders' })],
  ])('is not known where it is %s', (_, live) => {
    expect(budget({ Orders: fn(), Live: live })).toMatchObject({ provisioned: 0, isComplete: false });
  });

  test('of an alias without any is 0', () => {
    expect(budget({ Orders: fn(), Live: alias('Orders', 5, { ProvisionedConcurrencyConfig: { Ref: 'AWS::NoValue' } }) })).toMatchObject({ provisioned: 0, isComplete: true });
  });
});

describe('scaling', () => {
  test.each<[string, Json]>([
    ['an alias, as the CDK writes it', OF_ALIAS],
    ['an alias by the name of its function', { 'Fn::Sub': 'function:${Orders}:live' }],
    ['the same, joined', { 'Fn::Join': [':', ['function', { Ref: 'Orders' }, 'live']] }],
  ])('raises %s', (_, resourceId) => {
    const { functions } = budget({ Orders: fn(), Live: alias('Orders', 5), Canary: alias('Orders', 1, { Name: 'canary' }), Target: target(resourceId) });
    expect(functions).toEqual([{ name: 'Orders', reserved: undefined, provisioned: 6, provisionedAtMost: 51, isComplete: true }]);
  });

  test('by a schedule may go further', () => {
    const actions = [{ ScalableTargetAction: { MinCapacity: 10 } }, { ScalableTargetAction: { MinCapacity: 100, MaxCapacity: 200 } }];
    expect(budget({ Orders: fn(), Live: alias('Orders', 5), Target: target(OF_ALIAS, { ScheduledActions: actions }) })).toMatchObject({ provisioned: 5, unreservedAtLeast: 800, isComplete: true });
  });

  test.each<[string, JsonObject]>([
    ['a maximum that a parameter tells', target(OF_ALIAS, { MaxCapacity: { Ref: 'Max' } })],
    ['a target under a condition', { ...target(OF_ALIAS), Condition: 'IsProd' }],
    ['actions that are decided at deployment', target(OF_ALIAS, { ScheduledActions: { Ref: 'Actions' } })],
    ['an action that is', target(OF_ALIAS, { ScheduledActions: [{ Ref: 'Action' }] })],
  ])('is not known with %s', (_, scalable) => {
    expect(budget({ Orders: fn(), Live: alias('Orders', 5), Target: scalable })).toMatchObject({ provisioned: 5, isComplete: false });
  });

  test('of nobody knows which alias is not known', () => {
    for (const resourceId of [{ Ref: 'Id' }, 'function:orders:live', { 'Fn::Sub': 'function:${Orders}:other' }, { Ref: 'Orders' }]) {
      expect(budget({ Orders: fn(), Live: alias('Orders', 5), Target: target(resourceId) })).toMatchObject({ provisioned: 5, unreservedAtLeast: 995, isComplete: false });
    }
  });

  test('of something else is none of ours', () => {
    expect(budget({ Orders: fn(), Live: alias('Orders', 5), Target: target(OF_ALIAS, { ScalableDimension: 'dynamodb:table:ReadCapacityUnits' }) })).toMatchObject({ unreservedAtLeast: 995 });
  });
});

test('a template that a macro completes may have more functions', () => {
  expect(budget({ 'Orders': fn(5), 'Fn::Transform': { Name: 'Macro' } })).toMatchObject({ reserved: 5, isComplete: false });
});

test('quotas of another account or Region are not this one\'s', () => {
  expect(budget({ Orders: fn(5) }, { region: 'eu-west-1', quotas: ['50'] })).toMatchObject({ quota: 50, isDefaultQuota: false });
  expect(budget({ Orders: fn(5) }, { region: 'eu-west-1' })).toMatchObject({ quota: 1000, isDefaultQuota: true });
});
