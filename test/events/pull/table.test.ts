import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DynamoDBStreamEvent } from 'aws-lambda';
import { mapping, statements } from './mapped';
import { EventFunction, InvocationMode, PullSource, TableSourceOptions } from '../../../src';
import { tableEvent } from '../../../src/events/pull/samples/table';
import { MINIMAL, NO_FLAGS, only, stackWith } from '../../function/functions';

const { NEW_IMAGE, OLD_IMAGE, KEYS_ONLY, NEW_AND_OLD_IMAGES } = dynamodb.StreamViewType;
const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
const STREAM_ARN = 'arn:aws:dynamodb:eu-west-1:111122223333:table/theirs/stream/2026-01-01T00:00:00.000';

const tableIn = (stack: Stack, props: Partial<dynamodb.TableProps> = {}) => new dynamodb.Table(stack, 'Table', { partitionKey, stream: NEW_IMAGE, ...props });
const newTableIn = (stack: Stack, props: Partial<dynamodb.TablePropsV2> = {}) => new dynamodb.TableV2(stack, 'Table', { partitionKey, ...props });

function tableTo(options?: TableSourceOptions, context = NO_FLAGS) {
  const stack = stackWith(context);
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.table(tableIn(stack), options));
  return stack;
}

const streamArn = (stack: Stack, type = 'AWS::DynamoDB::Table') => ({ 'Fn::GetAtt': [only(stack, type).logicalId, 'StreamArn'] });

describe('defaults', () => {
  test('the template', () => {
    expect(Template.fromStack(tableTo()).toJSON()).toMatchSnapshot();
  });
});

describe('permissions', () => {
  test('the role may read this stream, and tell of failures', () => {
    const stack = tableTo();
    expect(statements(stack)).toEqual([
      { Effect: 'Allow', Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], Resource: streamArn(stack) },
      { Effect: 'Allow', Action: 'dynamodb:ListStreams', Resource: '*' },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': [only(stack, 'AWS::SQS::Queue').logicalId, 'Arn'] } },
    ]);
  });

  test.each<[string, (stack: Stack, key: kms.Key) => dynamodb.ITable]>([
    ['a Table', (stack, encryptionKey) => tableIn(stack, { encryptionKey })],
    ['a TableV2', (stack, key) => newTableIn(stack, { dynamoStream: NEW_IMAGE, encryption: dynamodb.TableEncryptionV2.customerManagedKey(key) })],
  ])('the role may decrypt %s with a key of the user', (_, make) => {
    const stack = stackWith(NO_FLAGS, { env: { account: '111122223333', region: 'eu-west-1' } });
    const table = make(stack, new kms.Key(stack, 'Key'));
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.table(table));
    expect(statements(stack)).toContainEqual({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': [only(stack, 'AWS::KMS::Key').logicalId, 'Arn'] } });
  });
});

describe('validation', () => {
  test.each<[string, TableSourceOptions, string]>([
    ['TableStreamHasNoTimestamp', { startingPosition: lambda.StartingPosition.AT_TIMESTAMP }, "'startingPosition' must be TRIM_HORIZON or LATEST for the stream of a table, got \"AT_TIMESTAMP\""],
  ])('fails with %s', (name, options, message) => {
    const table = tableIn(stackWith());
    expect(() => PullSource.table(table, options)).toThrow(message);
    expect(() => PullSource.table(table, options)).toThrow(expect.objectContaining({ name }));
  });

  test.each<[string, (stack: Stack) => dynamodb.ITable]>([
    ['a Table', (stack) => tableIn(stack, { stream: undefined })],
    ['an imported table', (stack) => dynamodb.Table.fromTableName(stack, 'Table', 'theirs')],
  ])('%s without a stream is refused, with advice', (_, make) => {
    const table = make(stackWith());
    expect(() => PullSource.table(table)).toThrow("'table' must be a table with a stream, got undefined; give it 'stream' (a Table) or 'dynamoStream' (a TableV2)");
    expect(() => PullSource.table(table)).toThrow(expect.objectContaining({ name: 'TableHasNoStream' }));
  });

  test('a TableV2 without a stream is refused in the synthesis', () => {
    const stack = stackWith();
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PullSource.table(newTableIn(stack)));
    expect(() => Template.fromStack(stack)).toThrow("'table' must be a table with a stream");
  });

  test('a TableV2 has a stream with its first replica', () => {
    const stack = stackWith(NO_FLAGS, { env: { account: '111122223333', region: 'eu-west-1' } });
    const table = newTableIn(stack);
    const source = PullSource.table(table);
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
    table.addReplica({ region: 'eu-central-1' });
    expect(mapping(stack).EventSourceArn).toEqual(streamArn(stack, 'AWS::DynamoDB::GlobalTable'));
    expect(source.sampleEvent()).toEqual(tableEvent(NEW_AND_OLD_IMAGES));
  });
});

describe('an imported table', () => {
  test('is read', () => {
    const stack = stackWith();
    const source = PullSource.table(dynamodb.Table.fromTableAttributes(stack, 'Theirs', { tableName: 'theirs', tableStreamArn: STREAM_ARN }));
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
    expect(mapping(stack).EventSourceArn).toBe(STREAM_ARN);
    expect(source.sampleEvent()).toEqual(tableEvent(NEW_AND_OLD_IMAGES, STREAM_ARN));
  });

  test('may have a stream that a parameter names', () => {
    const stack = stackWith();
    const tableStreamArn = new CfnParameter(stack, 'StreamArn').valueAsString;
    const source = PullSource.table(dynamodb.Table.fromTableAttributes(stack, 'Theirs', { tableName: 'theirs', tableStreamArn }));
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
    expect(mapping(stack).EventSourceArn).toEqual({ Ref: 'StreamArn' });
    expect(source.sampleEvent()).toEqual(tableEvent());
  });
});

test('ids are a contract', () => {
  expect(only(tableTo(), 'AWS::Lambda::EventSourceMapping').logicalId).toMatchInlineSnapshot('"OrdersDynamoDBEventSourceShopTableBB56DC9998D06265"');
});

describe('the event', () => {
  const images = (event: DynamoDBStreamEvent) => event.Records
    .map(({ eventName, dynamodb: record }) => [eventName, record?.OldImage !== undefined, record?.NewImage !== undefined]);

  test.each([
    [KEYS_ONLY, [['INSERT', false, false], ['MODIFY', false, false], ['REMOVE', false, false]]],
    [NEW_IMAGE, [['INSERT', false, true], ['MODIFY', false, true], ['REMOVE', false, false]]],
    [OLD_IMAGE, [['INSERT', false, false], ['MODIFY', true, false], ['REMOVE', true, false]]],
    [NEW_AND_OLD_IMAGES, [['INSERT', false, true], ['MODIFY', true, true], ['REMOVE', true, false]]],
  ])('of a stream with %s shows that of the item', (view, shown) => {
    for (const make of [(stack: Stack) => tableIn(stack, { stream: view }), (stack: Stack) => newTableIn(stack, { dynamoStream: view })]) {
      const event = PullSource.table(make(stackWith())).sampleEvent() as DynamoDBStreamEvent;
      expect(event.Records.map(({ dynamodb: record }) => record?.StreamViewType)).toEqual([view, view, view]);
      expect(images(event)).toEqual(shown);
    }
  });

  test('has what is overridden', () => {
    const source = PullSource.table(tableIn(stackWith()));
    expect(source.sampleEvent({ Records: [{ dynamodb: { Keys: { Id: { N: '7' } } } }] }).Records[0])
      .toMatchObject({ dynamodb: { Keys: { Id: { N: '7' } }, NewImage: { Id: { N: '101' } } }, eventName: 'INSERT' });
  });
});

test('what the source means is data', () => {
  expect(PullSource.table(tableIn(stackWith())).semantics).toMatchObject({ invocation: InvocationMode.POLLED, service: 'Amazon DynamoDB Streams' });
});
