import type * as Acorn from 'acorn';
import { isAssigned } from './callees';
import { Collector } from './collector';
import { Evaluator } from './evaluator';
import { innerModuleOf } from './inner-module';
import { Program } from './program';
import { memberName, Syntax, text } from './syntax';
import { held, timingOf, Write } from './timing';
import { CLOSED, extended, Members, Summary, UNKNOWN, Value } from './value';

/** What a CommonJS module makes of `exports` and `module`. */
export function summarizeCommonJs(program: Program): Summary {
  const evaluator = new Evaluator(program, loadInner);
  const names = { exports: [...program.free('exports'), ...program.topSelves], module: program.free('module') };
  const exports = isBeyondText(program) ? [UNKNOWN] : moduleExports(evaluator, names);
  return { kind: 'commonjs', exports, specifiers: [...program.specifiers] };
}

/** What a module within this file exports. */
export function loadInner(call: Acorn.CallExpression, evaluator: Evaluator): readonly Value[] | undefined {
  const { program } = evaluator;
  const inner = innerModuleOf(program, call);
  if (!inner) return undefined;
  program.modules.add(inner.fn);
  const uses = (name: Acorn.Identifier | undefined) => name ? program.uses(program.binding(name)!) : [];
  return moduleExports(evaluator, { exports: uses(inner.exports), module: uses(inner.module) });
}

/** Whether the module may get at its exports in ways that its text does not show. */
function isBeyondText(program: Program): boolean {
  const asked = program.free('require').map((use) => program.parent(use));
  return program.hasWith || program.free('eval').length > 0
    || ['exports', 'module', 'require'].some((name) => program.top(name) !== undefined)
    || program.free('arguments').some((use) => program.ownerOfThis(use) === undefined)
    || asked.some((parent) => parent?.type === 'MemberExpression' && memberName(parent) === 'cache' || isLoader(parent));
}

/** `require('module')`, which knows all modules. */
function isLoader(node: Syntax | undefined): boolean {
  return node?.type === 'CallExpression' && ['module', 'node:module'].includes(text(node.arguments[0]) ?? '');
}

/** The names under which a module knows what it exports: at the top of a file, or as parameters of a function. */
export interface ModuleNames {
  readonly exports: readonly Syntax[];
  readonly module: readonly Syntax[];
}

/** What `module.exports` may be in the end. */
export function moduleExports(evaluator: Evaluator, { exports, module }: ModuleNames): readonly Value[] {
  const { program } = evaluator;
  const collector = new Collector(program);
  const members = module.filter((use) => !program.isDead(use)).map((use) => exportsOfModule(program, use, collector))
    .filter((member) => member !== undefined);
  const replacements = members.map((member) => replacementOf(program, member)).filter((assignment) => assignment !== undefined);
  const rebound = exports.filter((use) => isAssigned(program, use));
  const assigned = members.filter((use) => isAssigned(program, use));
  const isUnderstood = rebound.every((use) => isRebinding(program, use)) && assigned.length === replacements.length;
  if (!isUnderstood) collector.open();
  evaluator.membersFrom([...[...exports, ...members].filter((use) => !isAssigned(program, use)), ...replacements], collector);
  const writes = replacements.filter(({ right }) => !isSameObject(right, exports)).map((assignment): Write => ({
    values: evaluator.of(assignment.right), timing: timingOf(program, assignment), position: assignment.start,
  }));
  return finalExports(writes, collector, rebound.length > 0);
}

function finalExports(writes: readonly Write[], collector: Collector, isRebound: boolean): readonly Value[] {
  const given = collector.members();
  if (writes.length === 0) return [{ kind: 'object', members: given }];
  const end = Math.max(...writes.map(({ position }) => position));
  // What was given to the first object may be gone with it.
  const isKept = (name: string) => isRebound || collector.isWrittenAfter(name, end);
  const names = new Map([...given.names].map(([name, values]) => [name, isKept(name) ? values : [...values, UNKNOWN]] as const));
  const members: Members = { ...given, names };
  const first: readonly Value[] = writes.some(({ timing }) => timing === 'once') ? [] : [{ kind: 'object', members: CLOSED }];
  return [...first, ...held(writes)].map((value) => extended(value, members));
}

/** `module.exports` around `module`; anything else but a look at `module` may do anything. */
function exportsOfModule(program: Program, use: Syntax, collector: Collector): Acorn.MemberExpression | undefined {
  const parent = program.parent(use);
  if (parent?.type === 'MemberExpression' && parent.object === use) {
    const name = memberName(parent);
    if (name === 'exports') return parent;
    if (isAssigned(program, parent) || !LOOKED_AT.includes(name ?? '')) collector.open();
  } else if (!parent || !['UnaryExpression', 'BinaryExpression', 'IfStatement'].includes(parent.type) && !isTest(parent, use)) {
    collector.open();
  }
  return undefined;
}

const LOOKED_AT = ['id', 'filename', 'loaded', 'parent', 'path', 'paths', 'hot', 'children', 'require'];

/** `module && ...` */
function isTest(parent: Syntax, use: Syntax): boolean {
  return parent.type === 'LogicalExpression' && parent.operator === '&&' && parent.left === use
    || parent.type === 'ConditionalExpression' && parent.test === use;
}

/** `module.exports = ...` around `module.exports` */
function replacementOf(program: Program, member: Syntax): Acorn.AssignmentExpression | undefined {
  const parent = program.parent(member);
  return parent?.type === 'AssignmentExpression' && parent.left === member && parent.operator === '=' ? parent : undefined;
}

/** Whether `exports` gets the value of `module.exports` and nothing else: `exports = module.exports = {}`, or the other way round. */
function isRebinding(program: Program, use: Syntax): boolean {
  const assignment = program.parent(use);
  if (assignment?.type !== 'AssignmentExpression' || assignment.operator !== '=') return false;
  const outer = program.parent(assignment);
  const { right } = assignment;
  return isModuleExports(right) || right.type === 'AssignmentExpression' && isModuleExports(right.left)
    || outer?.type === 'AssignmentExpression' && outer.right === assignment && isModuleExports(outer.left);
}

function isModuleExports(node: Syntax): boolean {
  return node.type === 'MemberExpression' && node.object.type === 'Identifier' && /^module\d*$/.test(node.object.name) && memberName(node) === 'exports';
}

/** Whether `module.exports` is given what it is already. */
function isSameObject(node: Syntax, exports: readonly Syntax[]): boolean {
  return isModuleExports(node) || exports.includes(node);
}
