import * as http from 'http';
import { AddressInfo } from 'net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import * as fc from 'fast-check';
import { FakeLambda, FUNCTION_ARN, State } from './fake-lambda';

/** The handler in `providers/prune-versions` as CloudFormation calls it. */

const { handler } = jest.requireActual('../../../providers/prune-versions/index');
const { respond } = jest.requireActual('../../../providers/prune-versions/respond');

interface Properties { FunctionArn: string; Version: string; Keep: string; Aliases?: string[]; ServiceToken?: string }

interface Put { readonly method?: string; readonly headers: http.IncomingHttpHeaders; readonly body: any; readonly url?: string }

/** CloudFormation's side of a presigned URL: keeps what it is sent, and answers with these statuses in turn, then 200. */
const puts: Put[] = [];
const statuses: number[] = [];
let server: http.Server;
let responseUrl: string;

beforeAll(async () => {
  server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    puts.push({ method: request.method, headers: request.headers, url: request.url, body: JSON.parse(Buffer.concat(chunks).toString()) });
    response.writeHead(statuses.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  responseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket/answer?Signature=x%2By`;
});

afterAll(() => new Promise((resolve) => {
  server.closeAllConnections();
  server.close(resolve);
}));

let logged: string[];

beforeEach(() => {
  puts.splice(0);
  statuses.splice(0);
  logged = [];
  jest.spyOn(console, 'log').mockImplementation((line) => void logged.push(line));
});

afterEach(() => jest.restoreAllMocks());

const properties = (version: number, more: Partial<Properties> = {}): Properties => ({ FunctionArn: FUNCTION_ARN, Version: String(version), Keep: '2', ...more });

const event = (RequestType: string, now: Properties, before?: Properties) => ({
  RequestType,
  ResponseURL: responseUrl,
  StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Shop/1',
  RequestId: 'request-1',
  LogicalResourceId: 'PrunedOrders',
  ...RequestType !== 'Create' && { PhysicalResourceId: 'PrunedOrders' },
  ResourceProperties: now,
  ...before && { OldResourceProperties: before },
});

/** Runs the handler against a Lambda in memory. */
async function run(fake: FakeLambda, request: object, remaining = 180_000) {
  jest.spyOn(LambdaClient.prototype, 'send').mockImplementation(fake.send.bind(fake) as any);
  await handler(request, { getRemainingTimeInMillis: () => remaining });
  return puts.at(-1)!;
}

const SIX: State = { versions: [1, 2, 3, 4, 5, 6], aliases: [{ name: 'live', version: '6' }] };
const six = () => new FakeLambda(structuredClone(SIX));

test('a new version prunes old ones, and CloudFormation hears how many', async () => {
  const fake = six();
  const put = await run(fake, event('Update', properties(6), properties(5)));
  expect(fake.deleted).toEqual([1, 2, 3, 4]);
  expect(put.body).toEqual({
    Status: 'SUCCESS',
    StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Shop/1',
    RequestId: 'request-1',
    LogicalResourceId: 'PrunedOrders',
    PhysicalResourceId: 'PrunedOrders',
    Data: { Pruned: 4, Kept: 2, Left: 0 },
  });
});

test('the answer goes to the signed URL as it is, without a content type', async () => {
  const { method, url, headers } = await run(six(), event('Update', properties(6), properties(5)));
  expect({ method, url, type: headers['content-type'], length: Number(headers['content-length']) > 0 })
    .toEqual({ method: 'PUT', url: '/bucket/answer?Signature=x%2By', type: '', length: true });
});

test('the log says which, why, and nothing that is secret', async () => {
  await run(new FakeLambda({ ...structuredClone(SIX), mapped: [2] }), event('Update', properties(6), properties(5)));
  expect(JSON.parse(logged[0])).toEqual({
    request: 'Update', properties: properties(6), pruned: [1, 3, 4], kept: [2, 5, 6], left: 0, reasons: { 2: 'an event source mapping invokes it' },
  });
  expect(logged.join()).not.toContain('Signature');
});

describe('what a failed deployment goes back to is kept', () => {
  test('the version before, however many have failed since', async () => {
    const fake = six();
    await run(fake, event('Update', properties(6), properties(1)));
    expect(fake.deleted).toEqual([2, 3, 4]);
  });

  test('what other aliases named before, and name now', async () => {
    const fake = six();
    await run(fake, event('Update', properties(6, { Aliases: ['3'] }), properties(5, { Aliases: ['2', '$LATEST'] })));
    expect(fake.deleted).toEqual([1, 4]);
  });
});

describe('nothing is deleted, and nothing is asked', () => {
  test.each<[string, object, string]>([
    ['the first time', event('Create', properties(6)), 'the first time'],
    ['when the resource is deleted', event('Delete', properties(6)), 'the resource is deleted'],
    ['on the way back', event('Update', properties(5), properties(6)), 'no newer version'],
    ['when only the number changes', event('Update', properties(6, { Keep: '3' }), properties(6)), 'no newer version'],
    ['when it is another function', event('Update', properties(6), properties(1, { FunctionArn: `${FUNCTION_ARN}-old` })), 'another function'],
    ['when the number is none', event('Update', properties(6, { Keep: 'three' }), properties(5)), "'Keep' must be"],
    ['when the number is too small', event('Update', properties(6, { Keep: '1' }), properties(5)), "'Keep' must be"],
    ['when the number is empty', event('Update', properties(6, { Keep: '' }), properties(5)), "'Keep' must be"],
    ['when the version is none', event('Update', properties(NaN), properties(5)), 'no newer version'],
    ['when the version before is none', event('Update', properties(6), properties(NaN)), 'no newer version'],
    ['when the function is none', event('Update', properties(6, { FunctionArn: 'orders' }), properties(5, { FunctionArn: 'orders' })), "'FunctionArn' must be"],
    ['of a request that nobody knows', event('Refresh', properties(6)), 'the resource is deleted'],
  ])('%s', async (_, request, reason) => {
    const fake = six();
    const { body } = await run(fake, { ...request, ResponseURL: responseUrl });
    expect(fake.calls).toEqual([]);
    expect(body).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'PrunedOrders', Data: { Pruned: 0, Kept: 0, Left: 0 } });
    expect(JSON.parse(logged[0]).skipped).toContain(reason);
  });

  test('when there is no time for it', async () => {
    const fake = six();
    const { body } = await run(fake, event('Update', properties(6), properties(5)), 29_000);
    expect(fake.deleted).toEqual([]);
    expect(body.Status).toBe('SUCCESS');
  });
});

describe('a deployment never fails because of it', () => {
  test.each(['AccessDeniedException', 'TooManyRequestsException', 'ServiceException'])('every call ends with %s', async (failure) => {
    const fake = six();
    fake.failing = () => failure;
    const { body } = await run(fake, event('Update', properties(6), properties(5)));
    expect(body).toMatchObject({ Status: 'SUCCESS', Data: { Pruned: 0 } });
    expect(JSON.parse(logged[0]).skipped).toBe(`${failure}: as the test wants`);
  });

  test('CloudFormation is told again if it did not hear', async () => {
    statuses.push(500, 503);
    await respond(event('Update', properties(6), properties(5)), { Pruned: 1 }, 1);
    expect(puts.map(({ body }) => body.Data)).toEqual([{ Pruned: 1 }, { Pruned: 1 }, { Pruned: 1 }]);
    expect(logged).toEqual(Array(2).fill(expect.stringContaining('trying again')));
  });

  test('if it never hears, the invocation fails, and Lambda starts another', async () => {
    statuses.push(500, 500, 500, 500, 500);
    await expect(respond(event('Update', properties(6), properties(5)), {}, 1)).rejects.toThrow('HTTP 500');
    expect(puts).toHaveLength(5);
  });

  test('many versions make a short answer: CloudFormation takes 4,096 bytes', async () => {
    const versions = Array.from({ length: 3_000 }, (_, index) => index + 1);
    const { body } = await run(new FakeLambda({ versions }), event('Update', properties(3_000, { Keep: '1000' }), properties(2_999)));
    expect(body.Data).toEqual({ Pruned: 100, Kept: 2_900, Left: 1_900 });
    expect(JSON.stringify(body).length).toBeLessThan(1_000);
  });
});

/**
 * Deployments as CloudFormation makes them: a version, then the aliases, then this resource; and if something fails afterwards,
 * all back to what it was. Old versions are not the stack's any more, so it deletes none.
 */
describe('deployments', () => {
  const deployment = fc.record({
    /** Where it fails: before the aliases move, after, or after the pruning; each is rolled back. */
    fails: fc.constantFrom('never', 'never', 'before', 'aliases', 'after'),
    /** Which existing version the second alias is pinned to, if it moves. */
    pin: fc.option(fc.nat({ max: 1_000 })),
    keep: fc.integer({ min: 2, max: 4 }),
  });

  test('whatever fails, the aliases find what they go back to', async () => {
    await fc.assert(fc.asyncProperty(fc.array(deployment, { minLength: 1, maxLength: 25 }), async (deployments) => {
      const fake = new FakeLambda({ versions: [1], aliases: [{ name: 'live', version: '1' }, { name: 'pinned', version: '1' }] });
      const [live, pinned] = fake.state.aliases!;
      let number = 1;
      let deployed = properties(1, { Aliases: ['1'] });
      await run(fake, event('Create', deployed));
      for (const { fails, pin, keep } of deployments) {
        const before = { live: live.version, pinned: pinned.version };
        fake.state.versions.push(++number);
        if (fails === 'before') continue;
        live.version = String(number);
        pinned.version = pin === null ? pinned.version : String(fake.state.versions[pin % fake.state.versions.length]);
        const next = properties(number, { Keep: String(keep), Aliases: [pinned.version] });
        if (fails !== 'aliases') await run(fake, event('Update', next, deployed));
        if (fails === 'never') {
          deployed = next;
          continue;
        }
        expect(fake.state.versions.map(String)).toEqual(expect.arrayContaining([before.live, before.pinned]));
        if (fails === 'after' && number % 2 === 0) await run(fake, event('Update', deployed, next));
        Object.assign(live, { version: before.live });
        Object.assign(pinned, { version: before.pinned });
        if (fails === 'after' && number % 2 === 1) await run(fake, event('Update', deployed, next));
        expect(fake.state.versions.map(String)).toEqual(expect.arrayContaining([before.live, before.pinned]));
      }
      expect(fake.state.versions.map(String)).toEqual(expect.arrayContaining([live.version, pinned.version]));
    }), { numRuns: 40 });
  });
});
