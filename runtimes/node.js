'use strict';

/**
 * Functions of Node.js, loaded by AWS's own aws-lambda-ric on the version of Node.js that each runtime has.
 *
 * The client's native part, which only carries events and results over HTTP, is not built: that takes autoconf, cmake, the headers
 * of Node.js and minutes. An empty folder module stands for it, and the client's own HTTP code, which is JavaScript, asks for events
 * (AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1). All that loads handlers and reports errors is AWS's code, unchanged.
 */

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { run } = require('../languages/tools');
const { folderOf, install } = require('./environments');
const packages = require('./node-packages');
const { startClient } = require('./runtime-api');

/** Features that Lambda turns off: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html#nodejs-experimental-features */
const NO_REQUIRE = '--no-experimental-require-module';
const NO_DETECT = '--no-experimental-detect-module';

/** Where each client's entry is, and the folder in which it looks for its native part. */
const CLIENTS = {
  'aws-lambda-ric@3.3.0': { entry: 'bin/index.mjs', native: 'dist' },
  'aws-lambda-ric@4.0.2': { entry: 'index.mjs', native: '.' },
};

/** What stands for the native part: a folder, which Node.js takes for a module, of its own kind. */
const NATIVE = { 'package.json': '{}\n', 'index.js': 'exports.initializeClient = () => {};\n' };

/** Versions of Node.js as npm has them, and the client of the runtime. Node.js 24 has the client that refuses callbacks. */
const RUNTIMES = {
  'nodejs20.x': { node: 'node@20.20.2', client: 'aws-lambda-ric@3.3.0', options: [NO_REQUIRE] },
  'nodejs22.x': { node: 'node@22.23.3', client: 'aws-lambda-ric@3.3.0', options: [NO_REQUIRE, NO_DETECT] },
  'nodejs24.x': { node: 'node@24.21.0', client: 'aws-lambda-ric@4.0.2', options: [NO_REQUIRE, NO_DETECT] },
};

/** What the client reports for each fault, where the row does not say. */
const ERRORS = {
  form: 'Runtime.MalformedHandlerName',
  file: 'Runtime.ImportModuleError',
  syntax: 'Runtime.UserCodeSyntaxError',
  function: 'Runtime.HandlerNotFound',
  callback: 'Runtime.CallbackHandlerDeprecated',
};

const rows = Object.keys(RUNTIMES).flatMap((runtime) => packages.map((row) => ({
  ...row, runtime, verdict: of(row.verdict, runtime), error: of(row.error, runtime),
})));

/** What a row says of a runtime. */
function of(value, runtime) {
  return typeof value === 'object' ? value[runtime] : value;
}

function prepare() {
  const made = Object.values(RUNTIMES).flatMap(({ node, client }) => [installNode(node), installClient(client)]);
  return [...new Set(made)].join(', ');
}

function installNode(node) {
  install(node, node, (to) => npmInstall(to, node));
  return `Node.js ${run(programOf(node), ['--version']).output.trim()}`;
}

function programOf(node) {
  return path.join(folderOf(node), 'node_modules/node/bin/node');
}

function entryOf(client) {
  return path.join(folderOf(client), 'node_modules/aws-lambda-ric', CLIENTS[client].entry);
}

function installClient(client) {
  const { native } = CLIENTS[client];
  install(client, `${client}\n${JSON.stringify(NATIVE)}`, (to) => {
    npmInstall(to, client, '--ignore-scripts');
    write(path.join(to, 'node_modules/aws-lambda-ric', native, 'rapid-client.node'), NATIVE);
  });
  return client;
}

function npmInstall(folder, name, ...options) {
  run('npm', ['install', '--prefix', folder, ...options, '--no-audit', '--no-fund', '--loglevel=error', name]);
}

/** Starts a package, with its layers in a folder that stands for /opt. */
async function start(row) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'runtimes-'));
  const [task, opt, own] = ['task', 'opt', 'runtime'].map((name) => path.join(folder, name));
  try {
    [task, opt, own].forEach((at) => fs.mkdirSync(at));
    write(task, row.files);
    row.layers.forEach((layer) => write(opt, layer));
    const { node, client, options } = RUNTIMES[row.runtime];
    const handler = row.handler.replace(/^\/opt(?=\/)/, opt).replace(/^\/var\/task(?=\/)/, task);
    const env = environment(row.runtime, handler, { task, opt, own });
    return await startClient(programOf(node), [...options, entryOf(client), handler], { cwd: task, env });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What /var/runtime/bootstrap sets. */
function environment(runtime, handler, { task, opt, own }) {
  const version = /\d+/.exec(runtime)[0];
  return {
    PATH: process.env.PATH,
    HOME: os.tmpdir(),
    _HANDLER: handler,
    LAMBDA_TASK_ROOT: task,
    LAMBDA_RUNTIME_DIR: own,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1: 'true',
    NODE_PATH: [`${opt}/nodejs/node${version}/node_modules`, `${opt}/nodejs/node_modules`, `${own}/node_modules`, own, task].join(':'),
  };
}

function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}

/** Whether what came of a package is what its verdict says. */
function fits({ verdict, error, throws }, { outcome, type }) {
  // That a handler is there does not keep its file from failing otherwise.
  if (verdict === 'starts') return throws ? outcome === 'error' : outcome === 'next';
  return outcome === 'error' && type === (error ?? ERRORS[verdict]);
}

module.exports = { name: 'Node.js', prepare, rows, start, fits };
