'use strict';

/**
 * Packages of Node.js functions, good and bad: what is said of them at synth, which test/contents/handlers/node.test.ts holds, and
 * which runtimes/node.js compares with what AWS's runtime interface client does.
 *
 * `verdict` is `starts`, a fault (`form`, `file`, `syntax`, `function`, `callback`), or `unclear` with the reason in `why`. Where runtimes
 * differ it is an object by runtime. `error` is what the client reports, where a fault has more than one.
 */

const { BABEL, COMMONJS, GREET, ROLLUP, SOURCE, SWC, WEBPACK_COMMONJS, WEBPACK_PRODUCTION, bundle, compile } = require('./bundled');

const HANDLER = 'exports.handler = async () => {};\n';
const ESM = 'export const handler = async () => {};\n';
const MODULE = '{ "type": "module" }';
const OLD_AND_NEW = 'Node.js 22 has an older client, and on Managed Instances a newer one, and they differ in this';

const GREET_JS = compile(GREET, 'ES2022');
const RE_EXPORT = `${SOURCE}export * from './greet';\nexport { farewell as bye } from './greet';\n`;

const byPath = [
  { title: 'a CommonJS file', files: { 'index.js': HANDLER }, verdict: 'starts' },
  { title: 'a file in a folder', files: { 'src/orders/index.js': HANDLER }, handler: 'src/orders/index.handler', verdict: 'starts' },
  { title: 'a folder with a dot in its name', files: { 'v1.2/index.js': HANDLER }, handler: 'v1.2/index.handler', verdict: 'starts' },
  { title: 'an .mjs file', files: { 'index.mjs': ESM }, verdict: 'starts' },
  { title: 'a .cjs file', files: { 'index.cjs': HANDLER }, verdict: 'starts' },
  { title: 'a .cjs file in an ES module package', files: { 'index.cjs': HANDLER, 'package.json': MODULE }, verdict: 'starts' },
  { title: 'a .js file in an ES module package', files: { 'index.js': ESM, 'package.json': MODULE }, verdict: 'starts' },
  { title: 'a .js file in a CommonJS folder of an ES module package', files: { 'cjs/index.js': HANDLER, 'cjs/package.json': '{}', 'package.json': MODULE }, handler: 'cjs/index.handler', verdict: 'starts' },
  { title: 'a .js before an .mjs file', files: { 'index.js': 'exports.other = 1;', 'index.mjs': ESM }, verdict: 'function' },
  { title: 'an .mjs before a .cjs file', files: { 'index.mjs': ESM, 'index.cjs': '' }, verdict: 'starts' },
  { title: 'a file without an extension', files: { index: HANDLER }, verdict: 'starts' },
  { title: 'an absolute path into the code', files: { 'index.js': HANDLER }, handler: '/var/task/index.handler', verdict: 'starts' },
  { title: 'a file that is not there', files: { 'app.js': HANDLER }, verdict: 'file' },
  { title: 'a package without files', files: {}, verdict: 'file' },
  { title: 'TypeScript that was not compiled', files: { 'index.ts': SOURCE, 'tsconfig.json': '{}' }, verdict: 'file' },
  { title: 'an .mts file', files: { 'index.mts': ESM }, verdict: 'file' },
  { title: 'a file whose name differs by case', files: { 'Index.js': HANDLER }, verdict: 'file' },
  { title: 'a file that is in dist/', files: { 'dist/index.js': HANDLER, 'package.json': '{ "main": "dist/index.js" }' }, verdict: 'file' },
  { title: 'a package with one folder too many around it', files: { 'app/index.js': HANDLER, 'app/package.json': '{}' }, verdict: 'file' },
  { title: 'the extension in the handler', files: { 'index.js': HANDLER }, handler: 'index.js.handler', verdict: 'function' },
  { title: 'the name of a file at the root, in a folder that is not there', files: { 'index.js': HANDLER }, handler: 'src/index.handler', verdict: 'starts' },
  { title: 'JSON in place of a module', files: { 'index.json': '{}' }, verdict: 'unclear', why: 'what JSON holds is not looked at: it is no function' },
];

const byForm = [
  { title: 'no dot', files: { 'index.js': HANDLER }, handler: 'index', verdict: 'form' },
  { title: 'a dot in the folder only', files: { 'v1.2/index.js': HANDLER }, handler: 'v1.2/index', verdict: 'form' },
  { title: 'two dots', files: { 'index.js': HANDLER }, handler: '../index.handler', verdict: 'form' },
  { title: 'two dots in a name', files: { 'index.js': HANDLER }, handler: 'index..handler', verdict: 'form' },
  { title: 'nothing after the dot', files: { 'index.js': HANDLER }, handler: 'index.', verdict: 'function' },
  { title: 'nothing before the dot', files: { 'index.js': HANDLER }, handler: '.handler', verdict: 'unclear', why: 'the older client takes the folder for a module' },
  { title: 'a slash at the end', files: { 'index.js': HANDLER }, handler: 'index.handler/', verdict: 'starts' },
  { title: 'a Python handler', files: { 'lambda_function.js': HANDLER }, handler: 'lambda_function.lambda_handler', verdict: 'function' },
];

const byFolder = [
  { title: 'a folder with index.js', files: { 'orders/index.js': HANDLER }, handler: 'orders.handler', verdict: { 'nodejs20.x': 'starts', 'nodejs22.x': 'unclear', 'nodejs24.x': 'file' }, why: OLD_AND_NEW, error: 'Error' },
  { title: 'a folder with a main file', files: { 'orders/package.json': '{ "main": "lib/a" }', 'orders/lib/a.js': HANDLER }, handler: 'orders.handler', verdict: { 'nodejs20.x': 'starts', 'nodejs22.x': 'unclear', 'nodejs24.x': 'file' }, why: OLD_AND_NEW, error: 'Error' },
  { title: 'a folder beside a file of its name', files: { 'index/a.txt': '', 'index.js': HANDLER }, verdict: { 'nodejs20.x': 'starts', 'nodejs22.x': 'unclear', 'nodejs24.x': 'file' }, why: OLD_AND_NEW, error: 'Error' },
  { title: 'a folder beside an .mjs file of its name', files: { 'index/a.txt': '', 'index.mjs': ESM }, verdict: 'file', error: { 'nodejs24.x': 'Error' } },
  { title: 'a package in node_modules', files: { 'node_modules/orders/index.js': HANDLER }, handler: 'orders.handler', verdict: 'starts' },
  { title: 'a package with a main file', files: { 'node_modules/orders/package.json': '{ "main": "./lib/main.js" }', 'node_modules/orders/lib/main.js': HANDLER }, handler: 'orders.handler', verdict: 'starts' },
  { title: 'a package with exports', files: { 'node_modules/orders/package.json': '{ "exports": { "import": "./a.mjs", "require": "./a.cjs" } }', 'node_modules/orders/a.cjs': HANDLER, 'node_modules/orders/a.mjs': '' }, handler: 'orders.handler', verdict: 'starts' },
  { title: 'a package with exports of one file', files: { 'node_modules/orders/package.json': '{ "exports": "./a.js" }', 'node_modules/orders/a.js': 'exports.other = () => {};' }, handler: 'orders.handler', verdict: 'function' },
  { title: 'a package with exports that are too many ways', files: { 'node_modules/orders/package.json': '{ "exports": { "module-sync": "./a.mjs", "default": "./a.cjs" } }', 'node_modules/orders/a.cjs': HANDLER, 'node_modules/orders/a.mjs': '' }, handler: 'orders.handler', verdict: 'unclear', why: 'which one holds depends on the options of Node.js' },
  { title: 'a file of a package by its path', files: { 'node_modules/orders/lib/a.js': HANDLER }, handler: 'node_modules/orders/lib/a.handler', verdict: 'starts' },
  { title: 'an ES module package by its name', files: { 'node_modules/orders/index.js': ESM, 'node_modules/orders/package.json': MODULE }, handler: 'orders.handler', verdict: 'unclear', why: 'whether ES modules may be required depends on the options of Node.js' },
  { title: 'a module of Node.js', files: {}, handler: 'events.handler', verdict: 'unclear', why: 'what Node.js has itself depends on its version' },
];

const byLayer = [
  { title: 'a package in a layer', files: {}, layers: [{ 'nodejs/node_modules/orders/index.js': HANDLER }], handler: 'orders.handler', verdict: 'starts' },
  { title: 'a file in a layer, by its path', files: {}, layers: [{ 'nodejs/node_modules/orders/dist/handler.js': HANDLER }], handler: '/opt/nodejs/node_modules/orders/dist/handler.handler', verdict: 'starts' },
  { title: 'an ES module in a layer', files: {}, layers: [{ 'nodejs/orders.mjs': ESM }], handler: '/opt/nodejs/orders.handler', verdict: 'starts' },
  { title: 'a file in a later layer over one in an earlier layer', files: {}, layers: [{ 'nodejs/orders.js': HANDLER }, { 'nodejs/orders.js': '' }], handler: '/opt/nodejs/orders.handler', verdict: 'function' },
  { title: 'a file that is not in the layer', files: {}, layers: [{ 'nodejs/orders.js': HANDLER }], handler: '/opt/nodejs/other.handler', verdict: 'file' },
  { title: 'a package in a layer without nodejs/', files: {}, layers: [{ 'node_modules/orders/index.js': HANDLER }], handler: 'orders.handler', verdict: 'file' },
  { title: 'a package in a layer that exports something else', files: {}, layers: [{ 'nodejs/node_modules/orders/index.js': 'module.exports = { other() {} };' }], handler: 'orders.handler', verdict: 'function' },
  { title: 'what the code re-exports from a layer', files: { 'index.js': 'module.exports = require("orders");' }, layers: [{ 'nodejs/node_modules/orders/index.js': HANDLER }], verdict: 'starts' },
];

const byCommonJs = [
  { title: 'a misspelled export', files: { 'index.js': 'exports.hander = async () => {};' }, verdict: 'function' },
  { title: 'an empty file', files: { 'index.js': '' }, verdict: 'function' },
  { title: 'module.exports with a method', files: { 'index.js': 'module.exports = { async handler() {} };' }, verdict: 'starts' },
  { title: 'module.exports with a short property', files: { 'index.js': 'const handler = async () => {};\nmodule.exports = { handler };' }, verdict: 'starts' },
  { title: 'module.exports without it', files: { 'index.js': 'function handler() {}\nmodule.exports = { main: handler };' }, verdict: 'function' },
  { title: 'a member of module.exports', files: { 'index.js': 'module.exports.handler = async () => {};' }, verdict: 'starts' },
  { title: 'both names at once', files: { 'index.js': 'exports = module.exports = {};\nexports.handler = async () => {};' }, verdict: 'starts' },
  { title: 'a function as module.exports', files: { 'index.js': 'module.exports = async () => {};' }, verdict: 'function' },
  { title: 'exports set to another object', files: { 'index.js': 'exports = { handler: async () => {} };' }, verdict: 'unclear', why: 'a module may hand its first exports on before it gives them away' },
  { title: 'a string', files: { 'index.js': 'exports.handler = "handler";' }, verdict: 'function' },
  { title: 'an object', files: { 'index.js': 'const handler = {};\nexports.handler = handler;' }, verdict: 'function' },
  { title: 'undefined', files: { 'index.js': 'exports.handler = undefined;' }, verdict: 'function' },
  { title: 'a class', files: { 'index.js': 'exports.handler = class {};' }, verdict: 'starts' },
  { title: 'this at the top', files: { 'index.js': 'this.handler = async () => {};' }, verdict: 'starts' },
  { title: 'a function declared later', files: { 'index.js': 'exports.handler = handler;\nasync function handler() {}' }, verdict: 'starts' },
  { title: 'a function that a call makes', files: { 'index.js': 'const wrap = (fn) => (...all) => fn(...all);\nexports.handler = wrap(async () => {});' }, verdict: 'starts' },
  { title: 'what an unknown function makes', files: { 'index.js': 'exports.handler = require("./wrap")(async () => {});', 'wrap.js': 'module.exports = (fn) => fn;' }, verdict: 'unclear', why: 'what functions of other files return is not followed' },
  { title: 'a name that is worked out', files: { 'index.js': 'for (const name of ["hand" + "ler"]) exports[name] = async () => {};' }, verdict: 'unclear', why: 'the name is worked out' },
  { title: 'exports handed to an unknown function', files: { 'index.js': 'require("./fill")(exports);', 'fill.js': 'module.exports = (to) => { to.handler = async () => {}; };' }, verdict: 'unclear', why: 'another file fills the exports' },
  { title: 'exports filled by Object.assign', files: { 'index.js': 'Object.assign(exports, { handler: async () => {} });' }, verdict: 'starts' },
  { title: 'exports filled by Object.assign without it', files: { 'index.js': 'Object.assign(exports, { main: async () => {} });' }, verdict: 'function' },
  { title: 'eval', files: { 'index.js': 'eval("exports.handler = async () => {}");' }, verdict: 'unclear', why: 'what eval does is not in the text' },
  { title: 'module handed on', files: { 'index.js': '((m) => { m.exports.handler = async () => {}; })(module);' }, verdict: 'unclear', why: 'module is not followed into functions' },
  { title: 'the exports of another file', files: { 'index.js': 'module.exports = require("./app");', 'app.js': HANDLER }, verdict: 'starts' },
  { title: 'the exports of another file, without it', files: { 'index.js': 'module.exports = require("./app");', 'app.js': 'exports.main = async () => {};' }, verdict: 'function' },
  { title: 'one export of another file', files: { 'index.js': 'exports.handler = require("./app").main;', 'app.js': 'exports.main = async () => {};' }, verdict: 'starts' },
  { title: 'two files that load each other', files: { 'index.js': 'exports.main = () => {};\nrequire("./setup");', 'setup.js': 'require("./index").handler = async () => {};' }, verdict: 'unclear', why: 'the other file may add exports, as this one does' },
  { title: 'exports in a branch', files: { 'index.js': 'if (process.env.HOME) exports.handler = async () => {};' }, verdict: 'unclear', why: 'whether the branch is taken is not known' },
  { title: 'a nested export', files: { 'index.js': 'exports.orders = { handler: async () => {} };' }, handler: 'index.orders.handler', verdict: 'starts' },
  { title: 'a nested export that is not there', files: { 'index.js': 'exports.orders = { main: async () => {} };' }, handler: 'index.orders.handler', verdict: 'function' },
  { title: 'a static method', files: { 'index.js': 'exports.App = class { static async handler() {} };' }, handler: 'index.App.handler', verdict: { 'nodejs20.x': 'starts', 'nodejs22.x': 'unclear', 'nodejs24.x': 'unclear' }, why: 'the newer client does not look into functions, but classes may be more than they show' },
  { title: 'a method that every object has', files: { 'index.js': 'exports.main = 1;' }, handler: 'index.toString', verdict: 'unclear', why: 'objects have members by themselves, and this one even starts' },
  { title: 'a syntax error', files: { 'index.js': 'exports.handler = async () => {' }, verdict: 'unclear', why: 'a parser that is older than Node.js cannot tell an error from news' },
  { title: 'an error while loading', files: { 'index.js': 'throw new Error("no");\nexports.handler = async () => {};' }, verdict: 'starts', throws: true },
  { title: 'a package that is missing', files: { 'index.js': 'require("is-not-there");\nexports.handler = async () => {};' }, verdict: 'starts', throws: true },
  { title: 'side effects before', files: { 'index.js': 'global.started = Date.now();\nprocess.env.A = "b";\nexports.handler = async () => {};' }, verdict: 'starts' },
  { title: 'a mark for bytes at the beginning', files: { 'index.js': `\uFEFF${HANDLER}` }, verdict: 'starts' },
  { title: 'a first line for the shell', files: { 'index.js': `#!/usr/bin/env node\n${HANDLER}` }, verdict: 'starts' },
];

const byEsm = [
  { title: 'export function', files: { 'index.mjs': 'export async function handler() {}' }, verdict: 'starts' },
  { title: 'export class', files: { 'index.mjs': 'export class handler {}' }, verdict: 'starts' },
  { title: 'export under another name', files: { 'index.mjs': 'const main = async () => {};\nexport { main as handler };' }, verdict: 'starts' },
  { title: 'export default, by its name', files: { 'index.mjs': 'export default async () => {};' }, handler: 'index.default', verdict: 'starts' },
  { title: 'export default only', files: { 'index.mjs': 'export default async () => {};' }, verdict: 'function' },
  { title: 'export default of an object with it', files: { 'index.mjs': 'export default { handler: async () => {} };' }, verdict: { 'nodejs20.x': 'function', 'nodejs22.x': 'unclear', 'nodejs24.x': 'starts' }, why: OLD_AND_NEW },
  { title: 'export * from another file', files: { 'index.mjs': 'export * from "./app.mjs";', 'app.mjs': ESM }, verdict: 'starts' },
  { title: 'export * from another file, without it', files: { 'index.mjs': 'export * from "./app.mjs";', 'app.mjs': 'export const main = () => {};' }, verdict: 'function' },
  { title: 'export * from files in a circle', files: { 'index.mjs': 'export * from "./a.mjs";', 'a.mjs': 'export * from "./index.mjs";' }, verdict: 'unclear', why: 'circles are not followed' },
  { title: 'export from another file', files: { 'index.mjs': 'export { main as handler } from "./app.mjs";', 'app.mjs': 'export const main = async () => {};' }, verdict: 'starts' },
  { title: 'an import that is exported', files: { 'index.mjs': 'import main from "./app.mjs";\nexport { main as handler };', 'app.mjs': 'export default async () => {};' }, verdict: 'starts' },
  { title: 'a CommonJS file that an ES module exports', files: { 'index.mjs': 'import app from "./app.cjs";\nexport const handler = app.handler;', 'app.cjs': HANDLER }, verdict: 'starts' },
  { title: 'an export that is a number', files: { 'index.mjs': 'export const handler = 1;' }, verdict: 'function' },
  { title: 'await at the top', files: { 'index.mjs': 'await Promise.resolve();\nexport const handler = async () => {};' }, verdict: 'starts' },
  { title: 'what a function makes at the top', files: { 'index.mjs': 'export const handler = await (async () => async () => {})();' }, verdict: 'unclear', why: 'what is awaited is not known' },
  { title: 'an export that is set later', files: { 'index.mjs': 'export let handler;\nhandler = async () => {};' }, verdict: 'starts' },
  { title: 'an ES module in a .js file', files: { 'index.js': ESM }, verdict: 'syntax' },
  { title: 'an ES module in a .js file, imports only', files: { 'index.js': 'import fs from "fs";\nexports.handler = async () => {};' }, verdict: 'syntax' },
  { title: 'an ES module in a .js file, type in a folder above', files: { 'src/index.js': ESM, 'package.json': MODULE }, handler: 'src/index.handler', verdict: 'starts' },
  { title: 'CommonJS in an ES module package', files: { 'index.js': HANDLER, 'package.json': MODULE }, verdict: 'function', error: 'ReferenceError' },
];

const byCompiler = [
  ...[['readable', {}], ['minified', { minify: true }]].flatMap(([how, options]) => [
    { title: `esbuild to CommonJS, ${how}`, files: { 'index.js': bundle(SOURCE, { format: 'cjs', ...options }) }, verdict: 'starts' },
    { title: `esbuild to CommonJS, ${how}, misspelled`, files: { 'index.js': bundle(SOURCE, { format: 'cjs', ...options }) }, handler: 'index.hander', verdict: 'function' },
    { title: `esbuild to CommonJS, ${how}, an object`, files: { 'index.js': bundle(SOURCE, { format: 'cjs', ...options }) }, handler: 'index.table', verdict: 'function' },
    { title: `esbuild to ES modules, ${how}`, files: { 'index.mjs': bundle(SOURCE, { format: 'esm', ...options }) }, verdict: 'starts' },
    { title: `esbuild to ES modules, ${how}, misspelled`, files: { 'index.mjs': bundle(SOURCE, { format: 'esm', ...options }) }, handler: 'index.hander', verdict: 'function' },
    { title: `esbuild of CommonJS, ${how}`, files: { 'index.js': bundle(COMMONJS, { format: 'cjs', ...options }) }, verdict: 'starts' },
    { title: `esbuild of CommonJS, ${how}, misspelled`, files: { 'index.js': bundle(COMMONJS, { format: 'cjs', ...options }) }, handler: 'index.hander', verdict: 'function' },
  ]),
  { title: 'esbuild without bundling', files: { 'index.js': bundle(RE_EXPORT, { format: 'cjs', external: ['./greet'] }), 'greet.js': GREET_JS }, handler: 'index.farewell', verdict: 'starts' },
  ...['ES5', 'ES2015', 'ES2022'].flatMap((target) => [
    { title: `TypeScript to ${target}`, files: { 'index.js': compile(RE_EXPORT, target), 'greet.js': GREET_JS }, verdict: 'starts' },
    { title: `TypeScript to ${target}, of export *`, files: { 'index.js': compile(RE_EXPORT, target), 'greet.js': GREET_JS }, handler: 'index.farewell', verdict: 'starts' },
    { title: `TypeScript to ${target}, of export from`, files: { 'index.js': compile(RE_EXPORT, target), 'greet.js': GREET_JS }, handler: 'index.bye', verdict: 'starts' },
    { title: `TypeScript to ${target}, misspelled`, files: { 'index.js': compile(RE_EXPORT, target), 'greet.js': GREET_JS }, handler: 'index.hander', verdict: 'function' },
  ]),
  { title: 'TypeScript to ES modules', files: { 'index.mjs': compile(ESM, 'ES2022', 'ES2022') }, verdict: 'starts' },
  { title: 'TypeScript to ES modules in .js files', files: { 'index.js': compile(ESM, 'ES2022', 'ES2022') }, verdict: 'syntax' },
  ...Object.entries({ WEBPACK_PRODUCTION, WEBPACK_COMMONJS, SWC, BABEL, ROLLUP }).flatMap(([name, text]) => [
    { title: `${name.toLowerCase()}`, files: { 'index.js': text, 'greet.js': GREET_JS }, verdict: 'starts' },
    { title: `${name.toLowerCase()}, misspelled`, files: { 'index.js': text, 'greet.js': GREET_JS }, handler: 'index.hander', verdict: 'function' },
    { title: `${name.toLowerCase()}, an object`, files: { 'index.js': text, 'greet.js': GREET_JS }, handler: 'index.table', verdict: 'function' },
  ]),
];

const CALLBACK = { 'nodejs20.x': 'starts', 'nodejs22.x': 'starts', 'nodejs24.x': 'callback' };
const byCallback = [
  { title: 'a callback', files: { 'index.js': 'exports.handler = (event, context, callback) => callback(null, 1);' }, verdict: CALLBACK },
  { title: 'a callback in an async function', files: { 'index.mjs': 'export const handler = async (event, context, callback) => 1;' }, verdict: CALLBACK },
  { title: 'a callback in a function declaration', files: { 'index.js': 'function handler(event, context, callback) { callback(); }\nmodule.exports = { handler };' }, verdict: CALLBACK },
  { title: 'a callback with a default', files: { 'index.js': 'exports.handler = async (event, context, callback = undefined) => 1;' }, verdict: 'starts' },
  { title: 'a callback among the rest', files: { 'index.js': 'exports.handler = async (event, ...rest) => 1;' }, verdict: 'starts' },
  { title: 'a streaming handler', files: { 'index.mjs': 'export const handler = awslambda.streamifyResponse(async (event, stream, context) => stream.end());' }, verdict: 'starts' },
];

module.exports = [...byPath, ...byForm, ...byFolder, ...byLayer, ...byCommonJs, ...byEsm, ...byCompiler, ...byCallback]
  .map((row) => ({ handler: 'index.handler', layers: [], ...row }));
