import { App, Arn, Aspects, CfnParameter, Lazy, SecretValue, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { LAMBDA_RECOGNIZE_LAYER_VERSION } from 'aws-cdk-lib/cx-api';
import { EventFunction, EventFunctionProps } from '../../../src';
import { MINIMAL, NEW_APP, only, resourcesOf, stackWith } from '../../function/functions';

function orders(props: Partial<EventFunctionProps> = {}, wire: (fn: EventFunction, stack: Stack) => void = () => {}) {
  const stack = stackWith({ ...NEW_APP, 'cdk-event-functions:rules': false });
  const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, ...props });
  wire(fn, stack);
  return { stack, fn, lambda: only(stack, 'AWS::Lambda::Function'), version: only(stack, 'AWS::Lambda::Version') };
}

const HASH = expect.stringMatching(/^\[inputs [0-9a-f]{12}\]$/);
const parameter = (stack: Stack, id: string) => new CfnParameter(stack, id).valueAsString;
const joined = (parts: unknown[]) => ({ 'Fn::Join': ['', parts] });

describe('defaults', () => {
  test('without inputs nothing is described', () => {
    const { lambda: fn, version } = orders();
    expect(fn.Properties.Description).toBeUndefined();
    expect(version.Properties.Description).toBeUndefined();
    expect(orders({ versionInputs: {} }).version.logicalId).toBe(version.logicalId);
  });
});

describe('a value that is known', () => {
  test('changes the description of the function and, by that, the id of the version', () => {
    const [one, same, other] = ['1', '1', '2'].map((release) => orders({ versionInputs: { release } }));
    expect(one.lambda.Properties.Description).toEqual(HASH);
    expect(same.lambda.Properties.Description).toBe(one.lambda.Properties.Description);
    expect(other.lambda.Properties.Description).not.toBe(one.lambda.Properties.Description);
    expect([one.version.logicalId, one.version.Properties.Description]).toEqual([same.version.logicalId, undefined]);
    expect(other.version.logicalId).not.toBe(one.version.logicalId);
  });

  test('is the same as a prop and as a method, in any order, and for an alias that is wrapped around', () => {
    const prop = orders({ versionInputs: { a: '1', b: '2' } });
    const method = orders({}, (fn) => fn.addVersionInput('b', '2').addVersionInput('a', '1'));
    expect(method.lambda).toEqual(prop.lambda);
    const wrapped = stackWith(NEW_APP);
    const theirs = new lambda.Function(wrapped, 'Theirs', MINIMAL);
    EventFunction.wrap(wrapped, 'Live', theirs, { versionInputs: { a: '1' } });
    EventFunction.wrap(wrapped, 'Canary', theirs, { aliasName: 'canary', versionInputs: { b: '2', a: '1' } });
    expect(only(wrapped, 'AWS::Lambda::Function').Properties.Description).toBe(prop.lambda.Properties.Description);
  });

  test('stands behind the description of the user', () => {
    const description = expect.stringMatching(/^Takes orders \[inputs [0-9a-f]{12}\]$/);
    expect(orders({ description: 'Takes orders', versionInputs: { a: '1' } }).lambda.Properties.Description).toEqual(description);
  });

  test('may be known in the synthesis only', () => {
    const late = orders({ versionInputs: { a: Lazy.string({ produce: () => '1' }) } });
    expect(late.lambda.Properties.Description).toBe(orders({ versionInputs: { a: '1' } }).lambda.Properties.Description);
    expect(late.version.Properties.Description).toBeUndefined();
  });

  test('cannot be mistaken for another one', () => {
    const all = [{ a: '1', b: '' }, { a: '1' }, { a: '', b: '1' }, { b: '1' }, { a: '"1"' }].map((versionInputs: Record<string, any>) => orders({ versionInputs }));
    expect(new Set(all.map(({ version }) => version.logicalId)).size).toBe(all.length);
  });
});

describe('a value that the deployment decides', () => {
  test('is in the description of the function, so that it changes, and of the version, so that it is replaced', () => {
    const { lambda: fn, version } = orders({}, (made, stack) => made.addVersionInput('release', parameter(stack, 'Release')));
    expect(fn.Properties.Description).toEqual(joined([expect.stringMatching(/^\[inputs [0-9a-f]{12} release=$/), { Ref: 'Release' }, ']']));
    expect(version.Properties.Description).toEqual(joined(['release=', { Ref: 'Release' }]));
    expect(version).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test.each<[string, (stack: Stack) => string, unknown]>([
    ['a parameter of Systems Manager', (stack) => ssm.StringParameter.valueForStringParameter(stack, '/orders/release'), { Ref: expect.stringMatching(/^SsmParameterValue/) }],
    ['a resource that may be replaced', (stack) => new sqs.Queue(stack, 'Queue').queueName, { 'Fn::GetAtt': ['Queue4A7E3555', 'QueueName'] }],
    ['a part of a text', (stack) => `v${parameter(stack, 'Release')}`, { Ref: 'Release' }],
  ])('may be %s', (_, value, reference) => {
    const { version } = orders({}, (fn, stack) => fn.addVersionInput('a', value(stack)));
    expect(version.Properties.Description).toEqual(joined([expect.stringMatching(/^a=v?$/), reference]));
  });

  test('is in the description of the version alone if the function changes with it anyway', () => {
    const { lambda: fn, version } = orders({}, (made, stack) => {
      const table = parameter(stack, 'Table');
      made.addEnvironment('TABLE', `${table}-v2`).addVersionInput('table', table);
    });
    // the hash says that there is an input: its first synthesis changes the function, too
    expect(fn.Properties.Description).toEqual(HASH);
    expect(version.Properties.Description).toEqual(joined(['table=', { Ref: 'Table' }]));
  });

  test('is in the description of the function if the environment holds no more than a part of it', () => {
    const { lambda: fn } = orders({}, (made, stack) => {
      const arn = parameter(stack, 'Arn');
      made.addEnvironment('TABLE', Arn.extractResourceName(arn, 'table')).addVersionInput('arn', arn);
    });
    expect(fn.Properties.Description).toEqual(joined([expect.stringMatching(/ arn=$/), { Ref: 'Arn' }, ']']));
  });

  test('may be of another stack', () => {
    const app = new App({ context: { ...NEW_APP, 'cdk-event-functions:rules': false } });
    const queue = new sqs.Queue(new Stack(app, 'Platform'), 'Queue');
    const stack = new Stack(app, 'Shop');
    new EventFunction(stack, 'Orders', { ...MINIMAL, versionInputs: { queue: queue.queueName } });
    const { Resources } = app.synth().getStackByName('Shop').template;
    const version = Object.values<any>(Resources).find(({ Type }) => Type === 'AWS::Lambda::Version');
    expect(version.Properties.Description).toEqual(joined(['queue=', { 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'Platform' }) }]));
  });

  test('stands behind the descriptions of the user, and behind what names the code', () => {
    const both = orders({ currentVersionOptions: { description: 'mine' } }, (fn, stack) => fn.addVersionInput('a', parameter(stack, 'A')));
    expect(both.version.Properties.Description).toEqual(joined(['mine a=', { Ref: 'A' }]));
    const stack = stackWith(NEW_APP);
    new EventFunction(stack, 'Orders', { ...MINIMAL, code: lambda.Code.fromCfnParameters(), versionInputs: { a: parameter(stack, 'A') } });
    expect(JSON.stringify(only(stack, 'AWS::Lambda::Version').Properties.Description)).toMatch(/SourceBucketName.*SourceObjectKey.*a=.*"A"/);
  });

  test('is followed by a version that was there before', () => {
    const stack = stackWith(NEW_APP);
    const theirs = new lambda.Function(stack, 'Theirs', MINIMAL);
    expect(theirs.currentVersion).toBeDefined();
    EventFunction.wrap(stack, 'Live', theirs, { versionInputs: { a: parameter(stack, 'A') } });
    expect(only(stack, 'AWS::Lambda::Version').Properties.Description).toEqual(joined(['a=', { Ref: 'A' }]));
  });
});

describe('validation', () => {
  const refusal = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      return (error as Error).message;
    }
    return undefined;
  };

  test.each(['', 'a b', 'x'.repeat(65), 'ä', '$', undefined, 1])('fails if the name is %j', (name) => {
    const { fn } = orders();
    expect(refusal(() => fn.addVersionInput(name as any, '1'))).toMatch(/'versionInputs' must be named by 1 to 64 letters.*\[VersionInputNameMalformed at Shop\/Orders\]/);
  });

  test('fails if the name is a token', () => {
    expect(refusal(() => orders({}, (fn, stack) => fn.addVersionInput(parameter(stack, 'Name'), '1')))).toContain('got a token');
  });

  test.each([[1], [NaN], [undefined], [null], [{}]])('fails if the value is %p', (value) => {
    expect(refusal(() => orders({ versionInputs: { a: value as any } }))).toMatch(/'versionInputs\.a' must be a text, got .*\[VersionInputNoText at Shop\/Orders\]/);
  });

  test('fails if a name is given twice with different values', () => {
    expect(refusal(() => orders({ versionInputs: { a: '1' } }, (fn) => fn.addVersionInput('a', '2'))))
      .toBe("'versionInputs.a' must be given once (it is \"1\" already), got \"2\"; choose another name for one of them [VersionInputGivenTwice at Shop/Orders]");
    expect(refusal(() => orders({ versionInputs: { a: '1' } }, (fn) => fn.addVersionInput('a', '1')))).toBeUndefined();
  });

  test.each<[string, (stack: Stack) => string]>([
    ['a parameter that is not shown', (stack) => new CfnParameter(stack, 'Password', { noEcho: true }).valueAsString],
    ['a secret', (stack) => new secretsmanager.Secret(stack, 'Secret').secretValue.unsafeUnwrap()],
    ['a secure parameter', () => SecretValue.ssmSecure('/orders/password').unsafeUnwrap()],
    ['a dynamic reference', () => '{{resolve:ssm:/orders/release}}'],
  ])('fails if the value is %s', (_, value) => {
    expect(refusal(() => orders({}, (fn, stack) => fn.addVersionInput('a', value(stack)))))
      .toMatch(/'versionInputs\.a' must be no secret.*\[VersionInputIsSecret at Shop\/Orders\]/);
  });

  test('fails if the description has no room for it', () => {
    const room = 256 - ' [inputs 012345678901]'.length;
    expect(refusal(() => orders({ description: 'x'.repeat(room), versionInputs: { a: '1' } }))).toBeUndefined();
    expect(refusal(() => orders({ description: 'x'.repeat(room + 1), versionInputs: { a: '1' } })))
      .toMatch(/'versionInputs' must be short enough for the description of the function.*got "257 characters".*\[VersionInputsTooLong at Shop\/Orders\]/);
    const long = (length: number) => refusal(() => orders({}, (fn, stack) => fn.addVersionInput('a', parameter(stack, 'A') + 'x'.repeat(length))));
    expect(long(200)).toBeUndefined();
    expect(long(256)).toMatch(/of the function(.|\n)*of the version/);
  });

  test.each<[string, (fn: lambda.CfnFunction) => void]>([
    ['another description', (fn) => {
      fn.description = 'other';
    }],
    ['no description', (fn) => fn.addPropertyDeletionOverride('Description')],
    ['the description of a token', (fn) => fn.addPropertyOverride('Description', { Ref: 'AWS::StackName' })],
  ])('fails if an escape hatch sets %s afterwards', (_, change) => {
    expect(refusal(() => orders({ versionInputs: { a: '1' } }, (fn) => change(fn.function.node.defaultChild as lambda.CfnFunction))))
      .toMatch(/'description' must be left as it is by escape hatches.*\[VersionInputsOverwritten at Shop\/Orders\]/);
  });

  test('the CDK may say in the description that it has another hash', () => {
    const { lambda: fn } = orders({ versionInputs: { a: '1' } }, (made) => Aspects.of(made).add(new lambda.FunctionVersionUpgrade(LAMBDA_RECOGNIZE_LAYER_VERSION)));
    expect(fn.Properties.Description).toMatch(/^\[inputs [0-9a-f]{12}\] version-hash:[0-9a-f]{32}$/);
  });

  test('a description that the deployment decides is not measured', () => {
    expect(refusal(() => orders({}, (fn, stack) => {
      (fn.function.node.defaultChild as lambda.CfnFunction).description = parameter(stack, 'Text');
      fn.addVersionInput('a', '1');
    }))).toBeUndefined();
  });
});

test('other resources stay as they are', () => {
  const rest = (props: Partial<EventFunctionProps>) => Object.entries(resourcesOf(orders(props).stack)).filter(([, { Type }]) => !/::(Function|Version|Alias)$/.test(Type));
  expect(rest({ versionInputs: { a: '1' } })).toEqual(rest({}));
});
