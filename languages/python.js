'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { ROOT, run, pacmak } = require('./tools');

module.exports = {
  name: 'python',
  tools: ['python3'],

  /** A wheel (and a source distribution beside it). */
  pack(dist) {
    pacmak('python', dist);
    const folder = path.join(dist, 'python');
    return path.join(folder, fs.readdirSync(folder).find((file) => file.endsWith('.whl')));
  },

  /** A virtual environment with the wheel and the CDK from PyPI. */
  install(wheel, folder) {
    run('python3', ['-m', 'venv', folder]);
    run(path.join(folder, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', wheel]);
    return { bin: [path.join(folder, 'bin')], env: { PYTHONDONTWRITEBYTECODE: '1' } };
  },

  example: (environment) => ({ cwd: path.join(ROOT, 'examples/order-pipeline-python'), ...environment }),

  mistake: (environment) => ({ cwd: __dirname, app: 'python3 mistake.py', ...environment }),

  tooMuchCode: (environment) => ({ cwd: __dirname, app: 'python3 too_much_code.py', ...environment }),
};
