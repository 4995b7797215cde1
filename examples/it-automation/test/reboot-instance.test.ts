import { App, Stack } from 'aws-cdk-lib';
import { Alarm, AlarmState, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { directEvents, fakeClient, type LambdaModule, sent, surviveAnyEvent } from '../../test-tools';
import { PushSource } from 'cdk-event-functions';

const send = fakeClient('@aws-sdk/client-ec2', 'EC2Client', ['DescribeInstancesCommand', 'RebootInstancesCommand']);
const reboot = jest.requireActual<LambdaModule<{ rebooted: boolean; reason: string }>>('../functions/reboot-instance/index.js');

const metric = new Metric({ namespace: 'AWS/EC2', metricName: 'StatusCheckFailed_Instance' });
const alarm = new Alarm(new Stack(new App(), 'Test'), 'Alarm', { metric, threshold: 1, evaluationPeriods: 1 });
const source = PushSource.alarm(alarm);

const NOW = new Date('2026-03-01T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

/** The instance as EC2 describes it. */
let instance: object | undefined;

beforeEach(() => {
  jest.useFakeTimers({ now: NOW });
  jest.spyOn(console, 'info').mockReturnValue();
  instance = { State: { Name: 'running' }, LaunchTime: minutesAgo(60) };
  send.mockReset().mockImplementation(async ({ name }) => (
    name === 'DescribeInstancesCommand' ? { Reservations: instance && [{ Instances: [instance] }] } : {}
  ));
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const rebooted = () => sent(send).filter(({ name }) => name === 'RebootInstancesCommand').map(({ input }) => input);

test('the instance of an alarm that rings is rebooted', async () => {
  await expect(reboot.handler(source.sampleEvent())).resolves.toEqual({ rebooted: true, reason: 'the alarm rings' });
  expect(rebooted()).toEqual([{ InstanceIds: ['i-12345678'] }]);
});

test.each(['OK', 'INSUFFICIENT_DATA'])('nothing is done when the state is %s', async (value) => {
  const result = await reboot.handler(source.sampleEvent({ alarmData: { state: { value } } }));
  expect(result).toEqual({ rebooted: false, reason: `the alarm does not ring: its state is "${value}"` });
  expect(send).not.toHaveBeenCalled();
});

test('nor when an alarm that is wired for it comes back', async () => {
  const event = PushSource.alarm(alarm, { states: [AlarmState.OK] }).sampleEvent();
  await expect(reboot.handler(event)).resolves.toMatchObject({ rebooted: false });
});

describe('an instance is left alone that', () => {
  test.each<[string, object | undefined, string]>([
    ['is stopped', { State: { Name: 'stopped' }, LaunchTime: minutesAgo(60) }, 'the instance does not run: it is stopped'],
    ['is gone', undefined, 'the instance does not run: it is gone'],
    ['was just launched', { State: { Name: 'running' }, LaunchTime: minutesAgo(9.9) }, 'the instance was launched less than ten minutes ago'],
  ])('%s', async (_, described, reason) => {
    instance = described;
    await expect(reboot.handler(source.sampleEvent())).resolves.toEqual({ rebooted: false, reason });
    expect(rebooted()).toEqual([]);
  });

  test('but not one that was launched ten minutes ago', async () => {
    instance = { State: { Name: 'running' }, LaunchTime: minutesAgo(10) };
    await expect(reboot.handler(source.sampleEvent())).resolves.toMatchObject({ rebooted: true });
  });
});

test('an error of EC2 is raised, for Lambda to try again', async () => {
  send.mockRejectedValue(new Error('Request limit exceeded'));
  await expect(reboot.handler(source.sampleEvent())).rejects.toThrow('Request limit exceeded');
});

test('an alarm about something else is an error', async () => {
  const event = source.sampleEvent();
  event.alarmData.configuration.metrics[0].metricStat.metric.dimensions = { QueueName: 'orders' };
  await expect(reboot.handler(event)).rejects.toThrow('has its InstanceId among the dimensions of a metric, but this has none');
});

describe('invoked directly', () => {
  test.each(directEvents(__dirname))('with the event %s it says what is missing', async (_, event) => {
    await expect(reboot.handler(event)).rejects.toThrow('An event of an alarm about an instance has its InstanceId');
    expect(send).not.toHaveBeenCalled();
  });

  test('with any JSON it answers, or says what is missing', async () => {
    await surviveAnyEvent((event) => reboot.handler(event), source.sampleEvent());
  });
});
