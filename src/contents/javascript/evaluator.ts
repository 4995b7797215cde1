import type * as Acorn from 'acorn';
import { argumentOf, builtin, functionOf, isAssigned, isExport } from './callees';
import { Collector, Frame } from './collector';
import { functionValue, isPlain, plainValue, returned } from './literals';
import { Program } from './program';
import { Binding, Definition } from './scope';
import { isFunction, keyName, memberName, Syntax, text } from './syntax';
import { held, timingOf, Write } from './timing';
import { UseReader } from './use-reader';
import { extended, Members, ModuleValue, OPEN, UNDEFINED, UNKNOWN, Value } from './value';

/** How deep calls and names are followed. */
const MAX_DEPTH = 24;

/** How many values are told apart. */
const MAX_VALUES = 40;

const UNCERTAIN: readonly Value[] = [UNKNOWN];

/** A way to have modules within a module, as bundlers write them. */
export type InnerLoader = (call: Acorn.CallExpression, evaluator: Evaluator) => readonly Value[] | undefined;

/** Tells what expressions may be, without running any. */
export class Evaluator {
  private readonly bindings = new Map<Binding, readonly Value[]>();
  private readonly open = new Set<Binding | Syntax>();
  private readonly uses: UseReader;
  private depth = 0;

  constructor(public readonly program: Program, private readonly inner: InnerLoader) {
    this.uses = new UseReader(program, (node, frame) => this.of(node, frame));
  }

  /** All that a node may be. */
  public of(node: Syntax, frame?: Frame): readonly Value[] {
    if (this.depth >= MAX_DEPTH || !this.program.maySpend()) return UNCERTAIN;
    this.depth++;
    try {
      const values = this.evaluate(node, frame);
      return values.length > MAX_VALUES ? UNCERTAIN : values;
    } finally {
      this.depth--;
    }
  }

  /** The members that an object gets where it is used. */
  public membersFrom(uses: readonly Syntax[], collector: Collector, frame?: Frame): void {
    uses.forEach((use) => this.uses.read(use, collector, frame));
  }

  private evaluate(node: Syntax, frame: Frame | undefined): readonly Value[] {
    if (isFunction(node)) return [functionValue(this.program, node)];
    if (isPlain(node)) return [plainValue(node)];
    switch (node.type) {
      case 'ClassDeclaration':
      case 'ClassExpression': return [this.classValue(node)];
      case 'ArrayExpression': return [{ kind: 'object', members: OPEN }];
      case 'ObjectExpression': return [{ kind: 'object', members: this.objectMembers(node, frame) }];
      case 'Identifier': return this.identifier(node, frame);
      case 'MemberExpression': return this.member(node, frame);
      case 'SequenceExpression': return this.of(node.expressions[node.expressions.length - 1], frame);
      case 'AssignmentExpression': return this.assignment(node, frame);
      case 'ConditionalExpression': return [...this.of(node.consequent, frame), ...this.of(node.alternate, frame)];
      case 'LogicalExpression': return [...this.of(node.left, frame), ...this.of(node.right, frame)];
      case 'CallExpression': return this.call(node, frame);
      default: return UNCERTAIN;
    }
  }

  private objectMembers(node: Acorn.ObjectExpression, frame: Frame | undefined): Members {
    const collector = new Collector(this.program);
    for (const property of node.properties) {
      const name = property.type === 'Property' ? keyName(property) : undefined;
      if (property.type === 'SpreadElement') collector.copy(this.of(property.argument, frame), property, frame);
      else if (name === undefined || name === '__proto__') collector.open();
      else collector.write(name, this.propertyValues(property, frame), node, frame);
    }
    return collector.members();
  }

  private propertyValues({ kind, value }: Acorn.Property, frame: Frame | undefined): readonly Value[] {
    if (kind === 'init') return this.of(value, frame);
    return kind === 'get' ? this.got(value, frame) : UNCERTAIN;
  }

  /** What a getter returns, whenever it is asked. */
  public got(node: Syntax, frame?: Frame): readonly Value[] {
    const result = isFunction(node) ? returned(this.program, node) : undefined;
    return result ? this.of(result, frame) : UNCERTAIN;
  }

  /** What is assigned has another name, too; what happens to an object there is known for exports only. */
  private assignment({ operator, left, right }: Acorn.AssignmentExpression, frame: Frame | undefined): readonly Value[] {
    if (operator !== '=') return UNCERTAIN;
    const values = this.of(right, frame);
    return isExport(this.program, left) ? values : values.map((value) => extended(value, OPEN));
  }

  /** Statics are known by name; there may always be more of them. */
  private classValue(node: Acorn.Class): Value {
    const names = new Map<string, readonly Value[]>();
    for (const item of node.body.body) {
      if (item.type === 'StaticBlock' || !item.static) continue;
      const name = keyName(item);
      if (name === undefined) continue;
      const isMethod = item.type === 'MethodDefinition' && item.kind === 'method';
      names.set(name, item.type === 'PropertyDefinition' && item.value || isMethod ? this.of(item.value!) : UNCERTAIN);
    }
    return { kind: 'function', members: { names, from: [], open: true } };
  }

  private identifier(node: Acorn.Identifier, frame: Frame | undefined): readonly Value[] {
    const binding = this.program.binding(node);
    if (!binding) return node.name === 'undefined' ? [UNDEFINED] : UNCERTAIN;
    const argument = argumentOf(this.program, node, frame);
    if (argument?.node) return this.once(argument.node, () => this.withUses(binding, this.of(argument.node!, argument.frame), frame));
    if (argument) return [UNDEFINED];
    const readAt = frame || timingOf(this.program, node) === 'anytime' ? undefined : node.start;
    return this.variable(binding, readAt);
  }

  /** What a variable may hold, at a place or in the end. */
  public variable(binding: Binding, readAt?: number): readonly Value[] {
    const known = readAt === undefined ? this.bindings.get(binding) : undefined;
    if (known) return known;
    return this.once(binding, () => {
      const writes = [...binding.definitions.map((definition) => this.defined(definition)), ...this.assigned(binding)];
      const values = writes.some(({ position }) => position <= (readAt ?? Infinity)) ? held(writes, readAt) : UNCERTAIN;
      const complete = this.withUses(binding, values);
      if (readAt === undefined) this.bindings.set(binding, complete);
      return complete;
    });
  }

  /** What is defined by itself is not known. */
  private once(defined: Binding | Syntax, evaluate: () => readonly Value[]): readonly Value[] {
    if (this.open.has(defined)) return UNCERTAIN;
    this.open.add(defined);
    try {
      return evaluate();
    } finally {
      this.open.delete(defined);
    }
  }

  private withUses(binding: Binding, values: readonly Value[], frame?: Frame): readonly Value[] {
    if (!values.some(({ kind }) => kind === 'object' || kind === 'module' || kind === 'function')) return values;
    const collector = new Collector(this.program);
    this.membersFrom(this.program.uses(binding).filter((use) => !isAssigned(this.program, use)), collector, frame);
    const members = collector.members();
    return values.map((value) => extended(value, members));
  }

  private defined(definition: Definition): Write {
    switch (definition.kind) {
      case 'function':
      case 'class': {
        const position = definition.kind === 'function' ? -1 : definition.node.end;
        return { values: this.of(definition.node as Syntax), timing: 'once', position };
      }
      case 'import': return { values: [imported(definition.node, definition.source)], timing: 'once', position: -1 };
      case 'variable': return this.declared(definition.declarator, definition.way);
      default: return { values: UNCERTAIN, timing: 'anytime', position: 0 };
    }
  }

  private declared(declarator: Acorn.VariableDeclarator, way: readonly string[] | undefined): Write {
    const declaration = this.program.parent(declarator);
    const around = declaration && this.program.parent(declaration);
    const isLoop = around?.type === 'ForInStatement' || around?.type === 'ForOfStatement';
    if (!way || isLoop) return { values: UNCERTAIN, timing: 'anytime', position: 0 };
    const { init } = declarator;
    // `var` without a value leaves what was there.
    if (!init) return { values: [UNDEFINED], timing: 'once', position: -1 };
    const values = way.reduce((at, name) => at.flatMap((value) => this.memberOf(value, name)), this.of(init));
    return { values, timing: timingOf(this.program, declarator), position: declarator.end };
  }

  private assigned(binding: Binding): Write[] {
    return this.program.uses(binding).filter((use) => isAssigned(this.program, use)).map((use) => {
      const parent = this.program.parent(use);
      if (parent?.type !== 'AssignmentExpression' || parent.operator !== '=') return { values: UNCERTAIN, timing: 'anytime', position: 0 };
      return { values: this.of(parent.right), timing: timingOf(this.program, parent), position: parent.end };
    });
  }

  private member(node: Acorn.MemberExpression, frame: Frame | undefined): readonly Value[] {
    const name = memberName(node);
    if (name === undefined || node.object.type === 'Super') return UNCERTAIN;
    return this.of(node.object, frame).flatMap((value) => this.memberOf(value, name));
  }

  private memberOf(value: Value, name: string): readonly Value[] {
    if (value.kind === 'module') return [{ ...value, names: [...value.names, name] }];
    if (value.kind !== 'object') return UNCERTAIN;
    return value.members.names.get(name) ?? UNCERTAIN;
  }

  private call(node: Acorn.CallExpression, frame: Frame | undefined): readonly Value[] {
    const { callee } = node;
    const [first] = node.arguments;
    if (callee.type === 'Identifier' && callee.name === 'require' && !this.program.binding(callee)) {
      const specifier = text(first);
      return specifier === undefined ? UNCERTAIN : [{ kind: 'module', specifier, by: 'require', names: [] }];
    }
    const name = builtin(this.program, callee);
    if (name) return this.builtinCall(name, node, frame);
    const inner = this.inner(node, this);
    if (inner) return inner;
    const fn = functionOf(this.program, callee);
    const result = fn && returned(this.program, fn);
    return fn && result ? this.of(result, { fn, call: node, outer: frame }) : UNCERTAIN;
  }

  /** Functions that give back what they are given, with more in it or not. */
  private builtinCall(name: string, node: Acorn.CallExpression, frame: Frame | undefined): readonly Value[] {
    const [first] = node.arguments;
    if (!first || first.type === 'SpreadElement') return UNCERTAIN;
    const collector = new Collector(this.program);
    switch (name) {
      case 'Object.freeze':
      case 'Object.seal':
      case 'Object.preventExtensions': return this.of(first, frame);
      case 'awslambda.streamifyResponse':
        return this.of(first, frame).map((value) => value.kind === 'function' ? { ...value, parameters: undefined } : value);
      case 'Object.assign':
      case 'Object.defineProperty':
      case 'Object.defineProperties':
        this.uses.readArgument(node, 0, collector, frame);
        return this.of(first, frame).map((value) => extended(value, collector.members()));
      default: return UNCERTAIN;
    }
  }
}

/** What an import stands for. */
function imported(node: Syntax, specifier: string): ModuleValue {
  const module = { kind: 'module', specifier, by: 'import' } as const;
  if (node.type === 'ImportNamespaceSpecifier') return { ...module, names: [] };
  if (node.type !== 'ImportSpecifier') return { ...module, names: ['default'] };
  return { ...module, names: [node.imported.type === 'Identifier' ? node.imported.name : text(node.imported) ?? ''] };
}
