'use strict';

const { DynamoDBClient, GetItemCommand } = require('@aws-sdk/client-dynamodb');

const ORDER_NUMBER = /^[A-Z]\d{4}$/;
const HOURS = { Berlin: 'from 9 to 20 o\'clock, except on Sundays', Hamburg: 'from 10 to 18 o\'clock, Monday to Friday' };
const HELP = 'I can tell where an order is, and when a shop is open. What would you like to know?';

let client;
const dynamoDb = () => (client ??= new DynamoDBClient({}));

/** For each intent: what looks at an answer of the user, and what has the last word. */
const INTENTS = {
  OrderStatus: { dialog: checkOrderNumber, fulfillment: tellOrderStatus },
  StoreHours: { fulfillment: tellStoreHours },
};

/**
 * Answers users of the bot. An intent that it does not know is answered with what it knows.
 *
 * What is no event of Amazon Lex V2 is an error, and so is what goes wrong at DynamoDB: the bot tells the user that it
 * failed, and the errors are counted.
 *
 * @param {import('aws-lambda').LexV2Event} event
 * @returns {Promise<import('aws-lambda').LexV2Result>}
 */
async function handler(event) {
  const intent = event?.sessionState?.intent;
  if (typeof intent?.name !== 'string') throw new Error('An event of Amazon Lex V2 has sessionState.intent.name, but this has none');
  const steps = Object.hasOwn(INTENTS, intent.name) ? INTENTS[intent.name] : { fulfillment: help };
  const step = event.invocationSource === 'DialogCodeHook' ? steps.dialog ?? goOn : steps.fulfillment;
  const { messages, ...state } = await step(intent);
  const sessionAttributes = event.sessionState.sessionAttributes ?? {};
  return { sessionState: { sessionAttributes, intent, ...state }, ...messages && { messages: messages.map(plainText) } };
}

/** Lex does what it would do without a function: ask for the next slot, or fulfil the intent. */
function goOn() {
  return { dialogAction: { type: 'Delegate' } };
}

function checkOrderNumber(intent) {
  const number = valueOf(intent, 'OrderNumber');
  return number === undefined || isOrderNumber(number) ? goOn() : askAgain(intent);
}

async function tellOrderStatus(intent) {
  const number = valueOf(intent, 'OrderNumber');
  if (!isOrderNumber(number)) return askAgain(intent);
  const orderNumber = number.toUpperCase();
  const { Item } = await dynamoDb().send(new GetItemCommand({ TableName: tableName(), Key: { orderNumber: { S: orderNumber } } }));
  if (!Item) return close(intent, 'Failed', `I do not find an order ${orderNumber}.`);
  return close(intent, 'Fulfilled', `Your order ${orderNumber} is ${Item.status?.S ?? 'being looked at'}.`);
}

function tellStoreHours(intent) {
  const city = valueOf(intent, 'City');
  if (city === undefined || !Object.hasOwn(HOURS, city)) return close(intent, 'Failed', `We have no shop there, but in ${Object.keys(HOURS).join(' and ')}.`);
  return close(intent, 'Fulfilled', `Our shop in ${city} is open ${HOURS[city]}.`);
}

/** Leaves it to the user what comes next. */
function help() {
  return { dialogAction: { type: 'ElicitIntent' }, messages: [HELP] };
}

function askAgain(intent) {
  return {
    dialogAction: { type: 'ElicitSlot', slotToElicit: 'OrderNumber' },
    intent: { ...intent, state: 'InProgress', slots: { ...intent.slots, OrderNumber: null } },
    messages: ['The number of an order is a letter and four digits, such as A1234. What is yours?'],
  };
}

function close(intent, state, message) {
  return { dialogAction: { type: 'Close' }, intent: { ...intent, state }, messages: [message] };
}

/** What Lex understood, as the slot's type says it; `undefined` where the user has not answered yet. */
function valueOf(intent, slot) {
  const value = intent.slots?.[slot]?.value?.interpretedValue;
  return typeof value === 'string' ? value : undefined;
}

/** Users who type do it as they like. */
function isOrderNumber(text) {
  return text !== undefined && ORDER_NUMBER.test(text.toUpperCase());
}

function plainText(content) {
  return { contentType: 'PlainText', content };
}

function tableName() {
  const { TABLE_NAME } = process.env;
  if (!TABLE_NAME) throw new Error('The environment variable TABLE_NAME is not set: add it to the configuration of the function');
  return TABLE_NAME;
}

module.exports = { handler };
