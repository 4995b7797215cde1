import * as fc from 'fast-check';
import { anyJson } from './any-json';
import { appOf, resourceIn, StackOptions, stackOf } from './app-of';
import { AppModel } from '../../src/model/app';
import { declaredArchitectures, declaredBytes } from '../../src/model/declared-layers';
import { literal } from '../../src/model/iam/text';
import { layersOf } from '../../src/model/layers';
import { DeclaredLayer, Json, JsonObject } from '../../src/model/template';

const COMMON: JsonObject = { Type: 'AWS::Lambda::LayerVersion', Properties: { LayerName: 'common' } };
const ARN = 'arn:aws:lambda:eu-west-1:111122223333:layer:common:7';

const fn = (Layers: Json): JsonObject => ({ Type: 'AWS::Lambda::Function', Properties: { Layers } });

function uses(layers: Json, options: StackOptions = {}) {
  return layersOf(resourceIn(appOf({ Orders: fn(layers), Common: COMMON, Other: { Type: 'Custom::Other' } }, options), 'Orders'));
}

/** The parts of an ARN, `?` for what is not known. */
function partsOf(entry: Json, options?: StackOptions) {
  const arn = uses([entry], options)?.[0].arn;
  return arn && [arn.partition, arn.region, arn.account, arn.name, arn.version].map((part) => literal(part) ?? '?').join(' ');
}

describe('the layers of a function', () => {
  test.each<Json>([{ Ref: 'Layers' }, { 'Fn::If': ['IsTest', [], [ARN]] }, 'no list'])('are not known where they are %j', (layers) => {
    expect(uses(layers)).toBeUndefined();
  });

  test('are none where there is no list', () => {
    expect(uses({ Ref: 'AWS::NoValue' })).toEqual([]);
  });

  test.each<Json>([
    { Ref: 'Common' },
    { 'Fn::GetAtt': ['Common', 'LayerVersionArn'] },
    { 'Fn::Join': ['content', [{ Ref: 'Common' }]] },
  ])('are resources of the app where the entry is %j', (entry) => {
    expect(uses([entry])?.map(({ resource }) => resource?.logicalId)).toEqual(['Common']);
  });

  test.each<Json>([
    { 'Fn::If': ['IsTest', { Ref: 'Common' }, { Ref: 'AWS::NoValue' }] },
    { 'Fn::Sub': '${Common}:1' },
    { Ref: 'Other' },
    { Ref: 'Layer' },
    ARN,
  ])('are none where the entry is %j', (entry) => {
    expect(uses([entry])?.map(({ resource }) => resource)).toEqual([undefined]);
  });
});

describe('the parts of an ARN', () => {
  test.each<[Json, StackOptions, string | undefined]>([
    [ARN, {}, 'aws eu-west-1 111122223333 common 7'],
    [{ 'Fn::Sub': 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:layer:common:7' }, {}, '? ? ? common 7'],
    [{ 'Fn::Sub': 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:layer:common:7' }, { region: 'cn-north-1', account: '111122223333' }, 'aws-cn cn-north-1 111122223333 common 7'],
    [{ 'Fn::Join': [':', ['arn', 'aws', 'lambda', 'eu-west-1', '111122223333', 'layer', 'common', { Ref: 'Version' }]] }, {}, 'aws eu-west-1 111122223333 common ?'],
    [{ Ref: 'Common' }, { region: 'eu-west-1' }, 'aws eu-west-1 ? common ?'],
    [{ Ref: 'Layer' }, {}, undefined],
    ['arn:aws:lambda:::awslayer:AmazonLinux1803', {}, undefined],
    ['arn:aws:lambda:eu-west-1:111122223333:layer:common', {}, undefined],
    ['arn:aws:lambda:eu-west-1:111122223333:function:common:7', {}, undefined],
    [`${ARN}:8`, {}, undefined],
    ['', {}, undefined],
  ])('%j with %j', (entry, options, parts) => {
    expect(partsOf(entry, options)).toBe(parts);
  });

  test('are told of any entry without throwing', () => {
    fc.assert(fc.property(anyJson, (json) => {
      uses(json);
      uses([json]);
    }), { numRuns: 300 });
  });
});

describe('what is declared of a layer', () => {
  function declared(entry: Json, layers: readonly DeclaredLayer[], options: StackOptions = {}) {
    const { stacks: [stack] } = appOf({ Orders: fn([entry]) }, { ...options, declaredLayers: layers });
    return [declaredBytes(entry, stack), declaredArchitectures(entry, stack)];
  }

  test('holds for its ARN, and for no other', () => {
    const layers = [{ arn: ARN, bytes: 5, architectures: ['arm64'] }];
    expect(declared(ARN, layers)).toEqual([5, ['arm64']]);
    expect(declared(`${ARN}1`, layers)).toEqual([undefined, undefined]);
  });

  test.each<Json>([
    { Ref: 'Layer' },
    { 'Fn::Sub': 'arn:aws:lambda:${AWS::Region}:111122223333:layer:common:7' },
  ])('holds for %j in the same stack', (arn) => {
    expect(declared(arn, [{ arn, bytes: 5 }])).toEqual([5, undefined]);
    expect(declared({ Ref: 'Another' }, [{ arn, bytes: 5 }])).toEqual([undefined, undefined]);
  });

  test('holds in another stack where all of the ARN is known, and not for a parameter of the same name', () => {
    const declarations = stackOf({}, { name: 'Declares', region: 'eu-west-1', declaredLayers: [{ arn: { Ref: 'Layer' }, bytes: 5 }, { arn: { 'Fn::Sub': ARN.replace('eu-west-1', '${AWS::Region}') }, bytes: 6 }] });
    const { stacks: [stack] } = new AppModel([stackOf({}), declarations]);
    expect(declaredBytes({ Ref: 'Layer' }, stack)).toBeUndefined();
    expect(declaredBytes(ARN, stack)).toBe(6);
  });

  test('is not known where two say different things, each thing by itself', () => {
    expect(declared(ARN, [{ arn: ARN, bytes: 5, architectures: ['arm64'] }, { arn: ARN, bytes: 6, architectures: ['arm64'] }, { arn: ARN }])).toEqual([undefined, ['arm64']]);
    expect(declared(ARN, [{ arn: ARN, bytes: 5 }, { arn: ARN, bytes: 5 }])).toEqual([5, undefined]);
  });
});
