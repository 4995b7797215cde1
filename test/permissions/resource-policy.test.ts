import { Aws, CfnParameter, Stack, StackProps } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaAction as AlarmAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import { circle } from './circle';
import { said, saidOf } from './said';
import { INTEGRATIONS, wireAll } from './wired';
import { EventFunction, EventFunctionProps, InvokeStatement, PushSource, ResourcePolicyMode } from '../../src';
import { aliasRef, MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith as stackWithRules } from '../function/functions';

const { PERMISSIONS, DOCUMENT } = ResourcePolicyMode;
const MODES = [PERMISSIONS, DOCUMENT];

const ALIAS = '${OrdersAliasliveD9288011}';
const OWN = '${AWS::AccountId}';
const ARN = 'ArnLike aws:SourceArn';
const ACCOUNT = 'StringEquals aws:SourceAccount';

const service = (name: string) => new iam.ServicePrincipal(name);
const account = new iam.AccountPrincipal('111122223333');
const topicArn = 'arn:aws:sns:eu-central-1:111122223333:orders';

/** What the rules say about these statements is tested with the rules. */
const stackWith = (context: Record<string, unknown> = NO_FLAGS, props?: StackProps) =>
  stackWithRules({ ...context, 'cdk-event-functions:rules': false }, props);

type Context = Record<string, unknown>;

function orders(resourcePolicyMode?: ResourcePolicyMode, context: Context = NO_FLAGS, props: Partial<EventFunctionProps> = {}) {
  const stack = stackWith(context);
  return { stack, fn: new EventFunction(stack, 'Orders', { ...MINIMAL, ...props, resourcePolicyMode }) };
}

/** What one statement becomes. */
function allowed(mode: ResourcePolicyMode, statement: InvokeStatement | ((stack: Stack) => InvokeStatement)) {
  const { stack, fn } = orders(mode);
  fn.resourcePolicy.allow('Statement', typeof statement === 'function' ? statement(stack) : statement);
  const [one, ...others] = said(stack);
  expect(others).toEqual([]);
  return one;
}

// New apps print the CDK's warnings, here of the subnet in the fixture.
beforeAll(() => jest.spyOn(console, 'error').mockImplementation());
afterAll(() => jest.restoreAllMocks());

describe('defaults', () => {
  test('permissions are written, and none before somebody asks', () => {
    const { stack, fn } = orders(undefined);
    expect(fn.resourcePolicy.mode).toBe(PERMISSIONS);
    expect(fn.resourcePolicy.statements).toEqual([]);
    expect(fn.resourcePolicy.estimatedBytes).toBe(0);
    expect(said(stack)).toEqual([]);
  });

  test('a document is made with the first statement, not before', () => {
    const { stack, fn } = orders(DOCUMENT);
    expect(fn.resourcePolicy.estimatedBytes).toBe(0);
    expect(Object.values(resourcesOf(stack)).map(({ Type }) => Type)).not.toContain('AWS::Lambda::ResourcePolicy');
  });
});

describe.each(MODES)('mapping in %s', (mode) => {
  test('a statement is about invoking the live alias', () => {
    expect(allowed(mode, { principal: account })).toEqual({
      effect: 'Allow',
      action: 'lambda:InvokeFunction',
      on: ALIAS,
      conditions: {},
      principal: mode === PERMISSIONS ? '111122223333' : 'arn:${AWS::Partition}:iam::111122223333:root',
    });
  });

  test.each<[string, Partial<InvokeStatement>, string, string]>([
    ['a source ARN', { sourceArn: topicArn }, ARN, topicArn],
    ['an account', { sourceAccount: '111122223333' }, ACCOUNT, '111122223333'],
    ['an organization', { organizationId: 'o-a1b2c3d4e5' }, 'StringEquals aws:PrincipalOrgID', 'o-a1b2c3d4e5'],
    ['a token of the source', { eventSourceToken: 'amzn1.ask.skill.1' }, 'StringEquals lambda:EventSourceToken', 'amzn1.ask.skill.1'],
    ['the authentication of the URL', { functionUrlAuthType: lambda.FunctionUrlAuthType.AWS_IAM }, 'StringEquals lambda:FunctionUrlAuthType', 'AWS_IAM'],
    ['coming by the URL', { invokedViaFunctionUrl: true }, 'Bool lambda:InvokedViaFunctionUrl', 'true'],
    ['coming by another way than the URL', { invokedViaFunctionUrl: false }, 'Bool lambda:InvokedViaFunctionUrl', 'false'],
    ['a condition that has a property', { conditions: { ArnLike: { 'aws:SourceArn': topicArn } } }, ARN, topicArn],
    ['its key in capitals', { conditions: { ArnLike: { 'AWS:SourceArn': topicArn } } }, ARN, topicArn],
    ['a truth written as text', { conditions: { Bool: { 'lambda:InvokedViaFunctionUrl': 'false' } } }, 'Bool lambda:InvokedViaFunctionUrl', 'false'],
    ['an account as a number', { conditions: { StringEquals: { 'aws:SourceAccount': 111122223333 } } }, ACCOUNT, '111122223333'],
    ['the same condition twice', { sourceArn: topicArn, conditions: { ArnLike: { 'aws:SourceArn': topicArn } } }, ARN, topicArn],
  ])('%s becomes a condition', (_, statement, key, value) => {
    expect(allowed(mode, { principal: account, ...statement }).conditions).toEqual({ [key]: value });
  });

  test('another action is kept', () => {
    expect(allowed(mode, { principal: account, action: 'lambda:GetFunction' }).action).toBe('lambda:GetFunction');
  });

  test('conditions of the principal become conditions of the statement, once', () => {
    const principal = account
      .withConditions({ StringEquals: { 'AWS:SourceAccount': '111122223333', 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })
      .withConditions({ Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } });
    const conditions = { [ACCOUNT]: '111122223333', 'StringEquals aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'Bool lambda:InvokedViaFunctionUrl': 'true' };
    expect(allowed(mode, { principal }).conditions).toEqual(conditions);
  });

  test('an organization is everyone of it', () => {
    expect(allowed(mode, { principal: new iam.OrganizationPrincipal('o-a1b2c3d4e5') }))
      .toMatchObject({ principal: '*', conditions: { 'StringEquals aws:PrincipalOrgID': 'o-a1b2c3d4e5' } });
  });

  test('a role of the app is named by its ARN', () => {
    const role = (stack: Stack) => ({ principal: new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() }) });
    expect(allowed(mode, role)).toMatchObject({ principal: expect.stringMatching(/^\$\{Caller[0-9A-F]{8}\.Arn\}$/), conditions: {} });
  });

  test('addPermission, grantInvoke and the alias all write to the same policy', () => {
    const { stack, fn } = orders(mode);
    fn.addPermission('One', { principal: service('sns.amazonaws.com'), sourceArn: topicArn });
    fn.grantInvoke(service('s3.amazonaws.com'));
    fn.alias.addPermission('One', { principal: service('logs.amazonaws.com') });
    fn.alias.grantInvoke(service('ses.amazonaws.com'));
    expect(fn.resourcePolicy.statements).toHaveLength(4);
    expect(said(stack).map(({ principal, on }) => [principal, on]).sort())
      .toEqual(['logs', 's3', 'ses', 'sns'].map((name) => [`${name}.amazonaws.com`, ALIAS]));
  });

  test('a function of somebody else is wrapped with the same policy', () => {
    const stack = stackWith();
    const theirs = new lambda.Function(stack, 'Theirs', MINIMAL);
    const fn = EventFunction.wrap(stack, 'Orders', theirs, { resourcePolicyMode: mode });
    wireAll(stack, fn);
    expect(fn.resourcePolicy.mode).toBe(mode);
    expect(circle(resourcesOf(stack))).toBeUndefined();
    for (const { on } of said(stack)) expect(on).toBe(`\${${aliasRef(stack).Ref}}`);
    expect(said(stack)).toHaveLength(fn.resourcePolicy.statements.length);
  });
});

test.each(MODES)('snapshot of %s', (mode) => {
  const { stack, fn } = orders(mode);
  wireAll(stack, fn);
  fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
  fn.grantInvoke(account);
  const types = ['AWS::Lambda::Permission', 'AWS::Lambda::ResourcePolicy'];
  expect(Object.fromEntries(Object.entries(resourcesOf(stack)).filter(([, { Type }]) => types.includes(Type)))).toMatchSnapshot();
});

describe('mapping of a document', () => {
  const conditions = { IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '198.51.100.0/24'] }, ArnNotLike: { 'aws:SourceArn': topicArn } };

  test('it is about the alias alone', () => {
    const { stack, fn } = orders(DOCUMENT);
    fn.grantInvoke(account);
    expect(only(stack, 'AWS::Lambda::ResourcePolicy').Properties).toMatchObject({ ResourceArn: aliasRef(stack), PolicyDocument: { Version: '2012-10-17' } });
  });

  test('any condition is kept as it is, with those of the properties', () => {
    const { stack, fn } = orders(DOCUMENT);
    fn.resourcePolicy.allow('Partner', { principal: account, conditions, sourceAccount: '111122223333' });
    expect(only(stack, 'AWS::Lambda::ResourcePolicy').Properties.PolicyDocument.Statement).toEqual([
      expect.objectContaining({ Condition: { ...conditions, StringEquals: { 'aws:SourceAccount': '111122223333' } } }),
    ]);
  });

  test('a denial is a statement with its conditions', () => {
    const { stack, fn } = orders(DOCUMENT);
    fn.resourcePolicy.deny('Elsewhere', { principal: new iam.AnyPrincipal(), conditions: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } });
    expect(said(stack)).toEqual([{
      effect: 'Deny', principal: '*', action: 'lambda:InvokeFunction', on: ALIAS, conditions: { 'StringNotEquals aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
    }]);
  });

  test('a denial for a service is not held to a source: it denies what it says', () => {
    const { stack, fn } = orders(DOCUMENT);
    fn.resourcePolicy.deny('NoTopics', { principal: service('sns.amazonaws.com') });
    expect(saidOf(stack, 'sns.amazonaws.com')[0].conditions).toEqual({});
  });

  test('sources of one service share a statement', () => {
    const { stack, fn } = orders(DOCUMENT);
    wireAll(stack, fn);
    const statements = only(stack, 'AWS::Lambda::ResourcePolicy').Properties.PolicyDocument.Statement;
    expect(statements).toHaveLength(Object.keys(INTEGRATIONS).length);
    expect(fn.resourcePolicy.statements.length).toBeGreaterThan(statements.length);
  });
});

describe.each(MODES)('permissions in %s', (mode) => {
  const of = (pattern: string) => `arn:\${AWS::Partition}:${pattern.replace(':R:', ':${AWS::Region}:').replace(':A:', `:${OWN}:`)}`;

  /** What a service is held to that was given without a source. */
  const HELD: readonly (readonly [string, Record<string, string>])[] = [
    ['apigateway.amazonaws.com', { [ARN]: of('execute-api:R:A:*') }],
    ['bedrock.amazonaws.com', { [ACCOUNT]: OWN }],
    ['cloudfront.amazonaws.com', { [ARN]: of('cloudfront::A:distribution/*') }],
    ['codecommit.amazonaws.com', { [ARN]: of('codecommit:R:A:*') }],
    ['cognito-idp.amazonaws.com', { [ARN]: of('cognito-idp:R:A:userpool/*') }],
    ['config.amazonaws.com', { [ACCOUNT]: OWN }],
    ['connect.amazonaws.com', { [ARN]: of('connect:R:A:instance/*') }],
    ['elasticloadbalancing.amazonaws.com', { [ARN]: of('elasticloadbalancing:R:A:targetgroup/*') }],
    ['events.amazonaws.com', { [ARN]: of('events:R:A:rule/*') }],
    ['iot.amazonaws.com', { [ARN]: of('iot:R:A:rule/*') }],
    ['lexv2.amazonaws.com', { [ARN]: of('lex:R:A:bot-alias/*') }],
    ['lambda.alarms.cloudwatch.amazonaws.com', { [ARN]: of('cloudwatch:R:A:alarm:*') }],
    ['logs.amazonaws.com', { [ARN]: of('logs:R:A:log-group:*') }],
    ['s3.amazonaws.com', { [ACCOUNT]: OWN }],
    ['secretsmanager.amazonaws.com', { [ACCOUNT]: OWN }],
    ['ses.amazonaws.com', { [ARN]: of('ses:R:A:receipt-rule-set/*') }],
    ['sns.amazonaws.com', { [ARN]: of('sns:R:A:*') }],
    ['vpc-lattice.amazonaws.com', { [ARN]: of('vpc-lattice:R:A:targetgroup/*') }],
    ['unheard-of.amazonaws.com', { [ACCOUNT]: OWN }],
    ['sns.af-south-1.amazonaws.com', { [ARN]: of('sns:af-south-1:A:*') }],
    ['events.us-gov-west-1.amazonaws.com', { [ARN]: of('events:us-gov-west-1:A:rule/*') }],
  ];

  test.each(HELD)('grantInvoke of %s is held to sources of its own account', (name, conditions) => {
    const { stack, fn } = orders(mode);
    fn.grantInvoke(service(name));
    expect(said(stack)).toEqual([{ effect: 'Allow', principal: name, action: 'lambda:InvokeFunction', on: ALIAS, conditions }]);
  });

  test('the names of China are those of the same services', () => {
    expect(Object.keys(allowed(mode, { principal: service('events.amazonaws.com.cn') }).conditions)).toEqual([ARN]);
  });

  test.each(Object.keys(INTEGRATIONS))('each statement that an integration makes for %s names a source or its account', (name) => {
    const { stack, fn } = orders(mode);
    INTEGRATIONS[name](stack, fn);
    const statements = said(stack);
    expect(statements.length).toBeGreaterThan(0);
    for (const { principal, conditions } of statements) {
      expect(principal).toBe(name);
      expect(Object.keys(conditions).some((key) => key === ARN || key === ACCOUNT)).toBe(true);
      // an ARN without account, or none, needs the account beside it
      if (['config', 's3', 'secretsmanager', 'scheduler'].includes(name.split('.')[0])) expect(conditions[ACCOUNT]).toBe(OWN);
    }
  });

  test('EventBridge is never asked for the account, which it does not send', () => {
    const { stack, fn } = orders(mode);
    INTEGRATIONS['events.amazonaws.com'](stack, fn);
    fn.grantInvoke(service('events.amazonaws.com'));
    fn.addPermission('Literal', { principal: service('events.amazonaws.com'), sourceArn: 'arn:aws:events:eu-central-1:111122223333:rule/r' });
    fn.addPermission('Token', { principal: service('events.amazonaws.com'), sourceArn: new CfnParameter(stack, 'Parameter').valueAsString });
    expect(saidOf(stack, 'events.amazonaws.com').map(({ conditions }) => Object.keys(conditions))).toEqual(Array(5).fill([ARN]));
  });

  test('a load balancer is held to target groups of the account and Region of the function', () => {
    const { stack, fn } = orders(mode);
    INTEGRATIONS['elasticloadbalancing.amazonaws.com'](stack, fn);
    expect(said(stack)[0].conditions).toEqual({ [ARN]: 'arn:${AWS::Partition}:elasticloadbalancing:${AWS::Region}:${AWS::AccountId}:targetgroup/*' });
  });

  test('account and Region are written out where they are known', () => {
    const stack = stackWith(NO_FLAGS, { env: { account: '123456789012', region: 'eu-west-1' } });
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode: mode });
    fn.grantInvoke(service('iot.amazonaws.com'));
    fn.grantInvoke(service('config.amazonaws.com'));
    expect(said(stack).map(({ conditions }) => conditions))
      .toEqual([{ [ARN]: 'arn:${AWS::Partition}:iot:eu-west-1:123456789012:rule/*' }, { [ACCOUNT]: '123456789012' }]);
  });

  test.each<[string, InvokeStatement, Record<string, string>]>([
    ['an ARN with an account', { principal: service('sns.amazonaws.com'), sourceArn: topicArn }, { [ARN]: topicArn }],
    ['an ARN and an account', { principal: service('s3.amazonaws.com'), sourceArn: 'arn:aws:s3:::inbox', sourceAccount: '111122223333' }, { [ARN]: 'arn:aws:s3:::inbox', [ACCOUNT]: '111122223333' }],
    ['another account', { principal: service('sns.amazonaws.com'), sourceAccount: '111122223333' }, { [ACCOUNT]: '111122223333' }],
    ['an organization', { principal: service('sns.amazonaws.com'), organizationId: 'o-a1b2c3d4e5' }, { 'StringEquals aws:PrincipalOrgID': 'o-a1b2c3d4e5' }],
    ['an ARN as a condition of the principal', { principal: service('sns.amazonaws.com').withConditions({ ArnLike: { 'aws:SourceArn': topicArn } }) }, { [ARN]: topicArn }],
    ['an account as a condition of the principal', { principal: service('s3.amazonaws.com').withConditions({ StringEquals: { 'aws:SourceAccount': '111122223333' } }) }, { [ACCOUNT]: '111122223333' }],
    ['any source, if that is said', { principal: service('sns.amazonaws.com'), anySource: true }, {}],
    ['any source of an ARN without account, if that is said', { principal: service('s3.amazonaws.com'), sourceArn: 'arn:aws:s3:::inbox', anySource: true }, { [ARN]: 'arn:aws:s3:::inbox' }],
  ])('what the caller gave stays as it is: %s', (_, statement, conditions) => {
    expect(allowed(mode, statement).conditions).toEqual(conditions);
  });

  test('to the own account, the pattern of the ARN is added', () => {
    expect(allowed(mode, { principal: service('ses.amazonaws.com'), sourceAccount: Aws.ACCOUNT_ID }).conditions)
      .toEqual({ [ACCOUNT]: OWN, [ARN]: of('ses:R:A:receipt-rule-set/*') });
  });

  test('to the ARN of a bucket, which has no account, the own account is added', () => {
    expect(allowed(mode, { principal: service('s3.amazonaws.com'), sourceArn: 'arn:aws:s3:::inbox' }).conditions)
      .toEqual({ [ARN]: 'arn:aws:s3:::inbox', [ACCOUNT]: OWN });
    expect(allowed(mode, (stack) => ({ principal: service('s3.amazonaws.com'), sourceArn: new s3.Bucket(stack, 'Inbox').bucketArn })).conditions)
      .toEqual({ [ARN]: '${InboxA8E05DC3.Arn}', [ACCOUNT]: OWN });
  });

  test('an ARN that the deployment decides has the account of its service in it', () => {
    const topic = (stack: Stack) => ({ principal: service('sns.amazonaws.com'), sourceArn: new sns.Topic(stack, 'Topic').topicArn });
    expect(allowed(mode, topic).conditions).toEqual({ [ARN]: '${TopicBFC7AF6E}' });
  });

  test('nobody but services is held to a source', () => {
    expect(allowed(mode, { principal: account }).conditions).toEqual({});
    expect(allowed(mode, { principal: new iam.ArnPrincipal('arn:aws:iam::111122223333:role/Caller') }).conditions).toEqual({});
  });

  test('a public function URL allows both actions to everyone, and only by the URL', () => {
    const { stack, fn } = orders(mode);
    fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
    expect(said(stack)).toEqual([
      { effect: 'Allow', principal: '*', action: 'lambda:InvokeFunctionUrl', on: ALIAS, conditions: { 'StringEquals lambda:FunctionUrlAuthType': 'NONE' } },
      { effect: 'Allow', principal: '*', action: 'lambda:InvokeFunction', on: ALIAS, conditions: { 'Bool lambda:InvokedViaFunctionUrl': 'true' } },
    ]);
  });

  test('a function URL with IAM allows nobody until it is granted, and then both actions', () => {
    const { stack, fn } = orders(mode);
    const url = fn.addFunctionUrl();
    expect(fn.resourcePolicy.statements).toEqual([]);
    url.grantInvokeUrl(account);
    expect(said(stack).map(({ action, conditions }) => ({ action, conditions }))).toEqual([
      { action: 'lambda:InvokeFunctionUrl', conditions: { 'StringEquals lambda:FunctionUrlAuthType': 'AWS_IAM' } },
      { action: 'lambda:InvokeFunction', conditions: { 'Bool lambda:InvokedViaFunctionUrl': 'true' } },
    ]);
  });

  test('a role of the app is granted by a policy of its own, not here', () => {
    const { stack, fn } = orders(mode);
    fn.grantInvoke(new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() }));
    expect(fn.resourcePolicy.statements).toEqual([]);
  });

  test('our own source of events is permitted as that of the CDK', () => {
    const { stack, fn } = orders(mode);
    fn.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox'), { filters: [{ prefix: 'a/' }, { prefix: 'b/' }] }));
    expect(said(stack)).toEqual([expect.objectContaining({ principal: 's3.amazonaws.com', conditions: { [ARN]: '${InboxA8E05DC3.Arn}', [ACCOUNT]: OWN } })]);
  });

  test('integrations that are given the alias write here, too', () => {
    const { stack, fn } = orders(mode);
    wireAll(stack, fn.alias);
    expect(fn.resourcePolicy.statements).toHaveLength(said(stack).length);
    expect(new Set(said(stack).map(({ principal }) => principal))).toEqual(new Set(Object.keys(INTEGRATIONS)));
    for (const { conditions, on } of said(stack)) expect([on, Object.keys(conditions).length > 0]).toEqual([ALIAS, true]);
  });
});

describe('as lambda.Alias', () => {
  /** A plain alias in the place of the event function, so that ids can be compared. */
  function plain(use: (fn: lambda.IFunction, stack: Stack) => void, context = NO_FLAGS) {
    const stack = stackWith(context);
    const fn = new lambda.Function(stack, 'Plain', MINIMAL);
    use(new lambda.Alias(stack, 'Orders', { aliasName: 'live', version: fn.currentVersion }), stack);
    return permissionsOf(stack);
  }

  function ours(use: (fn: lambda.IFunction, stack: Stack) => void, context = NO_FLAGS) {
    const { stack, fn } = orders(PERMISSIONS, context);
    use(fn, stack);
    return permissionsOf(stack);
  }

  function permissionsOf(stack: Stack) {
    const permissions = Object.entries(resourcesOf(stack)).filter(([, { Type }]) => Type === 'AWS::Lambda::Permission');
    return Object.fromEntries(permissions.map(([id, { Properties: { FunctionName, ...rest } }]) => [id, rest]));
  }

  const bucketArn = 'arn:aws:s3:::inbox';

  test.each<[string, lambda.Permission]>([
    ['an account', { principal: account }],
    ['an account that the deployment decides', { principal: new iam.AccountRootPrincipal() }],
    ['a role', { principal: new iam.ArnPrincipal('arn:aws:iam::111122223333:role/Caller') }],
    ['an organization', { principal: new iam.OrganizationPrincipal('o-a1b2c3d4e5') }],
    ['an organization as a property', { principal: new iam.AnyPrincipal(), organizationId: 'o-a1b2c3d4e5' }],
    ['roles of an organization', { principal: new iam.ArnPrincipal('*').inOrganization('o-a1b2c3d4e5') }],
    ['a source', { principal: service('sns.amazonaws.com'), sourceArn: topicArn }],
    ['a source and its account', { principal: service('s3.amazonaws.com'), sourceArn: bucketArn, sourceAccount: '111122223333' }],
    ['a source as a condition', { principal: service('sns.amazonaws.com').withConditions({ ArnLike: { 'aws:SourceArn': topicArn } }) }],
    ['a source and an account as conditions', { principal: service('s3.amazonaws.com').withConditions({ ArnLike: { 'aws:SourceArn': bucketArn }, StringEquals: { 'aws:SourceAccount': '111122223333' } }) }],
    ['a skill', { principal: service('alexa-appkit.amazon.com'), eventSourceToken: 'amzn1.ask.skill.1' }],
    ['another action', { principal: account, action: 'lambda:GetFunctionConfiguration' }],
    ['a URL', { principal: account, action: 'lambda:InvokeFunctionUrl', functionUrlAuthType: lambda.FunctionUrlAuthType.AWS_IAM }],
    ['a URL, invoked', { principal: account, invokedViaFunctionUrl: true }],
  ])('%s gives the same permission', (_, permission) => {
    const add = (fn: lambda.IFunction) => fn.addPermission('Statement', permission);
    expect(ours(add)).toEqual(plain(add));
  });

  test.each([['without feature flags', NO_FLAGS], ['in a new app', NEW_APP]])('integrations %s give the same permissions in the same places, with no less conditions', (_, context) => {
    const wire = (fn: lambda.IFunction, stack: Stack) => wireAll(stack, fn);
    const [theirs, mine] = [plain(wire, context), ours(wire, context)];
    expect(Object.keys(mine)).toEqual(Object.keys(theirs));
    expect(mine).toMatchObject(theirs);
  });

  test('one id twice is refused, as by the CDK, when the statements differ', () => {
    for (const mode of MODES) {
      const { fn } = orders(mode);
      fn.addPermission('Same', { principal: account });
      expect(() => fn.addPermission('Same', { principal: new iam.AccountPrincipal('444455556666') })).toThrow("There is already a Construct with name 'Same'");
      expect(fn.resourcePolicy.statements).toHaveLength(1);
    }
  });
});

describe('waiting', () => {
  /** Logical ids of the statements that a resource waits for. */
  function waitsFor(stack: Stack, type: string): string[] {
    const resources = resourcesOf(stack);
    const [waiting] = Object.values(resources).filter(({ Type }) => Type === type);
    return (waiting.DependsOn ?? []).map((id) => resources[id].Type).filter((one) => /^AWS::Lambda::(Permission|ResourcePolicy)$/.test(one));
  }

  test.each([
    ['s3.amazonaws.com', 'Custom::S3BucketNotifications'],
    ['elasticloadbalancing.amazonaws.com', 'AWS::ElasticLoadBalancingV2::TargetGroup'],
    ['logs.amazonaws.com', 'AWS::Logs::SubscriptionFilter'],
    ['ses.amazonaws.com', 'AWS::SES::ReceiptRule'],
    ['secretsmanager.amazonaws.com', 'AWS::SecretsManager::RotationSchedule'],
    ['config.amazonaws.com', 'AWS::Config::ConfigRule'],
  ])('what checks the permission of %s when it is created waits for it in both modes', (name, type) => {
    for (const mode of MODES) {
      const { stack, fn } = orders(mode);
      INTEGRATIONS[name](stack, fn);
      expect(waitsFor(stack, type)).toEqual([mode === DOCUMENT ? 'AWS::Lambda::ResourcePolicy' : 'AWS::Lambda::Permission']);
    }
  });

  test.each(MODES)('nothing waits for itself in %s', (mode) => {
    for (const context of [NO_FLAGS, NEW_APP]) {
      const { stack, fn } = orders(mode, context);
      wireAll(stack, fn);
      fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
      expect(circle(resourcesOf(stack))).toBeUndefined();
    }
  });

  test('the check of circles finds one', () => {
    const needs = (...DependsOn: string[]) => ({ Type: 'T', DependsOn });
    expect(circle({ A: { Type: 'T', Properties: { Of: { 'Fn::GetAtt': ['B', 'Arn'] } } }, B: needs('C'), C: { Type: 'T', Properties: ['x', { 'Fn::Sub': 'a${A}' }] } })).toBe('A -> B -> C -> A');
    expect(circle({ A: { Type: 'T', Properties: { Of: { Ref: 'B' } } }, B: needs() })).toBeUndefined();
  });
});

describe.each(MODES)('integrations that look for what they added, in %s', (mode) => {
  test('a bucket with several notifications is permitted once', () => {
    const { stack, fn } = orders(mode);
    const bucket = new s3.Bucket(stack, 'Inbox');
    for (const prefix of ['a/', 'b/']) bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.LambdaDestination(fn), { prefix });
    expect(fn.resourcePolicy.statements).toHaveLength(1);
  });

  test('an alarm with several actions is permitted once', () => {
    const { stack, fn } = orders(mode, NEW_APP);
    const alarm = new cloudwatch.Metric({ namespace: 'Shop', metricName: 'Orders' }).createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
    alarm.addAlarmAction(new AlarmAction(fn));
    alarm.addOkAction(new AlarmAction(fn));
    expect(fn.resourcePolicy.statements).toHaveLength(1);
    expect(said(stack)).toHaveLength(1);
  });

  test('an API that is permitted as a whole is permitted once', () => {
    const { stack, fn } = orders(mode);
    const api = new apigateway.RestApi(stack, 'Api');
    const integration = new apigateway.LambdaIntegration(fn, { scopePermissionToMethod: false });
    for (const method of ['GET', 'POST']) api.root.addMethod(method, integration);
    expect(said(stack)).toHaveLength(1);
  });

  test('a rule with the function as two targets is permitted once', () => {
    const { stack, fn } = orders(mode);
    const rule = new events.Rule(stack, 'Rule', { eventPattern: { source: ['shop'] } });
    for (const id of ['a', 'b']) rule.addTarget(new targets.LambdaFunction(fn, { event: events.RuleTargetInput.fromText(id) }));
    expect(fn.resourcePolicy.statements).toHaveLength(1);
  });

  test('a grant that is given twice is one statement', () => {
    const { fn } = orders(mode);
    fn.grantInvoke(account);
    fn.grantInvoke(account);
    expect(fn.resourcePolicy.statements).toHaveLength(1);
  });
});

describe('statements', () => {
  test.each(MODES)('are those that were added, in their order, in %s', (mode) => {
    const { stack, fn } = orders(mode);
    fn.addPermission('Topic', { principal: service('sns.amazonaws.com'), sourceArn: topicArn });
    fn.addPermission('Partner', { principal: account });
    expect(stack.resolve(fn.resourcePolicy.statements.map((statement) => statement.toStatementJson()))).toEqual([
      { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'lambda:InvokeFunction', Resource: aliasRef(stack), Condition: { ArnLike: { 'aws:SourceArn': topicArn } } },
      { Effect: 'Allow', Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:root']] } }, Action: 'lambda:InvokeFunction', Resource: aliasRef(stack) },
    ]);
  });

  test.each(MODES)('are copies: changing them changes nothing in %s', (mode) => {
    const { stack, fn } = orders(mode);
    fn.addPermission('Partner', { principal: account });
    const { statements } = fn.resourcePolicy;
    statements[0].addActions('lambda:DeleteFunction');
    statements.pop();
    expect(fn.resourcePolicy.statements.map(({ actions }) => actions)).toEqual([['lambda:InvokeFunction']]);
    expect(said(stack)).toMatchObject([{ action: 'lambda:InvokeFunction' }]);
  });
});
