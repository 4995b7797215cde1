#!/usr/bin/env node
'use strict';

/**
 * What the library says of Python functions against what AWS's runtime interface client does with them: each package of
 * python-packages.js is really started.
 *
 *   node runtimes/python.js     lib/ must be there
 */

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { packagesFor } = require('./python-packages');
const { watch } = require('./runtime-api');
const { ROOT, run, log } = require('../languages/tools');

/** Below node_modules: Git ignores it, and no package holds it. */
const FOLDER = path.join(ROOT, 'node_modules/.cache/runtimes/python');
const PYTHON = path.join(FOLDER, 'bin/python');

let minor;

/** A virtual environment with exactly what the requirements list; made anew when they, the place or Python change. */
function prepare() {
  const requirements = path.join(__dirname, 'requirements-python.txt');
  const version = run('python3', ['--version']).output;
  const wanted = `${FOLDER}\n${version}${fs.readFileSync(requirements, 'utf8')}`;
  const stamp = path.join(FOLDER, 'made-from.txt');
  if (!fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== wanted) {
    log('runtimes: installing awslambdaric');
    fs.rmSync(FOLDER, { recursive: true, force: true });
    run('python3', ['-m', 'venv', FOLDER]);
    run(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', requirements]);
    run(PYTHON, ['-m', 'pip', 'check', '--disable-pip-version-check']);
    fs.writeFileSync(stamp, wanted);
  }
  minor = Number(/^Python 3\.(\d+)/.exec(version)[1]);
}

/** What the library says: 'starts', 'fails: <fault>' or 'unclear'. */
function judge(row) {
  const { judge: verdictOf } = require('../lib/contents/handlers/judge');
  const verdict = verdictOf(unpacked(row));
  return verdict.kind === 'fails' ? `fails: ${verdict.fault}` : verdict.kind;
}

function unpacked({ handler, files, layers, environment }) {
  const { FileTree } = require('../lib/contents/file-tree');
  const tree = (texts) => new FileTree(Object.entries(texts).map(([name, text]) => {
    const data = Buffer.from(text);
    return { path: name, bytes: data.length, mode: 0o644, read: (length) => data.subarray(0, length), unpack: () => undefined };
  }));
  return {
    runtime: `python3.${minor}`,
    handler,
    task: tree(files),
    opt: tree(layers),
    optIsWhole: true,
    environment: new Map(Object.entries(environment)),
    environmentIsWhole: true,
  };
}

/** What the runtime does: 'starts', 'fails' or 'no call', with what it reports. */
async function start(row) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'python-'));
  const [task, opt] = ['task', 'opt'].map((name) => path.join(root, name));
  write(task, row.files);
  write(opt, row.layers);
  const variables = Object.entries(row.environment).map(([name, value]) => [name, value.replace('/opt', opt)]);
  const env = { PATH: process.env.PATH, LAMBDA_TASK_ROOT: task, OPT: opt, _HANDLER: row.handler, ...Object.fromEntries(variables) };
  try {
    return await watch((api) => spawn(PYTHON, [path.join(__dirname, 'python-bootstrap.py')], { cwd: task, env: { ...env, AWS_LAMBDA_RUNTIME_API: api } }));
  } finally {
    fs.rmSync(root, { recursive: true, force: true });
  }
}

function write(folder, files) {
  fs.mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}

async function main() {
  prepare();
  const rows = packagesFor(minor);
  let wrong = 0;
  for (const row of rows) {
    const { real, detail } = await start(row);
    const said = judge(row);
    const wanted = row.verdict === 'fails' ? `fails: ${row.fault}` : row.verdict;
    const right = said === wanted && real === row.real;
    if (!right) wrong++;
    log(`${right ? 'ok   ' : 'WRONG'} ${row.title}: library ${said}, runtime ${real}${right ? '' : ` (${detail}), expected ${wanted} and ${row.real}`}`);
  }
  log(`${rows.length - wrong} passed, ${wrong} failed`);
  if (wrong > 0) process.exitCode = 1;
}

module.exports = { name: 'python', prepare, get rows() { return packagesFor(minor); }, judge, start };

if (require.main === module) {
  main().catch((error) => {
    log(error.stack);
    process.exitCode = 1;
  });
}
