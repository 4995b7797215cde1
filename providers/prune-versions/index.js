'use strict';

/** Deletes old versions of a function: the handler of `Custom::PrunedVersions` (src/release/prune/). */

const { LambdaClient } = require('@aws-sdk/client-lambda');
const { prune } = require('./prune');
const { respond } = require('./respond');

/** Time that is kept for the answer to CloudFormation, which waits for it. */
const RESERVED_MS = 30_000;

/**
 * Always a success: that old versions are left is no reason to fail a deployment. Only if CloudFormation cannot be reached
 * this throws, so that Lambda tries again.
 */
exports.handler = async (event, context) => {
  const outcome = await pruneInTime(event, context).catch((error) => ({ skipped: `${error.name}: ${error.message}` }));
  console.log(JSON.stringify({ request: event.RequestType, properties: event.ResourceProperties, ...outcome }));
  const { pruned = [], kept = [], left = 0 } = outcome;
  await respond(event, { Pruned: pruned.length, Kept: kept.length, Left: left });
};

async function pruneInTime(event, context) {
  const reason = reasonToWait(event);
  if (reason) return { skipped: reason };
  const { ResourceProperties: now, OldResourceProperties: before } = event;
  const time = context.getRemainingTimeInMillis() - RESERVED_MS;
  if (time <= 0) return { skipped: 'no time is left' };
  const signal = AbortSignal.timeout(time);
  const client = new LambdaClient({ maxAttempts: 5 });
  const named = [now, before].flatMap(({ Version, Aliases = [] }) => [Version, ...Aliases]);
  return prune(client, { functionArn: now.FunctionArn, keep: Number(now.Keep), named, signal });
}

/**
 * Nothing is deleted but on the way forward. Should the deployment fail, the aliases go back to what they named before, and
 * that is kept as well; on the way back, and when the resource is new, it is not known.
 */
function reasonToWait({ RequestType, ResourceProperties: now, OldResourceProperties: before }) {
  if (RequestType === 'Create') return 'the first time, and a failed deployment may go back to any version';
  if (RequestType !== 'Update') return 'the resource is deleted, the versions are not';
  if (now.FunctionArn !== before.FunctionArn) return 'another function than before';
  return Number(now.Version) > Number(before.Version) ? undefined : 'no newer version than before';
}
