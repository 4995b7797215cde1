import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { SNSEvent } from 'aws-lambda';
import { EventFunction, InvocationMode, PushSource, ResourcePolicyMode, TopicSourceOptions } from '../../../src';
import { topicEvent } from '../../../src/events/push/samples/topic';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

function topicTo(options?: (stack: Stack) => TopicSourceOptions) {
  const stack = stackWith();
  const fn = new EventFunction(stack, 'Orders', MINIMAL);
  fn.addEventSource(PushSource.topic(new sns.Topic(stack, 'Changes'), options?.(stack)));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.entries(resourcesOf(stack)).filter(([, { Type }]) => Type === type);
const subscription = (stack: Stack) => only(stack, 'AWS::SNS::Subscription');
const kind = sns.SubscriptionFilter.stringFilter({ allowlist: ['order'] });

describe('defaults', () => {
  test('the function gets all messages', () => {
    const stack = topicTo();
    expect(subscription(stack).Properties).toEqual({
      Endpoint: aliasRef(stack), Protocol: 'lambda', TopicArn: { Ref: only(stack, 'AWS::SNS::Topic').logicalId },
    });
  });

  test('the template', () => {
    expect(Template.fromStack(topicTo()).toJSON()).toMatchSnapshot();
  });

  test('failed events are kept, unless told otherwise', () => {
    expect(ofType(topicTo(), 'AWS::SQS::Queue')).toHaveLength(1);
    expect(ofType(topicTo(() => ({ keepFailedEvents: false })), 'AWS::SQS::Queue')).toEqual([]);
  });
});

describe('mapping', () => {
  test('messages are filtered by their attributes', () => {
    const { Properties } = subscription(topicTo(() => ({ filterPolicy: { kind } })));
    expect(Properties).toMatchObject({ FilterPolicy: { kind: ['order'] } });
    expect(Properties).not.toHaveProperty('FilterPolicyScope');
  });

  test('messages are filtered by their body', () => {
    const filterPolicyWithMessageBody = { order: sns.FilterOrPolicy.policy({ kind: sns.FilterOrPolicy.filter(kind) }) };
    expect(subscription(topicTo(() => ({ filterPolicyWithMessageBody }))).Properties).toMatchObject({
      FilterPolicy: { order: { kind: ['order'] } }, FilterPolicyScope: 'MessageBody',
    });
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.topic(new sns.Topic(stack, 'Changes'))] });
    expect(JSON.stringify(subscription(stack).Properties.Endpoint)).toContain('Plain');
  });

  test('one source object serves two functions, and two sources one function', () => {
    const stack = stackWith();
    const source = PushSource.topic(new sns.Topic(stack, 'Changes'));
    const [orders] = ['Orders', 'Returns'].map((id) => new EventFunction(stack, id, MINIMAL));
    for (const fn of [orders, stack.node.findChild('Returns') as EventFunction]) fn.addEventSource(source);
    orders.addEventSource(PushSource.topic(new sns.Topic(stack, 'Others')));
    expect(ofType(stack, 'AWS::SNS::Subscription')).toHaveLength(3);
    expect(ofType(stack, 'AWS::Lambda::Permission')).toHaveLength(3);
  });

  test('topics of two stacks may have the same id', () => {
    const app = new App();
    const [east, west, service] = ['East', 'West', 'Service'].map((id) => new Stack(app, id));
    const fn = new EventFunction(service, 'Orders', MINIMAL);
    for (const stack of [east, west]) fn.addEventSource(PushSource.topic(new sns.Topic(stack, 'Changes')));
    expect(ofType(service, 'AWS::SNS::Subscription')).toHaveLength(2);
  });
});

describe('dead letters of the subscription', () => {
  test('go to the queue, which the topic may send to', () => {
    const stack = topicTo((scope) => ({ keepFailedEvents: false, deadLetterQueue: new sqs.Queue(scope, 'Dead') }));
    const { logicalId } = only(stack, 'AWS::SQS::Queue');
    expect(subscription(stack).Properties.RedrivePolicy).toEqual({ deadLetterTargetArn: { 'Fn::GetAtt': [logicalId, 'Arn'] } });
    expect(only(stack, 'AWS::SQS::QueuePolicy').Properties.PolicyDocument.Statement).toEqual([expect.objectContaining({
      Action: 'sqs:SendMessage',
      Condition: { ArnEquals: { 'aws:SourceArn': { Ref: only(stack, 'AWS::SNS::Topic').logicalId } } },
      Principal: { Service: 'sns.amazonaws.com' },
    })]);
  });

  test('may be encrypted with the key of the queue, even if the topic has the same key', () => {
    const stack = stackWith();
    const key = new kms.Key(stack, 'Key');
    const topic = new sns.Topic(stack, 'Changes', { masterKey: key });
    const deadLetterQueue = new sqs.Queue(stack, 'Dead', { encryptionMasterKey: key });
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.topic(topic, { deadLetterQueue }));
    expect(only(stack, 'AWS::KMS::Key').Properties.KeyPolicy.Statement).toContainEqual({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Condition: {
        ArnLike: {
          'aws:SourceArn': {
            'Fn::Join': ['', [
              'arn:', { Ref: 'AWS::Partition' }, ':sns:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':*',
            ]],
          },
        },
      },
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Resource: '*',
    });
  });
});

describe('permissions', () => {
  test('the topic may invoke the alias', () => {
    const stack = topicTo();
    expect(only(stack, 'AWS::Lambda::Permission').Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: aliasRef(stack),
      Principal: 'sns.amazonaws.com',
      SourceArn: { Ref: only(stack, 'AWS::SNS::Topic').logicalId },
    });
  });

  test('the subscription waits for the permission', () => {
    const stack = topicTo();
    expect(subscription(stack).DependsOn).toEqual([only(stack, 'AWS::Lambda::Permission').logicalId]);
  });

  test('a document may hold it as well', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode: ResourcePolicyMode.DOCUMENT });
    fn.addEventSource(PushSource.topic(new sns.Topic(stack, 'Changes')));
    expect(JSON.stringify(only(stack, 'AWS::Lambda::ResourcePolicy').Properties)).toContain('sns.amazonaws.com');
  });
});

describe('validation', () => {
  test.each<[string, TopicSourceOptions, string]>([
    ['TopicFilterPoliciesBoth', { filterPolicy: { kind }, filterPolicyWithMessageBody: { kind: sns.FilterOrPolicy.filter(kind) } }, "'filterPolicyWithMessageBody' must be left out when 'filterPolicy' is given, got [\"kind\"]; filter by attributes or by the body: a subscription has one filter policy [TopicFilterPoliciesBoth at Shop/Changes]"],
    ['TopicFilterPolicyEmpty', { filterPolicy: {} }, "'filterPolicy' must be between 1 and 5 names, got []; leave it out for all messages"],
    ['TopicFilterPolicyEmpty', { filterPolicyWithMessageBody: {} }, "'filterPolicyWithMessageBody' must be between 1 and 5 names, got []"],
    ['TopicFilterPolicyTooLong', { filterPolicy: Object.fromEntries([...'abcdef'].map((name) => [name, kind])) }, "'filterPolicy' must be between 1 and 5 names, got [\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"]"],
  ])('fails if %s', (code, options, message) => {
    const topic = new sns.Topic(stackWith(), 'Changes');
    expect(() => PushSource.topic(topic, options)).toThrow(message);
    expect(() => PushSource.topic(topic, options)).toThrow(expect.objectContaining({ name: code }));
  });

  test.each<[string, sqs.QueueProps, string]>([
    ['DeadLetterQueueFifo', { fifo: true }, "'deadLetterQueue' must be a standard queue, got \"Shop/Dead\""],
    ['DeadLetterQueueKeyManaged', { encryption: sqs.QueueEncryption.KMS_MANAGED }, "'deadLetterQueue' must be a queue without the AWS managed key (alias/aws/sqs), got \"Shop/Dead\""],
  ])('fails if %s', (code, props, message) => {
    const stack = stackWith();
    const [topic, deadLetterQueue] = [new sns.Topic(stack, 'Changes'), new sqs.Queue(stack, 'Dead', props)];
    expect(() => PushSource.topic(topic, { deadLetterQueue })).toThrow(message);
    expect(() => PushSource.topic(topic, { deadLetterQueue })).toThrow(expect.objectContaining({ name: code }));
  });

  test.each<[string, (stack: Stack) => sns.ITopic]>([
    ['is FIFO', (stack) => new sns.Topic(stack, 'Changes', { fifo: true })],
    ['is imported and FIFO', (stack) => sns.Topic.fromTopicArn(stack, 'Changes', 'arn:aws:sns:eu-west-1:111122223333:changes.fifo')],
  ])('fails if the topic %s', (_, make) => {
    const topic = make(stackWith());
    expect(() => PushSource.topic(topic)).toThrow("'topic' must be a standard topic, got \"Shop/Changes\"; subscribe a FIFO queue to it");
    expect(() => PushSource.topic(topic)).toThrow(expect.objectContaining({ name: 'TopicFifo' }));
  });

  test('fails if the function is subscribed to the topic twice', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    const topic = new sns.Topic(stack, 'Changes');
    fn.addEventSource(PushSource.topic(topic));
    const again = () => fn.addEventSource(PushSource.topic(topic, { filterPolicy: { kind } }));
    expect(again).toThrow("'topic' must be a topic to which the function is not subscribed yet, got \"Shop/Changes\"");
    expect(again).toThrow(expect.objectContaining({ name: 'TopicSubscribedTwice' }));
  });
});

test('a topic whose ARN only the deployment knows is taken as it is', () => {
  const stack = stackWith();
  const topic = sns.Topic.fromTopicArn(stack, 'Theirs', Lazy.string({ produce: () => 'arn:aws:sns:eu-west-1:111122223333:changes' }));
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.topic(topic));
  expect(subscription(stack).Properties.TopicArn).toBe('arn:aws:sns:eu-west-1:111122223333:changes');
});

test('an imported topic of another Region is subscribed to there', () => {
  const stack = stackWith({}, { env: { region: 'us-east-1', account: '111122223333' } });
  const topic = sns.Topic.fromTopicArn(stack, 'Theirs', 'arn:aws:sns:eu-west-1:111122223333:changes');
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.topic(topic));
  expect(subscription(stack).Properties).toMatchObject({ Region: 'eu-west-1', TopicArn: 'arn:aws:sns:eu-west-1:111122223333:changes' });
  expect(only(stack, 'AWS::Lambda::Permission').Properties.SourceArn).toBe('arn:aws:sns:eu-west-1:111122223333:changes');
});

test('an imported function is subscribed', () => {
  const stack = stackWith();
  const fn = lambda.Function.fromFunctionArn(stack, 'Theirs', 'arn:aws:lambda:eu-west-1:111122223333:function:theirs');
  fn.addEventSource(PushSource.topic(new sns.Topic(stack, 'Changes')));
  expect(subscription(stack).Properties.Endpoint).toBe('arn:aws:lambda:eu-west-1:111122223333:function:theirs');
});

test('a topic of another stack is subscribed to by the stack of the function, without a circle', () => {
  const app = new App();
  const [hub, service] = [new Stack(app, 'Hub'), new Stack(app, 'Service')];
  const deadLetterQueue = new sqs.Queue(service, 'Dead');
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.topic(new sns.Topic(hub, 'Changes'), { deadLetterQueue }));
  app.synth();
  expect(ofType(service, 'AWS::SNS::Subscription')).toHaveLength(1);
  expect(service.dependencies).toEqual([hub]);
});

test('ids are a contract: those of the CDK', () => {
  const stack = topicTo();
  expect(subscription(stack).logicalId).toBe('OrdersChanges6D5C697C');
  expect(only(stack, 'AWS::Lambda::Permission').logicalId).toBe('OrdersAllowInvokeShopChanges4914115C5809218B');
});

describe('the event', () => {
  test('is that of Amazon SNS', () => {
    const event: SNSEvent = topicEvent();
    expect(event.Records[0].Sns.Message).toBe('Hello from SNS!');
  });

  test('has the topic, if it is known, and what is overridden', () => {
    const topic = sns.Topic.fromTopicArn(stackWith(), 'Theirs', 'arn:aws:sns:eu-west-1:111122223333:changes');
    expect(PushSource.topic(topic).sampleEvent({ Records: [{ Sns: { Message: '{}' } }] })).toMatchObject({
      Records: [{ EventSource: 'aws:sns', Sns: { TopicArn: 'arn:aws:sns:eu-west-1:111122223333:changes', Message: '{}', Type: 'Notification' } }],
    });
    expect(PushSource.topic(new sns.Topic(stackWith(), 'Changes')).sampleEvent()).toEqual(topicEvent());
  });

  test('what it means is on the source', () => {
    const { semantics } = PushSource.topic(new sns.Topic(stackWith(), 'Changes'));
    expect(semantics).toMatchObject({ invocation: InvocationMode.ASYNCHRONOUS, principal: 'sns.amazonaws.com', conditionKeys: ['aws:SourceArn'] });
  });
});
