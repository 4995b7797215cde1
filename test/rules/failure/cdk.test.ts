import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EventFunction, PullSource, PushSource } from '../../../src';
import { readAssembly } from '../../../src/assembly/read-assembly';
import { CATALOG } from '../../../src/rules/catalog';
import { tempFolder } from '../../fixtures/temp-folder';
import { MINIMAL } from '../../function/functions';

const IDS = [
  'async-settings-can-fire', 'async-settings-say-something', 'destination-is-not-the-function', 'destination-is-standard',
  'destination-type-is-supported', 'destinations-form-no-circle', 'failed-events-are-kept',
];

/** The rules about failures that find something in a stack, and where. */
function findings(make: (stack: Stack) => unknown): string[] {
  const app = new App({ outdir: tempFolder() });
  make(new Stack(app, 'Shop'));
  const model = readAssembly(app.synth({ skipValidation: true }).directory);
  return CATALOG.filter(({ id }) => IDS.includes(id)).flatMap((rule) => [...rule.check(model)].map(({ resource }) => `${rule.id} ${resource.label}`));
}

const plain = (stack: Stack, props: Partial<lambda.FunctionProps> = {}, id = 'Orders') => new lambda.Function(stack, id, { ...MINIMAL, ...props });
const queue = (stack: Stack, id = 'Failed') => new sqs.Queue(stack, id);

describe('constructs of the CDK', () => {
  test.each<[string, (stack: Stack) => unknown, string[]]>([
    ['a bucket notifies', (stack) => new s3.Bucket(stack, 'Inbox').addObjectCreatedNotification(new notifications.LambdaDestination(plain(stack))), ['failed-events-are-kept Shop/Orders']],
    ['a topic', (stack) => new sns.Topic(stack, 'Inbox').addSubscription(new subscriptions.LambdaSubscription(plain(stack))), ['failed-events-are-kept Shop/Orders']],
    ['a topic, and a dead-letter queue', (stack) => new sns.Topic(stack, 'Inbox').addSubscription(new subscriptions.LambdaSubscription(plain(stack, { deadLetterQueue: queue(stack) }))), []],
    ['a queue, and a dead-letter queue of the function', (stack) => plain(stack, { deadLetterQueueEnabled: true }).addEventSource(new sources.SqsEventSource(queue(stack))), ['async-settings-can-fire Shop/Orders']],
    ['a queue, and a destination', (stack) => plain(stack, { onFailure: new destinations.SqsDestination(queue(stack)) }).addEventSource(new sources.SqsEventSource(queue(stack, 'In'))), ['async-settings-can-fire Shop/Orders/EventInvokeConfig']],
    ['an API, and retries', (stack) => new apigateway.LambdaRestApi(stack, 'Api', { handler: plain(stack, { retryAttempts: 0 }) }), ['async-settings-can-fire Shop/Orders/EventInvokeConfig']],
    ['an API and a rule, and a destination', (stack) => {
      const fn = plain(stack, { onFailure: new destinations.SqsDestination(queue(stack)) });
      new apigateway.LambdaRestApi(stack, 'Api', { handler: fn });
      new events.Rule(stack, 'Nightly', { schedule: events.Schedule.cron({}), targets: [new targets.LambdaFunction(fn)] });
    }, []],
    ['a FIFO queue', (stack) => plain(stack, { onFailure: new destinations.SqsDestination(new sqs.Queue(stack, 'Failed', { fifo: true })) }), ['destination-is-standard Shop/Orders/EventInvokeConfig']],
    ['a bucket for successes', (stack) => plain(stack, { onSuccess: new destinations.S3Destination(new s3.Bucket(stack, 'Done')) }), ['destination-type-is-supported Shop/Orders/EventInvokeConfig']],
    ['the function, given later', (stack) => {
      const fn = plain(stack);
      fn.configureAsyncInvoke({ onSuccess: new destinations.LambdaDestination(fn.latestVersion) });
    }, ['destination-is-not-the-function Shop/Orders/EventInvokeConfig']],
    ['two functions in a circle', (stack) => {
      const [a, b] = [plain(stack, {}, 'A'), plain(stack, {}, 'B')];
      a.configureAsyncInvoke({ onSuccess: new destinations.LambdaDestination(b) });
      b.configureAsyncInvoke({ onSuccess: new destinations.LambdaDestination(a) });
    }, ['destinations-form-no-circle Shop/A/EventInvokeConfig']],
    ['settings without a setting', (stack) => plain(stack).configureAsyncInvoke({}), ['async-settings-say-something Shop/Orders/EventInvokeConfig']],
  ])('%s', (_, make, expected) => {
    expect(findings(make)).toEqual(expected);
  });

  test('functions that they make for themselves are theirs', () => {
    const made: string[] = [];
    expect(findings((stack) => {
      new ses.ReceiptRuleSet(stack, 'Mail', { dropSpam: true });
      new events.Rule(stack, 'Nightly', { schedule: events.Schedule.cron({}), targets: [new targets.AwsApi({ service: 'SSM', action: 'getParameter' })] });
      made.push(...Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function')).map(({ Type }) => Type));
    })).toEqual([]);
    expect(made).toHaveLength(2);
  });
});

describe('our own constructs', () => {
  test('sources keep what fails, whichever they are', () => {
    expect(findings((stack) => {
      const fn = new EventFunction(stack, 'Orders', MINIMAL);
      fn.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
      fn.alias.addEventSource(PushSource.topic(new sns.Topic(stack, 'Topic')));
      fn.addAlias('canary').addEventSource(PushSource.topic(new sns.Topic(stack, 'Other')));
      new EventFunction(stack, 'Polling', MINIMAL).addEventSource(PullSource.queue(queue(stack, 'In')));
    })).toEqual([]);
  });

  test('unless they are told not to', () => {
    expect(findings((stack) => new EventFunction(stack, 'Orders', MINIMAL)
      .addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox'), { keepFailedEvents: false })))).toEqual(['failed-events-are-kept Shop/Orders']);
  });

  test('settings of the live alias of a function that is polled never fire', () => {
    expect(findings((stack) => new EventFunction(stack, 'Orders', { ...MINIMAL, retryAttempts: 0 })
      .addEventSource(PullSource.queue(queue(stack, 'In'))))).toEqual(['async-settings-can-fire Shop/Orders/EventInvokeConfig']);
  });
});
