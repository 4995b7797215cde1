import { App, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as logDestinations from 'aws-cdk-lib/aws-logs-destinations';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EventFunction, PullSource, PushSource } from '../../../src';
import { readAssembly } from '../../../src/assembly/read-assembly';
import { JsonObject } from '../../../src/model/template';
import { CATALOG } from '../../../src/rules/catalog';
import { allow, arnOf, fn, QUEUE, role } from '../../../src/rules/role/examples';
import { tempFolder } from '../../fixtures/temp-folder';
import { appOf } from '../../model/app-of';

const RULES = CATALOG.filter(({ id }) => /^trigger-.+-is-not-written$|-feed-each-other$|^logs-do-not|-does-not-lead-back$/.test(id));

const PLAIN: lambda.FunctionProps = {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => "ok";'),
};

/** What is found in an app of these constructs, as rule and message. */
function found(build: (stack: Stack) => void): string[] {
  const app = new App({ outdir: tempFolder() });
  build(new Stack(app, 'Shop'));
  const model = readAssembly(app.synth({ skipValidation: true }).directory);
  return RULES.flatMap((rule) => [...rule.check(model)].map(({ resource, message }) => `${rule.id} at ${resource.label}: ${message}`));
}

// what is found in an app with a function of ours is printed, too
beforeAll(() => { jest.spyOn(console, 'error').mockImplementation(() => {}); });
afterAll(() => { jest.restoreAllMocks(); });

test('the rules of this topic were found', () => {
  expect(RULES).toHaveLength(9);
});

describe('what the CDK makes', () => {
  test('a grant for a bucket that invokes the function is found', () => {
    expect(found((stack) => {
      const bucket = new s3.Bucket(stack, 'Inbox');
      const orders = new EventFunction(stack, 'Orders', PLAIN);
      orders.addEventSource(new sources.S3EventSourceV2(bucket, { events: [s3.EventType.OBJECT_CREATED], filters: [{ prefix: 'in/' }] }));
      bucket.grantReadWrite(orders);
    })).toEqual(['trigger-bucket-is-not-written at Shop/Orders: what Shop/Orders may write must be kept apart from what invokes it, '
      + 'got s3:PutObject on in/* of Shop/Inbox by role Shop/Orders/ServiceRole, and Shop/Orders is invoked with what is written there']);
  });

  test('a grant for other keys of the bucket is right', () => {
    expect(found((stack) => {
      const bucket = new s3.Bucket(stack, 'Inbox');
      const orders = new lambda.Function(stack, 'Orders', PLAIN);
      bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new notifications.LambdaDestination(orders), { prefix: 'in/' });
      bucket.grantRead(orders);
      bucket.grantPut(orders, 'out/*');
    })).toEqual([]);
  });

  test('a bucket of another app is known by its name', () => {
    const messages = found((stack) => {
      const bucket = s3.Bucket.fromBucketName(stack, 'Inbox', 'shop-inbox');
      const orders = new lambda.Function(stack, 'Orders', PLAIN);
      orders.addEventSource(PushSource.bucket(bucket));
      bucket.grantPut(orders);
    });
    expect(messages).toEqual([expect.stringMatching(/^trigger-bucket-is-not-written .* s3:PutObject on \* of shop-inbox by /)]);
  });

  test('a bucket by way of a topic and a queue is found', () => {
    const messages = found((stack) => {
      const bucket = new s3.Bucket(stack, 'Inbox');
      const topic = new sns.Topic(stack, 'Placed');
      const queue = new sqs.Queue(stack, 'Returns');
      bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new notifications.SnsDestination(topic));
      topic.addSubscription(new subscriptions.SqsSubscription(queue));
      const orders = new lambda.Function(stack, 'Orders', PLAIN);
      orders.addEventSource(PullSource.queue(queue));
      bucket.grantWrite(orders);
    });
    expect(messages).toEqual([expect.stringMatching(/invoked with what is written there by way of Shop\/Placed and Shop\/Returns$/)]);
  });

  test('a queue, a topic, a table and a bus are found', () => {
    expect(found((stack) => {
      const queue = new sqs.Queue(stack, 'Returns');
      const topic = new sns.Topic(stack, 'Placed');
      const table = new dynamodb.TableV2(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, dynamoStream: dynamodb.StreamViewType.NEW_IMAGE });
      const bus = new events.EventBus(stack, 'Bus');
      const orders = new lambda.Function(stack, 'Orders', PLAIN);
      orders.addEventSource(PullSource.queue(queue));
      orders.addEventSource(PushSource.topic(topic));
      orders.addEventSource(new sources.DynamoEventSource(table, { startingPosition: lambda.StartingPosition.LATEST }));
      new events.Rule(stack, 'All', { eventBus: bus, eventPattern: { source: events.Match.prefix('') }, targets: [new targets.LambdaFunction(orders)] });
      queue.grantSendMessages(orders);
      topic.grantPublish(orders);
      table.grantReadWriteData(orders);
      bus.grantPutEventsTo(orders);
    }).map((text) => text.replace(/:.*? got/, ':').replace(/ by role.*/, ''))).toEqual([
      'trigger-queue-is-not-written at Shop/Orders: sqs:SendMessage on Shop/Returns',
      'trigger-topic-is-not-written at Shop/Orders: sns:Publish on Shop/Placed',
      'trigger-stream-is-not-written at Shop/Orders: dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:BatchWriteItem on Shop/Table',
      'trigger-bus-is-not-written at Shop/Orders: events:PutEvents on Shop/Bus',
    ]);
  });

  test('what the sources grant by themselves is right', () => {
    expect(found((stack) => {
      const orders = new lambda.Function(stack, 'Orders', PLAIN);
      const table = new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.NEW_IMAGE });
      orders.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Returns')));
      orders.addEventSource(PushSource.topic(new sns.Topic(stack, 'Placed')));
      orders.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
      orders.addEventSource(new sources.DynamoEventSource(table, { startingPosition: lambda.StartingPosition.LATEST }));
      table.grantReadData(orders);
    })).toEqual([]);
  });

  test('a loop that is meant is right', () => {
    expect(found((stack) => {
      const queue = new sqs.Queue(stack, 'Returns');
      const orders = new lambda.Function(stack, 'Orders', { ...PLAIN, recursiveLoop: lambda.RecursiveLoop.ALLOW });
      orders.addEventSource(PullSource.queue(queue));
      queue.grantSendMessages(orders);
    })).toEqual([]);
  });

  test('logs that go to their own function are found', () => {
    const messages = found((stack) => {
      const logGroup = new logs.LogGroup(stack, 'Group');
      const orders = new lambda.Function(stack, 'Orders', { ...PLAIN, logGroup });
      logGroup.addSubscriptionFilter('All', { destination: new logDestinations.LambdaDestination(orders), filterPattern: logs.FilterPattern.allEvents() });
    });
    expect(messages).toEqual([expect.stringMatching(/^logs-do-not-invoke-their-function at Shop\/Group\/All: .* got its own log group/)]);
  });

  test('successes that lead back by way of another function are found, once', () => {
    const messages = found((stack) => {
      const topic = new sns.Topic(stack, 'Placed');
      const orders = new lambda.Function(stack, 'Orders', PLAIN);
      const labels = new lambda.Function(stack, 'Labels', { ...PLAIN, onSuccess: new destinations.SnsDestination(topic) });
      orders.configureAsyncInvoke({ onSuccess: new destinations.LambdaDestination(labels) });
      orders.addEventSource(PushSource.topic(topic));
    });
    expect(messages.map((text) => text.replace(/^.*got/, 'got'))).toEqual(['got Shop/Labels, then Shop/Orders by way of Shop/Placed']);
  });
});

test('what a role of several functions may do says nothing of one of them', () => {
  const one = { Orders: fn(), OrdersRole: role([allow('sqs:SendMessage', arnOf('Returns'))]), Returns: QUEUE, Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Orders' }, EventSourceArn: arnOf('Returns') } } };
  const count = (resources: JsonObject) => RULES.flatMap((rule) => [...rule.check(appOf(resources))]).length;
  expect(count(one)).toBe(1);
  expect(count({ ...one, Other: fn() })).toBe(0);
});

describe('circles of functions', () => {
  /** Function number `index` polls the queue of its number and sends to that of the next. */
  function ring(count: number) {
    return Object.assign({}, ...Array.from({ length: count }, (_, index) => ({
      [`Fn${index}`]: fn({ Role: arnOf(`Role${index}`) }),
      [`Role${index}`]: role([allow('sqs:SendMessage', arnOf(`Queue${(index + 1) % count}`))]),
      [`Queue${index}`]: QUEUE,
      [`Mapping${index}`]: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: `Fn${index}` }, EventSourceArn: arnOf(`Queue${index}`) } },
    })));
  }

  const circles = (count: number) => RULES.flatMap((rule) => [...rule.check(appOf(ring(count)))].map(({ resource }) => `${rule.id} at ${resource.logicalId}`));

  test.each([
    [1, ['trigger-queue-is-not-written at Fn0']],
    [2, ['functions-do-not-feed-each-other at Fn0']],
    [3, ['functions-do-not-feed-each-other at Fn0']],
    [4, []],
  ])('of %d are found once', (count, expected) => {
    expect(circles(count)).toEqual(expected);
  });
});
