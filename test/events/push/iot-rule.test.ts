import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IoTEvent } from 'aws-lambda';
import { EventFunction, InvocationMode, IotRuleSourceOptions, PushSource } from '../../../src';
import { iotRuleEvent } from '../../../src/events/push/samples/iot-rule';
import { aliasRef, MINIMAL, only, stackWith } from '../../function/functions';

const TYPE = 'AWS::IoT::TopicRule';
const SQL = "SELECT * FROM 'orders/new'";

function ruleFor(options?: Partial<IotRuleSourceOptions>) {
  const stack = stackWith();
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.iotRule({ sql: SQL, ...options }));
  return stack;
}

const payload = (stack: Stack) => only(stack, TYPE).Properties.TopicRulePayload;

describe('defaults', () => {
  test('the alias gets each message that is selected', () => {
    const stack = ruleFor();
    expect(payload(stack)).toEqual({
      Sql: SQL, AwsIotSqlVersion: '2016-03-23', RuleDisabled: false, Actions: [{ Lambda: { FunctionArn: aliasRef(stack) } }],
    });
  });

  test('failed events are kept', () => {
    Template.fromStack(ruleFor()).resourceCountIs('AWS::SQS::Queue', 1);
    Template.fromStack(ruleFor({ keepFailedEvents: false })).resourceCountIs('AWS::SQS::Queue', 0);
  });

  test('the template', () => {
    expect(Template.fromStack(ruleFor()).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('name, version, description and state are those that were given', () => {
    const stack = ruleFor({ ruleName: 'new_orders', sqlVersion: 'beta', description: 'New orders', enabled: false });
    expect(only(stack, TYPE).Properties.RuleName).toBe('new_orders');
    expect(payload(stack)).toMatchObject({ AwsIotSqlVersion: 'beta', Description: 'New orders', RuleDisabled: true });
  });

  test('what cannot be handed over goes to the error action', () => {
    const errorAction = { republish: { topic: 'errors', roleArn: 'arn:aws:iam::111122223333:role/republish' } };
    expect(payload(ruleFor({ errorAction })).ErrorAction).toEqual({ Republish: { Topic: 'errors', RoleArn: 'arn:aws:iam::111122223333:role/republish' } });
    expect(payload(ruleFor())).not.toHaveProperty('ErrorAction');
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.iotRule({ sql: SQL })] });
    expect(JSON.stringify(payload(stack))).toContain('Plain');
  });

  test('one source object serves two functions, and two named sources one function', () => {
    const stack = stackWith();
    const source = PushSource.iotRule({ sql: SQL });
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    for (const target of [fn, new EventFunction(stack, 'Returns', MINIMAL)]) target.addEventSource(source);
    fn.addEventSource(PushSource.iotRule({ sql: SQL, ruleName: 'other' }));
    Template.fromStack(stack).resourceCountIs(TYPE, 3);
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Permission', 3);
  });
});

describe('permissions', () => {
  test('the rule, in this account, may invoke the alias', () => {
    const stack = ruleFor();
    expect(only(stack, 'AWS::Lambda::Permission').Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: aliasRef(stack),
      Principal: 'iot.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
      SourceArn: { 'Fn::GetAtt': [only(stack, TYPE).logicalId, 'Arn'] },
    });
  });

  test('the rule needs no role', () => {
    Template.fromStack(ruleFor()).resourceCountIs('AWS::IAM::Role', 1);
  });
});

describe('validation', () => {
  test.each<[string, IotRuleSourceOptions, string]>([
    ['IotRuleSqlMalformed', { sql: 'orders/new' }, "'sql' must be a statement that begins with SELECT, such as SELECT * FROM 'orders/new', got \"orders/new\"; write the topic behind FROM, in single quotes: '+' stands for one level of it, '#' for all others [IotRuleSqlMalformed]"],
    ['IotRuleSqlMalformed', { sql: '' }, 'got ""'],
    ['IotRuleNameMalformed', { sql: SQL, ruleName: 'new-orders' }, "'ruleName' must be 1 to 128 letters, digits and underscores, got \"new-orders\"; leave it out for a name of CloudFormation's own [IotRuleNameMalformed]"],
    ['IotRuleNameMalformed', { sql: SQL, ruleName: '' }, 'got ""'],
    ['IotRuleNameMalformed', { sql: SQL, ruleName: 'x'.repeat(129) }, 'got "xxx'],
  ])('fails if %s', (code, options, message) => {
    expect(() => PushSource.iotRule(options)).toThrow(message);
    expect(() => PushSource.iotRule(options)).toThrow(expect.objectContaining({ name: code }));
  });

  test('128 characters pass, and small letters', () => {
    expect(() => PushSource.iotRule({ sql: "\nselect * from 'a'", ruleName: 'x'.repeat(128) })).not.toThrow();
  });

  test('fails if a function has two rules without names', () => {
    const fn = new EventFunction(stackWith(), 'Orders', MINIMAL);
    const source = PushSource.iotRule({ sql: SQL });
    fn.addEventSource(source);
    expect(() => fn.addEventSource(source)).toThrow("'ruleName' must be different for each rule of the function, got undefined; give each a 'ruleName' [IotRuleTwice at Shop/Orders]");
    expect(() => fn.addEventSource(source)).toThrow(expect.objectContaining({ name: 'IotRuleTwice' }));
  });
});

test('tokens are never checked', () => {
  const [sql, ruleName] = ["SELECT 1 FROM 'a'", 'later'].map((text) => Lazy.string({ produce: () => text }));
  const stack = ruleFor({ sql, ruleName });
  expect(payload(stack).Sql).toBe("SELECT 1 FROM 'a'");
  expect(only(stack, TYPE).Properties.RuleName).toBe('later');
});

test('an imported function is invoked; its owner permits', () => {
  const stack = stackWith();
  const fn = lambda.Function.fromFunctionArn(stack, 'Theirs', 'arn:aws:lambda:eu-west-1:111122223333:function:theirs');
  PushSource.iotRule({ sql: SQL }).bind(fn);
  expect(payload(stack).Actions).toEqual([{ Lambda: { FunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:theirs' } }]);
});

test('the rule is in the stack of the alias, without a circle', () => {
  const app = new App();
  const [other, service] = [new Stack(app, 'Other'), new Stack(app, 'Service')];
  const alias = new lambda.Alias(other, 'Test', { aliasName: 'test', version: new EventFunction(service, 'Orders', MINIMAL).currentVersion });
  alias.addEventSource(PushSource.iotRule({ sql: SQL, keepFailedEvents: false }));
  expect(payload(other).Actions).toEqual([{ Lambda: { FunctionArn: { Ref: only(other, 'AWS::Lambda::Alias').logicalId } } }]);
});

test('ids are a contract', () => {
  expect(only(ruleFor(), TYPE).logicalId).toBe('OrdersIotRule4FB4DF65');
});

describe('the event', () => {
  test('is what the statement selects', () => {
    const event: IoTEvent<{ row: string; pos: string; moisture: string }> = iotRuleEvent();
    expect(PushSource.iotRule({ sql: SQL }).sampleEvent()).toEqual(event);
    expect(PushSource.iotRule({ sql: SQL }).sampleEvent({ moisture: '12', row: undefined })).toEqual({ pos: '23', moisture: '12' });
  });

  test('what it means is on the source', () => {
    expect(PushSource.iotRule({ sql: SQL }).semantics).toMatchObject({ invocation: InvocationMode.ASYNCHRONOUS, principal: 'iot.amazonaws.com' });
  });
});
