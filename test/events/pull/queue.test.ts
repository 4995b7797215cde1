import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { SQSEvent } from 'aws-lambda';
import { EventFunction, PullSource, QueueSourceOptions } from '../../../src';
import { fifoQueueEvent, queueEvent } from '../../../src/events/pull/samples/queue';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

function queueTo(options?: QueueSourceOptions, props?: sqs.QueueProps) {
  const stack = stackWith();
  const fn = new EventFunction(stack, 'Orders', MINIMAL);
  fn.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue', props), options));
  return stack;
}

const mapping = (stack: Stack) => only(stack, 'AWS::Lambda::EventSourceMapping').Properties;

describe('defaults', () => {
  test('the template', () => {
    expect(Template.fromStack(queueTo()).toJSON()).toMatchSnapshot();
  });

  test('Lambda polls for the alias', () => {
    const stack = queueTo();
    expect(JSON.stringify(mapping(stack).FunctionName)).toContain(aliasRef(stack).Ref);
  });
});

test('mapping: every option reaches the event source mapping', () => {
  const stack = queueTo({
    batchSize: 100,
    maxBatchingWindow: Duration.seconds(5),
    maxConcurrency: 7,
    reportBatchItemFailures: true,
    enabled: false,
    filters: [lambda.FilterCriteria.filter({ body: { kind: lambda.FilterRule.isEqual('order') } })],
  });
  expect(mapping(stack)).toMatchObject({
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 5,
    ScalingConfig: { MaximumConcurrency: 7 },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    Enabled: false,
    FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["order"]}}' }] },
  });
});

describe('no more is read at once than is reserved for the function', () => {
  /** Functions with queues: maximum concurrencies as they are given, and as they are in the template. */
  function maximums(reservedConcurrentExecutions: number | undefined, given: QueueSourceOptions[]): (number | undefined)[] {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, reservedConcurrentExecutions });
    given.forEach((options, index) => fn.addEventSource(PullSource.queue(new sqs.Queue(stack, `Queue${index}`), options)));
    const mappings = Object.values(resourcesOf(stack)).filter(({ Type }) => Type === 'AWS::Lambda::EventSourceMapping');
    return mappings.map(({ Properties }) => Properties?.ScalingConfig?.MaximumConcurrency);
  }

  test.each<[string, number | undefined, QueueSourceOptions[], (number | undefined)[]]>([
    ['all of it', 10, [{}], [10]],
    ['a share for each queue', 10, [{}, {}, {}], [3, 3, 3]],
    ['what others leave', 10, [{ maxConcurrency: 4 }, {}], [4, 6]],
    ['never more than is reserved, which Lambda refuses', 1, [{}], [undefined]],
    ['two at least', 2, [{}], [2]],
    ['two at least for each', 3, [{}, {}], [2, 2]],
    ['never less than Lambda takes, where others leave less', 10, [{ maxConcurrency: 9 }, {}], [9, 2]],
    ['never more than Lambda takes', 3000, [{}], [1000]],
    ['what is given', 10, [{ maxConcurrency: 5 }], [5]],
    ['nothing is reserved', undefined, [{}], [undefined]],
    ['a function that is switched off', 0, [{}], [undefined]],
    ['pollers that are provisioned', 100, [{ provisionedPollerConfig: { minimumPollers: 2, maximumPollers: 4 } }, {}], [undefined, 100]],
  ])('%s', (_, reserved, given, expected) => {
    expect(maximums(reserved, given)).toEqual(expected);
  });

  test('what only the deployment knows is not shared', () => {
    const stack = stackWith();
    const reserved = new CfnParameter(stack, 'P', { type: 'Number' }).valueAsNumber;
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, reservedConcurrentExecutions: reserved });
    fn.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue')));
    expect(mapping(stack).ScalingConfig).toBeUndefined();
  });

  test('what is reserved in the end counts, also for another alias and a plain function', () => {
    const stack = stackWith();
    const plain = new lambda.Function(stack, 'Plain', MINIMAL);
    plain.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue')));
    plain.currentVersion.addAlias('test').addEventSource(PullSource.queue(new sqs.Queue(stack, 'Other')));
    (plain.node.defaultChild as lambda.CfnFunction).reservedConcurrentExecutions = 8;
    const mappings = Object.values(resourcesOf(stack)).filter(({ Type }) => Type === 'AWS::Lambda::EventSourceMapping');
    expect(mappings.map(({ Properties }) => Properties?.ScalingConfig)).toEqual([{ MaximumConcurrency: 4 }, { MaximumConcurrency: 4 }]);
  });
});

test('one source object serves two functions', () => {
  const stack = stackWith();
  const source = PullSource.queue(new sqs.Queue(stack, 'Queue'));
  for (const id of ['Orders', 'Returns']) new EventFunction(stack, id, MINIMAL).addEventSource(source);
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::EventSourceMapping', 2);
});

describe('permissions', () => {
  test('the role may consume from this queue', () => {
    const stack = queueTo();
    const statements = only(stack, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement;
    const consume = statements.find(({ Action }: any) => Action.includes('sqs:ReceiveMessage'));
    expect(consume.Action).toEqual(expect.arrayContaining(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']));
    expect(consume.Resource).toEqual({ 'Fn::GetAtt': [only(stack, 'AWS::SQS::Queue').logicalId, 'Arn'] });
  });

  test('the role may decrypt messages of an encrypted queue', () => {
    const stack = stackWith();
    const queue = new sqs.Queue(stack, 'Queue', { encryptionMasterKey: new kms.Key(stack, 'Key') });
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.queue(queue));
    expect(JSON.stringify(only(stack, 'AWS::IAM::Policy').Properties)).toContain('kms:Decrypt');
  });

  test('the function, and so the mapping, waits for the permission', () => {
    const stack = queueTo();
    expect(only(stack, 'AWS::Lambda::Function').DependsOn).toContain(only(stack, 'AWS::IAM::Policy').logicalId);
  });
});

describe('validation', () => {
  const fifo = { fifo: true };
  test.each<[string, QueueSourceOptions, sqs.QueueProps, string]>([
    ['QueueBatchSizeOutOfRange', { batchSize: 0 }, {}, "'batchSize' must be between 1 and 10000 messages (a whole number), got 0; choose another size [QueueBatchSizeOutOfRange at Shop/Queue]"],
    ['QueueBatchSizeOutOfRange', { batchSize: 10_001, maxBatchingWindow: Duration.seconds(1) }, {}, 'got 10001'],
    ['QueueBatchSizeOutOfRange', { batchSize: 50 }, fifo, "'batchSize' must be between 1 and 10 messages (a whole number), got 50; lower it, or use a standard queue"],
    ['QueueBatchNeedsWindow', { batchSize: 11 }, {}, "'maxBatchingWindow' must be at least 1 second when 'batchSize' is over 10 (it is 11), got undefined; set it, for instance to Duration.seconds(1), or lower 'batchSize' to 10"],
    ['QueueBatchNeedsWindow', { batchSize: 11, maxBatchingWindow: Duration.seconds(0) }, {}, 'got 0'],
    ['QueueBatchingWindowOutOfRange', { maxBatchingWindow: Duration.minutes(6) }, {}, "'maxBatchingWindow' must be between 0 and 300 seconds (a whole number), got 360; Lambda gathers messages for at most 5 minutes"],
    ['QueueBatchingWindowOutOfRange', { maxBatchingWindow: Duration.millis(500) }, {}, 'got 0.5'],
    ['FifoQueueHasNoWindow', { maxBatchingWindow: Duration.seconds(1) }, fifo, "'maxBatchingWindow' must be left out for a FIFO queue, got \"Duration.seconds(1)\"; drop it"],
    ['QueueMaxConcurrencyOutOfRange', { maxConcurrency: 1 }, {}, "'maxConcurrency' must be between 2 and 1000 concurrent invocations (a whole number), got 1"],
    ['QueueMaxConcurrencyOutOfRange', { maxConcurrency: 0 }, {}, 'got 0'],
    ['QueueMaxConcurrencyOutOfRange', { maxConcurrency: 1001 }, {}, 'got 1001'],
    ['QueueFiltersTooMany', { filters: Array(11).fill({ pattern: '{}' }) }, {}, "'filters' must be at most 10 (5 without a quota increase), got 11"],
    ['QueueFilterKeyWithoutFilters', { filterEncryption: kms.Key.fromKeyArn(stackWith(), 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1') }, {}, "'filterEncryption' must be left out when there are no 'filters'"],
  ])('fails if %s (%#)', (code, options, props, message) => {
    const queue = new sqs.Queue(stackWith(), 'Queue', props);
    expect(() => PullSource.queue(queue, options)).toThrow(message);
    expect(() => PullSource.queue(queue, options)).toThrow(expect.objectContaining({ name: code }));
  });

  test.each<[QueueSourceOptions, sqs.QueueProps]>([
    [{ batchSize: 1, maxConcurrency: 2 }, {}],
    [{ batchSize: 10 }, fifo],
    [{ batchSize: 10_000, maxBatchingWindow: Duration.seconds(300), maxConcurrency: 1000 }, {}],
    [{ maxBatchingWindow: Duration.seconds(0) }, {}],
  ])('%j passes', (options, props) => {
    expect(mapping(queueTo(options, props))).toBeDefined();
  });
});

test('tokens are never checked', () => {
  const stack = stackWith();
  const number = new CfnParameter(stack, 'P', { type: 'Number' }).valueAsNumber;
  const source = PullSource.queue(new sqs.Queue(stack, 'Queue'), { batchSize: number, maxBatchingWindow: Duration.seconds(number), maxConcurrency: number });
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
  expect(mapping(stack)).toMatchObject({ BatchSize: { Ref: 'P' }, MaximumBatchingWindowInSeconds: { Ref: 'P' } });
});

test('an imported queue is polled and may be consumed from', () => {
  const stack = stackWith();
  const arn = 'arn:aws:sqs:eu-west-1:123456789012:theirs.fifo';
  const source = PullSource.queue(sqs.Queue.fromQueueArn(stack, 'Theirs', arn), { batchSize: 10 });
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
  expect(mapping(stack).EventSourceArn).toBe(arn);
  expect(JSON.stringify(only(stack, 'AWS::IAM::Policy').Properties)).toContain(arn);
});

test('a queue of another stack is imported from there', () => {
  const app = new App();
  const messaging = new Stack(app, 'Messaging');
  const service = new Stack(app, 'Service');
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PullSource.queue(new sqs.Queue(messaging, 'Queue')));
  expect(mapping(service).EventSourceArn).toEqual({ 'Fn::ImportValue': expect.stringContaining('Queue') });
});

test('ids are those of the CDK source on a lambda.Function, so that a mapping is updated and not made again', () => {
  const stack = stackWith();
  new lambda.Function(stack, 'Orders', { ...MINIMAL, events: [new SqsEventSource(new sqs.Queue(stack, 'Queue'))] });
  const { logicalId } = only(stack, 'AWS::Lambda::EventSourceMapping');
  expect(only(queueTo(), 'AWS::Lambda::EventSourceMapping').logicalId).toBe(logicalId);
  expect(logicalId).toBe('OrdersSqsEventSourceShopQueue2BB6207473CA3209');
});

describe('the event', () => {
  test('is that of a queue', () => {
    const events: SQSEvent[] = [queueEvent(), fifoQueueEvent()];
    expect(events.map(({ Records: [{ attributes }] }) => attributes.MessageGroupId)).toEqual([undefined, '1']);
  });

  test('names the queue, is that of its kind, and has what is overridden', () => {
    const stack = stackWith();
    const theirs = sqs.Queue.fromQueueArn(stack, 'Theirs', 'arn:aws:sqs:eu-west-1:111122223333:theirs.fifo');
    expect(PullSource.queue(theirs).sampleEvent({ Records: [{ body: 'one' }, { body: 'two' }] })).toMatchObject({
      Records: ['one', 'two'].map((body) => ({ body, attributes: { MessageGroupId: '1' }, eventSourceARN: 'arn:aws:sqs:eu-west-1:111122223333:theirs.fifo' })),
    });
    expect(PullSource.queue(new sqs.Queue(stack, 'Queue')).sampleEvent()).toEqual(queueEvent());
  });
});

test('what the source means is data', () => {
  const stack = stackWith();
  const names = [{}, { fifo: true }].map((props, index) => PullSource.queue(new sqs.Queue(stack, `Queue${index}`, props)).semantics.service);
  expect(names).toEqual(['Amazon SQS (standard queue)', 'Amazon SQS (FIFO queue)']);
});
