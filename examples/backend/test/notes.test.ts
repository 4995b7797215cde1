import { DynamoDBClient, type GetItemCommandInput, type PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { App, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { directEvents, type LambdaModule, surviveAnyEvent } from '../../test-tools';
import { PushSource } from 'cdk-event-functions';

const notes = jest.requireActual<LambdaModule<APIGatewayProxyStructuredResultV2>>('../functions/notes/index.js');

const api = new HttpApi(new Stack(new App(), 'Test'), 'Api');
const post = PushSource.httpApi(api, { path: '/notes', methods: [HttpMethod.POST] });
const get = PushSource.httpApi(api, { path: '/notes/{id}', methods: [HttpMethod.GET] });

/** What the authorizer adds to an event. */
const as = (user: string) => ({ authorizer: { lambda: { user } } });
const written = (text: unknown, user = 'ada') => post.sampleEvent({ requestContext: as(user), body: JSON.stringify({ text }) });
const asked = (id: string, user = 'ada') => get.sampleEvent({ requestContext: as(user), pathParameters: { id } });

/** The items in the table, by owner and id. */
let table: Map<string, PutItemCommandInput['Item']>;
let send: jest.SpyInstance;

beforeEach(() => {
  process.env.TABLE_NAME = 'notes';
  table = new Map();
  jest.spyOn(console, 'info').mockReturnValue();
  send = jest.spyOn(DynamoDBClient.prototype as { send(command: unknown): unknown }, 'send').mockImplementation(async (command) => {
    const { Item, Key } = (command as { input: PutItemCommandInput & GetItemCommandInput }).input;
    const keyOf = (item: typeof Item) => `${item?.owner.S} ${item?.id.S}`;
    if (Item) table.set(keyOf(Item), Item);
    return Key ? { Item: table.get(keyOf(Key)) } : {};
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  delete process.env.TABLE_NAME;
});

const bodyOf = ({ body }: APIGatewayProxyStructuredResultV2) => JSON.parse(body!);

describe('a note', () => {
  test('is written, and read by its owner', async () => {
    const created = await notes.handler(written('Buy tea'));
    const note = bodyOf(created);
    expect(created).toMatchObject({ statusCode: 201, headers: { location: `/notes/${note.id}` } });
    const read = await notes.handler(asked(note.id));
    expect(read.statusCode).toBe(200);
    expect(bodyOf(read)).toEqual({ id: note.id, text: 'Buy tea', createdAt: note.createdAt });
  });

  test('is read by nobody else', async () => {
    const { id } = bodyOf(await notes.handler(written('Buy tea')));
    await expect(notes.handler(asked(id, 'eve'))).resolves.toMatchObject({ statusCode: 404 });
  });

  test('that is not there is not found', async () => {
    await expect(notes.handler(asked('00000000-0000-0000-0000-000000000000'))).resolves.toMatchObject({ statusCode: 404 });
    expect(send).toHaveBeenCalledTimes(1);
  });

  test.each(['value', '', '../notes', 'A'.repeat(2000)])('with the id %j is not even looked for', async (id) => {
    await expect(notes.handler(asked(id))).resolves.toMatchObject({ statusCode: 404 });
    expect(send).not.toHaveBeenCalled();
  });

  test('may come in Base64, as API Gateway sends what is no text for it', async () => {
    const body = Buffer.from('{"text":"Käse"}').toString('base64');
    const created = await notes.handler(post.sampleEvent({ requestContext: as('ada'), body, isBase64Encoded: true }));
    expect(bodyOf(created).text).toBe('Käse');
  });

  test.each<[string, unknown]>([['nothing', undefined], ['no text', ''], ['a number', 1], ['a long text', 'x'.repeat(1001)]])(
    'of %s is refused', async (_, text) => {
      await expect(notes.handler(written(text))).resolves.toMatchObject({ statusCode: 400 });
      expect(send).not.toHaveBeenCalled();
    },
  );

  test('of a thousand characters is taken', async () => {
    await expect(notes.handler(written('x'.repeat(1000)))).resolves.toMatchObject({ statusCode: 201 });
  });

  test.each(['{"text":', 'null', '[]', '"Buy tea"'])('with the body %s is refused', async (body) => {
    await expect(notes.handler(post.sampleEvent({ requestContext: as('ada'), body }))).resolves.toMatchObject({ statusCode: 400 });
  });
});

describe('sample events as they are', () => {
  test.each([['POST', post], ['GET', get]])('of %s come from nobody: no authorizer has seen them', async (_, source) => {
    await expect(notes.handler(source.sampleEvent())).resolves.toMatchObject({ statusCode: 403 });
    expect(send).not.toHaveBeenCalled();
  });

  test('of another route are not found', async () => {
    await expect(notes.handler(PushSource.httpApi(api).sampleEvent())).resolves.toMatchObject({ statusCode: 404 });
  });
});

test('an error of DynamoDB is raised, for the alarms of the release', async () => {
  send.mockRejectedValue(new Error('The level of configured throughput was exceeded'));
  await expect(notes.handler(written('Buy tea'))).rejects.toThrow('throughput');
});

test('without TABLE_NAME it says so', async () => {
  delete process.env.TABLE_NAME;
  await expect(notes.handler(written('Buy tea'))).rejects.toThrow('TABLE_NAME is not set');
});

describe('invoked directly', () => {
  const events = Object.fromEntries(directEvents(__dirname));

  test.each(['null', 'simple'])('with the event %s it says that this is no request', async (name) => {
    await expect(notes.handler(events[name])).resolves.toMatchObject({ statusCode: 400, body: '{"message":"This is no request of an HTTP API"}' });
  });

  test('with the complex event it writes a note', async () => {
    await expect(notes.handler(events.complex)).resolves.toMatchObject({ statusCode: 201, body: expect.stringContaining('🍵 tee for München') });
  });

  test('with any JSON it answers', async () => {
    await surviveAnyEvent((event) => notes.handler(event), written('Buy tea'), asked('00000000-0000-0000-0000-000000000000'));
  });
});
