import type * as Acorn from 'acorn';
import { aliased, argumentOf, builtin, constantText, functionOf, isAssigned, isExport, isExports, Keys, keysOf } from './callees';
import { Collector, Frame } from './collector';
import { returned } from './literals';
import { Program } from './program';
import { FunctionSyntax, isFunction, keyName, memberName, Syntax } from './syntax';
import { UNKNOWN, Value } from './value';

/** How deep an object is followed into functions that it is handed to. */
const MAX_FRAMES = 6;

const UNCERTAIN: readonly Value[] = [UNKNOWN];

/** Reads what happens to an object at the places where it is used. What it does not understand may do anything. */
export class UseReader {
  constructor(private readonly program: Program, private readonly valuesOf: (node: Syntax, frame?: Frame) => readonly Value[]) {}

  /** Takes down what becomes of the object that a node stands for. */
  public read(node: Syntax, collector: Collector, frame?: Frame): void {
    if (!this.program.maySpend()) return collector.open();
    const parent = this.program.parent(node);
    switch (parent?.type) {
      case 'MemberExpression': return parent.object === node ? this.readMember(parent, collector, frame) : undefined;
      case 'CallExpression': return this.readCall(node, parent, collector, frame);
      case 'AssignmentExpression': return this.readAssignment(node, parent, collector);
      case 'VariableDeclarator': return this.readPattern(parent.id, collector, frame);
      case 'LogicalExpression': return parent.left === node && parent.operator === '&&' ? undefined : this.read(parent, collector, frame);
      case 'ConditionalExpression': return parent.test === node ? undefined : this.read(parent, collector, frame);
      case 'SequenceExpression': return parent.expressions[parent.expressions.length - 1] === node ? this.read(parent, collector, frame) : undefined;
      case 'ReturnStatement':
      case 'ArrowFunctionExpression': return this.readReturn(node, collector, frame);
      case 'SpreadElement': return this.program.parent(parent)?.type === 'ObjectExpression' ? undefined : collector.open();
      default: return parent && HARMLESS.has(parent.type) ? undefined : collector.open();
    }
  }

  /** `object.name` in some place. */
  private readMember(member: Acorn.MemberExpression, collector: Collector, frame: Frame | undefined): void {
    const parent = this.program.parent(member);
    const name = memberName(member);
    if (parent?.type === 'AssignmentExpression' && parent.left === member) return this.readWrite(member, parent, collector, frame);
    if (isAssigned(this.program, member) || parent?.type === 'UnaryExpression' && parent.operator === 'delete') {
      return name === undefined ? collector.open() : collector.write(name, UNCERTAIN, member, frame);
    }
    if (parent?.type === 'CallExpression' && parent.callee === member) return collector.calls(name);
    return collector.reads(name);
  }

  /** `object.name = value` */
  private readWrite(member: Acorn.MemberExpression, assignment: Acorn.AssignmentExpression, collector: Collector, frame: Frame | undefined): void {
    const name = memberName(member) ?? (member.computed ? constantText(this.program, member.property, frame) : undefined);
    if (name !== undefined) {
      if (!this.isDropped(assignment)) collector.reads(name);
      return collector.write(name, assignment.operator === '=' ? this.valuesOf(assignment.right, frame) : UNCERTAIN, assignment, frame);
    }
    const keys = keysOf(this.program, member.property, frame);
    if (!keys || assignment.operator !== '=') return collector.open();
    return this.copy(keys, isMemberBy(assignment.right, member.property, keys), collector, frame);
  }

  /** Whether nobody gets hold of the value of an expression but through names that are followed. */
  private isDropped(node: Syntax): boolean {
    const parent = this.program.parent(node);
    if (parent?.type === 'AssignmentExpression' && parent.right === node) return isExport(this.program, parent.left) && this.isDropped(parent);
    return parent?.type === 'ExpressionStatement' || parent?.type === 'SequenceExpression';
  }

  /** All names that a loop goes through, with what they hold where that is just copied. */
  private copy({ source, frame: frameOfKeys, loop }: Keys, isExact: boolean, collector: Collector, frame: Frame | undefined): void {
    // A function that copies is taken to do so when it is called: what it asks before is whether there is something to copy.
    const place = frame ? frame.call : loop;
    collector.copy(this.valuesOf(source, frameOfKeys), place, frame?.outer, isExact);
  }

  private readCall(node: Syntax, call: Acorn.CallExpression, collector: Collector, frame: Frame | undefined): void {
    const index = call.arguments.indexOf(node as Acorn.Expression);
    // Calling a function does nothing to it.
    return index < 0 ? undefined : this.readArgument(call, index, collector, frame);
  }

  /** What a function does to the object that it is handed. */
  public readArgument(call: Acorn.CallExpression, index: number, collector: Collector, frame: Frame | undefined): void {
    const name = builtin(this.program, call.callee);
    if (name) return index === 0 && CHANGES.has(name) ? this.readChange(name, call, collector, frame) : this.look(name, collector);
    if (index === 1 && isExportStar(call.callee)) return collector.copy(this.valuesOf(call.arguments[0], frame), call, frame);
    if (this.isQuestion(call.callee)) return undefined;
    const fn = functionOf(this.program, call.callee);
    return fn ? this.follow(fn, index, { fn, call, outer: frame }, collector) : collector.open();
  }

  /** `Object.prototype.hasOwnProperty.call(object, name)`, also by another name. */
  private isQuestion(callee: Syntax): boolean {
    if (callee.type !== 'MemberExpression' || memberName(callee) !== 'call') return false;
    const asked = aliased(this.program, callee.object);
    return asked.type === 'MemberExpression' && ['hasOwnProperty', 'propertyIsEnumerable'].includes(memberName(asked) ?? '');
  }

  /** A function of the language that changes its first argument, and gives it back. */
  private readChange(name: string, call: Acorn.CallExpression, collector: Collector, frame: Frame | undefined): void {
    if (name === 'Object.defineProperty') this.readDefinition(call, collector, frame);
    else if (name === 'Object.assign') call.arguments.slice(1).forEach((source) => collector.copy(this.valuesOf(source, frame), call, frame));
    else if (name === 'Object.defineProperties') collector.open();
    return this.isDropped(call) ? undefined : this.read(call, collector, frame);
  }

  /** A function of the language that only looks at its arguments, if it is known to. */
  private look(name: string, collector: Collector): void {
    if (!SAFE.has(name) && !CHANGES.has(name)) collector.open();
  }

  /** `Object.defineProperty(object, name, descriptor)` */
  private readDefinition(call: Acorn.CallExpression, collector: Collector, frame: Frame | undefined): void {
    const [, key, descriptor] = call.arguments;
    if (!key || isSymbol(key)) return undefined;
    const name = constantText(this.program, key, frame);
    if (name !== undefined) return collector.define(name, this.described(descriptor, frame), call, frame);
    const keys = keysOf(this.program, key, frame);
    if (!keys) return collector.open();
    const getter = property(descriptor, 'get');
    if (getter && isMemberBy(getter, key, keys)) return this.define(keys, collector, frame);
    const result = getter && isFunction(getter) ? returned(this.program, getter) : property(descriptor, 'value') ?? descriptorOf(getter);
    return this.copy(keys, result !== undefined && (isMemberBy(result, key, keys) || isDescribedBy(result, key, keys)), collector, frame);
  }

  /** Each name of an object of getters is defined by its getter. */
  private define({ source, frame: frameOfKeys, loop }: Keys, collector: Collector, frame: Frame | undefined): void {
    const argument = source.type === 'Identifier' ? argumentOf(this.program, source, frameOfKeys) : undefined;
    const getters = argument?.node ?? source;
    if (getters.type !== 'ObjectExpression') return collector.open();
    const place = frame ? frame.call : loop;
    for (const getter of getters.properties) {
      const name = getter.type === 'Property' ? keyName(getter) : undefined;
      if (getter.type !== 'Property' || name === undefined) collector.open();
      else collector.define(name, this.got(getter.value, argument ? argument.frame : frameOfKeys), place, frame?.outer);
    }
  }

  private described(descriptor: Syntax | undefined, frame: Frame | undefined): readonly Value[] {
    const getter = property(descriptor, 'get');
    const value = property(descriptor, 'value');
    if (getter) return this.got(getter, frame);
    return value ? this.valuesOf(value, frame) : UNCERTAIN;
  }

  /** What a getter returns. */
  private got(getter: Syntax, frame: Frame | undefined): readonly Value[] {
    const result = isFunction(getter) ? returned(this.program, getter) : undefined;
    return result ? this.valuesOf(result, frame) : UNCERTAIN;
  }

  /** The object under the name that it has within a function. */
  private follow(fn: FunctionSyntax, index: number, frame: Frame, collector: Collector): void {
    if (isTooDeep(frame) || frame.call.arguments.slice(0, index).some(({ type }) => type === 'SpreadElement')) return collector.open();
    if (this.program.free('arguments').some((use) => this.program.ownerOfThis(use) === fn)) return collector.open();
    const parameter = fn.params[index];
    if (!parameter) return fn.params.some(({ type }) => type === 'RestElement') ? collector.open() : undefined;
    return this.readPattern(parameter, collector, frame);
  }

  /** The object under another name. */
  private readPattern(pattern: Acorn.Pattern, collector: Collector, frame: Frame | undefined): void {
    if (pattern.type === 'ObjectPattern') return pattern.properties.forEach((item) => item.type === 'Property' && collector.reads(keyName(item)));
    const binding = pattern.type === 'Identifier' ? this.program.binding(pattern) : undefined;
    if (!binding || binding.definitions.length !== 1 || isTooDeep(frame)) return collector.open();
    return this.program.uses(binding).forEach((use) => this.read(use, collector, frame));
  }

  private readAssignment(node: Syntax, assignment: Acorn.AssignmentExpression, collector: Collector): void {
    // What a member holds can be reached through it, too.
    const isReplacement = assignment.right === node && assignment.operator === '=' && isExports(this.program, assignment.left);
    if (!isReplacement) collector.open();
  }

  /** The object is the result of a function: of one that was followed, or of one that nothing is known of. */
  private readReturn(node: Syntax, collector: Collector, frame: Frame | undefined): void {
    const fn = this.program.functionAround(node);
    if (fn && frame?.fn === fn) return this.isDropped(frame.call) ? undefined : this.read(frame.call, collector, frame.outer);
    return collector.open();
  }
}

/** Places where an object is only looked at, or dropped. */
const HARMLESS: ReadonlySet<string> = new Set([
  'ExpressionStatement', 'UnaryExpression', 'BinaryExpression', 'IfStatement', 'TemplateLiteral', 'ForInStatement', 'ExportSpecifier',
  'ExportDefaultDeclaration',
]);

/** Functions that change their first argument, and give it back. */
const CHANGES: ReadonlySet<string> = new Set(['Object.defineProperty', 'Object.defineProperties', 'Object.assign', 'Object.freeze', 'Object.seal']);

/** Functions that only look. */
const SAFE: ReadonlySet<string> = new Set([
  'Object.keys', 'Object.values', 'Object.entries', 'Object.getOwnPropertyNames', 'Object.getOwnPropertyDescriptor', 'Object.getPrototypeOf',
]);

function isTooDeep(frame: Frame | undefined): boolean {
  let depth = 0;
  for (let at = frame; at; at = at.outer) depth++;
  return depth > MAX_FRAMES;
}

/** `__exportStar(require('./x'), exports)` of TypeScript, also from tslib. */
function isExportStar(callee: Syntax): boolean {
  if (callee.type === 'SequenceExpression') return isExportStar(callee.expressions[callee.expressions.length - 1]);
  if (callee.type === 'MemberExpression') return memberName(callee) === '__exportStar';
  return callee.type === 'Identifier' && callee.name === '__exportStar';
}

/** `Symbol.toStringTag` and the like, which is no name. */
function isSymbol(node: Syntax): boolean {
  return node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === 'Symbol';
}

function property(node: Syntax | undefined, name: string): Syntax | undefined {
  if (node?.type !== 'ObjectExpression') return undefined;
  const found = node.properties.find((item): item is Acorn.Property => item.type === 'Property' && keyName(item) === name);
  return found?.value;
}

/** The call in `Object.getOwnPropertyDescriptor(object, key).get`, which SWC writes. */
function descriptorOf(node: Syntax | undefined): Syntax | undefined {
  return node?.type === 'MemberExpression' && memberName(node) === 'get' ? node.object : undefined;
}

/** Whether it is `object[key]`, where the keys are those of the object. */
function isMemberBy(node: Syntax, key: Syntax, { source }: Keys): boolean {
  return node.type === 'MemberExpression' && node.computed && isSameName(node.property, key) && isSameName(node.object, source);
}

function isDescribedBy(node: Syntax, key: Syntax, { source }: Keys): boolean {
  return node.type === 'CallExpression' && node.arguments.length === 2 && isSameName(node.arguments[0], source) && isSameName(node.arguments[1], key);
}

function isSameName(one: Syntax, other: Syntax): boolean {
  return one.type === 'Identifier' && other.type === 'Identifier' && one.name === other.name;
}
