import { Json } from '../../src/model/template';
import { CrossReferences, Element, nameOf, Producer } from '../../src/plugin/cross-references';

const HERE: Producer = { path: 'Shop', stackName: 'Shop', account: '111122223333', region: 'eu-west-1' };
const BESIDE: Producer = { ...HERE, path: 'Prod/Queues', stackName: 'Queues' };
const ELSEWHERE: Producer = { ...BESIDE, path: 'Far', stackName: 'Far', region: 'us-east-1' };

/** The same id in all stacks. */
const ELEMENTS: readonly Element[] = [HERE, BESIDE, ELSEWHERE].map((stack) => ({ stack, id: 'Queue' }));
const [own, beside, far] = ELEMENTS.map((_, index) => nameOf(index));

const settle = (json: Json) => new CrossReferences(ELEMENTS).settle(json, HERE);

test.each<[string, Json, Json]>([
  ['a resource of the stack', { Ref: own }, { Ref: 'Queue' }],
  ['its attribute', { 'Fn::GetAtt': [own, 'Arn'] }, { 'Fn::GetAtt': ['Queue', 'Arn'] }],
  ['its attribute as text', { 'Fn::GetAtt': `${own}.Arn` }, { 'Fn::GetAtt': 'Queue.Arn' }],
  ['text that names it', { 'Fn::Sub': `x-\${${own}.Arn}-\${AWS::Region}` }, { 'Fn::Sub': 'x-${Queue.Arn}-${AWS::Region}' }],
  ['a member and what waits for it', { Resources: { [own]: { DependsOn: [own] } } }, { Resources: { Queue: { DependsOn: ['Queue'] } } }],
  ['what is no reference', [1, null, true, 'text', { Ref: 'AWS::Region' }, {}, { a: 1, b: 2 }], [1, null, true, 'text', { Ref: 'AWS::Region' }, {}, { a: 1, b: 2 }]],
  ['what nobody made', { Ref: nameOf(7) }, { Ref: nameOf(7) }],
  ['an attribute that the deployment decides', { 'Fn::GetAtt': [beside, { Ref: 'Name' }] }, { 'Fn::GetAtt': ['Queue', { Ref: 'Name' }] }],
  ['a resource of another stack', { Ref: beside }, { 'Fn::ImportValue': `${beside}.Ref` }],
  ['an attribute of it', { 'Fn::GetAtt': [beside, 'Arn'] }, { 'Fn::ImportValue': `${beside}.Arn` }],
  ['an attribute in another Region', { 'Fn::GetAtt': [far, 'Arn'] }, { 'Fn::GetStackOutput': { StackName: 'Far', OutputName: `${far}.Arn`, Region: 'us-east-1' } }],
  ['text that names both', { 'Fn::Sub': [`\${${own}} \${${beside}.Arn} \${Given}`, { Given: { Ref: own } }] }, {
    'Fn::Sub': [`\${Queue} \${${beside}.Arn} \${Given}`, { Given: { Ref: 'Queue' }, [`${beside}.Arn`]: { 'Fn::ImportValue': `${beside}.Arn` } }],
  }],
])('%s', (_, json, settled) => {
  expect(settle(json)).toEqual(settled);
});

test('what is imported is an output of its stack', () => {
  const references = new CrossReferences(ELEMENTS);
  references.settle([{ Ref: beside }, { 'Fn::GetAtt': [beside, 'Arn'] }, { 'Fn::GetAtt': [beside, 'Arn'] }, { Ref: own }], HERE);
  expect(references.outputsOf(BESIDE)).toEqual({
    [`${beside}.Ref`]: { Value: { Ref: 'Queue' }, Export: { Name: `${beside}.Ref` } },
    [`${beside}.Arn`]: { Value: { 'Fn::GetAtt': ['Queue', 'Arn'] }, Export: { Name: `${beside}.Arn` } },
  });
  expect([HERE, ELSEWHERE].map((stack) => references.outputsOf(stack))).toEqual([{}, {}]);
});
