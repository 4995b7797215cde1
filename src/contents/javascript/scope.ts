import type * as Acorn from 'acorn';
import { FunctionSyntax, isFunction, Syntax } from './syntax';

/** What gives a name its value. */
export type Definition =
  | { readonly kind: 'variable'; readonly declarator: Acorn.VariableDeclarator; readonly way?: readonly string[] }
  | { readonly kind: 'function'; readonly node: FunctionSyntax }
  | { readonly kind: 'class'; readonly node: Acorn.Class }
  | { readonly kind: 'import'; readonly node: ImportedName; readonly source: string }
  | { readonly kind: 'parameter'; readonly fn: FunctionSyntax; readonly index: number }
  | { readonly kind: 'other' };

type ImportedName = Acorn.ImportSpecifier | Acorn.ImportDefaultSpecifier | Acorn.ImportNamespaceSpecifier;

/** A name that the program declares. */
export interface Binding {
  readonly name: string;
  readonly scope: Scope;
  readonly declarations: Acorn.Identifier[];
  readonly definitions: Definition[];
}

/** A part of the program with names of its own. */
export class Scope {
  private names?: Map<string, Binding>;

  constructor(private readonly isOfFunction: boolean, private readonly outer?: Scope) {}

  /** The binding of a name as seen from here. */
  public find(name: string): Binding | undefined {
    return this.names?.get(name) ?? this.outer?.find(name);
  }

  /** The binding that is declared here. */
  public own(name: string): Binding | undefined {
    return this.names?.get(name);
  }

  /** The scope of what is in a node: its own, or this one. */
  public within(node: Syntax, parent: Syntax | undefined): Scope {
    if (isFunction(node) || node.type === 'StaticBlock') return new Scope(true, this);
    const isBlock = BLOCKS.has(node.type) && !(node.type === 'BlockStatement' && parent && isFunction(parent));
    return isBlock ? new Scope(false, this) : this;
  }

  /** Takes the names that a node declares for the scope it is in. */
  public declareFrom(node: Syntax): void {
    if (node.type === 'VariableDeclaration') {
      const scope = node.kind === 'var' ? this.ofFunction() : this;
      node.declarations.forEach((declarator) => scope.declarePattern(declarator.id, (way) => ({ kind: 'variable', declarator, way })));
    } else if (node.type === 'FunctionDeclaration' && node.id) {
      this.declare(node.id, { kind: 'function', node });
      // In a block it may become a variable of the function around it, too.
      if (!this.isOfFunction) this.ofFunction().declare(node.id, { kind: 'other' });
    } else if (node.type === 'ClassDeclaration' && node.id) {
      this.declare(node.id, { kind: 'class', node });
    } else if (node.type === 'ImportDeclaration') {
      const source = String(node.source.value);
      node.specifiers.forEach((specifier) => this.declare(specifier.local, { kind: 'import', node: specifier, source }));
    }
  }

  /** Takes the names that a node declares for its own scope, which this is. */
  public declareInside(node: Syntax): void {
    if (isFunction(node)) {
      if (node.type === 'FunctionExpression' && node.id) this.declare(node.id, { kind: 'function', node });
      node.params.forEach((param, index) => this.declareParameter(param, node, index));
    } else if (node.type === 'ClassExpression' && node.id) {
      this.declare(node.id, { kind: 'class', node });
    } else if (node.type === 'CatchClause' && node.param) {
      this.declarePattern(node.param, () => ({ kind: 'other' }));
    }
  }

  private declareParameter(param: Acorn.Pattern, fn: FunctionSyntax, index: number): void {
    if (param.type === 'Identifier') this.declare(param, { kind: 'parameter', fn, index });
    else this.declarePattern(param, () => ({ kind: 'other' }));
  }

  /** All names in a pattern, each with the properties that lead to it, if it is nothing but properties. */
  private declarePattern(pattern: Acorn.Pattern, define: (way?: readonly string[]) => Definition, way: readonly string[] | undefined = []): void {
    switch (pattern.type) {
      case 'Identifier': return this.declare(pattern, define(way));
      case 'ObjectPattern': return pattern.properties.forEach((property) => {
        if (property.type === 'RestElement') return this.declarePattern(property.argument, () => ({ kind: 'other' }));
        const name = !property.computed && property.key.type === 'Identifier' ? property.key.name : undefined;
        return this.declarePattern(property.value, define, way && name !== undefined ? [...way, name] : undefined);
      });
      case 'ArrayPattern': return pattern.elements.forEach((element) => element && this.declarePattern(element, () => ({ kind: 'other' })));
      case 'AssignmentPattern': return this.declarePattern(pattern.left, () => ({ kind: 'other' }));
      case 'RestElement': return this.declarePattern(pattern.argument, () => ({ kind: 'other' }));
      case 'MemberExpression': return undefined;
    }
  }

  private declare(node: Acorn.Identifier, definition: Definition): void {
    this.names ??= new Map();
    const known = this.names.get(node.name);
    if (known) {
      known.declarations.push(node);
      known.definitions.push(definition);
    } else {
      this.names.set(node.name, { name: node.name, scope: this, declarations: [node], definitions: [definition] });
    }
  }

  private ofFunction(): Scope {
    return this.isOfFunction || !this.outer ? this : this.outer.ofFunction();
  }
}

const BLOCKS: ReadonlySet<string> = new Set([
  'BlockStatement', 'ForStatement', 'ForInStatement', 'ForOfStatement', 'SwitchStatement', 'CatchClause', 'ClassExpression',
]);
