import { Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { KafkaDlq, SelfManagedKafkaEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { SelfManagedKafkaEvent } from 'aws-lambda';
import { mapping, statements } from './mapped';
import { EventFunction, InvocationMode, KafkaAuthentication, KafkaSourceOptions, PullSource } from '../../../src';
import { aliasRef, MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from '../../function/functions';

const TOPIC = { bootstrapServers: ['broker-1.example.com:9092', 'broker-2.example.com:9092'], topic: 'orders' };
const NETWORK = [
  'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets', 'ec2:DescribeVpcs',
];

function login(stack: Stack, id = 'Login') {
  return secretsmanager.Secret.fromSecretCompleteArn(stack, id, `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${id}-abcdef`);
}

function networkIn(stack: Stack) {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-1'], privateSubnetRouteTableIds: ['rtb-1'] });
  return { vpc, securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1') };
}

function kafkaTo(options: Partial<KafkaSourceOptions> = {}, stack = stackWith()) {
  const authentication = 'authentication' in options ? undefined : KafkaAuthentication.scram512(login(stack));
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.kafka({ ...TOPIC, authentication, ...options }));
  return stack;
}

const READ_LOGIN = { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:Login-abcdef' };

test('the mapping of brokers in the internet, with defaults', () => {
  const stack = kafkaTo();
  expect(mapping(stack)).toEqual({
    FunctionName: expect.anything(),
    SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: TOPIC.bootstrapServers } },
    SourceAccessConfigurations: [{ Type: 'SASL_SCRAM_512_AUTH', URI: READ_LOGIN.Resource }],
    Topics: ['orders'],
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 100,
  });
  expect(JSON.stringify(mapping(stack).FunctionName)).toContain(aliasRef(stack).Ref);
  expect(statements(stack)).toEqual([READ_LOGIN]);
});

test('the template', () => {
  expect(Template.fromStack(kafkaTo({ provisionedPollerConfig: { minimumPollers: 1 } })).toJSON()).toMatchSnapshot();
});

test('brokers in a VPC, which know nobody', () => {
  const stack = stackWith();
  kafkaTo({ network: networkIn(stack), authentication: undefined }, stack);
  expect(mapping(stack).SourceAccessConfigurations).toEqual([{ Type: 'VPC_SECURITY_GROUP', URI: 'sg-1' }, { Type: 'VPC_SUBNET', URI: 'subnet-1' }]);
  expect(statements(stack)).toEqual([{ Effect: 'Allow', Action: NETWORK, Resource: '*' }]);
});

test.each<[string, (secret: secretsmanager.ISecret) => KafkaAuthentication]>([
  ['SASL_SCRAM_512_AUTH', (secret) => KafkaAuthentication.scram512(secret)],
  ['SASL_SCRAM_256_AUTH', (secret) => KafkaAuthentication.scram256(secret)],
  ['BASIC_AUTH', (secret) => KafkaAuthentication.plain(secret)],
  ['CLIENT_CERTIFICATE_TLS_AUTH', (secret) => KafkaAuthentication.mutualTls(secret)],
])('%s, with an authority of its own', (Type, authenticate) => {
  const stack = stackWith();
  const rootCaCertificate = login(stack, 'Root');
  kafkaTo({ authentication: authenticate(login(stack)), rootCaCertificate }, stack);
  expect(mapping(stack).SourceAccessConfigurations).toEqual([
    { Type, URI: READ_LOGIN.Resource }, { Type: 'SERVER_ROOT_CA_CERTIFICATE', URI: rootCaCertificate.secretArn },
  ]);
  expect(statements(stack)).toEqual([READ_LOGIN, { ...READ_LOGIN, Resource: rootCaCertificate.secretArn }]);
});

test('a topic that is told of failures takes no permission', () => {
  const stack = kafkaTo({ provisionedPollerConfig: { minimumPollers: 1 }, onFailure: new KafkaDlq('failed') });
  expect(mapping(stack).DestinationConfig.OnFailure.Destination).toBe('kafka://failed');
  expect(statements(stack)).toEqual([READ_LOGIN]);
});

test.each([NO_FLAGS, NEW_APP])('is what the CDK makes, so that nothing is replaced', (context) => {
  const made = (source: (secret: secretsmanager.ISecret, stack: Stack) => lambda.IEventSource) => {
    const stack = stackWith(context);
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source(login(stack), stack));
    return only(stack, 'AWS::Lambda::EventSourceMapping');
  };
  const ours = made((secret, stack) => (
    PullSource.kafka({ ...TOPIC, authentication: KafkaAuthentication.scram512(secret), network: networkIn(stack) })
  ));
  const theirs = made((secret, stack) => new SelfManagedKafkaEventSource({
    ...TOPIC, ...networkIn(stack), secret, vpcSubnets: {}, startingPosition: lambda.StartingPosition.TRIM_HORIZON,
  }));
  expect(ours.logicalId).toBe(theirs.logicalId);
  expect(ours.Properties).toEqual(theirs.Properties);
});

test('the mapping of an imported function waits for the permissions', () => {
  const stack = stackWith();
  const role = new EventFunction(stack, 'Other', MINIMAL).role!;
  const fn = lambda.Function.fromFunctionAttributes(stack, 'Theirs', { functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:theirs', role });
  fn.addEventSource(PullSource.kafka({ ...TOPIC, authentication: KafkaAuthentication.plain(login(stack)) }));
  const policies = Object.entries(resourcesOf(stack)).filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties).includes('GetSecretValue'));
  expect(policies).toHaveLength(1);
  expect(only(stack, 'AWS::Lambda::EventSourceMapping').DependsOn).toEqual(policies.map(([id]) => id));
});

test.each<[string, Partial<KafkaSourceOptions>, string]>([
  ['KafkaNeedsLogin', { authentication: undefined }, "'authentication' must be given without a 'network', got undefined"],
  ['KafkaBrokersOutOfRange', { bootstrapServers: [] }, "'bootstrapServers' must be 1 to 10 brokers, got 0"],
  ['KafkaBrokersOutOfRange', { bootstrapServers: Array(11).fill('a:1') }, "'bootstrapServers' must be 1 to 10 brokers, got 11"],
  ['KafkaBrokerMalformed', { bootstrapServers: ['a:1', 'https://b'] }, "'bootstrapServers' must be 'host:port', got \"https://b\""],
  ['KafkaTopicMalformed', { topic: 'a b' }, "'topic' must be 2 to 249 letters"],
  ['KafkaNeedsProvisionedMode', { retryAttempts: 3 }, "'retryAttempts' must be left out without 'provisionedPollerConfig', got 3"],
])('fails with %s: %j', (name, options, message) => {
  expect(() => kafkaTo(options)).toThrow(message);
  expect(() => kafkaTo(options)).toThrow(expect.objectContaining({ name }));
});

test('what only the deployment knows is taken as it is', () => {
  const later = Lazy.string({ produce: () => 'later:9092' });
  expect(mapping(kafkaTo({ bootstrapServers: [later], topic: Lazy.string({ produce: () => 'later' }) }))).toMatchObject({
    SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['later:9092'] } }, Topics: ['later'],
  });
});

test('the event is that of a topic, and can be overridden', () => {
  const source = PullSource.kafka({ ...TOPIC, authentication: KafkaAuthentication.plain(login(stackWith())) });
  const event = source.sampleEvent({ records: { 'orders-0': [{ offset: 7 }] } }) as SelfManagedKafkaEvent;
  expect(event).toMatchObject({ eventSource: 'SelfManagedKafka', bootstrapServers: TOPIC.bootstrapServers.join() });
  expect(event).not.toHaveProperty('eventSourceArn');
  expect(event.records['orders-0'][0]).toMatchObject({ topic: 'orders', offset: 7 });
});

test('what the source means is data', () => {
  const { semantics } = PullSource.kafka({ ...TOPIC, authentication: KafkaAuthentication.plain(login(stackWith())) });
  expect(semantics).toMatchObject({ invocation: InvocationMode.POLLED, service: 'Apache Kafka (self-managed)' });
});
