import * as fc from 'fast-check';
import { anyJson } from './any-json';
import { appOf, resourceIn, StackOptions } from './app-of';
import { Json, JsonObject } from '../../src/model/template';
import { ABSENT, known, UNKNOWN } from '../../src/model/value';

function resourceOf(properties: Json, options: StackOptions = {}) {
  return resourceIn(appOf({ Orders: { Type: 'AWS::Lambda::Function', Properties: properties } }, options), 'Orders');
}

describe('a property as it stands', () => {
  const orders = resourceOf({
    Code: { S3Key: 'code.zip', Deep: { Er: 0 } },
    Layers: [{ Ref: 'Common' }],
    VpcConfig: { Ref: 'Network' },
    Empty: {},
    Nothing: null,
    No: false,
  });

  test.each<[string, Json]>([
    ['Code.S3Key', 'code.zip'],
    ['Code.Deep.Er', 0],
    ['Code.Deep', { Er: 0 }],
    ['Layers', [{ Ref: 'Common' }]],
    ['VpcConfig', { Ref: 'Network' }],
    ['Empty', {}],
    ['No', false],
  ])('%s is known', (path, value) => {
    expect(orders.raw(path)).toEqual(known(value));
  });

  test.each(['Timeout', 'Code.S3Bucket', 'Code.S3Key.Deeper', 'Timeout.Deeper', 'Empty.Deeper', 'Nothing', 'Nothing.Deeper', 'Layers.Name', 'constructor'])('%s is absent', (path) => {
    expect(orders.raw(path)).toEqual(ABSENT);
  });

  test('below something that is decided at deployment, everything is unknown', () => {
    expect(orders.raw('VpcConfig.SubnetIds')).toEqual(UNKNOWN);
    expect(orders.raw('VpcConfig.SubnetIds.Deeper')).toEqual(UNKNOWN);
    expect(resourceOf({ 'Fn::If': ['IsProd', {}, {}] }).raw('Timeout')).toEqual(UNKNOWN);
  });

  test.each<JsonObject>([
    { 'Fn::Transform': { Name: 'AWS::Include' }, 'Handler': 'index.handler' },
    { 'Fn::ForEach::Names': ['Name', ['a', 'b'], { '${Name}': 1 }], 'Handler': 'index.handler' },
  ])('what a transform may add is unknown, what stands beside it is known: %j', (properties) => {
    expect(resourceOf(properties).raw('Timeout')).toEqual(UNKNOWN);
    expect(resourceOf(properties).raw('Handler')).toEqual(known('index.handler'));
  });

  test.each<Json>([null, 'text', 3, [], [1]])('properties that are %j hold nothing', (properties) => {
    expect(resourceOf(properties).raw('Timeout')).toEqual(ABSENT);
  });

  test('a resource without properties holds nothing', () => {
    const orders2 = resourceIn(appOf({ Orders: { Type: 'AWS::Lambda::Function' } }), 'Orders');
    expect(orders2.raw('Timeout')).toEqual(ABSENT);
    expect(orders2.value('Timeout')).toEqual(ABSENT);
    expect(orders2.list('Layers')).toEqual(ABSENT);
    expect(orders2.reference('Role')).toBeUndefined();
  });
});

describe('a property with what can be known put in', () => {
  test('pseudo parameters are put in', () => {
    expect(resourceOf({ Name: { 'Fn::Sub': 'orders-${AWS::Region}' } }, { region: 'eu-west-1' }).value('Name')).toEqual(known('orders-eu-west-1'));
  });

  test('a reference is unknown', () => {
    expect(resourceOf({ Role: { 'Fn::GetAtt': ['Role', 'Arn'] } }).value('Role')).toEqual(UNKNOWN);
  });

  test('NoValue is absent', () => {
    expect(resourceOf({ Timeout: { Ref: 'AWS::NoValue' } }).value('Timeout')).toEqual(ABSENT);
    expect(resourceOf({ Timeout: { Ref: 'AWS::NoValue' } }).number('Timeout')).toEqual(ABSENT);
  });
});

describe('a number', () => {
  test.each<[Json, number]>([[3, 3], [0, 0], [-1.5, -1.5], ['3', 3], [' 900 ', 900], ['0', 0]])('%j is known', (json, number) => {
    expect(resourceOf({ Timeout: json }).number('Timeout')).toEqual(known(number));
  });

  test.each<Json>(['', ' ', 'three', '3 seconds', true, [3], { a: 3 }, { Ref: 'Timeout' }, 'Infinity'])('%j is unknown', (json) => {
    expect(resourceOf({ Timeout: json }).number('Timeout')).toEqual(UNKNOWN);
  });

  test('nothing is absent', () => {
    expect(resourceOf({ Timeout: null }).number('Timeout')).toEqual(ABSENT);
    expect(resourceOf({}).number('Timeout')).toEqual(ABSENT);
  });
});

describe('a text', () => {
  test.each<[Json, string]>([['nodejs22.x', 'nodejs22.x'], ['', ''], [3.12, '3.12']])('%j is known', (json, text) => {
    expect(resourceOf({ Runtime: json }).text('Runtime')).toEqual(known(text));
  });

  test.each<Json>([['a'], { a: 'b' }, { Ref: 'Runtime' }])('%j is unknown', (json) => {
    expect(resourceOf({ Runtime: json }).text('Runtime')).toEqual(UNKNOWN);
  });
});

describe('a list', () => {
  test('entries are given as they stand', () => {
    expect(resourceOf({ Layers: ['arn', { Ref: 'Common' }] }).list('Layers')).toEqual(known(['arn', { Ref: 'Common' }]));
  });

  test.each<Json>(['arn', 3, { Ref: 'Layers' }, { 'Fn::If': ['IsProd', [], []] }])('%j is an unknown list', (json) => {
    expect(resourceOf({ Layers: json }).list('Layers')).toEqual(UNKNOWN);
  });

  test('a list that is left out by NoValue is absent', () => {
    expect(resourceOf({ Layers: { Ref: 'AWS::NoValue' } }).list('Layers')).toEqual(ABSENT);
  });

  test('an entry that is left out by NoValue is no entry', () => {
    expect(resourceOf({ Layers: ['arn', { Ref: 'AWS::NoValue' }] }).list('Layers')).toEqual(known(['arn']));
  });
});

describe('the label', () => {
  const labelled = (constructPath?: string) => resourceOf({}, { constructPaths: constructPath === undefined ? {} : { Orders: constructPath } }).label;

  test.each([
    ['Shop/Orders/Resource', 'Shop/Orders'],
    ['Shop/Orders/Default/Resource', 'Shop/Orders'],
    ['Shop/Orders/Default', 'Shop/Orders'],
    ['Shop/Orders', 'Shop/Orders'],
    ['Shop/Orders/MyResource', 'Shop/Orders/MyResource'],
    ['Shop/Default/Orders/Resource', 'Shop/Default/Orders'],
  ])('%s is called %s', (path, label) => {
    expect(labelled(path)).toBe(label);
  });

  test('is the logical id where no construct path is recorded', () => {
    expect(labelled()).toBe('Orders');
  });
});

test('reading a property never throws, whatever stands there', () => {
  fc.assert(fc.property(anyJson, fc.constantFrom('Orders', 'Ref', 'Fn::Join', 'Orders.Ref', 'Queue.Orders', 'constructor'), (json, path) => {
    const resource = resourceOf(json);
    for (const read of [resource.raw(path), resource.value(path), resource.number(path), resource.text(path), resource.list(path)]) {
      expect(['known', 'absent', 'unknown']).toContain(read.kind);
    }
    resource.reference(path);
  }), { numRuns: 1000 });
});

describe('what becomes of a resource that leaves the template', () => {
  const deletionPolicy = (policy?: Json) => {
    const app = appOf({ One: { Type: 'AWS::Lambda::Version', ...policy === undefined ? {} : { DeletionPolicy: policy } } });
    return resourceIn(app, 'One').deletionPolicy;
  };

  test('is known, absent, or decided by a condition', () => {
    expect(deletionPolicy('Retain')).toEqual({ kind: 'known', value: 'Retain' });
    expect(deletionPolicy()).toEqual({ kind: 'absent' });
    expect(deletionPolicy(null)).toEqual({ kind: 'absent' });
    expect(deletionPolicy({ 'Fn::If': ['IsTest', 'Delete', 'Retain'] })).toEqual({ kind: 'unknown' });
  });
});

describe('what is made before a resource', () => {
  const others = Object.fromEntries(['A', 'B', 'C'].map((id) => [id, { Type: 'AWS::SQS::Queue' }]));
  const before = (body: JsonObject) => resourceIn(appOf({ ...others, Orders: { Type: 'AWS::Lambda::Function', ...body } }), 'Orders').madeAfter.map(({ logicalId }) => logicalId);

  test.each<[string, JsonObject, string[]]>([
    ['what it waits for', { DependsOn: 'A' }, ['A']],
    ['all that it waits for', { DependsOn: ['A', 'B', 'Gone'] }, ['A', 'B']],
    ['what it names', { Properties: { One: { Ref: 'A' }, Two: [{ 'Fn::GetAtt': ['B', 'Arn'] }], Three: { 'Fn::GetAtt': 'C.Arn' } } }, ['A', 'B', 'C']],
    ['what a text names', { Properties: { One: { 'Fn::Sub': '${A}/${B.Arn}/${!C}/${AWS::Region}' } } }, ['A', 'B']],
    ['what a text and its variables name', { Properties: { One: { 'Fn::Sub': ['${A}/${Own}', { Own: { Ref: 'C' } }] } } }, ['A', 'C']],
    ['nothing', { DependsOn: { Ref: 'A' }, Properties: { One: 'A', Two: { 'Fn::ImportValue': 'B' } } }, []],
  ])('is %s', (_, body, expected) => {
    expect(before(body)).toEqual(expected);
  });
});
