import type { SyntaxNode } from '@lezer/common';
import { ImportedName, readImport } from './import-statement';
import { childrenOf, PythonSource } from './syntax';

/** A name that a module has. */
export interface Binding {
  /** Whether it is there whatever happens, if the module is loaded at all. */
  readonly certain: boolean;

  /** What it stands for: a value that nobody can call, something imported, or anything else. */
  readonly what: 'function' | 'value' | 'import' | 'other';

  /** For an import, where it comes from. */
  readonly from?: ImportedName;
}

/** The names of a module once its statements have run, in their order. */
export interface Scope {
  readonly names: Map<string, Binding>;

  /** Names that were taken away. */
  readonly deleted: Set<string>;

  /** Modules of `from ... import *`, and whether that is executed for certain. */
  readonly stars: { readonly from: ImportedName; readonly certain: boolean }[];
}

/** Values that cannot be called. */
const VALUES = new Set([
  'Number', 'String', 'ContinuedString', 'FormatString', 'None', 'Boolean', 'ArrayExpression', 'DictionaryExpression', 'SetExpression',
  'TupleExpression', 'ArrayComprehensionExpression', 'DictionaryComprehensionExpression', 'SetComprehensionExpression',
]);

export function scopeOf(source: PythonSource): Scope {
  const scope = emptyScope();
  new Interpreter(source, scope).run(source.statements, true);
  return scope;
}

function emptyScope(): Scope {
  return { names: new Map(), deleted: new Set(), stars: [] };
}

/** Follows what statements do to names. Where a statement may not be executed, `certain` is false. */
class Interpreter {
  constructor(private readonly source: PythonSource, private readonly scope: Scope) {}

  public run(statements: readonly SyntaxNode[], certain: boolean): void {
    for (const statement of statements) this.statement(statement, certain);
  }

  private statement(node: SyntaxNode, certain: boolean): void {
    switch (node.name) {
      case 'StatementGroup': return this.run(childrenOf(node), certain);
      case 'FunctionDefinition':
      case 'ClassDefinition': return this.definition(node, 'function', certain);
      case 'DecoratedStatement': return this.definition(node.lastChild!, 'other', certain);
      case 'AssignStatement': return this.assignment(node, certain);
      case 'ImportStatement': return this.imports(node, certain);
      case 'DeleteStatement': return this.targetNames(node).forEach((name) => this.remove(name, certain));
      case 'IfStatement': return this.conditional(node, certain);
      case 'TypeDefinition':
      case 'UpdateStatement': return this.targetNames(node).slice(0, 1).forEach((name) => this.bind(name, 'other', false));
      default: return this.compound(node);
    }
  }

  private definition(node: SyntaxNode, what: Binding['what'], certain: boolean): void {
    const name = node.getChild('VariableName');
    if (name) this.bind(this.source.textOf(name), what, certain);
  }

  private assignment(node: SyntaxNode, certain: boolean): void {
    const parts = childrenOf(node);
    const signs = parts.flatMap(({ name }, index) => name === 'AssignOp' ? [index] : []);
    // `handler: Handler` alone says a type and makes no name.
    if (signs.length === 0) return;
    const last = signs[signs.length - 1];
    const targets = parts.slice(0, last).filter(({ name }) => name !== 'TypeDef');
    const values = parts.slice(last + 1);
    const simple = targets.every(({ name }) => name === 'VariableName' || name === 'AssignOp');
    const isValue = simple && (values.length > 1 || VALUES.has(values[0]?.name));
    for (const name of targets.flatMap((target) => this.targetNames(target))) this.bind(name, isValue ? 'value' : 'other', certain);
  }

  private imports(node: SyntaxNode, certain: boolean): void {
    for (const from of readImport(this.source, node)) {
      if (from.as === '*') this.scope.stars.push({ from, certain });
      else this.bind(from.as, 'import', certain, from);
    }
  }

  /** Each branch begins with what was there before; afterwards there is what all of them agree on. */
  private conditional(node: SyntaxNode, certain: boolean): void {
    const branches = node.getChildren('Body').map((body) => {
      const branch: Scope = { names: new Map(this.scope.names), deleted: new Set(this.scope.deleted), stars: [] };
      new Interpreter(this.source, branch).run(childrenOf(body), certain);
      return branch;
    });
    const isComplete = node.getChild('else') !== null;
    const outcomes = isComplete ? branches : [...branches, { ...this.scope, names: new Map(this.scope.names) }];
    for (const branch of branches) this.scope.stars.push(...branch.stars.map(({ from }) => ({ from, certain: false })));
    for (const name of new Set(outcomes.flatMap(({ names }) => [...names.keys()]))) {
      this.scope.names.set(name, agreed(outcomes.map(({ names }) => names.get(name))));
    }
    outcomes.forEach(({ deleted }) => deleted.forEach((name) => this.scope.deleted.add(name)));
  }

  /** Loops, `try`, `with` and `match`: what is in them may happen. */
  private compound(node: SyntaxNode): void {
    for (const child of childrenOf(node)) {
      if (child.name === 'Body') this.run(childrenOf(child), false);
      else if (child.name === 'MatchBody' || child.name === 'MatchClause') this.compound(child);
      else if (child.name.endsWith('Pattern') || isTargetOf(node, child)) this.target(node, child);
    }
  }

  private target(statement: SyntaxNode, target: SyntaxNode): void {
    for (const name of this.targetNames(target)) {
      this.bind(name, 'other', false);
      // Python takes the name of an exception away again.
      if (statement.name === 'TryStatement') this.remove(name, false);
    }
  }

  private bind(name: string, what: Binding['what'], certain: boolean, from?: ImportedName): void {
    const before = this.scope.names.get(name);
    this.scope.names.set(name, certain ? { certain, what, from } : agreed([before, { certain: true, what, from }]));
  }

  private remove(name: string, certain: boolean): void {
    this.scope.deleted.add(name);
    const before = this.scope.names.get(name);
    if (certain) this.scope.names.delete(name);
    else if (before) this.scope.names.set(name, { certain: false, what: 'other' });
  }

  /** The names that an assignment to this makes: none for `self.x` and `x[0]`. */
  private targetNames(node: SyntaxNode): string[] {
    if (node.name === 'VariableName') return [this.source.textOf(node)];
    if (node.name === 'MemberExpression') return [];
    return childrenOf(node).flatMap((child) => this.targetNames(child));
  }

}

/** What stands before `in` of a loop or after `as` of a `with` or an `except`. */
function isTargetOf(statement: SyntaxNode, child: SyntaxNode): boolean {
  if (child.prevSibling?.name === 'as') return true;
  const keyword = statement.name === 'ForStatement' ? statement.getChild('in') : null;
  return keyword !== null && child.from < keyword.from && child.name !== 'for' && child.name !== 'async';
}

/** What is known of a name that several ways lead to. */
function agreed(bindings: readonly (Binding | undefined)[]): Binding {
  const [first] = bindings;
  const certain = bindings.every((binding) => binding?.certain);
  const same = bindings.every((binding) => binding?.what === first?.what && binding?.from === first?.from);
  return { certain, what: same && first ? first.what : 'other', from: same ? first?.from : undefined };
}
