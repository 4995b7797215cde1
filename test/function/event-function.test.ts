import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Aws, CfnParameter, Duration, Lazy, Stack, Tags, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { aliasRef, MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from './functions';
import { EventFunction, EventFunctionProps, PullSource, PushSource } from '../../src';

const HANDLER = path.join(__dirname, '../fixtures/handler');

function orders(props: Partial<EventFunctionProps> = {}, context = NO_FLAGS) {
  const stack = stackWith(context);
  return { stack, fn: new EventFunction(stack, 'Orders', { ...MINIMAL, ...props }) };
}

describe('defaults', () => {
  test.each([['without feature flags', NO_FLAGS], ['in a new app', NEW_APP]])('the template %s', (_, context) => {
    const { stack } = orders({}, context);
    expect(Template.fromStack(stack).toJSON()).toMatchSnapshot();
  });

  test('the alias is called live and points at the version of the current code', () => {
    const { stack } = orders();
    const version = only(stack, 'AWS::Lambda::Version').logicalId;
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Alias', {
      Name: 'live', FunctionVersion: { 'Fn::GetAtt': [version, 'Version'] },
    });
  });

  test('old versions stay for a rollback', () => {
    const { stack } = orders();
    expect(only(stack, 'AWS::Lambda::Version').DeletionPolicy).toBe('Retain');
  });

  test('old versions go when the user says so', () => {
    const { stack } = orders({ currentVersionOptions: { removalPolicy: 'destroy' as any, description: 'a release' } });
    expect(only(stack, 'AWS::Lambda::Version')).toMatchObject({ DeletionPolicy: 'Delete', Properties: { Description: 'a release' } });
  });

  test('logs are kept for two years, in a group of the stack', () => {
    const { stack } = orders();
    Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 731 });
  });

  test('no AWS managed policy is attached', () => {
    const { stack } = orders({ tracing: lambda.Tracing.ACTIVE });
    expect(only(stack, 'AWS::IAM::Role').Properties.ManagedPolicyArns).toBeUndefined();
  });
});

describe('mapping', () => {
  test('it is the live alias for whoever takes an IFunction', () => {
    const { stack, fn } = orders();
    const asFunction: lambda.IFunction = fn;
    expect(stack.resolve(asFunction.functionArn)).toEqual(aliasRef(stack));
    expect(stack.resolve(asFunction.functionName)).toEqual(stack.resolve(fn.alias.functionName));
    expect(stack.resolve(asFunction.functionRef.functionArn)).toEqual(aliasRef(stack));
  });

  test('props of lambda.Function reach the function', () => {
    const { stack } = orders({ memorySize: 1024, timeout: Duration.seconds(20), reservedConcurrentExecutions: 0, environment: { A1: 'b' }, description: 'd' });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      MemorySize: 1024, Timeout: 20, ReservedConcurrentExecutions: 0, Environment: { Variables: { A1: 'b' } }, Description: 'd',
    });
  });

  test('event sources given as a prop are bound to the alias', () => {
    const stack = stackWith();
    new EventFunction(stack, 'Orders', { ...MINIMAL, events: [new SqsEventSource(new sqs.Queue(stack, 'Queue'))] });
    const name = JSON.stringify(only(stack, 'AWS::Lambda::EventSourceMapping').Properties.FunctionName);
    expect(name).toContain(aliasRef(stack).Ref);
    expect(name).toContain(':live');
  });

  test('asynchronous settings apply to the alias, and not to $LATEST', () => {
    const stack = stackWith();
    const failed = new sqs.Queue(stack, 'Failed');
    new EventFunction(stack, 'Orders', { ...MINIMAL, onFailure: new SqsDestination(failed), retryAttempts: 0, maxEventAge: Duration.hours(1) });
    const { Properties } = only(stack, 'AWS::Lambda::EventInvokeConfig');
    expect(Properties).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 3600 });
    expect(JSON.stringify(Properties.Qualifier)).toContain(aliasRef(stack).Ref);
  });

  test('a version is published for each change, and only then', () => {
    const id = (props: Partial<EventFunctionProps>) => only(orders(props).stack, 'AWS::Lambda::Version').logicalId;
    expect(id({})).toBe(id({}));
    expect(id({ reservedConcurrentExecutions: 5 })).toBe(id({}));
    expect(id({ memorySize: 256 })).not.toBe(id({}));
    expect(id({ environment: { AB: '1' } })).not.toBe(id({ environment: { AB: '2' } }));
  });

  test('the order of layers is part of the version', () => {
    const id = (names: string[]) => {
      const stack = stackWith(NEW_APP);
      const layers = names.map((name) => lambda.LayerVersion.fromLayerVersionArn(stack, name, `arn:aws:lambda:eu-west-1:123456789012:layer:${name}:1`));
      new EventFunction(stack, 'Orders', { ...MINIMAL, layers });
      return only(stack, 'AWS::Lambda::Version').logicalId;
    };
    expect(id(['A', 'B'])).not.toBe(id(['B', 'A']));
  });

  test('the alias takes another name and options', () => {
    const { stack } = orders({ aliasName: 'prod', aliasOptions: { provisionedConcurrentExecutions: 3, description: 'all traffic' } });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Alias', {
      Name: 'prod', Description: 'all traffic', ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 3 },
    });
  });

  test('what lambda.Function has is there under the same name', () => {
    const stack = stackWith();
    const queue = new sqs.Queue(stack, 'Dead');
    const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
    const fn = new EventFunction(stack, 'Orders', {
      ...MINIMAL, timeout: Duration.seconds(9), deadLetterQueue: queue, vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    });
    expect(fn.runtime).toBe(lambda.Runtime.NODEJS_22_X);
    expect(fn.architecture).toBe(lambda.Architecture.X86_64);
    expect(fn.timeout?.toSeconds()).toBe(9);
    expect(fn.deadLetterQueue).toBe(queue);
    expect(fn.deadLetterTopic).toBeUndefined();
    expect(fn.isBoundToVpc).toBe(true);
    expect(fn.connections).toBe(fn.function.connections);
    expect(fn.currentVersion).toBe(fn.function.currentVersion);
    expect(fn.logGroup).toBe(fn.function.logGroup);
    expect(fn.grantPrincipal).toBe(fn.role);
    expect(fn.latestVersion).toBe(fn.function.latestVersion);
    expect(fn.addEnvironment('AB', 'c')).toBe(fn);
    fn.invalidateVersionBasedOn('x');
    fn.addLayers(lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', 'arn:aws:lambda:eu-west-1:123456789012:layer:a:1'));
    expect(only(stack, 'AWS::Lambda::Function').Properties).toMatchObject({ Environment: { Variables: { AB: 'c' } }, Layers: [expect.stringContaining(':layer:a:1')] });
  });

  test('escape hatches reach the L1 of the function, as with lambda.Function', () => {
    const { stack, fn } = orders();
    (fn.node.defaultChild as lambda.CfnFunction).addPropertyOverride('Description', 'overridden');
    expect(only(stack, 'AWS::Lambda::Function').Properties.Description).toBe('overridden');
  });

  test('tags reach the function', () => {
    const { stack, fn } = orders();
    Tags.of(fn).add('team', 'orders');
    expect(only(stack, 'AWS::Lambda::Function').Properties.Tags).toEqual([{ Key: 'team', Value: 'orders' }]);
  });

  test('metrics are those of the alias', () => {
    const { stack, fn } = orders();
    const dimensions = stack.resolve(fn.metricErrors().toMetricConfig().metricStat?.dimensions);
    expect(dimensions.map(({ name }: { name: string }) => name)).toEqual(['FunctionName', 'Resource']);
    expect(JSON.stringify(dimensions[1].value)).toContain(':live');
  });

  test('addAlias returns the live alias for its own name, and makes others', () => {
    const { stack, fn } = orders();
    expect(fn.addAlias('live')).toBe(fn.alias);
    expect(fn.addAlias('live', {})).toBe(fn.alias);
    fn.addAlias('canary');
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Alias', 2);
  });
});

describe('permissions', () => {
  test('the role may write to its own log group and no other', () => {
    const { stack } = orders();
    const group = only(stack, 'AWS::Logs::LogGroup').logicalId;
    expect(only(stack, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [group, 'Arn'] } },
    ]);
  });

  test('a log group that is named after the function is named by a policy that the version waits for', () => {
    const { stack } = orders({}, NEW_APP);
    const policy = only(stack, 'AWS::IAM::Policy');
    const fn = only(stack, 'AWS::Lambda::Function');
    expect(JSON.stringify(policy.Properties.PolicyDocument)).toContain(fn.logicalId);
    expect(fn.DependsOn).not.toContain(policy.logicalId);
    expect(only(stack, 'AWS::Lambda::Version').DependsOn).toContain(policy.logicalId);
  });

  test('a function in a VPC may manage network interfaces before it is created', () => {
    const stack = stackWith();
    new EventFunction(stack, 'Orders', { ...MINIMAL, vpc: new ec2.Vpc(stack, 'Vpc') });
    const allowing = Object.entries(resourcesOf(stack)).find(([id]) => id.startsWith('OrdersServiceRoleDefaultPolicy'))!;
    expect(JSON.stringify(allowing[1].Properties.PolicyDocument)).toContain('ec2:CreateNetworkInterface');
    expect(only(stack, 'AWS::Lambda::Function').DependsOn).toContain(allowing[0]);
  });

  test('the code of a function in a VPC is denied what only Lambda needs, unless it is left that', () => {
    const vpcStack = (codeMayManageNetworkInterfaces?: boolean) => {
      const stack = stackWith();
      new EventFunction(stack, 'Orders', { ...MINIMAL, vpc: new ec2.Vpc(stack, 'Vpc'), codeMayManageNetworkInterfaces });
      return stack;
    };
    const stack = vpcStack();
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Effect: 'Deny',
          Condition: { ArnEquals: { 'lambda:SourceFunctionArn': { 'Fn::GetAtt': [only(stack, 'AWS::Lambda::Function').logicalId, 'Arn'] } } },
        })]),
      },
    });
    expect(JSON.stringify(resourcesOf(vpcStack(true)))).not.toContain('"Effect":"Deny"');
  });

  test('a durable function may checkpoint its own executions, of any version', () => {
    const { stack } = orders({ durableConfig: { executionTimeout: Duration.hours(1) } });
    const fn = only(stack, 'AWS::Lambda::Function').logicalId;
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [{
          Action: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
          Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [fn, 'Arn'] }, ':*']] },
          Effect: 'Allow',
        }],
      },
    });
  });

  test('grants go to the role; grantInvoke names the alias and nothing else', () => {
    const { stack, fn } = orders();
    fn.grantInvoke(new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() }));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: aliasRef(stack) }] },
    });
  });

  test('grants on versions are those of the function, past the alias', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    const caller = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
    fn.grantInvokeLatestVersion(caller);
    fn.grantInvokeVersion(caller, fn.version);
    const arn = { 'Fn::GetAtt': ['OrdersA9B65338', 'Arn'] };
    const { Resource } = Object.values(resourcesOf(stack)).filter(({ Type }) => Type === 'AWS::IAM::Policy')
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement).find(({ Action }) => Action === 'lambda:InvokeFunction');
    expect([Resource].flat()).toEqual(expect.arrayContaining([arn, { 'Fn::Join': ['', [arn, ':$LATEST']] }]));
    expect(JSON.stringify(Resource)).not.toContain('Aliaslive');
    expect(stack.resolve(fn.latestVersion.functionArn)).toEqual({ 'Fn::Join': ['', [arn, ':$LATEST']] });
  });

  test('a service may invoke the alias', () => {
    const { stack, fn } = orders();
    fn.addPermission('Ses', { principal: new iam.ServicePrincipal('ses.amazonaws.com'), sourceAccount: Aws.ACCOUNT_ID });
    expect(only(stack, 'AWS::Lambda::Permission').Properties.FunctionName).toEqual(aliasRef(stack));
  });

  test('a role that was handed in keeps its trust policy and gets the log permission', () => {
    const stack = stackWith();
    const role = new iam.Role(stack, 'Mine', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, role });
    expect(fn.role).toBe(role);
    expect(only(stack, 'AWS::IAM::Role').Properties.AssumeRolePolicyDocument.Statement[0].Condition).toBeUndefined();
    expect(JSON.stringify(only(stack, 'AWS::IAM::Policy').Properties.PolicyDocument)).toContain('logs:PutLogEvents');
  });
});

describe('validation', () => {
  const refused = (props: Partial<EventFunctionProps>) => {
    try {
      orders(props);
    } catch (error) {
      return error as Error;
    }
    throw new Error('nothing was refused');
  };

  test.each<[string, Partial<EventFunctionProps>, string]>([
    ['MemorySizeOutOfRange', { memorySize: 64 }, "'memorySize' must be between 128 and 32768 MB (a whole number), got 64; Lambda has 128 to 10240 MB, and up to 32768 MB with a capacity provider [MemorySizeOutOfRange at Shop/Orders]"],
    ['MemorySizeOutOfRange', { memorySize: 128.5 }, "'memorySize' must be between 128 and 32768 MB (a whole number), got 128.5"],
    ['TimeoutOutOfRange', { timeout: Duration.hours(2) }, "'timeout' must be between 1 and 5400 seconds (a whole number), got 7200; Lambda stops a function after at most 900 seconds"],
    ['TimeoutOutOfRange', { timeout: Duration.millis(1500) }, 'got 1.5'],
    ['ReservedConcurrencyOutOfRange', { reservedConcurrentExecutions: -1 }, "'reservedConcurrentExecutions' must be a whole number of concurrent executions of at least 0, got -1; leave it out to share the account's concurrency; 0 switches the function off"],
    ['AliasNameMalformed', { aliasName: '123' }, "'aliasName' must be 1 to 128 letters, digits, hyphens and underscores, and not digits only, got \"123\"; choose a name such as 'live'"],
    ['AliasNameMalformed', { aliasName: '$LATEST' }, 'got "$LATEST"'],
    ['RetentionGivenTwice', { logGroupRetention: 7, logRetention: 7 }, "'logGroupRetention' must be left out when 'logRetention' is given, got 7; drop 'logRetention', which is deprecated"],
  ])('fails if %s: %j', (code, props, message) => {
    const error = refused(props);
    expect(error.name).toBe(code);
    expect(error.message).toContain(message);
  });

  test('fails if retention is given for a log group that has its own', () => {
    const stack = stackWith();
    const logGroup = new logs.LogGroup(stack, 'Group');
    expect(() => new EventFunction(stack, 'Orders', { ...MINIMAL, logGroup, logGroupRetention: logs.RetentionDays.ONE_DAY }))
      .toThrow("'logGroupRetention' must be left out when 'logGroup' is given, got 1; set the retention on the log group itself [RetentionGivenTwice at Shop/Orders]");
  });

  test('fails if the live alias is asked for again with options', () => {
    const { fn } = orders();
    expect(() => fn.addAlias('live', { description: 'x' }))
      .toThrow("'options' must be left out for 'live', which is the live alias and exists already, got [\"description\"]; give them as 'aliasOptions' to the constructor [LiveAliasHasItsOptions at Shop/Orders]");
  });

  test.each<[Partial<EventFunctionProps>, string]>([
    [{ memorySize: 20_000 }, "'memorySize' must be at most 10240 MB without a capacity provider, got 20000; lower it"],
    [{ timeout: Duration.minutes(30) }, "'timeout' must be at most 900 seconds without a capacity provider, got 1800; lower it"],
  ])('fails if %j and no capacity provider was added by the end', (props, message) => {
    const { stack } = orders(props);
    expect(() => Template.fromStack(stack)).toThrow(message);
  });

  test('what needs a capacity provider passes with one', () => {
    const { stack, fn } = orders({ memorySize: 20_000, timeout: Duration.minutes(30) });
    (fn.function.node.defaultChild as lambda.CfnFunction).capacityProviderConfig = {
      lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn: 'arn:aws:lambda:eu-west-1:123456789012:capacity-provider:p' },
    };
    expect(only(stack, 'AWS::Lambda::Function').Properties.MemorySize).toBe(20_000);
  });

  test.each([0, 1, 1000])('%i reserved concurrent executions pass', (reservedConcurrentExecutions) => {
    expect(only(orders({ reservedConcurrentExecutions }).stack, 'AWS::Lambda::Function').Properties.ReservedConcurrentExecutions).toBe(reservedConcurrentExecutions);
  });

  test.each([128, 10_240])('%i MB pass', (memorySize) => {
    expect(only(orders({ memorySize }).stack, 'AWS::Lambda::Function').Properties.MemorySize).toBe(memorySize);
  });

  test.each([1, 900])('%i seconds pass', (seconds) => {
    expect(only(orders({ timeout: Duration.seconds(seconds) }).stack, 'AWS::Lambda::Function').Properties.Timeout).toBe(seconds);
  });
});

describe('tokens', () => {
  test('are never checked', () => {
    const stack = stackWith();
    const parameter = new CfnParameter(stack, 'P', { type: 'Number' });
    new EventFunction(stack, 'Orders', {
      ...MINIMAL,
      memorySize: parameter.valueAsNumber,
      timeout: Duration.seconds(parameter.valueAsNumber),
      reservedConcurrentExecutions: Token.asNumber({ Ref: 'P' }),
      aliasName: Lazy.string({ produce: () => 'live' }),
    });
    const p = { Ref: 'P' };
    expect(only(stack, 'AWS::Lambda::Function').Properties).toMatchObject({ MemorySize: p, Timeout: p, ReservedConcurrentExecutions: p });
    expect(only(stack, 'AWS::Lambda::Alias').Properties.Name).toBe('live');
  });
});

describe('cross-stack', () => {
  test('another stack refers to the alias', () => {
    const app = new App();
    const producer = new Stack(app, 'Producer');
    const consumer = new Stack(app, 'Consumer');
    const fn = new EventFunction(producer, 'Orders', MINIMAL);
    fn.grantInvoke(new iam.Role(consumer, 'Caller', { assumedBy: new iam.AccountRootPrincipal() }));
    const alias = only(producer, 'AWS::Lambda::Alias').logicalId;
    expect(JSON.stringify(Template.fromStack(producer).toJSON().Outputs)).toContain(alias);
    expect(JSON.stringify(only(consumer, 'AWS::IAM::Policy').Properties.PolicyDocument)).toContain(alias);
  });

  test('a role and a log group of another stack can be used', () => {
    const app = new App();
    const platform = new Stack(app, 'Platform');
    const service = new Stack(app, 'Service');
    const logGroup = new logs.LogGroup(platform, 'Group');
    const role = new iam.Role(platform, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    new EventFunction(service, 'Orders', { ...MINIMAL, role, logGroup });
    expect(JSON.stringify(only(service, 'AWS::Lambda::Function').Properties)).toMatch(/ImportValue.*Group.*ImportValue.*Role/);
    Template.fromStack(service).resourceCountIs('AWS::Logs::LogGroup', 0);
  });
});

describe('imports', () => {
  test('an imported role that the app may not change is left alone', () => {
    const stack = stackWith();
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/theirs', { mutable: false });
    new EventFunction(stack, 'Orders', { ...MINIMAL, role });
    expect(only(stack, 'AWS::Lambda::Function').Properties.Role).toBe('arn:aws:iam::123456789012:role/theirs');
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('an imported role that may be changed gets the log permission', () => {
    const stack = stackWith(NO_FLAGS, { env: { account: '123456789012', region: 'eu-west-1' } });
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/theirs');
    new EventFunction(stack, 'Orders', { ...MINIMAL, role });
    expect(only(stack, 'AWS::IAM::Policy').Properties).toMatchObject({ Roles: ['theirs'] });
  });
});

describe('ids', () => {
  test('are a contract: a change replaces resources of live stacks', () => {
    const ids = Object.keys(resourcesOf(orders().stack)).map((id) => id.replace(/[0-9a-f]{32}$/, ''));
    expect(ids.sort()).toEqual([
      'OrdersA9B65338',
      'OrdersAliasliveD9288011',
      'OrdersCurrentVersion7BCF01FD',
      'OrdersLogGroupE26395F1',
      'OrdersServiceRoleDefaultPolicy973CB326',
      'OrdersServiceRoleF2087E22',
    ]);
  });
});

describe('synthesis', () => {
  test('twice, in two folders, gives byte-equal templates', () => {
    const synthesize = () => {
      const app = new App({ context: NEW_APP, outdir: fs.mkdtempSync(path.join(os.tmpdir(), 'twice-')) });
      const stack = new Stack(app, 'Shop');
      const queue = new sqs.Queue(stack, 'Queue');
      const layer = new lambda.LayerVersion(stack, 'Layer', { code: lambda.Code.fromAsset(HANDLER) });
      const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, code: lambda.Code.fromAsset(HANDLER), layers: [layer] });
      fn.addEventSource(PullSource.queue(queue));
      fn.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
      return fs.readFileSync(app.synth().getStackByName('Shop').templateFullPath);
    };
    expect(synthesize().equals(synthesize())).toBe(true);
  });

  test('a bare stack without an app works', () => {
    const stack = new Stack();
    new EventFunction(stack, 'Orders', MINIMAL);
    Template.fromStack(stack).hasResource('AWS::Lambda::Alias', Match.anyValue());
  });
});
