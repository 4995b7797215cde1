import { Program } from './program';
import { FunctionSyntax, isFunction, Syntax } from './syntax';
import { UNDEFINED, Value } from './value';

/**
 * When something is done while the module loads: `once`, at its place in the text; `perhaps`, at its place if at all; `anytime`
 * if it is in a loop or a function.
 */
export type Timing = 'once' | 'perhaps' | 'anytime';

/** What is written to a name or a member, and when. */
export interface Write {
  readonly values: readonly Value[];
  readonly timing: Timing;

  /** The end of what writes: what is within it is done before. */
  readonly position: number;

  /** Whether it is `Object.defineProperty`: what is assigned afterwards may have no effect. */
  readonly isDefinition?: boolean;

  /** Whether it is copied from another object, perhaps only if nothing is there yet. */
  readonly isCopy?: boolean;
}

const STRAIGHT: ReadonlySet<string> = new Set([
  'ExpressionStatement', 'BlockStatement', 'VariableDeclaration', 'VariableDeclarator', 'ExportNamedDeclaration', 'ExportDefaultDeclaration',
  'SequenceExpression', 'AssignmentExpression', 'CallExpression', 'MemberExpression', 'UnaryExpression', 'ObjectExpression', 'Property',
  'ChainExpression', 'ArrayExpression', 'NewExpression',
]);

const BRANCHES: ReadonlySet<string> = new Set([
  'IfStatement', 'ConditionalExpression', 'LogicalExpression', 'TryStatement', 'CatchClause', 'SwitchStatement', 'SwitchCase', 'LabeledStatement',
]);

/** When a node is reached while its module loads, or, if a function is given, while this function runs. */
export function timingOf(program: Program, node: Syntax, within?: FunctionSyntax): Timing {
  let timing: Timing = 'once';
  for (let at = program.parent(node); at && at !== within; at = program.parent(at)) {
    if (at.type === 'Program' || program.modules.has(at)) return program.mayReturnBefore(at, node.start) ? 'perhaps' : timing;
    if (isFunction(at)) {
      if (!isCalledInPlace(program, at)) return 'anytime';
      if (program.mayReturnBefore(at, node.start)) timing = 'perhaps';
    } else if (BRANCHES.has(at.type) || isAbort(at)) {
      timing = 'perhaps';
    } else if (!STRAIGHT.has(at.type)) {
      return 'anytime';
    }
  }
  return within && program.mayReturnBefore(within, node.start) ? 'perhaps' : timing;
}

/** `a ||= b` and `a?.b` may not come to their right side. */
function isAbort(node: Syntax): boolean {
  return node.type === 'AssignmentExpression' && ['||=', '&&=', '??='].includes(node.operator) || node.type === 'ChainExpression';
}

/** Whether a function is called where it stands, once: `(() => {})()`. */
function isCalledInPlace(program: Program, fn: FunctionSyntax): boolean {
  const call = program.parent(fn);
  return call?.type === 'CallExpression' && call.callee === fn && !fn.async && !fn.generator;
}

/** What a name may hold after all of these writes, or where it is read at a place that is reached once. */
export function held(writes: readonly Write[], readAt = Infinity): readonly Value[] {
  const seen = writes.filter(({ timing, position }) => timing === 'anytime' || position <= readAt);
  const isDefined = seen.some(({ isDefinition }) => isDefinition);
  const certain = seen.filter(({ timing, isDefinition, isCopy }) => timing === 'once' && !isCopy && (isDefinition || !isDefined));
  const last = Math.max(...certain.map(({ position }) => position));
  const relevant = seen.filter(({ timing, position }) => timing === 'anytime' || position >= last);
  const values = relevant.flatMap((write) => write.values);
  const isThere = last > -Infinity || seen.some(({ timing, isCopy }) => timing === 'once' && isCopy);
  return isThere ? values : [UNDEFINED, ...values];
}
