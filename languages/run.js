#!/usr/bin/env node
'use strict';

/**
 * The language test: for each language, build its package from the jsii assembly, install that package into a fresh
 * environment, synthesize the order pipeline with it, and compare the template with that of TypeScript. Then an app
 * in that language registers the rules and must see a finding.
 *
 *   node languages/run.js [python] [java] [go]     all by default
 */

const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { ROOT, run, lacking, log } = require('./tools');

const LANGUAGES = ['python', 'java', 'go'];
const MISTAKE = "'batchSize' must be between 1 and 10000 messages (a whole number), got 0; choose another size";
const FINDING = "Acknowledge with 'lambda-rules::code-and-layers-fit'";

function main(args) {
  const unknown = args.filter((name) => !LANGUAGES.includes(name));
  if (unknown.length > 0) throw new Error(`there is no language ${unknown.join(', ')}; there are ${LANGUAGES.join(', ')}`);
  const chosen = args.length > 0 ? args : LANGUAGES;
  const expected = synthesize({ cwd: path.join(ROOT, 'examples/order-pipeline') });
  const results = chosen.map((name) => check(require(`./${name}`), expected));
  log(`languages: ${results.map(({ name, outcome }) => `${name} ${outcome}`).join(', ')}`);
  const passed = results.filter(({ outcome }) => outcome === 'passed').length;
  log(`${passed} passed, ${results.length - passed} failed`);
  if (passed < results.length) process.exitCode = 1;
}

/** One language from its package to its findings. What the machine lacks is a failure that says so. */
function check(language, expected) {
  const { name } = language;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `languages-${name}-`));
  try {
    const missing = lacking(language.tools);
    if (missing.length > 0) throw new Error(`this machine lacks ${missing.join(', ')}`);
    log(`== ${name}: build the package`);
    const artifact = language.pack(path.join(folder, 'dist'));
    log(`== ${name}: install ${path.basename(artifact)} into a fresh environment`);
    const environment = language.install(artifact, path.join(folder, 'environment'));
    log(`== ${name}: synthesize examples/order-pipeline-${name}`);
    const template = synthesize(language.example(environment));
    assert.deepEqual(template, expected, `${name}: the template differs from TypeScript's`);
    log(`== ${name}: an app with a mistake, and one with too much code`);
    failsWith(MISTAKE, language.mistake(environment), folder);
    findsTooMuchCode(language.tooMuchCode(environment), folder);
    return { name, outcome: 'passed' };
  } catch (error) {
    log(`== ${name}: FAILED\n${error.message}`);
    return { name, outcome: 'failed' };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the CDK CLI and returns the template as all languages must make it. */
function synthesize({ cwd, app, bin, env }) {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), 'languages-out-'));
  try {
    run('cdk', ['synth', '--quiet', '--output', out, ...app ? ['--app', app] : []], { cwd, bin, env });
    return portable(JSON.parse(fs.readFileSync(path.join(out, 'OrderPipeline.template.json'), 'utf8')));
  } finally {
    fs.rmSync(out, { recursive: true, force: true });
  }
}

/** Without what may differ: hashes of assets and versions, and the CDK's usage data, which names the language. */
function portable(template) {
  const text = JSON.stringify(template)
    .replace(/[0-9a-f]{64}/g, 'HASH')
    .replace(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1HASH');
  const { Resources, ...rest } = JSON.parse(text);
  delete Resources.CDKMetadata;
  return { ...rest, Resources: Object.fromEntries(Object.entries(Resources).sort(([a], [b]) => a.localeCompare(b))) };
}

/** The rules must stop an app whose code is one byte too large, name the bytes, and say how to acknowledge. */
function findsTooMuchCode(project, folder) {
  const code = path.join(folder, 'too-much-code');
  fs.mkdirSync(code);
  fs.closeSync(fs.openSync(path.join(code, 'big.bin'), 'w'));
  fs.truncateSync(path.join(code, 'big.bin'), 262_144_001);
  const output = failsWith(FINDING, { ...project, env: { ...project.env, TOO_MUCH_CODE: code } }, folder);
  assert.ok(output.includes('262,144,001'), `the bytes are not named in:\n${output}`);
}

/** The synthesis must fail and say so much. */
function failsWith(text, { cwd, app, bin, env }, folder) {
  const { status, output } = run('cdk', ['synth', '--quiet', '--output', path.join(folder, 'out'), '--app', app], { cwd, bin, env, mayFail: true });
  assert.notEqual(status, 0, `cdk synth passed, but should say: ${text}`);
  assert.ok(output.includes(text), `'${text}' is not in:\n${output.slice(-8000)}`);
  return output;
}

main(process.argv.slice(2));
