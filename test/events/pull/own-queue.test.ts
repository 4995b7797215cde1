import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { EventFunction, OwnQueueSourceOptions, PullSource } from '../../../src';
import { MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

function newQueueTo(options?: OwnQueueSourceOptions, timeout?: Duration) {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', { ...MINIMAL, timeout }).addEventSource(PullSource.newQueue(stack, 'Inbox', options));
  return stack;
}

/** The queue that is read, and that of its dead letters. */
function queuesOf(stack: Stack): { readonly queue: any; readonly deadLetters: any } {
  const queues = Object.values(resourcesOf(stack)).filter(({ Type }) => Type === 'AWS::SQS::Queue').map(({ Properties }) => Properties);
  return { queue: queues.find(({ RedrivePolicy }) => RedrivePolicy), deadLetters: queues.find(({ RedrivePolicy }) => !RedrivePolicy) };
}

const visibility = (stack: Stack) => queuesOf(stack).queue.VisibilityTimeout;

describe('defaults', () => {
  test('are what AWS recommends', () => {
    const { queue, deadLetters } = queuesOf(newQueueTo());
    expect(queue).toEqual({
      MessageRetentionPeriod: 345_600,
      RedrivePolicy: { deadLetterTargetArn: expect.anything(), maxReceiveCount: 5 },
      SqsManagedSseEnabled: true,
      VisibilityTimeout: 18,
    });
    expect(deadLetters).toEqual({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
  });

  test('the template', () => {
    expect(Template.fromStack(newQueueTo()).toJSON()).toMatchSnapshot();
  });
});

describe('messages are kept', () => {
  const DAY = 86_400;

  test.each<[string, number, number, number]>([
    ['four days', 5, 900, 4 * DAY],
    ['a day longer than it takes to receive them as often as they may be', 100, 900, 100 * 5400 + DAY],
    ['fourteen days at most', 1000, 900, 14 * DAY],
  ])('%s', (_, maxReceiveCount, timeout, expected) => {
    expect(queuesOf(newQueueTo({ maxReceiveCount }, Duration.seconds(timeout))).queue.MessageRetentionPeriod).toBe(expected);
  });

  test('as long as SQS does by default, if a parameter says how often they are received', () => {
    const stack = stackWith();
    const maxReceiveCount = new CfnParameter(stack, 'P', { type: 'Number' }).valueAsNumber;
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.newQueue(stack, 'Inbox', { maxReceiveCount }));
    expect(queuesOf(stack).queue.MessageRetentionPeriod).toBe(4 * DAY);
  });
});

describe('the visibility timeout', () => {
  test('is six times the timeout of the function, plus the window', () => {
    expect(visibility(newQueueTo({}, Duration.minutes(1)))).toBe(360);
    expect(visibility(newQueueTo({ maxBatchingWindow: Duration.seconds(20) }, Duration.minutes(1)))).toBe(380);
  });

  test('is that for the slowest function, whenever its timeout is given', () => {
    const stack = stackWith();
    const source = PullSource.newQueue(stack, 'Inbox');
    const slow = new lambda.Function(stack, 'Slow', { ...MINIMAL, timeout: Duration.seconds(10) });
    for (const fn of [slow.addAlias('live'), new EventFunction(stack, 'Quick', MINIMAL)]) fn.addEventSource(source);
    (slow.node.defaultChild as lambda.CfnFunction).timeout = 100;
    expect(visibility(stack)).toBe(600);
  });

  test.each<[string, (stack: Stack) => lambda.IFunction]>([
    ['a parameter says how long it may run', (stack) => {
      const timeout = Duration.seconds(new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber);
      return new lambda.Function(stack, 'Orders', { ...MINIMAL, timeout });
    }],
    ['it is imported', (stack) => lambda.Function.fromFunctionArn(stack, 'Theirs', 'arn:aws:lambda:eu-west-1:111122223333:function:theirs')],
  ])('is long enough for any function if %s', (_, make) => {
    const stack = stackWith();
    make(stack).addEventSource(PullSource.newQueue(stack, 'Inbox'));
    expect(visibility(stack)).toBe(5_400);
  });
});

describe('mapping', () => {
  test('what is said of the queue and of its mapping', () => {
    const stack = newQueueTo({ fifo: true, contentBasedDeduplication: true, queueName: 'inbox.fifo', maxReceiveCount: 7, batchSize: 3 });
    const { queue, deadLetters } = queuesOf(stack);
    expect(queue).toMatchObject({ FifoQueue: true, ContentBasedDeduplication: true, QueueName: 'inbox.fifo', RedrivePolicy: { maxReceiveCount: 7 } });
    expect(deadLetters).toMatchObject({ FifoQueue: true });
    expect(only(stack, 'AWS::Lambda::EventSourceMapping').Properties.BatchSize).toBe(3);
  });

  test('a key encrypts both queues, and the function may use it', () => {
    const stack = stackWith();
    const encryptionMasterKey = new kms.Key(stack, 'Key');
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.newQueue(stack, 'Inbox', { encryptionMasterKey }));
    const { queue, deadLetters } = queuesOf(stack);
    expect([queue.KmsMasterKeyId, deadLetters.KmsMasterKeyId]).toEqual(Array(2).fill({ 'Fn::GetAtt': [only(stack, 'AWS::KMS::Key').logicalId, 'Arn'] }));
    expect(JSON.stringify(only(stack, 'AWS::IAM::Policy').Properties)).toContain('kms:Decrypt');
  });

  test('senders are given the queue, and operators its dead letters', () => {
    const stack = stackWith();
    const { queue, deadLetterQueue } = PullSource.newQueue(stack, 'Inbox');
    expect([queue.node.id, deadLetterQueue.node.id]).toEqual(['Inbox', 'InboxDeadLetters']);
  });
});

describe('validation', () => {
  test.each([0, 1_001, 1.5])('fails if a message may be received %s times', (maxReceiveCount) => {
    expect(() => newQueueTo({ maxReceiveCount })).toThrow(`'maxReceiveCount' must be between 1 and 1000 receives (a whole number), got ${maxReceiveCount}; leave it out for 5 [QueueMaxReceiveCountOutOfRange at Shop]`);
  });

  test('fails like any queue if the mapping is wrong', () => {
    expect(() => newQueueTo({ fifo: true, maxBatchingWindow: Duration.seconds(1) })).toThrow("'maxBatchingWindow' must be left out for a FIFO queue");
  });
});

test('a queue of another stack is read, without a circle', () => {
  const app = new App();
  const [data, service] = [new Stack(app, 'Data'), new Stack(app, 'Service')];
  const source = PullSource.newQueue(data, 'Inbox');
  new EventFunction(service, 'Orders', { ...MINIMAL, timeout: Duration.seconds(5) }).addEventSource(source);
  app.synth();
  expect(service.dependencies).toEqual([data]);
  expect(visibility(data)).toBe(30);
});

test('ids are a contract', () => {
  const stack = newQueueTo();
  expect(Object.keys(resourcesOf(stack)).filter((id) => id.startsWith('Inbox'))).toMatchInlineSnapshot(`
[
  "InboxDeadLetters28F19700",
  "InboxDeadLettersPolicy58555AEE",
  "InboxA8E05DC3",
  "InboxPolicy63A7501F",
]
`);
});
