import { App, CfnParameter, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as amazonmq from 'aws-cdk-lib/aws-amazonmq';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { mapping } from './mapped';
import { BrokerSourceOptions, EventFunction, InvocationKind, InvocationMode, PullSource, RabbitMqSourceOptions } from '../../../src';
import { activeMqEvent, rabbitMqEvent } from '../../../src/events/pull/samples/broker';
import { aliasRef, MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from '../../function/functions';

const BROKER_ARN = 'arn:aws:mq:eu-west-1:111122223333:broker:shop:b-9bcfa592-423a-4942-879d-eb284b418fc8';

/** A broker with nothing but what it must have. */
function brokerIn(stack: Stack, engineType = 'ACTIVEMQ'): amazonmq.CfnBroker {
  return new amazonmq.CfnBroker(stack, 'Broker', {
    brokerName: 'shop', engineType, deploymentMode: 'SINGLE_INSTANCE', hostInstanceType: 'mq.m5.large', publiclyAccessible: false, users: [],
  });
}

function activeMqTo(options: Partial<BrokerSourceOptions> = {}, context = NO_FLAGS): Stack {
  const stack = stackWith(context);
  const secret = new secretsmanager.Secret(stack, 'Reader');
  const source = PullSource.activeMq(brokerIn(stack).attrArn, { queueName: 'orders', secret, ...options });
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
  return stack;
}

function rabbitMqTo(options: Partial<RabbitMqSourceOptions> = {}): Stack {
  const stack = stackWith();
  const secret = new secretsmanager.Secret(stack, 'Reader');
  const source = PullSource.rabbitMq(brokerIn(stack, 'RABBITMQ').attrArn, { queueName: 'orders', secret, ...options });
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
  return stack;
}

const statements = (stack: Stack) => Object.values(resourcesOf(stack)).filter(({ Type }) => Type === 'AWS::IAM::Policy')
  .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
const secretIn = (stack: Stack) => ({ Ref: only(stack, 'AWS::SecretsManager::Secret').logicalId });
const someSecret = (stack: Stack) => secretsmanager.Secret.fromSecretNameV2(stack, 'Theirs', 'reader');

describe('defaults', () => {
  test('a mapping has what it must have, and no starting position', () => {
    const stack = activeMqTo();
    expect(mapping(stack)).toEqual({
      FunctionName: expect.anything(),
      EventSourceArn: { 'Fn::GetAtt': ['Broker', 'Arn'] },
      Queues: ['orders'],
      SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: secretIn(stack) }],
    });
    expect(JSON.stringify(mapping(stack).FunctionName)).toContain(aliasRef(stack).Ref);
  });

  test('RabbitMQ has no virtual host unless one is given', () => {
    expect(mapping(rabbitMqTo())).toEqual({ ...mapping(activeMqTo()) });
  });

  test.each([NO_FLAGS, NEW_APP])('the template', (context) => {
    expect(Template.fromStack(activeMqTo({}, context)).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  const ALL = {
    batchSize: 500,
    maxBatchingWindow: Duration.minutes(5),
    enabled: false,
    filters: [lambda.FilterCriteria.filter({ data: { kind: lambda.FilterRule.isEqual('order') } })],
  };
  const MADE = {
    FunctionName: expect.anything(),
    EventSourceArn: expect.anything(),
    Queues: ['orders'],
    BatchSize: 500,
    MaximumBatchingWindowInSeconds: 300,
    Enabled: false,
    FilterCriteria: { Filters: [{ Pattern: '{"data":{"kind":["order"]}}' }] },
  };

  test('every option of ActiveMQ reaches the event source mapping', () => {
    const stack = activeMqTo(ALL);
    expect(mapping(stack)).toEqual({ ...MADE, SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: secretIn(stack) }] });
  });

  test('every option of RabbitMQ, too', () => {
    const stack = rabbitMqTo({ ...ALL, virtualHost: 'shop' });
    const access = [{ Type: 'BASIC_AUTH', URI: secretIn(stack) }, { Type: 'VIRTUAL_HOST', URI: 'shop' }];
    expect(mapping(stack)).toEqual({ ...MADE, SourceAccessConfigurations: access });
  });

  test('filters may have a key', () => {
    const stack = stackWith();
    const options = { queueName: 'orders', secret: someSecret(stack), filters: [{ pattern: '{"data":{"kind":["order"]}}' }], filterEncryption: new kms.Key(stack, 'Key') };
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.activeMq(BROKER_ARN, options));
    expect(mapping(stack).KmsKeyArn).toEqual({ 'Fn::GetAtt': [only(stack, 'AWS::KMS::Key').logicalId, 'Arn'] });
  });

  test('it is one of the ways in which the function is invoked', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    fn.addEventSource(PullSource.activeMq(BROKER_ARN, { queueName: 'orders', secret: someSecret(stack) }));
    expect(fn.invocationPaths()).toEqual([expect.objectContaining({ kind: InvocationKind.PULL, caller: 'lambda.amazonaws.com', source: BROKER_ARN })]);
  });

  test('a function reads several queues, of the same name in other virtual hosts, and a queue has several functions', () => {
    const stack = stackWith();
    const secret = someSecret(stack);
    const source = PullSource.rabbitMq(BROKER_ARN, { queueName: 'orders', secret });
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    fn.addEventSource(source);
    fn.addEventSource(PullSource.rabbitMq(BROKER_ARN, { queueName: 'returns', secret }));
    fn.addEventSource(PullSource.rabbitMq(BROKER_ARN, { queueName: 'orders', secret, virtualHost: 'shop' }));
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [source] });
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::EventSourceMapping', 4);
  });
});

describe('permissions', () => {
  const REACHING = {
    Effect: 'Allow',
    Action: [
      'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets',
      'ec2:DescribeVpcs',
    ],
    Resource: '*',
  };

  test.each([['ActiveMQ', activeMqTo], ['RabbitMQ', rabbitMqTo]])('the role may find the broker of %s, reach it and log in, and no more', (__, wire) => {
    const stack = wire();
    const read = statements(stack).filter(({ Action }: any) => !JSON.stringify(Action).includes('logs:'));
    expect(read).toEqual([
      { Effect: 'Allow', Action: 'mq:DescribeBroker', Resource: { 'Fn::GetAtt': ['Broker', 'Arn'] } },
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secretIn(stack) },
      REACHING,
    ]);
  });

  test('the role may use the key of the secret', () => {
    const stack = stackWith();
    const secret = new secretsmanager.Secret(stack, 'Reader', { encryptionKey: new kms.Key(stack, 'Key') });
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.activeMq(BROKER_ARN, { queueName: 'orders', secret }));
    expect(statements(stack)).toContainEqual({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': [only(stack, 'AWS::KMS::Key').logicalId, 'Arn'] } });
  });

  test('a secret of which only the name is known has six characters more', () => {
    const stack = stackWith();
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.activeMq(BROKER_ARN, { queueName: 'orders', secret: someSecret(stack) }));
    const { Resource } = statements(stack).find(({ Action }: any) => Action === 'secretsmanager:GetSecretValue');
    expect(JSON.stringify(Resource)).toContain(':secret:reader-??????');
  });

  test('the mapping of an imported function waits for them', () => {
    const stack = stackWith();
    const role = new EventFunction(stack, 'Other', MINIMAL).role!;
    const fn = lambda.Function.fromFunctionAttributes(stack, 'Fn', { functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:theirs', role });
    fn.addEventSource(PullSource.activeMq(BROKER_ARN, { queueName: 'orders', secret: someSecret(stack) }));
    const policies = Object.entries(resourcesOf(stack)).filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties).includes('mq:'));
    expect(policies).toHaveLength(1);
    expect(only(stack, 'AWS::Lambda::EventSourceMapping').DependsOn).toEqual(policies.map(([id]) => id));
  });

  test('an imported function whose role is not known is mapped all the same', () => {
    const stack = stackWith();
    const fn = lambda.Function.fromFunctionArn(stack, 'Fn', 'arn:aws:lambda:eu-west-1:111122223333:function:theirs');
    fn.addEventSource(PullSource.rabbitMq(BROKER_ARN, { queueName: 'orders', secret: someSecret(stack) }));
    expect(mapping(stack)).toMatchObject({ FunctionName: 'theirs', EventSourceArn: BROKER_ARN });
  });
});

describe('validation', () => {
  test.each<[string, (stack: Stack) => Partial<BrokerSourceOptions>, string]>([
    ['BrokerQueueNameMalformed', () => ({ queueName: '' }), "'queueName' must be 1 to 1000 characters, got \"\""],
    ['BrokerQueueNameMalformed', () => ({ queueName: 'q'.repeat(1001) }), "'queueName' must be 1 to 1000 characters"],
    ['BrokerBatchSizeOutOfRange', () => ({ batchSize: 10_001 }), "'batchSize' must be between 1 and 10000 messages (a whole number), got 10001"],
    ['BrokerBatchingWindowOutOfRange', () => ({ maxBatchingWindow: Duration.millis(500) }), "'maxBatchingWindow' must be between 0 and 300 seconds (a whole number), got 0.5"],
    ['BrokerFiltersTooMany', () => ({ filters: Array(11).fill({}) }), "'filters' must be at most 10"],
    ['BrokerFilterKeyWithoutFilters', (stack) => ({ filterEncryption: new kms.Key(stack, 'Key') }), "'filterEncryption' must be left out"],
  ])('%s', (name, optionsOf, message) => {
    const stack = stackWith();
    const options = { queueName: 'orders', secret: someSecret(stack), ...optionsOf(stack) };
    for (const make of [() => PullSource.activeMq(BROKER_ARN, options), () => PullSource.rabbitMq(BROKER_ARN, options)]) {
      expect(make).toThrow(expect.objectContaining({ name, message: expect.stringContaining(message) }));
    }
  });

  test.each(['', 'x'.repeat(201), 'a#b'])('no virtual host is called %p', (virtualHost) => {
    const secret = someSecret(stackWith());
    expect(() => PullSource.rabbitMq(BROKER_ARN, { queueName: 'orders', secret, virtualHost })).toThrow(
      expect.objectContaining({ name: 'VirtualHostMalformed', message: expect.stringContaining("'virtualHost' must be 1 to 200 letters") }),
    );
  });

  test.each(['', 'shop', 'b-9bcfa592-423a-4942-879d-eb284b418fc8', 'arn:aws:sqs:eu-west-1:111122223333:orders'])('%p is no broker', (brokerArn) => {
    const secret = someSecret(stackWith());
    expect(() => PullSource.activeMq(brokerArn, { queueName: 'orders', secret })).toThrow(
      expect.objectContaining({ name: 'BrokerArnMalformed', message: expect.stringContaining("'brokerArn' must be the ARN of a broker") }),
    );
  });

  const WARNING = Match.stringLikeRegexp("'timeout' must be at most 840 seconds .* got 900");
  test('a function that takes longer than 14 minutes is warned of', () => {
    const stack = stackWith();
    const secret = someSecret(stack);
    new EventFunction(stack, 'Slow', { ...MINIMAL, timeout: Duration.minutes(15) }).addEventSource(PullSource.activeMq(BROKER_ARN, { queueName: 'orders', secret }));
    new EventFunction(stack, 'Quick', { ...MINIMAL, timeout: Duration.minutes(14) }).addEventSource(PullSource.activeMq(BROKER_ARN, { queueName: 'orders', secret }));
    const warnings = Annotations.fromStack(stack).findWarning('*', WARNING);
    expect(warnings.map(({ id }) => id)).toEqual(['/Shop/Slow']);
  });
});

test('tokens pass', () => {
  const stack = stackWith();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const later = Lazy.number({ produce: () => 7 });
  const source = PullSource.rabbitMq(text('BrokerArn'), {
    queueName: text('QueueName'), virtualHost: text('Host'), secret: new secretsmanager.Secret(stack, 'Reader'), batchSize: later,
  });
  const timeout = Duration.seconds(new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber);
  new EventFunction(stack, 'Orders', { ...MINIMAL, timeout }).addEventSource(source);
  expect(mapping(stack)).toMatchObject({ BatchSize: 7, Queues: [{ Ref: 'QueueName' }], EventSourceArn: { Ref: 'BrokerArn' } });
  expect(source.sampleEvent()).toEqual(rabbitMqEvent());
});

test('a broker and a secret of another stack are read, without a circle', () => {
  const app = new App();
  const [data, service] = [new Stack(app, 'Data'), new Stack(app, 'Service')];
  const secret = new secretsmanager.Secret(data, 'Reader', { encryptionKey: new kms.Key(data, 'Key') });
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PullSource.activeMq(brokerIn(data).attrArn, { queueName: 'orders', secret }));
  app.synth();
  expect(service.dependencies).toEqual([data]);
});

test('ids are a contract', () => {
  expect(only(activeMqTo(), 'AWS::Lambda::EventSourceMapping').logicalId).toMatchInlineSnapshot('"OrdersActiveMqEventSource54448735orders7A7D015F"');
  expect(only(rabbitMqTo({ virtualHost: '/' }), 'AWS::Lambda::EventSourceMapping').logicalId).toMatchInlineSnapshot('"OrdersRabbitMqEventSource54448735orders163C800F"');
});

describe('the event', () => {
  const secret = () => someSecret(stackWith());

  test('is that of the queue of the broker', () => {
    expect(PullSource.activeMq(BROKER_ARN, { queueName: 'orders', secret: secret() }).sampleEvent()).toEqual(activeMqEvent(BROKER_ARN, 'orders'));
    const source = PullSource.rabbitMq(BROKER_ARN, { queueName: 'orders', secret: secret(), virtualHost: 'shop' });
    expect(Object.keys(source.sampleEvent().rmqMessagesByQueue)).toEqual(['orders::shop']);
  });

  test('holds the documented messages', () => {
    const text = (data: string) => Buffer.from(data, 'base64').toString();
    expect(activeMqEvent().messages.map(({ messageType }) => messageType)).toEqual(['jms/text-message', 'jms/bytes-message']);
    expect(text(activeMqEvent().messages[0].data)).toBe('ABC:AAAA');
    const [{ data, basicProperties }] = rabbitMqEvent().rmqMessagesByQueue['pizzaQueue::/'];
    expect(JSON.parse(text(data))).toEqual({ timeout: 0, data: 'CZrmf0Gw8Ov4bqLQxD4E' });
    expect(basicProperties.headers).toEqual({
      header1: { bytes: [118, 97, 108, 117, 101, 49] }, header2: { bytes: [118, 97, 108, 117, 101, 50] }, numberInHeader: 10,
    });
  });

  test('has what is overridden', () => {
    const source = PullSource.activeMq(BROKER_ARN, { queueName: 'orders', secret: secret() });
    expect(source.sampleEvent({ messages: [{ redelivered: true }] })).toMatchObject({ messages: [{ redelivered: true, priority: 1 }] });
  });
});

test('what the sources mean is data', () => {
  const options = { queueName: 'orders', secret: someSecret(stackWith()) };
  const batchesAtOnce = (semantics: { limits: { name: string; value: number }[] }) => semantics.limits.find(({ name }) => name === 'batches at once')?.value;
  const [active, rabbit] = [PullSource.activeMq(BROKER_ARN, options).semantics, PullSource.rabbitMq(BROKER_ARN, options).semantics];
  expect(active).toMatchObject({ invocation: InvocationMode.POLLED, service: 'Amazon MQ (Apache ActiveMQ)' });
  expect(rabbit).toMatchObject({ invocation: InvocationMode.POLLED, service: 'Amazon MQ (RabbitMQ)' });
  expect([active, rabbit].map(batchesAtOnce)).toEqual([5, 1]);
});
