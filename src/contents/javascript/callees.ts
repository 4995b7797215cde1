import type * as Acorn from 'acorn';
import { Frame } from './collector';
import { Program } from './program';
import { Binding, Definition } from './scope';
import { FunctionSyntax, isFunction, keyName, memberName, Syntax, text } from './syntax';

/** The only definition of a name that nothing else is ever assigned to. */
export function onlyDefinition(program: Program, node: Acorn.Identifier): Definition | undefined {
  const binding = program.binding(node);
  if (binding?.definitions.length !== 1) return undefined;
  return program.uses(binding).some((use) => isAssigned(program, use)) ? undefined : binding.definitions[0];
}

/** Whether a name or member gets a value where it stands. */
export function isAssigned(program: Program, node: Syntax): boolean {
  const parent = program.parent(node);
  switch (parent?.type) {
    case 'AssignmentExpression':
    case 'AssignmentPattern':
    case 'ForInStatement':
    case 'ForOfStatement': return parent.left === node;
    case 'UpdateExpression':
    case 'ArrayPattern':
    case 'RestElement': return true;
    case 'Property': return parent.value === node && program.parent(parent)?.type === 'ObjectPattern';
    default: return false;
  }
}

/** What a name stands for: follows `const a = b` as far as it is certain. */
export function aliased(program: Program, node: Syntax): Syntax {
  if (node.type === 'SequenceExpression') return aliased(program, node.expressions[node.expressions.length - 1]);
  if (node.type !== 'Identifier') return node;
  const definition = onlyDefinition(program, node);
  if (definition?.kind === 'function') return definition.node;
  if (definition?.kind !== 'variable' || definition.way?.length !== 0 || !definition.declarator.init) return node;
  return aliased(program, definition.declarator.init);
}

/** A function of the language that a callee stands for: `Object.keys`, also by another name. */
export function builtin(program: Program, callee: Syntax): string | undefined {
  const node = aliased(program, callee);
  if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier' || program.binding(node.object)) return undefined;
  return ['Object', 'Reflect', 'awslambda'].includes(node.object.name) ? `${node.object.name}.${memberName(node)}` : undefined;
}

/** The function of the program that a callee stands for. */
export function functionOf(program: Program, callee: Syntax): FunctionSyntax | undefined {
  const node = aliased(program, callee);
  if (isFunction(node)) return node;
  return node.type === 'MemberExpression' && node.object.type === 'Identifier' ? method(program, node.object, memberName(node)) : undefined;
}

/** A function that is assigned to a member once: `n.d = (exports, definition) => {}`. */
function method(program: Program, object: Acorn.Identifier, name: string | undefined): FunctionSyntax | undefined {
  const binding = program.binding(object);
  if (!binding || name === undefined) return undefined;
  const assigned = usesOfSame(program, binding).flatMap((use) => {
    const member = program.parent(use);
    const assignment = member && program.parent(member);
    const isIt = member?.type === 'MemberExpression' && member.object === use && memberName(member) === name && assignment?.type === 'AssignmentExpression';
    return isIt && assignment.left === member ? [assignment.right] : [];
  });
  if (assigned.length === 0) return ownMethod(program, object, name);
  const [only] = assigned;
  const [definition] = binding.definitions;
  return assigned.length === 1 && isFunction(only) && ['function', 'parameter'].includes(definition.kind) ? only : undefined;
}

/** A function in an object of functions that nobody else gets hold of: `const helpers = { d: (exports, definition) => {} }`. */
function ownMethod(program: Program, object: Acorn.Identifier, name: string): FunctionSyntax | undefined {
  const definition = onlyDefinition(program, object);
  const init = definition?.kind === 'variable' && definition.way?.length === 0 ? definition.declarator.init : undefined;
  if (init?.type !== 'ObjectExpression') return undefined;
  const isOwn = program.uses(program.binding(object)!).every((use) => {
    const member = program.parent(use);
    return member?.type === 'MemberExpression' && member.object === use && !isAssigned(program, member);
  });
  const found = init.properties.filter((property) => property.type !== 'Property' || keyName(property) === name);
  const [only] = found;
  return isOwn && found.length === 1 && only.type === 'Property' && isFunction(only.value) ? only.value : undefined;
}

/** All uses of a name; of the third parameter of a bundled module, which is the bundler's own `require`, those under any name. */
function usesOfSame(program: Program, binding: Binding): Acorn.Identifier[] {
  const [definition] = binding.definitions;
  const isRequirer = definition.kind === 'parameter' && definition.index === 2 && program.modules.has(definition.fn);
  return isRequirer && program.requirer ? program.uses(program.requirer) : program.uses(binding);
}

/** What a parameter stands for in a function that was followed, and the frame that this is to be seen in. */
export function argumentOf(program: Program, node: Acorn.Identifier, frame: Frame | undefined): { node?: Syntax; frame?: Frame } | undefined {
  const definition = onlyDefinition(program, node);
  if (definition?.kind !== 'parameter') return undefined;
  let at = frame;
  while (at && at.fn !== definition.fn) at = at.outer;
  if (!at) return undefined;
  const given = at.call.arguments;
  if (given.slice(0, definition.index + 1).some(({ type }) => type === 'SpreadElement')) return undefined;
  return { node: given[definition.index], frame: at.outer };
}

/** A text, also one that was handed to a function that was followed. */
export function constantText(program: Program, node: Syntax, frame: Frame | undefined): string | undefined {
  if (node.type !== 'Identifier') return text(node);
  const argument = argumentOf(program, node, frame);
  return argument?.node && constantText(program, argument.node, argument.frame);
}

/** Where the names of an object's members come from, and the loop over them. */
export interface Keys {
  readonly source: Syntax;
  readonly frame?: Frame;
  readonly loop: Syntax;
}

/** The object whose member names a variable goes through: `for (const key in source)`, `Object.keys(source).forEach((key) => {})`. */
export function keysOf(program: Program, node: Syntax, frame: Frame | undefined): Keys | undefined {
  if (node.type !== 'Identifier') return undefined;
  const definition = onlyDefinition(program, node);
  if (definition?.kind === 'variable') {
    const declaration = program.parent(definition.declarator);
    const loop = declaration && program.parent(declaration);
    if (loop?.type === 'ForInStatement' && loop.left === declaration) return { source: loop.right, frame, loop };
    const source = loop?.type === 'ForOfStatement' && loop.left === declaration ? listed(program, loop.right) : undefined;
    return source && { source, frame, loop: loop! };
  }
  if (definition?.kind !== 'parameter' || definition.index !== 0) return undefined;
  const loop = program.parent(definition.fn);
  const isLoop = loop?.type === 'CallExpression' && loop.callee.type === 'MemberExpression' && memberName(loop.callee) === 'forEach';
  const source = isLoop && loop.arguments[0] === definition.fn ? listed(program, (loop.callee as Acorn.MemberExpression).object) : undefined;
  return source && { source, frame, loop: loop! };
}

/** The object in `Object.keys(object)`. */
function listed(program: Program, node: Syntax): Syntax | undefined {
  if (node.type !== 'CallExpression') return undefined;
  return ['Object.keys', 'Object.getOwnPropertyNames'].includes(builtin(program, node.callee) ?? '') ? node.arguments[0] : undefined;
}

/** Whether it is `exports`, `module.exports` or a member of one. */
export function isExport(program: Program, node: Syntax): boolean {
  if (node.type === 'MemberExpression') return isExport(program, node.object);
  return isModuleName(program, node, 'exports') || isModuleName(program, node, 'module');
}

/** Whether it is `exports` or `module.exports` itself. */
export function isExports(program: Program, node: Syntax): boolean {
  const isMember = node.type === 'MemberExpression' && memberName(node) === 'exports';
  return isMember ? isModuleName(program, node.object, 'module') : isModuleName(program, node, 'exports');
}

/** Whether it is a name that a module gets from Node.js, or from the bundler that has put it into a function. */
function isModuleName(program: Program, node: Syntax, name: string): boolean {
  if (node.type !== 'Identifier') return false;
  const [definition] = program.binding(node)?.definitions ?? [];
  return definition ? definition.kind === 'parameter' && program.modules.has(definition.fn) : node.name === name;
}
