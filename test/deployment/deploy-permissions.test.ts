import { App, CfnParameter, Duration, NestedStack, Stack, Tags } from 'aws-cdk-lib';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as signer from 'aws-cdk-lib/aws-signer';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EventFunction, EventFunctionBase, EventFunctionProps, ExecutionRole, ImageEventFunction, ProvisionedConcurrency, PullSource, Release, ResourcePolicyMode } from '../../src';
import { MINIMAL, NEW_APP, NO_FLAGS, resourcesOf, stackWith } from '../function/functions';
import { text } from '../permissions/said';

/** A statement in words: conditions as `<operator> <key>`. */
interface Said { readonly actions: string[]; readonly on: string[]; readonly when: Record<string, string> }

function inWords(json: any): Said {
  const tests = Object.entries<Record<string, unknown>>(json.Condition ?? {});
  return {
    actions: [json.Action].flat(),
    on: [json.Resource].flat().map(text),
    when: Object.fromEntries(tests.flatMap(([operator, keys]) => Object.entries(keys).map(([key, value]) => [`${operator} ${key}`, text(value)]))),
  };
}

/** What a deployer in the stack of the function, or in another one, is given. */
function said(fn: EventFunctionBase, deployer: 'same' | 'other' = 'other'): Said[] {
  const own = Stack.of(fn);
  const stack = deployer === 'same' ? own : new Stack(own.node.root as App, 'Pipeline');
  const policy = new iam.ManagedPolicy(stack, 'Deployer', { document: new iam.PolicyDocument({ minimize: false, statements: fn.deployPermissions() }) });
  const { PolicyDocument } = resourcesOf(stack)[stack.getLogicalId(policy.node.defaultChild as iam.CfnManagedPolicy)].Properties;
  return PolicyDocument.Statement.map(inWords);
}

function orders(props: Partial<EventFunctionProps> | ((stack: Stack) => Partial<EventFunctionProps>) = {}, context = NEW_APP) {
  const stack = stackWith({ ...context, 'cdk-event-functions:rules': false });
  return new EventFunction(stack, 'Orders', { ...MINIMAL, ...typeof props === 'function' ? props(stack) : props });
}

const about = (statements: Said[], action: string) => statements.filter(({ actions }) => actions.includes(action));
const services = (statements: Said[]) => new Set(statements.flatMap(({ actions }) => actions.map((action) => action.split(':')[0])));

/** Names of assets change with what is in them. */
const withoutHash = (statement: Said): Said => ({ ...statement, on: statement.on.map((arn) => arn.replace(/[0-9a-f]{64}/g, 'HASH')) });

const LAMBDA = 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}';
const ROLE = 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role';
const LOGS = 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group';

beforeAll(() => jest.spyOn(console, 'error').mockImplementation());
afterAll(() => jest.restoreAllMocks());

describe('defaults', () => {
  test('the statements for a deployer of another stack', () => {
    expect(said(orders())).toMatchSnapshot();
  });

  test('function, versions and alias by name; the role to Lambda and no other service', () => {
    const statements = said(orders());
    const [own] = about(statements, 'lambda:CreateFunction');
    expect(own.on).toEqual([`${LAMBDA}:function:Shop-OrdersA9B65338-*`, `${LAMBDA}:function:Shop-OrdersA9B65338-*:*`]);
    for (const action of ['UpdateFunctionCode', 'UpdateFunctionConfiguration', 'GetFunction', 'DeleteFunction', 'PublishVersion', 'CreateAlias', 'UpdateAlias']) {
      expect(own.actions).toContain(`lambda:${action}`);
    }
    expect(about(statements, 'iam:PassRole')).toEqual([
      { actions: ['iam:PassRole'], on: [`${ROLE}/Shop-OrdersServiceRoleF2087E22-*`], when: { 'StringEquals iam:PassedToService': 'lambda.amazonaws.com' } },
    ]);
  });

  test('nothing is on everything, and nothing is about what the function does not use', () => {
    for (const context of [NO_FLAGS, NEW_APP]) {
      const statements = said(orders({}, context));
      expect(statements.filter(({ on }) => on.includes('*'))).toEqual([]);
      expect(new Set(statements.flatMap(({ on }) => on)).size).toBeGreaterThan(4);
      expect(services(statements)).toEqual(new Set(['lambda', 'iam', 'logs']));
      const actions = statements.flatMap((statement) => statement.actions);
      for (const action of ['AddPermission', 'PutResourcePolicy', 'CreateFunctionUrlConfig', 'PutFunctionEventInvokeConfig', 'CreateEventSourceMapping', 'GetLayerVersion']) {
        expect(actions).not.toContain(`lambda:${action}`);
      }
      expect(actions).toEqual([...new Set(actions)]);
    }
  });

  test('in the stack of the function, its resources are references', () => {
    const statements = said(orders(), 'same');
    expect(about(statements, 'lambda:CreateFunction')[0].on).toEqual(['${OrdersA9B65338.Arn}', '${OrdersA9B65338.Arn}:*']);
    expect(about(statements, 'iam:PassRole')[0].on).toEqual(['${OrdersServiceRoleF2087E22.Arn}']);
    expect(about(statements, 'iam:CreateRole')[0].on).toEqual(['${OrdersServiceRoleF2087E22.Arn}']);
  });

  test('its policies and the others in one policy are no more than both: there are no ids to collide', () => {
    const stack = stackWith({ 'cdk-event-functions:rules': false });
    const functions = ['One', 'Two'].map((id) => new EventFunction(stack, id, MINIMAL));
    expect(functions.flatMap((fn) => fn.deployPermissions()).every(({ sid }) => sid === undefined)).toBe(true);
  });
});

describe('mapping', () => {
  type Make = (stack: Stack) => Partial<EventFunctionProps>;
  const key = (stack: Stack) => new kms.Key(stack, 'Key');
  const vpc = (stack: Stack) => ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] });

  test.each<[string, Make, Said]>([
    ['an asset', () => ({ code: lambda.Code.fromAsset('test/fixtures/handler') }),
      { actions: ['s3:GetObject'], on: [expect.stringMatching(/^arn:\$\{AWS::Partition\}:s3:::\{"Fn::Sub":"cdk-hnb659fds-assets-.*"\}\/[0-9a-f]{64}\.zip$/)], when: {} }],
    ['an object', (stack) => ({ code: lambda.Code.fromBucketV2(s3.Bucket.fromBucketName(stack, 'Code', 'code'), 'orders.zip', { objectVersion: '1' }) }),
      { actions: ['s3:GetObject', 's3:GetObjectVersion'], on: ['arn:${AWS::Partition}:s3:::code/orders.zip'], when: {} }],
    ['code that parameters name', () => ({ code: lambda.Code.fromCfnParameters() }), { actions: ['s3:GetObject'], on: ['arn:${AWS::Partition}:s3:::*/*'], when: {} }],
    ['a layer of another account', (stack) => ({ layers: [lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', 'arn:aws:lambda:eu-west-1:111122223333:layer:common:7')] }),
      { actions: ['lambda:GetLayerVersion'], on: ['arn:aws:lambda:eu-west-1:111122223333:layer:common:7'], when: {} }],
    ['a layer of the app', (stack) => ({ layers: [new lambda.LayerVersion(stack, 'Layer', { code: lambda.Code.fromAsset('test/fixtures/handler') })] }),
      { actions: ['lambda:GetLayerVersion'], on: [`${LAMBDA}:layer:*`], when: {} }],
    ['a key for the environment', (stack) => ({ environment: { A: 'b' }, environmentEncryption: key(stack) }),
      { actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'], on: ['arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/*'], when: { 'StringLike kms:ViaService': 'lambda.${AWS::Region}.amazonaws.com*' } }],
    ['a network', (stack) => ({ vpc: vpc(stack), securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')] }),
      { actions: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'], on: ['*'], when: {} }],
    ['a security group of its own', (stack) => ({ vpc: vpc(stack) }),
      { actions: expect.arrayContaining(['ec2:CreateSecurityGroup', 'ec2:DeleteSecurityGroup']), on: ['security-group', 'security-group-rule', 'vpc'].map((type) => `arn:\${AWS::Partition}:ec2:\${AWS::Region}:\${AWS::AccountId}:${type}/*`), when: {} }],
    ['signed code', (stack) => ({ codeSigningConfig: new lambda.CodeSigningConfig(stack, 'Signing', { signingProfiles: [new signer.SigningProfile(stack, 'Profile', { platform: signer.Platform.AWS_LAMBDA_SHA384_ECDSA })] }) }),
      { actions: ['lambda:GetCodeSigningConfig', 'lambda:PutFunctionCodeSigningConfig'], on: [`${LAMBDA}:code-signing-config:*`], when: {} }],
    ['a file system', (stack) => {
      const network = new ec2.Vpc(stack, 'Network', { natGateways: 1 });
      const point = new efs.FileSystem(stack, 'Files', { vpc: network }).addAccessPoint('Access');
      return { vpc: network, filesystem: lambda.FileSystem.fromEfsAccessPoint(point, '/mnt/files') };
    }, { actions: ['elasticfilesystem:DescribeMountTargets', 's3files:ListMountTargets'], on: ['*'], when: {} }],
    ['a role that was handed in', (stack) => ({ role: new ExecutionRole(stack, 'Own') }),
      { actions: ['iam:PassRole'], on: [expect.stringMatching(/\/Shop-Own[0-9A-F]{8}-\*$/)], when: { 'StringEquals iam:PassedToService': 'lambda.amazonaws.com' } }],
    ['a role that was imported', (stack) => ({ role: iam.Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::111122223333:role/path/theirs') }),
      { actions: ['iam:PassRole'], on: ['arn:aws:iam::111122223333:role/path/theirs'], when: { 'StringEquals iam:PassedToService': 'lambda.amazonaws.com' } }],
    ['a role that must not be changed', (stack) => ({ role: iam.Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::111122223333:role/theirs', { mutable: false }) }),
      { actions: ['iam:PassRole'], on: ['arn:aws:iam::111122223333:role/theirs'], when: { 'StringEquals iam:PassedToService': 'lambda.amazonaws.com' } }],
  ])('%s', (_, make, statement) => {
    expect(said(orders(make))).toContainEqual(statement);
  });

  test('only a role of its own may be made', () => {
    expect(about(said(orders((stack) => ({ role: new ExecutionRole(stack, 'Own') }))), 'iam:CreateRole')).toEqual([]);
    expect(about(said(orders()), 'iam:CreateRole')[0].on).toEqual([`${ROLE}/Shop-OrdersServiceRoleF2087E22-*`]);
  });

  test('of a role that was handed in, the policies may be written that are made with the function', () => {
    const given = (context: Record<string, unknown>) => said(orders((stack) => ({ role: new ExecutionRole(stack, 'Own'), tracing: lambda.Tracing.ACTIVE, restrictRoleToFunction: true }), context));
    for (const context of [NO_FLAGS, NEW_APP]) {
      expect(about(given(context), 'iam:PutRolePolicy')).toEqual([
        { actions: ['iam:DeleteRolePolicy', 'iam:GetRolePolicy', 'iam:PutRolePolicy'], on: [expect.stringMatching(/\/Shop-Own[0-9A-F]{8}-\*$/)], when: {} },
      ]);
    }
    expect(about(said(orders((stack) => ({ role: iam.Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::111122223333:role/theirs', { mutable: false }) }))), 'iam:PutRolePolicy')).toEqual([]);
  });

  test('a role of somebody else below the function is none of its own', () => {
    const fn = orders();
    new iam.Role(fn, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
    expect(about(said(fn), 'iam:CreateRole').map(({ on }) => on)).toEqual([[`${ROLE}/Shop-OrdersServiceRoleF2087E22-*`]]);
  });

  test('managed policies and a boundary of the role may be attached where there are some', () => {
    const fn = orders();
    expect(about(said(fn), 'iam:AttachRolePolicy')).toEqual([]);
    const other = orders();
    other.role!.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess'));
    (other.role!.node.defaultChild as iam.CfnRole).permissionsBoundary = 'arn:aws:iam::aws:policy/PowerUserAccess';
    const { actions } = about(said(other), 'iam:CreateRole')[0];
    expect(actions).toEqual(expect.arrayContaining(['iam:AttachRolePolicy', 'iam:DetachRolePolicy', 'iam:PutRolePermissionsBoundary', 'iam:DeleteRolePermissionsBoundary']));
  });

  test('its log group may be made, another one is not its business', () => {
    const [own] = about(said(orders()), 'logs:CreateLogGroup');
    expect(own.on).toEqual([`${LOGS}:Shop-OrdersLogGroupE26395F1-*`, `${LOGS}:Shop-OrdersLogGroupE26395F1-*:*`]);
    expect(about(said(orders((stack) => ({ logGroup: new logs.LogGroup(stack, 'Group') }))), 'logs:CreateLogGroup')).toEqual([]);
  });

  test('mappings of the function, and of no other', () => {
    const fn = orders((stack) => ({ events: [PullSource.queue(new sqs.Queue(stack, 'Returns'))] }));
    const names = `${LAMBDA}:function:Shop-OrdersA9B65338-*, ${LAMBDA}:function:Shop-OrdersA9B65338-*:*`;
    expect(said(fn)).toEqual(expect.arrayContaining([
      { actions: ['lambda:CreateEventSourceMapping', 'lambda:DeleteEventSourceMapping', 'lambda:UpdateEventSourceMapping'], on: ['*'], when: { 'ArnLike lambda:FunctionArn': names } },
      { actions: ['lambda:GetEventSourceMapping', 'lambda:ListTags', 'lambda:TagResource', 'lambda:UntagResource'], on: [`${LAMBDA}:event-source-mapping:*`], when: {} },
    ]));
  });

  test.each([
    [ResourcePolicyMode.PERMISSIONS, ['AddPermission', 'GetPolicy', 'RemovePermission'], ['PutResourcePolicy']],
    [ResourcePolicyMode.DOCUMENT, ['AddPermission', 'DeleteResourcePolicy', 'GetPolicy', 'GetResourcePolicy', 'PutResourcePolicy', 'RemovePermission'], []],
  ])('statements about who may invoke, in %s', (resourcePolicyMode, actions, not) => {
    const fn = orders({ resourcePolicyMode });
    new events.Rule(Stack.of(fn), 'Nightly', { eventPattern: { source: ['shop'] }, targets: [new targets.LambdaFunction(fn)] });
    const own = about(said(fn), 'lambda:CreateFunction')[0].actions;
    expect(own).toEqual(expect.arrayContaining(actions.map((action) => `lambda:${action}`)));
    for (const action of not) expect(own).not.toContain(`lambda:${action}`);
  });

  test('settings of asynchronous invocations and a URL', () => {
    const fn = orders({ retryAttempts: 1 });
    fn.addFunctionUrl();
    expect(about(said(fn), 'lambda:CreateFunction')[0].actions).toEqual(expect.arrayContaining(['lambda:PutFunctionEventInvokeConfig', 'lambda:CreateFunctionUrlConfig']));
  });

  test('a function that another class made: its image is read', () => {
    const stack = stackWith({ ...NEW_APP, 'cdk-event-functions:rules': false });
    const theirs = new lambda.DockerImageFunction(stack, 'Theirs', { code: lambda.DockerImageCode.fromEcr(ecr.Repository.fromRepositoryName(stack, 'Repository', 'shop/orders'), { tagOrDigest: 'v1' }) });
    const statements = said(EventFunction.wrap(stack, 'Orders', theirs));
    expect(about(statements, 'lambda:CreateAlias')).toHaveLength(1);
    expect(about(statements, 'iam:CreateRole')[0].actions).toContain('iam:AttachRolePolicy');
    expect(statements).toContainEqual({
      actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:GetRepositoryPolicy', 'ecr:SetRepositoryPolicy'],
      on: ['arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/shop/orders'],
      when: {},
    });
  });

  test('an image of another account is read there', () => {
    const stack = stackWith({ 'cdk-event-functions:rules': false });
    const repository = ecr.Repository.fromRepositoryArn(stack, 'Repository', 'arn:aws:ecr:eu-west-1:111122223333:repository/shop/orders');
    const fn = new ImageEventFunction(stack, 'Orders', { code: lambda.DockerImageCode.fromEcr(repository, { tagOrDigest: 'v1' }) });
    expect(about(said(fn), 'ecr:BatchGetImage').flatMap(({ on }) => on)).toEqual(['arn:${AWS::Partition}:ecr:${AWS::Region}:111122223333:repository/shop/orders']);
  });

  test('tags change nothing', () => {
    const fn = orders();
    const before = said(fn, 'same');
    const tagged = orders();
    Tags.of(tagged).add('team', 'orders');
    expect(said(tagged, 'same')).toEqual(before);
  });
});

describe('a release', () => {
  const CODEDEPLOY = 'arn:${AWS::Partition}:codedeploy:${AWS::Region}:${AWS::AccountId}';
  const canary = { percent: 10, interval: Duration.minutes(5) };

  test('on CodeDeploy may be made, and no more', () => {
    const plain = said(orders());
    const statements = said(orders({ release: Release.canary({ ...canary, smokeTest: { event: '1' } }) }));
    expect(statements.slice(0, plain.length)).toEqual(plain);
    expect(statements.slice(plain.length).map(withoutHash)).toMatchSnapshot();
    expect(statements.filter(({ on }) => on.includes('*'))).toEqual([]);
  });

  test('in its own stack is referred to', () => {
    const statements = said(orders({ release: Release.canary(canary) }), 'same');
    expect(about(statements, 'codedeploy:CreateDeployment')[0].on).toEqual([expect.stringMatching(/:deploymentgroup:\$\{OrdersReleaseGroupApplication\w+\}\/\$\{OrdersReleaseGroup\w+\}$/)]);
  });

  test('of a configuration of its own needs that', () => {
    const statements = said(orders({ release: Release.canary({ ...canary, percent: 7 }) }));
    expect(about(statements, 'codedeploy:CreateDeploymentConfig')[0].on).toEqual([expect.stringMatching(/:deploymentconfig:Shop-ReleaseCanary7Percent5Minutes\w+-\*$/)]);
    expect(about(said(orders({ release: Release.canary(canary) })), 'codedeploy:GetDeploymentConfig')).toEqual([
      { actions: ['codedeploy:GetDeploymentConfig'], on: [`${CODEDEPLOY}:deploymentconfig:CodeDeployDefault.LambdaCanary10Percent5Minutes`], when: {} },
    ]);
  });

  test('with an application and a role that were given makes neither', () => {
    const statements = said(orders((stack) => ({
      release: Release.canary({
        ...canary,
        application: codedeploy.LambdaApplication.fromLambdaApplicationName(stack, 'Application', 'shop'),
        role: iam.Role.fromRoleArn(stack, 'Deployer', 'arn:aws:iam::111122223333:role/deployer'),
      }),
    })));
    expect(about(statements, 'codedeploy:CreateApplication')).toEqual([]);
    expect(about(statements, 'codedeploy:RegisterApplicationRevision')[0].on).toEqual([`${CODEDEPLOY}:application:shop`]);
    expect(about(statements, 'iam:CreateRole')).toHaveLength(1);
    expect(about(statements, 'iam:PassRole').map(({ on, when }) => [on, when])).toContainEqual([
      ['arn:aws:iam::111122223333:role/deployer'], { 'StringEquals iam:PassedToService': 'codedeploy.amazonaws.com' },
    ]);
  });

  test('with an application of the app does not make it', () => {
    const statements = said(orders((stack) => ({ release: Release.canary({ ...canary, application: new codedeploy.LambdaApplication(stack, 'Application') }) })));
    expect(about(statements, 'codedeploy:CreateApplication')).toEqual([]);
    expect(about(statements, 'codedeploy:CreateDeployment')[0].on[0]).toMatch(/:deploymentgroup:Shop-Application\w+-\*\/Shop-OrdersReleaseGroup\w+-\*$/);
  });

  test('without CodeDeploy needs nothing', () => {
    expect(said(orders({ release: Release.allAtOnce() }))).toEqual(said(orders()));
  });
});

describe('provisioned concurrency that is scaled', () => {
  const TARGET = 'arn:${AWS::Partition}:application-autoscaling:${AWS::Region}:${AWS::AccountId}:scalable-target/*';
  const SCALER = 'lambda.application-autoscaling.amazonaws.com';
  const OWN_ROLE = `${ROLE}/aws-service-role/${SCALER}/AWSServiceRoleForApplicationAutoScaling_LambdaConcurrency`;
  const schedules = [{ schedule: appscaling.Schedule.cron({ hour: '7', minute: '0' }), min: 10 }];
  const byLoad = ProvisionedConcurrency.targetTracking({ max: 50 });
  const bySchedule = ProvisionedConcurrency.scheduled({ min: 1, max: 50, schedules });
  const scaled = (plan: ProvisionedConcurrency) => orders({ provisionedConcurrency: plan });

  test('by load takes targets and policies of Lambda, the role of the service, and alarms', () => {
    const plain = said(orders());
    const statements = said(scaled(byLoad)).filter((statement) => !plain.some((other) => JSON.stringify(other) === JSON.stringify(statement)));
    expect(statements).toEqual([
      {
        actions: ['DeleteScalingPolicy', 'DeleteScheduledAction', 'DeregisterScalableTarget', 'PutScalingPolicy', 'PutScheduledAction', 'RegisterScalableTarget'].map((action) => `application-autoscaling:${action}`),
        on: [TARGET],
        when: { 'StringEquals application-autoscaling:service-namespace': 'lambda', 'StringEquals application-autoscaling:scalable-dimension': 'lambda:function:ProvisionedConcurrency' },
      },
      { actions: ['iam:CreateServiceLinkedRole'], on: [OWN_ROLE], when: { 'StringEquals iam:AWSServiceName': SCALER } },
      { actions: ['iam:PassRole'], on: [OWN_ROLE], when: {} },
      {
        actions: [
          ...['DescribeScalableTargets', 'DescribeScalingPolicies', 'DescribeScheduledActions'].map((action) => `application-autoscaling:${action}`),
          ...['DeleteAlarms', 'DescribeAlarms', 'GetMetricData', 'PutMetricAlarm'].map((action) => `cloudwatch:${action}`),
        ],
        on: ['*'],
        when: {},
      },
    ]);
  });

  test('the role is the one that the template names', () => {
    const fn = scaled(byLoad);
    const [{ Properties }] = Object.values(resourcesOf(Stack.of(fn))).filter(({ Type }) => Type === 'AWS::ApplicationAutoScaling::ScalableTarget');
    expect(text(Properties.RoleARN)).toBe(OWN_ROLE);
  });

  test('what the service asks for on the alias is given to each deployer of one', () => {
    const actions = ['Delete', 'Get', 'Put'].map((verb) => `lambda:${verb}ProvisionedConcurrencyConfig`);
    expect(about(said(scaled(byLoad)), 'lambda:CreateAlias')[0].actions).toEqual(expect.arrayContaining(actions));
  });

  test('by schedule takes no policies', () => {
    const statements = said(scaled(bySchedule));
    expect(about(statements, 'application-autoscaling:PutScheduledAction').map(({ on }) => on)).toEqual([[TARGET]]);
    for (const action of ['application-autoscaling:PutScalingPolicy', 'application-autoscaling:DescribeScalingPolicies', 'cloudwatch:GetMetricData']) {
      expect(about(statements, action)).toEqual([]);
    }
  });

  test('on a further alias takes the same, on two aliases nothing more', () => {
    for (const further of [{ canary: byLoad }, { canary: byLoad, tenant: bySchedule }]) {
      const fn = orders();
      Object.entries(further).forEach(([name, provisionedConcurrency]) => fn.addAlias(name, { provisionedConcurrency }));
      expect(said(fn)).toEqual(said(scaled(byLoad)));
    }
  });

  test('with a number that is fixed takes nothing', () => {
    expect(said(scaled(ProvisionedConcurrency.fixed(5)))).toEqual(said(orders()));
    const fn = orders();
    new appscaling.ScalableTarget(fn, 'Table', {
      serviceNamespace: appscaling.ServiceNamespace.DYNAMODB, scalableDimension: 'dynamodb:table:ReadCapacityUnits', resourceId: 'table/orders', minCapacity: 1, maxCapacity: 9,
    });
    expect(about(said(fn), 'application-autoscaling:RegisterScalableTarget')).toEqual([]);
  });
});

describe('names', () => {
  const functionNames = (fn: EventFunctionBase) => about(said(fn), 'lambda:CreateFunction')[0].on.map((arn) => arn.replace(`${LAMBDA}:function:`, ''));

  test('a name that was given is taken as it is', () => {
    expect(functionNames(orders({ functionName: 'orders' }))).toEqual(['orders', 'orders:*']);
  });

  test('a name that a parameter gives is one of those of the stack', () => {
    expect(functionNames(orders((stack) => ({ functionName: new CfnParameter(stack, 'Name').valueAsString })))).toEqual(['Shop-OrdersA9B65338-*', 'Shop-OrdersA9B65338-*:*']);
  });

  test('a name that is too long is cut by CloudFormation, nobody knows where: its beginning is left', () => {
    const stack = new Stack(new App({ context: { 'cdk-event-functions:rules': false } }), 'TheStackOfAllTheOrdersOfTheShop');
    const fn = new EventFunction(stack, 'ReceiveAndStoreOrdersOfAllCustomers', MINIMAL);
    expect(functionNames(fn)[0]).toBe('TheStackOfAllTheOrde*');
  });

  test('a nested stack has a name that begins with that of its parent', () => {
    const parent = stackWith({ 'cdk-event-functions:rules': false });
    const fn = new EventFunction(new NestedStack(parent, 'Inner'), 'Orders', MINIMAL);
    expect(functionNames(fn)[0]).toBe('Shop*');
  });

  test('the path of a role is part of its ARN', () => {
    const fn = orders((stack) => ({ role: new iam.Role(stack, 'Own', { path: '/shop/', roleName: 'orders', assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }) }));
    expect(about(said(fn), 'iam:PassRole')[0].on).toEqual([`${ROLE}/shop/orders`]);
  });

  test('account and Region are written out where they are known', () => {
    const stack = stackWith({ 'cdk-event-functions:rules': false }, { env: { account: '111122223333', region: 'eu-west-1' } });
    expect(about(said(new EventFunction(stack, 'Orders', MINIMAL)), 'lambda:CreateFunction')[0].on[0])
      .toBe('arn:${AWS::Partition}:lambda:eu-west-1:111122223333:function:Shop-OrdersA9B65338-*');
  });
});

test('a deployer of another stack does not wait for the function', () => {
  const fn = orders((stack) => ({
    code: lambda.Code.fromAsset('test/fixtures/handler'),
    environment: { A: 'b' },
    environmentEncryption: new kms.Key(stack, 'Key'),
    layers: [new lambda.LayerVersion(stack, 'Layer', { code: lambda.Code.fromAsset('test/fixtures/handler') })],
    events: [PullSource.queue(new sqs.Queue(stack, 'Returns'))],
  }));
  const pipeline = new Stack(fn.node.root as App, 'Deployers');
  const deployer = new iam.Role(pipeline, 'Deployer', { assumedBy: new iam.AccountRootPrincipal() });
  fn.deployPermissions().forEach((statement) => deployer.addToPolicy(statement));
  expect(JSON.stringify(resourcesOf(pipeline))).not.toMatch(/ImportValue|GetStackOutput/);
  expect(pipeline.dependencies).toEqual([]);
});
