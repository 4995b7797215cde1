import * as fc from 'fast-check';
import { FailurePath } from '../../../src/limits/failure-path';
import { failuresOf } from '../../../src/model/failures/failures-of';
import { Json, JsonObject } from '../../../src/model/template';
import { appOf, resourceIn } from '../app-of';

const ARN = { 'Fn::GetAtt': ['Orders', 'Arn'] };
const DEAD = { 'Fn::GetAtt': ['Dead', 'Arn'] };
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:orders';

/** What is said of a function among other resources. */
function failures(resources: JsonObject, properties: JsonObject = {}): FailurePath[] {
  const all = { Orders: { Type: 'AWS::Lambda::Function', Properties: properties }, Dead: { Type: 'AWS::SQS::Queue' }, ...resources };
  return failuresOf(resourceIn(appOf(all), 'Orders'));
}

function mapping(properties: JsonObject): JsonObject {
  return { Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Orders' }, ...properties } } };
}

function queue(properties: JsonObject = {}, ofMapping: JsonObject = {}, ofFunction: JsonObject = {}): FailurePath {
  const resources = { Queue: { Type: 'AWS::SQS::Queue', Properties: properties }, ...mapping({ EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] }, ...ofMapping }) };
  const [path] = failures(resources, ofFunction);
  return path;
}

function stream(properties: JsonObject = {}): FailurePath {
  const [path] = failures({ Stream: { Type: 'AWS::Kinesis::Stream' }, ...mapping({ EventSourceArn: { 'Fn::GetAtt': ['Stream', 'Arn'] }, ...properties }) });
  return path;
}

function rule(target: JsonObject = {}): JsonObject {
  return { Nightly: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'Orders', Arn: ARN, ...target }] } } };
}

function settings(properties: JsonObject): JsonObject {
  return { Settings: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: { Ref: 'Orders' }, Qualifier: '$LATEST', ...properties } } };
}

function permission(principal: Json, properties: JsonObject = {}): JsonObject {
  return { Permission: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Orders' }, Principal: principal, ...properties } } };
}

const onFailure = (Destination: Json): JsonObject => ({ DestinationConfig: { OnFailure: { Destination } } });
const redrive = (maxReceiveCount: Json): JsonObject => ({ RedrivePolicy: { deadLetterTargetArn: DEAD, maxReceiveCount } });

test('a source that waits: the caller is told, and nothing is kept', () => {
  const targets = { Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { TargetType: 'lambda', Targets: [{ Id: ARN }] } } };
  expect(failures(targets)).toEqual([{
    source: 'Group',
    service: 'Application Load Balancer',
    mode: 'synchronous',
    qualifier: '$LATEST',
    onError: 'Lambda does not try again: the client gets an error of status 502; nobody tries again, unless the client does',
    onTimeout: 'as on an error',
    onThrottle: 'Lambda refuses the call with status 429, and keeps nothing; the rest is as on an error',
    onOversize: 'refused: Lambda takes 6,291,456 bytes at most, Application Load Balancer 1,048,576',
    onPoisonRecord: 'as on an error; other events do not wait for it',
    endsIn: 'nowhere: nothing is kept, and the client gets an error of status 502; nobody tries again, unless the client does',
  }]);
});

test('a source that hands over, with nothing said: two retries, and the event is lost', () => {
  expect(failures(rule())).toEqual([{
    source: 'Nightly',
    service: 'Amazon EventBridge',
    mode: 'asynchronous',
    qualifier: '$LATEST',
    onError: 'Lambda tries again twice, after one and two minutes; then it is lost',
    onTimeout: 'Lambda tries again twice, after one and two minutes; then it is lost',
    onThrottle: 'Lambda tries again for up to 6 hours, at intervals that grow to 5 minutes; then it is lost',
    onOversize: 'Lambda takes 1,048,576 bytes at most; what it does not take goes to no destination of the function',
    onPoisonRecord: 'as on an error; other events do not wait for it',
    endsIn: 'lost: the function has neither an on-failure destination nor a dead-letter queue',
  }]);
});

test.each<[string, JsonObject, JsonObject, Partial<FailurePath>]>([
  ['no retries', settings({ MaximumRetryAttempts: 0, ...onFailure(QUEUE) }), {}, {
    onError: `Lambda does not try again; then it goes to ${QUEUE}`, endsIn: `${QUEUE}, the on-failure destination`,
  }],
  ['one retry, and a short life', settings({ MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 90 }), {}, {
    onError: 'Lambda tries again once, after one minute; then it is lost',
    onThrottle: 'Lambda tries again for up to 90 seconds, at intervals that grow to 5 minutes; then it is lost',
  }],
  ['settings that the deployment decides', settings({ MaximumRetryAttempts: { Ref: 'Retries' }, MaximumEventAgeInSeconds: { Ref: 'Age' } }), {}, {
    onError: 'Lambda tries again as often as the deployment decides; then it is lost',
    onThrottle: 'Lambda tries again for up to as long as the deployment decides, at intervals that grow to 5 minutes; then it is lost',
  }],
  ['settings of another qualifier', settings({ Qualifier: 'live', ...onFailure(QUEUE) }), {}, {
    endsIn: 'lost: the function has neither an on-failure destination nor a dead-letter queue',
  }],
  ['settings of a qualifier that nobody knows', settings({ Qualifier: { Ref: 'Name' }, ...onFailure(QUEUE) }), {}, {
    onError: 'Lambda tries again as often as the deployment decides; then it goes where the deployment decides',
    endsIn: 'not known: the deployment decides whether there is a destination',
  }],
  ['a destination under a condition', settings(onFailure({ 'Fn::If': ['Prod', QUEUE, { Ref: 'AWS::NoValue' }] })), {}, {
    endsIn: 'not known: the deployment decides whether there is a destination',
  }],
  ['a destination that is taken away', settings(onFailure('')), {}, { endsIn: 'lost: the function has neither an on-failure destination nor a dead-letter queue' }],
  ['a dead-letter queue', {}, { DeadLetterConfig: { TargetArn: DEAD } }, { endsIn: 'Dead, the dead-letter queue or topic of the function' }],
  ['no dead-letter queue after all', {}, { DeadLetterConfig: { Ref: 'AWS::NoValue' } }, { endsIn: 'lost: the function has neither an on-failure destination nor a dead-letter queue' }],
  ['both', settings(onFailure(QUEUE)), { DeadLetterConfig: { TargetArn: DEAD } }, {
    onError: `Lambda tries again twice, after one and two minutes; then it goes to ${QUEUE} and Dead`,
    endsIn: `${QUEUE}, the on-failure destination; Dead, the dead-letter queue or topic of the function`,
  }],
  ['a function that is switched off', {}, { ReservedConcurrentExecutions: 0 }, { onThrottle: 'Lambda does not try again, since the reserved concurrency is 0: it is lost' }],
  ['a queue for what is not handed over', rule({ DeadLetterConfig: { Arn: DEAD } }), {}, {
    onOversize: 'Lambda takes 1,048,576 bytes at most; what it does not take goes to Dead',
    endsIn: 'lost: the function has neither an on-failure destination nor a dead-letter queue',
  }],
])('a source that hands over: %s', (_, resources, properties, expected) => {
  expect(failures({ ...rule(), ...resources }, properties)).toEqual([expect.objectContaining(expected)]);
});

test.each<[string, JsonObject, Partial<FailurePath>]>([
  ['a skill', permission('alexa-appkit.amazon.com'), { service: 'Amazon Alexa (custom skill)', mode: 'synchronous' as FailurePath['mode'] }],
  ['a service without anything else', permission('s3.amazonaws.com', { SourceArn: 'arn:aws:s3:::inbox' }), { source: 'arn:aws:s3:::inbox', service: 'Amazon S3', mode: 'asynchronous' as FailurePath['mode'] }],
  ['a service that nobody here knows', permission('new.amazonaws.com'), { source: 'new.amazonaws.com', service: 'new.amazonaws.com', onError: 'Lambda does not try again: the caller gets the error' }],
  ['a custom resource', { Schema: { Type: 'Custom::Schema', Properties: { ServiceToken: ARN } } }, { source: 'Schema', mode: 'asynchronous' as FailurePath['mode'] }],
  ['a role', {
    Machine: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'Invoke', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: ARN }] } }] } },
  }, { source: 'Machine', endsIn: 'if the caller waits: nowhere: nothing is kept, and the caller gets the error; if not: lost: the function has neither an on-failure destination nor a dead-letter queue' }],
])('who else calls: %s', (_, resources, expected) => {
  expect(failures(resources)).toEqual([expect.objectContaining(expected)]);
});

test('an account may wait or not', () => {
  const [path] = failures(permission('111122223333'));
  expect(path).toMatchObject({ source: '111122223333', onError: expect.stringMatching(/^if the caller waits: .*; if not: /) });
  expect(path).not.toHaveProperty('mode');
});

test('a queue with a dead-letter queue', () => {
  expect(queue({ VisibilityTimeout: 180, ...redrive(5) }, { FunctionResponseTypes: ['ReportBatchItemFailures'] })).toEqual({
    source: 'Queue',
    service: 'Amazon SQS',
    mode: 'polled',
    qualifier: '$LATEST',
    onError: 'the messages that the function names come again after the visibility timeout of 3 minutes; each goes to Dead after 5 receives',
    onTimeout: 'the whole batch comes again after the visibility timeout of 3 minutes; each goes to Dead after 5 receives',
    onThrottle: 'Lambda tries again for the visibility timeout of 3 minutes; then the whole batch comes again, and counts as received: throttling alone brings it to Dead after 5 receives',
    onOversize: 'does not happen: batches are cut at 6,291,456 bytes, and no message is that large',
    onPoisonRecord: 'the others of its batch are done with, if the function names it and does not throw; each goes to Dead after 5 receives',
    endsIn: 'Dead, the dead-letter queue, after 5 receives',
  });
});

test.each<[string, number | object, string | undefined]>([
  ['as much as is reserved', 10, 'only others can use that up'],
  ['more than is reserved', 11, undefined],
  ['as much as a parameter says', { Ref: 'Most' }, undefined],
])('a queue of which is read at once %s', (_, MaximumConcurrency, words) => {
  const { onThrottle } = queue({}, { ScalingConfig: { MaximumConcurrency } as JsonObject }, { ReservedConcurrentExecutions: 10 });
  if (words) expect(onThrottle).toContain(words);
  else expect(onThrottle).not.toContain('only others');
});

test.each<[string, FailurePath, Partial<FailurePath>]>([
  ['nothing said', queue(), {
    onError: 'the whole batch comes again after the visibility timeout of 30 seconds; what the queue has kept for 4 days, it drops: it is lost',
    onThrottle: 'Lambda tries again for the visibility timeout of 30 seconds; then the whole batch comes again, and counts as received, which changes nothing without a dead-letter queue',
    onPoisonRecord: 'up to 9 others of its batch come again with it, and are received as often; what the queue has kept for 4 days, it drops: it is lost',
    endsIn: 'lost: the queue has no dead-letter queue, and drops it after 4 days',
  }],
  ['one message a batch, of a FIFO queue', queue({ FifoQueue: true, ...redrive(1) }, { BatchSize: 1 }), {
    onPoisonRecord: 'others do not come in the same batch; the others of its group wait; each goes to Dead after 1 receive',
  }],
  ['numbers that the deployment decides', queue({ VisibilityTimeout: { Ref: 'Timeout' }, ...redrive({ Ref: 'Most' }) }), {
    onTimeout: 'the whole batch comes again after the visibility timeout of as long as the deployment decides; each goes to Dead after as many receives as the deployment decides',
  }],
  ['a dead-letter queue under a condition', queue({ RedrivePolicy: { 'Fn::If': ['Prod', redrive(5).RedrivePolicy!, { Ref: 'AWS::NoValue' }] } }), {
    endsIn: 'not known: the deployment decides whether the queue has a dead-letter queue',
  }],
  ['none after all', queue({ RedrivePolicy: { Ref: 'AWS::NoValue' } }), { endsIn: 'lost: the queue has no dead-letter queue, and drops it after 4 days' }],
])('a queue: %s', (_, path, expected) => {
  expect(path).toMatchObject(expected);
});

test.each<[string, FailurePath, Partial<FailurePath>]>([
  ['nothing said', stream(), {
    onError: 'the batch is tried again until the stream drops it, after 1 day; the shard waits meanwhile; then it is skipped, and lost',
    onThrottle: 'tried again until the stream drops it, after 1 day, which uses up no retries; the shard waits meanwhile; then it is skipped, and lost',
    onPoisonRecord: 'the others of its batch are tried and given up with it; the shard waits until it is given up',
    endsIn: 'lost: the mapping has no on-failure destination',
  }],
  ['bounds, halves and a queue', stream({ MaximumRetryAttempts: 10, MaximumRecordAgeInSeconds: 43_200, BisectBatchOnFunctionError: true, ...onFailure(DEAD) }), {
    onError: 'the batch is halved, which is no retry, and tried again up to 10 times, until it is 12 hours old; the shard waits meanwhile; then it is skipped, and reported to Dead',
    onThrottle: 'tried again until it is 12 hours old, which uses up no retries; the shard waits meanwhile; then it is skipped, and reported to Dead',
    onPoisonRecord: 'halving parts it from the others of its batch, which are handed over more than once; the shard waits until it is given up',
    endsIn: 'Dead, the on-failure destination, which is told where in the stream it is, not the record',
  }],
  ['no bounds in numbers', stream({ MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: -1 }), { onError: stream().onError }],
  ['a bucket', stream(onFailure('arn:aws:s3:::failed')), { endsIn: 'arn:aws:s3:::failed, the on-failure destination' }],
  ['a function that names what failed', stream({ FunctionResponseTypes: ['ReportBatchItemFailures'] }), {
    onPoisonRecord: 'those before it in the batch are done with, if the function names it; the shard waits until it is given up',
  }],
  ['a destination under a condition', stream(onFailure({ 'Fn::If': ['Prod', QUEUE, { Ref: 'AWS::NoValue' }] })), { endsIn: 'not known: the deployment decides whether there is a destination' }],
  ['Kafka, whose retries end with a destination', failures(mapping({ SelfManagedEventSource: { Endpoints: {} }, Topics: ['orders'], ...onFailure(DEAD) }))[0], {
    source: 'Mapping',
    service: 'Apache Kafka',
    endsIn: 'Dead, the on-failure destination',
    onError: 'the batch is tried again up to 10 times; the partition waits meanwhile; then it is skipped, and reported to Dead',
  }],
  ['a broker', failures(mapping({ EventSourceArn: 'arn:aws:mq:eu-west-1:111122223333:broker:orders:b-1' }))[0], { service: 'Amazon MQ', endsIn: expect.stringMatching(/^not known: /) as unknown as string }],
  ['documents', failures(mapping({ EventSourceArn: 'arn:aws:rds:eu-west-1:111122223333:cluster:orders' }))[0], { service: 'Amazon DocumentDB', endsIn: expect.stringMatching(/^lost: /) as unknown as string }],
  ['what nobody knows', failures(mapping({ EventSourceArn: { Ref: 'Source' }, StartingPosition: { 'Fn::If': ['Stream', 'LATEST', { Ref: 'AWS::NoValue' }] } }))[0], { service: 'decided at deployment', endsIn: expect.stringMatching(/^not known: /) as unknown as string }],
])('a stream: %s', (_, path, expected) => {
  expect(path).toMatchObject(expected);
});

const HELD = 'the redrive policy of the queue, which has to allow 5 receives or more, says where it ends';

test('a queue of another app: what its owner has to hold to', () => {
  expect(failures(mapping({ EventSourceArn: QUEUE }), { Timeout: 60 })).toEqual([{
    source: QUEUE,
    service: 'Amazon SQS',
    mode: 'polled',
    qualifier: '$LATEST',
    onError: `the whole batch comes again after the visibility timeout of the queue, which has to be 6 minutes or more (six times the timeout of the function); ${HELD}`,
    onTimeout: `the whole batch comes again after the visibility timeout of the queue, which has to be 6 minutes or more (six times the timeout of the function); ${HELD}`,
    onThrottle: 'Lambda tries again for the visibility timeout of the queue, which has to be 6 minutes or more (six times the timeout of the function); '
      + 'then the whole batch comes again, and counts as received: with fewer than 5 receives, throttling alone may bring it to a dead-letter queue',
    onOversize: 'does not happen: batches are cut at 6,291,456 bytes, and no message is that large',
    onPoisonRecord: `up to 9 others of its batch come again with it, and are received as often; ${HELD}`,
    endsIn: 'not known: the queue is not of this app; its owner has to give it a dead-letter queue, after 5 receives or more',
  }]);
});

test.each<[string, JsonObject, JsonObject, string]>([
  ['the default timeout', {}, {}, '18 seconds or more (six times the timeout of the function)'],
  ['a batching window', { Timeout: 10 }, { MaximumBatchingWindowInSeconds: 5 }, '65 seconds or more (six times the timeout of the function plus the batching window)'],
  ['a window that is decided', { Timeout: 10 }, { MaximumBatchingWindowInSeconds: { Ref: 'Window' } }, 'six times the timeout of the function plus the batching window or more'],
  ['a timeout that is decided', { Timeout: { Ref: 'Timeout' } }, {}, 'six times the timeout of the function or more'],
])('the visibility timeout of a queue of another app: %s', (_, properties, ofMapping, needed) => {
  for (const EventSourceArn of [QUEUE, { Ref: 'QueueArn' }, { 'Fn::ImportValue': 'QueueArn' }]) {
    const [{ onError }] = failures(mapping({ EventSourceArn, ...ofMapping }), properties);
    expect(onError).toBe(`the whole batch comes again after the visibility timeout of the queue, which has to be ${needed}; ${HELD}`);
  }
});

const BY_SETTINGS = 'Amazon Kinesis Data Streams or Amazon DynamoDB Streams';

test.each<[string, JsonObject, string, string]>([
  ['a queue has none', {}, 'Amazon SQS', 'not known: the queue is not of this app; '],
  ['a stream', { StartingPosition: 'LATEST' }, BY_SETTINGS, 'lost: '],
  ['Kafka', { StartingPosition: 'LATEST', Topics: ['orders'] }, 'Amazon MSK', 'lost: '],
  ['a broker', { Queues: ['orders'] }, 'Amazon MQ', 'not known: the broker decides'],
  ['documents', { StartingPosition: 'LATEST', DocumentDBEventSourceConfig: { DatabaseName: 'shop' } }, 'Amazon DocumentDB', 'lost: '],
  ['one that is there on a condition', { Topics: { 'Fn::If': ['Kafka', ['orders'], { Ref: 'AWS::NoValue' }] } }, 'decided at deployment', 'not known: the deployment'],
])('what a parameter names is known by the settings of its kind: %s', (_, properties, service, end) => {
  const [path] = failures(mapping({ EventSourceArn: { Ref: 'SourceArn' }, ...properties }));
  expect(path.service).toBe(service);
  expect(path.endsIn.slice(0, end.length)).toBe(end);
});

test.each<[string, Json, string]>([
  ['a parameter', { Ref: 'QueueArn' }, 'what the parameter QueueArn says'],
  ['an export', { 'Fn::ImportValue': 'shop-queue' }, 'what is exported as shop-queue'],
  ['an export whose name is decided', { 'Fn::ImportValue': { Ref: 'Name' } }, 'what the deployment decides'],
  ['a value of CloudFormation', { Ref: 'AWS::AccountId' }, 'what the deployment decides'],
  ['a condition', { 'Fn::If': ['Prod', QUEUE, { Ref: 'Other' }] }, 'what the deployment decides'],
])('a source is named by who knows it: %s', (_, EventSourceArn, name) => {
  expect(failures(mapping({ EventSourceArn }))[0].source).toBe(name);
});

test('one of two queues is not said to be of another app', () => {
  const EventSourceArn = { 'Fn::If': ['Prod', DEAD, { 'Fn::GetAtt': ['Other', 'Arn'] }] };
  const [{ endsIn }] = failures({ Other: { Type: 'AWS::SQS::Queue' }, ...mapping({ EventSourceArn }) });
  expect(endsIn).toBe('not known: the deployment decides which queue is read');
});

test.each<[string, JsonObject, string]>([
  ['of this app', { Source: { Type: 'AWS::Kinesis::Stream' } }, '1 day'],
  ['of this app, with a number', { Source: { Type: 'AWS::Kinesis::Stream', Properties: { RetentionPeriodHours: 36 } } }, '36 hours'],
  ['of this app, decided at deployment', { Source: { Type: 'AWS::Kinesis::Stream', Properties: { RetentionPeriodHours: { Ref: 'Hours' } } } }, 'as long as the deployment decides'],
  ['of this app, by a consumer', {
    Source: { Type: 'AWS::Kinesis::StreamConsumer', Properties: { StreamARN: { 'Fn::GetAtt': ['Stream', 'Arn'] } } },
    Stream: { Type: 'AWS::Kinesis::Stream', Properties: { RetentionPeriodHours: 48 } },
    ...mapping({ EventSourceArn: { 'Fn::GetAtt': ['Source', 'ConsumerARN'] } }),
  }, '2 days'],
  ['of another app', { Source: {}, ...mapping({ EventSourceArn: 'arn:aws:kinesis:eu-west-1:111122223333:stream/clicks' }) }, '1 day or what its owner says'],
  ['of another app, by a parameter', { Source: {}, ...mapping({ EventSourceArn: { Ref: 'StreamArn' }, StartingPosition: 'LATEST' }) }, '1 day or what its owner says'],
  ['of a table of this app', { Source: { Type: 'AWS::DynamoDB::Table' }, ...mapping({ EventSourceArn: { 'Fn::GetAtt': ['Source', 'StreamArn'] } }) }, '1 day'],
  ['of a table of another app', { Source: {}, ...mapping({ EventSourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000' }) }, '1 day'],
])('how long a stream keeps records: %s', (_, resources, kept) => {
  const [{ onError }] = failures({ ...mapping({ EventSourceArn: { 'Fn::GetAtt': ['Source', 'Arn'] } }), ...resources });
  expect(onError).toBe(`the batch is tried again until the stream drops it, after ${kept}; the shard waits meanwhile; then it is skipped, and lost`);
});

test('a stream of another app: for how long its owner has to keep records', () => {
  const EventSourceArn = 'arn:aws:kinesis:eu-west-1:111122223333:stream/clicks';
  const old = (MaximumRecordAgeInSeconds: number) => failures(mapping({ EventSourceArn, MaximumRecordAgeInSeconds, ...onFailure(DEAD) }))[0];
  expect(old(172_800)).toMatchObject({
    onThrottle: 'tried again until it is 2 days old, for which its owner has to have the stream keep it as long, which uses up no retries; '
      + 'the shard waits meanwhile; then it is skipped, and reported to Dead',
    endsIn: 'Dead, the on-failure destination, which is told where in the stream it is, not the record; how long it is there, its owner says',
  });
  expect(old(86_400).onThrottle).toMatch(/^tried again until it is 1 day old, which uses up no retries;/);
});

test('a mapping that is disabled reads nothing', () => {
  expect(failures(mapping({ EventSourceArn: QUEUE, Enabled: false }))).toEqual([]);
});

test('no words are empty, and an event is lost exactly when nobody keeps it', () => {
  const maybe = (value: Json) => fc.constantFrom<Json | undefined>(undefined, value);
  const number = fc.constantFrom<Json | undefined>(undefined, 0, 1, 2, -1, 60, '90', { Ref: 'Parameter' });
  const arbitrary = fc.record({
    destination: maybe(QUEUE), deadLetters: maybe(DEAD), redriven: maybe(DEAD), retries: number, age: number, flag: maybe(true),
  });
  fc.assert(fc.property(arbitrary, (given) => {
    const failed = given.destination === undefined ? {} : onFailure(given.destination);
    const common = { MaximumRetryAttempts: given.retries, BisectBatchOnFunctionError: given.flag, ...failed };
    const deadLetters: JsonObject = given.deadLetters === undefined ? {} : { DeadLetterConfig: { TargetArn: given.deadLetters } };
    const redriven: JsonObject = given.redriven === undefined ? {} : redrive(given.retries ?? null);
    const [handed] = failures({ ...rule(), ...settings({ ...common, MaximumEventAgeInSeconds: given.age }) }, deadLetters);
    const polled = stream({ ...common, MaximumRecordAgeInSeconds: given.age });
    const queued = queue({ VisibilityTimeout: given.age, ...redriven });
    const cases: [FailurePath, boolean][] = [
      [handed, given.destination === undefined && given.deadLetters === undefined],
      [polled, given.destination === undefined],
      [queued, given.redriven === undefined],
    ];
    for (const [path, isLost] of cases) {
      expect(Object.values(path).filter((words) => !/\S/.test(words) || /undefined|\[object|NaN/.test(words))).toEqual([]);
      expect([path.endsIn, path.onError].map((words) => /\blost\b/.test(words))).toEqual([isLost, isLost]);
    }
  }));
});
