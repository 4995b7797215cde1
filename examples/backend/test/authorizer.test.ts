import { createHmac } from 'node:crypto';
import { App, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { APIGatewaySimpleAuthorizerWithContextResult } from 'aws-lambda';
import { directEvents, fakeClient, type LambdaModule, sent, surviveAnyEvent } from '../../test-tools';
import { PushSource } from 'cdk-event-functions';

type Authorizer = LambdaModule<APIGatewaySimpleAuthorizerWithContextResult<{ user?: string }>>;

const KEY = 'k3y-k3y-k3y-k3y-k3y-k3y-k3y-k3y-';
const NOW = new Date('2026-03-01T12:00:00Z');
const HOUR = 3600;
const DENIED = { isAuthorized: false };

const send = fakeClient('@aws-sdk/client-secrets-manager', 'SecretsManagerClient', ['GetSecretValueCommand']);
let authorizer: Authorizer;

beforeEach(() => {
  process.env.SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:key-a1b2c3';
  send.mockReset().mockResolvedValue({ SecretString: KEY });
  jest.useFakeTimers({ now: NOW });
  // A new environment of Lambda: the key is not known yet.
  jest.isolateModules(() => { authorizer = jest.requireActual<Authorizer>('../functions/authorizer/index.js'); });
});

afterEach(() => {
  jest.useRealTimers();
  delete process.env.SECRET_ARN;
});

const encode = (part: unknown) => Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

function tokenOf(claims: unknown, { header = { alg: 'HS256', typ: 'JWT' } as unknown, key = KEY } = {}): string {
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

const claims = { sub: 'ada', exp: NOW.getTime() / 1000 + HOUR };
const valid = tokenOf(claims);

/** What API Gateway asks the authorizer of a request: the request, but no body, and what identifies the caller. */
function request(...identitySource: unknown[]) {
  const api = new HttpApi(new Stack(new App(), 'Test'), 'Api');
  const { body, isBase64Encoded, ...event } = PushSource.httpApi(api, { path: '/notes', methods: [HttpMethod.POST] }).sampleEvent();
  const routeArn = 'arn:aws:execute-api:us-east-1:123456789012:api-id/$default/POST/notes';
  return { ...event, type: 'REQUEST', routeArn, identitySource };
}

test('a valid token lets its subject in', async () => {
  await expect(authorizer.handler(request(`Bearer ${valid}`))).resolves.toEqual({ isAuthorized: true, context: { user: 'ada' } });
  expect(sent(send)).toEqual([{ name: 'GetSecretValueCommand', input: { SecretId: process.env.SECRET_ARN } }]);
});

describe('what is no valid token is denied:', () => {
  const flipped = (token: string) => token.slice(0, -2) + (token.at(-2) === 'A' ? 'B' : 'A') + token.slice(-1);
  const [header, payload, signature] = valid.split('.');

  test.each<[string, string]>([
    ['signed with another key', tokenOf(claims, { key: 'another' })],
    ['with one letter of the signature changed', flipped(valid)],
    ['with a shorter signature', valid.slice(0, -1)],
    ['with a longer signature', `${valid}A`],
    ['with claims of its own', `${header}.${encode({ ...claims, sub: 'root' })}.${signature}`],
    ['without a signature', `${header}.${payload}.`],
    ['that says it needs no signature', `${encode({ alg: 'none' })}.${payload}.`],
    ['signed, with another algorithm in its header', tokenOf(claims, { header: { alg: 'none' } })],
    ['signed, with a header that is no JSON', tokenOf(claims, { header: 'HS256' })],
    ['signed, with a header of null', tokenOf(claims, { header: null })],
    ['that has expired', tokenOf({ ...claims, exp: NOW.getTime() / 1000 })],
    ['without a time to expire', tokenOf({ sub: 'ada' })],
    ['that expires as a text', tokenOf({ ...claims, exp: '9999999999' })],
    ['of nobody', tokenOf({ exp: claims.exp })],
    ['of an empty subject', tokenOf({ ...claims, sub: '' })],
    ['of a subject that is no text', tokenOf({ ...claims, sub: { toString: 'root' } })],
    ['with claims of null', tokenOf(null)],
    ['with claims that are no JSON', tokenOf('{')],
  ])('a token %s', async (_, token) => {
    await expect(authorizer.handler(request(`Bearer ${token}`))).resolves.toEqual(DENIED);
  });

  test.each<[string, unknown[]]>([
    ['no header', []],
    ['an empty header', ['']],
    ['another scheme', [`Basic ${valid}`]],
    ['no scheme', [valid]],
    ['two parts', ['Bearer a.b']],
    ['a header that is no text', [{ Bearer: valid }]],
    ['something behind the token', [`Bearer ${valid} x`]],
  ])('%s, and the key is not even read', async (_, identitySource) => {
    await expect(authorizer.handler(request(...identitySource))).resolves.toEqual(DENIED);
    expect(send).not.toHaveBeenCalled();
  });
});

describe('the key', () => {
  test('is read once in five minutes', async () => {
    await authorizer.handler(request(`Bearer ${valid}`));
    jest.advanceTimersByTime(5 * 60 * 1000 - 1);
    await authorizer.handler(request(`Bearer ${valid}`));
    expect(send).toHaveBeenCalledTimes(1);
  });

  test('is in force five minutes after it was changed', async () => {
    await authorizer.handler(request(`Bearer ${valid}`));
    send.mockResolvedValue({ SecretString: 'changed' });
    jest.advanceTimersByTime(5 * 60 * 1000);
    await expect(authorizer.handler(request(`Bearer ${valid}`))).resolves.toEqual(DENIED);
  });

  test('that cannot be read is an error, no denial that API Gateway would remember', async () => {
    send.mockRejectedValueOnce(new Error('Rate exceeded'));
    await expect(authorizer.handler(request(`Bearer ${valid}`))).rejects.toThrow('Rate exceeded');
    await expect(authorizer.handler(request(`Bearer ${valid}`))).resolves.toMatchObject({ isAuthorized: true });
  });

  test('that is empty verifies nothing', async () => {
    send.mockResolvedValue({ SecretString: '' });
    await expect(authorizer.handler(request(`Bearer ${tokenOf(claims, { key: '' })}`))).rejects.toThrow('has no text');
  });

  test('without SECRET_ARN it says so', async () => {
    delete process.env.SECRET_ARN;
    await expect(authorizer.handler(request(`Bearer ${valid}`))).rejects.toThrow('SECRET_ARN is not set');
  });
});

describe('invoked directly', () => {
  test.each(directEvents(__dirname))('with the event %s it denies', async (_, event) => {
    await expect(authorizer.handler(event)).resolves.toEqual(DENIED);
  });

  test('with any JSON it answers, and lets nobody in', async () => {
    await surviveAnyEvent(async (event) => expect(await authorizer.handler(event)).toEqual(DENIED), request('Bearer a.b.c'));
  });
});
