import { Json, JsonObject } from '../../src/model/template';
import { summarize, Summary } from '../../src/report/summary';
import { appOf, StackOptions } from '../model/app-of';

const ORDERS: JsonObject = { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs22.x', Code: { ZipFile: 'x' } } };

function summaryOf(resources: JsonObject, options?: StackOptions): Summary {
  return summarize(appOf(resources, options));
}

/** The summary of the function Orders with these properties, among other resources. */
function orders(properties: JsonObject, others: JsonObject = {}, options?: StackOptions) {
  const [stack] = summaryOf({ Orders: { Type: 'AWS::Lambda::Function', Properties: properties }, ...others }, options).stacks;
  return stack.functions[0];
}

describe('stacks', () => {
  test('without functions are left out', () => {
    expect(summaryOf({ Queue: { Type: 'AWS::SQS::Queue' } })).toEqual({ stacks: [], budgets: [] });
  });

  test('have their account and Region where the app fixes them', () => {
    expect(summaryOf({ Orders: ORDERS }, { account: '111122223333', region: 'eu-west-1' }).stacks[0]).toMatchObject({ stack: 'Shop', account: '111122223333', region: 'eu-west-1' });
  });
});

describe('functions that the CDK adds', () => {
  test.each([
    'BucketNotificationsHandler050a0587b7544547bf325f094a3db8347ECC3691',
    'LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aFD4BFC8A',
    'CustomS3AutoDeleteObjectsCustomResourceProviderHandler9D90184F',
    'CustomVpcRestrictDefaultSGCustomResourceProviderHandlerDC833E5E',
    'AWS679f53fac002430cb0da5b7982bd22872D164C4C',
  ])('%s is listed apart', (logicalId) => {
    const [stack] = summaryOf({ Orders: ORDERS, [logicalId]: ORDERS }).stacks;
    expect(stack.functions.map(({ name }) => name)).toEqual(['Orders']);
    expect(stack.helpers).toEqual([logicalId]);
  });

  test.each([
    'LogRetentionReport7BCF01FD',
    'BucketNotificationsHandlerForOrdersA9B65338',
    'CustomS3AutoDeleteAuditA9B65338',
    'OrdersCustomResourceProviderA9B65338',
  ])('%s is a function of the app itself', (logicalId) => {
    expect(summaryOf({ [logicalId]: ORDERS }).stacks[0].functions.map(({ name }) => name)).toEqual([logicalId]);
  });

  test('are called by their construct path', () => {
    const logicalId = 'AWS679f53fac002430cb0da5b7982bd22872D164C4C';
    expect(summaryOf({ [logicalId]: ORDERS }, { constructPaths: { [logicalId]: 'Shop/AWS679f/Resource' } }).stacks[0].helpers).toEqual(['Shop/AWS679f']);
  });
});

describe('a function', () => {
  test('that says nothing has the defaults of the service', () => {
    expect(orders({})).toMatchObject({ runtime: 'no runtime', memory: '128 MB', timeout: '3 s', aliases: [], invokedBy: [], polls: [] });
  });

  test('has what it says', () => {
    expect(orders({ Runtime: 'python3.13', MemorySize: '512', Timeout: 30, ReservedConcurrentExecutions: 0 }))
      .toMatchObject({ runtime: 'python3.13', memory: '512 MB', timeout: '30 s', reservedConcurrency: '0' });
  });

  test('whose memory and timeout are decided at deployment is said to be so, without a unit', () => {
    expect(orders({ MemorySize: { Ref: 'Memory' }, Timeout: { Ref: 'Timeout' }, Runtime: { Ref: 'Runtime' }, ReservedConcurrentExecutions: { Ref: 'Reserved' } }))
      .toMatchObject({ memory: 'decided at deployment', timeout: 'decided at deployment', runtime: 'decided at deployment', reservedConcurrency: 'decided at deployment' });
  });

  test('that is an image has no parts, and is named', () => {
    const image = (uri: Json, assets: StackOptions['assets'] = {}) => orders({ PackageType: 'Image', Code: { ImageUri: uri } }, {}, { assets });
    expect(image('repository:tag')).toMatchObject({ runtime: 'Image', package: { parts: [], bytes: 0, image: { name: 'repository:tag' } } });
    expect(image('assets/repository:built', { built: { kind: 'image', platform: 'linux/arm64' } }).package.image).toEqual({ name: 'image', builder: 'docker', platform: 'linux/arm64' });
    expect(image({ 'Fn::If': ['IsProd', 'a', 'b'] }).package.image).toEqual({ name: '<Fn::If>' });
    expect(orders({ Code: { ZipFile: 'x' } }).package.image).toBeUndefined();
  });

  test('names its dead-letter queue and its log group', () => {
    expect(orders({ DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] } }, LoggingConfig: { LogGroup: { Ref: 'Logs' } } }, { Dead: { Type: 'AWS::SQS::Queue' }, Logs: { Type: 'AWS::Logs::LogGroup' } }))
      .toMatchObject({ deadLetter: '[Dead]', logGroup: '[Logs]' });
  });

  test('says so where what it names is decided at deployment', () => {
    const fn = orders({ DeadLetterConfig: { 'Fn::If': ['IsProd', {}, {}] }, LoggingConfig: { LogGroup: { Ref: 'LogGroup' } } });
    expect([fn.deadLetter, fn.logGroup]).toEqual(['decided at deployment', '<LogGroup>']);
  });

  test('has nothing where NoValue leaves it out', () => {
    const gone = { Ref: 'AWS::NoValue' };
    const fn = orders({ DeadLetterConfig: { TargetArn: gone }, LoggingConfig: { LogGroup: gone }, ReservedConcurrentExecutions: gone, Role: gone });
    expect([fn.deadLetter, fn.logGroup, fn.reservedConcurrency, fn.role]).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('the package', () => {
  const common: JsonObject = { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'assets', S3Key: 'common.zip' } } };

  test('is complete where all bytes are known', () => {
    expect(orders({ Code: { ZipFile: 'xyz' }, Layers: [{ Ref: 'Common' }] }, { Common: common }, { assets: { 'common.zip': 100 } }).package)
      .toMatchObject({ bytes: 103, complete: true, limit: 262_144_000 });
  });

  test('is incomplete where a layer is not in this app', () => {
    expect(orders({ Code: { ZipFile: 'xyz' }, Layers: ['arn:aws:lambda:eu-west-1:1:layer:Foreign:1'] }).package).toMatchObject({ bytes: 3, complete: false });
  });

  test('is incomplete where the layers are decided at deployment', () => {
    expect(orders({ Code: { ZipFile: 'xyz' }, Layers: { 'Fn::If': ['IsProd', ['arn'], []] } }).package).toMatchObject({ bytes: 3, complete: false });
  });
});

describe('the role', () => {
  const TRUST: Json = { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
  const statement = (actions: Json, resources: Json, effect = 'Allow') => ({ Effect: effect, Action: actions, Resource: resources });
  const roleOf = (role: JsonObject, others: JsonObject = {}) =>
    orders({ Role: { 'Fn::GetAtt': ['Role', 'Arn'] } }, { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...role } }, ...others }).role;

  test('is left out for a function that has none', () => {
    expect(orders({}).role).toBeUndefined();
  });

  test.each<[Json, string]>([
    ['arn:aws:iam::111122223333:role/orders', 'arn:aws:iam::111122223333:role/orders (not in this app)'],
    [{ Ref: 'RoleArn' }, '<RoleArn> (not in this app)'],
    [{ 'Fn::ImportValue': 'role' }, '<Fn::ImportValue> (not in this app)'],
    [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::1:role/orders']] }, 'arn:<Partition>:iam::1:role/orders (not in this app)'],
  ])('%j that is not in this app is named', (role, name) => {
    expect(orders({ Role: role }).role).toEqual({ name, trusts: [], allows: [], managedPolicies: [] });
  });

  test('has inline policies and attached ones, but not those of others', () => {
    const attach = (roles: Json, action: string) => ({ Type: 'AWS::IAM::Policy', Properties: { Roles: roles, PolicyDocument: { Statement: [statement(action, '*')] } } });
    const role = roleOf({ Policies: [{ PolicyName: 'inline', PolicyDocument: { Statement: statement('s3:GetObject', 'arn:aws:s3:::b/*') } }] }, {
      Mine: attach([{ Ref: 'Role' }], 'sqs:SendMessage'),
      Foreign: attach([{ Ref: 'OtherRole' }], 'sns:Publish'),
      Nobody: attach([], 'sns:Publish'),
      OtherRole: { Type: 'AWS::IAM::Role' },
    });
    expect(role?.allows).toEqual([
      { effect: 'Allow', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*'] },
      { effect: 'Allow', actions: ['sqs:SendMessage'], resources: ['*'] },
    ]);
  });

  test('has the statements of a managed policy of this app, however it is attached, once', () => {
    const managed = (properties: JsonObject) => ({ Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [statement('sqs:SendMessage', '*')] }, ...properties } });
    const expected = [{ effect: 'Allow', actions: ['sqs:SendMessage'], resources: ['*'] }];
    expect(roleOf({}, { Managed: managed({ Roles: [{ Ref: 'Role' }] }) })?.allows).toEqual(expected);
    expect(roleOf({ ManagedPolicyArns: [{ Ref: 'Managed' }] }, { Managed: managed({}) })?.allows).toEqual(expected);
    expect(roleOf({ ManagedPolicyArns: [{ Ref: 'Managed' }] }, { Managed: managed({ Roles: [{ Ref: 'Role' }] }) })?.allows).toEqual(expected);
  });

  test('names managed policies', () => {
    const arn = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AWSXRayDaemonWriteAccess']] };
    expect(roleOf({ ManagedPolicyArns: [arn] })?.managedPolicies).toEqual(['arn:<Partition>:iam::aws:policy/AWSXRayDaemonWriteAccess']);
  });

  test('allows where a statement does not say so', () => {
    expect(roleOf({ Policies: [{ PolicyDocument: { Statement: [{ Action: 's3:GetObject', Resource: '*' }] } }] })?.allows)
      .toEqual([{ effect: 'Allow', actions: ['s3:GetObject'], resources: ['*'] }]);
  });

  test('keeps denials apart', () => {
    expect(roleOf({ Policies: [{ PolicyDocument: { Statement: [statement(['s3:DeleteObject'], ['*'], 'Deny')] } }] })?.allows)
      .toEqual([{ effect: 'Deny', actions: ['s3:DeleteObject'], resources: ['*'] }]);
  });

  test('is trusted by its principals, under their conditions', () => {
    const trust = (entry: JsonObject) => roleOf({ AssumeRolePolicyDocument: { Statement: [entry] } })?.trusts;
    expect(trust({ Principal: { Service: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'] } })).toEqual(['lambda.amazonaws.com, edgelambda.amazonaws.com']);
    expect(trust({ Principal: '*' })).toEqual(['*']);
    expect(trust({
      Principal: { Service: 'lambda.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:*:*:function:orders' } },
    })).toEqual(['lambda.amazonaws.com when aws:SourceAccount = <AccountId> and aws:SourceArn = arn:aws:lambda:*:*:function:orders']);
  });

  test.each<[string, Json, string]>([
    ['a reference', { 'Fn::GetAtt': ['Queue', 'Arn'] }, '[Queue]'],
    ['a join', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, '/*']] }, '[Queue]/*'],
    ['a substitution', { 'Fn::Sub': '${Queue.Arn}/*' }, '[Queue]/*'],
    ['a substitution with variables', { 'Fn::Sub': ['arn:${AWS::Partition}:x/${Name}/*', { Name: { Ref: 'Queue' } }] }, 'arn:<Partition>:x/[Queue]/*'],
    ['a substitution of no resource', { 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:1:${Name}' }, 'arn:aws:sqs:<Region>:1:<Name>'],
    ['a policy variable', { 'Fn::Sub': '${Queue.Arn}/${!aws:username}' }, '[Queue]/${aws:username}'],
    ['a substitution of nothing', { 'Fn::Sub': { Ref: 'Queue' } }, '<Fn::Sub>'],
    ['a part that is cut out', { 'Fn::Select': [1, { 'Fn::Split': [':', { Ref: 'Queue' }] }] }, '[Queue]'],
    ['something of elsewhere', { 'Fn::ImportValue': 'queue' }, '<Fn::ImportValue>'],
  ])('may act on %s', (_, resource, expected) => {
    expect(roleOf({ Policies: [{ PolicyDocument: { Statement: [statement('sqs:SendMessage', resource)] } }] }, { Queue: { Type: 'AWS::SQS::Queue' } })?.allows[0].resources).toEqual([expected]);
  });

  test('may act on the resources that NoValue does not leave out', () => {
    expect(roleOf({ Policies: [{ PolicyDocument: { Statement: [statement('sqs:SendMessage', ['a', { Ref: 'AWS::NoValue' }])] } }] })?.allows[0].resources).toEqual(['a']);
  });

  test('does not hide what a statement excepts', () => {
    const allows = roleOf({ Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', NotAction: 'iam:*', NotResource: 'arn:aws:s3:::secret' }] } }] })?.allows;
    expect(JSON.stringify(allows)).toContain('iam:*');
    expect(JSON.stringify(allows)).toContain('arn:aws:s3:::secret');
  });

  test.each<[string, Json]>([
    ['a statement', { 'Fn::If': ['IsProd', { Effect: 'Allow', Action: 's3:*', Resource: '*' }, { Ref: 'AWS::NoValue' }] }],
    ['actions', { Effect: 'Allow', Action: { 'Fn::If': ['IsProd', 's3:*', 's3:Get*'] }, Resource: '*' }],
    ['an effect', { Effect: { Ref: 'Effect' }, Action: 's3:*', Resource: '*' }],
  ])('says so where %s depends on a condition', (_, entry) => {
    const allows = roleOf({ Policies: [{ PolicyDocument: { Statement: [entry] } }] })?.allows ?? [];
    expect(allows).toHaveLength(1);
    expect(JSON.stringify(allows)).toMatch(/decided at deployment|<Fn::If>|<Effect>/);
    expect(JSON.stringify(allows)).not.toContain('[object');
  });

  test.each<Json>([null, 'text', [], {}, { Statement: null }, { Statement: ['text'] }, { Statement: [{ Action: { toString: 1 } }] }])('a document that is %j does no harm', (document) => {
    const role = roleOf({ AssumeRolePolicyDocument: document, Policies: [{ PolicyDocument: document }, null, 'text'] });
    expect(role?.name).toBe('Role');
    expect(JSON.stringify(role)).not.toContain('[object');
  });
});

describe('who invokes', () => {
  const permission = (properties: JsonObject): JsonObject => ({ Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'Orders' }, Action: 'lambda:InvokeFunction', ...properties } });

  test('are the principals of the permissions, with their conditions', () => {
    const { invokedBy } = orders({}, {
      Bucket: { Type: 'AWS::S3::Bucket' },
      ByBucket: permission({ Principal: 's3.amazonaws.com', SourceArn: { 'Fn::GetAtt': ['Bucket', 'Arn'] }, SourceAccount: { Ref: 'AWS::AccountId' } }),
      ByAnybody: permission({ Principal: '*' }),
      ByParameter: permission({ Principal: { Ref: 'Principal' } }),
      ByNobody: permission({ Action: null }),
    });
    const rest = { by: 'resource policy', effect: 'Allow', action: 'lambda:InvokeFunction', qualifier: '$LATEST' };
    expect(invokedBy).toEqual([
      { ...rest, principal: 's3.amazonaws.com', sourceArn: '[Bucket]', sourceAccount: '<AccountId>', statement: 'ByBucket' },
      { ...rest, principal: '*', statement: 'ByAnybody' },
      { ...rest, principal: 'decided at deployment', statement: 'ByParameter' },
      { ...rest, principal: '?', action: '?', statement: 'ByNobody' },
    ]);
  });

  test('by a permission for a URL or a skill, in the words of a policy', () => {
    const { invokedBy } = orders({}, { ByUrl: permission({ Principal: '*', InvokedViaFunctionUrl: true }), BySkill: permission({ Principal: 'alexa-appkit.amazon.com', EventSourceToken: 'skill' }) });
    expect(invokedBy.map(({ conditions }) => conditions)).toEqual([['Bool lambda:InvokedViaFunctionUrl = true'], ['StringEquals lambda:EventSourceToken = skill']]);
  });

  test('are the principals of a policy document, allowed and denied, one by one', () => {
    const statement = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { Ref: 'Live' } };
    const { invokedBy } = orders({}, {
      Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, Name: 'live' } },
      Policy: {
        Type: 'AWS::Lambda::ResourcePolicy',
        Properties: {
          ResourceArn: { Ref: 'Live' },
          PolicyDocument: {
            Statement: [
              { ...statement, Principal: { Service: 'events.amazonaws.com' }, Condition: { ArnLike: { 'AWS:SourceArn': ['a', 'b', 'c', 'd', 'e'] } } },
              { ...statement, Principal: { AWS: ['111122223333', '444455556666'] }, Action: ['lambda:InvokeFunction', 'lambda:GetFunction'] },
              { ...statement, Effect: 'Deny', Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' }, StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } },
              { 'Fn::If': ['IsProd', statement, { Ref: 'AWS::NoValue' }] },
              { Ref: 'AWS::NoValue' },
            ],
          },
        },
      },
    });
    const rest = { by: 'resource policy', effect: 'Allow', action: 'lambda:InvokeFunction', qualifier: 'live', statement: 'Policy' };
    expect(invokedBy).toEqual([
      { ...rest, principal: 'events.amazonaws.com', sourceArn: 'a, b, c, and 2 more' },
      { ...rest, principal: '111122223333, 444455556666', action: 'lambda:InvokeFunction, lambda:GetFunction' },
      { ...rest, effect: 'Deny', principal: '*', sourceAccount: '<AccountId>', conditions: ['StringNotEquals aws:PrincipalOrgID = o-1'] },
      { ...rest, principal: 'decided at deployment', action: 'decided at deployment' },
    ]);
  });

  test('are the roles and users of the app that may, with the services that the roles are for', () => {
    const allow = { Statement: { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': ['Orders', 'Arn'] } } };
    const trust = { Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'scheduler.amazonaws.com' } } };
    const { invokedBy } = orders({}, {
      Caller: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } },
      Policy: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'Caller' }], PolicyDocument: allow } },
      Jane: { Type: 'AWS::IAM::User', Properties: { Policies: [{ PolicyDocument: allow }] } },
    });
    const rest = { by: 'policy of its own', effect: 'Allow', action: 'lambda:InvokeFunction', qualifier: '$LATEST' };
    expect(invokedBy).toEqual([
      { ...rest, principal: 'Caller (for scheduler.amazonaws.com)', statement: 'Policy' },
      { ...rest, principal: 'Jane', statement: 'Jane' },
    ]);
  });

  test.each<Json>([null, 'text', [], {}, { Statement: null }, { Statement: ['text'] }, { Statement: [{ Principal: null, Condition: { ArnLike: null }, Action: { toString: 1 } }] }])('a policy document that is %j does no harm', (document) => {
    const policy = { Type: 'AWS::Lambda::ResourcePolicy', Properties: { ResourceArn: { 'Fn::GetAtt': ['Orders', 'Arn'] }, PolicyDocument: document } };
    expect(JSON.stringify(orders({}, { Policy: policy }).invokedBy)).not.toContain('[object');
  });

  test('are polled sources with the settings of the mapping and the dead-letter queue of the source', () => {
    const { polls } = orders({}, {
      Queue: { Type: 'AWS::SQS::Queue', Properties: { RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 } } },
      Dead: { Type: 'AWS::SQS::Queue' },
      Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, Name: 'live' } },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          FunctionName: { Ref: 'Live' }, EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] }, BatchSize: 5, ScalingConfig: { MaximumConcurrency: 2 }, FunctionResponseTypes: ['ReportBatchItemFailures'],
        },
      },
      Kafka: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Orders' }, SelfManagedEventSource: {} } },
    });
    expect(polls).toEqual([
      { statement: 'Mapping', source: '[Queue]', qualifier: 'live', batchSize: '5', maxConcurrency: '2', partialBatchResponses: true, deadLetter: '[Dead]' },
      { statement: 'Kafka', source: 'self-managed source', qualifier: '$LATEST', partialBatchResponses: false },
    ]);
  });
});

describe('aliases', () => {
  const alias = (name: Json): JsonObject => ({ Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Orders' }, Name: name, ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 4 } } });
  const config = (qualifier: Json): JsonObject => ({
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: {
      FunctionName: { Ref: 'Orders' }, Qualifier: qualifier, MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Dead', 'Arn'] } } },
    },
  });
  const Dead = { Type: 'AWS::SQS::Queue' };

  test('have their own asynchronous configuration and provisioned concurrency', () => {
    expect(orders({}, { Dead, Live: alias('live'), Plain: alias('plain'), Async: config({ 'Fn::Select': [7, { 'Fn::Split': [':', { Ref: 'Live' }] }] }) }).aliases).toEqual([
      { name: 'live', onFailure: '[Dead]', retries: '0', provisionedConcurrency: '4' },
      { name: 'plain', provisionedConcurrency: '4' },
    ]);
  });

  test('find their asynchronous configuration by name, and not that of another qualifier', () => {
    expect(orders({}, { Dead, Live: alias('live'), Other: config('$LATEST') }).aliases[0].onFailure).toBeUndefined();
    expect(orders({}, { Dead, Live: alias('live'), Other: config('$LATEST'), Async: config('live') }).aliases[0].onFailure).toBe('[Dead]');
  });

  test('without a name are shown as such', () => {
    expect(orders({}, { Live: alias(null) }).aliases[0].name).toBe('?');
  });

  test('keep their asynchronous configuration where the name is decided at deployment', () => {
    expect(orders({}, { Dead, Live: alias({ Ref: 'Stage' }), Async: config({ 'Fn::Select': [7, { 'Fn::Split': [':', { Ref: 'Live' }] }] }) }).aliases)
      .toMatchObject([{ onFailure: '[Dead]', retries: '0' }]);
  });
});

describe('as JSON', () => {
  test('members that are not there are left out', () => {
    expect(JSON.parse(JSON.stringify(summaryOf({ Orders: ORDERS })))).toStrictEqual({
      stacks: [{
        stack: 'Shop',
        functions: [{
          name: 'Orders',
          logicalId: 'Orders',
          runtime: 'nodejs22.x',
          memory: '128 MB',
          timeout: '3 s',
          aliases: [],
          failures: [],
          invokedBy: [],
          polls: [],
          package: { parts: [{ kind: 'code', name: 'inline code', bytes: 1 }], bytes: 1, complete: true, limit: 262_144_000 },
        }],
        helpers: [],
      }],
      budgets: [{
        quota: 1000,
        isDefaultQuota: true,
        floor: 100,
        reserved: 0,
        provisioned: 0,
        unreserved: 1000,
        unreservedAtLeast: 1000,
        sharing: 1,
        reservedExcess: 0,
        excess: 0,
        overProvisioned: [],
        fits: true,
        isComplete: true,
        functions: [],
      }],
    });
  });

  test('nothing is lost', () => {
    const summary = summaryOf({ Orders: { Type: 'AWS::Lambda::Function', Properties: { Role: { Ref: 'Role' }, Layers: [{ Ref: 'Layer' }] } } });
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
    expect(JSON.stringify(summary)).not.toMatch(/null|undefined/);
  });
});
