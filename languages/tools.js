'use strict';

const { spawnSync } = require('node:child_process');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');

/** No questions, no telemetry, no banners. */
const ENVIRONMENT = {
  ...process.env,
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  CDK_DISABLE_VERSION_CHECK: 'true',
  CDK_VALIDATION: 'false',
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
};

/**
 * Runs a command to its end. Throws with its output when it fails, unless it may.
 *
 * Commands are looked up in the folders of `bin`, then among the repository's own tools, then on the machine.
 */
function run(command, args, { cwd = ROOT, bin = [], env, mayFail = false } = {}) {
  const PATH = [...bin, path.join(ROOT, 'node_modules/.bin'), process.env.PATH].join(path.delimiter);
  const result = spawnSync(command, args, { cwd, env: { ...ENVIRONMENT, ...env, PATH }, encoding: 'utf8', maxBuffer: 1 << 28 });
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}`;
  if (result.error) throw result.error;
  if (result.status !== 0 && !mayFail) throw new Error(`${command} ${args.join(' ')} failed with ${result.status}:\n${output.slice(-8000)}`);
  return { status: result.status, output };
}

/** Those of the commands that this machine does not have. */
function lacking(commands) {
  return commands.filter((command) => spawnSync('which', [command]).status !== 0);
}

/** Builds the package of one language from the jsii assembly. */
function pacmak(target, outdir, ...options) {
  run('jsii-pacmak', ['--target', target, '--outdir', outdir, ...options]);
}

function log(text) {
  process.stdout.write(`${text}\n`);
}

module.exports = { ROOT, run, lacking, pacmak, log };
