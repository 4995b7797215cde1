/**
 * The function that tests a new version, with clients that only remember what they were sent. `@aws-sdk/client-codedeploy`
 * comes with the runtime in Lambda and is not installed here.
 */

class Command { constructor(public readonly input: any) {} }

const invoke = jest.fn();
const report = jest.fn();
jest.mock('@aws-sdk/client-lambda', () => ({
  LambdaClient: class { public send(command: Command, options: unknown) { return invoke(command.input, options); } },
  InvokeCommand: Command,
}));
jest.mock('@aws-sdk/client-codedeploy', () => ({
  CodeDeployClient: class { public send(command: Command) { return report(command.input); } },
  PutLifecycleEventHookExecutionStatusCommand: Command,
}), { virtual: true });

const VERSION_ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:orders:7';
const EVENT = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'h-1' };
const answer = (text: string) => ({ StatusCode: 200, Payload: new TextEncoder().encode(text) });
const said: string[] = [];

beforeEach(() => {
  jest.resetAllMocks();
  report.mockResolvedValue({});
  said.length = 0;
  for (const method of ['log', 'error'] as const) jest.spyOn(console, method).mockImplementation((...text: unknown[]) => { said.push(text.join(' ')); });
});

/** What the hook reports, and in how many attempts. */
async function statusOf(variables: Record<string, string> = {}, event: unknown = EVENT): Promise<string> {
  const before = process.env;
  process.env = { ...before, VERSION_ARN, EVENT: '{"ping":true}', TIMEOUT_SECONDS: '5', ...variables };
  try {
    let handler!: (event: unknown) => Promise<unknown>;
    jest.isolateModules(() => { ({ handler } = jest.requireActual('../../../providers/smoke-test/index.js')); });
    await expect(handler(event)).resolves.toBeUndefined();
  } finally {
    process.env = before;
  }
  return report.mock.calls[0][0].status;
}

test('a version that answers passes: it is invoked once, with the event, and CodeDeploy is told so', async () => {
  invoke.mockResolvedValue(answer('{"statusCode":200}'));
  expect(await statusOf({ EXPECTED: '"statusCode":200' })).toBe('Succeeded');
  expect(invoke.mock.calls.map(([input]) => input)).toEqual([{ FunctionName: VERSION_ARN, Payload: '{"ping":true}' }]);
  expect(report.mock.calls).toEqual([[{ deploymentId: 'd-1', lifecycleEventHookExecutionId: 'h-1', status: 'Succeeded' }]]);
});

test.each([
  ['anything is fine', answer('null'), {}],
  ['an empty answer is one', { StatusCode: 200 }, {}],
  ['text beyond ASCII is found', answer('{"city":"Zürich"}'), { EXPECTED: 'Zürich' }],
])('without an error %s', async (_, response, variables) => {
  invoke.mockResolvedValue(response);
  expect(await statusOf(variables as Record<string, string>)).toBe('Succeeded');
});

test.each([
  ['ends with an error', () => Promise.resolve({ FunctionError: 'Unhandled', ...answer('{"errorMessage":"boom"}') }), 'ended with an error (Unhandled): {\\"errorMessage\\":\\"boom\\"}'],
  ['ends with an error that contains what is expected', () => Promise.resolve({ FunctionError: 'Unhandled', ...answer('"ok"') }), 'ended with an error'],
  ['answers something else', () => Promise.resolve(answer('{"statusCode":500}')), 'does not contain'],
  ['answers nothing', () => Promise.resolve({ StatusCode: 200 }), 'does not contain'],
  ['is throttled', () => Promise.reject(Object.assign(new Error('Rate Exceeded.'), { name: 'TooManyRequestsException' })), 'TooManyRequestsException: Rate Exceeded.'],
  ['may not be invoked', () => Promise.reject(Object.assign(new Error('no'), { name: 'AccessDeniedException' })), 'AccessDeniedException: no'],
  ['makes the client throw what is no error', () => Promise.reject('what?'), 'what?'],
  ['makes the client throw at once', () => { throw new Error('broken client'); }, 'broken client'],
])('fails if the version %s', async (_, send, reason) => {
  invoke.mockImplementation(send);
  expect(await statusOf({ EXPECTED: 'ok' })).toBe('Failed');
  expect(report).toHaveBeenCalledTimes(1);
  expect(said.join()).toContain(reason);
});

test('fails if the version takes too long: the request is given up', async () => {
  invoke.mockImplementation((_, { abortSignal }) => new Promise((__, reject) => {
    abortSignal.addEventListener('abort', () => reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' })));
  }));
  expect(await statusOf({ TIMEOUT_SECONDS: '0.01' })).toBe('Failed');
  expect(said.join()).toContain('no answer within 0.01 seconds');
});

test('what is logged of an answer is short', async () => {
  invoke.mockResolvedValue({ FunctionError: 'Unhandled', ...answer('x'.repeat(100_000)) });
  expect(await statusOf()).toBe('Failed');
  expect(said.join().length).toBeLessThan(2_000);
});

test('a report that fails is repeated', async () => {
  invoke.mockResolvedValue(answer('1'));
  report.mockRejectedValueOnce(new Error('busy')).mockResolvedValue({});
  expect(await statusOf()).toBe('Succeeded');
  expect(report).toHaveBeenCalledTimes(2);
});

test('a report that always fails is given up, without an error', async () => {
  invoke.mockResolvedValue(answer('1'));
  report.mockRejectedValue(new Error('busy'));
  await statusOf();
  expect(report).toHaveBeenCalledTimes(3);
  expect(said.join()).toContain('Report 3 of 3 to CodeDeploy failed: Error: busy');
});

test.each([[undefined], [null], [{}]])('there is a report also for the event %j', async (event) => {
  invoke.mockResolvedValue(answer('1'));
  expect(await statusOf({}, event)).toBe('Succeeded');
});
