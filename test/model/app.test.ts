import * as fc from 'fast-check';
import { anyJson } from './any-json';
import { appOf, sourceOf, stackIn, stackOf } from './app-of';
import { AppModel } from '../../src/model/app';
import { Json, JsonObject } from '../../src/model/template';

const FUNCTION: JsonObject = { Type: 'AWS::Lambda::Function' };

describe('resources', () => {
  test('are found by type, in the order of the templates', () => {
    const app = new AppModel([
      stackOf({ B: FUNCTION, Queue: { Type: 'AWS::SQS::Queue' }, A: FUNCTION }, { name: 'First' }),
      stackOf({ C: FUNCTION }, { name: 'Second' }),
    ]);
    expect(app.ofType('AWS::Lambda::Function').map(({ logicalId }) => logicalId)).toEqual(['B', 'A', 'C']);
    expect(app.ofType('AWS::SNS::Topic')).toEqual([]);
  });

  test('of nested stacks belong to the app, and know the stack that they are in', () => {
    const leaf = stackOf({ C: FUNCTION }, { name: 'Leaf' });
    const child = stackOf({ B: FUNCTION, Leaf: { Type: 'AWS::CloudFormation::Stack' } }, { name: 'Child', nested: { Leaf: leaf } });
    const app = appOf({ A: FUNCTION, Child: { Type: 'AWS::CloudFormation::Stack' } }, { nested: { Child: child } });
    expect(app.ofType('AWS::Lambda::Function').map(({ stack, logicalId }) => `${stack.name}/${logicalId}`)).toEqual(['Shop/A', 'Child/B', 'Leaf/C']);
    expect(stackIn(app, 'Leaf').parent?.stack).toBe(stackIn(app, 'Child'));
    expect(stackIn(app, 'Shop').parent).toBeUndefined();
  });
});

describe('garbage', () => {
  test.each<JsonObject>([{}, { Resources: null }, { Resources: [] }, { Resources: 'text' }, { Resources: [FUNCTION] }])('the template %j has no resources', (template) => {
    expect(new AppModel([sourceOf(template)]).stacks[0].resources).toEqual([]);
  });

  test.each<Json>([null, 'text', 3, [], [FUNCTION], {}, { Type: null }, { Type: 3 }, { Properties: { Timeout: 3 } }])('%j is no resource', (body) => {
    const app = appOf({ Odd: body, Orders: FUNCTION });
    expect(app.stacks[0].resources.map(({ logicalId }) => logicalId)).toEqual(['Orders']);
    expect(app.stacks[0].resource('Odd')).toBeUndefined();
  });

  test('a loop of the language extensions is no resource', () => {
    expect(appOf({ 'Fn::ForEach::Topics': ['Name', ['a'], { 'Topic${Name}': FUNCTION }] }).stacks[0].resources).toEqual([]);
  });

  test.each<Json>([null, [], 'text', { Out: null }, { Out: 'text' }, { Out: {} }, { Out: { Value: 1, Export: 'x' } }, { Out: { Value: 1, Export: { Name: { Ref: 'N' } } } }])(
    'outputs that are %j export nothing', (outputs) => {
      const [stack] = new AppModel([sourceOf({ Resources: {}, Outputs: outputs })]).stacks;
      expect(stack.exports('x')).toBeUndefined();
      expect(stack.output('Missing')).toBeUndefined();
      expect(stack.output('constructor')).toBeUndefined();
    });

  test.each<Json>([null, [], 'text', {}])('parameters that are %j are none', (parameters) => {
    const [stack] = new AppModel([sourceOf({ Resources: {}, Parameters: parameters })]).stacks;
    expect(stack.isParameter('Size')).toBe(false);
    expect(stack.isParameter('constructor')).toBe(false);
  });

  test('no template makes the model throw', () => {
    fc.assert(fc.property(anyJson, anyJson, anyJson, (resources, outputs, parameters) => {
      const [stack] = new AppModel([sourceOf({ Resources: resources, Outputs: outputs, Parameters: parameters })]).stacks;
      stack.exports('Orders');
      stack.output('Orders');
      stack.isParameter('Orders');
      for (const resource of stack.resources) expect(stack.resource(resource.logicalId)).toBe(resource);
    }));
  });
});

describe('a stack', () => {
  test('is found by its name where the name is its own', () => {
    const app = new AppModel([stackOf({}, { name: 'A', region: 'eu-west-1' }), stackOf({}, { name: 'B', region: 'eu-west-1' }), stackOf({}, { name: 'B', region: 'us-east-1' })]);
    expect(app.stackNamed('A')).toBe(app.stacks[0]);
    expect(app.stackNamed('A', 'us-east-1')).toBeUndefined();
    expect(app.stackNamed('B')).toBeUndefined();
    expect(app.stackNamed('B', 'us-east-1')).toBe(app.stacks[2]);
    expect(app.stackNamed('C')).toBeUndefined();
  });

  test('knows its parameters, outputs and assets', () => {
    const [stack] = appOf({}, {
      parameters: { Size: { Type: 'Number' } },
      outputs: { Name: { Value: 'orders', Export: { Name: 'shop-orders' } } },
      assets: { 'code.zip': 10 },
    }).stacks;
    expect(stack.isParameter('Size')).toBe(true);
    expect(stack.output('Name')).toBe('orders');
    expect(stack.exports('shop-orders')).toBe('orders');
    expect(stack.asset('code.zip')?.contents()).toMatchObject({ kind: 'opened', bytes: 10 });
    expect(stack.asset('other.zip')).toBeUndefined();
  });
});
