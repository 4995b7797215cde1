import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { directEvents, fakeClient, type LambdaModule, sent, surviveAnyEvent } from '../../test-tools';
import { PushSource } from 'cdk-event-functions';

const send = fakeClient('@aws-sdk/client-ec2', 'EC2Client', ['DescribeInstancesCommand', 'StopInstancesCommand']);
const stop = jest.requireActual<LambdaModule<{ stopped: string[] }>>('../functions/stop-instances/index.js');

const event = PushSource.schedule(ScheduleExpression.cron({ hour: '20' })).sampleEvent();

/** The pages in which EC2 lists running instances with the tag, by their token. */
let pages: Record<string, { ids: string[]; next?: string }>;
/** Ids that EC2 refuses to stop. */
let refused: string[];

const ids = (count: number) => Array.from({ length: count }, (_, index) => `i-${index}`);

beforeEach(() => {
  process.env.TAG_KEY = 'Office-hours';
  process.env.TAG_VALUE = 'yes';
  pages = { first: { ids: ['i-1', 'i-2'] } };
  refused = [];
  jest.spyOn(console, 'info').mockReturnValue();
  jest.spyOn(console, 'error').mockReturnValue();
  send.mockReset().mockImplementation(async ({ name, input }) => {
    if (name === 'DescribeInstancesCommand') {
      const page = pages[input.NextToken ?? 'first'];
      return { Reservations: page.ids.map((InstanceId) => ({ Instances: [{ InstanceId }] })), NextToken: page.next };
    }
    if (input.InstanceIds.some((id: string) => refused.includes(id))) throw new Error('You are not authorized to perform this operation');
    return {};
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  delete process.env.TAG_KEY;
  delete process.env.TAG_VALUE;
});

const stops = () => sent(send).filter(({ name }) => name === 'StopInstancesCommand').map(({ input }) => input.InstanceIds);

test('running instances with the tag are stopped', async () => {
  await expect(stop.handler(event)).resolves.toEqual({ stopped: ['i-1', 'i-2'] });
  expect(sent(send)).toEqual([
    {
      name: 'DescribeInstancesCommand',
      input: { Filters: [{ Name: 'tag:Office-hours', Values: ['yes'] }, { Name: 'instance-state-name', Values: ['running'] }], NextToken: undefined },
    },
    { name: 'StopInstancesCommand', input: { InstanceIds: ['i-1', 'i-2'] } },
  ]);
});

test('all pages of the list are read', async () => {
  pages = { first: { ids: ['i-1'], next: 'second' }, second: { ids: [], next: 'third' }, third: { ids: ['i-3'] } };
  await expect(stop.handler(event)).resolves.toEqual({ stopped: ['i-1', 'i-3'] });
});

test('where none runs, nothing is stopped: EC2 would refuse an empty list', async () => {
  pages = { first: { ids: [] } };
  await expect(stop.handler(event)).resolves.toEqual({ stopped: [] });
  expect(stops()).toEqual([]);
});

test('fifty are stopped at once', async () => {
  pages = { first: { ids: ids(101) } };
  await expect(stop.handler(event)).resolves.toEqual({ stopped: ids(101) });
  expect(stops().map(({ length }) => length)).toEqual([50, 50, 1]);
});

test('what EC2 refuses does not hold back the others, and is an error in the end', async () => {
  pages = { first: { ids: ids(101) } };
  refused = ['i-3'];
  await expect(stop.handler(event)).rejects.toThrow('50 of 101 instances were not stopped: You are not authorized to perform this operation');
  expect(stops()).toHaveLength(3);
});

test.each(['TAG_KEY', 'TAG_VALUE'])('without %s it stops nothing, and says so', async (name) => {
  delete process.env[name];
  await expect(stop.handler(event)).rejects.toThrow(`${name} is not set`);
  expect(send).not.toHaveBeenCalled();
});

describe('invoked directly', () => {
  test.each(directEvents(__dirname))('with the event %s it does the same', async (_, direct) => {
    await expect(stop.handler(direct)).resolves.toEqual({ stopped: ['i-1', 'i-2'] });
  });

  test('with any JSON it does the same', async () => {
    await surviveAnyEvent(async (any) => expect(await stop.handler(any)).toEqual({ stopped: ['i-1', 'i-2'] }), event);
  });
});
