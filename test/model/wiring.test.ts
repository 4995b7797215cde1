import { appOf, resourceIn } from './app-of';
import { Json, JsonObject } from '../../src/model/template';
import { LATEST, Wiring } from '../../src/model/wiring';

const of = (type: string, properties: JsonObject): JsonObject => ({ Type: `AWS::Lambda::${type}`, Properties: properties });

/** A function with an alias and a version, and whatever else. */
function wired(others: JsonObject) {
  const app = appOf({
    Orders: of('Function', {}),
    Other: of('Function', {}),
    Version: of('Version', { FunctionName: { Ref: 'Orders' } }),
    Live: of('Alias', { FunctionName: { Ref: 'Orders' }, FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] }, Name: 'live' }),
    ...others,
  });
  return { wiring: new Wiring(app), orders: resourceIn(app, 'Orders'), other: resourceIn(app, 'Other') };
}

/** The qualifier that an event source mapping with this target polls for. */
function qualifierOf(functionName: Json): string | undefined {
  const { wiring, orders, other } = wired({ Mapping: of('EventSourceMapping', { FunctionName: functionName }) });
  expect(wiring.mappings(other)).toEqual([]);
  return wiring.mappings(orders)[0]?.qualifier;
}

describe('a target', () => {
  test.each<[string, Json]>([['name', { Ref: 'Orders' }], ['ARN', { 'Fn::GetAtt': ['Orders', 'Arn'] }]])('by the %s of the function is its $LATEST', (_, functionName) => {
    expect(qualifierOf(functionName)).toBe(LATEST);
  });

  test('that is an alias is the alias by its name', () => {
    expect(qualifierOf({ Ref: 'Live' })).toBe('live');
    expect(qualifierOf({ 'Fn::Join': ['', [{ 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: 'Live' }] }] }, ':live']] })).toBe('live');
  });

  test('that is a version is said to be one', () => {
    expect(qualifierOf({ Ref: 'Version' })).toBe('a version');
  });

  test('that is a version by name and number, as the CDK writes it, is said to be one', () => {
    expect(qualifierOf({ 'Fn::Join': ['', [{ Ref: 'Orders' }, ':', { 'Fn::GetAtt': ['Version', 'Version'] }]] })).toBe('a version');
  });

  test.each<Json>([{ 'Fn::Join': [':', [{ Ref: 'Orders' }, 'live']] }, { 'Fn::Sub': '${Orders}:live' }, { 'Fn::Sub': '${Orders.Arn}:${Stage}' }])('%j is not claimed to be $LATEST', (functionName) => {
    expect(qualifierOf(functionName)).toEqual(expect.any(String));
    expect(qualifierOf(functionName)).not.toBe(LATEST);
  });

  test('that is the function of a URL is that, with some qualifier if the URL has one', () => {
    const urls = { Plain: of('Url', { TargetFunctionArn: { 'Fn::GetAtt': ['Orders', 'Arn'] } }), Live: of('Url', { TargetFunctionArn: { 'Fn::GetAtt': ['Orders', 'Arn'] }, Qualifier: 'live' }), Circle: of('Url', { TargetFunctionArn: { 'Fn::GetAtt': ['Circle', 'FunctionArn'] } }) };
    const permissions = ['Plain', 'Live', 'Circle'].map((id) => [`Of${id}`, of('Permission', { FunctionName: { 'Fn::GetAtt': [id, 'FunctionArn'] } })]);
    const { wiring, orders } = wired({ ...urls, ...Object.fromEntries(permissions), Text: of('Permission', { FunctionName: { 'Fn::GetAtt': ['Plain', 'FunctionUrl'] } }) });
    expect(wiring.permissions(orders).map(({ resource, qualifier }) => [resource.logicalId, qualifier])).toEqual([['OfPlain', LATEST], ['OfLive', 'a qualifier']]);
  });

  test('that names two functions is none', () => {
    for (const parts of [[{ Ref: 'Orders' }, { Ref: 'Other' }], [{ Ref: 'Orders' }, ':', { 'Fn::GetAtt': ['Foreign', 'Version'] }]]) {
      const { wiring, orders, other } = wired({
        Foreign: of('Version', { FunctionName: { Ref: 'Other' } }),
        Mapping: of('EventSourceMapping', { FunctionName: { 'Fn::Join': ['', parts] } }),
      });
      expect([...wiring.mappings(orders), ...wiring.mappings(other)]).toEqual([]);
    }
  });

  test.each<Json>(['orders', { Ref: 'Name' }, { Ref: 'Missing' }, { Ref: 'Mapping' }, null])('%j is no function of this app', (functionName) => {
    expect(qualifierOf(functionName)).toBeUndefined();
  });

  test('that is an alias without a function in this app is none', () => {
    const { wiring, orders } = wired({
      Foreign: of('Alias', { FunctionName: 'payments', Name: 'live' }),
      Permission: of('Permission', { FunctionName: { Ref: 'Foreign' } }),
    });
    expect(wiring.permissions(orders)).toEqual([]);
  });

  test('that is an alias whose name is decided at deployment is some alias', () => {
    const { wiring, orders } = wired({
      Staged: of('Alias', { FunctionName: { Ref: 'Orders' }, Name: { Ref: 'Stage' } }),
      Permission: of('Permission', { FunctionName: { Ref: 'Staged' } }),
    });
    expect(wiring.permissions(orders)[0].qualifier).toBe('an alias');
  });
});

describe('what belongs to a function', () => {
  const { wiring, orders, other } = wired({
    First: of('Permission', { FunctionName: { 'Fn::GetAtt': ['Orders', 'Arn'] }, Principal: 's3.amazonaws.com' }),
    Second: of('Permission', { FunctionName: { Ref: 'Live' }, Principal: 'sns.amazonaws.com' }),
    Third: of('Permission', { FunctionName: { Ref: 'Other' }, Principal: 'events.amazonaws.com' }),
    Mapping: of('EventSourceMapping', { FunctionName: { Ref: 'Live' } }),
    Async: of('EventInvokeConfig', { FunctionName: { Ref: 'Orders' }, Qualifier: '$LATEST' }),
  });
  const ids = (list: readonly { resource: { logicalId: string }; qualifier: string }[]) => list.map(({ resource, qualifier }) => `${resource.logicalId} ${qualifier}`);

  test('is told apart from what belongs to another, in the order of the template', () => {
    expect(ids(wiring.permissions(orders))).toEqual(['First $LATEST', 'Second live']);
    expect(ids(wiring.permissions(other))).toEqual(['Third $LATEST']);
    expect(ids(wiring.mappings(orders))).toEqual(['Mapping live']);
    expect(ids(wiring.asyncConfigs(orders))).toEqual(['Async $LATEST']);
    expect(wiring.aliases(orders).map(({ logicalId }) => logicalId)).toEqual(['Live']);
    expect(wiring.versions(orders).map(({ logicalId }) => logicalId)).toEqual(['Version']);
  });

  test('is nothing for a function that nothing names', () => {
    expect(wiring.aliases(other)).toEqual([]);
    expect(wiring.versions(other)).toEqual([]);
    expect(wiring.mappings(other)).toEqual([]);
    expect(wiring.asyncConfigs(other)).toEqual([]);
  });

  test('is nothing where an alias, a version and a mapping name each other in a circle', () => {
    const app = appOf({
      Orders: of('Function', {}),
      A: of('Alias', { FunctionName: { Ref: 'B' } }),
      B: of('Alias', { FunctionName: { Ref: 'A' } }),
      M: of('EventSourceMapping', { FunctionName: { Ref: 'A' } }),
    });
    expect(new Wiring(app).mappings(resourceIn(app, 'Orders'))).toEqual([]);
  });
});

describe('the qualifier of an asynchronous configuration', () => {
  const asyncQualifier = (qualifier?: Json) => {
    const { wiring, orders } = wired({ Async: of('EventInvokeConfig', { FunctionName: { Ref: 'Orders' }, ...qualifier === undefined ? {} : { Qualifier: qualifier } }) });
    return wiring.asyncConfigs(orders)[0].qualifier;
  };

  test.each<[string, Json, string]>([
    ['written out', 'live', 'live'],
    ['$LATEST', '$LATEST', LATEST],
    ['cut from the ARN of the alias, as the CDK writes it', { 'Fn::Select': [7, { 'Fn::Split': [':', { Ref: 'Live' }] }] }, 'live'],
    ['the number of a version, as the CDK writes it', { 'Fn::GetAtt': ['Version', 'Version'] }, 'a version'],
    ['a parameter', { Ref: 'Stage' }, 'a qualifier'],
  ])('%s', (_, qualifier, expected) => {
    expect(asyncQualifier(qualifier)).toBe(expected);
  });

  test('is some qualifier where it is missing', () => {
    expect(asyncQualifier()).toBe('a qualifier');
  });
});
