import * as fc from 'fast-check';
import { Json } from '../../src/model/template';

/** Names that templates and JavaScript itself give a meaning to. */
const NAMES = ['Orders', 'Queue', 'Nested', 'Size', 'AWS::Region', 'AWS::NoValue', 'constructor', 'toString', '__proto__'];

const INTRINSICS = [
  'Ref', 'Fn::GetAtt', 'Fn::Sub', 'Fn::Join', 'Fn::Select', 'Fn::Split', 'Fn::If', 'Fn::ImportValue', 'Fn::GetStackOutput', 'Fn::Transform',
];

const scalar = fc.oneof(
  fc.constantFrom<Json>(...NAMES, 'Orders.Arn', 'Nested.Outputs.Name', '${Orders}', '${AWS::Region}', '${Nested.Outputs.Name}', ''),
  fc.constantFrom<Json>(null, true, false, 0, -1, 128),
  fc.string(),
  fc.integer(),
  fc.constantFrom<Json>(0.5, -1.5, 1e21),
);

/** Any JSON, with intrinsic functions well and badly formed. */
export const anyJson: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    scalar,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...NAMES, ...INTRINSICS), fc.string()), tie('json'), { maxKeys: 3, noNullPrototype: true }),
    fc.tuple(fc.constantFrom(...INTRINSICS), tie('json')).map(([name, argument]) => ({ [name]: argument })),
  ),
})).json;

/** JSON without anything that is decided later. */
export const plainJson: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.boolean(),
    fc.integer(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(fc.string().filter((key) => key !== 'Ref' && !key.startsWith('Fn::')), tie('json'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).json;

/** Something decided at deployment, in any place of anything. */
export const somethingUnknown: fc.Arbitrary<Json> = fc.letrec<{ unknown: Json }>((tie) => ({
  unknown: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(
      { Ref: 'Size' },
      { Ref: 'Orders' },
      { 'Fn::GetAtt': ['Orders', 'Arn'] },
      { 'Fn::ImportValue': 'somewhere-else' },
      { 'Fn::Sub': 'text with ${Size}' },
      { 'Fn::Sub': ['text with ${Value}', { Value: 'a' }] },
      { 'Fn::If': ['IsProd', 1, 2] },
      { Ref: 'AWS::StackId' },
    ),
    fc.tuple(plainJson, tie('unknown'), plainJson).map((list) => list as Json),
    fc.tuple(fc.string(), tie('unknown'), fc.string(), plainJson).map(([key, value, other, rest]) => ({ [other]: rest, [key]: value })),
    fc.tuple(fc.string(), tie('unknown')).map(([delimiter, value]) => ({ 'Fn::Join': [delimiter, ['a', value]] })),
    fc.tuple(fc.constantFrom(...INTRINSICS), tie('unknown')).map(([name, value]) => ({ [name]: value })),
  ),
})).unknown;
