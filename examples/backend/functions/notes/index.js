'use strict';

const { randomUUID } = require('node:crypto');
const { DynamoDBClient, GetItemCommand, PutItemCommand } = require('@aws-sdk/client-dynamodb');

const MAX_LENGTH = 1000;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let client;
const dynamoDb = () => (client ??= new DynamoDBClient({}));

const ROUTES = { 'POST /notes': create, 'GET /notes/{id}': read };

/**
 * Writes a note of the caller (`POST /notes`) or reads one (`GET /notes/{id}`).
 *
 * Whatever a client sent has an answer, also an event that is no request: 400. Errors of DynamoDB are raised: the
 * client gets 500, and the alarms of a release see them, which they would not if they were answered.
 *
 * @param {import('aws-lambda').APIGatewayProxyEventV2WithLambdaAuthorizer<{ user?: string }>} event
 * @returns {Promise<import('aws-lambda').APIGatewayProxyStructuredResultV2>}
 */
async function handler(event) {
  if (event?.version !== '2.0' || typeof event.routeKey !== 'string') return answer(400, { message: 'This is no request of an HTTP API' });
  const route = Object.hasOwn(ROUTES, event.routeKey) ? ROUTES[event.routeKey] : undefined;
  if (!route) return answer(404, { message: `There is no ${event.routeKey}` });
  const user = event.requestContext?.authorizer?.lambda?.user;
  // The authorizer said who it is. Without it nobody has notes.
  if (typeof user !== 'string' || user === '') return answer(403, { message: 'Nobody is signed in' });
  return route(event, user);
}

async function create(event, owner) {
  const text = bodyOf(event)?.text;
  if (typeof text !== 'string' || text === '' || text.length > MAX_LENGTH) {
    return answer(400, { message: `The body must be JSON with a text of 1 to ${MAX_LENGTH} characters, such as {"text":"Buy tea"}` });
  }
  const note = { id: randomUUID(), text, createdAt: new Date().toISOString() };
  await dynamoDb().send(new PutItemCommand({
    TableName: tableName(),
    Item: { owner: { S: owner }, id: { S: note.id }, text: { S: text }, createdAt: { S: note.createdAt } },
  }));
  console.info({ message: 'Note created', id: note.id });
  return answer(201, note, { location: `/notes/${note.id}` });
}

async function read(event, owner) {
  const id = event.pathParameters?.id;
  const { Item } = typeof id === 'string' && ID.test(id)
    ? await dynamoDb().send(new GetItemCommand({ TableName: tableName(), Key: { owner: { S: owner }, id: { S: id } } }))
    : {};
  return Item ? answer(200, { id, text: Item.text.S, createdAt: Item.createdAt.S }) : answer(404, { message: 'There is no such note' });
}

function bodyOf({ body, isBase64Encoded }) {
  if (typeof body !== 'string') return undefined;
  try {
    return JSON.parse(isBase64Encoded === true ? Buffer.from(body, 'base64').toString() : body);
  } catch {
    return undefined;
  }
}

function tableName() {
  const { TABLE_NAME } = process.env;
  if (!TABLE_NAME) throw new Error('The environment variable TABLE_NAME is not set: add it to the configuration of the function');
  return TABLE_NAME;
}

function answer(statusCode, body, headers = {}) {
  return { statusCode, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

module.exports = { handler };
