import { appOf, resourceIn, stackOf } from './app-of';
import { AppModel } from '../../src/model/app';
import { aliasNamed, isSameVersion, isUnpublished, leastProvisioned, provisionedOf, routings, VersionName, versionInWords, versionNamed } from '../../src/model/releases';
import { scalingTargets } from '../../src/model/scaling';
import { Json, JsonObject } from '../../src/model/template';

const of = (type: string, properties: JsonObject, more: JsonObject = {}): JsonObject => ({ Type: `AWS::Lambda::${type}`, Properties: properties, ...more });
const alias = (properties: JsonObject, more: JsonObject = {}) => of('Alias', { FunctionName: { Ref: 'Orders' }, FunctionVersion: '1', Name: 'live', ...properties }, more);
const amount = (value: Json): JsonObject => ({ ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: value } });

const BASE: JsonObject = {
  Orders: of('Function', {}),
  Other: of('Function', { FunctionName: 'other' }),
  V1: of('Version', { FunctionName: { Ref: 'Orders' } }),
};

describe('the version that a text names', () => {
  const app = appOf(BASE);
  const named = (json: Json | undefined) => versionNamed(json, app.stacks[0]);

  test.each<[string, Json, VersionName['kind']]>([
    ['$LATEST', '$LATEST', 'latest'],
    ['a number', 7, 'number'],
    ['a number as a text', '7', 'number'],
    ['the number of a version of this app', { 'Fn::GetAtt': ['V1', 'Version'] }, 'published'],
    ['the same in a text', { 'Fn::Sub': '${V1.Version}' }, 'published'],
    ['the ARN of a version, which is no number', { Ref: 'V1' }, 'unknown'],
    ['more than the number', { 'Fn::Sub': '${V1.Version}0' }, 'unknown'],
    ['a parameter', { Ref: 'Stable' }, 'unknown'],
    ['a name', 'live', 'unknown'],
    ['no text', [], 'unknown'],
  ])('%s', (_, json, kind) => {
    expect(named(json).kind).toBe(kind);
  });

  test('is not known where there is no text', () => {
    expect(named(undefined)).toEqual({ kind: 'unknown' });
  });

  test('is the same only if that is sure', () => {
    const names = ['$LATEST', '1', '2', { 'Fn::GetAtt': ['V1', 'Version'] }, { Ref: 'Stable' }].map((json) => named(json));
    const same = names.map((one) => names.map((other) => isSameVersion(one, other) ? 1 : 0).join(''));
    expect(same).toEqual(['10000', '01000', '00100', '00010', '00000']);
  });

  test('has words', () => {
    expect(['$LATEST', '7', { 'Fn::GetAtt': ['V1', 'Version'] }, { Ref: 'Stable' }].map((json) => versionInWords(named(json)))).toEqual(['$LATEST', 'version 7', 'version V1', 'a version']);
  });
});

describe('where an alias sends what invokes it', () => {
  const routing = (properties: JsonObject) => routings(appOf({ ...BASE, Live: alias(properties) }))[0];
  const weights = (entries: Json) => routing({ RoutingConfig: { AdditionalVersionWeights: entries } }).weights;

  test('is its version, and a share to another one', () => {
    const { fn, version, weights: [second] } = routing({ RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: '2', FunctionWeight: '0.1' }] } });
    expect(fn?.logicalId).toBe('Orders');
    expect(version).toEqual({ kind: 'number', number: '1' });
    expect(second).toEqual({ path: 'Properties/RoutingConfig/AdditionalVersionWeights/0', version: { kind: 'number', number: '2' }, share: { kind: 'known', value: 0.1 } });
  });

  test('leaves out entries that may not be there, and keeps the places of the others', () => {
    const entries = weights([{ 'Fn::If': ['IsTest', { Ref: 'AWS::NoValue' }, { FunctionVersion: '2' }] }, { Ref: 'AWS::NoValue' }, { FunctionVersion: '3', FunctionWeight: { Ref: 'Weight' } }]);
    expect(entries.map(({ path, share }) => [path, share.kind])).toEqual([['Properties/RoutingConfig/AdditionalVersionWeights/2', 'unknown']]);
  });

  test.each<Json>([{ Ref: 'Weights' }, 'none', [null], {}])('holds no shares in %j', (entries) => {
    expect(weights(entries)).toEqual([]);
  });

  test('is known across stacks, through exports and parameters of nested stacks', () => {
    const shop = stackOf({ ...BASE, Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Fn: { Ref: 'Orders' }, Number: { 'Fn::GetAtt': ['V1', 'Version'] } } } } }, {
      outputs: Object.fromEntries([['Orders', { Ref: 'Orders' }], ['Number', { 'Fn::GetAtt': ['V1', 'Version'] }]].map(([name, value]) => [name as string, { Value: value, Export: { Name: `Shop${String(name)}` } }])),
      nested: { Nested: stackOf({ Inner: alias({ FunctionName: { Ref: 'Fn' }, FunctionVersion: { Ref: 'Number' } }) }, { name: 'Inner', parameters: { Fn: { Type: 'String' }, Number: { Type: 'String' } } }) },
    });
    const other = stackOf({ Outer: alias({ FunctionName: { 'Fn::ImportValue': 'ShopOrders' }, FunctionVersion: { 'Fn::ImportValue': 'ShopNumber' } }) }, { name: 'Outer' });
    const found = routings(new AppModel([shop, other]));
    expect(found.map((one) => [one.alias.logicalId, one.fn?.logicalId, versionInWords(one.version)])).toEqual([['Inner', 'Orders', 'version V1'], ['Outer', 'Orders', 'version V1']]);
  });
});

describe('provisioned concurrency of a function', () => {
  const provisioned = (resources: JsonObject) => {
    const app = appOf({ ...BASE, ...resources });
    return provisionedOf(resourceIn(app, 'Orders'));
  };

  test('is that of its aliases and versions', () => {
    const found = provisioned({ Live: alias(amount(3)), V2: of('Version', { FunctionName: { Ref: 'Orders' }, ...amount('4') }), Foreign: alias({ FunctionName: { Ref: 'Other' }, ...amount(9) }), Plain: alias({}) });
    expect(found.map(({ resource }) => resource.logicalId)).toEqual(['Live', 'V2']);
    expect(leastProvisioned(found)).toBe(7);
  });

  test('counts nothing that the deployment decides', () => {
    expect(leastProvisioned(provisioned({ Live: alias(amount({ Ref: 'Amount' })), Beta: alias(amount(2)), Gamma: alias(amount(-5)) }))).toBe(2);
    expect(provisioned({ Live: alias({ ProvisionedConcurrencyConfig: { Ref: 'Config' } }), Beta: alias({ ProvisionedConcurrencyConfig: { Ref: 'AWS::NoValue' } }) })).toEqual([]);
  });

  test('counts of conditions the one that brings most', () => {
    const parts = { Always: alias(amount(1)), One: alias(amount(2), { Condition: 'A' }), Two: alias(amount(3), { Condition: 'A' }), Three: alias(amount(4), { Condition: 'B' }) };
    expect(leastProvisioned(provisioned(parts))).toBe(1 + 2 + 3);
    expect(leastProvisioned([])).toBe(0);
  });
});

describe('the alias of a name', () => {
  const named = (resources: JsonObject, name = 'live') => {
    const app = appOf({ ...BASE, ...resources });
    const { alias: found, isSure } = aliasNamed(resourceIn(app, 'Orders'), name);
    return [found?.logicalId, isSure];
  };

  test.each<[string, JsonObject, [string | undefined, boolean]]>([
    ['one of the function', { Live: alias({}) }, ['Live', true]],
    ['none, for sure', { Beta: alias({ Name: 'beta' }), Foreign: alias({ FunctionName: { Ref: 'Other' } }), Literal: alias({ FunctionName: 'payments' }) }, [undefined, true]],
    ['none, but for one whose name a parameter decides', { Beta: alias({ Name: { Ref: 'Stage' } }) }, [undefined, false]],
    ['none, but for one whose function a parameter names', { Beta: alias({ FunctionName: { Ref: 'Name' } }) }, [undefined, false]],
    ['none, but for what a macro may add', { 'Fn::Transform': { Name: 'Aliases' } }, [undefined, false]],
  ])('is %s', (_, resources, expected) => {
    expect(named(resources)).toEqual(expected);
  });

  test('may stand for $LATEST', () => {
    const app = appOf({ ...BASE, Live: alias({}), Beta: alias({ Name: 'beta', FunctionVersion: '$LATEST' }) });
    const fn = resourceIn(app, 'Orders');
    expect(['$LATEST', 'beta', 'live', 'gamma', 'a version'].filter((qualifier) => isUnpublished({ fn, qualifier }))).toEqual(['$LATEST', 'beta']);
  });
});

describe('what scales provisioned concurrency', () => {
  const target = (resourceId: Json, dimension: Json = 'lambda:function:ProvisionedConcurrency') => {
    const app = appOf({ ...BASE, Live: alias({}), Target: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { ScalableDimension: dimension, ResourceId: resourceId } } });
    return scalingTargets(app).map(({ named, id }) => ({ fn: named?.fn?.logicalId, qualifier: named?.qualifier, id }))[0];
  };

  test.each<[string, Json, ReturnType<typeof target>]>([
    ['an alias of a function by its name', 'function:other:live', { fn: 'Other', qualifier: 'live', id: 'function:other:live' }],
    ['an alias of a function by reference', { 'Fn::Sub': 'function:${Orders}:live' }, { fn: 'Orders', qualifier: 'live', id: undefined }],
    ['an alias, as the CDK names it', { 'Fn::Join': ['', ['function:', { 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: 'Live' }] }] }, ':live']] }, { fn: 'Orders', qualifier: 'live', id: undefined }],
    ['a function that is not in this app', 'function:payments:7', { fn: undefined, qualifier: '7', id: 'function:payments:7' }],
    ['a version of this app', { 'Fn::Sub': 'function:${Orders}:${V1.Version}' }, { fn: 'Orders', qualifier: 'a qualifier', id: undefined }],
    ['no qualifier', 'function:other', { fn: undefined, qualifier: undefined, id: 'function:other' }],
    ['nothing that is known', { Ref: 'Id' }, { fn: undefined, qualifier: undefined, id: undefined }],
    ['no text', [], { fn: undefined, qualifier: undefined, id: undefined }],
  ])('names %s', (_, resourceId, expected) => {
    expect(target(resourceId)).toEqual(expected);
  });

  test('is nothing that scales something else', () => {
    expect(target('service/default/orders', 'ecs:service:DesiredCount')).toBeUndefined();
    expect(target('function:other:live', { Ref: 'Dimension' })).toBeUndefined();
  });
});
