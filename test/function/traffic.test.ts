import { App, Duration, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as mq from 'aws-cdk-lib/aws-amazonmq';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { MINIMAL } from './functions';
import { ConcurrencyBudget, EventFunction, EventFunctionProps, ProvisionedConcurrency, PullSource, PushSource, InvocationMode, TrafficLimit, TrafficProfile, TrafficProfileProps } from '../../src';

function profileOf(props: Partial<TrafficProfileProps> = {}): TrafficProfile {
  return new TrafficProfile({ requestsPerSecond: 100, averageDuration: Duration.seconds(1), ...props });
}

function tableOf(stack: Stack): dynamodb.Table {
  return new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.KEYS_ONLY });
}

interface Made { readonly stack: Stack; readonly fn: EventFunction; readonly synth: () => Template }

function made(props: Partial<EventFunctionProps> = {}, context: Record<string, unknown> = {}): Made {
  const stack = new Stack(new App({ context }), 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
  const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, ...props });
  return { stack, fn, synth: () => Template.fromStack(stack) };
}

const QUOTA = 'cdk-event-functions:quota:111122223333:eu-west-1';

/** Warnings without the words that acknowledge them. */
function warningsOf({ stack }: Made): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data)).filter((text) => text.includes('cdk-event-functions:'));
}

describe('the estimate', () => {
  test('changes nothing in the template', () => {
    expect(made({ traffic: profileOf() }).synth().toJSON()).toEqual(made().synth().toJSON());
  });

  test('is not there without a profile', () => {
    expect(made().fn.trafficEstimate()).toBeUndefined();
  });

  test('takes reservation, provisioned concurrency and quota from the function and its account', () => {
    const traffic = profileOf({ requestsPerSecond: 40 });
    const { fn } = made({ traffic, reservedConcurrentExecutions: 100, aliasOptions: { provisionedConcurrentExecutions: 30 } });
    expect(fn.trafficEstimate()).toMatchObject({ limit: 100, limitSetBy: TrafficLimit.RESERVED_CONCURRENCY, spilloverPerSecond: 10 });
    expect(made({ traffic }, { [QUOTA]: 50 }).fn.trafficEstimate()).toMatchObject({ limit: 50, limitSetBy: TrafficLimit.ACCOUNT_QUOTA });
  });

  test('of a function without a reservation is that of what the app leaves to it', () => {
    for (const [context, quota, quotaIsSaid] of [[{}, 1000, false], [{ [QUOTA]: 2000 }, 2000, true]] as const) {
      const { fn, stack } = made({ traffic: profileOf() }, context);
      expect(fn.trafficEstimate()).toMatchObject({ limit: quota, notes: expect.arrayContaining([expect.stringMatching(/^all of the quota/)]) });
      const other = new lambda.Function(stack, 'Other', { ...MINIMAL, reservedConcurrentExecutions: 300 });
      other.addAlias('live', { provisionedConcurrentExecutions: 200 });
      new lambda.Function(stack, 'Shares', MINIMAL).addAlias('live', { provisionedConcurrentExecutions: 40 });
      new lambda.Function(new Stack(stack.node.root as App, 'Elsewhere', { env: { account: '111122223333', region: 'us-east-1' } }), 'Other', { ...MINIMAL, reservedConcurrentExecutions: 9 });
      const { limit, notes } = fn.trafficEstimate()!;
      expect(limit).toBe(quota - 340);
      expect(notes).toContain('340 of the quota are reserved or provisioned for others; the rest is taken to be free: other functions use it, too');
      expect(notes.some((note) => note.includes("AWS's default"))).toBe(!quotaIsSaid);
    }
  });

  test('counts its own provisioned concurrency, and not that of its other aliases', () => {
    const { fn } = made({ traffic: profileOf(), provisionedConcurrency: ProvisionedConcurrency.fixed(30) });
    expect(fn.trafficEstimate()).toMatchObject({ limit: 1000, spilloverPerSecond: 70 });
    fn.addAlias('canary', { provisionedConcurrency: ProvisionedConcurrency.fixed(100) });
    expect(fn.trafficEstimate()).toMatchObject({ limit: 900 });
  });

  test('takes what is overridden in the template as it is there', () => {
    const { fn } = made({ traffic: profileOf() });
    (fn.function.node.defaultChild as lambda.CfnFunction).addPropertyOverride('ReservedConcurrentExecutions', 40);
    expect(fn.trafficEstimate()).toMatchObject({ limit: 40, limitSetBy: TrafficLimit.RESERVED_CONCURRENCY });
  });

  test('of an app whose quota makes no sense takes the default', () => {
    const { fn, stack } = made({ traffic: profileOf() }, { [QUOTA]: 'many' });
    new lambda.Function(stack, 'Other', { ...MINIMAL, reservedConcurrentExecutions: 300 });
    expect(fn.trafficEstimate()).toMatchObject({ limit: 1000 });
  });

  test('can be had of a wrapped function, too', () => {
    const stack = new Stack(new App(), 'Shop');
    const inner = new lambda.Function(stack, 'Inner', { ...MINIMAL, reservedConcurrentExecutions: 7 });
    expect(EventFunction.wrap(stack, 'Orders', inner, { traffic: profileOf() }).trafficEstimate()).toMatchObject({ limit: 7, throttledPerSecond: 93 });
  });

  test('is that of callers who wait as soon as one waits', () => {
    const { fn, stack } = made({ traffic: profileOf() });
    expect(fn.trafficEstimate()?.invocation).toBe(InvocationMode.SYNCHRONOUS);
    fn.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
    expect(fn.trafficEstimate()?.invocation).toBe(InvocationMode.ASYNCHRONOUS);
    fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
    expect(fn.trafficEstimate()?.invocation).toBe(InvocationMode.SYNCHRONOUS);
  });

  test('is bounded by what Lambda polls', () => {
    const { fn, stack } = made({ traffic: profileOf({ requestsPerSecond: 1000 }) });
    fn.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue'), { maxConcurrency: 20 }));
    const { POLLED } = InvocationMode;
    expect(fn.trafficEstimate()).toMatchObject({ invocation: POLLED, neededConcurrency: 100, limit: 20, limitSetBy: TrafficLimit.SOURCE });
    const stream = new kinesis.Stream(stack, 'Stream', { shardCount: 4 });
    fn.addEventSource(new KinesisEventSource(stream, { startingPosition: lambda.StartingPosition.LATEST, parallelizationFactor: 3 }));
    expect(fn.trafficEstimate()).toMatchObject({ limit: 32 });
  });

  test('is bounded by the shards of a stream that is read by a consumer', () => {
    const { fn, stack } = made({ traffic: profileOf({ requestsPerSecond: 1000 }) });
    const stream = new kinesis.Stream(stack, 'Stream', { shardCount: 4 });
    const consumer = new kinesis.StreamConsumer(stack, 'Consumer', { stream, streamConsumerName: 'orders' });
    fn.addEventSource(PullSource.streamConsumer(consumer, { parallelizationFactor: 3 }));
    expect(fn.trafficEstimate()).toMatchObject({ neededConcurrency: 10, limit: 12, limitSetBy: TrafficLimit.SOURCE });
  });

  test('is bounded by the maximum of a FIFO queue, to which Lambda need not scale up', () => {
    const { fn, stack } = made({ traffic: profileOf({ requestsPerSecond: 1000 }) });
    fn.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue', { fifo: true }), { maxConcurrency: 20 }));
    expect(fn.trafficEstimate()).toMatchObject({ neededConcurrency: 100, limit: 20, limitSetBy: TrafficLimit.SOURCE, throttledPerSecond: 80 });
    expect(fn.trafficEstimate()?.notes).not.toContainEqual(expect.stringContaining('set a maximum concurrency'));
  });

  test('is bounded by the pollers of a queue', () => {
    const { fn, stack } = made({ traffic: profileOf({ requestsPerSecond: 1000 }), reservedConcurrentExecutions: 200 });
    const { queueArn: eventSourceArn } = new sqs.Queue(stack, 'Queue');
    const mapping = fn.addEventSourceMapping('Mapping', { eventSourceArn }).node.defaultChild as lambda.CfnEventSourceMapping;
    mapping.provisionedPollerConfig = { minimumPollers: 2, maximumPollers: 5 };
    expect(fn.trafficEstimate()).toMatchObject({ neededConcurrency: 100, limit: 50, limitSetBy: TrafficLimit.SOURCE, throttledPerSecond: 50 });
  });

  test.each([false, true])('is bounded by the share of what is reserved, which a queue gets by itself (FIFO: %s)', (fifo) => {
    const { fn, stack } = made({ traffic: profileOf({ requestsPerSecond: 1000 }), reservedConcurrentExecutions: 10 });
    for (const id of ['Queue', 'Other']) fn.addEventSource(PullSource.queue(new sqs.Queue(stack, id, { fifo: fifo || undefined })));
    expect(fn.trafficEstimate()).toMatchObject({ invocation: InvocationMode.POLLED, limit: 10 });
    (fn.node.defaultChild as lambda.CfnFunction).reservedConcurrentExecutions = 7;
    expect(fn.trafficEstimate()).toMatchObject({ limit: 6, limitSetBy: TrafficLimit.SOURCE });
  });

  test('counts mappings that are made elsewhere, and none that is disabled', () => {
    const { fn, stack } = made({ traffic: profileOf() });
    const mapping = { target: fn, eventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:orders', maxConcurrency: 9 };
    new lambda.EventSourceMapping(stack, 'Mapping', mapping);
    new lambda.EventSourceMapping(stack, 'Disabled', { ...mapping, enabled: false });
    expect(fn.trafficEstimate()).toMatchObject({ invocation: InvocationMode.POLLED, limit: 9 });
  });

  const broker = (engineType: string) => (stack: Stack) => new mq.CfnBroker(stack, 'Broker', {
    engineType, brokerName: 'orders', deploymentMode: 'SINGLE_INSTANCE', hostInstanceType: 'mq.m5.large', publiclyAccessible: false,
  }).attrArn;

  test.each<[string, (stack: Stack) => string, number]>([
    ['a broker of ActiveMQ', broker('ActiveMQ'), 5],
    ['a broker of RabbitMQ', broker('RABBITMQ'), 1],
    ['a broker whose engine is decided at deployment', broker(Token.asString({ Ref: 'Engine' })), 1000],
    ['a cluster of DocumentDB', (stack) => Token.asString(new docdb.CfnDBCluster(stack, 'Cluster').getAtt('Arn')), 1],
  ])('is bounded by %s', (_, makeSource, limit) => {
    const { fn, stack } = made({ traffic: profileOf({ requestsPerSecond: 10 }) });
    fn.addEventSourceMapping('Mapping', { eventSourceArn: makeSource(stack) });
    expect(fn.trafficEstimate()).toMatchObject({ limit });
  });

  test.each<[string, (stack: Stack) => Partial<lambda.EventSourceMappingOptions>]>([
    ['a FIFO queue, whose message groups nobody knows', (stack) => ({ eventSourceArn: new sqs.Queue(stack, 'Queue', { fifo: true }).queueArn })],
    ['a stream on demand', (stack) => ({ eventSourceArn: new kinesis.Stream(stack, 'Stream', { streamMode: kinesis.StreamMode.ON_DEMAND }).streamArn, startingPosition: lambda.StartingPosition.LATEST })],
    ['a stream of the L1 on demand, with shards that mean nothing', (stack) => ({ eventSourceArn: new kinesis.CfnStream(stack, 'Stream', { shardCount: 1, streamModeDetails: { streamMode: 'ON_DEMAND' } }).attrArn, startingPosition: lambda.StartingPosition.LATEST })],
    ['a stream of a table, whose shards nobody knows', (stack) => ({ eventSourceArn: tableOf(stack).tableStreamArn, startingPosition: lambda.StartingPosition.LATEST })],
    ['a consumer of a stream that is known after the deployment', (stack) => ({ eventSourceArn: new kinesis.CfnStreamConsumer(stack, 'Consumer', { consumerName: 'orders', streamArn: Token.asString({ Ref: 'Stream' }) }).attrConsumerArn, startingPosition: lambda.StartingPosition.LATEST })],
    ['a source that is known after the deployment', () => ({ eventSourceArn: Token.asString({ Ref: 'Source' }) })],
    ['a queue with batches that are decided at deployment', (stack) => ({ eventSourceArn: new sqs.Queue(stack, 'Queue').queueArn, batchSize: Token.asNumber({ Ref: 'Batch' }) })],
    ['a queue with a maximum that is decided at deployment', (stack) => ({ eventSourceArn: new sqs.Queue(stack, 'Queue').queueArn, maxConcurrency: Token.asNumber({ Ref: 'Maximum' }) })],
  ])('claims nothing of %s', (_, options) => {
    // others complain that the role may not poll
    const it = made({ traffic: profileOf({ requestsPerSecond: 5000 }) }, { 'cdk-event-functions:rules': false });
    it.fn.addEventSourceMapping('Mapping', options(it.stack));
    expect(it.fn.trafficEstimate()).toMatchObject({ invocation: InvocationMode.POLLED, limit: 1000, limitSetBy: TrafficLimit.ACCOUNT_QUOTA });
    it.synth();
    expect(warningsOf(it)).toEqual([]);
  });

  test('says what is decided at deployment, and compares nothing with it', () => {
    const it = made({ traffic: profileOf({ averageDuration: Duration.seconds(9) }) });
    const resource = it.fn.function.node.defaultChild as lambda.CfnFunction;
    resource.reservedConcurrentExecutions = Token.asNumber({ Ref: 'AWS::AccountId' });
    resource.timeout = Token.asNumber({ Ref: 'AWS::AccountId' });
    expect(it.fn.trafficEstimate()?.notes[0]).toMatch(/decided at deployment/);
    expect(it.synth).not.toThrow();
  });
});

describe('at synthesis', () => {
  test('fails if traffic is more than the reservation serves', () => {
    const { synth } = made({ traffic: profileOf(), reservedConcurrentExecutions: 60 });
    expect(synth).toThrow("'traffic.requestsPerSecond' must be at most 60 with a reserved concurrency of 60, 1 s for each request, got 100; reserve 128, or leave the reservation out");
    expect(synth).toThrow('[TrafficExceedsConcurrency at Shop/Orders]');
  });

  test('fails if short requests are too many for the reservation', () => {
    expect(made({ traffic: profileOf({ averageDuration: Duration.millis(20) }), reservedConcurrentExecutions: 5 }).synth)
      .toThrow("'traffic.requestsPerSecond' must be at most 50 with a reserved concurrency of 5, ten requests per second for each, got 100; reserve 10");
  });

  test('fails if records are too many even in full batches', () => {
    const { synth, fn, stack } = made({ traffic: profileOf({ requestsPerSecond: 1000 }), reservedConcurrentExecutions: 60 });
    fn.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue')));
    expect(synth).toThrow("'traffic.requestsPerSecond' must be at most 600 with a reserved concurrency of 60, 1 s for each batch, got 1000; reserve 100");
  });

  test('fails if traffic is more than the account is said to serve, and warns if that is only assumed', () => {
    const traffic = profileOf({ requestsPerSecond: 2000 });
    expect(made({ traffic }, { [QUOTA]: '1000' }).synth).toThrow('must be at most 1000 with a quota of the account of 1000, 1 s for each request, got 2000');
    const assumed = made({ traffic });
    assumed.synth();
    expect(warningsOf(assumed)).toEqual([
      expect.stringMatching(/^traffic of 2000 requests per second takes a concurrency of 2000, and there is one of 1000 \(account quota\): 1000 per second are refused/),
    ]);
  });

  test('fails if the app reserves too much of a quota that was told, and warns if that is assumed', () => {
    const crowded = (context = {}) => {
      const it = made({ traffic: profileOf({ requestsPerSecond: 750 }) }, { 'cdk-event-functions:rules': false, ...context });
      new lambda.Function(it.stack, 'Other', { ...MINIMAL, reservedConcurrentExecutions: 300 });
      return it;
    };
    expect(crowded({ [QUOTA]: 1000 }).synth)
      .toThrow(/must be at most 700 with the 700 that others leave of the quota of the account, 1 s for each request, got 750; have the quota raised to more than 11\d\d, or make the function faster/);
    const assumed = crowded();
    assumed.synth();
    expect(warningsOf(assumed)).toEqual([expect.stringMatching(/takes a concurrency of 750, and there is one of 700 \(account quota\): 50 per second are refused/)]);
  });

  test('says nothing of what a reservation that is decided at deployment may leave', () => {
    const { stack, synth } = made({ traffic: profileOf({ requestsPerSecond: 750 }) }, { 'cdk-event-functions:rules': false, [QUOTA]: 1000 });
    new lambda.Function(stack, 'Other', { ...MINIMAL, reservedConcurrentExecutions: Token.asNumber({ Ref: 'AWS::AccountId' }) });
    expect(synth).not.toThrow();
  });

  test('compares with the app as it is, also when it is synthesized again', () => {
    const { stack, fn } = made({ traffic: profileOf({ requestsPerSecond: 750 }) }, { 'cdk-event-functions:rules': false, [QUOTA]: 1000 });
    const synth = () => (stack.node.root as App).synth({ force: true });
    expect(synth).not.toThrow();
    const other = new lambda.Function(stack, 'Other', { ...MINIMAL, reservedConcurrentExecutions: 300 });
    expect(synth).toThrow('at most 700');
    (other.node.defaultChild as lambda.CfnFunction).reservedConcurrentExecutions = 200;
    expect(synth).not.toThrow();
    // one that is validated before the others
    new EventFunction(fn, 'Inner', { ...MINIMAL, traffic: profileOf({ requestsPerSecond: 1 }) });
    (other.node.defaultChild as lambda.CfnFunction).reservedConcurrentExecutions = 400;
    expect(synth).toThrow('at most 600');
  });

  test('compares with the app as it is when a reservation was taken away', () => {
    const { stack, fn } = made({ traffic: profileOf({ requestsPerSecond: 750 }), reservedConcurrentExecutions: 800 }, { 'cdk-event-functions:rules': false, [QUOTA]: 1000 });
    new EventFunction(stack, 'Second', { ...MINIMAL, traffic: profileOf({ requestsPerSecond: 1 }) });
    const synth = () => (stack.node.root as App).synth({ force: true });
    expect(synth).not.toThrow();
    (fn.function.node.defaultChild as lambda.CfnFunction).reservedConcurrentExecutions = undefined;
    expect(synth).not.toThrow();
  });

  test('walks through the app once for all functions', () => {
    const it = made({ traffic: profileOf() }, { 'cdk-event-functions:rules': false });
    for (let index = 0; index < 9; index++) new EventFunction(it.stack, `F${index}`, { ...MINIMAL, traffic: profileOf() });
    const asked = jest.spyOn(ConcurrencyBudget, 'of');
    it.synth();
    expect(asked).toHaveBeenCalledTimes(1);
    asked.mockRestore();
  });

  test('fails if an invocation takes longer than it may', () => {
    expect(made({ traffic: profileOf({ averageDuration: Duration.seconds(4) }) }).synth)
      .toThrow("'traffic.averageDuration' must be at most the timeout of the function, 3 s, got \"4 s\"; raise 'timeout'");
  });

  test('warns of a source that lets too little through', () => {
    const it = made({ traffic: profileOf({ requestsPerSecond: 1000 }) });
    it.fn.addEventSource(PullSource.queue(new sqs.Queue(it.stack, 'Queue'), { maxConcurrency: 20 }));
    it.synth();
    expect(warningsOf(it)).toEqual([expect.stringMatching(/^traffic of 1000 requests per second takes a concurrency of 100, and there is one of 20 \(source\): 80 batches per second pile up until they expire/)]);
  });

  test('warns of a burst that is refused at first, and of too little room for chance', () => {
    const it = made({ traffic: profileOf({ burst: 300 }), reservedConcurrentExecutions: 105 });
    it.synth();
    expect(warningsOf(it)).toEqual([
      expect.stringMatching(/^requests that arrive at random are not spread evenly: [\d.]+ of 100 per second are refused with a concurrency of 105 \(reserved concurrency\); 128 would do/),
      expect.stringMatching(/^295 of the 300 requests of a burst are refused at first, because of the reserved concurrency; callers who try again are served within [\d.]+ seconds/),
    ]);
  });

  test('says nothing of a function that is switched off, nor of traffic that fits', () => {
    for (const it of [made({ traffic: profileOf({ burst: 9 }), reservedConcurrentExecutions: 0 }), made({ traffic: profileOf({ burst: 500 }) })]) {
      it.synth();
      expect(warningsOf(it)).toEqual([]);
    }
  });
});
