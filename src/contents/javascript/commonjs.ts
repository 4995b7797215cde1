import type * as Acorn from 'acorn';
import { isAssigned, isExports } from './callees';
import { Collector } from './collector';
import { Evaluator } from './evaluator';
import { innerModuleOf } from './inner-module';
import { Program } from './program';
import { memberName, Syntax, text } from './syntax';
import { held, timingOf, Write } from './timing';
import { CLOSED, extended, joined, Members, Summary, UNKNOWN, Value } from './value';

/** What a CommonJS module makes of `exports` and `module`. */
export function summarizeCommonJs(program: Program): Summary {
  const evaluator = new Evaluator(program, loadInner);
  const names = { exports: program.free('exports'), module: program.free('module'), self: program.topSelves };
  const exports = isBeyondText(program) ? [UNKNOWN] : moduleExports(evaluator, names);
  return { kind: 'commonjs', exports: program.isSpent ? [UNKNOWN] : exports, specifiers: [...program.specifiers] };
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

  /** `this`, which is the first of the objects that are exported. */
  readonly self?: readonly Syntax[];
}

/** What `module.exports` may be in the end. */
export function moduleExports(evaluator: Evaluator, { exports, module, self = [] }: ModuleNames): readonly Value[] {
  const { program } = evaluator;
  const rebound = exports.filter((use) => isAssigned(program, use));
  const given = new Collector(program);
  // Where `exports` stays what it was, it is another object than what replaces it.
  const givenFirst = new Collector(program);
  const members = module.filter((use) => !program.isDead(use)).map((use) => exportsOfModule(program, use, given))
    .filter((member) => member !== undefined);
  const replacements = members.map((member) => replacementOf(program, member)).filter((assignment) => assignment !== undefined);
  const assigned = members.filter((use) => isAssigned(program, use));
  if (!rebound.every((use) => isRebinding(program, use)) || assigned.length > replacements.length) given.open();
  evaluator.membersFrom(exports.filter((use) => !rebound.includes(use)), rebound.length > 0 ? given : givenFirst);
  evaluator.membersFrom(self, givenFirst);
  evaluator.membersFrom([...members.filter((use) => !assigned.includes(use)), ...replacements], given);
  const writes = replacements.filter(({ right }) => !isSameObject(program, right, exports)).map((assignment): Write => ({
    values: evaluator.of(assignment.right), timing: timingOf(program, assignment), position: assignment.end,
  }));
  if (writes.length === 0) return [{ kind: 'object', members: given.with(givenFirst).members() }];
  const end = Math.max(...replacements.map((assignment) => assignment.end));
  return finalExports(writes, afterwards(given, end), givenFirst.members());
}

/** What `module.exports` is given after it was replaced; what it was given before may be gone. */
function afterwards(given: Collector, end: number): Members {
  const members = given.members();
  const names = new Map([...members.names].map(([name, values]) => [name, given.isWrittenAfter(name, end) ? values : [...values, UNKNOWN]] as const));
  return { ...members, names };
}

/** The last of the objects that replace the first, with what is given to `module.exports`, and perhaps what was given to the first. */
function finalExports(writes: readonly Write[], given: Members, first: Members): readonly Value[] {
  const lost = new Map([...first.names.keys()].map((name) => [name, [UNKNOWN]] as const));
  const all = joined(given, { names: lost, from: first.from.map((module) => ({ ...module, perhaps: true })), open: first.open });
  const untouched: readonly Value[] = writes.some(({ timing }) => timing === 'once') ? [] : [{ kind: 'object', members: CLOSED }];
  return [...untouched, ...held(writes)].map((value) => extended(value, all));
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
  return isModuleExports(program, right) || right.type === 'AssignmentExpression' && isModuleExports(program, right.left)
    || outer?.type === 'AssignmentExpression' && outer.right === assignment && isModuleExports(program, outer.left);
}

/** Whether it is `module.exports`. */
function isModuleExports(program: Program, node: Syntax): boolean {
  return node.type === 'MemberExpression' && isExports(program, node);
}

/** Whether `module.exports` is given what it is already. */
function isSameObject(program: Program, node: Syntax, exports: readonly Syntax[]): boolean {
  return isExports(program, node) || exports.includes(node);
}
