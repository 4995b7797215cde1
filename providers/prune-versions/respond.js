'use strict';

/**
 * Tells CloudFormation that all went well.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 500;

async function respond(event, data, pause = FIRST_PAUSE_MS) {
  const body = JSON.stringify({
    Status: 'SUCCESS',
    PhysicalResourceId: event.PhysicalResourceId ?? event.LogicalResourceId,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    Data: data,
  });
  for (let attempt = 1; ; attempt++) {
    try {
      return await put(event.ResponseURL, body);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      console.log(`CloudFormation was not told (${error.message}): trying again`);
      await new Promise((resolve) => setTimeout(resolve, pause * 2 ** (attempt - 1)));
    }
  }
}

async function put(url, body) {
  // The URL is signed without a content type.
  const { ok, status } = await fetch(url, { method: 'PUT', body, headers: { 'content-type': '' }, signal: AbortSignal.timeout(3_000) });
  if (!ok) throw new Error(`HTTP ${status}`);
}

module.exports = { respond };
