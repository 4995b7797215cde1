import * as fc from 'fast-check';
import { anyJson } from './any-json';
import { appOf, resourceIn, sourceOf, stackIn, stackOf } from './app-of';
import { AppModel } from '../../src/model/app';
import { referenceIn } from '../../src/model/reference';
import { Json, JsonObject } from '../../src/model/template';

const ORDERS: JsonObject = { Type: 'AWS::Lambda::Function' };
const LIVE: JsonObject = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, Name: 'live' } };
const QUEUE: JsonObject = { Type: 'AWS::SQS::Queue' };
const LAYER: JsonObject = { Type: 'AWS::Lambda::LayerVersion' };

/** What a value in a stack with a function, an alias and a queue refers to, as text. */
function referred(json: Json) {
  return show(referenceIn(json, appOf({ Orders: ORDERS, Live: LIVE, Queue: QUEUE }).stacks[0]));
}

function show(reference: ReturnType<typeof referenceIn>) {
  return reference && `${reference.resource.stack.name}/${reference.resource.logicalId} ${reference.attribute}${reference.exact ? '' : ' (part)'}`;
}

describe('within a template', () => {
  test.each<[string, Json, string]>([
    ['a Ref', { Ref: 'Orders' }, 'Shop/Orders Ref'],
    ['an attribute as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Shop/Queue Arn'],
    ['an attribute as text', { 'Fn::GetAtt': 'Queue.Arn' }, 'Shop/Queue Arn'],
    ['an attribute of an attribute', { 'Fn::GetAtt': ['Queue', 'Endpoint.Port'] }, 'Shop/Queue Endpoint.Port'],
    ['an attribute of an attribute as text', { 'Fn::GetAtt': 'Queue.Endpoint.Port' }, 'Shop/Queue Endpoint.Port'],
    ['a name in a text', { 'Fn::Sub': 'queue ${Queue}' }, 'Shop/Queue Ref (part)'],
    ['an attribute in a text', { 'Fn::Sub': '${Queue.Arn}/*' }, 'Shop/Queue Arn (part)'],
    ['a variable of a text', { 'Fn::Sub': ['${Name}/*', { Name: { 'Fn::GetAtt': ['Queue', 'Arn'] } }] }, 'Shop/Queue Arn (part)'],
    ['a variable that hides a resource', { 'Fn::Sub': ['${Orders}', { Orders: { Ref: 'Queue' } }] }, 'Shop/Queue Ref (part)'],
    ['a join', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Orders', 'Arn'] }, ':live']] }, 'Shop/Orders Arn (part)'],
    ['a join of one, whatever it is joined with', { 'Fn::Join': ['hash', [{ 'Fn::GetAtt': ['Orders', 'Arn'] }]] }, 'Shop/Orders Arn'],
    ['a part cut from a reference', { 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: 'Live' }] }] }, 'Shop/Live Ref (part)'],
    [
      'the function name of an alias as the CDK writes it',
      { 'Fn::Join': ['', [{ 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: 'Live' }] }] }, ':live']] },
      'Shop/Live Ref (part)',
    ],
    ['a choice where one branch is left out', { 'Fn::If': ['IsProd', { Ref: 'Queue' }, { Ref: 'AWS::NoValue' }] }, 'Shop/Queue Ref (part)'],
    ['an object with one reference in it', { RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } } }, 'Shop/Queue Arn (part)'],
    ['the same resource twice', { 'Fn::Join': ['', [{ Ref: 'Queue' }, { 'Fn::GetAtt': ['Queue', 'Arn'] }]] }, 'Shop/Queue Ref (part)'],
  ])('%s refers to the resource', (_, json, expected) => {
    expect(referred(json)).toBe(expected);
  });

  test.each<[string, Json | undefined]>([
    ['nothing', undefined],
    ['a text', 'Orders'],
    ['a number', 3],
    ['null', null],
    ['a pseudo parameter', { Ref: 'AWS::Region' }],
    ['a name that is not there', { Ref: 'NotThere' }],
    ['a Ref to something else than a name', { Ref: ['Orders'] }],
    ['an attribute without a name', { 'Fn::GetAtt': 'Orders' }],
    ['an attribute of a number', { 'Fn::GetAtt': 5 }],
    ['an attribute of no resource', { 'Fn::GetAtt': '.Arn' }],
    ['an attribute of an object', { 'Fn::GetAtt': [{ toString: 1 }, 'Arn'] }],
    ['an escaped variable', { 'Fn::Sub': '${!Orders}' }],
    ['a substitution in no text', { 'Fn::Sub': { Ref: 'Orders' } }],
    ['two resources', { 'Fn::Join': ['', [{ Ref: 'Orders' }, { Ref: 'Queue' }]] }],
    ['two resources in a text', { 'Fn::Sub': '${Orders}/${Queue}' }],
    ['a choice between two resources', { 'Fn::If': ['IsProd', { Ref: 'Orders' }, { Ref: 'Queue' }] }],
    ['an import of what nobody exports', { 'Fn::ImportValue': 'nobody' }],
    ['an import by no name', { 'Fn::ImportValue': { Ref: 'Orders' } }],
    ['an output of an unknown stack', { 'Fn::GetStackOutput': { StackName: 'Nobody', OutputName: 'Name' } }],
    ['an output of nothing', { 'Fn::GetStackOutput': 'Nobody' }],
  ])('%s refers to no resource', (_, json) => {
    expect(json === undefined ? referenceIn(json, appOf({ Orders: ORDERS }).stacks[0]) : referred(json)).toBeUndefined();
  });

  test('a resource is found whatever its name', () => {
    const [stack] = appOf({ constructor: QUEUE, toString: QUEUE }).stacks;
    expect(show(referenceIn({ 'Fn::Sub': ['${constructor}', { Other: 'x' }] }, stack))).toBe('Shop/constructor Ref (part)');
    expect(show(referenceIn({ Ref: 'toString' }, stack))).toBe('Shop/toString Ref');
  });
});

describe('exports and imports', () => {
  const exported = { Out: { Value: { Ref: 'Common' }, Export: { Name: 'Base:Common' } } };
  const base = stackOf({ Common: LAYER }, { name: 'Base', outputs: exported });
  const user = (layer: Json) => ({ Orders: { Type: 'AWS::Lambda::Function', Properties: { Layers: [layer] } } });
  const layerOf = (app: AppModel) => show(resourceIn(app, 'Orders').reference('Layers'));

  test('an import refers to the resource that another stack exports', () => {
    expect(layerOf(new AppModel([base, stackOf(user({ 'Fn::ImportValue': 'Base:Common' }))]))).toBe('Base/Common Ref (part)');
  });

  test('an export may hand on an import', () => {
    const middle = stackOf({}, { name: 'Middle', outputs: { Again: { Value: { 'Fn::ImportValue': 'Base:Common' }, Export: { Name: 'Middle:Common' } } } });
    expect(layerOf(new AppModel([base, middle, stackOf(user({ 'Fn::ImportValue': 'Middle:Common' }))]))).toBe('Base/Common Ref (part)');
  });

  test('exports do not cross Regions or accounts', () => {
    const here = { region: 'eu-west-1', account: '1' };
    const elsewhere = { ...here, name: 'Base', outputs: exported };
    const consumer = stackOf(user({ 'Fn::ImportValue': 'Base:Common' }), here);
    expect(layerOf(new AppModel([stackOf({ Common: LAYER }, elsewhere), consumer]))).toBe('Base/Common Ref (part)');
    expect(layerOf(new AppModel([stackOf({ Common: LAYER }, { ...elsewhere, region: 'us-east-1' }), consumer]))).toBeUndefined();
    expect(layerOf(new AppModel([stackOf({ Common: LAYER }, { ...elsewhere, account: '2' }), consumer]))).toBeUndefined();
  });

  test('a name that two stacks export names neither, since their accounts must differ', () => {
    const twin = stackOf({ Common: LAYER }, { name: 'Twin', outputs: exported });
    expect(layerOf(new AppModel([base, twin, stackOf(user({ 'Fn::ImportValue': 'Base:Common' }))]))).toBeUndefined();
  });

  test('exports that import each other end nowhere', () => {
    const a = stackOf({}, { name: 'A', outputs: { Out: { Value: { 'Fn::ImportValue': 'b' }, Export: { Name: 'a' } } } });
    const b = stackOf({}, { name: 'B', outputs: { Out: { Value: { 'Fn::ImportValue': 'a' }, Export: { Name: 'b' } } } });
    expect(layerOf(new AppModel([a, b, stackOf(user({ 'Fn::ImportValue': 'a' }))]))).toBeUndefined();
  });
});

describe('weak references between stacks', () => {
  const outputs = { LayerArn: { Value: { Ref: 'Common' } } };
  const consume = (argument: JsonObject, region?: string) =>
    stackOf({ Orders: { Type: 'AWS::Lambda::Function', Properties: { Layers: [{ 'Fn::GetStackOutput': argument }] } } }, { region });
  const layerOf = (app: AppModel) => {
    const reference = resourceIn(app, 'Orders').reference('Layers');
    return reference && `${reference.resource.stack.name}/${reference.resource.logicalId} in ${reference.resource.stack.region}`;
  };
  const europe = stackOf({ Common: LAYER }, { name: 'Base', region: 'eu-west-1', outputs });
  const america = stackOf({ Common: LAYER }, { name: 'Base', region: 'us-east-1', outputs });

  test('an output is found by the name of its stack', () => {
    expect(layerOf(new AppModel([europe, consume({ StackName: 'Base', OutputName: 'LayerArn' })]))).toBe('Base/Common in eu-west-1');
  });

  test('a Region picks one of two stacks with the same name', () => {
    const argument = { StackName: 'Base', OutputName: 'LayerArn', Region: 'us-east-1' };
    expect(layerOf(new AppModel([europe, america, consume(argument, 'eu-west-1')]))).toBe('Base/Common in us-east-1');
  });

  test('a Region in which no such stack is finds none', () => {
    const argument = { StackName: 'Base', OutputName: 'LayerArn', Region: 'ap-south-1' };
    expect(layerOf(new AppModel([europe, consume(argument, 'eu-west-1')]))).toBeUndefined();
  });

  test('the Region of the stack itself is understood', () => {
    const argument = { StackName: 'Base', OutputName: 'LayerArn', Region: { Ref: 'AWS::Region' } };
    expect(layerOf(new AppModel([europe, consume(argument, 'eu-west-1')]))).toBe('Base/Common in eu-west-1');
    expect(layerOf(new AppModel([europe, america, consume(argument, 'us-east-1')]))).toBe('Base/Common in us-east-1');
  });

  test('without a Region, the one of the stack itself is meant', () => {
    expect(layerOf(new AppModel([europe, america, consume({ StackName: 'Base', OutputName: 'LayerArn' }, 'us-east-1')]))).toBe('Base/Common in us-east-1');
  });

  test('two stacks of one name are ambiguous where the Region is open', () => {
    const argument = { StackName: 'Base', OutputName: 'LayerArn', Region: { Ref: 'AWS::Region' } };
    expect(layerOf(new AppModel([europe, america, consume(argument)]))).toBeUndefined();
  });

  test('an output that is not there refers to nothing', () => {
    expect(layerOf(new AppModel([europe, consume({ StackName: 'Base', OutputName: 'Other' })]))).toBeUndefined();
    expect(layerOf(new AppModel([europe, consume({ OutputName: 'LayerArn' })]))).toBeUndefined();
  });
});

describe('nested stacks', () => {
  const nestedResource = (parameters: JsonObject = {}): JsonObject => ({ Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: parameters } });
  const mapping = (functionName: Json) => ({ Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: functionName } });
  const mapped = (app: AppModel) => show(resourceIn(app, 'Mapping').reference('FunctionName'));

  test('a parameter refers to what the parent sets it to', () => {
    const child = stackOf({ Mapping: mapping({ Ref: 'Target' }) }, { name: 'Child', parameters: { Target: { Type: 'String' } } });
    const app = appOf({ Orders: ORDERS, Nested: nestedResource({ Target: { 'Fn::GetAtt': ['Orders', 'Arn'] } }) }, { nested: { Nested: child } });
    expect(mapped(app)).toBe('Shop/Orders Arn');
  });

  test('an output refers to what the child puts out', () => {
    const child = stackOf({ Orders: ORDERS }, { name: 'Child', outputs: { Name: { Value: { Ref: 'Orders' } } } });
    for (const output of [['Nested', 'Outputs.Name'], 'Nested.Outputs.Name']) {
      const app = appOf({ Mapping: mapping({ 'Fn::GetAtt': output }), Nested: nestedResource() }, { nested: { Nested: child } });
      expect(mapped(app)).toBe('Child/Orders Ref');
    }
  });

  test('references pass from one nested stack to its sibling', () => {
    const maker = stackOf({ Orders: ORDERS }, { name: 'Maker', outputs: { Name: { Value: { Ref: 'Orders' } } } });
    const user = stackOf({ Mapping: mapping({ Ref: 'Target' }) }, { name: 'User', parameters: { Target: { Type: 'String' } } });
    const app = appOf(
      { Maker: nestedResource(), User: nestedResource({ Target: { 'Fn::GetAtt': ['Maker', 'Outputs.Name'] } }) },
      { nested: { Maker: maker, User: user } },
    );
    expect(mapped(app)).toBe('Maker/Orders Ref');
  });

  test('references pass through three levels', () => {
    const parameters = { Target: { Type: 'String' } };
    const leaf = stackOf({ Mapping: mapping({ Ref: 'Target' }) }, { name: 'Leaf', parameters });
    const middle = stackOf({ Leaf: nestedResource({ Target: { Ref: 'Target' } }) }, { name: 'Middle', parameters, nested: { Leaf: leaf } });
    const app = appOf({ Orders: ORDERS, Middle: nestedResource({ Target: { Ref: 'Orders' } }) }, { nested: { Middle: middle } });
    expect(mapped(app)).toBe('Shop/Orders Ref');
  });

  test.each<[string, JsonObject]>([
    ['is not set', {}],
    ['is set to a text', { Target: 'orders' }],
    ['is set to a parameter of the parent', { Target: { Ref: 'Given' } }],
  ])('a parameter that %s refers to nothing', (_, parameters) => {
    const child = stackOf({ Mapping: mapping({ Ref: 'Target' }) }, { name: 'Child', parameters: { Target: { Type: 'String' } } });
    const app = appOf({ Nested: nestedResource(parameters) }, { nested: { Nested: child }, parameters: { Given: { Type: 'String' } } });
    expect(mapped(app)).toBeUndefined();
  });

  test('a name that is no parameter is not looked up in the parent', () => {
    const child = stackOf({ Mapping: mapping({ Ref: 'Target' }) }, { name: 'Child' });
    const app = appOf({ Orders: ORDERS, Nested: nestedResource({ Target: { Ref: 'Orders' } }) }, { nested: { Nested: child } });
    expect(mapped(app)).toBeUndefined();
  });

  test('an output of a nested stack whose template is not in the app refers to nothing', () => {
    expect(mapped(appOf({ Mapping: mapping({ 'Fn::GetAtt': ['Nested', 'Outputs.Name'] }), Nested: nestedResource() }))).toBeUndefined();
  });

  test('a parameter that is set to the output it makes ends nowhere', () => {
    const times = (text: string) => ({ 'Fn::Sub': text.repeat(6) });
    const child = stackOf(
      { Mapping: mapping({ Ref: 'Target' }) },
      { name: 'Child', parameters: { Target: { Type: 'String' } }, outputs: { Name: { Value: times('${Target}') } } },
    );
    const app = appOf({ Nested: nestedResource({ Target: times('${Nested.Outputs.Name}') }) }, { nested: { Nested: child } });
    const start = performance.now();
    expect(mapped(app)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('whatever the template', () => {
  test('nothing throws, and what is found is a resource of the app', () => {
    fc.assert(fc.property(anyJson, anyJson, anyJson, anyJson, (json, given, output, resources) => {
      const child = stackOf({ Orders: ORDERS }, { name: 'Child', parameters: { Size: {} }, outputs: { Name: { Value: output, Export: { Name: 'Orders' } } } });
      const app = appOf(
        { Orders: ORDERS, Queue: QUEUE, Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: given } } },
        { nested: { Nested: child } },
      );
      const garbage = new AppModel([sourceOf({ Resources: resources, Outputs: output, Parameters: given }, { name: 'Garbage' })]);
      for (const stack of [...app.stacks, ...garbage.stacks]) {
        const resource = referenceIn(json, stack)?.resource;
        if (resource) expect(stackIn(stack.app, resource.stack.name).resource(resource.logicalId)).toBe(resource);
      }
    }), { numRuns: 1000 });
  });
});
