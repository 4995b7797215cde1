'use strict';

const { createHmac, timingSafeEqual } = require('node:crypto');
const { GetSecretValueCommand, SecretsManagerClient } = require('@aws-sdk/client-secrets-manager');

/** A key that was changed in Secrets Manager is in force after this time. */
const KEY_AGE_MS = 5 * 60 * 1000;

const DENIED = { isAuthorized: false };

let client;
let key;

/**
 * Lets in who has a JSON Web Token that is signed with our key (HS256) and has not expired. The handler behind the API
 * finds the name of the caller, the subject of the token, in `requestContext.authorizer.lambda.user`.
 *
 * Whatever is no such token, or no request at all, is denied: the client gets 403. Only what is wrong on our side is
 * an error, for which the client gets 500: API Gateway would remember a denial.
 *
 * @param {import('aws-lambda').APIGatewayRequestAuthorizerEventV2} event
 * @returns {Promise<import('aws-lambda').APIGatewaySimpleAuthorizerWithContextResult<{ user?: string }>>}
 */
async function handler(event) {
  const token = tokenOf(event);
  if (token === undefined) return DENIED;
  const user = userOf(token, await signingKey());
  return user === undefined ? DENIED : { isAuthorized: true, context: { user } };
}

/** What API Gateway took from the request to identify the caller: the header `Authorization`. */
function tokenOf(event) {
  const header = event?.identitySource?.[0];
  return typeof header === 'string' ? /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(header)?.[1] : undefined;
}

/** @returns {string | undefined} the subject of a valid token */
function userOf(token, secret) {
  const [header, payload, signature] = token.split('.');
  // Before anything of the token is read.
  if (!isSame(createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url'), signature)) return undefined;
  // The token does not choose how it is verified: one that says `none` or `RS256` is none of ours.
  if (decode(header)?.alg !== 'HS256') return undefined;
  const { sub, exp } = decode(payload) ?? {};
  const isValid = typeof sub === 'string' && sub !== '' && typeof exp === 'number' && exp * 1000 > Date.now();
  return isValid ? sub : undefined;
}

/** Takes as long for any wrong signature. The length of a right one is no secret. */
function isSame(expected, got) {
  return expected.length === got.length && timingSafeEqual(Buffer.from(expected), Buffer.from(got));
}

function decode(part) {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}

async function signingKey() {
  if (key && Date.now() - key.readAt < KEY_AGE_MS) return key.value;
  const { SECRET_ARN } = process.env;
  if (!SECRET_ARN) throw new Error('The environment variable SECRET_ARN is not set: add it to the configuration of the function');
  client ??= new SecretsManagerClient({});
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: SECRET_ARN }));
  if (!SecretString) throw new Error(`The secret ${SECRET_ARN} has no text: nothing could be verified with it`);
  key = { value: SecretString, readAt: Date.now() };
  return key.value;
}

module.exports = { handler };
