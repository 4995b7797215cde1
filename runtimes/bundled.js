'use strict';

/** What bundlers and compilers make of one small module, by the real ones where they are at hand. */

const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');
const ts = require('typescript');

/** Exports a function, an object and nothing called `hander`. */
const SOURCE = `
import { greet } from './greet';
export const handler = async (event: { name: string }) => greet(event.name);
export const table = { orders: 'Orders' };
`;
const GREET = fs.readFileSync(path.join(__dirname, 'greet.ts'), 'utf8');
const COMMONJS = 'const { greet } = require(\'./greet\');\nexports.handler = async (event) => greet(event.name);\nexports.table = { orders: \'Orders\' };\n';

/** Both modules in one file. */
function bundle(contents, options) {
  const result = esbuild.buildSync({
    stdin: { contents, resolveDir: __dirname, sourcefile: 'index.ts', loader: 'ts' },
    bundle: true, write: false, platform: 'node', target: 'node20', logLevel: 'silent',
    ...options,
  });
  return result.outputFiles[0].text;
}

/** One module, compiled alone. */
function compile(source, target, module = 'CommonJS') {
  return ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget[target], module: ts.ModuleKind[module] } }).outputText;
}

/** webpack 5.112 of the same, with `library: { type: 'commonjs2' }`, as it was written. */
const WEBPACK_PRODUCTION = '(()=>{"use strict";const e={d:(o,r)=>{for(var t in r)e.o(r,t)&&!e.o(o,t)&&Object.defineProperty(o,t,{enumerable:!0,get:r[t]})},'
  + 'o:(e,o)=>Object.prototype.hasOwnProperty.call(e,o),r:e=>{Object.defineProperty(e,Symbol.toStringTag,{value:"Module"}),'
  + 'Object.defineProperty(e,"__esModule",{value:!0})}};let o={};e.r(o),e.d(o,{handler:()=>r,table:()=>t});const r=async e=>`hello ${e.name}`,'
  + 't={orders:"x"};module.exports=o})();';

/** webpack 5.112 of CommonJS, with `library: { type: 'commonjs' }`. */
const WEBPACK_COMMONJS = '(()=>{var e={214(e,t){t.greet=e=>`hello ${e}`}};const t={};function r(o){const n=t[o];if(void 0!==n)return n.exports;'
  + 'const s=t[o]={exports:{}};return e[o](s,s.exports,r),s.exports}let o={};(()=>{let e=o;const{greet:t}=r(214);e.handler=async e=>t(e.name),'
  + 'e.table={orders:"x"}})();const n=exports;for(var s in o)n[s]=o[s];o.__esModule&&Object.defineProperty(n,"__esModule",{value:!0})})();';

/** SWC 1 of a module with `export default` and `export * from './greet'`. */
const SWC = `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
function _export(target, all) {
    for(var name in all)Object.defineProperty(target, name, {
        enumerable: true,
        get: Object.getOwnPropertyDescriptor(all, name).get
    });
}
_export(exports, {
    get handler () {
        return handler;
    },
    get table () {
        return table;
    }
});
const _greet = _export_star(require("./greet.js"), exports);
function _export_star(from, to) {
    Object.keys(from).forEach(function(k) {
        if (k !== "default" && !Object.prototype.hasOwnProperty.call(to, k)) {
            Object.defineProperty(to, k, { enumerable: true, get: function() { return from[k]; } });
        }
    });
    return from;
}
const handler = async (event)=>(0, _greet.greet)(event.name);
const table = { orders: 'x' };
`;

/** Babel 7 of the same. */
const BABEL = `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
var _exportNames = { handler: true, table: true };
exports.table = exports.handler = exports.default = void 0;
var _greet = require("./greet.js");
Object.keys(_greet).forEach(function (key) {
  if (key === "default" || key === "__esModule") return;
  if (Object.prototype.hasOwnProperty.call(_exportNames, key)) return;
  if (key in exports && exports[key] === _greet[key]) return;
  Object.defineProperty(exports, key, { enumerable: true, get: function () { return _greet[key]; } });
});
const handler = async event => (0, _greet.greet)(event.name);
exports.handler = handler;
const table = exports.table = { orders: 'x' };
var _default = exports.default = handler;
`;

/** Rollup 4, format cjs. */
const ROLLUP = `'use strict';
const greet = (name) => \`hello \${name}\`;
const handler = async (event) => greet(event.name);
const table = { orders: 'x' };
exports.handler = handler;
exports.table = table;
`;

module.exports = { SOURCE, GREET, COMMONJS, WEBPACK_PRODUCTION, WEBPACK_COMMONJS, SWC, BABEL, ROLLUP, bundle, compile };
