import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketSourceOptions, EventFunction, PushSource } from '../../../src';
import { aliasRef, MINIMAL, only, stackWith } from '../../function/functions';

function inboxTo(options?: BucketSourceOptions) {
  const stack = stackWith();
  const fn = new EventFunction(stack, 'Orders', MINIMAL);
  fn.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox'), options));
  return stack;
}

const notifications = (stack: Stack) =>
  only(stack, 'Custom::S3BucketNotifications').Properties.NotificationConfiguration.LambdaFunctionConfigurations;

const filter = (...rules: [string, string][]) => ({ Key: { FilterRules: rules.map(([Name, Value]) => ({ Name, Value })) } });

describe('defaults', () => {
  test('the function is invoked for all created objects', () => {
    const stack = inboxTo();
    expect(notifications(stack)).toEqual([{ Events: ['s3:ObjectCreated:*'], LambdaFunctionArn: aliasRef(stack) }]);
  });

  test('the template', () => {
    const template = Template.fromStack(inboxTo()).toJSON();
    // the code of the CDK's own handler changes with the CDK
    for (const resource of Object.values<any>(template.Resources)) delete resource.Properties?.Code?.ZipFile;
    expect(template).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('each event and filter is a notification of its own: any that matches invokes', () => {
    const stack = inboxTo({
      events: [s3.EventType.OBJECT_CREATED_PUT, s3.EventType.OBJECT_REMOVED],
      filters: [{ prefix: 'orders/', suffix: '.csv' }, { prefix: 'returns/' }],
    });
    expect(notifications(stack).map(({ Events, Filter }: any) => [Events[0], Filter])).toEqual([
      ['s3:ObjectCreated:Put', filter(['suffix', '.csv'], ['prefix', 'orders/'])],
      ['s3:ObjectCreated:Put', filter(['prefix', 'returns/'])],
      ['s3:ObjectRemoved:*', filter(['suffix', '.csv'], ['prefix', 'orders/'])],
      ['s3:ObjectRemoved:*', filter(['prefix', 'returns/'])],
    ]);
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.bucket(new s3.Bucket(stack, 'Inbox'))] });
    expect(JSON.stringify(notifications(stack))).toContain('Plain');
  });

  test('two functions share a bucket, each with its own keys', () => {
    const stack = stackWith();
    const bucket = new s3.Bucket(stack, 'Inbox');
    for (const id of ['Orders', 'Returns']) new EventFunction(stack, id, MINIMAL).addEventSource(PushSource.bucket(bucket, { filters: [{ prefix: `${id}/` }] }));
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Permission', 2);
  });
});

describe('permissions', () => {
  test('the bucket, in this account, may invoke the alias', () => {
    const stack = inboxTo();
    expect(only(stack, 'AWS::Lambda::Permission').Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: aliasRef(stack),
      Principal: 's3.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
      SourceArn: { 'Fn::GetAtt': [only(stack, 'AWS::S3::Bucket').logicalId, 'Arn'] },
    });
  });

  test('the notification waits for the permission', () => {
    const stack = inboxTo();
    expect(only(stack, 'Custom::S3BucketNotifications').DependsOn).toContain(only(stack, 'AWS::Lambda::Permission').logicalId);
  });

  test('the function may not read the bucket until it is granted to', () => {
    expect(JSON.stringify(Template.fromStack(inboxTo()).findResources('AWS::IAM::Policy'))).not.toContain('s3:GetObject');
  });
});

describe('validation', () => {
  test.each<[string, BucketSourceOptions, string]>([
    ['BucketEventsEmpty', { events: [] }, "'events' must be at least one event type, got []; leave it out for all created objects, or name the events [BucketEventsEmpty at Shop/Inbox]"],
    ['BucketFilterEmpty', { filters: [{ prefix: 'a/' }, {}] }, "'filters[1]' must be a prefix, a suffix or both, got {}; leave 'filters' out for all keys [BucketFilterEmpty at Shop/Inbox]"],
    ['BucketFilterTooLong', { filters: [{ prefix: 'ä'.repeat(512), suffix: '.' }] }, "'filters[0]' must be at most 1024 bytes of prefix and suffix together"],
  ])('fails if %s', (code, options, message) => {
    const bucket = new s3.Bucket(stackWith(), 'Inbox');
    expect(() => PushSource.bucket(bucket, options)).toThrow(message);
    expect(() => PushSource.bucket(bucket, options)).toThrow(expect.objectContaining({ name: code }));
  });

  test.each<[string, BucketSourceOptions, BucketSourceOptions]>([
    ['two sources are for the same keys', {}, {}],
    ['one is for keys of the other', { filters: [{ prefix: 'orders/' }] }, { filters: [{ suffix: '.csv' }] }],
    ['one event stands for the other', { events: [s3.EventType.OBJECT_REMOVED] }, { events: [s3.EventType.OBJECT_CREATED, s3.EventType.OBJECT_REMOVED_DELETE] }],
    ['a source overlaps itself', { filters: [{ prefix: 'returns/' }, { prefix: 'returns/old/' }] }, { filters: [{ prefix: 'orders/' }] }],
  ])('fails if %s', (_, one, other) => {
    const stack = stackWith();
    const bucket = new s3.Bucket(stack, 'Inbox');
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    expect(() => [one, other].forEach((options) => fn.addEventSource(PushSource.bucket(bucket, options)))).toThrow(expect.objectContaining({ name: 'BucketNotificationsOverlap' }));
  });

  test('notifications that overlap are both named', () => {
    const stack = stackWith();
    const source = PushSource.bucket(new s3.Bucket(stack, 'Inbox'), { filters: [{ prefix: 'orders/' }] });
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
    expect(() => new EventFunction(stack, 'Returns', MINIMAL).addEventSource(source)).toThrow(
      'got "s3:ObjectCreated:* for keys that begin with \\"orders/\\", besides s3:ObjectCreated:* for keys that begin with \\"orders/\\""; give both filters',
    );
  });

  test('other keys and other events of the same bucket pass', () => {
    const stack = stackWith();
    const bucket = new s3.Bucket(stack, 'Inbox');
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    const sources: BucketSourceOptions[] = [
      { filters: [{ prefix: 'orders', suffix: '.csv' }, { prefix: 'orders', suffix: '.json' }] },
      { filters: [{ prefix: 'returns' }], events: [s3.EventType.OBJECT_CREATED_PUT] },
      { filters: [{ prefix: 'returns' }], events: [s3.EventType.OBJECT_CREATED_COPY] },
      { events: [s3.EventType.OBJECT_REMOVED] },
    ];
    for (const options of sources) fn.addEventSource(PushSource.bucket(bucket, options));
    expect(notifications(stack)).toHaveLength(5);
  });

  test('1,024 bytes pass', () => {
    expect(notifications(inboxTo({ filters: [{ prefix: 'ä'.repeat(512) }] }))).toHaveLength(1);
  });
});

test('tokens are never checked', () => {
  const prefix = Lazy.string({ produce: () => 'later/' });
  expect(notifications(inboxTo({ filters: [{ prefix }] }))[0].Filter).toEqual(filter(['prefix', 'later/']));
  expect(notifications(inboxTo({ filters: [{ prefix }, { prefix: 'orders/' }] }))).toHaveLength(2);
});

test('an imported bucket is notified through the CDK handler', () => {
  const stack = stackWith();
  const bucket = s3.Bucket.fromBucketName(stack, 'Theirs', 'their-bucket');
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.bucket(bucket));
  expect(only(stack, 'Custom::S3BucketNotifications').Properties).toMatchObject({ BucketName: 'their-bucket', Managed: false });
});

test('a bucket of another stack is permitted there', () => {
  const app = new App();
  const storage = new Stack(app, 'Storage');
  const service = new Stack(app, 'Service');
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.bucket(new s3.Bucket(storage, 'Inbox')));
  expect(JSON.stringify(only(storage, 'AWS::Lambda::Permission').Properties.FunctionName)).toContain('Aliaslive');
});

test('ids are a contract', () => {
  expect(only(inboxTo(), 'AWS::Lambda::Permission').logicalId).toBe('InboxAllowBucketNotificationsToShopOrdersA8B1F5098AFA6EBE');
});
