import { App, Aws, CfnResource, IResolvable, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { canBeRead, isBeingRead, read } from '../../src/support/being-read';

const NAMES = new Map<IResolvable, string>();

/** A value of each kind that the CDK works out once, and what they are next. */
function lazies() {
  let count = 0;
  const produce = () => ++count;
  const text = () => `${produce()}`;
  const list = Lazy.list({ produce: () => [text()] });
  return { any: Lazy.any({ produce }), number: Lazy.number({ produce }), string: Lazy.string({ produce: text }), list };
}

test('what is lazy is worked out afresh, and not kept', () => {
  const stack = new Stack();
  const values = lazies();
  const reading = () => read(stack, NAMES, () => stack.resolve(values));
  expect(reading()).toEqual({ any: 1, number: 2, string: '3', list: ['4'] });
  expect(reading()).toEqual({ any: 5, number: 6, string: '7', list: ['8'] });
  expect(stack.resolve(values)).toEqual({ any: 9, number: 10, string: '11', list: ['12'] });
});

test('what the CDK keeps already stays', () => {
  const stack = new Stack();
  const values = lazies();
  const kept = stack.resolve(values);
  expect(read(stack, NAMES, () => stack.resolve(values))).toEqual(kept);
  expect(stack.resolve(values)).toEqual(kept);
});

test('neither are values within values: in JSON, in policies, in those that resolve others themselves', () => {
  const stack = new Stack();
  const texts = ['first', 'second', 'third'];
  const inner = () => {
    let index = 0;
    return Lazy.string({ produce: () => texts[index++] });
  };
  const [inJson, inPolicy, resolved] = [inner(), inner(), inner()];
  const values = {
    json: stack.toJsonString({ a: inJson }),
    policy: new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${inPolicy}`] })] }),
    resolved: Lazy.string({ produce: () => stack.resolve(resolved) }),
  };
  const of = (text: string) => ({ json: `{"a":"${text}"}`, policy: { Statement: [{ Resource: `arn:aws:s3:::${text}` }] }, resolved: text });
  expect(read(stack, NAMES, () => stack.resolve(values))).toMatchObject(of('first'));
  expect(stack.resolve(values)).toMatchObject(of('second'));
});

test('statements are neither closed nor merged', () => {
  const stack = new Stack();
  const statements = ['a', 'b'].map((name) => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${name}`] }));
  const document = new iam.PolicyDocument({ statements, minimize: true });
  expect(read(stack, NAMES, () => stack.resolve(document)).Statement).toHaveLength(1);
  expect(document.statementCount).toBe(2);
  statements.forEach((statement) => statement.addActions('s3:PutObject'));
  expect(stack.resolve(document).Statement).toEqual([
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] },
  ]);
});

test('no construct can be added meanwhile, but after', () => {
  const app = new App();
  const stack = new Stack(app, 'Shop');
  expect(() => read(app, NAMES, () => new Construct(stack, 'Late'))).toThrow(/Cannot add children/);
  expect(new Construct(stack, 'Late').node.path).toBe('Shop/Late');
  expect(app.node.locked).toBe(false);
});

test('names stand in the place of values', () => {
  const stack = new Stack();
  const value = Lazy.uncachedAny({ produce: () => 'value' });
  expect(read(stack, new Map([[value, 'name']]), () => stack.resolve([value, Aws.REGION]))).toEqual(['name', { Ref: 'AWS::Region' }]);
  expect(stack.resolve(value)).toBe('value');
});

test('all is as before, also when it fails, and when a reader is read', () => {
  const stack = new Stack();
  const { any } = lazies();
  const outer = Lazy.any({ produce: () => read(stack, NAMES, () => [isBeingRead(), stack.resolve(any)]) });
  expect(read(stack, NAMES, () => [stack.resolve(outer), isBeingRead(), stack.resolve(any), stack.resolve(any)])).toEqual([[true, 1], true, 2, 3]);
  expect(() => read(stack, NAMES, () => { throw new Error('no'); })).toThrow('no');
  expect(isBeingRead()).toBe(false);
  expect([stack.resolve(any), stack.resolve(any)]).toEqual([4, 4]);
});

describe('whether it can be done is tried out', () => {
  const stack = new Stack();

  test('with this CDK', () => {
    expect(canBeRead(stack)).toBe(true);
  });

  test.each<[string, () => jest.SpyInstance]>([
    ['there is no prototype of lazy values', () => jest.spyOn(Lazy, 'uncachedAny').mockReturnValue({ creationStack: [], resolve: () => 1 } as IResolvable)],
    ['values are kept elsewhere', () => {
      const make = Lazy.any.bind(Lazy);
      return jest.spyOn(Lazy, 'any').mockImplementation((producer) => {
        let kept: unknown;
        return make({ produce: () => kept ??= producer.produce() });
      });
    }],
    ['statements are closed elsewhere', () => {
      const statement = iam.PolicyStatement.prototype;
      return jest.spyOn(statement, 'frozen', 'get').mockReturnValue(true);
    }],
  ])('but not where %s', (_, otherCdk) => {
    const spy = otherCdk();
    try {
      expect(canBeRead(stack)).toBe(false);
    } finally {
      spy.mockRestore();
    }
    expect(canBeRead(stack)).toBe(true);
  });
});

test('a resource that is read can still be changed', () => {
  const stack = new Stack(new App(), 'Shop');
  const resource = new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue' });
  read(stack, NAMES, () => stack.resolve(resource.logicalId));
  resource.overrideLogicalId('Other');
  expect(stack.resolve(resource.logicalId)).toBe('Other');
});
