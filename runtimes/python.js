'use strict';

/**
 * Functions of Python, loaded by AWS's own awslambdaric on the Python of this machine.
 *
 * python-bootstrap.py stands for the few lines of Lambda's /var/runtime/bootstrap.py: it makes the search path and calls the client,
 * which is unchanged, native part included.
 */

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { run } = require('../languages/tools');
const { folderOf, install } = require('./environments');
const { packagesFor } = require('./python-packages');
const { startClient } = require('./runtime-api');

const REQUIREMENTS = path.join(__dirname, 'requirements-python.txt');
const NAME = 'awslambdaric';
const PYTHON = path.join(folderOf(NAME), 'bin/python');
const VERSION = run('python3', ['--version']).output.trim();
const MINOR = Number(/^Python 3\.(\d+)/.exec(VERSION)[1]);

/** What the client reports for each fault, where the row does not say. */
const ERRORS = { form: 'Runtime.ImportModuleError', file: 'Runtime.ImportModuleError', function: 'Runtime.HandlerNotFound' };

/** A virtual environment with exactly what the requirements list; made anew when they, its place or Python change. */
function prepare() {
  const pins = fs.readFileSync(REQUIREMENTS, 'utf8');
  install(NAME, `${folderOf(NAME)}\n${VERSION}\n${pins}`, (folder) => {
    run('python3', ['-m', 'venv', folder]);
    run(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', REQUIREMENTS]);
    run(PYTHON, ['-m', 'pip', 'check', '--disable-pip-version-check']);
  });
  return `${VERSION}, ${/^awslambdaric==.*$/m.exec(pins)[0]}`;
}

/** Starts a package, with its layers in a folder that stands for /opt. */
async function start(row) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'runtimes-'));
  const [task, opt] = ['task', 'opt'].map((name) => path.join(folder, name));
  try {
    write(task, row.files);
    write(opt, Object.assign({}, ...row.layers));
    const variables = Object.entries(row.environment).map(([name, value]) => [name, value.replace('/opt', opt)]);
    const env = { PATH: process.env.PATH, LAMBDA_TASK_ROOT: task, OPT: opt, _HANDLER: row.handler, ...Object.fromEntries(variables) };
    const result = await startClient(PYTHON, [path.join(__dirname, 'python-bootstrap.py')], { cwd: task, env });
    // Rows say what happens also where nothing is said at synth.
    return result.outcome === row.outcome ? result : { outcome: `${result.outcome} (${result.type}: ${result.message}), and the row says ${row.outcome}` };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
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

/** Whether what came of a package is what its verdict says. A value is found at the start, and fails when it is called. */
function fits({ verdict, error, isValue }, { outcome, type }) {
  if (verdict === 'starts' || isValue) return outcome === 'next';
  return outcome === 'error' && type === (error ?? ERRORS[verdict]);
}

const rows = packagesFor(MINOR).map((row) => ({ ...row, runtime: `python3.${MINOR}` }));

module.exports = { name: 'Python', prepare, rows, start, fits };
