import { App, Duration, Stack } from 'aws-cdk-lib';
import { Alias, Code, Function, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { readAssembly } from '../../src/assembly/read-assembly';
import { FileTree } from '../../src/contents/file-tree';
import { AppModel } from '../../src/model/app';
import { Json, JsonObject } from '../../src/model/template';
import { summarize } from '../../src/report/summary';
import { renderText } from '../../src/report/text';
import { tempFolder } from '../fixtures/temp-folder';
import { appOf, StackOptions, stackOf } from '../model/app-of';

function textOf(resources: JsonObject, options?: StackOptions): string {
  return renderText(summarize(appOf(resources, options)));
}

/** The same without the budgets at its end. */
function stacksOf(resources: JsonObject, options?: StackOptions): string {
  const { stacks } = summarize(appOf(resources, options));
  return renderText({ stacks, budgets: [] });
}

/** The lines under a heading of the only function. */
function block(text: string, heading: string): string[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`  ${heading} `));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith(' '.repeat(16)));
  return start < 0 ? [] : lines.slice(start, end).map((line) => line.slice(16));
}

function fn(properties: JsonObject): JsonObject {
  return { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs22.x', Code: { ZipFile: 'x' }, ...properties } };
}

/** A function behind an alias, fed by a bucket and a queue, with a layer and a log group of its own. */
function shop(): App {
  const app = new App({ outdir: tempFolder(), context: recommendedFlags, analyticsReporting: false });
  const stack = new Stack(app, 'Shop', { env: { region: 'eu-west-1' } });
  const orders = new Function(stack, 'Orders', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromAsset(tempFolder({ 'index.js': 1234 })),
    layers: [new LayerVersion(stack, 'Common', { code: Code.fromAsset(tempFolder({ nodejs: { 'common.js': 20_000_000 } })) })],
    logGroup: new LogGroup(stack, 'Logs'),
    memorySize: 512,
    timeout: Duration.seconds(30),
    reservedConcurrentExecutions: 10,
  });
  const live = new Alias(stack, 'Live', { aliasName: 'live', version: orders.currentVersion, provisionedConcurrentExecutions: 2 });
  live.configureAsyncInvoke({ retryAttempts: 1, onFailure: new SqsDestination(new Queue(stack, 'Failed')) });
  const queue = new Queue(stack, 'Queue', { deadLetterQueue: { queue: new Queue(stack, 'Dead'), maxReceiveCount: 3 } });
  live.addEventSource(new SqsEventSource(queue, { batchSize: 5, maxConcurrency: 2, reportBatchItemFailures: true }));
  new Bucket(stack, 'Bucket').addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(live));
  return app;
}

test('a whole app', () => {
  const app = shop();
  app.synth();
  expect(renderText(summarize(readAssembly(app.outdir)))).toMatchInlineSnapshot(`
"Shop (any account, eu-west-1): 1 function
=========================================

Shop/Orders  [OrdersA9B65338]
  function      nodejs22.x, 512 MB, 30 s; alias live
  role          Shop/Orders/ServiceRole
                assumed by lambda.amazonaws.com
                has arn:<Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
  may do        sqs:GetQueueAttributes, sqs:GetQueueUrl, sqs:SendMessage on [Shop/Failed]
                sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:GetQueueUrl, sqs:ReceiveMessage on [Shop/Queue]
  invoked by    push: s3.amazonaws.com from [Shop/Bucket] in account <AccountId> -> live, by Shop/Bucket/AllowBucketNotificationsToShopLive1F7B4C6F
                pull: Lambda polls [Shop/Queue] -> live (batches of 5, at most 2 at once, partial batch responses), by Shop/Live/SqsEventSource:ShopQueue2BB62074
  code, layers  code        1,234  Orders/Code
                layer  20,000,000  Shop/Common (Common/Code)
                total  20,001,234  of 262,144,000 bytes unzipped (8 %)
  concurrency   10 reserved
                2 provisioned for live
  on failure    asynchronous events of live go to [Shop/Failed]
                Shop/Bucket (Amazon S3) -> live
                  error, timeout: Lambda tries again once, after one minute; then it goes to Shop/Failed
                  throttled: Lambda tries again for up to 6 hours, at intervals that grow to 5 minutes; then it goes to Shop/Failed
                  too large: Lambda takes 1,048,576 bytes at most; what it does not take goes to no destination of the function
                  fails each time: as on an error; other events do not wait for it
                  in the end: Shop/Failed, the on-failure destination
                Shop/Queue (Amazon SQS) -> live
                  error: the messages that the function names come again after the visibility timeout of 30 seconds; each goes to Shop/Dead after 3 receives
                  timeout: the whole batch comes again after the visibility timeout of 30 seconds; each goes to Shop/Dead after 3 receives
                  throttled: Lambda tries again for the visibility timeout of 30 seconds; then the whole batch comes again, and counts as received: throttling alone brings it to Shop/Dead after 3 receives; of this queue Lambda reads no more at once than is reserved, so that only others can use that up
                  too large: does not happen: batches are cut at 6,291,456 bytes, and no message is that large
                  fails each time: the others of its batch are done with, if the function names it and does not throw; each goes to Shop/Dead after 3 receives
                  in the end: Shop/Dead, the dead-letter queue, after 3 receives
  logs          [Shop/Logs]

Added by the CDK: Shop/BucketNotificationsHandler050a0587b7544547bf325f094a3db834

Concurrency in any account, eu-west-1
=====================================

  reserved           10  Shop/Orders (2 provisioned)
  unreserved        990  for 1 function without a reservation; at least 100 must be left
  quota           1,000  AWS's default; new accounts have 10 or 50: tell what it is with -c cdk-event-functions:quota:unknown-account:eu-west-1=<number>
                         functions that are not in this app are not counted
"
`);
});

test('an app without functions says so', () => {
  expect(textOf({ Queue: { Type: 'AWS::SQS::Queue' } })).toBe('No Lambda functions in this app.\n');
  expect(renderText({ stacks: [], budgets: [] })).toBe('No Lambda functions in this app.\n');
});

describe('a stack', () => {
  test.each<[StackOptions, string]>([
    [{}, 'Shop (any account, any Region): 1 function'],
    [{ region: 'eu-west-1' }, 'Shop (any account, eu-west-1): 1 function'],
    [{ account: '111122223333', region: 'eu-west-1' }, 'Shop (111122223333, eu-west-1): 1 function'],
  ])('in the environment %j has the title %s, underlined', (options, title) => {
    expect(textOf({ Orders: fn({}) }, options).split('\n').slice(0, 2)).toEqual([title, '='.repeat(title.length)]);
  });

  test('counts its functions without those that the CDK adds, which come last', () => {
    const helper = 'AWS679f53fac002430cb0da5b7982bd22872D164C4C';
    const text = stacksOf({ [helper]: fn({}), A: fn({}), B: fn({}) });
    expect(text).toContain('Shop (any account, any Region): 2 functions');
    expect(text).toMatch(new RegExp(`\n\nAdded by the CDK: ${helper}\n$`));
  });

  test('stands apart from the next', () => {
    const app = new AppModel([stackOf({ Orders: fn({}) }, { name: 'A' }), stackOf({ Orders: fn({}) }, { name: 'B' })]);
    expect(renderText(summarize(app))).toMatch(/account\n\nB \(any account/);
  });
});

describe('the blocks of a function', () => {
  test('that is wired to nothing', () => {
    expect(stacksOf({ Orders: fn({}) })).toBe([
      'Shop (any account, any Region): 1 function',
      '==========================================',
      '',
      'Orders  [Orders]',
      '  function      nodejs22.x, 128 MB, 3 s; no alias',
      '  invoked by    nobody that this app permits',
      '  code, layers  code            1  inline code',
      '                total           1  of 262,144,000 bytes unzipped (less than 1 %)',
      '  concurrency   shares the unreserved concurrency of the account',
      '',
    ].join('\n'));
  });

  test('role: who assumes it and what it has', () => {
    const text = textOf({
      Orders: fn({ Role: { 'Fn::GetAtt': ['Role', 'Arn'] } }),
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'lambda.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': '1' } } }] },
          ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'],
        },
      },
    });
    expect(block(text, 'role')).toEqual([
      'Role',
      'assumed by lambda.amazonaws.com when aws:SourceAccount = 1',
      'has arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess',
    ]);
    expect(block(text, 'may do')).toEqual([]);
  });

  test('role: one that is imported', () => {
    expect(block(textOf({ Orders: fn({ Role: 'arn:aws:iam::1:role/orders' }) }), 'role')).toEqual(['arn:aws:iam::1:role/orders (not in this app)']);
  });

  test('role: one of another stack, with what it may do there', () => {
    const role = {
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }] } } },
      Policy: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] } } },
    };
    const access = stackOf(role, { name: 'Access', outputs: { Out: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] }, Export: { Name: 'role' } } } });
    const text = renderText(summarize(new AppModel([access, stackOf({ Orders: fn({ Role: { 'Fn::ImportValue': 'role' } }) })])));
    expect(block(text, 'role')).toEqual(['Role', 'assumed by lambda.amazonaws.com']);
    expect(block(text, 'may do')).toEqual(['s3:GetObject on *']);
  });

  test('may do: what is denied is said to be denied', () => {
    const statements = [
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: ['a', 'b'] },
      { Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' },
    ];
    const text = textOf({ Orders: fn({ Role: { Ref: 'Role' } }), Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: statements } }] } } });
    expect(block(text, 'may do')).toEqual(['s3:GetObject, s3:PutObject on a, b', 'Deny s3:DeleteObject on *']);
  });

  test('invoked by: who, from where, which qualifier, and what says so', () => {
    const permission = (properties: JsonObject) => ({ Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'Orders' }, Action: 'lambda:InvokeFunction', ...properties } });
    const allow = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' };
    const text = textOf({
      Orders: fn({}),
      Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, Name: 'live' } },
      A: permission({ Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::b', SourceAccount: '1' }),
      B: permission({ Principal: 'events.amazonaws.com' }),
      C: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Orders' }, EventSourceArn: 'arn:aws:sqs:eu-west-1:1:q' } },
      D: permission({ Principal: '*', Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' }),
      E: { Type: 'AWS::Lambda::ResourcePolicy', Properties: { ResourceArn: { Ref: 'Live' }, PolicyDocument: { Statement: [{ ...allow, Effect: 'Deny', Principal: '*' }] } } },
      F: { Type: 'AWS::IAM::User', Properties: { Policies: [{ PolicyDocument: { Statement: [{ ...allow, Resource: { Ref: 'Live' } }] } }] } },
    });
    expect(block(text, 'invoked by')).toEqual([
      'push: s3.amazonaws.com from arn:aws:s3:::b in account 1 -> $LATEST, by A',
      'push: events.amazonaws.com from anywhere -> $LATEST, by B',
      'push: * (lambda:InvokeFunctionUrl) if StringEquals lambda:FunctionUrlAuthType = NONE -> $LATEST, by D',
      'Deny push: * -> live, by E',
      'identity: F -> live, by F',
      'pull: Lambda polls arn:aws:sqs:eu-west-1:1:q -> $LATEST, by C',
    ]);
  });

  test('invoked by: an organization is not anywhere', () => {
    const text = textOf({ Orders: fn({}), A: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'Orders' }, Principal: '*', PrincipalOrgID: 'o-a1b2c3d4e5' } } });
    expect(block(text, 'invoked by')).toEqual([expect.stringContaining('o-a1b2c3d4e5')]);
    expect(text).not.toContain('from anywhere');
  });

  test('code, layers: bytes that are not known make the total a least', () => {
    const code = { S3Bucket: 'assets', S3Key: 'code.zip' };
    const text = textOf({ Orders: fn({ Code: code, Layers: ['arn:aws:lambda:eu-west-1:1:layer:Foreign:1'] }) }, { assets: { 'code.zip': 131_072_000 } });
    expect(block(text, 'code, layers')).toEqual([
      'code  131,072,000  code.zip',
      'layer unknown: not in this app  arn:aws:lambda:eu-west-1:1:layer:Foreign:1',
      'total 131,072,000  or more of 262,144,000 bytes unzipped (50 %)',
    ]);
  });

  test('code, layers: an archive that only S3 takes is noted, one byte less is not', () => {
    const archive = (zippedBytes: number) => ({ kind: 'opened', bytes: 60_000_000, zippedBytes, files: new FileTree([]), oddities: [] } as const);
    const of = (zippedBytes: number) => block(textOf({ Orders: fn({ Code: { S3Bucket: 'assets', S3Key: 'code.zip' } }) }, { assets: { 'code.zip': archive(zippedBytes) } }), 'code, layers');
    expect(of(52_428_800)).toHaveLength(2);
    expect(of(52_428_801)[2]).toBe('note: code.zip is 52,428,801 bytes zipped: fine from S3, as it is deployed; too large to upload to the console or the API (52,428,800)');
  });

  test('code, layers: bytes that somebody declared are marked', () => {
    const arn = 'arn:aws:lambda:eu-west-1:111122223333:layer:Foreign:1';
    const text = textOf({ Orders: fn({ Code: { ZipFile: 'xyz' }, Layers: [arn] }) }, { declaredLayers: [{ arn, bytes: 131_071_997 }] });
    expect(block(text, 'code, layers')).toEqual([
      'code            3  inline code',
      `layer 131,071,997  ${arn} (declared)`,
      'total 131,072,000  of 262,144,000 bytes unzipped (50 %)',
    ]);
  });

  test.each([[0, '0 %'], [1, 'less than 1 %'], [2_621_439, 'less than 1 %'], [2_621_440, '1 %'], [262_144_000, '100 %'], [524_288_000, '200 %']])(
    'code, layers: %d bytes are %s of what is allowed', (bytes, share) => {
      const text = textOf({ Orders: fn({ Code: { S3Bucket: 'assets', S3Key: 'code.zip' } }) }, { assets: { 'code.zip': bytes } });
      expect(block(text, 'code, layers')[1]).toMatch(new RegExp(` \\(${share}\\)$`));
    });

  test.each<[string, JsonObject, StackOptions['assets'], string]>([
    ['an image in a repository', { ImageUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders:1' }, {}, 'container image 111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders:1'],
    ['an image that is built for a platform', { ImageUri: { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/assets:built' } }, { built: { kind: 'image', platform: 'linux/arm64' } }, 'container image image (linux/arm64)'],
    ['an image that is built for no platform', { ImageUri: 'x/y:built' }, { built: { kind: 'image' } }, 'container image image (of the platform of the machine that builds it)'],
    ['an image that a command makes', { ImageUri: 'x/y:built' }, { built: { kind: 'image', builder: 'command' } }, 'container image image'],
    ['an image that a parameter names', { ImageUri: { Ref: 'ImageUri' } }, {}, 'container image <ImageUri>'],
    ['nothing but the package type', {}, {}, 'container image'],
  ])('code, layers: %s', (_, code, assets, line) => {
    expect(block(textOf({ Orders: fn({ PackageType: 'Image', Code: code }) }, { assets }), 'code, layers')).toEqual([line]);
  });

  test('concurrency: none of the account on instances of a capacity provider', () => {
    const config = { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: 'arn' } };
    const said = (capacity: Json) => block(textOf({ Orders: fn({ CapacityProviderConfig: capacity }) }), 'concurrency');
    expect(said(config)).toEqual(['instances of its own, from a capacity provider']);
    expect(said({ 'Fn::If': ['IsProd', config, { Ref: 'AWS::NoValue' }] })).toEqual(['shares the unreserved concurrency of the account']);
  });

  test('concurrency: reserved, also none at all, and decided at deployment', () => {
    expect(block(textOf({ Orders: fn({ ReservedConcurrentExecutions: 0 }) }), 'concurrency')).toEqual(['0 reserved: switched off']);
    const topic = { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: 'arn:aws:sns:eu-west-1:111122223333:orders', Endpoint: { 'Fn::GetAtt': ['Orders', 'Arn'] } } };
    expect(block(textOf({ Orders: fn({ ReservedConcurrentExecutions: 0 }), Topic: topic }), 'concurrency')).toEqual(['0 reserved: switched off', 'Topic loses its events']);
    expect(block(textOf({ Orders: fn({ ReservedConcurrentExecutions: { Ref: 'Reserved' } }) }), 'concurrency')).toEqual([expect.stringContaining('decided at deployment')]);
  });

  test('on failure: the dead-letter queue of the function', () => {
    const text = textOf({ Orders: fn({ DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] } } }), Dead: { Type: 'AWS::SQS::Queue' } });
    expect(block(text, 'on failure')).toEqual(['asynchronous events go to [Dead]']);
  });

  test('no line ends in a space, and none is longer than its words', () => {
    expect(textOf({ Orders: fn({ Role: { Ref: 'Role' }, MemorySize: { Ref: 'Memory' } }), Role: { Type: 'AWS::IAM::Role' } })).not.toMatch(/ \n|decided at deployment (MB|s)\b/);
  });
});
