import { appOf, resourceIn, StackOptions, stackOf } from './app-of';
import { AppModel } from '../../src/model/app';
import { knownBytes, packageParts } from '../../src/model/package-parts';
import { Json, JsonObject } from '../../src/model/template';

const CODE: JsonObject = { S3Bucket: 'assets', S3Key: 'code.zip' };
const ASSETS = { 'code.zip': 1000, 'common.zip': 200 };
const COMMON: JsonObject = { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'common.zip' } } };

function fn(properties: JsonObject): JsonObject {
  return { Type: 'AWS::Lambda::Function', Properties: properties };
}

function partsOf(properties: JsonObject, others: JsonObject = {}, options: StackOptions = { assets: ASSETS }) {
  const parts = packageParts(resourceIn(appOf({ Orders: fn(properties), ...others }, options), 'Orders'));
  return parts.map(({ contents, layer, ...rest }) => rest);
}

describe('code', () => {
  test('in the template counts its bytes, not its characters', () => {
    expect(partsOf({ Code: { ZipFile: 'é' } })).toEqual([{ kind: 'code', name: 'inline code', bytes: 2 }]);
  });

  test('in the template that is put together at deployment has unknown bytes', () => {
    expect(partsOf({ Code: { ZipFile: { 'Fn::Sub': 'x = "${Queue}"' } } })).toMatchObject([{ kind: 'code', unknown: expect.any(String) }]);
  });

  test('of an asset has the bytes and the name of the asset', () => {
    expect(partsOf({ Code: CODE })).toEqual([{ kind: 'code', name: 'code.zip', bytes: 1000 }]);
  });

  test('of an asset that cannot be read says why', () => {
    expect(partsOf({ Code: CODE }, {}, { assets: { 'code.zip': 'code.zip is not there' } }))
      .toEqual([{ kind: 'code', name: 'code.zip', unknown: 'code.zip is not there' }]);
  });

  test.each<[JsonObject, string]>([
    [{ S3Bucket: 'releases', S3Key: 'orders.zip' }, 's3://releases/orders.zip'],
    [{ S3Bucket: { Ref: 'Bucket' }, S3Key: 'orders.zip' }, 's3://?/orders.zip'],
    [{ S3Bucket: 'releases', S3Key: { Ref: 'Key' } }, 'code'],
    [{}, 'code'],
  ])('%j is not an asset of this app', (code, name) => {
    expect(partsOf({ Code: code })).toEqual([{ kind: 'code', name, unknown: 'not an asset of this app' }]);
  });

  test('with the package type Zip is the same as without', () => {
    expect(partsOf({ Code: CODE, PackageType: 'Zip' })).toEqual(partsOf({ Code: CODE }));
  });

  test.each<Json>(['Image', { Ref: 'PackageType' }])('with the package type %j has no parts', (packageType) => {
    expect(partsOf({ PackageType: packageType, Code: { ImageUri: 'repository:tag' } })).toEqual([]);
  });
});

describe('layers', () => {
  test('of the same stack have the bytes of their asset, in the order of the function', () => {
    const second: JsonObject = { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'code.zip' } } };
    expect(partsOf({ Code: CODE, Layers: [{ Ref: 'Second' }, { Ref: 'Common' }] }, { Common: COMMON, Second: second })).toEqual([
      { kind: 'code', name: 'code.zip', bytes: 1000 },
      { kind: 'layer', name: 'Second (code.zip)', bytes: 1000 },
      { kind: 'layer', name: 'Common (common.zip)', bytes: 200 },
    ]);
  });

  test('are called by their construct path and their asset', () => {
    const [, layer] = partsOf({ Code: CODE, Layers: [{ Ref: 'Common' }] }, { Common: COMMON }, { assets: ASSETS, constructPaths: { Common: 'Shop/Common/Resource' } });
    expect(layer.name).toBe('Shop/Common (common.zip)');
  });

  test('of another stack by an export have the bytes of the asset there', () => {
    const base = stackOf({ Common: COMMON }, { name: 'Base', assets: { 'common.zip': 200 }, outputs: { Out: { Value: { Ref: 'Common' }, Export: { Name: 'common' } } } });
    const shop = stackOf({ Orders: fn({ Code: CODE, Layers: [{ 'Fn::ImportValue': 'common' }] }) }, { assets: { 'code.zip': 1000 } });
    expect(packageParts(resourceIn(new AppModel([base, shop]), 'Orders'))[1]).toMatchObject({ kind: 'layer', name: 'Common (common.zip)', bytes: 200 });
  });

  test('of another stack by a weak reference have the bytes of the asset there', () => {
    const base = stackOf({ Common: COMMON }, { name: 'Base', assets: { 'common.zip': 200 }, outputs: { Out: { Value: { Ref: 'Common' } } } });
    const weak = { 'Fn::GetStackOutput': { StackName: 'Base', OutputName: 'Out', Region: { Ref: 'AWS::Region' } } };
    const shop = stackOf({ Orders: fn({ Code: CODE, Layers: [weak] }) }, { assets: { 'code.zip': 1000 } });
    expect(packageParts(resourceIn(new AppModel([base, shop]), 'Orders'))[1]).toMatchObject({ kind: 'layer', name: 'Common (common.zip)', bytes: 200 });
  });

  test('by ARN are called by it and have unknown bytes', () => {
    const arn = 'arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:64';
    expect(partsOf({ Code: CODE, Layers: [arn, { Ref: 'LayerArn' }] }).slice(1)).toEqual([
      { kind: 'layer', name: arn, unknown: 'not in this app' },
      { kind: 'layer', name: 'layer 2', unknown: 'not in this app' },
    ]);
  });

  test('whose asset cannot be read say why', () => {
    const [, layer] = partsOf({ Code: CODE, Layers: [{ Ref: 'Common' }] }, { Common: COMMON }, { assets: { 'common.zip': 'no permission' } });
    expect(layer).toEqual({ kind: 'layer', name: 'Common (common.zip)', unknown: 'no permission' });
  });

  test('that name something else than a layer have unknown bytes', () => {
    expect(partsOf({ Code: CODE, Layers: [{ Ref: 'Queue' }] }, { Queue: { Type: 'AWS::SQS::Queue' } })[1].unknown).toBe('not in this app');
  });

  test.each<Json>([{ Ref: 'Layers' }, { 'Fn::If': ['IsProd', ['arn'], { Ref: 'AWS::NoValue' }] }])('a list that is decided at deployment, %j, is a part of unknown bytes', (layers) => {
    expect(partsOf({ Code: CODE, Layers: layers }).slice(1)).toMatchObject([{ kind: 'layer', unknown: expect.any(String) }]);
  });

  test('that are left out by NoValue are no parts', () => {
    expect(partsOf({ Code: CODE, Layers: { Ref: 'AWS::NoValue' } })).toHaveLength(1);
    expect(partsOf({ Code: CODE, Layers: [{ Ref: 'AWS::NoValue' }] })).toHaveLength(1);
  });
});

test('the known bytes are those of all parts that are known', () => {
  expect(knownBytes([])).toBe(0);
  expect(knownBytes([{ kind: 'code', name: 'a', bytes: 5 }, { kind: 'layer', name: 'b', unknown: 'x' }, { kind: 'layer', name: 'c', bytes: 7 }])).toBe(12);
});
