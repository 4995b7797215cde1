import { App, Duration, Lazy, Stack, TimeZone, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression, ScheduleGroup, ScheduleTargetInput, TimeWindow } from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { EventBridgeEvent } from 'aws-lambda';
import { EventFunction, InvocationKind, InvocationMode, PushSource, ScheduleSourceOptions } from '../../../src';
import { scheduleEvent } from '../../../src/events/push/samples/schedule';
import { aliasRef, MINIMAL, only, resourcesOf, stackWith } from '../../function/functions';

const HOURLY = ScheduleExpression.rate(Duration.hours(1));

function hourly(options?: (stack: Stack) => ScheduleSourceOptions, schedule = HOURLY) {
  const stack = stackWith();
  const fn = new EventFunction(stack, 'Orders', MINIMAL);
  fn.addEventSource(PushSource.schedule(schedule, options?.(stack)));
  return stack;
}

const ofType = (stack: Stack, type: string) => Object.entries(resourcesOf(stack)).filter(([, { Type }]) => Type === type);
const schedule = (stack: Stack) => only(stack, 'AWS::Scheduler::Schedule');
const [ROLE, POLICY] = ['OrdersScheduleRole', 'OrdersScheduleRoleDefaultPolicy'];
const of = (stack: Stack, type: string, prefix: string) => (
  ofType(stack, type).filter(([id]) => id.startsWith(prefix)).map(([, resource]) => resource)[0]
);
const statements = (stack: Stack) => of(stack, 'AWS::IAM::Policy', POLICY).Properties.PolicyDocument.Statement;

describe('defaults', () => {
  test('the function is invoked at the time', () => {
    const stack = hourly();
    const [[roleId]] = ofType(stack, 'AWS::IAM::Role').filter(([id]) => id.startsWith(ROLE));
    expect(schedule(stack).Properties).toEqual({
      FlexibleTimeWindow: { Mode: 'OFF' },
      ScheduleExpression: 'rate(1 hour)',
      ScheduleExpressionTimezone: 'Etc/UTC',
      State: 'ENABLED',
      Target: { Arn: aliasRef(stack), RoleArn: { 'Fn::GetAtt': [roleId, 'Arn'] } },
    });
  });

  test('the template', () => {
    expect(Template.fromStack(hourly()).toJSON()).toMatchSnapshot();
  });

  test('failed events are kept, unless told otherwise', () => {
    expect(ofType(hourly(), 'AWS::SQS::Queue')).toHaveLength(1);
    expect(ofType(hourly(() => ({ keepFailedEvents: false })), 'AWS::SQS::Queue')).toEqual([]);
  });
});

describe('mapping', () => {
  test('of the schedule', () => {
    const nightly = ScheduleExpression.cron({ hour: '3', minute: '30', timeZone: TimeZone.EUROPE_BERLIN });
    const stack = hourly((scope) => ({
      scheduleName: 'nightly',
      description: 'At night',
      enabled: false,
      timeWindow: TimeWindow.flexible(Duration.minutes(15)),
      scheduleGroup: new ScheduleGroup(scope, 'Group'),
      start: new Date('2030-01-01T00:00:00Z'),
      end: new Date('2031-01-01T00:00:00Z'),
      key: new kms.Key(scope, 'Key'),
    }), nightly);
    expect(schedule(stack).Properties).toMatchObject({
      Description: 'At night',
      EndDate: '2031-01-01T00:00:00.000Z',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 },
      GroupName: only(stack, 'AWS::Scheduler::ScheduleGroup').Properties.Name,
      KmsKeyArn: { 'Fn::GetAtt': [only(stack, 'AWS::KMS::Key').logicalId, 'Arn'] },
      Name: 'nightly',
      ScheduleExpression: 'cron(30 3 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      StartDate: '2030-01-01T00:00:00.000Z',
      State: 'DISABLED',
    });
  });

  test('of the target', () => {
    const input = ScheduleTargetInput.fromObject({ job: 'sweep' });
    expect(schedule(hourly(() => ({ input, retryAttempts: 0, maxEventAge: Duration.minutes(1) }))).Properties.Target).toMatchObject({
      Input: '{"job":"sweep"}', RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
    });
  });

  test('one source object serves two functions, and two sources one function', () => {
    const stack = stackWith();
    const source = PushSource.schedule(HOURLY);
    const orders = new EventFunction(stack, 'Orders', MINIMAL);
    for (const fn of [orders, new EventFunction(stack, 'Returns', MINIMAL)]) fn.addEventSource(source);
    orders.addEventSource(PushSource.schedule(ScheduleExpression.rate(Duration.days(1))));
    expect(ofType(stack, 'AWS::Scheduler::Schedule')).toHaveLength(3);
  });
});

describe('the role', () => {
  test('may invoke the alias, and nothing else', () => {
    const stack = hourly();
    expect(statements(stack)).toEqual([{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: aliasRef(stack) }]);
    expect(ofType(stack, 'AWS::Lambda::Permission')).toEqual([]);
  });

  test('of a plain lambda.Function may invoke no version of it', () => {
    const stack = stackWith();
    new lambda.Function(stack, 'Orders', { ...MINIMAL, events: [PushSource.schedule(HOURLY)] });
    expect(statements(stack)).toEqual([{
      Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: { 'Fn::GetAtt': [only(stack, 'AWS::Lambda::Function').logicalId, 'Arn'] },
    }]);
  });

  test('can be used by Scheduler for schedules of the group, in this account', () => {
    expect(of(hourly(), 'AWS::IAM::Role', ROLE).Properties.AssumeRolePolicyDocument.Statement).toEqual([{
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: {
          'aws:SourceAccount': { Ref: 'AWS::AccountId' },
          'aws:SourceArn': {
            'Fn::Join': ['', [
              'arn:', { Ref: 'AWS::Partition' }, ':scheduler:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':schedule-group/default',
            ]],
          },
        },
      },
      Effect: 'Allow',
      Principal: { Service: 'scheduler.amazonaws.com' },
    }]);
  });

  test('is that of the group which is given', () => {
    const stack = hourly((scope) => ({ scheduleGroup: new ScheduleGroup(scope, 'Group') }));
    const { Condition } = of(stack, 'AWS::IAM::Role', ROLE).Properties.AssumeRolePolicyDocument.Statement[0];
    expect(Condition.StringEquals['aws:SourceArn']).toEqual({ 'Fn::GetAtt': [only(stack, 'AWS::Scheduler::ScheduleGroup').logicalId, 'Arn'] });
  });

  test('is ready before the schedule', () => {
    expect(schedule(hourly()).DependsOn).toEqual([expect.stringMatching(`^${POLICY}`), expect.stringMatching(`^${ROLE}`)]);
  });

  test('is among those that may invoke', () => {
    const fn = new EventFunction(stackWith(), 'Orders', MINIMAL);
    fn.addEventSource(PushSource.schedule(HOURLY));
    expect(fn.invocationPaths()).toEqual([expect.objectContaining({ kind: InvocationKind.IDENTITY, caller: 'Shop/Orders/Schedule/Role' })]);
  });

  test('may send dead letters, and use the key of the queue for that', () => {
    const stack = hourly((scope) => ({
      keepFailedEvents: false,
      deadLetterQueue: new sqs.Queue(scope, 'Dead', { encryptionMasterKey: new kms.Key(scope, 'Key') }),
    }));
    const queueArn = { 'Fn::GetAtt': [only(stack, 'AWS::SQS::Queue').logicalId, 'Arn'] };
    expect(schedule(stack).Properties.Target.DeadLetterConfig).toEqual({ Arn: queueArn });
    expect(statements(stack).slice(1)).toEqual([
      { Action: 'sqs:SendMessage', Effect: 'Allow', Resource: queueArn },
      { Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Effect: 'Allow', Resource: { 'Fn::GetAtt': [only(stack, 'AWS::KMS::Key').logicalId, 'Arn'] } },
    ]);
  });
});

describe('validation', () => {
  test.each<[string, ScheduleSourceOptions, string]>([
    ['ScheduleNameMalformed', { scheduleName: 'at night' }, "'scheduleName' must be up to 64 letters, digits, hyphens, underscores and dots, got \"at night\"; leave it out for a name that CloudFormation makes [ScheduleNameMalformed]"],
    ['ScheduleNameMalformed', { scheduleName: '' }, 'got ""'],
    ['ScheduleNameMalformed', { scheduleName: 'a'.repeat(65) }, 'must be up to 64 letters'],
    ['ScheduleEndsBeforeItStarts', { start: new Date('2031-01-01'), end: new Date('2030-01-01') }, "'end' must be after the start, 2031-01-01T00:00:00.000Z, got \"2030-01-01T00:00:00.000Z\""],
    ['ScheduleRetryAttemptsOutOfRange', { retryAttempts: 186 }, "'retryAttempts' must be between 0 and 185 attempts (a whole number), got 186; leave it out to try 185 times"],
    ['ScheduleRetryAttemptsOutOfRange', { retryAttempts: -1 }, 'got -1'],
    ['ScheduleRetryAttemptsOutOfRange', { retryAttempts: NaN }, 'got NaN'],
    ['ScheduleMaxEventAgeOutOfRange', { maxEventAge: Duration.seconds(59) }, "'maxEventAge' must be between 60 and 86400 seconds (a whole number), got 59; leave it out to try for 24 hours"],
    ['ScheduleMaxEventAgeOutOfRange', { maxEventAge: Duration.hours(25) }, 'got 90000'],
  ])('fails if %s', (code, options, message) => {
    expect(() => PushSource.schedule(HOURLY, options)).toThrow(message);
    expect(() => PushSource.schedule(HOURLY, options)).toThrow(expect.objectContaining({ name: code }));
  });

  test('fails if DeadLetterQueueFifo', () => {
    const deadLetterQueue = new sqs.Queue(stackWith(), 'Dead', { fifo: true });
    const make = () => PushSource.schedule(HOURLY, { deadLetterQueue });
    expect(make).toThrow("'deadLetterQueue' must be a standard queue, got \"Shop/Dead\"");
    expect(make).toThrow(expect.objectContaining({ name: 'DeadLetterQueueFifo' }));
  });

  test('the ends of the ranges pass', () => {
    for (const options of [{ retryAttempts: 185 }, { maxEventAge: Duration.hours(24) }, { scheduleName: 'a'.repeat(64) }]) {
      expect(() => hourly(() => options)).not.toThrow();
    }
  });
});

test('tokens are never checked, and reach the template', () => {
  const stack = hourly(() => ({
    retryAttempts: Token.asNumber(Lazy.any({ produce: () => 7 })),
    maxEventAge: Duration.seconds(Lazy.number({ produce: () => 90 })),
    scheduleName: Lazy.string({ produce: () => 'named' }),
  }));
  expect(schedule(stack).Properties).toMatchObject({
    Name: 'named', Target: { RetryPolicy: { MaximumRetryAttempts: 7, MaximumEventAgeInSeconds: 90 } },
  });
});

test('an imported group has the schedule', () => {
  const stack = hourly((scope) => ({ scheduleGroup: ScheduleGroup.fromScheduleGroupName(scope, 'Theirs', 'their-group') }));
  expect(schedule(stack).Properties.GroupName).toBe('their-group');
  expect(JSON.stringify(of(stack, 'AWS::IAM::Role', ROLE))).toContain(':schedule-group/their-group');
});

test('an imported function gets a schedule beside it', () => {
  const stack = stackWith();
  const fn = lambda.Function.fromFunctionName(stack, 'Orders', 'theirs');
  fn.addEventSource(PushSource.schedule(HOURLY));
  expect(JSON.stringify(schedule(stack).Properties.Target.Arn)).toContain(':function:theirs');
  expect(JSON.stringify(statements(stack))).not.toContain(':theirs:*');
});

test('group, queue and key of another stack are used without a circle', () => {
  const app = new App();
  const [hub, service] = [new Stack(app, 'Hub'), new Stack(app, 'Service')];
  const deadLetterQueue = new sqs.Queue(hub, 'Dead', { encryptionMasterKey: new kms.Key(hub, 'Key') });
  const source = PushSource.schedule(HOURLY, { deadLetterQueue, scheduleGroup: new ScheduleGroup(hub, 'Group'), key: new kms.Key(hub, 'Own') });
  new EventFunction(service, 'Orders', MINIMAL).addEventSource(source);
  app.synth();
  expect(service.dependencies).toEqual([hub]);
  expect(iam.Role.isRole(service.node.findChild('Orders').node.findChild('Schedule').node.findChild('Role'))).toBe(true);
});

test('ids are a contract', () => {
  const stack = stackWith();
  const fn = new EventFunction(stack, 'Orders', MINIMAL);
  for (const scheduleName of [undefined, undefined, 'sweep']) fn.addEventSource(PushSource.schedule(HOURLY, { scheduleName }));
  const ids = (type: string) => ofType(stack, type).map(([id]) => id).filter((id) => id.startsWith('OrdersSchedule'));
  expect(ids('AWS::Scheduler::Schedule')).toEqual(['OrdersSchedule0ED7C4EF', 'OrdersSchedule25C0BCD47', 'OrdersSchedulesweep2C1D170A']);
  expect(ids('AWS::IAM::Role')[0]).toBe('OrdersScheduleRoleEDEF5CE7');
});

describe('the event', () => {
  test('is that of a schedule', () => {
    const event: EventBridgeEvent<string, string> = scheduleEvent();
    expect(event.detail).toBe('{}');
  });

  test('has the name of the schedule, and what is overridden', () => {
    expect(PushSource.schedule(HOURLY, { scheduleName: 'nightly' }).sampleEvent({ region: 'eu-west-1' })).toMatchObject({
      'resources': ['arn:aws:scheduler:us-east-1:123456789012:schedule/default/nightly'], 'region': 'eu-west-1', 'detail-type': 'Scheduled Event',
    });
    expect(PushSource.schedule(HOURLY).sampleEvent()).toEqual(scheduleEvent());
  });

  test('what it means is on the source', () => {
    const { semantics } = PushSource.schedule(HOURLY);
    expect(semantics).toMatchObject({ invocation: InvocationMode.ASYNCHRONOUS, assumesRole: 'scheduler.amazonaws.com' });
    expect(semantics.principal).toBeUndefined();
  });
});
