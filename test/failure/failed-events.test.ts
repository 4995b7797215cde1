import { App, Duration, Stack, Tags, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { EventFunction, EventFunctionProps, PushSource } from '../../src';
import { MINIMAL, only, resourcesOf, stackWith } from '../function/functions';

function orders(props: Partial<EventFunctionProps> = {}, options?: { keepFailedEvents?: boolean }) {
  const stack = stackWith();
  const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, ...props });
  fn.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox'), options));
  return { stack, fn };
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack))
  .filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
const settings = (stack: Stack) => ofType(stack, 'AWS::Lambda::EventInvokeConfig');
const queues = (stack: Stack) => ofType(stack, 'AWS::SQS::Queue');
const destination = (stack: Stack) => JSON.stringify(only(stack, 'AWS::Lambda::EventInvokeConfig').Properties.DestinationConfig);

test('events that failed are kept in an encrypted queue, for the alias', () => {
  const { stack } = orders();
  const queue = only(stack, 'AWS::SQS::Queue');
  expect(queue).toMatchObject({ logicalId: 'OrdersFailedEventsA63389F9', Properties: { MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true } });
  expect(settings(stack)).toHaveLength(1);
  expect(destination(stack)).toContain(queue.logicalId);
  expect(JSON.stringify(settings(stack)[0].Qualifier)).toContain('Aliaslive');
  expect(JSON.stringify(ofType(stack, 'AWS::IAM::Policy'))).toContain('sqs:SendMessage');
});

/** What is acknowledged of the construct itself. */
const acknowledged = ({ node }: IConstruct) => node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
  .flatMap(({ data }) => Object.keys(data)).map((id) => id.split('::')[1]);

test('what others miss of the queue and see no destination for is acknowledged, and of no other function', () => {
  const { stack, fn } = orders();
  const other = new EventFunction(stack, 'Other', MINIMAL);
  resourcesOf(stack);
  expect(acknowledged(fn.node.findChild('FailedEvents'))).toEqual(['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy']);
  expect(acknowledged(fn.lambda.node.defaultChild!)).toEqual(['Serverless-LambdaDLQ', 'NIST.800.53.R5-LambdaDLQ', 'HIPAA.Security-LambdaDLQ']);
  expect(acknowledged(other.lambda.node.defaultChild!)).toEqual([]);
});

test('not if that is not wanted', () => {
  const { stack } = orders({}, { keepFailedEvents: false });
  expect([...queues(stack), ...settings(stack)]).toEqual([]);
});

describe('what was said about them counts, whenever it was', () => {
  test.each<[string, (stack: Stack, own: sqs.Queue) => void]>([
    ['a destination', (stack, own) => new EventFunction(stack, 'Orders', { ...MINIMAL, onFailure: new SqsDestination(own) })
      .addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox')))],
    ['a destination after the source', (stack, own) => {
      const fn = new EventFunction(stack, 'Orders', MINIMAL);
      fn.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
      fn.configureAsyncInvoke({ onFailure: new SqsDestination(own) });
    }],
    ['a dead-letter queue', (stack, own) => new EventFunction(stack, 'Orders', { ...MINIMAL, deadLetterQueue: own })
      .addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox')))],
  ])('%s', (_, make) => {
    const stack = stackWith();
    make(stack, new sqs.Queue(stack, 'Own'));
    expect(queues(stack)).toHaveLength(1);
  });

  test('other settings are kept, and the queue is added to them', () => {
    const { stack } = orders({ retryAttempts: 0, maxEventAge: Duration.minutes(5) });
    expect(settings(stack)).toEqual([expect.objectContaining({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 300 })]);
    expect(destination(stack)).toContain('OrdersFailedEvents');
    expect(JSON.stringify(ofType(stack, 'AWS::IAM::Policy'))).toContain('sqs:SendMessage');
  });
});

test('several sources share one queue', () => {
  const { stack, fn } = orders();
  fn.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Other')));
  expect(queues(stack)).toHaveLength(1);
});

test('each alias has a queue of its own', () => {
  const { stack, fn } = orders();
  fn.addAlias('canary').addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Other')));
  expect(settings(stack)).toHaveLength(2);
  expect(queues(stack)).toHaveLength(2);
});

test('a plain function and a wrapped one have it, too', () => {
  const stack = stackWith();
  const plain = new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.bucket(new s3.Bucket(stack, 'A'))] });
  EventFunction.wrap(stack, 'Live', plain).addEventSource(PushSource.bucket(new s3.Bucket(stack, 'B')));
  expect(settings(stack).map(({ Qualifier }) => JSON.stringify(Qualifier).includes('Aliaslive'))).toEqual([false, true]);
});

test('an alias in another stack than its function has its queue there, without a circle', () => {
  const app = new App();
  const [one, other] = [new Stack(app, 'One'), new Stack(app, 'Other')];
  const fn = new lambda.Function(one, 'Plain', MINIMAL);
  const alias = new lambda.Alias(other, 'Live', { aliasName: 'live', version: fn.currentVersion });
  alias.addEventSource(PushSource.bucket(new s3.Bucket(other, 'Inbox')));
  expect(queues(one)).toHaveLength(1);
  expect(settings(other)).toHaveLength(1);
});

test('nothing is made for an imported function', () => {
  const stack = new Stack(new App(), 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
  const theirs = lambda.Function.fromFunctionAttributes(stack, 'Theirs', {
    functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:theirs', sameEnvironment: true,
  });
  theirs.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
  expect([...queues(stack), ...settings(stack)]).toEqual([]);
});

test('tags of the app reach the queue', () => {
  const { stack } = orders();
  Tags.of(stack).add('team', 'shop');
  expect(queues(stack)[0].Tags).toEqual([{ Key: 'team', Value: 'shop' }]);
});

test('an app that is synthesized twice has it once', () => {
  const { stack } = orders();
  expect(queues(stack)).toHaveLength(1);
  expect(queues(stack)).toHaveLength(1);
});
