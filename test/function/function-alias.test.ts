import { App, CfnParameter, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from './functions';
import { EventFunction, EventFunctionProps, FunctionAlias, InvocationKind, ProvisionedConcurrency, PullSource, PushSource, ResourcePolicyMode } from '../../src';
import { said } from '../permissions/said';
import { allowedBy } from '../role/allowed';
import { reportsOf } from '../role/reports';

const { PERMISSIONS, DOCUMENT } = ResourcePolicyMode;
const PARTNER = new iam.AccountPrincipal('111122223333');

function orders(props: Partial<EventFunctionProps> = {}, context: Record<string, unknown> = NO_FLAGS) {
  const stack = stackWith(context);
  return { stack, fn: new EventFunction(stack, 'Orders', { ...MINIMAL, ...props }) };
}

/** Aliases of a template by their names: their logical ids and properties. */
function aliasesOf(stack: Stack) {
  const aliases = Object.entries(resourcesOf(stack)).filter(([, { Type }]) => Type === 'AWS::Lambda::Alias');
  return Object.fromEntries(aliases.map(([logicalId, { Properties }]) => [Properties.Name as string, { logicalId, ...Properties }]));
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack)).filter(({ Type }) => Type === type);
const pinned = (fn: EventFunction, version = '7') => lambda.Version.fromVersionAttributes(fn, `V${version}`, { lambda: fn.function, version });

beforeAll(() => jest.spyOn(console, 'error').mockImplementation());
afterAll(() => jest.restoreAllMocks());

describe('defaults', () => {
  test('an alias of the current version, with nothing else', () => {
    const [plain, { stack, fn }] = [orders(), orders()];
    const canary = fn.addAlias('canary');
    expect(canary).toBeInstanceOf(FunctionAlias);
    expect(canary.version).toBe(fn.currentVersion);
    expect(canary.role).toBe(fn.role);
    const { live, canary: alias } = aliasesOf(stack);
    expect(alias.FunctionVersion).toEqual(live.FunctionVersion);
    expect(Object.keys(resourcesOf(stack)).filter((id) => !(id in resourcesOf(plain.stack)))).toEqual([alias.logicalId]);
  });

  test('the live alias is one, with the resource policy of the function', () => {
    const { fn } = orders();
    expect(fn.alias).toBeInstanceOf(FunctionAlias);
    expect(fn.alias.resourcePolicy).toBe(fn.resourcePolicy);
    expect(fn.addAlias('live')).toBe(fn.alias);
    expect(fn.addAlias('canary').resourcePolicy.mode).toBe(PERMISSIONS);
  });

  test('the ids are those that the CDK gives', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Orders', MINIMAL).addAlias('canary');
    const { stack: ours, fn } = orders();
    fn.addAlias('canary');
    expect(aliasesOf(ours).canary.logicalId).toBe(aliasesOf(stack).canary.logicalId);
    expect(aliasesOf(ours).canary.logicalId).toBe('OrdersAliascanary72355B5F');
  });
});

describe('mapping', () => {
  test('the options of the CDK', () => {
    const { stack, fn } = orders();
    const { latestVersion } = fn;
    fn.addAlias('canary', { description: 'a tenth of the traffic', version: pinned(fn), additionalVersions: [{ version: fn.currentVersion, weight: 0.1 }] });
    fn.addAlias('dev', { version: latestVersion });
    const { canary, dev } = aliasesOf(stack);
    expect(canary).toMatchObject({ Description: 'a tenth of the traffic', FunctionVersion: '7', RoutingConfig: { AdditionalVersionWeights: [{ FunctionWeight: 0.1 }] } });
    expect(dev.FunctionVersion).toBe('$LATEST');
  });

  test('each alias has its own asynchronous settings, and the role may send to all destinations', () => {
    const { stack, fn } = orders({ retryAttempts: 0 });
    fn.addAlias('canary', { maxEventAge: Duration.minutes(5), onFailure: new SqsDestination(new sqs.Queue(stack, 'One')) });
    fn.addAlias('tenant').configureAsyncInvoke({ onFailure: new SqsDestination(new sqs.Queue(stack, 'Two')) });
    const settings = ofType(stack, 'AWS::Lambda::EventInvokeConfig').map(({ Properties }) => Properties);
    expect(settings).toHaveLength(3);
    expect(new Set(settings.map(({ Qualifier }) => JSON.stringify(Qualifier))).size).toBe(3);
    const allowed = allowedBy(only(stack, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement);
    expect(Object.keys(allowed).filter((key) => allowed[key].includes('sqs:SendMessage')).map((key) => key.slice(0, 11))).toEqual(['Allow ${One', 'Allow ${Two']);
  });

  test('each alias has its own URL, which waits for it', () => {
    const { stack, fn } = orders();
    fn.addFunctionUrl();
    fn.addAlias('canary').addFunctionUrl();
    // One that knows nothing of the alias but its name.
    new lambda.CfnUrl(stack, 'Raw', { authType: 'AWS_IAM', targetFunctionArn: fn.addAlias('raw').lambda.functionArn, qualifier: 'raw' });
    const aliases = aliasesOf(stack);
    const urls = ofType(stack, 'AWS::Lambda::Url').map(({ Properties, DependsOn }) => [Properties.Qualifier, DependsOn]);
    expect(urls).toEqual(expect.arrayContaining(['canary', 'live', 'raw'].map((name) => [name, expect.arrayContaining([aliases[name].logicalId])])));
  });

  test('a queue is polled for the alias, and the role may poll it', () => {
    const { stack, fn } = orders();
    const canary = fn.addAlias('canary');
    canary.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue')));
    PullSource.queue(new sqs.Queue(stack, 'Bound')).bind(canary);
    const { logicalId } = aliasesOf(stack).canary;
    const mappings = ofType(stack, 'AWS::Lambda::EventSourceMapping');
    expect(mappings).toHaveLength(2);
    for (const { Properties } of mappings) expect(JSON.stringify(Properties.FunctionName)).toContain(logicalId);
    const allowed = allowedBy(only(stack, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement);
    expect(Object.values(allowed).filter((actions) => actions.includes('sqs:ReceiveMessage'))).toHaveLength(2);
  });

  test('brokers in a VPC are reached as they are for the function', () => {
    const mapping: lambda.EventSourceMappingOptions = {
      kafkaBootstrapServers: ['broker:9092'], kafkaTopic: 'orders', sourceAccessConfigurations: [{ type: lambda.SourceAccessConfigurationType.VPC_SUBNET, uri: 'subnet:1' }],
    };
    const statements = (use: (fn: EventFunction) => lambda.IFunction) => {
      const { stack, fn } = orders();
      use(fn).addEventSourceMapping('Kafka', mapping);
      return only(stack, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement;
    };
    expect(statements((fn) => fn.addAlias('canary'))).toEqual(statements((fn) => fn));
    expect(statements((fn) => fn.alias)).toEqual(statements((fn) => fn));
  });

  test('metrics are those of the alias', () => {
    const { stack, fn } = orders();
    expect(stack.resolve(fn.addAlias('canary').metricErrors().dimensions).Resource['Fn::Join'][1][1]).toBe(':canary');
  });
});

describe.each([PERMISSIONS, DOCUMENT])('permissions in %s', (resourcePolicyMode) => {
  const wired = (context: Record<string, unknown> = NO_FLAGS) => {
    const made = orders({ resourcePolicyMode }, context);
    return { ...made, canary: made.fn.addAlias('canary', { resourcePolicyMode }) };
  };

  test('what is allowed for one alias is not for another', () => {
    const { stack, fn, canary } = wired();
    canary.resourcePolicy.allow('Partner', { principal: PARTNER });
    expect(fn.resourcePolicy.statements).toEqual([]);
    expect(canary.resourcePolicy.statements).toHaveLength(1);
    fn.resourcePolicy.allow('Partner', { principal: new iam.AccountPrincipal('444455556666') });
    const { live, canary: alias } = aliasesOf(stack);
    expect(said(stack).map(({ principal, on }) => [principal.slice(-12), on]).sort()).toEqual([
      ['111122223333', `\${${alias.logicalId}}`],
      ['444455556666', `\${${live.logicalId}}`],
    ].map(([account, on]) => [resourcePolicyMode === DOCUMENT ? expect.stringMatching(new RegExp(`${account}|:root`)) : account, on]));
  });

  test.each([['without feature flags', NO_FLAGS], ['in a new app', NEW_APP]])("the CDK's integrations write there, held to their source: %s", (_, context) => {
    const { stack, fn, canary } = wired(context);
    const rule = new events.Rule(stack, 'Rule', { schedule: events.Schedule.rate(Duration.days(1)) });
    rule.addTarget(new targets.LambdaFunction(canary));
    canary.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
    canary.grantInvoke(new iam.ServicePrincipal('config.amazonaws.com'));
    const { logicalId } = aliasesOf(stack).canary;
    const statements = said(stack).filter(({ on }) => on !== '*');
    expect(statements.map(({ principal, on, conditions }) => [principal, on, Object.keys(conditions).length > 0])).toEqual(
      expect.arrayContaining(['events', 's3', 'config'].map((service) => [`${service}.amazonaws.com`, `\${${logicalId}}`, true])));
    expect(statements).toHaveLength(3);
    expect(fn.resourcePolicy.statements).toEqual([]);
    expect(canary.resourcePolicy.estimatedBytes).toBeGreaterThan(300);
  });

  test('one rule for two aliases', () => {
    const { stack, fn, canary } = wired();
    const rule = new events.Rule(stack, 'Rule', { schedule: events.Schedule.rate(Duration.days(1)) });
    rule.addTarget(new targets.LambdaFunction(canary));
    rule.addTarget(new targets.LambdaFunction(fn));
    expect(new Set(said(stack).map(({ on }) => on)).size).toBe(2);
  });

  test('each policy is its own resource, below its alias', () => {
    const { stack, fn, canary } = wired();
    for (const { resourcePolicy } of [fn, canary]) resourcePolicy.allow('Partner', { principal: PARTNER });
    const type = resourcePolicyMode === DOCUMENT ? 'AWS::Lambda::ResourcePolicy' : 'AWS::Lambda::Permission';
    const ids = Object.entries(resourcesOf(stack)).filter(([, { Type }]) => Type === type).map(([id]) => id.slice(0, -8));
    expect(ids.sort()).toEqual(resourcePolicyMode === DOCUMENT ? ['OrdersAliascanaryResourcePolicy', 'OrdersResourcePolicy'] : ['OrdersAliascanaryPartner', 'OrdersPartner']);
  });

  test('paths are those of the alias', () => {
    const { stack, fn, canary } = wired();
    canary.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue')));
    canary.resourcePolicy.allow('Partner', { principal: PARTNER });
    canary.grantInvoke(new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() }));
    expect(canary.invocationPaths().map(({ kind, qualifier }) => [kind, qualifier])).toEqual(
      [InvocationKind.PUSH, InvocationKind.PULL, InvocationKind.IDENTITY].map((kind) => [kind, 'canary']));
    expect(fn.invocationPaths()).toEqual([]);
    fn.alias.addEventSource(new SqsEventSource(new sqs.Queue(stack, 'Live')));
    expect(fn.invocationPaths()).toEqual(fn.alias.invocationPaths());
    expect(fn.invocationPaths()).toHaveLength(1);
  });

  test('a deployer may write them', () => {
    const { fn, canary } = wired();
    const actions = () => fn.deployPermissions().flatMap((statement) => statement.actions);
    const action = resourcePolicyMode === DOCUMENT ? 'lambda:PutResourcePolicy' : 'lambda:AddPermission';
    expect(actions()).not.toContain(action);
    canary.resourcePolicy.allow('Partner', { principal: PARTNER, scope: new Stack(fn.node.root as App, 'Other') });
    expect(actions()).toContain(action);
  });
});

test('the modes of two aliases are independent; only a document denies', () => {
  const { stack, fn } = orders();
  const canary = fn.addAlias('canary', { resourcePolicyMode: DOCUMENT });
  canary.resourcePolicy.deny('Nobody', { principal: PARTNER });
  fn.resourcePolicy.allow('Partner', { principal: PARTNER });
  expect(ofType(stack, 'AWS::Lambda::ResourcePolicy')).toHaveLength(1);
  expect(ofType(stack, 'AWS::Lambda::Permission')).toHaveLength(1);
  expect(() => fn.addAlias('tenant').resourcePolicy.deny('Nobody', { principal: PARTNER })).toThrow('[DenyNeedsDocument at Shop/Orders/Default/Aliastenant]');
});

describe('validation', () => {
  test.each(['', '123', '$LATEST', 'a.b', 'x'.repeat(129)])('fails if the name is %j', (name) => {
    const { fn } = orders();
    expect(() => fn.addAlias(name)).toThrow(`got ${JSON.stringify(name)}; choose a name such as 'live' [AliasNameMalformed at Shop/Orders]`);
  });

  test('fails if there is an alias of that name', () => {
    const { fn } = orders();
    fn.addAlias('canary');
    fn.function.addAlias('plain');
    for (const name of ['canary', 'plain']) {
      expect(() => fn.addAlias(name, { retryAttempts: 1 }))
        .toThrow(`'aliasName' must be a name that no other alias of the function has, got "${name}"; use the alias that is there, or choose another name [AliasNameTaken at Shop/Orders]`);
    }
    expect(() => fn.addAlias('Canary')).not.toThrow();
  });

  test('fails if a function is wrapped that has the alias already', () => {
    const stack = stackWith();
    const theirs = new lambda.Function(stack, 'Theirs', MINIMAL);
    theirs.addAlias('live');
    expect(() => EventFunction.wrap(stack, 'Live', theirs)).toThrow('got "live"; use the alias that is there, or choose another name [AliasNameTaken at Shop/Live]');
    expect(EventFunction.wrap(stack, 'Prod', theirs, { aliasName: 'prod' }).aliasName).toBe('prod');
  });

  test('fails if two names come to be the same', () => {
    const { stack, fn } = orders();
    fn.addAlias('canary');
    fn.addAlias(Lazy.string({ produce: () => 'canary' }));
    expect(() => Template.fromStack(stack)).toThrow('[AliasNameTaken at Shop/Orders]');
  });

  test('fails if the live alias is asked for with options', () => {
    expect(() => orders().fn.addAlias('live', { resourcePolicyMode: DOCUMENT })).toThrow('LiveAliasHasItsOptions');
  });

  test('fails if the version is of another function', () => {
    const { stack, fn } = orders({ functionName: 'orders' });
    const other = new EventFunction(stack, 'Other', MINIMAL);
    for (const version of [other.currentVersion, other.latestVersion, pinned(other)]) {
      expect(() => fn.addAlias('canary', { version }))
        .toThrow("'version' must be a version of the function that the alias is for, got \"Shop/Other/Default\"; leave it out for the current version, or use lambda.Version.fromVersionAttributes(this, 'V7', { lambda: fn.function, version: '7' }) [VersionOfOtherFunction at Shop/Orders]");
    }
    const imported = (name: string) => lambda.Version.fromVersionArn(stack, name, `arn:aws:lambda:eu-west-1:123456789012:function:${name}:7`);
    expect(() => fn.addAlias('canary', { version: imported('other') })).toThrow('got "other"');
    expect(() => fn.addAlias('canary', { version: imported('orders') })).not.toThrow();
  });

  test('fails if function and live alias have asynchronous settings', () => {
    const { stack } = orders({ retryAttempts: 1, aliasOptions: { retryAttempts: 2 } });
    expect(() => Template.fromStack(stack)).toThrow("'configureAsyncInvoke()' must be called once for alias 'live', which the function stands for, got \"settings of the function and of the alias\"; drop those of the alias ('aliasOptions'), or those of the function [AsyncInvokeGivenTwice at Shop/Orders]");
    expect(() => Template.fromStack(orders({ aliasOptions: { retryAttempts: 2 } }).stack)).not.toThrow();
  });
});

describe('tokens', () => {
  test('names that are tokens have ids that tell them apart, whatever their order', () => {
    const made = (names: string[]) => {
      const { stack, fn } = orders();
      for (const name of ['One', 'Two']) new CfnParameter(stack, name);
      for (const name of names) fn.addAlias((stack.node.findChild(name) as CfnParameter).valueAsString);
      return Object.entries(resourcesOf(stack)).filter(([, { Type }]) => Type === 'AWS::Lambda::Alias').map(([id, { Properties }]) => [id, JSON.stringify(Properties.Name)]).sort();
    };
    expect(made(['One', 'Two'])).toEqual(made(['Two', 'One']));
    expect(made(['One', 'Two'])).toHaveLength(3);
    expect(() => made(['One', 'One'])).toThrow('got a token; use the alias that is there, or choose another name [AliasNameTaken at Shop/Orders]');
  });

  test('the live alias of a token name keeps its id', () => {
    const { stack, fn } = orders({ aliasName: Lazy.string({ produce: () => 'prod' }) });
    fn.addAlias('canary');
    expect(aliasesOf(stack).prod.logicalId).toMatch(/^OrdersAlias[0-9A-F]{8}$/);
  });
});

describe('imports', () => {
  test('an alias of a version that is known by its ARN is of this function, with its role', () => {
    const { stack, fn } = orders();
    const version = lambda.Version.fromVersionArn(stack, 'V7', 'arn:aws:lambda:eu-west-1:123456789012:function:orders:7');
    const old = fn.addAlias('old', { version });
    old.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue')));
    expect(aliasesOf(stack).old).toMatchObject({ FunctionName: { Ref: 'OrdersA9B65338' }, FunctionVersion: '7' });
    expect(old.role).toBe(fn.role);
    expect(JSON.stringify(ofType(stack, 'AWS::IAM::Policy'))).toContain('sqs:ReceiveMessage');
  });

  test('an imported role that cannot be changed is said to lack what a further alias takes', () => {
    const stack = stackWith({ 'cdk-event-functions:rules': false });
    const role = iam.Role.fromRoleArn(stack, 'Mine', 'arn:aws:iam::123456789012:role/theirs', { mutable: false });
    const fn = EventFunction.wrap(stack, 'Live', new lambda.Function(stack, 'Theirs', { ...MINIMAL, role }), { aliasOptions: { onFailure: new SqsDestination(new sqs.Queue(stack, 'Live-')) } });
    const canary = fn.addAlias('canary', { onFailure: new SqsDestination(new sqs.Queue(stack, 'Failed')) });
    canary.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue')));
    new s3.Bucket(stack, 'Bucket').grantRead(canary);
    const lacking = JSON.stringify(allowedBy(reportsOf(stack.node.root as App)[0].json.policy.Statement));
    for (const part of ['sqs:SendMessage', 'sqs:ReceiveMessage', 's3:GetObject', '${Failed', '${Live']) expect(lacking).toContain(part);
    expect(fn.version.version).toBe(fn.currentVersion.version);
  });
});

describe('cross-stack', () => {
  test('another stack refers to the alias, and a source of another stack permits itself there', () => {
    const app = new App();
    const [shop, other] = ['Shop', 'Other'].map((id) => new Stack(app, id));
    const canary = new EventFunction(shop, 'Orders', MINIMAL).addAlias('canary');
    new events.Rule(other, 'Rule', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new targets.LambdaFunction(canary)] });
    const { logicalId } = aliasesOf(shop).canary;
    expect(JSON.stringify(Template.fromStack(shop).toJSON().Outputs)).toContain(logicalId);
    expect(JSON.stringify(only(other, 'AWS::Events::Rule').Properties.Targets)).toContain(logicalId);
  });

  test('fails if a document would close a cycle', () => {
    const app = new App();
    const [shop, other] = ['Shop', 'Other'].map((id) => new Stack(app, id));
    const canary = new EventFunction(shop, 'Orders', MINIMAL).addAlias('canary', { resourcePolicyMode: DOCUMENT });
    expect(() => canary.addEventSource(PushSource.bucket(new s3.Bucket(other, 'Inbox')))).toThrow('[DocumentWouldCloseCycle at Shop/Orders/Default/Aliascanary]');
  });
});

describe('a change of the code', () => {
  const make = (code: string) => {
    const { stack, fn } = orders({ code: lambda.Code.fromInline(code) });
    fn.addAlias('canary', { provisionedConcurrency: ProvisionedConcurrency.targetTracking({ max: 3 }), retryAttempts: 1 })
      .addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue')));
    fn.addAlias('previous', { version: pinned(fn) }).addFunctionUrl().grantInvokeUrl(PARTNER);
    fn.addAlias('dev', { version: fn.latestVersion, resourcePolicyMode: DOCUMENT }).resourcePolicy.allow('Partner', { principal: PARTNER });
    return resourcesOf(stack);
  };
  const [before, after] = ['exports.handler = async () => 1;', 'exports.handler = async () => 2;'].map(make);
  const versions = (template: typeof before) => Object.keys(template).filter((id) => template[id].Type === 'AWS::Lambda::Version');

  test('moves the aliases of the current version, and nothing else', () => {
    expect(versions(before)).toHaveLength(1);
    expect(versions(after)).not.toEqual(versions(before));
    const same = Object.keys(before).filter((id) => !versions(before).includes(id));
    expect(Object.keys(after).filter((id) => !versions(after).includes(id)).sort()).toEqual(same.sort());
    const changed = same.filter((id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]));
    expect(changed.sort()).toEqual(['OrdersA9B65338', 'OrdersAliascanary72355B5F', 'OrdersAliasliveD9288011']);
    for (const id of ['OrdersAliascanary72355B5F', 'OrdersAliasliveD9288011']) {
      const { FunctionVersion: was, ...rest } = before[id].Properties;
      const { FunctionVersion: is, ...others } = after[id].Properties;
      expect(rest).toEqual(others);
      expect([was, is].map((version) => version['Fn::GetAtt'][0])).toEqual([versions(before)[0], versions(after)[0]]);
    }
  });

  test('the same code is the same template', () => {
    expect(JSON.stringify(make('exports.handler = async () => 1;'))).toBe(JSON.stringify(before));
  });
});

describe('one alias per tenant', () => {
  const TENANTS = Array.from({ length: 20 }, (_, index) => `tenant-${String(index + 1).padStart(2, '0')}`);

  const make = (tenants: string[], resourcePolicyMode: ResourcePolicyMode) => {
    const { stack, fn } = orders({ reservedConcurrentExecutions: 100 }, NEW_APP);
    for (const tenant of tenants) {
      const alias = fn.addAlias(tenant, { resourcePolicyMode, retryAttempts: 1 });
      alias.addFunctionUrl();
      alias.resourcePolicy.allow('Tenant', { principal: PARTNER });
      alias.addEventSource(PullSource.queue(new sqs.Queue(stack, `Queue-${tenant}`)));
    }
    return stack;
  };

  test.each([PERMISSIONS, DOCUMENT])('each has its own of everything, in %s', (mode) => {
    const stack = make(TENANTS, mode);
    expect(Object.keys(aliasesOf(stack)).sort()).toEqual(['live', ...TENANTS]);
    for (const type of ['Url', 'EventInvokeConfig', 'EventSourceMapping', mode === DOCUMENT ? 'ResourcePolicy' : 'Permission']) {
      expect(ofType(stack, `AWS::Lambda::${type}`)).toHaveLength(20);
    }
    expect(new Set(said(stack).map(({ on }) => on)).size).toBe(20);
    expect(ofType(stack, 'AWS::Lambda::Version')).toHaveLength(1);
  });

  test('twice is the same, and a tenant more or less changes nothing of the others', () => {
    const all = resourcesOf(make(TENANTS, PERMISSIONS));
    expect(JSON.stringify(resourcesOf(make(TENANTS, PERMISSIONS)))).toBe(JSON.stringify(all));
    const without = resourcesOf(make(TENANTS.filter((tenant) => tenant !== 'tenant-07'), PERMISSIONS));
    const { OrdersServiceRoleDefaultPolicy: _, ...others } = without;
    for (const [id, resource] of Object.entries(others)) {
      if (resource.Type !== 'AWS::IAM::Policy') expect({ id, ...all[id] }).toEqual({ id, ...resource });
    }
  });

  test('provisioned concurrency of tenants is added up', () => {
    const { stack, fn } = orders({ reservedConcurrentExecutions: 19 });
    const provisionedConcurrency = ProvisionedConcurrency.fixed(1);
    TENANTS.forEach((tenant, index) => fn.addAlias(tenant, { version: pinned(fn, String(index + 1)), provisionedConcurrency }));
    expect(() => Template.fromStack(stack)).toThrow('[ProvisionedExceedsReserved at Shop/Orders]');
  });
});

test('the template', () => {
  const { stack, fn } = orders({ reservedConcurrentExecutions: 20, provisionedConcurrency: ProvisionedConcurrency.fixed(2) }, NEW_APP);
  const canary = fn.addAlias('canary', {
    version: pinned(fn),
    description: 'what goes live next',
    retryAttempts: 0,
    provisionedConcurrency: ProvisionedConcurrency.targetTracking({
      max: 10, schedules: [{ schedule: appscaling.Schedule.cron({ hour: '8', minute: '0' }), min: 4 }],
    }),
  });
  canary.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue')));
  canary.resourcePolicy.allow('Partner', { principal: PARTNER });
  canary.addFunctionUrl();
  expect(Template.fromStack(stack).toJSON()).toMatchSnapshot();
});
