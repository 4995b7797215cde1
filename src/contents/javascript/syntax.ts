import type * as Acorn from 'acorn';

/** A node of the syntax tree. */
export type Syntax = Acorn.AnyNode;

export type FunctionSyntax = Acorn.FunctionDeclaration | Acorn.FunctionExpression | Acorn.ArrowFunctionExpression;

export function isFunction(node: Syntax): node is FunctionSyntax {
  return node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';
}

/** What a text is parsed to, or why not. */
export type Parsed = { readonly kind: 'parsed'; readonly root: Acorn.Program } | { readonly kind: 'refused' };

/** Parses a file as a CommonJS module or as an ES module. */
export function parse(source: string, sourceType: 'commonjs' | 'module'): Parsed {
  // Loaded here, since an app without such functions should not pay for it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const acorn: typeof Acorn = require('acorn');
  try {
    return { kind: 'parsed', root: acorn.parse(source, { ecmaVersion: 'latest', sourceType, allowHashBang: true }) };
  } catch (error) {
    // Too deep a nesting overflows the stack.
    if (error instanceof SyntaxError || error instanceof RangeError) return { kind: 'refused' };
    throw error;
  }
}

/** Calls back with every node in a node, and the name of the property that it is in. */
export function forEachChild(node: Syntax, visit: (child: Syntax, key: string) => void): void {
  const properties = node as unknown as Readonly<Record<string, unknown>>;
  for (const key in properties) {
    if (key === 'parent') continue;
    const value = properties[key];
    if (Array.isArray(value)) {
      for (const item of value) if (isSyntax(item)) visit(item, key);
    } else if (isSyntax(value)) {
      visit(value, key);
    }
  }
}

function isSyntax(value: unknown): value is Syntax {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** Whether what is in this property is a name of a member or a label, and no variable. */
export function isNameOnly(node: Syntax, key: string): boolean {
  switch (node.type) {
    case 'MemberExpression': return key === 'property' && !node.computed;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition': return key === 'key' && !node.computed;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ClassDeclaration':
    case 'ClassExpression': return key === 'id';
    case 'ExportSpecifier': return key === 'exported';
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
    case 'ExportAllDeclaration':
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
    case 'ImportAttribute': return key !== 'body';
    default: return false;
  }
}

/** The member that an expression names: `a.b`, `a['b']`. */
export function memberName(node: Acorn.MemberExpression): string | undefined {
  return node.computed ? text(node.property) : node.property.type === 'Identifier' ? node.property.name : undefined;
}

/** The name of a property or method, where it does not have to be worked out. */
export function keyName({ key, computed }: { readonly key: Syntax; readonly computed: boolean }): string | undefined {
  if (!computed && key.type === 'Identifier') return key.name;
  return key.type === 'Literal' && typeof key.value === 'number' && !computed ? String(key.value) : text(key);
}

/** The text of a literal. */
export function text(node: Syntax | null | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

/** What a call of `require` or an import names, where it is a text. */
export function specifierIn(node: Syntax): string | undefined {
  if (node.type === 'CallExpression') {
    return node.callee.type === 'Identifier' && node.callee.name === 'require' ? text(node.arguments[0]) : undefined;
  }
  const hasSource = node.type === 'ImportDeclaration' || node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration' || node.type === 'ImportExpression';
  return hasSource ? text(node.source) : undefined;
}
