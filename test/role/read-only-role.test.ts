import * as fs from 'fs';
import * as path from 'path';
import { Annotations, App, Aspects, Aws, CfnOutput, Fn, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Allowed, allowedBy, allowedIn } from './allowed';
import { Feature, FEATURES, OWN_LOGS } from './features';
import { appOf, findingsIn } from './findings';
import { reportsOf, warningsOf } from './reports';
import { EventFunction, ExecutionRole } from '../../src';
import { MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from '../function/functions';
import { circle } from '../permissions/circle';

/** A role that the app cannot change: what the function needs and the role is not known to have is said, never dropped. */

const CONTEXTS: [string, Record<string, unknown>, boolean][] = [['without feature flags', NO_FLAGS, false], ['in a new app', NEW_APP, true]];
const LAMBDA = new iam.ServicePrincipal('lambda.amazonaws.com');
const ARN = 'arn:aws:iam::123456789012:role/theirs';
const QUIET = { 'cdk-event-functions:rules': false };

const read = (stack: Stack) => iam.Role.fromRoleArn(stack, 'Mine', ARN, { mutable: false });
const frozen = (stack: Stack) => new iam.Role(stack, 'Mine', { assumedBy: LAMBDA }).withoutPolicyUpdates();

const READ_ONLY: Record<string, (stack: Stack) => iam.IRole> = {
  'imported': read,
  'imported by name': (stack) => iam.Role.fromRoleName(stack, 'Mine', 'theirs', { mutable: false }),
  'imported, with grants to resources': (stack) => iam.Role.fromRoleArn(stack, 'Mine', ARN, { mutable: false, addGrantsToResources: true }),
  'of the app, frozen': frozen,
  'of the app, frozen, with grants to resources': (stack) => new iam.Role(stack, 'Mine', { assumedBy: LAMBDA }).withoutPolicyUpdates({ addGrantsToResources: true }),
};

const CHANGEABLE: Record<string, (stack: Stack) => iam.IRole | undefined> = {
  'made by the function': () => undefined,
  'of the app': (stack) => new iam.Role(stack, 'Mine', { assumedBy: LAMBDA }),
  'of ours': (stack) => new ExecutionRole(stack, 'Mine'),
  'imported': (stack) => iam.Role.fromRoleArn(stack, 'Mine', ARN),
  'made when it is first used': (stack) => new iam.LazyRole(stack, 'Mine', { assumedBy: LAMBDA }),
};

interface Case extends Partial<Feature> {
  readonly role?: (stack: Stack) => iam.IRole | undefined;
  readonly context?: Record<string, unknown>;
}

function orders({ props, use, role = read, context = NO_FLAGS }: Case = {}, scope = stackWith({ ...context, ...QUIET })) {
  const fn = new EventFunction(scope, 'Orders', { ...MINIMAL, role: role(scope), ...props?.(scope) });
  use?.(fn, scope);
  return { stack: scope, app: appOf(scope), fn };
}

/** What the only report asks for. */
function lacking(app: Stage): Allowed {
  const [report, ...others] = reportsOf(app);
  expect(others).toEqual([]);
  return allowedBy(report.json.policy.Statement);
}

function needed({ allowed, givesLogGroup }: Feature, isNew: boolean): Allowed {
  const denials = Object.keys(allowed).filter((key) => key.startsWith('Deny'));
  return { ...givesLogGroup ? {} : OWN_LOGS(isNew), ...Object.fromEntries(Object.entries(allowed).filter(([key]) => !denials.includes(key))) };
}

// Deprecated properties and new apps warn, as they should.
beforeAll(() => (['warn', 'error'] as const).forEach((method) => jest.spyOn(console, method).mockImplementation()));
afterAll(() => jest.restoreAllMocks());

describe('defaults', () => {
  test('the warning names function and role, and ends with statements to paste', () => {
    const { app } = orders();
    expect(warningsOf(app)).toEqual([
      `/Shop/Orders: 'role' of 'Shop/Orders' must allow what the function uses, got ${ARN}, which this app cannot change; `
      + 'attach these statements to it unless it has them (also in ShopOrdersA8B1F509.role-permissions.json of the cloud assembly): '
      + '[{"Action":["logs:CreateLogStream","logs:PutLogEvents"],"Effect":"Allow","Resource":"${OrdersLogGroupE26395F1.Arn}"}] '
      + '[RoleLacksPermissions] [ack: cdk-event-functions:RoleLacksPermissions]',
    ]);
  });

  test('the file has the whole policy', () => {
    expect(reportsOf(orders().app)).toEqual([{
      file: 'ShopOrdersA8B1F509.role-permissions.json',
      json: {
        function: 'Shop/Orders',
        role: ARN,
        policy: {
          Version: '2012-10-17',
          Statement: [{ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Effect: 'Allow', Resource: '${OrdersLogGroupE26395F1.Arn}' }],
        },
      },
    }]);
  });

  test('the role itself is handed on as it is', () => {
    const { stack, fn } = orders();
    expect(only(stack, 'AWS::Lambda::Function').Properties.Role).toBe(ARN);
    expect(fn.role?.roleArn).toBe(ARN);
    expect(fn.role?.roleName).toBe('theirs');
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
  });
});

describe.each(CONTEXTS)('permissions %s', (_, context, isNew) => {
  test.each(Object.entries(FEATURES))('all that the function needs is said: %s', (__, feature) => {
    const { app, stack } = orders({ ...feature, context });
    expect(lacking(app)).toEqual(needed(feature, isNew));
    expect(warningsOf(app)).toHaveLength(1);
    expect(circle(resourcesOf(stack))).toBeUndefined();
  });

  test.each(Object.entries(FEATURES))('pasted, nothing is lacking: %s', (__, feature) => {
    const [report] = reportsOf(orders({ ...feature, role: frozen, context }).app);
    expect(allowedBy(report.json.policy.Statement)).toEqual(needed(feature, isNew));
    const { app } = orders({ ...feature, context, role: (stack) => pasted(stack, report.json.policy.Statement) });
    expect(findingsIn(app)).toEqual([]);
    expect(reportsOf(app)).toEqual([]);
    expect(warningsOf(app)).toEqual([]);
  });

  test.each(Object.entries(READ_ONLY))('of any role that cannot be changed: %s', (__, role) => {
    const { app } = orders({ ...FEATURES['an encrypted dead-letter queue'], role, context });
    expect(lacking(app)).toEqual(needed(FEATURES['an encrypted dead-letter queue'], isNew));
    expect(warningsOf(app)).toHaveLength(1);
  });

  test.each(Object.entries(CHANGEABLE))('a role that may be changed lacks nothing: %s', (__, role) => {
    const { app } = orders({ role, context, props: () => ({ tracing: lambda.Tracing.ACTIVE }), use: (fn, stack) => new s3.Bucket(stack, 'Bucket').grantRead(fn) });
    expect(reportsOf(app)).toEqual([]);
    expect(warningsOf(app)).toEqual([]);
    expect(findingsIn(app)).toEqual([]);
  });
});

/** A frozen role with the statements of a report in an inline policy, as people paste them into a template. */
function pasted(stack: Stack, statements: readonly any[]): iam.IRole {
  const role = new iam.Role(stack, 'Mine', { assumedBy: LAMBDA });
  const substituted = JSON.parse(JSON.stringify(statements), (_, json) => typeof json === 'string' && json.includes('${') ? Fn.sub(json) : json);
  if (statements.length > 0) {
    (role.node.defaultChild as iam.CfnRole).policies = [{ policyName: 'Pasted', policyDocument: { Version: '2012-10-17', Statement: substituted } }];
  }
  return role.withoutPolicyUpdates();
}

describe('mapping', () => {
  const get = (name: string) => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${name}/*`] });
  const ASKED = { 'Allow arn:aws:s3:::inbox/*': 's3:GetObject' };
  const LOGS = OWN_LOGS(false);

  test.each<[string, (fn: EventFunction, stack: Stack) => unknown]>([
    ['addToRolePolicy', (fn) => fn.addToRolePolicy(get('inbox'))],
    ['the function itself', (fn) => fn.function.addToRolePolicy(get('inbox'))],
    ['addToPrincipalPolicy of the role', (fn) => fn.role?.addToPrincipalPolicy(get('inbox'))],
    ['addToPolicy of the role', (fn) => (fn.role as iam.Role).addToPolicy(get('inbox'))],
    ['a grant', (fn) => iam.Grant.addToPrincipal({ grantee: fn, actions: ['s3:GetObject'], resourceArns: ['arn:aws:s3:::inbox/*'] })],
    ['a policy that is attached', (fn, stack) => fn.role?.attachInlinePolicy(new iam.Policy(stack, 'Policy', { statements: [get('inbox')] }))],
    ['an aspect', (fn) => Aspects.of(fn).add({ visit: (node) => node === fn && fn.addToRolePolicy(get('inbox')) })],
  ])('what is asked for by %s is said', (__, use) => {
    expect(lacking(orders({ use }).app)).toEqual({ ...LOGS, ...ASKED });
  });

  test('a policy that gets its statements after it was attached is said as it is in the end', () => {
    const { app } = orders({
      use: (fn, stack) => {
        const policy = new iam.Policy(stack, 'Policy');
        fn.role?.attachInlinePolicy(policy);
        policy.addStatements(get('inbox'));
      },
    });
    expect(lacking(app)).toEqual({ ...LOGS, ...ASKED });
  });

  test('a statement that is finished after its policy was attached, too', () => {
    for (const role of [read, (stack: Stack) => new ExecutionRole(stack, 'Mine')]) {
      const { app, stack } = orders({
        role,
        use: (fn, scope) => {
          const statement = new iam.PolicyStatement();
          fn.role?.attachInlinePolicy(new iam.Policy(scope, 'Policy', { statements: [statement] }));
          statement.addActions('s3:GetObject');
          statement.addResources('arn:aws:s3:::inbox/*');
        },
      });
      expect(role === read ? lacking(app) : allowedIn(stack)).toEqual({ ...LOGS, ...ASKED });
    }
  });

  test('what a statement excepts is said as it is', () => {
    const statements = [new iam.PolicyStatement({ sid: 'Most', notActions: ['iam:*'], notResources: ['arn:aws:s3:::secret'] })];
    const { app } = orders({ use: (fn, stack) => fn.role?.attachInlinePolicy(new iam.Policy(stack, 'Policy', { statements })) });
    expect(reportsOf(app)[0].json.policy.Statement[1]).toEqual({ Sid: 'Most', Effect: 'Allow', NotAction: 'iam:*', NotResource: 'arn:aws:s3:::secret' });
  });

  test('a feature flag makes policies of statements: they are said, too', () => {
    const context = { '@aws-cdk/aws-lambda:createNewPoliciesWithAddToRolePolicy': true };
    const { app, stack } = orders({ context, props: () => ({ tracing: lambda.Tracing.ACTIVE }), use: (fn) => fn.addToRolePolicy(get('inbox')) });
    expect(lacking(app)).toEqual({ ...LOGS, ...ASKED, ...FEATURES.tracing.allowed });
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('a policy that names the role, as the CDK takes it even for roles that cannot be changed, is no lack', () => {
    const { app, stack } = orders({ use: (fn, scope) => new iam.Policy(scope, 'Policy', { statements: [get('inbox')], roles: [fn.role!] }) });
    expect(only(stack, 'AWS::IAM::Policy').Properties.Roles).toEqual(['theirs']);
    expect(lacking(app)).toEqual(LOGS);
  });

  test('a managed policy is named by its ARN', () => {
    const { app } = orders({ use: (fn) => fn.role?.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess')) });
    const [{ json }] = reportsOf(app);
    expect(json.managedPolicyArns).toEqual(['arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess']);
    expect(warningsOf(app)[0]).toContain('and the managed policies arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess [RoleLacksPermissions]');
  });

  test('only a managed policy is lacking', () => {
    const { app } = orders({
      role: (stack) => pasted(stack, [{ Effect: 'Allow', Action: 'logs:*', Resource: '*' }]),
      use: (fn) => fn.role?.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess')),
    });
    expect(reportsOf(app)[0].json).toMatchObject({ policy: { Version: '2012-10-17', Statement: [] }, managedPolicyArns: [expect.stringContaining('ReadOnlyAccess')] });
  });

  test('what is asked for twice is said once', () => {
    const { app } = orders({ use: (fn) => [1, 2].forEach(() => fn.addToRolePolicy(get('inbox'))) });
    expect(reportsOf(app)[0].json.policy.Statement).toHaveLength(2);
  });

  test('the code that deploys it and other L2 constructs find a role', () => {
    const { stack, app } = orders({
      use: (fn, scope) => {
        new codedeploy.LambdaDeploymentGroup(scope, 'Group', { alias: fn.alias });
        fn.role?.grantPassRole(new iam.User(scope, 'Deployer'));
        fn.role?.grantAssumeRole(new iam.Role(scope, 'Admin', { assumedBy: new iam.AccountRootPrincipal() }));
        fn.role?.grant(new iam.User(scope, 'Reader'), 'iam:GetRole');
        new CfnOutput(scope, 'Role', { value: fn.role!.roleRef.roleName });
      },
    });
    const granted = Object.values(resourcesOf(stack)).filter(({ Type }) => Type === 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(granted.map(({ Action, Resource }) => [Action, Resource]).sort()).toEqual([['iam:GetRole', ARN], ['iam:PassRole', ARN], ['sts:AssumeRole', ARN]]);
    expect(lacking(app)).toEqual(LOGS);
  });

  test('a policy of a resource names the role, as without us', () => {
    const { stack } = orders({ use: (fn, scope) => new kms.Key(scope, 'Key').grantDecrypt(fn) });
    const { KeyPolicy } = only(stack, 'AWS::KMS::Key').Properties;
    expect(JSON.stringify(KeyPolicy)).toContain(ARN);
  });

  test('what waits for a frozen role waits for its policies, as with lambda.Function', () => {
    const vpc = (stack: Stack) => new ec2.Vpc(stack, 'Vpc', { natGateways: 1 });
    const role = (stack: Stack) => {
      const one = new iam.Role(stack, 'Mine', { assumedBy: LAMBDA });
      one.addToPolicy(get('inbox'));
      return one.withoutPolicyUpdates();
    };
    const plain = stackWith();
    new lambda.Function(plain, 'Orders', { ...MINIMAL, vpc: vpc(plain), role: role(plain) });
    const ours = orders({ role, props: (stack) => ({ vpc: vpc(stack) }) }).stack;
    expect(resourcesOf(ours).OrdersA9B65338.DependsOn).toEqual(resourcesOf(plain).OrdersA9B65338.DependsOn);
    expect(resourcesOf(ours).OrdersA9B65338.DependsOn).toContain('MineDefaultPolicy' + Object.keys(resourcesOf(ours)).find((id) => id.startsWith('MineDefaultPolicy'))!.slice(-8));
  });
});

describe('what the app knows of the role', () => {
  const bucketArn = 'arn:aws:s3:::inbox';
  const use = (fn: EventFunction, stack: Stack) => s3.Bucket.fromBucketArn(stack, 'Inbox', bucketArn).grantRead(fn);
  const LOGS_ALLOWED = new iam.PolicyStatement({ actions: ['logs:CreateLog*', 'logs:PutLogEvents'], resources: ['*'] });
  const READ_ALLOWED = new iam.PolicyStatement({ actions: ['s3:Get*', 's3:List*'], resources: [bucketArn, `${bucketArn}/*`] });
  const app = (stack: Stack, props: Partial<iam.RoleProps> = {}) => new iam.Role(stack, 'Mine', { assumedBy: LAMBDA, ...props });
  const document = (...statements: iam.PolicyStatement[]) => new iam.PolicyDocument({ statements });

  test.each<[string, (stack: Stack) => iam.IRole]>([
    ['in its default policy', (stack) => {
      const role = app(stack);
      [LOGS_ALLOWED, READ_ALLOWED].forEach((statement) => role.addToPolicy(statement));
      return role.withoutPolicyUpdates();
    }],
    ['in itself', (stack) => app(stack, { inlinePolicies: { Logs: document(LOGS_ALLOWED), Read: document(READ_ALLOWED) } }).withoutPolicyUpdates()],
    ['in AWS managed policies that we know', (stack) => app(stack, { managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole')], inlinePolicies: { Read: document(READ_ALLOWED) } }).withoutPolicyUpdates()],
    ['in managed policies of the app', (stack) => app(stack, { managedPolicies: [new iam.ManagedPolicy(stack, 'All', { statements: [LOGS_ALLOWED, READ_ALLOWED] })] }).withoutPolicyUpdates()],
    ['in a policy that names it', (stack) => {
      const role = app(stack);
      new iam.Policy(stack, 'All', { statements: [LOGS_ALLOWED, READ_ALLOWED], roles: [role] });
      return role.withoutPolicyUpdates();
    }],
    ['in a policy of CloudFormation that names it', (stack) => {
      const role = app(stack);
      new iam.CfnRolePolicy(stack, 'All', { policyName: 'All', roleName: role.roleName, policyDocument: document(LOGS_ALLOWED, READ_ALLOWED) });
      return role.withoutPolicyUpdates();
    }],
    ['in a managed policy that names it, imported', (stack) => {
      const role = read(stack);
      new iam.ManagedPolicy(stack, 'All', { statements: [LOGS_ALLOWED, READ_ALLOWED], roles: [role] });
      return role;
    }],
    ['in a policy of another stack', (stack) => {
      const role = read(stack);
      new iam.ManagedPolicy(new Stack(appOf(stack), 'Platform'), 'All', { statements: [LOGS_ALLOWED, READ_ALLOWED], roles: [role] });
      return role;
    }],
  ])('what it has %s is no lack', (_, role) => {
    const { app: root } = orders({ role, use });
    expect(reportsOf(root)).toEqual([]);
    expect(warningsOf(root)).toEqual([]);
    expect(findingsIn(root)).toEqual([]);
  });

  test.each<[string, iam.PolicyStatement]>([
    ['on something else', new iam.PolicyStatement({ actions: ['s3:*'], resources: [`${bucketArn}-other`, `${bucketArn}-other/*`] })],
    ['something less', new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })],
    ['under a condition', new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'], conditions: { StringEquals: { 'aws:PrincipalTag/team': 'orders' } } })],
    ['all but something', new iam.PolicyStatement({ notActions: ['iam:*'], resources: ['*'] })],
    ['nothing: it is denied', new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['s3:*'], resources: ['*'] })],
  ])('a role that is allowed %s is said to lack the rest', (_, statement) => {
    const role = (stack: Stack) => app(stack, { inlinePolicies: { Own: document(statement, LOGS_ALLOWED) } }).withoutPolicyUpdates();
    const { app: root } = orders({ use, role });
    expect(lacking(root)).toEqual(Object.fromEntries([bucketArn, `${bucketArn}/*`].map((arn) => [`Allow ${arn}`, 's3:GetBucket* s3:GetObject* s3:List*'])));
  });

  test('a managed policy that it has is no lack', () => {
    const policy = iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3ReadOnlyAccess');
    const { app: root } = orders({
      role: (stack) => app(stack, { managedPolicies: [policy], inlinePolicies: { Own: document(LOGS_ALLOWED) } }).withoutPolicyUpdates(),
      use: (fn) => fn.role?.addManagedPolicy(policy),
    });
    expect(reportsOf(root)).toEqual([]);
  });

  const grants = (fn: EventFunction, stack: Stack) => {
    new s3.Bucket(stack, 'Bucket').grantRead(fn);
    new sqs.Queue(stack, 'Queue').grantSendMessages(fn);
  };

  test.each<[string, (stack: Stack) => iam.IRole, boolean]>([
    ['imported', READ_ONLY['imported, with grants to resources'], true],
    ['of the app, frozen', READ_ONLY['of the app, frozen, with grants to resources'], false],
  ])('what lets a role in needs nothing of the role: %s', (_, role, isFixed) => {
    const stack = stackWith(QUIET, isFixed ? { env: { account: '123456789012', region: 'eu-west-1' } } : {});
    const { app: root } = orders({ role, use: grants }, stack);
    expect(Object.values(resourcesOf(stack)).map(({ Type }) => Type)).toEqual(expect.arrayContaining(['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy']));
    expect(Object.keys(lacking(root))).toEqual([expect.stringContaining('LogGroup')]);
  });

  test('what one bucket allows on everything is about that bucket', () => {
    const stack = stackWith(QUIET, { env: { account: '123456789012', region: 'eu-west-1' } });
    const { app: root } = orders({
      use: (fn, scope) => {
        const principals = [new iam.ArnPrincipal(ARN)];
        new s3.Bucket(scope, 'Other').addToResourcePolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'], principals }));
        new s3.Bucket(scope, 'Bucket').grantRead(fn);
      },
    }, stack);
    expect(Object.keys(lacking(root))).toEqual(expect.arrayContaining(['Allow ${Bucket.Arn}', 'Allow ${Bucket.Arn}/*']));
  });

  test('of a role that may be of another account, it is needed from both sides', () => {
    const { app: root } = orders({ use: grants });
    expect(Object.keys(lacking(root))).toEqual(expect.arrayContaining(['Allow ${Bucket.Arn}', 'Allow ${Queue.Arn}']));
  });

  test('a role of the same name in another account is another role', () => {
    const root = new App({ context: QUIET });
    for (const account of ['123456789012', '210987654321']) {
      const stack = new Stack(root, `Shop${account}`, { env: { account, region: 'eu-west-1' } });
      const role = iam.Role.fromRoleName(stack, 'Mine', 'theirs', { mutable: false });
      if (account === '123456789012') new iam.ManagedPolicy(stack, 'All', { statements: [LOGS_ALLOWED], roles: [role] });
      new EventFunction(stack, 'Orders', { ...MINIMAL, role });
    }
    expect(reportsOf(root).map(({ json }) => json.function)).toEqual(['Shop210987654321/Orders']);
  });
});

describe('acknowledging', () => {
  const ID = 'cdk-event-functions:RoleLacksPermissions';

  test.each<[string, (fn: EventFunction) => void]>([
    ['Annotations', (fn) => Annotations.of(fn).acknowledgeWarning(ID)],
    ['Annotations of the stack', (fn) => Annotations.of(Stack.of(fn)).acknowledgeWarning(ID, 'the platform team takes care of it')],
    ['Validations', (fn) => Validations.of(fn).acknowledge({ id: ID, reason: 'the platform team takes care of it' })],
    ['Validations, by the id that the CDK prints', (fn) => Validations.of(fn).acknowledge({ id: `Annotation::${ID}`, reason: 'the platform team takes care of it' })],
  ])('by %s silences the warning; the file stays', (_, acknowledge) => {
    const { app } = orders({ use: acknowledge });
    expect(warningsOf(app)).toEqual([]);
    expect(reportsOf(app)).toHaveLength(1);
  });

  test('for one function leaves the warning of another', () => {
    const { app, stack, fn } = orders();
    new EventFunction(stack, 'Returns', { ...MINIMAL, role: iam.Role.fromRoleArn(stack, 'Other', ARN, { mutable: false }) });
    Annotations.of(fn).acknowledgeWarning(ID);
    expect(warningsOf(app)).toEqual([expect.stringMatching(/^\/Shop\/Returns: /)]);
  });

  test('a warning stays one, however often the app is synthesized', () => {
    const { app } = orders();
    app.synth();
    app.synth({ force: true });
    expect(warningsOf(app)).toHaveLength(1);
  });

  test('a file is gone when nothing is lacking any more', () => {
    const { app, stack, fn } = orders();
    expect(reportsOf(app)).toHaveLength(1);
    new iam.Policy(stack, 'Logs', { statements: [new iam.PolicyStatement({ actions: ['logs:*'], resources: ['*'] })], roles: [fn.role!] });
    app.synth({ force: true });
    expect(reportsOf(app)).toEqual([]);
  });

  test('is found in the report of a new app', () => {
    const { app } = orders({ context: NEW_APP });
    const report = JSON.parse(fs.readFileSync(path.join(app.synth().directory, 'validation-report.json'), 'utf8'));
    expect(report.pluginReports.flatMap(({ violations }: any) => violations)).toEqual([
      expect.objectContaining({ ruleName: `Annotation::${ID}`, severity: 'warning', violatingConstructs: [expect.objectContaining({ constructPath: 'Shop/Orders' })] }),
    ]);
  });

  test('the file is written without validation, too', () => {
    const { app } = orders();
    app.synth({ skipValidation: true });
    expect(reportsOf(app)).toHaveLength(1);
    expect(warningsOf(app)).toEqual([]);
  });
});

describe('validation', () => {
  test('fails if any role may be passed on, although nothing is added to the role', () => {
    const pass = () => new iam.PolicyStatement({ actions: ['iam:PassRole'], resources: ['*'] });
    const message = "'resources' must be the ARNs of the roles that may be handed on, for 'iam:PassRole', got \"*\"";
    expect(() => orders({ use: (fn) => fn.addToRolePolicy(pass()) })).toThrow(message);
    expect(() => orders({ use: (fn) => fn.role?.addToPrincipalPolicy(pass()) })).toThrow(`${message}; use grantPassRole() of the role in question: it names the role and the service [PassRoleOnEverything at Shop/Orders/GivenRole]`);
    expect(() => orders({ use: (fn, stack) => fn.role?.attachInlinePolicy(new iam.Policy(stack, 'Policy', { statements: [pass()] })) })).toThrow(message);
  });
});

describe('tokens', () => {
  test('are spelled out as in Fn::Sub', () => {
    const { app } = orders({
      use: (fn) => fn.addToRolePolicy(new iam.PolicyStatement({
        actions: ['s3:GetObject'],
        resources: [
          `arn:${Aws.PARTITION}:s3:::inbox-${Aws.ACCOUNT_ID}/*`,
          Fn.sub('arn:aws:s3:::${AWS::StackName}'),
          Fn.importValue('bucket'),
          Fn.join('/', ['arn:aws:s3:::inbox', Aws.REGION]),
          Fn.getAtt('Bucket', 'Arn').toString(),
          Fn.select(1, Fn.split('/', Aws.STACK_ID)),
        ],
      })),
    });
    expect(reportsOf(app)[0].json.policy.Statement[1].Resource.sort()).toEqual([
      '${Bucket.Arn}',
      '${ImportValue "bucket"}',
      '${Select [1,{"Fn::Split":["/",{"Ref":"AWS::StackId"}]}]}',
      'arn:${AWS::Partition}:s3:::inbox-${AWS::AccountId}/*',
      'arn:aws:s3:::${AWS::StackName}',
      'arn:aws:s3:::inbox/${AWS::Region}',
    ].sort());
  });

  test('an ARN that the deployment decides is the name of the role', () => {
    const { app } = orders({ role: (stack) => iam.Role.fromRoleArn(stack, 'Mine', Fn.importValue('role'), { mutable: false }) });
    expect(reportsOf(app)[0].json.role).toBe('${ImportValue "role"}');
    expect(lacking(app)).toEqual(OWN_LOGS(false));
  });
});

describe('imports', () => {
  const env = { account: '123456789012', region: 'eu-west-1' };

  test('a role of another account is told apart: it cannot be passed to Lambda', () => {
    const stack = stackWith(QUIET, { env });
    const { app } = orders({ role: () => iam.Role.fromRoleArn(stack, 'Mine', 'arn:aws:iam::210987654321:role/theirs') }, stack);
    const note = 'the role is in account 210987654321 and the function in 123456789012: a role can be passed to Lambda within its own account only';
    expect(reportsOf(app)[0].json).toMatchObject({ role: 'arn:aws:iam::210987654321:role/theirs', note });
    expect(warningsOf(app)[0]).toContain(`(${note}) [RoleLacksPermissions]`);
  });

  test('also if it could be changed in its own stack', () => {
    const app = new App({ context: QUIET });
    const theirs = new Stack(app, 'Platform', { env: { ...env, account: '210987654321' } });
    const role = iam.Role.fromRoleArn(theirs, 'Mine', 'arn:aws:iam::210987654321:role/theirs');
    new EventFunction(new Stack(app, 'Shop', { env }), 'Orders', { ...MINIMAL, functionName: 'orders', role });
    expect(reportsOf(app)[0].json.note).toContain('a role can be passed to Lambda within its own account only');
    Template.fromStack(theirs).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('a role of the same account is not', () => {
    const { app } = orders({}, stackWith(QUIET, { env }));
    expect(reportsOf(app)[0].json).not.toHaveProperty('note');
    expect(warningsOf(app)[0]).not.toContain('within its own account');
  });
});

describe('cross-stack', () => {
  test('a read-only role of another stack lacks the same', () => {
    const app = new App({ context: QUIET });
    const role = frozen(new Stack(app, 'Platform'));
    const { stack } = orders({ role: () => role, use: (fn, scope) => new s3.Bucket(scope, 'Bucket').grantRead(fn) }, new Stack(app, 'Shop'));
    expect(lacking(app)).toEqual({ ...OWN_LOGS(false), ...FEATURES['grants after it was made'].allowed });
    expect(reportsOf(app)[0].json.role).toMatch(/^\$\{Platform\/Mine\w{8}\.Arn\}$/);
    expect(JSON.stringify(only(stack, 'AWS::Lambda::Function').Properties.Role)).toContain('Fn::ImportValue');
  });

  test('what another stack has is named with the stack', () => {
    const app = new App({ context: QUIET });
    const bucket = new s3.Bucket(new Stack(app, 'Platform'), 'Bucket');
    orders({ use: (fn) => bucket.grantRead(fn) }, new Stack(app, 'Shop'));
    expect(Object.keys(lacking(app)).filter((key) => key.includes('Platform')).map((key) => key.replace(/\w{8}\./, '.')))
      .toEqual(['Allow ${Platform/Bucket.Arn}', 'Allow ${Platform/Bucket.Arn}/*']);
  });

  test('a frozen role that its own stack allows something there does not lack it', () => {
    const app = new App({ context: QUIET });
    const platform = new Stack(app, 'Platform');
    const bucket = new s3.Bucket(platform, 'Bucket');
    const role = new iam.Role(platform, 'Mine', { assumedBy: LAMBDA });
    bucket.grantRead(role);
    orders({ role: () => role.withoutPolicyUpdates(), use: (fn) => bucket.grantRead(fn) }, new Stack(app, 'Shop'));
    expect(lacking(app)).toEqual(OWN_LOGS(false));
  });

  test('functions of several stacks, stages and nested stacks have a file each, in the assembly of their stage', () => {
    const app = new App({ context: QUIET });
    const prod = new Stage(app, 'Prod');
    const shop = new Stack(app, 'Shop');
    for (const scope of [shop, new NestedStack(shop, 'Nested'), new Stack(prod, 'Shop'), new Stack(new Stage(prod, 'Eu'), 'Shop')]) orders({}, scope);
    const files = reportsOf(app);
    expect(files.map(({ file, json }) => [file.replace(/\w{8}\.role/, '.role'), json.function])).toEqual([
      ['ShopNestedOrders.role-permissions.json', 'Shop/Nested/Orders'],
      ['ShopOrders.role-permissions.json', 'Shop/Orders'],
      ['assembly-Prod/ProdShopOrders.role-permissions.json', 'Prod/Shop/Orders'],
      ['assembly-Prod/assembly-Prod-Eu/ProdEuShopOrders.role-permissions.json', 'Prod/Eu/Shop/Orders'],
    ]);
    expect(warningsOf(app)).toHaveLength(4);
  });
});

describe('ids', () => {
  test('two functions with one role have two files', () => {
    const { app, stack, fn } = orders();
    const role = iam.Role.fromRoleArn(stack, 'Same', ARN, { mutable: false });
    const returns = new EventFunction(stack, 'Returns', { ...MINIMAL, role, tracing: lambda.Tracing.ACTIVE });
    expect(reportsOf(app).map(({ json }) => [json.function, Object.keys(allowedBy(json.policy.Statement))])).toEqual([
      [fn.node.path, ['Allow ${OrdersLogGroup.Arn}']],
      [returns.node.path, ['Allow ${ReturnsLogGroup.Arn}', 'Allow *']],
    ]);
  });

  test('two functions that are handed the same object, too', () => {
    const { app, stack } = orders({ role: frozen });
    const role = (stack.node.findChild('Mine') as iam.Role).withoutPolicyUpdates();
    new EventFunction(stack, 'Returns', { ...MINIMAL, role });
    expect(reportsOf(app)).toHaveLength(2);
  });

  test('a path of any length has a file that can be written', () => {
    const stack = stackWith(QUIET);
    const ids = Array.from({ length: 10 }, (_, index) => `${'x'.repeat(60)}${index}`);
    const deep = ids.reduce((scope, id) => new (class extends Stack {})(scope, id, { stackName: id }), stack as Stack);
    const { app } = orders({}, deep);
    expect(reportsOf(app)).toHaveLength(1);
    expect(reportsOf(app)[0].file.length).toBeLessThan(255);
  });

  test('nothing is added to the template', () => {
    const ids = Object.keys(resourcesOf(orders({ props: () => ({ restrictRoleToFunction: true }) }).stack));
    expect(ids.map((id) => id.replace(/[0-9a-f]{32}$/, '')).sort()).toEqual(['OrdersA9B65338', 'OrdersAliasliveD9288011', 'OrdersCurrentVersion7BCF01FD', 'OrdersLogGroupE26395F1']);
  });
});

describe('the property that tells such roles apart', () => {
  // If a new aws-cdk-lib loses it, roles that cannot be changed are no longer known: see isReadOnly().
  test.each(Object.entries(READ_ONLY))('is there: %s', (_, role) => {
    expect('addGrantsToResources' in role(stackWith())).toBe(true);
  });

  test.each(Object.entries(CHANGEABLE))('is not there: %s', (_, role) => {
    expect('addGrantsToResources' in (role(stackWith()) ?? {})).toBe(false);
  });
});
