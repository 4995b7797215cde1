import * as fc from 'fast-check';

/**
 * Programs that do things to their exports in all the ways in which compilers, bundlers and people do, and in ways in which nobody
 * does. They are made to run: the names that they use are there.
 */

/** What each program begins with: helpers as bundlers write them, and some that nobody should follow. */
const HELPERS = `
var f, c; var a = {}, b = {}; let o = { other: 1 }; const later = []; let k = 'other';
const id = (x) => x; function make(x) { return { handler: x }; } const call = (g) => g();
var define = Object.defineProperty; var namesOf = Object.getOwnPropertyNames; var has = Object.prototype.hasOwnProperty;
var expose = (target, all) => { for (var name in all) define(target, name, { get: all[name], enumerable: true, configurable: true }); return target; };
var copy = (to, from) => {
  if (from && typeof from === 'object' || typeof from === 'function') {
    for (let key of namesOf(from)) if (!has.call(to, key)) define(to, key, { get: () => from[key], enumerable: true, configurable: true });
  }
  return to;
};
var toCommonJs = (mod) => copy(define({}, '__esModule', { value: true }), mod);
function set(x) { x.a = () => 1; } const methods = { set(x) { x.handler = 1; }, hide: 1 };
function hide(x) { later.push(() => { (x.exports || x).handler = () => 2; }); }
`;

/** What the module that programs load is made of. */
export const LOADED = 'exports.handler = () => 1; exports.other = 3;';

const name = fc.constantFrom('handler', 'other', 'a');
const variable = fc.constantFrom('a', 'b', 'c', 'f', 'o');
const exported = fc.constantFrom('exports', 'module.exports');
const object = fc.oneof(exported, variable);
const fn = fc.constantFrom(
  '() => 1', 'async () => 1', 'function () { return 1; }', 'function named(x, y, z) {}', '(event, context, callback) => callback', 'class {}',
);

/** A text with gaps. */
function text(parts: TemplateStringsArray, ...gaps: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(...gaps).map((filled) => parts.reduce((all, part, index) => all + filled[index - 1] + part));
}

const { value, statement } = fc.letrec<{ value: string; statement: string }>((tie) => {
  const [val, then] = [tie('value'), tie('statement')];
  const place = fc.oneof(text`exports.${name}`, text`module.exports.${name}`, exported, text`${variable}.${name}`, variable, text`this.${name}`,
    text`exports["${name}"]`, fc.constant('exports[k]'), text`${variable}[k]`);
  return {
    value: fc.oneof({ maxDepth: 3, depthSize: 'small' },
      fn, fc.constantFrom('"s"', '5', 'undefined', 'void 0', '{}', 'this', 'exports', 'module.exports', 'require("./loaded")'), variable,
      text`${object}.${name}`, text`require("./loaded").${name}`, text`({ ${name}: ${val} })`, text`[${val}]`, text`(${val}, ${val})`,
      text`(condition ? ${val} : ${val})`, text`(${val} || ${val})`, text`id(${val})`, text`make(${val})`, text`call(() => ${val})`,
      text`Object.assign({}, ${val})`, text`Object.freeze(${variable})`, text`({ ...${variable}, ${name}: ${val} })`,
      text`expose({}, { ${name}: () => ${val} })`, text`toCommonJs(${variable})`, text`(${object} = ${val})`, text`(${object}.${name} = ${val})`),
    statement: fc.oneof({ maxDepth: 3, depthSize: 'small' },
      text`${place} = ${val};`, text`${place} = ${place} = ${val};`, text`Object.assign(${object}, ${val});`, text`set(${object});`,
      text`Object.defineProperty(${object}, "${name}", { get: function () { return ${val}; }, enumerable: true, configurable: true });`,
      text`Object.defineProperty(${object}, "${name}", { value: ${val}, configurable: true, writable: true, enumerable: true });`,
      text`expose(${object}, { ${name}: () => ${val}, ${name}: () => ${variable} });`, text`copy(${object}, ${val});`,
      text`for (const q in ${variable}) ${object}[q] = ${variable}[q];`,
      text`Object.keys(${variable}).forEach(function (q) { if (q in exports) return; define(exports, q, { configurable: true, get: function () { return ${variable}[q]; } }); });`,
      text`delete ${object}.${name};`, text`k = "${name}";`, text`hide(${fc.constantFrom('exports', 'module', 'a')});`, text`exports.${name}.${name} = ${val};`,
      text`${object}.${name}();`, fc.constant('methods.set(exports);'), text`methods.${fc.constantFrom('set', 'hide')} = ${fn};`,
      text`0 && (module.exports = { ${name}: 1 });`, text`function ${fc.constantFrom('f', 'c')}() { return this; }`, text`var { ${name}: c } = ${val};`,
      fc.constant('later.forEach((g) => g());'), text`if (condition) { ${then} }`, text`if (!condition) { ${then} }`,
      text`for (let i = 0; i < 2; i++) { ${then} }`, text`(() => { ${then} ${fc.constantFrom('', 'return;', 'if (condition) return;')} ${then} })();`,
      text`later.push(function () { ${then} });`, text`try { ${then} } catch (e) { }`),
  };
});

export const anyProgram: fc.Arbitrary<string> = fc.array(fc.oneof(statement, statement, text`${exported}.handler = ${value};`), { minLength: 1, maxLength: 5 })
  .map((statements) => `${HELPERS}${statements.join('\n')}`);
