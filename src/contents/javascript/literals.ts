import type * as Acorn from 'acorn';
import { Program } from './program';
import { FunctionSyntax, Syntax } from './syntax';
import { CLOSED, FunctionValue, PlainValue, UNDEFINED } from './value';

type PlainSyntax = Acorn.Literal | Acorn.TemplateLiteral | Acorn.UnaryExpression;

/** Whether an expression is no function and nothing that could have members. */
export function isPlain(node: Syntax): node is PlainSyntax {
  return node.type === 'Literal' ? !node.regex : node.type === 'TemplateLiteral' || node.type === 'UnaryExpression';
}

export function plainValue(node: PlainSyntax): PlainValue {
  switch (node.type) {
    case 'TemplateLiteral': return { kind: 'plain', what: 'a string' };
    case 'UnaryExpression': return node.operator === 'void' ? UNDEFINED : { kind: 'plain', what: 'no function' };
    case 'Literal': return { kind: 'plain', what: node.value === null ? 'null' : `a ${typeof node.value}` };
  }
}

export function functionValue(program: Program, node: FunctionSyntax): FunctionValue {
  const isDeaf = node.type === 'ArrowFunctionExpression' || !program.usesThis(node);
  return { kind: 'function', parameters: countedParameters(node), ignoresThis: isDeaf, members: CLOSED };
}

/** The parameters that count for the `length` of a function: those before one with a default, or the rest. */
function countedParameters({ params }: FunctionSyntax): string[] {
  const end = params.findIndex(({ type }) => type === 'AssignmentPattern' || type === 'RestElement');
  return params.slice(0, end < 0 ? params.length : end).map((param) => param.type === 'Identifier' ? param.name : '{}');
}

/** The expression that a function returns, if there is one way out only. */
export function returned(program: Program, fn: FunctionSyntax): Syntax | undefined {
  if (fn.async || fn.generator) return undefined;
  if (fn.body.type !== 'BlockStatement') return fn.body;
  const last = fn.body.body[fn.body.body.length - 1];
  return last?.type === 'ReturnStatement' && !program.mayReturnBefore(fn, last.start) ? last.argument ?? undefined : undefined;
}
