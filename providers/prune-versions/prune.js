'use strict';

const { deleteVersion, useByNumber, usedVersions, versionsOf } = require('./api');

/** Versions that one deployment deletes: more would take from the few calls per second that all of the account share. */
const MAX_DELETIONS = 100;

const FUNCTION_ARN = /^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+$/;

/** What an alias may name. */
const NAMED = /^([1-9][0-9]*|\$LATEST)$/;

/** Errors that are about one version only: it is used, or replicated for CloudFront. After any other there is no use in going on. */
const OF_ONE_VERSION = ['ResourceConflictException', 'InvalidParameterValueException'];

/**
 * Deletes all published versions but the newest ones, those that are named, and those that are used.
 *
 * Throws before anything is deleted if it cannot be told which are used. Afterwards it never throws.
 *
 * @returns `pruned` and `kept` with version numbers, oldest first; `left`, how many of the kept were not looked at to the end
 */
async function prune(client, { functionArn, keep, named, signal }) {
  check(functionArn, keep, named);
  const api = { client, functionArn, signal };
  const versions = await versionsOf(api);
  const used = await usedVersions(api);
  const numbers = [...versions.keys()].sort((a, b) => a - b);
  const spared = new Set([...numbers.slice(-keep), ...named.map(Number), ...used]);
  const old = numbers.filter((number) => !spared.has(number));
  const { pruned, reasons, left } = await deleteUnused(api, old.map((number) => versions.get(number)));
  return { pruned, kept: numbers.filter((number) => !pruned.includes(number)), left, reasons };
}

/** Properties come from a template, where they may be anything. */
function check(functionArn, keep, named) {
  if (!FUNCTION_ARN.test(functionArn)) throw new Error(`'FunctionArn' must be the ARN of a function without a qualifier, got ${functionArn}`);
  if (!Number.isInteger(keep) || keep < 2) throw new Error(`'Keep' must be a whole number of at least 2, got ${keep}`);
  if (named.every((version) => NAMED.test(version))) return;
  throw new Error(`'Version' and 'Aliases' must be version numbers, got ${named.join(', ')}`);
}

/** One after the other, so that others can call Lambda meanwhile. */
async function deleteUnused(api, configurations) {
  const pruned = [];
  const reasons = {};
  for (const [index, configuration] of configurations.entries()) {
    if (pruned.length === MAX_DELETIONS) return { pruned, reasons, left: configurations.length - index };
    const number = Number(configuration.Version);
    try {
      const use = await useByNumber(api, configuration);
      if (use) {
        reasons[number] = use;
        continue;
      }
      await deleteVersion(api, configuration.Version);
      pruned.push(number);
    } catch (error) {
      reasons[number] = `${error.name}: ${error.message}`;
      if (!OF_ONE_VERSION.includes(error.name)) return { pruned, reasons, left: configurations.length - index };
    }
  }
  return { pruned, reasons, left: 0 };
}

module.exports = { prune, MAX_DELETIONS };
