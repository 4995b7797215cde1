import { App, CfnParameter, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { mapping } from './mapped';
import { DocumentDbSourceOptions, EventFunction, FullDocument, InvocationKind, InvocationMode, PullSource, TrafficLimit, TrafficProfile } from '../../../src';
import { changeEvent } from '../../../src/events/pull/samples/document-db';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

/** A cluster of its own network. Its secret is that of its first user. */
function clusterIn(stack: Stack, kmsKey?: kms.Key): docdb.DatabaseCluster {
  return new docdb.DatabaseCluster(stack, 'Cluster', {
    masterUser: { username: 'reader', kmsKey },
    vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 }),
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    instanceType: ec2.InstanceType.of(ec2.InstanceClass.R5, ec2.InstanceSize.LARGE),
    engineVersion: '5.0.0',
  });
}

/** A cluster that others made, which costs no resources. */
const theirs = (stack: Stack) => docdb.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Theirs', { clusterIdentifier: 'theirs' });
const someSecret = (stack: Stack) => secretsmanager.Secret.fromSecretNameV2(stack, 'Reader', 'reader');

function changesTo(options: Partial<DocumentDbSourceOptions> = {}): Stack {
  const stack = stackWith();
  const source = PullSource.documentDb(theirs(stack), { databaseName: 'shop', secret: new secretsmanager.Secret(stack, 'Secret'), ...options });
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
  return stack;
}

const statements = (stack: Stack) => Object.values(resourcesOf(stack)).filter(({ Type }) => Type === 'AWS::IAM::Policy')
  .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
const secretIn = (stack: Stack) => ({ Ref: only(stack, 'AWS::SecretsManager::Secret').logicalId });
const PREFIX = ['arn:', { Ref: 'AWS::Partition' }, ':rds:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }];
const arn = (rest: string) => ({ 'Fn::Join': ['', [...PREFIX, rest]] });

describe('defaults', () => {
  test('the stream is read from its beginning', () => {
    const stack = changesTo();
    expect(mapping(stack)).toEqual({
      FunctionName: expect.anything(),
      EventSourceArn: arn(':cluster:theirs'),
      StartingPosition: 'TRIM_HORIZON',
      DocumentDBEventSourceConfig: { DatabaseName: 'shop' },
      SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: secretIn(stack) }],
    });
    expect(JSON.stringify(mapping(stack).FunctionName)).toContain(aliasRef(stack).Ref);
  });

  test('the template', () => {
    expect(Template.fromStack(changesTo()).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('every option reaches the event source mapping', () => {
    const stack = changesTo({
      collectionName: 'orders',
      fullDocument: FullDocument.UPDATE_LOOKUP,
      startingPosition: lambda.StartingPosition.LATEST,
      batchSize: 10_000,
      maxBatchingWindow: Duration.seconds(0),
      enabled: false,
    });
    expect(mapping(stack)).toEqual({
      FunctionName: expect.anything(),
      EventSourceArn: expect.anything(),
      StartingPosition: 'LATEST',
      DocumentDBEventSourceConfig: { DatabaseName: 'shop', CollectionName: 'orders', FullDocument: 'UpdateLookup' },
      SourceAccessConfigurations: expect.anything(),
      BatchSize: 10_000,
      MaximumBatchingWindowInSeconds: 0,
      Enabled: false,
    });
  });

  test('a time to start from is enough', () => {
    expect(mapping(changesTo({ startingPositionTimestamp: 1_760_000_000 }))).toMatchObject({ StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 1_760_000_000 });
  });

  test('a cluster of the app is found by its ARN, and its user logs in', () => {
    const stack = stackWith();
    const cluster = clusterIn(stack);
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.documentDb(cluster, { databaseName: 'shop', secret: cluster.secret! }));
    const { logicalId } = only(stack, 'AWS::DocDB::DBCluster');
    expect(mapping(stack)).toMatchObject({
      EventSourceArn: { 'Fn::Join': ['', [...PREFIX, ':cluster:', { Ref: logicalId }]] },
      SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: { Ref: only(stack, 'AWS::SecretsManager::SecretTargetAttachment').logicalId } }],
    });
  });

  test('it is one of the ways in which the function is invoked, one batch at a time', () => {
    const stack = stackWith();
    const traffic = new TrafficProfile({ requestsPerSecond: 1_000, averageDuration: Duration.seconds(1) });
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, traffic });
    fn.addEventSource(PullSource.documentDb(theirs(stack), { databaseName: 'shop', secret: someSecret(stack) }));
    expect(fn.invocationPaths()).toEqual([expect.objectContaining({ kind: InvocationKind.PULL, source: expect.stringContaining(':cluster:theirs') })]);
    expect(fn.trafficEstimate()).toMatchObject({ limit: 1, limitSetBy: TrafficLimit.SOURCE });
  });

  test('a function reads several collections, and a collection has several functions', () => {
    const stack = stackWith();
    const [cluster, secret] = [theirs(stack), someSecret(stack)];
    const source = PullSource.documentDb(cluster, { databaseName: 'shop', secret });
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    fn.addEventSource(source);
    for (const collectionName of ['orders', 'returns']) fn.addEventSource(PullSource.documentDb(cluster, { databaseName: 'shop', collectionName, secret }));
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [source] });
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::EventSourceMapping', 4);
  });
});

describe('permissions', () => {
  test('the role may find the cluster, reach it and log in, and no more', () => {
    const stack = changesTo();
    const read = statements(stack).filter(({ Action }: any) => !JSON.stringify(Action).includes('logs:'));
    expect(read).toEqual([
      { Effect: 'Allow', Action: 'rds:DescribeDBClusters', Resource: arn(':cluster:*') },
      { Effect: 'Allow', Action: 'rds:DescribeDBClusterParameters', Resource: arn(':cluster-pg:*') },
      { Effect: 'Allow', Action: 'rds:DescribeDBSubnetGroups', Resource: arn(':subgrp:*') },
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secretIn(stack) },
      {
        Effect: 'Allow',
        Action: [
          'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets',
          'ec2:DescribeVpcs',
        ],
        Resource: '*',
      },
    ]);
  });

  test('the role may use the key of the secret', () => {
    const stack = stackWith();
    const cluster = clusterIn(stack, new kms.Key(stack, 'Key'));
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.documentDb(cluster, { databaseName: 'shop', secret: cluster.secret! }));
    expect(statements(stack)).toContainEqual({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': [only(stack, 'AWS::KMS::Key').logicalId, 'Arn'] } });
  });

  test('the mapping of an imported function waits for them', () => {
    const stack = stackWith();
    const role = new EventFunction(stack, 'Other', MINIMAL).role!;
    const fn = lambda.Function.fromFunctionAttributes(stack, 'Fn', { functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:theirs', role });
    fn.addEventSource(PullSource.documentDb(theirs(stack), { databaseName: 'shop', secret: someSecret(stack) }));
    const policies = Object.entries(resourcesOf(stack)).filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties).includes('rds:'));
    expect(policies).toHaveLength(1);
    expect(only(stack, 'AWS::Lambda::EventSourceMapping').DependsOn).toEqual(policies.map(([id]) => id));
  });

  test('an imported function whose role is not known is mapped all the same', () => {
    const stack = stackWith();
    const fn = lambda.Function.fromFunctionArn(stack, 'Fn', 'arn:aws:lambda:eu-west-1:111122223333:function:theirs');
    fn.addEventSource(PullSource.documentDb(theirs(stack), { databaseName: 'shop', secret: someSecret(stack) }));
    expect(mapping(stack)).toMatchObject({ FunctionName: 'theirs', DocumentDBEventSourceConfig: { DatabaseName: 'shop' } });
  });
});

describe('validation', () => {
  test.each<[string, Partial<DocumentDbSourceOptions>, string]>([
    ['DatabaseNameMalformed', { databaseName: '' }, "'databaseName' must be 1 to 63 characters"],
    ['DatabaseNameMalformed', { databaseName: 'd'.repeat(64) }, "'databaseName' must be 1 to 63 characters"],
    ['DatabaseNameMalformed', { databaseName: 'shop.orders' }, 'got "shop.orders"; name one database'],
    ['CollectionNameMalformed', { collectionName: '' }, "'collectionName' must be 1 to 57 characters"],
    ['CollectionNameMalformed', { collectionName: 'c'.repeat(58) }, "'collectionName' must be 1 to 57 characters"],
    ['CollectionNameMalformed', { collectionName: 'system.users' }, 'got "system.users"'],
    ['CollectionNameMalformed', { collectionName: '$orders' }, 'got "$orders"'],
    ['ChangeBatchSizeOutOfRange', { batchSize: 0 }, "'batchSize' must be between 1 and 10000 events (a whole number), got 0"],
    ['ChangeBatchingWindowOutOfRange', { maxBatchingWindow: Duration.seconds(301) }, "'maxBatchingWindow' must be between 0 and 300 seconds (a whole number), got 301"],
    ['ChangeStreamStartContradicts', { startingPosition: lambda.StartingPosition.AT_TIMESTAMP }, 'must be given with AT_TIMESTAMP, got undefined'],
    ['ChangeStreamStartContradicts', { startingPosition: lambda.StartingPosition.LATEST, startingPositionTimestamp: 1 }, 'must be left out with LATEST, got 1'],
  ])('%s', (name, options, message) => {
    const stack = stackWith();
    expect(() => PullSource.documentDb(theirs(stack), { databaseName: 'shop', secret: someSecret(stack), ...options })).toThrow(
      expect.objectContaining({ name, message: expect.stringContaining(message) }),
    );
  });

  test('the longest names pass', () => {
    const [databaseName, collectionName] = ['d'.repeat(63), 'c'.repeat(57)];
    const config = { DatabaseName: databaseName, CollectionName: collectionName };
    expect(mapping(changesTo({ databaseName, collectionName }))).toMatchObject({ DocumentDBEventSourceConfig: config });
  });

  test('a function that takes longer than 14 minutes is warned of', () => {
    const stack = stackWith();
    const source = PullSource.documentDb(theirs(stack), { databaseName: 'shop', secret: someSecret(stack) });
    new lambda.Function(stack, 'Slow', { ...MINIMAL, timeout: Duration.seconds(841) }).addAlias('live').addEventSource(source);
    new lambda.Function(stack, 'Quick', { ...MINIMAL, timeout: Duration.minutes(14), events: [source] });
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp("'timeout' must be at most 840 seconds .* got 841"));
    expect(warnings.map(({ id }) => id)).toEqual(['/Shop/Slow/Aliaslive']);
  });
});

test('tokens pass', () => {
  const stack = stackWith();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const cluster = docdb.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Cluster', { clusterIdentifier: text('Identifier') });
  const source = PullSource.documentDb(cluster, {
    databaseName: text('Database'), collectionName: text('Collection'), secret: someSecret(stack), batchSize: Lazy.number({ produce: () => 7 }),
  });
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
  expect(mapping(stack)).toMatchObject({
    EventSourceArn: { 'Fn::Join': ['', [...PREFIX, ':cluster:', { Ref: 'Identifier' }]] },
    DocumentDBEventSourceConfig: { DatabaseName: { Ref: 'Database' }, CollectionName: { Ref: 'Collection' } },
    BatchSize: 7,
  });
  expect(source.sampleEvent()).toEqual(changeEvent());
});

test('a cluster of another stack is read, without a circle', () => {
  const app = new App();
  const [data, service] = [new Stack(app, 'Data'), new Stack(app, 'Service')];
  const cluster = clusterIn(data, new kms.Key(data, 'Key'));
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PullSource.documentDb(cluster, { databaseName: 'shop', secret: cluster.secret! }));
  app.synth();
  expect(service.dependencies).toEqual([data]);
});

test('ids are a contract', () => {
  expect(only(changesTo(), 'AWS::Lambda::EventSourceMapping').logicalId).toMatchInlineSnapshot('"OrdersDocumentDbEventSourcetheirsshop46492D30"');
  expect(only(changesTo({ collectionName: 'orders' }), 'AWS::Lambda::EventSourceMapping').logicalId).toMatchInlineSnapshot('"OrdersDocumentDbEventSourcetheirsshoporders3F4C73B3"');
});

describe('the event', () => {
  test('is that of the collection of the cluster', () => {
    const stack = new Stack(new App(), 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
    const source = PullSource.documentDb(theirs(stack), { databaseName: 'shop', collectionName: 'orders', secret: someSecret(stack) });
    const { eventSource, events: [{ event }] } = source.sampleEvent() as ReturnType<typeof changeEvent>;
    expect(eventSource).toBe('aws:docdb');
    expect(event).toMatchObject({ ns: { db: 'shop', coll: 'orders' }, operationType: 'insert', fullDocument: { anyField: 'sampleValue' } });
  });

  test('has what is overridden', () => {
    const stack = stackWith();
    const source = PullSource.documentDb(theirs(stack), { databaseName: 'shop', secret: someSecret(stack) });
    expect(source.sampleEvent({ events: [{ event: { operationType: 'delete' } }] })).toMatchObject({
      events: [{ event: { operationType: 'delete', ns: { db: 'shop', coll: 'test_collection' } } }],
    });
  });
});

test('what the source means is data', () => {
  const stack = stackWith();
  const { semantics } = PullSource.documentDb(theirs(stack), { databaseName: 'shop', secret: someSecret(stack) });
  expect(semantics).toMatchObject({ invocation: InvocationMode.POLLED, service: 'Amazon DocumentDB (change streams)' });
  expect(semantics.limits).toContainEqual({ name: 'batches at once', value: 1, unit: 'batches' });
});
