import { Annotations, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { aliasRef, MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from './functions';
import { EventFunction, EventFunctionBase, LambdaRules, PullSource, PushSource, WrapOptions } from '../../src';
import { Allowed, allowedBy } from '../role/allowed';
import { FEATURES } from '../role/features';
import { appOf } from '../role/findings';
import { reportsOf, warningsOf } from '../role/reports';

/** A class of somebody else's. */
class TheirFunction extends lambda.Function {
  constructor(scope: Stack, id: string) {
    super(scope, id, { ...MINIMAL, memorySize: 512 });
  }
}

function wrapped(options?: WrapOptions) {
  const stack = stackWith();
  const theirs = new TheirFunction(stack, 'Theirs');
  return { stack, theirs, fn: EventFunction.wrap(stack, 'Live', theirs, options) };
}

test('it is the live alias of the function', () => {
  const { stack, theirs, fn } = wrapped();
  expect(fn).toBeInstanceOf(EventFunctionBase);
  expect(stack.resolve(fn.functionArn)).toEqual(aliasRef(stack));
  expect(fn.function).toBe(theirs);
  expect(fn.role).toBe(theirs.role);
  expect(fn.node.defaultChild).toBe(theirs.node.defaultChild);
});

test('nothing of the function changes: a version and an alias are added', () => {
  const plain = stackWith();
  new TheirFunction(plain, 'Theirs');
  const { stack } = wrapped();
  const [before, after] = [resourcesOf(plain), resourcesOf(stack)];
  expect(after).toMatchObject(before);
  const added = Object.keys(after).filter((id) => !(id in before)).map((id) => after[id].Type);
  expect(added.sort()).toEqual(['AWS::Lambda::Alias', 'AWS::Lambda::Version']);
});

test('sources of the CDK and ours are wired to the alias', () => {
  const { stack, fn } = wrapped();
  fn.addEventSource(PushSource.bucket(new s3.Bucket(stack, 'Inbox')));
  fn.addEventSource(new SqsEventSource(new sqs.Queue(stack, 'Queue')));
  expect(only(stack, 'AWS::Lambda::Permission').Properties.FunctionName).toEqual(aliasRef(stack));
  expect(JSON.stringify(only(stack, 'AWS::Lambda::EventSourceMapping').Properties.FunctionName)).toContain(aliasRef(stack).Ref);
});

test('the alias takes another name and options', () => {
  const { stack } = wrapped({ aliasName: 'prod', aliasOptions: { provisionedConcurrentExecutions: 1 } });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Alias', {
    Name: 'prod', ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 },
  });
});

test('fails if the name of the alias is none', () => {
  expect(() => wrapped({ aliasName: '7' })).toThrow('AliasNameMalformed at Shop/Live');
});

test('the rules are registered', () => {
  const validate = jest.spyOn(LambdaRules.prototype, 'validate');
  Template.fromStack(wrapped().stack);
  expect(validate).toHaveBeenCalledTimes(1);
  validate.mockRestore();
});

describe('a function with a role that cannot be changed', () => {
  const ARN = 'arn:aws:iam::123456789012:role/theirs';

  function wrappedWith(props: (stack: Stack) => Partial<lambda.FunctionProps> = () => ({}), context = NO_FLAGS) {
    const stack = stackWith({ ...context, 'cdk-event-functions:rules': false });
    const role = iam.Role.fromRoleArn(stack, 'Mine', ARN, { mutable: false });
    const theirs = new lambda.Function(stack, 'Theirs', { ...MINIMAL, role, ...props(stack) });
    return { stack, theirs, fn: EventFunction.wrap(stack, 'Live', theirs) };
  }

  /** What is said to be lacking, but for the logs that each function writes. */
  function lacking(stack: Stack): Allowed {
    const [{ json }, ...others] = reportsOf(appOf(stack));
    expect(others).toEqual([]);
    const { 'Allow arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/${Theirs}:*': own, ...rest } = allowedBy(json.policy.Statement);
    expect(own).toBe('logs:CreateLogStream logs:PutLogEvents');
    return rest;
  }

  beforeAll(() => jest.spyOn(console, 'error').mockImplementation());
  afterAll(() => jest.restoreAllMocks());

  test('is said to lack what its configuration tells', () => {
    const { stack } = wrappedWith();
    expect(lacking(stack)).toEqual({});
    expect(warningsOf(appOf(stack))).toEqual([expect.stringMatching(
      /^\/Shop\/Live: 'role' of 'Shop\/Live' must allow what the function uses, got arn:aws:iam::123456789012:role\/theirs, .* \(what was granted to the function itself is not in this list, but for what its configuration tells\) \[RoleLacksPermissions\]/,
    )]);
  });

  const FROM_CONFIGURATION = ['tracing', 'no tracing', 'a VPC, whose interfaces the code may manage', 'Lambda Insights', 'durable executions', 'a dead-letter queue', 'a dead-letter topic', 'an encrypted environment'];

  describe.each([['without feature flags', NO_FLAGS], ['in a new app', NEW_APP]])('%s', (_, context) => {
    test.each(FROM_CONFIGURATION)('%s', (name) => {
      const { stack } = wrappedWith((scope) => FEATURES[name].props!(scope) as Partial<lambda.FunctionProps>, context);
      const named = (text: string) => text.replace('${Orders', '${Theirs');
      expect(lacking(stack)).toEqual(Object.fromEntries(Object.entries(FEATURES[name].allowed).map(([key, actions]) => [named(key), actions])));
    });
  });

  test('a log group of its own is named', () => {
    const { stack } = wrappedWith((scope) => ({ logGroup: new logs.LogGroup(scope, 'Group') }));
    expect(allowedBy(reportsOf(appOf(stack))[0].json.policy.Statement)).toEqual({
      'Allow arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Group}:*': 'logs:CreateLogStream logs:PutLogEvents',
    });
  });

  test.each<[string, (fn: EventFunctionBase, stack: Stack) => unknown, string]>([
    ['a source', (fn, stack) => fn.addEventSource(new SqsEventSource(new sqs.Queue(stack, 'Queue'))), 'a queue'],
    ['a source of ours', (fn, stack) => fn.addEventSource(PullSource.queue(new sqs.Queue(stack, 'Queue'))), 'a queue, by PullSource'],
    ['a destination', (fn, stack) => fn.configureAsyncInvoke({ onFailure: new SqsDestination(new sqs.Queue(stack, 'Queue')) }), 'a queue for failures'],
    ['a grant', (fn, stack) => new s3.Bucket(stack, 'Bucket').grantRead(fn), 'grants after it was made'],
  ])('is said to lack what the alias takes: %s', (_, use, feature) => {
    const { stack, fn } = wrappedWith();
    use(fn, stack);
    expect(lacking(stack)).toEqual(FEATURES[feature].allowed);
  });

  test('is said to lack a statement', () => {
    const { stack, fn } = wrappedWith();
    fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::inbox/*'] }));
    expect(lacking(stack)).toEqual({ 'Allow arn:aws:s3:::inbox/*': 's3:GetObject' });
  });

  test('is acknowledged', () => {
    const { stack, fn } = wrappedWith();
    Annotations.of(fn).acknowledgeWarning('cdk-event-functions:RoleLacksPermissions');
    expect(warningsOf(appOf(stack))).toEqual([]);
  });

  test('has the asynchronous settings of the alias as any other', () => {
    const settings = (role: (stack: Stack) => iam.IRole | undefined) => {
      const stack = stackWith({ 'cdk-event-functions:rules': false });
      const theirs = new lambda.Function(stack, 'Theirs', { ...MINIMAL, role: role(stack) });
      EventFunction.wrap(stack, 'Live', theirs).configureAsyncInvoke({ onFailure: new SqsDestination(new sqs.Queue(stack, 'Queue')), retryAttempts: 1 });
      const { FunctionName, ...rest } = only(stack, 'AWS::Lambda::EventInvokeConfig').Properties;
      expect(FunctionName).toEqual({ Ref: only(stack, 'AWS::Lambda::Function').logicalId });
      return { ...rest, Qualifier: undefined };
    };
    expect(settings((stack) => iam.Role.fromRoleName(stack, 'Mine', 'theirs', { mutable: false }))).toEqual(settings(() => undefined));
  });

  test('has nothing but a version and an alias in the template', () => {
    const types = Object.values(resourcesOf(wrappedWith().stack)).map(({ Type }) => Type);
    expect(types.sort()).toEqual(['AWS::Lambda::Alias', 'AWS::Lambda::Function', 'AWS::Lambda::Version']);
  });

  test('one with a role that may be changed lacks nothing', () => {
    const { stack, theirs, fn } = wrapped();
    new s3.Bucket(stack, 'Bucket').grantRead(fn);
    expect(fn.grantPrincipal).toBe(theirs.grantPrincipal);
    expect(fn.lambda).toBe(theirs);
    expect(reportsOf(appOf(stack))).toEqual([]);
  });
});
