import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { ImportedName, readImport } from './import-statement';
import { Scope, scopeOf } from './scope';
import { parsePython, PythonSource } from './syntax';
import { PackageFile } from '../file-tree';

/** An import, wherever in the module. */
export interface Import extends ImportedName {
  /** Whether it is executed whenever the module is loaded, and nothing is done when it fails. */
  readonly sure: boolean;
}

/** What can be told about a module from its source. */
export interface ModuleFacts extends Scope {
  /** All imports, in the order of the text. */
  readonly imports: readonly Import[];

  /** Names that may be made in other ways than at the top of the module: by `global`, by `:=`, as an attribute. */
  readonly loose: ReadonlySet<string>;

  /** Whether code may make or take away names that stand nowhere in the module. */
  readonly isDynamic: boolean;

  /** Whether it may change where modules are found. */
  readonly movesPath: boolean;

  /** Whether it says itself that it cannot be loaded. */
  readonly stops: boolean;
}

const KNOWN = new WeakMap<PackageFile, ModuleFacts | { readonly unreadable: true }>();

/** `undefined` where the source cannot be read, or not be understood completely. */
export function factsOf(file: PackageFile): ModuleFacts | undefined {
  const known = KNOWN.get(file) ?? readFacts(file) ?? { unreadable: true };
  KNOWN.set(file, known);
  return 'unreadable' in known ? undefined : known;
}

function readFacts(file: PackageFile): ModuleFacts | undefined {
  const source = parsePython(file);
  const tokens = source && readTokens(source);
  if (!source || !tokens) return undefined;
  const scope = scopeOf(source);
  // https://peps.python.org/pep-0562/
  const isDynamic = tokens.isDynamic || scope.names.has('__getattr__') || scope.names.has('__path__');
  return { ...scope, ...tokens, isDynamic, movesPath: movesPath(source.text), stops: source.statements.some((node) => stops(source, node)) };
}

type Tokens = Pick<ModuleFacts, 'imports' | 'loose' | 'isDynamic'>;

/** What single tokens tell, wherever they are; `undefined` where the grammar does not fit. */
function readTokens(source: PythonSource): Tokens | undefined {
  const found = { imports: [] as Import[], loose: new Set<string>(), isDynamic: false };
  let fits = true;
  source.tree.iterate({
    enter: (node) => {
      if (node.type.isError && !isBareYield(node.node) || node.name === 'PrintStatement') fits = false;
      if (!fits) return false;
      if (node.name === 'ImportStatement') {
        const sure = isAtTop(node.node);
        found.imports.push(...readImport(source, node.node).map((imported) => ({ ...imported, sure })));
      }
      looseNames(source, node).forEach((name) => found.loose.add(name));
      found.isDynamic ||= reachesNames(source, node);
      return true;
    },
  });
  return fits ? found : undefined;
}

/** The parser wants a value after `yield`; Python does not. */
function isBareYield({ from, to, parent }: SyntaxNode): boolean {
  return from === to && (parent?.name === 'YieldStatement' || parent?.name === 'YieldExpression');
}

function isAtTop({ parent }: SyntaxNode): boolean {
  return parent?.name === 'Script' || parent?.name === 'StatementGroup' && parent.parent?.name === 'Script';
}

/** Names that are bound by something that is not looked at in its place. */
function looseNames(source: PythonSource, node: SyntaxNodeRef): string[] {
  const text = (child: SyntaxNode | null) => child ? [source.textOf(child)] : [];
  switch (node.name) {
    case 'ScopeStatement': return node.node.getChildren('VariableName').flatMap(text);
    case 'AssignOp': return source.textOf(node) === ':=' ? text(node.node.prevSibling) : [];
    // `orders.handler = ...`, which may be this module by its name
    case 'PropertyName': return isAssigned(node.node) && !isOfSelf(source, node.node.parent) ? text(node.node) : [];
    default: return [];
  }
}

function isAssigned(property: SyntaxNode): boolean {
  let node = property.parent;
  while (node && ['MemberExpression', 'TupleExpression', 'ArrayExpression', 'ParenthesizedExpression'].includes(node.name)) node = node.parent;
  return node !== null && ['AssignStatement', 'DeleteStatement', 'ForStatement', 'WithStatement', 'UpdateStatement'].includes(node.name);
}

/** Built-in functions that reach names by text. */
const REACHING = new Set(['globals', 'locals', 'vars', 'exec', 'eval', 'setattr', 'delattr']);

/** Attributes that lead to the names of a module: `sys.modules` among them. */
const LEADING = new Set(['modules', '__dict__', '__globals__', 'f_globals', 'f_locals', '_getframe', 'currentframe', 'global_enum', '_convert', '_convert_']);

function reachesNames(source: PythonSource, node: SyntaxNodeRef): boolean {
  if (node.name === 'VariableName') {
    const name = source.textOf(node);
    if (REACHING.has(name)) return !isOfSelf(source, node.node.nextSibling);
    return name === 'modules' ? isInImport(node.node) : LEADING.has(name) || name === 'builtins' || name === '__builtins__';
  }
  if (node.name !== 'PropertyName') return false;
  return LEADING.has(source.textOf(node)) && !isOfSelf(source, node.node.parent);
}

function isInImport({ parent }: SyntaxNode): boolean {
  return parent?.name === 'ImportStatement';
}

/** Whether an expression begins with the object or class that a method is called on: `self.x`, `(self, name, value)`. */
function isOfSelf(source: PythonSource, node: SyntaxNode | null): boolean {
  return node !== null && /^\(?\s*(self|cls)\b/.test(source.textOf(node));
}

/** What is harmless of `sys`; all else of it may change where modules are found. */
const SYS = /\bsys\b(?!\s*\.\s*(?!path\b|modules\b|meta_path\b|path_hooks\b|path_importer_cache\b)\w)/;

/** Ways to have modules from elsewhere. Said of words, also in comments: then nothing is claimed. */
const ELSEWHERE = /\b(addsitedir|__import__|import_module|exec_module|load_module|module_from_spec|zipimport|runpy|extend_path|__path__|exec|eval|execfile)\b/;

function movesPath(text: string): boolean {
  const rest = text.replace(/^[ \t]*import[ \t]+([\w, \t]*[, \t])?sys[ \t]*(,[\w, \t]*)?$/gm, '');
  return SYS.test(rest) || ELSEWHERE.test(rest);
}

function stops(source: PythonSource, node: SyntaxNode): boolean {
  if (node.name === 'RaiseStatement') return true;
  return node.name === 'ExpressionStatement' && /^(sys\s*\.\s*exit|os\s*\.\s*(_exit|abort)|exit|quit)\s*\(/.test(source.textOf(node));
}
