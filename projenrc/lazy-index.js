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

/**
 * The same for a class of factories: `new alarm_1.AlarmPushSource()` loads the file there and then, not at the top. An app
 * that has one source would load the CDK modules of all, 70 ms.
 */
function loadWhenMade(file) {
  const required = /^const (\w+) = require\("(\.\/[^"]+)"\);\n/gm;
  const text = fs.readFileSync(file, 'utf8');
  const paths = new Map([...text.matchAll(required)].map(([, name, from]) => [name, from]));
  // A file that was not compiled again is as it should be.
  if (paths.size === 0) return;
  const names = [...paths.keys()].join('|');
  const lazy = text.replace(required, '').replace(new RegExp(`new (${names})\\.(\\w+)`, 'g'), (_, name, type) => `new (require("${paths.get(name)}").${type})`);
  if (new RegExp(`\\b(${names})\\b`).test(lazy)) throw new Error(`${file} does more with other files than to make what they define`);
  fs.writeFileSync(file, lazy);
}

for (const kind of ['push', 'pull']) loadWhenMade(path.join(ROOT, `lib/events/${kind}/${kind}-source.js`));
