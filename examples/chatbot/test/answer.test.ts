import { DynamoDBClient, type GetItemCommandInput } from '@aws-sdk/client-dynamodb';
import { App, Stack } from 'aws-cdk-lib';
import { CfnBotAlias } from 'aws-cdk-lib/aws-lex';
import type { LexV2Event, LexV2Result } from 'aws-lambda';
import { directEvents, type LambdaModule, surviveAnyEvent } from '../../test-tools';
import { shopIntents, shopSlotTypes } from '../shop-intents';
import { PushSource } from 'cdk-event-functions';

const answer = jest.requireActual<LambdaModule<LexV2Result>>('../functions/answer/index.js');

const source = PushSource.lexBot(new CfnBotAlias(new Stack(new App(), 'Test'), 'Bot', { botAliasName: 'live', botId: 'BOTEXAMPLE' }));

const filled = (value: string) => ({ shape: 'Scalar', value: { originalValue: value, interpretedValue: value, resolvedValues: [value] } });

/** What Lex asks about an intent. The slot of the documented example is left out. */
function asked(invocationSource: 'DialogCodeHook' | 'FulfillmentCodeHook', name: string, slots: Record<string, unknown>): LexV2Event {
  const intent = { name, slots: { City: undefined, ...slots } };
  return source.sampleEvent({ invocationSource, sessionState: { sessionAttributes: { channel: 'web' }, intent } }) as LexV2Event;
}
const inDialog = (name: string, slots: Record<string, unknown>) => asked('DialogCodeHook', name, slots);
const atTheEnd = (name: string, slots: Record<string, unknown>) => asked('FulfillmentCodeHook', name, slots);

let getItem: jest.SpyInstance;

beforeEach(() => {
  process.env.TABLE_NAME = 'orders';
  getItem = jest.spyOn(DynamoDBClient.prototype as { send(command: unknown): unknown }, 'send').mockImplementation(async (command) => {
    const { Key } = (command as { input: GetItemCommandInput }).input;
    return Key?.orderNumber.S === 'A1234' ? { Item: { ...Key, status: { S: 'on its way' } } } : {};
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  delete process.env.TABLE_NAME;
});

const said = ({ messages }: LexV2Result) => messages?.map(({ content }: any) => content);

describe('where is my order?', () => {
  test('while the user has not said the number, Lex asks for it', async () => {
    const result = await answer.handler(inDialog('OrderStatus', { OrderNumber: null }));
    expect(result.sessionState.dialogAction).toEqual({ type: 'Delegate' });
    expect(result.messages).toBeUndefined();
  });

  test.each(['A1234', 'a1234'])('the number %s is taken', async (number) => {
    const result = await answer.handler(inDialog('OrderStatus', { OrderNumber: filled(number) }));
    expect(result.sessionState.dialogAction).toEqual({ type: 'Delegate' });
  });

  test.each(['1234', 'A123', 'A12345', 'my order', ''])('the number %j is asked for again', async (number) => {
    const result = await answer.handler(inDialog('OrderStatus', { OrderNumber: filled(number) }));
    expect(result.sessionState).toMatchObject({
      dialogAction: { type: 'ElicitSlot', slotToElicit: 'OrderNumber' },
      intent: { name: 'OrderStatus', state: 'InProgress', slots: { OrderNumber: null } },
    });
    expect(said(result)).toEqual([expect.stringContaining('a letter and four digits')]);
    expect(getItem).not.toHaveBeenCalled();
  });

  test('the status is told, and the conversation is over', async () => {
    const result = await answer.handler(atTheEnd('OrderStatus', { OrderNumber: filled('a1234') }));
    expect(result.sessionState).toMatchObject({ dialogAction: { type: 'Close' }, intent: { name: 'OrderStatus', state: 'Fulfilled' } });
    expect(said(result)).toEqual(['Your order A1234 is on its way.']);
    expect(getItem.mock.calls[0][0].input).toEqual({ TableName: 'orders', Key: { orderNumber: { S: 'A1234' } } });
  });

  test('an order that is not there is told, too', async () => {
    const result = await answer.handler(atTheEnd('OrderStatus', { OrderNumber: filled('Z9999') }));
    expect(result.sessionState.intent).toMatchObject({ state: 'Failed' });
    expect(said(result)).toEqual(['I do not find an order Z9999.']);
  });

  test('an error of DynamoDB is raised', async () => {
    getItem.mockRejectedValue(new Error('Requested resource not found'));
    await expect(answer.handler(atTheEnd('OrderStatus', { OrderNumber: filled('A1234') }))).rejects.toThrow('not found');
  });

  test('without TABLE_NAME it says so', async () => {
    delete process.env.TABLE_NAME;
    await expect(answer.handler(atTheEnd('OrderStatus', { OrderNumber: filled('A1234') }))).rejects.toThrow('TABLE_NAME is not set');
  });
});

describe('when are you open?', () => {
  test.each(shopSlotTypes().flatMap(({ slotTypeValues }) => slotTypeValues as any[]).map(({ sampleValue }) => sampleValue.value))(
    'in %s, which the bot knows, the function knows it', async (city) => {
      const result = await answer.handler(atTheEnd('StoreHours', { City: filled(city) }));
      expect(result.sessionState).toMatchObject({ dialogAction: { type: 'Close' }, intent: { state: 'Fulfilled' } });
      expect(said(result)).toEqual([expect.stringMatching(`^Our shop in ${city} is open from`)]);
    },
  );

  test.each(['Seattle', 'toString'])('in %s there is no shop', async (city) => {
    const result = await answer.handler(atTheEnd('StoreHours', { City: filled(city) }));
    expect(result.sessionState.intent?.state).toBe('Failed');
    expect(said(result)).toEqual(['We have no shop there, but in Berlin and Hamburg.']);
  });
});

test('what nobody understood is answered with what the bot knows', async () => {
  const result = await answer.handler(atTheEnd('FallbackIntent', {}));
  expect(result.sessionState.dialogAction).toEqual({ type: 'ElicitIntent' });
  expect(said(result)).toEqual([expect.stringContaining('What would you like to know?')]);
});

test('each intent of the bot is known to the function', async () => {
  for (const { name } of shopIntents().filter(({ parentIntentSignature }) => !parentIntentSignature)) {
    const { dialogAction } = (await answer.handler(atTheEnd(name, {}))).sessionState;
    expect(dialogAction.type).not.toBe('ElicitIntent');
  }
});

describe('each answer', () => {
  test.each([
    inDialog('OrderStatus', { OrderNumber: filled('A1') }), atTheEnd('OrderStatus', { OrderNumber: filled('A1234') }), atTheEnd('FallbackIntent', {}),
  ])('keeps the attributes of the session and names the intent (%#)', async (event) => {
    const { sessionState, messages = [] } = await answer.handler(event);
    expect(sessionState.sessionAttributes).toMatchObject({ channel: 'web' });
    expect(sessionState.intent?.name).toBe(event.sessionState.intent.name);
    for (const message of messages) expect(message).toEqual({ contentType: 'PlainText', content: expect.any(String) });
  });
});

test('the sample event as it is, of an intent of another bot, is answered with what this one knows', async () => {
  const result = await answer.handler(source.sampleEvent());
  expect(result.sessionState).toMatchObject({ dialogAction: { type: 'ElicitIntent' }, intent: { name: 'BookHotel' } });
});

describe('invoked directly', () => {
  const events = Object.fromEntries(directEvents(__dirname));

  test.each(['null', 'simple'])('with the event %s it says what is missing', async (name) => {
    await expect(answer.handler(events[name])).rejects.toThrow('An event of Amazon Lex V2 has sessionState.intent.name, but this has none');
  });

  test('with the complex event it answers', async () => {
    expect(said(await answer.handler(events.complex))).toEqual(['Our shop in Hamburg is open from 10 to 18 o\'clock, Monday to Friday.']);
  });

  test('with any JSON it answers, or says what is missing', async () => {
    await surviveAnyEvent((event) => answer.handler(event),
      inDialog('OrderStatus', { OrderNumber: filled('A1') }), atTheEnd('OrderStatus', { OrderNumber: filled('A1234') }), atTheEnd('StoreHours', { City: filled('Berlin') }));
  });
});
