'use strict';

/**
 * Makes lib/index.js load a file only when one of its names is first used, as aws-cdk-lib does with its own modules.
 *
 * jsii compiles `export * from './x'` to code that loads everything at once, and with it most of aws-lambda: 30 ms for
 * every app and test that imports the library, also where only one class is used.
 */

const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');
const { types } = JSON.parse(fs.readFileSync(path.join(ROOT, '.jsii'), 'utf8'));

/** Where each class and enum is; interfaces are gone at run time. `symbolId` is `function/event-function:EventFunction`. */
const places = Object.values(types)
  .filter(({ kind }) => kind !== 'interface')
  .map(({ symbolId }) => symbolId.replace(/^src\//, '').split(':'));
if (places.some(([file, name]) => !file || !name)) throw new Error('the jsii assembly no longer says where its types are');

const lines = places.map(([file, name]) => `lazy('${name}', () => require('./${file}').${name});`);
fs.writeFileSync(path.join(ROOT, 'lib/index.js'), `"use strict";
// made by projenrc/lazy-index.js
Object.defineProperty(exports, "__esModule", { value: true });
// for import statements of ES modules, which look for the names in the text
${places.map(([, name]) => `exports.${name} = void 0;`).join('\n')}
function lazy(name, load) {
  const get = () => {
    const value = load();
    Object.defineProperty(exports, name, { enumerable: true, configurable: true, value });
    return value;
  };
  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get });
}
${lines.join('\n')}
`);
