'use strict';

/** What is asked of Lambda, and the one thing that is told it. */

const sdk = require('@aws-sdk/client-lambda');

const PUBLISHED = /^[1-9][0-9]*$/;

/** Configurations of the published versions by number. */
async function versionsOf(api) {
  const all = await list(api, sdk.ListVersionsByFunctionCommand, 'Versions', { FunctionName: api.functionArn });
  return new Map(all.filter(isPublished).map((configuration) => [Number(configuration.Version), configuration]));
}

function isPublished({ Version }) {
  return PUBLISHED.test(Version);
}

/** Versions that an alias points at, also with a weight as while traffic is shifted, and those with provisioned concurrency. */
async function usedVersions(api) {
  const ofFunction = { FunctionName: api.functionArn };
  const aliases = await list(api, sdk.ListAliasesCommand, 'Aliases', ofFunction);
  const provisioned = await list(api, sdk.ListProvisionedConcurrencyConfigsCommand, 'ProvisionedConcurrencyConfigs', ofFunction);
  const qualifiers = [
    ...aliases.flatMap(({ FunctionVersion, RoutingConfig }) => [FunctionVersion, ...Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {})]),
    ...provisioned.map(({ FunctionArn }) => FunctionArn.split(':').pop()),
  ];
  return new Set(qualifiers.filter((qualifier) => PUBLISHED.test(qualifier)).map(Number));
}

/** Who uses a version by its number, if somebody does. Lambda tells this of one version at a time. */
async function useByNumber(api, { Version, DurableConfig }) {
  if (await hasMapping(api, Version)) return 'an event source mapping invokes it';
  if (await hasPolicy(api, Version)) return 'its resource policy lets somebody invoke it';
  if (DurableConfig && await isExecuting(api, Version)) return 'durable executions that it started are not done';
  return undefined;
}

async function hasMapping(api, version) {
  const mappings = await list(api, sdk.ListEventSourceMappingsCommand, 'EventSourceMappings', { FunctionName: `${api.functionArn}:${version}` });
  return mappings.length > 0;
}

async function hasPolicy(api, version) {
  try {
    await send(api, new sdk.GetPolicyCommand({ FunctionName: api.functionArn, Qualifier: version }));
    return true;
  } catch (error) {
    if (error.name === 'ResourceNotFoundException') return false;
    throw error;
  }
}

async function isExecuting(api, version) {
  const input = { FunctionName: api.functionArn, Qualifier: version, Statuses: ['RUNNING'] };
  for await (const executions of pages(api, sdk.ListDurableExecutionsByFunctionCommand, 'DurableExecutions', input)) {
    if (executions.length > 0) return true;
  }
  return false;
}

/** Deletes one version. Without a number this would be the function with all of its versions, so there is none without. */
async function deleteVersion(api, version) {
  if (!PUBLISHED.test(version)) throw new Error(`not the number of a version: ${version}`);
  try {
    await send(api, new sdk.DeleteFunctionCommand({ FunctionName: api.functionArn, Qualifier: String(version) }));
  } catch (error) {
    if (error.name !== 'ResourceNotFoundException') throw error;
  }
}

async function list(api, Command, member, input) {
  const items = [];
  for await (const page of pages(api, Command, member, input)) items.push(...page);
  return items;
}

async function* pages(api, Command, member, input) {
  let Marker;
  do {
    const answer = await send(api, new Command({ ...input, Marker }));
    if (!Array.isArray(answer[member])) throw new Error(`Lambda answered without ${member}`);
    yield answer[member];
    Marker = answer.NextMarker;
  } while (Marker);
}

function send({ client, signal }, command) {
  signal.throwIfAborted();
  return client.send(command, { abortSignal: signal });
}

module.exports = { deleteVersion, useByNumber, usedVersions, versionsOf };
