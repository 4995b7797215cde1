import { literal, Text, textOf } from '../../../src/model/iam/text';
import { Json } from '../../../src/model/template';
import { appOf, StackOptions } from '../app-of';

const RESOURCES = { Repository: { Type: 'AWS::ECR::Repository' } };

function text(json: Json, options?: StackOptions): Text {
  return textOf(json, appOf(RESOURCES, options).stacks[0]);
}

const select = (index: Json, separator: Json, source: Json): Json => ({ 'Fn::Select': [index, { 'Fn::Split': [separator, source] }] });
const ARN: Json = { 'Fn::GetAtt': ['Repository', 'Arn'] };

describe('a part of a text that is split', () => {
  test.each<[string, Json, string]>([
    ['of a text', select(1, ',', 'a,b,c'), 'b'],
    ['with an index as text', select('2', ',', 'a,b,c'), 'c'],
    ['by more than one letter', select(1, '::', 'a::b'), 'b'],
    ['that is empty', select(1, ',', 'a,,c'), ''],
    ['of an ARN', select(3, ':', { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sqs:us-east-1:', { Ref: 'AWS::AccountId' }, ':orders']] }), 'us-east-1'],
    ['of the ARN of a resource', select(5, ':', { 'Fn::Sub': '${Repository.Arn}:more' }), 'repository/<name of Shop/Repository>'],
    ['the Region of a resource', select(3, ':', ARN), 'eu-west-1'],
  ])('is known: %s', (_, json, expected) => {
    expect(text(json, { region: 'eu-west-1' }).map((piece) => typeof piece === 'string' ? piece : `<${piece.id}>`).join('')).toBe(expected);
  });

  test('the Region of a resource is that of the deployment, where the app fixes none', () => {
    expect(text(select(3, ':', ARN))).toEqual([{ id: 'AWS::Region' }]);
  });

  test.each<[string, Json]>([
    ['the text may hold the separator', select(1, ':', { 'Fn::Sub': 'a:${Parameter}' })],
    ['a name is split by what it may hold', select(0, '-', { Ref: 'Repository' })],
    ['there are fewer parts', select(7, ',', 'a,b')],
    ['the index is none', select({ Ref: 'Index' }, ',', 'a,b')],
    ['the separator is none', select(0, { Ref: 'Separator' }, 'a,b')],
    ['the separator is empty', select(0, '', 'a,b')],
    ['a list of a parameter', { 'Fn::Select': [0, { Ref: 'List' }] }],
    ['a list', { 'Fn::Select': [0, ['a', 'b']] }],
    ['no arguments', { 'Fn::Select': 'a' }],
  ])('is not known: %s', (_, json) => {
    expect(literal(text(json))).toBeUndefined();
  });
});
