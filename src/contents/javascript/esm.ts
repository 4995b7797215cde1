import type * as Acorn from 'acorn';
import { loadInner } from './commonjs';
import { Evaluator } from './evaluator';
import { Program } from './program';
import { Syntax } from './syntax';
import { Members, ModuleValue, Summary, UNKNOWN, Value } from './value';

/** What an ES module exports: the language says all names. */
export function summarizeEsm(program: Program): Summary {
  const evaluator = new Evaluator(program, loadInner);
  const names = new Map<string, readonly Value[]>();
  const from: ModuleValue[] = [];
  for (const statement of program.root.body) {
    if (statement.type === 'ExportNamedDeclaration') named(evaluator, statement).forEach(([name, values]) => names.set(name, values));
    else if (statement.type === 'ExportDefaultDeclaration') names.set('default', evaluator.of(statement.declaration));
    else if (statement.type === 'ExportAllDeclaration') all(statement, names, from);
  }
  // What is exported is known by name all the same.
  const known = evaluator.program.isSpent ? new Map([...names.keys()].map((name) => [name, [UNKNOWN]] as const)) : names;
  const members: Members = { names: known, from, open: false };
  return { kind: 'esm', exports: [{ kind: 'object', members }], specifiers: [...program.specifiers] };
}

/** Whether a program has what only ES modules may have. */
export function hasEsmSyntax({ body }: Acorn.Program): boolean {
  return body.some(({ type }) => ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportDefaultDeclaration', 'ExportAllDeclaration'].includes(type));
}

type Named = readonly [name: string, values: readonly Value[]];

function named(evaluator: Evaluator, { declaration, specifiers, source }: Acorn.ExportNamedDeclaration): Named[] {
  if (declaration) return declared(declaration).map((node) => [node.name, last(evaluator, node)]);
  return specifiers.map(({ local, exported }): Named => {
    if (source) return [nameOf(exported), [{ ...moduleOf(source), names: [nameOf(local)] }]];
    return [nameOf(exported), local.type === 'Identifier' ? last(evaluator, local) : [UNKNOWN]];
  });
}

/** What a variable holds when the module has been loaded: exports are alive. */
function last(evaluator: Evaluator, node: Acorn.Identifier): readonly Value[] {
  const binding = evaluator.program.top(node.name);
  return binding ? evaluator.variable(binding) : [UNKNOWN];
}

function all({ exported, source }: Acorn.ExportAllDeclaration, names: Map<string, readonly Value[]>, from: ModuleValue[]): void {
  if (exported) names.set(nameOf(exported), [moduleOf(source)]);
  else from.push(moduleOf(source));
}

function moduleOf(source: Acorn.Literal): ModuleValue {
  return { kind: 'module', specifier: String(source.value), by: 'import', names: [] };
}

function nameOf(node: Acorn.Identifier | Acorn.Literal): string {
  return node.type === 'Identifier' ? node.name : String(node.value);
}

/** The names that a declaration declares. */
function declared(node: Acorn.Declaration): Acorn.Identifier[] {
  if (node.type === 'VariableDeclaration') return node.declarations.flatMap(({ id }) => identifiersIn(id));
  return node.id ? [node.id] : [];
}

function identifiersIn(pattern: Syntax | null): Acorn.Identifier[] {
  switch (pattern?.type) {
    case 'Identifier': return [pattern];
    case 'ObjectPattern': return pattern.properties.flatMap((property) => identifiersIn(property.type === 'Property' ? property.value : property.argument));
    case 'ArrayPattern': return pattern.elements.flatMap(identifiersIn);
    case 'AssignmentPattern': return identifiersIn(pattern.left);
    case 'RestElement': return identifiersIn(pattern.argument);
    default: return [];
  }
}
