import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CloudWatchAlarmEvent } from 'aws-lambda';
import { AlarmSourceOptions, EventFunction, InvocationMode, PushSource, ResourcePolicyMode } from '../../../src';
import { alarmEvent, compositeAlarmEvent } from '../../../src/events/push/samples/alarm';
import { aliasRef, MINIMAL, NEW_APP, NO_FLAGS, only, resourcesOf, stackWith } from '../../function/functions';

const { ALARM, OK, INSUFFICIENT_DATA } = cloudwatch.AlarmState;

function alarmOf(stack: Stack, id = 'Slow', alarmName?: string): cloudwatch.Alarm {
  const metric = new cloudwatch.Metric({ namespace: 'Shop', metricName: 'Seconds' });
  return metric.createAlarm(stack, id, { threshold: 1, evaluationPeriods: 1, alarmName });
}

function alarmTo(options?: AlarmSourceOptions, context = NO_FLAGS) {
  const stack = stackWith(context);
  new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.alarm(alarmOf(stack), options));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.values(resourcesOf(stack)).filter(({ Type }) => Type === type);
const alarm = (stack: Stack) => only(stack, 'AWS::CloudWatch::Alarm');
const actions = ({ AlarmActions, OKActions, InsufficientDataActions }: any) => ({ AlarmActions, OKActions, InsufficientDataActions });

describe('defaults', () => {
  test('the function is invoked when there is an alarm', () => {
    const stack = alarmTo();
    expect(actions(alarm(stack).Properties)).toEqual({ AlarmActions: [aliasRef(stack)] });
  });

  test('the template', () => {
    expect(Template.fromStack(alarmTo()).toJSON()).toMatchSnapshot();
  });

  test('failed events are kept, unless told otherwise', () => {
    expect(ofType(alarmTo(), 'AWS::SQS::Queue')).toHaveLength(1);
    expect(ofType(alarmTo({ keepFailedEvents: false }), 'AWS::SQS::Queue')).toEqual([]);
  });
});

describe('mapping', () => {
  test.each([NO_FLAGS, NEW_APP])('each state has its action, and all have one permission', (context) => {
    const stack = alarmTo({ states: [OK, INSUFFICIENT_DATA, OK] }, context);
    expect(actions(alarm(stack).Properties)).toEqual({ OKActions: [aliasRef(stack)], InsufficientDataActions: [aliasRef(stack)] });
    expect(ofType(stack, 'AWS::Lambda::Permission')).toHaveLength(1);
  });

  test('an alarm on alarms can have it, too', () => {
    const stack = stackWith();
    const both = new cloudwatch.CompositeAlarm(stack, 'Both', { alarmRule: cloudwatch.AlarmRule.anyOf(alarmOf(stack), alarmOf(stack, 'Late')) });
    new EventFunction(stack, 'Orders', MINIMAL).addEventSource(PushSource.alarm(both));
    expect(only(stack, 'AWS::CloudWatch::CompositeAlarm').Properties.AlarmActions).toEqual([aliasRef(stack)]);
  });

  test('a plain lambda.Function can have it, too', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Plain', { ...MINIMAL, events: [PushSource.alarm(alarmOf(stack))] });
    expect(JSON.stringify(alarm(stack).Properties.AlarmActions)).toContain('Plain');
  });

  test('one source object serves two functions, and several alarms one function', () => {
    const stack = stackWith();
    const source = PushSource.alarm(alarmOf(stack));
    const orders = new EventFunction(stack, 'Orders', MINIMAL);
    for (const fn of [orders, new EventFunction(stack, 'Returns', MINIMAL)]) fn.addEventSource(source);
    orders.addEventSource(PushSource.alarm(alarmOf(stack, 'Late')));
    orders.addEventSource(PushSource.alarm(stack.node.findChild('Slow') as cloudwatch.Alarm, { states: [OK] }));
    expect(ofType(stack, 'AWS::Lambda::Permission')).toHaveLength(3);
  });
});

describe('permissions', () => {
  test('the alarm, in this account, may invoke the alias', () => {
    const stack = alarmTo();
    expect(only(stack, 'AWS::Lambda::Permission').Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: aliasRef(stack),
      Principal: 'lambda.alarms.cloudwatch.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
      SourceArn: { 'Fn::GetAtt': [alarm(stack).logicalId, 'Arn'] },
    });
  });

  test('a document may hold it as well', () => {
    const stack = stackWith();
    const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode: ResourcePolicyMode.DOCUMENT });
    fn.addEventSource(PushSource.alarm(alarmOf(stack), { states: [ALARM, OK] }));
    expect(JSON.stringify(only(stack, 'AWS::Lambda::ResourcePolicy').Properties)).toContain('lambda.alarms.cloudwatch.amazonaws.com');
  });
});

describe('validation', () => {
  test('fails if there is no state', () => {
    const make = () => PushSource.alarm(alarmOf(stackWith()), { states: [] });
    expect(make).toThrow("'states' must be at least one state, got []; leave it out for the state ALARM, or name the states [AlarmStatesEmpty at Shop/Slow]");
    expect(make).toThrow(expect.objectContaining({ name: 'AlarmStatesEmpty' }));
  });

  test.each<[string, (stack: Stack) => cloudwatch.IAlarm]>([
    ['alarm', (stack) => cloudwatch.Alarm.fromAlarmArn(stack, 'Theirs', 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:theirs')],
    ['composite alarm', (stack) => cloudwatch.CompositeAlarm.fromCompositeAlarmName(stack, 'Theirs', 'theirs')],
  ])('fails if the %s is imported', (_, imported) => {
    const theirs = imported(stackWith());
    expect(() => PushSource.alarm(theirs)).toThrow("'alarm' must be an alarm that is made in this app, got \"Shop/Theirs\"; use PushSource.eventBridge()");
    expect(() => PushSource.alarm(theirs)).toThrow(expect.objectContaining({ name: 'AlarmImported' }));
  });
});

test('an alarm whose name only the deployment knows is taken as it is', () => {
  const source = PushSource.alarm(alarmOf(stackWith(), 'Slow', Lazy.string({ produce: () => 'later' })));
  expect(source.sampleEvent()).toEqual(alarmEvent());
});

test('an imported function is an action', () => {
  const stack = stackWith();
  const fn = lambda.Function.fromFunctionArn(stack, 'Theirs', 'arn:aws:lambda:eu-west-1:111122223333:function:theirs');
  fn.addEventSource(PushSource.alarm(alarmOf(stack)));
  expect(alarm(stack).Properties.AlarmActions).toEqual(['arn:aws:lambda:eu-west-1:111122223333:function:theirs']);
});

test('an alarm of another stack is permitted there, without a circle', () => {
  const app = new App();
  const [watch, service] = [new Stack(app, 'Watch'), new Stack(app, 'Service')];
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(PushSource.alarm(alarmOf(watch)));
  app.synth();
  expect(JSON.stringify(only(watch, 'AWS::Lambda::Permission').Properties.FunctionName)).toContain('Aliaslive');
  expect(watch.dependencies).toEqual([service]);
});

test('ids are a contract', () => {
  expect(only(alarmTo(), 'AWS::Lambda::Permission').logicalId).toBe('SlowAllowAlarmShopOrdersA8B1F5098FCA6E62');
});

describe('the event', () => {
  test('is that of an alarm', () => {
    const events: CloudWatchAlarmEvent[] = [alarmEvent(), compositeAlarmEvent()];
    expect(events.map(({ alarmData }) => alarmData.state.value)).toEqual(['ALARM', 'ALARM']);
  });

  test('has the name of the alarm and the state, and what is overridden', () => {
    const source = PushSource.alarm(alarmOf(stackWith(), 'Slow', 'slow'), { states: [INSUFFICIENT_DATA] });
    expect(source.sampleEvent({ alarmData: { state: { reason: 'none' } } })).toMatchObject({
      alarmArn: 'arn:aws:cloudwatch:us-east-1:444455556666:alarm:slow',
      alarmData: { alarmName: 'slow', state: { value: 'INSUFFICIENT_DATA', reason: 'none' }, previousState: { value: 'OK' } },
    });
  });

  test('of an alarm on alarms is its own', () => {
    const stack = stackWith();
    const both = new cloudwatch.CompositeAlarm(stack, 'Both', { alarmRule: alarmOf(stack), compositeAlarmName: 'both' });
    expect(PushSource.alarm(both).sampleEvent()).toEqual(compositeAlarmEvent('ALARM', 'both'));
  });

  test('what it means is on the source', () => {
    const { semantics } = PushSource.alarm(alarmOf(stackWith()));
    expect(semantics).toMatchObject({ invocation: InvocationMode.ASYNCHRONOUS, principal: 'lambda.alarms.cloudwatch.amazonaws.com' });
  });
});
