import * as http from 'http';
import { AddressInfo } from 'net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import * as fc from 'fast-check';
import { FakeLambda, FUNCTION_ARN, State } from './fake-lambda';

/** The decision what to delete: of the handler in `providers/prune-versions`, against a Lambda in memory. */

interface Outcome { pruned: number[]; kept: number[]; left: number; reasons: Record<string, string> }

const { prune, MAX_DELETIONS } = jest.requireActual('../../../providers/prune-versions/prune');
const { deleteVersion } = jest.requireActual('../../../providers/prune-versions/api');

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const live = (version: number) => ({ name: 'live', version: String(version) });

interface Request { functionArn?: string; keep?: number; named?: string[]; signal?: AbortSignal }

function run(fake: FakeLambda, request: Request = {}): Promise<Outcome> {
  return prune(fake, { functionArn: FUNCTION_ARN, keep: 2, named: [], signal: new AbortController().signal, ...request });
}

async function deletedOf(state: State, request?: Request): Promise<number[]> {
  const fake = new FakeLambda(state);
  await run(fake, request);
  return fake.deleted;
}

describe('what is deleted', () => {
  test('all but the newest, the oldest first', async () => {
    expect(await deletedOf({ versions: upTo(6), aliases: [live(6)] }, { keep: 3 })).toEqual([1, 2, 3]);
  });

  test('the newest by number, in whatever order Lambda lists them, and whatever is missing', async () => {
    expect(await deletedOf({ versions: [10, 9, 2, 31, 4], aliases: [live(31)] }, { keep: 2 })).toEqual([2, 4, 9]);
  });

  test('nothing while there are no more than are to be kept', async () => {
    const fake = new FakeLambda({ versions: upTo(5), aliases: [live(5)] });
    expect(await run(fake, { keep: 5 })).toEqual({ pruned: [], kept: upTo(5), left: 0, reasons: {} });
    expect(fake.calls).toEqual(['ListVersionsByFunction', 'ListAliases', 'ListProvisionedConcurrencyConfigs']);
  });

  test('nothing of a function without versions', async () => {
    expect(await deletedOf({ versions: [] })).toEqual([]);
  });

  test.each<[string, Partial<State>]>([
    ['an alias points at', { aliases: [live(6), { name: 'canary', version: '2' }] }],
    ['has a weight in an alias', { aliases: [{ ...live(6), weights: { 2: 0.1 } }] }],
    ['has provisioned concurrency', { aliases: [live(6)], provisioned: ['live', '2'] }],
    ['an event source mapping names', { mapped: [2] }],
    ['has a resource policy of its own', { withPolicy: [2] }],
    ['has durable executions running', { durable: [1, 2], executing: [2] }],
    ['CloudFront has replicas of', { replicated: [2] }],
  ])('not a version that %s', async (_, state) => {
    expect(await deletedOf({ versions: upTo(6), ...state })).toEqual([1, 3, 4]);
  });

  test('not a version that is named', async () => {
    expect(await deletedOf({ versions: upTo(6) }, { named: ['6', '2', '$LATEST'] })).toEqual([1, 3, 4]);
  });

  test('an alias of $LATEST keeps no version', async () => {
    expect(await deletedOf({ versions: upTo(4), aliases: [{ name: 'dev', version: '$LATEST' }] })).toEqual([1, 2]);
  });

  test('durable executions are asked for only where a version is durable', async () => {
    const fake = new FakeLambda({ versions: upTo(4), durable: [2] });
    await run(fake);
    expect(fake.calls.filter((name) => name === 'ListDurableExecutionsByFunction')).toHaveLength(1);
    expect(fake.deleted).toEqual([1, 2]);
  });

  test('lists are read to the end', async () => {
    const aliases = upTo(7).map((number) => ({ name: `tenant${number}`, version: String(number) }));
    const fake = new FakeLambda({ versions: upTo(9), aliases }, 1);
    await run(fake);
    expect(fake.deleted).toEqual([]);
    expect(fake.calls.filter((name) => name === 'ListAliases')).toHaveLength(7);
  });

  test('reasons say why one was kept that is old and has no alias', async () => {
    const fake = new FakeLambda({ versions: upTo(6), mapped: [1], withPolicy: [2], durable: [3], executing: [3], replicated: [4] });
    expect(await run(fake)).toEqual({
      pruned: [],
      kept: upTo(6),
      left: 0,
      reasons: {
        1: 'an event source mapping invokes it',
        2: 'its resource policy lets somebody invoke it',
        3: 'durable executions that it started are not done',
        4: expect.stringContaining('it is a replicated function'),
      },
    });
  });

  test(`no more than ${MAX_DELETIONS} at once; the rest with the next deployment`, async () => {
    const fake = new FakeLambda({ versions: upTo(MAX_DELETIONS + 12), aliases: [live(MAX_DELETIONS + 12)] });
    expect(await run(fake)).toMatchObject({ pruned: upTo(MAX_DELETIONS), left: 10 });
    expect(await run(fake)).toMatchObject({ pruned: upTo(MAX_DELETIONS + 10).slice(MAX_DELETIONS), left: 0 });
  });
});

describe('the function itself', () => {
  test.each([undefined, '', '0', '$LATEST', 'live', '1a', ' 1', '-1', null])('fails if a version to delete is %j', async (version) => {
    const fake = new FakeLambda({ versions: [1] });
    await expect(deleteVersion({ client: fake, functionArn: FUNCTION_ARN, signal: new AbortController().signal }, version)).rejects.toThrow('not the number of a version');
    expect(fake.calls).toEqual([]);
  });

  test.each([
    ['functionArn', undefined], ['functionArn', 'orders'], ['functionArn', `${FUNCTION_ARN}:1`], ['functionArn', `${FUNCTION_ARN}:live`], ['functionArn', ''],
    ['keep', NaN], ['keep', 1], ['keep', 0], ['keep', -2], ['keep', 2.5], ['keep', Infinity],
    ['named', [undefined]], ['named', ['live']], ['named', ['']], ['named', ['1', '0']],
  ])('fails if %s is %j, before anything is asked', async (member, value) => {
    const fake = new FakeLambda({ versions: upTo(5) });
    await expect(run(fake, { [member]: value })).rejects.toThrow(/must be/);
    expect(fake.calls).toEqual([]);
  });
});

describe('failures', () => {
  const STATE: State = { versions: upTo(8), aliases: [live(8), { name: 'canary', version: '3' }], durable: [4], executing: [] };
  const copy = () => new FakeLambda(structuredClone(STATE), 3);

  test.each(['ListVersionsByFunction', 'ListAliases', 'ListProvisionedConcurrencyConfigs'])('nothing is deleted if %s fails', async (list) => {
    const fake = copy();
    fake.failing = (_, name) => name === list ? 'AccessDeniedException' : undefined;
    await expect(run(fake)).rejects.toThrow('as the test wants');
    expect(fake.deleted).toEqual([]);
  });

  test('nothing is deleted if the second page of aliases fails', async () => {
    const fake = new FakeLambda({ versions: upTo(8), aliases: upTo(4).map((number) => ({ name: `a${number}`, version: String(number) })) }, 3);
    let pages = 0;
    fake.failing = (_, name) => name === 'ListAliases' && ++pages === 2 ? 'TooManyRequestsException' : undefined;
    await expect(run(fake)).rejects.toThrow();
    expect(fake.deleted).toEqual([]);
  });

  test('nothing is deleted if an answer lacks its list', async () => {
    const client = { send: async () => ({}) };
    await expect(run(client as unknown as FakeLambda)).rejects.toThrow('Lambda answered without Versions');
  });

  test('a version that nobody can be asked about is kept, with all that are newer', async () => {
    const fake = copy();
    fake.failing = (index, name) => name === 'GetPolicy' && index > 8 ? 'AccessDeniedException' : undefined;
    const { pruned, left, reasons } = await run(fake);
    expect({ pruned, left }).toEqual({ pruned: [1], left: 4 });
    expect(reasons).toEqual({ 2: 'AccessDeniedException: as the test wants' });
  });

  test.each(['AccessDeniedException', 'TooManyRequestsException', 'ServiceException', 'AbortError'])('%s ends it without an error', async (failure) => {
    const fake = copy();
    fake.failing = (_, name) => name === 'DeleteFunction' ? failure : undefined;
    expect(await run(fake)).toMatchObject({ pruned: [], left: 5, reasons: { 1: `${failure}: as the test wants` } });
    expect(fake.calls.filter((name) => name === 'DeleteFunction')).toHaveLength(1);
  });

  test.each(['ResourceConflictException', 'InvalidParameterValueException'])('%s is about one version only', async (failure) => {
    const fake = copy();
    let deletions = 0;
    fake.failing = (_, name) => name === 'DeleteFunction' && ++deletions === 1 ? failure : undefined;
    expect(await run(fake)).toMatchObject({ pruned: [2, 4, 5, 6], left: 0, reasons: { 1: `${failure}: as the test wants` } });
  });

  test('a version that is gone already is fine', async () => {
    const fake = copy();
    fake.failing = (_, name) => name === 'DeleteFunction' ? 'ResourceNotFoundException' : undefined;
    expect(await run(fake)).toMatchObject({ pruned: [1, 2, 4, 5, 6], left: 0, reasons: {} });
  });

  test('when time is up, no further call is made', async () => {
    const controller = new AbortController();
    const fake = copy();
    fake.failing = (_, name) => {
      if (name === 'DeleteFunction') controller.abort();
      return undefined;
    };
    const { pruned, left } = await run(fake, { signal: controller.signal });
    expect({ pruned, left }).toEqual({ pruned: [1], left: 4 });
    await expect(run(fake, { signal: controller.signal })).rejects.toThrow();
  });
});

test('on the wire, a version is deleted by its number, and nothing else is changed', async () => {
  const requests: string[] = [];
  const answers: [RegExp, object, number?][] = [
    [/versions/, { Versions: ['$LATEST', '1', '2', '3'].map((Version) => ({ Version })) }],
    [/aliases/, { Aliases: [] }],
    [/provisioned-concurrency/, { ProvisionedConcurrencyConfigs: [] }],
    [/event-source-mappings/, { EventSourceMappings: [] }],
    [/policy/, { Type: 'User', Message: 'The resource you requested does not exist.' }, 404],
    [/^DELETE/, {}, 204],
  ];
  const server = http.createServer((request, response) => {
    const line = `${request.method} ${decodeURIComponent(request.url!)}`;
    requests.push(line.replaceAll(FUNCTION_ARN, '<arn>'));
    const [, body, status = 200] = answers.find(([pattern]) => pattern.test(line))!;
    const headers = { 'content-type': 'application/json', ...status === 404 && { 'x-amzn-errortype': 'ResourceNotFoundException' } };
    response.writeHead(status, headers).end(status === 204 ? undefined : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new LambdaClient({ endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  const outcome: Outcome = await prune(client, { functionArn: FUNCTION_ARN, keep: 2, named: ['3'], signal: new AbortController().signal });
  client.destroy();
  server.close();
  expect(outcome).toEqual({ pruned: [1], kept: [2, 3], left: 0, reasons: {} });
  expect(requests).toEqual([
    'GET /2015-03-31/functions/<arn>/versions',
    'GET /2015-03-31/functions/<arn>/aliases',
    'GET /2019-09-30/functions/<arn>/provisioned-concurrency?List=ALL',
    'GET /2015-03-31/event-source-mappings?FunctionName=<arn>:1',
    'GET /2015-03-31/functions/<arn>/policy?Qualifier=1',
    'DELETE /2015-03-31/functions/<arn>?Qualifier=1',
  ]);
});

describe('whatever there is', () => {
  const number = fc.integer({ min: 1, max: 30 });
  const some = fc.uniqueArray(number, { maxLength: 4 });
  const alias = fc.record({
    version: fc.oneof(number.map(String), fc.constant('$LATEST')),
    weights: fc.option(number.map((version) => ({ [version]: 0.1 })), { nil: undefined }),
  });
  const state: fc.Arbitrary<State> = fc.record({
    versions: fc.uniqueArray(number, { maxLength: 30 }),
    aliases: fc.array(alias, { maxLength: 5 }).map((aliases) => aliases.map((entry, index) => ({ name: `alias${index}`, ...entry }))),
    provisioned: some.map((versions) => [...versions.map(String), 'alias0']),
    mapped: some,
    withPolicy: some,
    durable: some,
    executing: some,
    replicated: some,
  });
  const request = fc.record({ keep: fc.integer({ min: 2, max: 10 }), named: some.map((versions) => versions.map(String)) });
  const pageSize = fc.integer({ min: 1, max: 7 });

  const newest = (versions: readonly number[], keep: number) => [...versions].sort((a, b) => a - b).slice(-keep);
  const spared = (fake: FakeLambda, before: readonly number[], { keep, named }: { keep: number; named: string[] }) => {
    const isSpared = (version: number) => fake.used.has(version) || named.includes(String(version)) || newest(before, keep).includes(version);
    return before.filter(isSpared).sort((a, b) => a - b);
  };

  test('what is used, named or among the newest stays, all else goes, and a second time nothing', async () => {
    await fc.assert(fc.asyncProperty(state, request, pageSize, async (given, asked, size) => {
      const fake = new FakeLambda(structuredClone(given), size);
      const expected = spared(fake, given.versions, asked);
      const { pruned, kept } = await run(fake, asked);
      expect([...fake.state.versions].sort((a, b) => a - b)).toEqual(expected);
      expect(kept).toEqual(expected);
      expect(pruned).toEqual(fake.deleted);
      expect(fake.refused).toEqual([]);
      expect(await run(fake, asked)).toMatchObject({ pruned: [], kept: expected });
    }), { numRuns: 300 });
  });

  test('the same stays, whichever call fails, and however', async () => {
    const failures = fc.constantFrom('AccessDeniedException', 'TooManyRequestsException', 'ResourceConflictException', 'ResourceNotFoundException', 'TimeoutError');
    await fc.assert(fc.asyncProperty(state, request, pageSize, failures, async (given, asked, size, failure) => {
      const whole = new FakeLambda(structuredClone(given), size);
      const expected = spared(whole, given.versions, asked);
      await run(whole, asked);
      for (let failing = 0; failing < whole.calls.length; failing++) {
        const fake = new FakeLambda(structuredClone(given), size);
        fake.failing = (index) => index === failing ? failure : undefined;
        const outcome = await run(fake, asked).catch(() => undefined);
        // Lambda's word that there is no policy is the one failure that is an answer.
        const wrong = failure === 'ResourceNotFoundException' && whole.calls[failing] === 'GetPolicy' ? given.withPolicy! : [];
        expect(fake.state.versions).toEqual(expect.arrayContaining(expected.filter((version) => !wrong.includes(version))));
        if (!outcome) expect(fake.deleted).toEqual([]);
      }
    }), { numRuns: 60 });
  });
});
