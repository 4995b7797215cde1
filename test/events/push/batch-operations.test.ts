import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { S3BatchEvent } from 'aws-lambda';
import { BatchOperationsSchema, BatchOperationsSourceOptions, EventFunction, InvocationKind, InvocationMode, PushSource } from '../../../src';
import { batchOperationsEvent, batchOperationsEventV2 } from '../../../src/events/push/samples/batch-operations';
import { aliasRef, MINIMAL, resourcesOf, stackWith } from '../../function/functions';

const { V1_0, V2_0 } = BatchOperationsSchema;

function jobsOf(options: (bucket: s3.Bucket) => Partial<BatchOperationsSourceOptions> = () => ({})) {
  const stack = stackWith();
  const bucket = new s3.Bucket(stack, 'Jobs');
  const fn = new EventFunction(stack, 'Orders', MINIMAL);
  const source = PushSource.batchOperations({ manifestBucket: bucket, ...options(bucket) });
  fn.addEventSource(source);
  return { stack, bucket, fn, source };
}

const ofType = (stack: Stack, type: string) => Object.entries(resourcesOf(stack)).filter(([, { Type }]) => Type === type);
const roles = (stack: Stack) => ofType(stack, 'AWS::IAM::Role')
  .filter(([, { Properties }]) => JSON.stringify(Properties).includes('batchoperations.s3.amazonaws.com'));
const statements = (stack: Stack) => ofType(stack, 'AWS::IAM::Policy')
  .filter(([id]) => id.includes('BatchOperationsRole')).flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
const keysIn = (stack: Stack, bucket: s3.Bucket, key: string) => ({ 'Fn::Join': ['', [stack.resolve(bucket.bucketArn), `/${key}`]] });

describe('defaults', () => {
  test('a role of S3 Batch Operations may invoke the alias and read manifests, and nothing else', () => {
    const { stack, bucket } = jobsOf();
    expect(roles(stack).map(([, { Properties }]) => Properties)).toEqual([{
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'batchoperations.s3.amazonaws.com' } }],
      },
    }]);
    expect(statements(stack)).toEqual([
      { Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: aliasRef(stack) },
      { Action: ['s3:GetObject', 's3:GetObjectVersion'], Effect: 'Allow', Resource: keysIn(stack, bucket, '*') },
    ]);
  });

  test('a job has no report, and events of version 1.0', () => {
    const { stack, source, fn } = jobsOf();
    expect(stack.resolve(source.jobParameters(fn))).toEqual({
      AccountId: { Ref: 'AWS::AccountId' },
      Operation: { LambdaInvoke: { FunctionArn: aliasRef(stack), InvocationSchemaVersion: '1.0' } },
      RoleArn: { 'Fn::GetAtt': [roles(stack)[0][0], 'Arn'] },
      Report: { Enabled: false },
    });
  });

  test('the template', () => {
    expect(Template.fromStack(jobsOf().stack).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('manifests and reports', () => {
    const { stack, bucket, source, fn } = jobsOf((jobs) => ({ manifestKey: 'manifests/today.csv', reportBucket: jobs, reportPrefix: 'reports/orders' }));
    expect(statements(stack).slice(1)).toEqual([
      { Action: ['s3:GetObject', 's3:GetObjectVersion'], Effect: 'Allow', Resource: keysIn(stack, bucket, 'manifests/today.csv') },
      { Action: 's3:PutObject', Effect: 'Allow', Resource: keysIn(stack, bucket, 'reports/orders/*') },
    ]);
    expect(stack.resolve(source.jobParameters(fn).Report)).toEqual({
      Enabled: true, Bucket: stack.resolve(bucket.bucketArn), Format: 'Report_CSV_20180820', ReportScope: 'AllTasks', Prefix: 'reports/orders',
    });
  });

  test('reports at the top of their bucket', () => {
    const { stack, bucket, source, fn } = jobsOf((jobs) => ({ reportBucket: jobs }));
    expect(statements(stack)[2].Resource).toEqual(keysIn(stack, bucket, '*'));
    expect(source.jobParameters(fn).Report).not.toHaveProperty('Prefix');
  });

  test('arguments, which need version 2.0', () => {
    for (const schema of [undefined, V2_0]) {
      const { source, fn } = jobsOf(() => ({ userArguments: { size: '200' }, schema }));
      expect(source.jobParameters(fn).Operation.LambdaInvoke).toMatchObject({ InvocationSchemaVersion: '2.0', UserArguments: { size: '200' } });
    }
    const { source, fn } = jobsOf(() => ({ schema: V2_0 }));
    expect(source.jobParameters(fn).Operation.LambdaInvoke).not.toHaveProperty('UserArguments');
  });

  test('keys of the buckets may be used', () => {
    const stack = stackWith();
    const encryptionKey = new kms.Key(stack, 'Key');
    const bucket = new s3.Bucket(stack, 'Jobs', { encryptionKey });
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.batchOperations({ manifestBucket: bucket, reportBucket: bucket }));
    expect(statements(stack).slice(3)).toEqual([
      { Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Effect: 'Allow', Resource: stack.resolve(encryptionKey.keyArn) },
    ]);
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    const source = PushSource.batchOperations({ manifestBucket: new s3.Bucket(stack, 'Jobs') });
    const plain = new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [source] });
    expect(statements(stack)[0].Resource).toEqual(stack.resolve(plain.functionArn));
  });

  test('one source serves two functions, each with a role of its own, and one function once', () => {
    const stack = stackWith();
    const source = PushSource.batchOperations({ manifestBucket: new s3.Bucket(stack, 'Jobs') });
    const [orders, returns] = ['Orders', 'Returns'].map((id) => new EventFunction(stack, id, MINIMAL));
    for (const target of [orders, returns, orders]) target.addEventSource(source);
    expect(roles(stack)).toHaveLength(2);
    expect(source.roleOf(orders)).not.toBe(source.roleOf(returns));
  });

  test('two sources of one function are two roles', () => {
    const { stack, fn, bucket } = jobsOf();
    fn.addEventSource(PushSource.batchOperations({ manifestBucket: bucket }));
    expect(roles(stack)).toHaveLength(2);
  });
});

describe('permissions', () => {
  test('the role is a way in which the function is invoked', () => {
    const { fn } = jobsOf();
    expect(fn.invocationPaths()).toEqual([
      { kind: InvocationKind.IDENTITY, caller: 'Shop/Orders/BatchOperationsRole', qualifier: 'live', statement: 'Shop/Orders/BatchOperationsRole/DefaultPolicy' },
    ]);
  });

  test('the function needs no permission of its own, and nothing is kept of failed events: they are in the report', () => {
    const { stack } = jobsOf();
    expect(ofType(stack, 'AWS::Lambda::Permission')).toEqual([]);
    expect(ofType(stack, 'AWS::SQS::Queue')).toEqual([]);
  });

  test('who creates jobs may hand over the role, and no other', () => {
    const { stack, source, fn } = jobsOf();
    const operator = new iam.Role(stack, 'Operator', { assumedBy: new iam.AccountPrincipal('111122223333') });
    expect(source.grantCreateJob(fn, operator).success).toBe(true);
    const [[, { Properties }]] = ofType(stack, 'AWS::IAM::Policy').filter(([id]) => id.startsWith('Operator'));
    expect(Properties.PolicyDocument.Statement).toEqual([
      { Action: 'iam:PassRole', Effect: 'Allow', Resource: stack.resolve(source.roleOf(fn).roleArn) },
      { Action: 's3:CreateJob', Effect: 'Allow', Resource: '*' },
    ]);
  });
});

describe('validation', () => {
  test.each<[string, Partial<BatchOperationsSourceOptions>, string]>([
    ['BatchOperationsNoReport', { reportPrefix: 'reports' }, "'reportPrefix' must be left out when 'reportBucket' is, got \"reports\"; name the bucket that reports are written to [BatchOperationsNoReport at Shop/Jobs]"],
    ['BatchOperationsKeyMalformed', { manifestKey: '' }, "'manifestKey' must be at least one character, got \"\"; leave it out for all of the bucket"],
    ['BatchOperationsArgumentsOfOldSchema', { schema: V1_0, userArguments: { a: '1' } }, "'userArguments' must be left out with BatchOperationsSchema.V1_0, got {\"a\":\"1\"}; leave 'schema' out"],
    ['BatchOperationsArguments', { userArguments: { '': '1' } }, "'userArguments' must be up to 10 values of at most 1024 characters, with names of 1 to 64, got {\"\":\"1\"}"],
    ['BatchOperationsArguments', { userArguments: { ['a'.repeat(65)]: '1' } }, 'with names of 1 to 64'],
    ['BatchOperationsArguments', { userArguments: { a: 'a'.repeat(1025) } }, 'of at most 1024 characters'],
    ['BatchOperationsArguments', { userArguments: Object.fromEntries([...'abcdefghijk'].map((name) => [name, ''])) }, 'must be up to 10 values'],
  ])('fails if %s: %#', (code, options, message) => {
    const manifestBucket = new s3.Bucket(stackWith(), 'Jobs');
    expect(() => PushSource.batchOperations({ manifestBucket, ...options })).toThrow(message);
    expect(() => PushSource.batchOperations({ manifestBucket, ...options })).toThrow(expect.objectContaining({ name: code }));
  });

  test.each(['', 'reports/'])('fails if the folder of reports is %j', (reportPrefix) => {
    const bucket = new s3.Bucket(stackWith(), 'Jobs');
    const make = () => PushSource.batchOperations({ manifestBucket: bucket, reportBucket: bucket, reportPrefix });
    expect(make).toThrow(`'reportPrefix' must be a folder, without a slash at its end, got ${JSON.stringify(reportPrefix)}`);
  });

  test('takes the most there may be', () => {
    const names = [...'abcdefghi', 'j'.repeat(64)];
    expect(() => jobsOf(() => ({ userArguments: Object.fromEntries(names.map((name) => [name, 'v'.repeat(1024)])) }))).not.toThrow();
  });

  test('fails if BatchOperationsRoleMissing', () => {
    const { source, stack } = jobsOf();
    const other = new EventFunction(stack, 'Returns', MINIMAL);
    for (const ask of [() => source.roleOf(other), () => source.jobParameters(other), () => source.grantCreateJob(other, other)]) {
      expect(ask).toThrow("'target' must be a function that this source was added to, got \"Shop/Returns\"; call addEventSource()");
      expect(ask).toThrow(expect.objectContaining({ name: 'BatchOperationsRoleMissing' }));
    }
  });
});

test('tokens are never checked', () => {
  const later = (text: string) => Lazy.string({ produce: () => text });
  const { stack, source, fn } = jobsOf((jobs) => ({
    manifestKey: later('m'), reportBucket: jobs, reportPrefix: later('r/'), userArguments: { a: later('v'.repeat(1025)) },
  }));
  expect(JSON.stringify(statements(stack))).toContain('/r//*');
  expect(stack.resolve(source.jobParameters(fn).Report.Prefix)).toBe('r/');
});

test('functions and buckets that are imported', () => {
  const stack = stackWith();
  const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:theirs:live';
  const source = PushSource.batchOperations({ manifestBucket: s3.Bucket.fromBucketName(stack, 'Jobs', 'their-jobs') });
  lambda.Function.fromFunctionArn(stack, 'Theirs', functionArn).addEventSource(source);
  expect(statements(stack).map(({ Resource }) => JSON.stringify(Resource))).toEqual([`"${functionArn}"`, expect.stringContaining(':s3:::their-jobs/*')]);
});

test('a bucket with a key of another stack is used without a circle', () => {
  const app = new App();
  const [data, service] = [new Stack(app, 'Data'), new Stack(app, 'Service')];
  const bucket = new s3.Bucket(data, 'Jobs', { encryptionKey: new kms.Key(data, 'Key') });
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.batchOperations({ manifestBucket: bucket, reportBucket: bucket }));
  expect(JSON.stringify(statements(service))).toContain('Fn::ImportValue');
  expect(JSON.stringify(resourcesOf(data))).not.toContain('Fn::ImportValue');
});

test('ids are a contract', () => {
  expect(roles(jobsOf().stack).map(([id]) => id)).toEqual([expect.stringMatching(/^OrdersBatchOperationsRole[0-9A-F]{8}$/)]);
});

describe('the event', () => {
  test('is that of version 1.0', () => {
    const event: S3BatchEvent = batchOperationsEvent();
    expect(event.tasks[0].s3BucketArn).toBe('arn:aws:s3:::amzn-s3-demo-bucket');
    expect(jobsOf().source.sampleEvent()).toEqual(batchOperationsEvent());
  });

  test('is that of version 2.0, with the name of the bucket and the arguments', () => {
    const { source } = jobsOf(() => ({ userArguments: { size: '200' } }));
    expect(source.sampleEvent()).toEqual(batchOperationsEventV2({ size: '200' }));
    expect(source.sampleEvent()).toMatchObject({
      invocationSchemaVersion: '2.0', job: { userArguments: { size: '200' } }, tasks: [{ s3Bucket: 'amzn-s3-demo-bucket', s3VersionId: null }],
    });
    expect(jobsOf(() => ({ schema: V2_0 })).source.sampleEvent()).toEqual(batchOperationsEventV2());
  });

  test('has what is overridden', () => {
    const event = jobsOf().source.sampleEvent({ tasks: [{ s3Key: 'a.jpg' }, { s3Key: 'b.jpg', taskId: '2' }] });
    expect(event.tasks).toMatchObject([{ s3Key: 'a.jpg', s3VersionId: '1' }, { s3Key: 'b.jpg', taskId: '2' }]);
  });

  test('what it means is on the source', () => {
    expect(jobsOf().source.semantics).toMatchObject({
      invocation: InvocationMode.SYNCHRONOUS, assumesRole: 'batchoperations.s3.amazonaws.com', conditionKeys: [], eventType: { typescript: 'S3BatchEvent' },
    });
    expect(jobsOf(() => ({ schema: V2_0 })).source.semantics.eventType).not.toHaveProperty('typescript');
  });
});
