import { App, CfnParameter, Duration, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import {
  CloudFormationCustomResourceCreateEvent as CreateEvent, CloudFormationCustomResourceDeleteEvent as DeleteEvent,
  CloudFormationCustomResourceEvent, CloudFormationCustomResourceUpdateEvent as UpdateEvent,
} from 'aws-lambda';
import { CustomResourceSourceOptions, EventFunction, InvocationMode, PushSource } from '../../../src';
import { createResourceEvent, deleteResourceEvent, updateResourceEvent } from '../../../src/events/push/samples/custom-resource';
import { aliasRef, MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from '../../function/functions';

const TYPE = 'Custom::Schema';
const ANY_TYPE = 'AWS::CloudFormation::CustomResource';

function resourceOf(options: CustomResourceSourceOptions = { resourceType: TYPE }, props: Partial<lambda.FunctionProps> = {}, context = NO_FLAGS) {
  const stack = stackWith(context);
  new EventFunction(stack, 'Orders', { ...MINIMAL, ...props }).addEventSource(PushSource.customResource(stack, 'Schema', options));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.entries(resourcesOf(stack)).filter(([, { Type }]) => Type === type);

describe('defaults', () => {
  test('the alias stands for the resource', () => {
    const stack = resourceOf({});
    expect(only(stack, ANY_TYPE).Properties).toEqual({ ServiceToken: aliasRef(stack) });
    expect(only(stack, ANY_TYPE).DeletionPolicy).toBe('Delete');
  });

  test('the template', () => {
    expect(Template.fromStack(resourceOf()).toJSON()).toMatchSnapshot();
  });

  test('failed events are kept, unless told otherwise', () => {
    expect(ofType(resourceOf(), 'AWS::SQS::Queue')).toHaveLength(1);
    expect(ofType(resourceOf({ keepFailedEvents: false }), 'AWS::SQS::Queue')).toEqual([]);
  });
});

describe('mapping', () => {
  test('everything that can be said of the resource', () => {
    const { RETAIN: removalPolicy } = RemovalPolicy;
    const stack = resourceOf({ resourceType: TYPE, properties: { Version: 7 }, serviceTimeout: Duration.minutes(10), removalPolicy });
    expect(only(stack, TYPE)).toMatchObject({ Properties: { ServiceToken: aliasRef(stack), ServiceTimeout: '600', Version: 7 }, DeletionPolicy: 'Retain' });
  });

  test('what the function answers can be read', () => {
    const stack = stackWith();
    const source = PushSource.customResource(stack, 'Schema', { resourceType: TYPE });
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
    expect(stack.resolve(source.resource.getAttString('Tables'))).toEqual({ 'Fn::GetAtt': [only(stack, TYPE).logicalId, 'Tables'] });
  });

  test('a plain lambda.Function can have it, too, and one function several', () => {
    const stack = stackWith();
    const events = ['Schema', 'Data'].map((id) => PushSource.customResource(stack, id, { resourceType: `Custom::${id}` }));
    const fn = new lambda.Function(stack, 'Plain', { ...MINIMAL, events });
    for (const type of ['Custom::Schema', 'Custom::Data']) expect(only(stack, type).Properties.ServiceToken).toEqual(stack.resolve(fn.functionArn));
  });
});

describe('permissions', () => {
  test('none is needed: whoever deploys invokes', () => {
    expect(ofType(resourceOf(), 'AWS::Lambda::Permission')).toEqual([]);
  });

  test.each([NO_FLAGS, NEW_APP])('the resource is made after the policies of the function, and deleted before', (context) => {
    const stack = stackWith(context);
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    fn.addEventSource(PushSource.customResource(stack, 'Schema', { resourceType: TYPE }));
    fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] }));
    const policies = ofType(stack, 'AWS::IAM::Policy').map(([id]) => id);
    expect(policies.length).toBeGreaterThan(0);
    expect(only(stack, TYPE).DependsOn).toEqual(policies.sort());
  });

  test('policies that are attached to the role elsewhere do not matter to it, nor does an imported role', () => {
    const stack = stackWith();
    const role = iam.Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::111122223333:role/theirs', { mutable: false });
    new EventFunction(stack, 'Orders', { ...MINIMAL, role }).addEventSource(PushSource.customResource(stack, 'Schema', { resourceType: TYPE, keepFailedEvents: false }));
    expect(only(stack, TYPE).DependsOn).toBeUndefined();
  });
});

describe('validation', () => {
  test.each<[string, CustomResourceSourceOptions, string]>([
    ['CustomResourceTypeMalformed', { resourceType: 'Schema' }, "'resourceType' must be 'Custom::' and letters, digits and any of _@-, at most 60 characters in all, got \"Schema\"; leave it out, or choose a type such as 'Custom::Schema' [CustomResourceTypeMalformed at Shop]"],
    ['CustomResourceTypeMalformed', { resourceType: 'Custom::' }, 'got "Custom::"'],
    ['CustomResourceTypeMalformed', { resourceType: 'Custom::a b' }, 'got "Custom::a b"'],
    ['CustomResourceTypeMalformed', { resourceType: `Custom::${'x'.repeat(53)}` }, 'at most 60'],
    ['CustomResourceTimeoutOutOfRange', { serviceTimeout: Duration.seconds(0) }, "'serviceTimeout' must be between 1 and 3600 seconds (a whole number), got 0; leave it out for 3,600"],
    ['CustomResourceTimeoutOutOfRange', { serviceTimeout: Duration.minutes(61) }, 'got 3660'],
    ['CustomResourceTimeoutOutOfRange', { serviceTimeout: Duration.millis(1500) }, 'got 1.5'],
    ['CustomResourcePropertyTaken', { properties: { ServiceToken: 'x' } }, "'properties.ServiceToken' must be left out, got \"a value\"; it is the function that the source is added to"],
    ['CustomResourcePropertyTaken', { properties: { ServiceTimeout: '7' } }, "use 'serviceTimeout'"],
  ])('fails if %s', (code, options, message) => {
    const stack = stackWith();
    expect(() => PushSource.customResource(stack, 'Schema', options)).toThrow(message);
    expect(() => PushSource.customResource(stack, 'Schema', options)).toThrow(expect.objectContaining({ name: code }));
  });

  test.each([ANY_TYPE, `Custom::${'x'.repeat(52)}`, 'Custom::a_b@c-1'])('takes the type %s', (resourceType) => {
    expect(only(resourceOf({ resourceType }), resourceType).Type).toBe(resourceType);
  });

  test('fails if two functions are to stand for it', () => {
    const stack = stackWith();
    const source = PushSource.customResource(stack, 'Schema');
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
    const returns = new EventFunction(stack, 'Returns', MINIMAL);
    expect(() => returns.addEventSource(source)).toThrow("'customResource' must be added to one function, got \"Shop/Returns\"; a resource has one function that stands for it: make a source for each [CustomResourceTwice at Shop]");
  });

  test('fails if the resource is read before there is one', () => {
    const source = PushSource.customResource(stackWith(), 'Schema');
    expect(() => source.resource).toThrow("'resource' must be read after the source was added to a function, got undefined; call addEventSource() with the source first [CustomResourceWithoutFunction at Shop]");
  });

  test('what only the deployment knows is taken as it is', () => {
    const stack = stackWith();
    const seconds = new CfnParameter(stack, 'Seconds', { type: 'Number' });
    const source = PushSource.customResource(stack, 'Schema', { serviceTimeout: Duration.seconds(seconds.valueAsNumber), properties: { Name: seconds.valueAsString, Size: 7 } });
    new EventFunction(stack, 'Orders', { ...MINIMAL, timeout: Duration.seconds(30) }).addEventSource(source);
    expect(only(stack, ANY_TYPE).Properties).toMatchObject({ ServiceTimeout: { Ref: 'Seconds' }, Name: { Ref: 'Seconds' } });
    expect(source.sampleEvent().ResourceProperties).toEqual({ ServiceToken: expect.any(String), Size: '7' });
  });
});

describe('the timeout', () => {
  const warnings = (stack: Stack) => Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('serviceTimeout'));

  test('of the resource is not shorter than that of the function', () => {
    const stack = resourceOf({ serviceTimeout: Duration.seconds(20) }, { timeout: Duration.seconds(30) });
    Annotations.fromStack(stack).hasWarning('/Shop/Schema', "'serviceTimeout' must be at least 30 seconds, the timeout of Shop/Orders, got 20; the deployment fails while the function goes on: lengthen it, or shorten the timeout of the function [ack: cdk-event-functions:custom-resource-waits-long-enough]");
  });

  test.each<[CustomResourceSourceOptions, Partial<lambda.FunctionProps>]>([
    [{ serviceTimeout: Duration.seconds(30) }, { timeout: Duration.seconds(30) }],
    [{}, { timeout: Duration.seconds(30) }],
    [{ serviceTimeout: Duration.seconds(1) }, {}],
  ])('is fine otherwise', (options, props) => {
    expect(warnings(resourceOf(options, props))).toEqual([]);
  });
});

test('an imported function stands for the resource', () => {
  const stack = stackWith();
  const fn = lambda.Function.fromFunctionArn(stack, 'Theirs', 'arn:aws:lambda:eu-west-1:111122223333:function:theirs:live');
  fn.addEventSource(PushSource.customResource(stack, 'Schema'));
  expect(only(stack, ANY_TYPE).Properties.ServiceToken).toBe('arn:aws:lambda:eu-west-1:111122223333:function:theirs:live');
});

test('a resource of another stack waits for the function, without a circle', () => {
  const app = new App();
  const [data, service] = [new Stack(app, 'Data'), new Stack(app, 'Service')];
  const fn = new EventFunction(service, 'Orders', MINIMAL);
  fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] }));
  fn.addEventSource(PushSource.customResource(data, 'Schema'));
  app.synth();
  expect(data.dependencies).toEqual([service]);
});

test('ids are a contract: those of CustomResource', () => {
  expect(only(resourceOf(), TYPE).logicalId).toBe('Schema');
});

describe('the event', () => {
  test('is that of a request', () => {
    const create: CreateEvent = createResourceEvent();
    const update: UpdateEvent = updateResourceEvent();
    const gone: DeleteEvent = deleteResourceEvent();
    const events: CloudFormationCustomResourceEvent[] = [create, update, gone];
    expect(events.map(({ RequestType }) => RequestType)).toEqual(['Create', 'Update', 'Delete']);
  });

  test('has the type and the properties as text, and what is overridden', () => {
    const properties = { Version: 7, Tables: [{ Keep: true, Name: 'orders' }], Later: Lazy.string({ produce: () => 'later' }) };
    const source = PushSource.customResource(stackWith(), 'Schema', { resourceType: TYPE, properties });
    expect(source.sampleEvent({ LogicalResourceId: 'Schema' })).toEqual({
      ...createResourceEvent({ Version: '7', Tables: [{ Keep: 'true', Name: 'orders' }] }, TYPE), LogicalResourceId: 'Schema',
    });
  });

  test('is whole for each kind of request', () => {
    const source = PushSource.customResource(stackWith(), 'Schema', { properties: { Version: '7' } });
    expect(source.sampleEvent({ RequestType: 'Delete' })).toEqual(deleteResourceEvent({ Version: '7' }));
    expect(source.sampleEvent({ RequestType: 'Update', OldResourceProperties: { Version: '6' } })).toMatchObject({
      RequestType: 'Update', PhysicalResourceId: 'my-resource-1', ResourceProperties: { Version: '7' }, OldResourceProperties: { Version: '6' },
    });
  });

  test('what it means is on the source', () => {
    const { semantics } = PushSource.customResource(stackWith(), 'Schema');
    expect(semantics).toMatchObject({ invocation: InvocationMode.ASYNCHRONOUS });
    expect(semantics.principal ?? semantics.assumesRole).toBeUndefined();
  });
});
