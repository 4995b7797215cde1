import { gunzipSync } from 'zlib';
import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { LambdaDestination } from 'aws-cdk-lib/aws-logs-destinations';
import { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';
import { EventFunction, InvocationMode, LogsSourceOptions, PushSource } from '../../../src';
import { logsEvent, logsMessage } from '../../../src/events/push/samples/logs';
import { aliasRef, MINIMAL, only, stackWith } from '../../function/functions';

function auditTo(options?: LogsSourceOptions) {
  const stack = stackWith();
  const fn = new EventFunction(stack, 'Orders', MINIMAL);
  fn.addEventSource(PushSource.logs(new logs.LogGroup(stack, 'Audit'), options));
  return stack;
}

const subscription = (stack: Stack) => only(stack, 'AWS::Logs::SubscriptionFilter').Properties;
const audit = (stack: Stack) => Object.keys(Template.fromStack(stack).findResources('AWS::Logs::LogGroup')).find((id) => id.startsWith('Audit'));

const unpacked = (event: CloudWatchLogsEvent): CloudWatchLogsDecodedData =>
  JSON.parse(gunzipSync(Buffer.from(event.awslogs.data, 'base64')).toString());

describe('defaults', () => {
  test('the alias gets all log events', () => {
    const stack = auditTo();
    expect(subscription(stack)).toEqual({ DestinationArn: aliasRef(stack), FilterPattern: '', LogGroupName: { Ref: audit(stack) } });
  });

  test('failed events are kept', () => {
    Template.fromStack(auditTo()).resourceCountIs('AWS::SQS::Queue', 1);
    Template.fromStack(auditTo({ keepFailedEvents: false })).resourceCountIs('AWS::SQS::Queue', 0);
  });

  test('the template', () => {
    expect(Template.fromStack(auditTo()).toJSON()).toMatchSnapshot();
  });
});

describe('mapping', () => {
  test('pattern and name are those that were given', () => {
    const stack = auditTo({ filterPattern: logs.FilterPattern.anyTerm('ERROR', 'FATAL'), filterName: 'alerts/errors' });
    expect(subscription(stack)).toMatchObject({ FilterPattern: '?"ERROR" ?"FATAL"', FilterName: 'alerts/errors' });
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.logs(new logs.LogGroup(stack, 'Audit'))] });
    expect(JSON.stringify(subscription(stack))).toContain('Plain');
  });

  test('one source object serves two functions, and two named sources one function', () => {
    const stack = stackWith();
    const [audit1, audit2] = ['Audit1', 'Audit2'].map((id) => new logs.LogGroup(stack, id));
    const source = PushSource.logs(audit1, { filterName: 'all' });
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    for (const target of [fn, new EventFunction(stack, 'Returns', MINIMAL)]) target.addEventSource(source);
    for (const filterName of ['all', 'errors']) fn.addEventSource(PushSource.logs(audit2, { filterName }));
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Permission', 4);
  });
});

describe('permissions', () => {
  test('the log group may invoke the alias', () => {
    const stack = auditTo();
    expect(only(stack, 'AWS::Lambda::Permission').Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: aliasRef(stack),
      Principal: 'logs.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [audit(stack), 'Arn'] },
    });
  });

  test('the subscription waits for the permission, which AWS verifies', () => {
    const stack = auditTo();
    expect(only(stack, 'AWS::Logs::SubscriptionFilter').DependsOn).toContain(only(stack, 'AWS::Lambda::Permission').logicalId);
  });
});

describe('validation', () => {
  const long = (length: number) => logs.FilterPattern.literal('x'.repeat(length));
  test.each<[string, LogsSourceOptions, string]>([
    ['LogsFilterNameMalformed', { filterName: '' }, "'filterName' must be 1 to 512 characters without ':' and '*', got \"\"; leave it out for a name of CloudFormation's own [LogsFilterNameMalformed at Shop/Audit]"],
    ['LogsFilterNameMalformed', { filterName: 'a:b' }, 'got "a:b"'],
    ['LogsFilterNameMalformed', { filterName: 'a*' }, 'got "a*"'],
    ['LogsFilterNameMalformed', { filterName: 'x'.repeat(513) }, 'got "xxx'],
    ['LogsFilterPatternTooLong', { filterPattern: long(1025) }, "'filterPattern' must be at most 1024 characters, got 1025; shorten it, or filter in the function [LogsFilterPatternTooLong at Shop/Audit]"],
  ])('fails if %s', (code, options, message) => {
    const group = new logs.LogGroup(stackWith(), 'Audit');
    expect(() => PushSource.logs(group, options)).toThrow(message);
    expect(() => PushSource.logs(group, options)).toThrow(expect.objectContaining({ name: code }));
  });

  test('1,024 characters of pattern and 512 of name pass', () => {
    expect(() => auditTo({ filterPattern: long(1024), filterName: 'x'.repeat(512) })).not.toThrow();
  });

  test('fails for a third subscription of a log group, whoever made the others', () => {
    const stack = stackWith();
    const group = new logs.LogGroup(stack, 'Audit');
    const source = PushSource.logs(group);
    group.addSubscriptionFilter('Theirs', {
      destination: new LambdaDestination(new lambda.Function(stack, 'Plain', MINIMAL)), filterPattern: logs.FilterPattern.allEvents(),
    });
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(source);
    const third = new EventFunction(stack, 'Returns', MINIMAL);
    expect(() => third.addEventSource(source)).toThrow("'logGroup' must be a log group with fewer than 2 subscriptions, got [\"Shop/Audit/Theirs\",\"Shop/Audit/ToShopOrders");
    expect(() => third.addEventSource(source)).toThrow('[LogsSubscriptionsTooMany at Shop/Audit]');
  });

  test('fails if a function is subscribed twice without names', () => {
    const stack = stackWith();
    const source = PushSource.logs(new logs.LogGroup(stack, 'Audit'));
    const fn = new EventFunction(stack, 'Orders', MINIMAL);
    fn.addEventSource(source);
    expect(() => fn.addEventSource(source)).toThrow("'filterName' must be different for each subscription of the function to this log group, got undefined; give each a 'filterName' [LogsSubscribedTwice at Shop/Audit]");
    expect(() => fn.addEventSource(source)).toThrow(expect.objectContaining({ name: 'LogsSubscribedTwice' }));
  });
});

describe('a function and its own logs', () => {
  const loop = expect.objectContaining({ name: 'LogsOfTheFunctionItself' });

  test('fails if it is subscribed to the log group that it was given', () => {
    const stack = stackWith();
    const logGroup = new logs.LogGroup(stack, 'Audit');
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, logGroup });
    const source = PushSource.logs(logGroup);
    expect(() => fn.addEventSource(source)).toThrow("'logGroup' must be a log group that the function does not write to, got \"Shop/Audit\"; subscribe another function: each line that this one logs would invoke it again, without an end [LogsOfTheFunctionItself at Shop/Audit]");
    expect(() => fn.addEventSource(source)).toThrow(loop);
  });

  test('fails if it is subscribed to the log group that was made for it', () => {
    const fn = new EventFunction(stackWith(), 'Orders', MINIMAL);
    expect(() => fn.addEventSource(PushSource.logs(fn.logGroup))).toThrow(loop);
  });

  test('fails if it is subscribed to the log group that Lambda makes', () => {
    const stack = stackWith();
    const fn = new lambda.Function(stack, 'Plain', { ...MINIMAL, functionName: 'plain' });
    expect(() => fn.addEventSource(PushSource.logs(logs.LogGroup.fromLogGroupName(stack, 'Theirs', '/aws/lambda/plain')))).toThrow(loop);
    expect(() => fn.addEventSource(PushSource.logs(logs.LogGroup.fromLogGroupName(stack, 'Others', '/aws/lambda/other')))).not.toThrow();
  });

  test('it may be subscribed to those of another function', () => {
    const stack = stackWith();
    const [fn, other] = ['Orders', 'Returns'].map((id) => new EventFunction(stack, id, MINIMAL));
    expect(() => fn.addEventSource(PushSource.logs(other.logGroup))).not.toThrow();
  });
});

test('tokens are never checked', () => {
  const filterName = Lazy.string({ produce: () => 'later' });
  const filterPattern: logs.IFilterPattern = { logPatternString: Lazy.string({ produce: () => 'ERROR' }) };
  expect(subscription(auditTo({ filterName, filterPattern }))).toMatchObject({ FilterName: 'later', FilterPattern: 'ERROR' });
});

test('an imported log group is subscribed to; the permission names it', () => {
  const stack = stackWith();
  const group = logs.LogGroup.fromLogGroupName(stack, 'Theirs', '/their/logs');
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.logs(group));
  expect(subscription(stack).LogGroupName).toBe('/their/logs');
  expect(JSON.stringify(only(stack, 'AWS::Lambda::Permission').Properties.SourceArn)).toContain(':log-group:/their/logs');
});

test('an imported function is subscribed; its owner permits and keeps', () => {
  const stack = stackWith();
  const fn = lambda.Function.fromFunctionArn(stack, 'Theirs', 'arn:aws:lambda:eu-west-1:111122223333:function:theirs');
  PushSource.logs(new logs.LogGroup(stack, 'Audit')).bind(fn);
  expect(subscription(stack).DestinationArn).toBe('arn:aws:lambda:eu-west-1:111122223333:function:theirs');
});

test('a log group of another stack has subscription and permission beside it, without a circle', () => {
  const app = new App();
  const [storage, service] = [new Stack(app, 'Storage'), new Stack(app, 'Service')];
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.logs(new logs.LogGroup(storage, 'Audit')));
  expect(JSON.stringify(only(storage, 'AWS::Lambda::Permission').Properties.FunctionName)).toContain('Aliaslive');
});

test('ids are a contract', () => {
  expect(only(auditTo(), 'AWS::Logs::SubscriptionFilter').logicalId).toBe('AuditToShopOrdersA8B1F50981698188');
  expect(only(auditTo({ filterName: 'errors' }), 'AWS::Logs::SubscriptionFilter').logicalId).toMatch(/^AuditToShopOrders.*errors/);
});

describe('the event', () => {
  test('is a message of CloudWatch Logs, compressed and in Base64', () => {
    const message: CloudWatchLogsDecodedData = logsMessage();
    const event: CloudWatchLogsEvent = logsEvent(message);
    expect(unpacked(event)).toEqual(message);
  });

  test('has the names of the source, and what is overridden in the message', () => {
    const stack = stackWith();
    const source = PushSource.logs(logs.LogGroup.fromLogGroupName(stack, 'Theirs', '/their/logs'), { filterName: 'errors' });
    expect(unpacked(source.sampleEvent({ logEvents: [{ message: 'ERROR 1' }, { message: 'ERROR 2' }] }) as CloudWatchLogsEvent)).toMatchObject({
      messageType: 'DATA_MESSAGE', logGroup: '/their/logs', subscriptionFilters: ['errors'], logEvents: [{ message: 'ERROR 1' }, { message: 'ERROR 2' }],
    });
  });

  test('has names of its own where only the deployment knows them', () => {
    const source = PushSource.logs(new logs.LogGroup(stackWith(), 'Audit'));
    expect(unpacked(source.sampleEvent() as CloudWatchLogsEvent)).toEqual(logsMessage());
  });

  test('what it means is on the source', () => {
    const { semantics } = PushSource.logs(new logs.LogGroup(stackWith(), 'Audit'));
    expect(semantics).toMatchObject({ invocation: InvocationMode.ASYNCHRONOUS, principal: 'logs.amazonaws.com' });
  });
});
