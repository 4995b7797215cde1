import type * as Acorn from 'acorn';
import { functionOf, onlyDefinition } from './callees';
import { Program } from './program';
import { forEachChild, FunctionSyntax, isFunction, keyName, memberName, Syntax } from './syntax';

/** A module that a bundler has put into a function, and which of its parameters are what. */
export interface InnerModule {
  readonly fn: FunctionSyntax;
  readonly exports?: Acorn.Identifier;
  readonly module?: Acorn.Identifier;
}

/** The module that a call loads from the same file: `require_index()` of esbuild, `__webpack_require__('./index.js')` of webpack. */
export function innerModuleOf(program: Program, call: Acorn.CallExpression): InnerModule | undefined {
  const found = call.arguments.length === 0 ? wrapped(program, call.callee) : listed(program, call);
  if (!found || found.fn.params.some(({ type }) => type !== 'Identifier')) return undefined;
  const isClosed = !program.free('arguments').some((use) => program.ownerOfThis(use) === found.fn);
  return isClosed && !program.usesThis(found.fn) ? found : undefined;
}

/** esbuild: `var require_index = __commonJS({ 'index.js'(exports, module) {} })`, or with the function alone. */
function wrapped(program: Program, callee: Syntax): InnerModule | undefined {
  const definition = callee.type === 'Identifier' ? onlyDefinition(program, callee) : undefined;
  const init = definition?.kind === 'variable' ? definition.declarator.init : undefined;
  if (init?.type !== 'CallExpression' || init.arguments.length !== 1) return undefined;
  const [given] = init.arguments;
  const only = given.type === 'ObjectExpression' && given.properties.length === 1 ? given.properties[0] : undefined;
  const fn = only?.type === 'Property' ? only.value : given;
  const wrapper = functionOf(program, init.callee);
  if (!isFunction(fn) || !wrapper || !makesModule(wrapper)) return undefined;
  const [exports, module] = fn.params as Acorn.Identifier[];
  return { fn, exports, module };
}

/** Whether a function sets its second parameter to `{ exports: {} }`. */
function makesModule({ params, body }: FunctionSyntax): boolean {
  const [, module] = params;
  return module?.type === 'Identifier' && contains(body, (node) => (
    node.type === 'AssignmentExpression' && node.left.type === 'Identifier' && node.left.name === module.name && isNewModule(node.right)
  ));
}

function isNewModule(node: Syntax): boolean {
  return node.type === 'ObjectExpression' && node.properties.some((property) => property.type === 'Property' && keyName(property) === 'exports'
    && property.value.type === 'ObjectExpression' && property.value.properties.length === 0);
}

/** webpack: `__webpack_modules__[id](module, module.exports, __webpack_require__)` in a function of one parameter. */
function listed(program: Program, { callee, arguments: [id] }: Acorn.CallExpression): InnerModule | undefined {
  const requirer = functionOf(program, callee);
  const [parameter] = requirer?.params ?? [];
  if (!requirer || requirer.params.length !== 1 || parameter.type !== 'Identifier' || id?.type !== 'Literal') return undefined;
  const modules = tableIn(program, requirer, parameter.name);
  const found = modules?.properties.find((property): property is Acorn.Property => property.type === 'Property' && keyName(property) === String(id.value));
  if (!found || !isFunction(found.value)) return undefined;
  if (callee.type === 'Identifier') program.requirer ??= program.binding(callee);
  const [module, exports] = found.value.params as Acorn.Identifier[];
  return { fn: found.value, exports, module };
}

/** The object of modules of which a function calls the one that its parameter names. */
function tableIn(program: Program, { body }: FunctionSyntax, parameter: string): Acorn.ObjectExpression | undefined {
  let table: Acorn.ObjectExpression | undefined;
  contains(body, (node) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
    const member = memberName(node.callee) === 'call' ? node.callee.object : node.callee;
    const isLookup = member.type === 'MemberExpression' && member.computed && member.property.type === 'Identifier' && member.property.name === parameter;
    const definition = isLookup && member.object.type === 'Identifier' ? onlyDefinition(program, member.object) : undefined;
    const init = definition?.kind === 'variable' ? definition.declarator.init : undefined;
    if (init?.type === 'ObjectExpression') table = init;
    return table !== undefined;
  });
  return table;
}

function contains(node: Syntax, matches: (node: Syntax) => boolean): boolean {
  if (matches(node)) return true;
  let isFound = false;
  forEachChild(node, (child) => isFound ||= contains(child, matches));
  return isFound;
}
