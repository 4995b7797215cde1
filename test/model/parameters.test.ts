import { appOf, stackIn, stackOf } from './app-of';
import { AppModel } from '../../src/model/app';
import { parametersIn } from '../../src/model/parameters';
import { Json, JsonObject } from '../../src/model/template';

const PARAMETERS = { Tag: { Type: 'String' }, Stage: { Type: 'String' } };
const inStack = (json: Json, parameters: JsonObject = PARAMETERS) => parametersIn(json, appOf({ Orders: { Type: 'AWS::Lambda::Function' } }, { parameters }).stacks[0]);

test.each<[string, Json, string[]]>([
  ['a reference', { Ref: 'Tag' }, ['Tag']],
  ['references in a value, once each', { a: [{ Ref: 'Tag' }, { 'Fn::Join': ['', [{ Ref: 'Stage' }, { Ref: 'Tag' }]] }] }, ['Tag', 'Stage']],
  ['names in a text', { 'Fn::Sub': '${Tag}-${AWS::Region}-${!Stage}-${Orders.Arn}' }, ['Tag']],
  ['names in a text with variables', { 'Fn::Sub': ['${Tag}-${Other}', { Tag: 'known', Other: { Ref: 'Stage' } }] }, ['Stage']],
  ['what a condition chooses', { 'Fn::If': ['IsProd', { Ref: 'Tag' }, 'x'] }, ['Tag']],
  ['a resource', { Ref: 'Orders' }, []],
  ['what is not there', { Ref: 'Nothing' }, []],
  ['what every object has', { Ref: 'constructor' }, []],
  ['no text', { Ref: ['Tag'] }, []],
  ['a text', 'Tag', []],
])('%s', (_, json, names) => {
  expect(inStack(json)).toEqual(names);
});

test('nothing at all has none', () => {
  expect(parametersIn(undefined, appOf({}).stacks[0])).toEqual([]);
});

test('parameters of assets are none', () => {
  const name = `AssetParameters${'0a'.repeat(32)}S3VersionKey1234ABCD`;
  expect(inStack({ Ref: name }, { [name]: { Type: 'String' } })).toEqual([]);
});

describe('in a nested stack', () => {
  const nestedWith = (given: JsonObject) => new AppModel([stackOf(
    { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: given } }, Table: { Type: 'AWS::DynamoDB::Table' } },
    { parameters: PARAMETERS, nested: { Nested: stackOf({}, { name: 'Nested', parameters: { Given: { Type: 'String' } } }) } },
  )]);

  test.each<[string, JsonObject, string[]]>([
    ['that its parent has as a parameter', { Given: { 'Fn::Sub': 'v${Tag}' } }, ['Given']],
    ['that its parent knows', { Given: 'x' }, []],
    ['that is a resource of its parent', { Given: { Ref: 'Table' } }, []],
    ['that nobody gives', {}, []],
  ])('a parameter %s', (_, given, names) => {
    expect(parametersIn({ Ref: 'Given' }, stackIn(nestedWith(given), 'Nested'))).toEqual(names);
  });
});
