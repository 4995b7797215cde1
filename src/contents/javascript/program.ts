import type * as Acorn from 'acorn';
import { Binding, Scope } from './scope';
import { forEachChild, FunctionSyntax, isFunction, isNameOnly, specifierIn, Syntax } from './syntax';

/** How many steps are spent on one file. */
const MAX_STEPS = 300_000;

interface Linked { parent?: Syntax }

/** A name in the program, which knows the scope that it is in. */
type Mention = Acorn.Identifier & { scope?: Scope };

/** The syntax tree of a file: who is whose parent, and what each name means. */
export class Program {
  /** What it loads by name. */
  public readonly specifiers = new Set<string>();

  private readonly selves: Acorn.ThisExpression[] = [];
  private owners?: ReadonlySet<Syntax | undefined>;

  /** Functions that are modules, put there by a bundler: what is at their top is done when they are loaded. */
  public readonly modules = new Set<Syntax>();

  /** The function that loads them, as webpack calls it. */
  public requirer?: Binding;

  /** Whether it has `with`, where no name is certain. */
  public hasWith = false;

  private readonly scope = new Scope(true);
  private steps = 0;
  private readonly mentions = new Map<string, Mention[]>();
  private readonly returns = new Map<Syntax, number>();

  constructor(public readonly root: Acorn.Program) {
    this.walk(root, this.scope);
  }

  /** Whether to go on: a program may be so entangled that there is no end to it. */
  public maySpend(steps = 1): boolean {
    this.steps += steps;
    return this.steps <= MAX_STEPS;
  }

  /** Whether it was left half-read, so that nothing is certain. */
  public get isSpent(): boolean {
    return this.steps > MAX_STEPS;
  }

  public parent(node: Syntax): Syntax | undefined {
    return (node as Linked).parent;
  }

  /** The nearest function that a node is in. */
  public functionAround(node: Syntax): FunctionSyntax | undefined {
    let at = this.parent(node);
    while (at && !isFunction(at)) at = this.parent(at);
    return at;
  }

  /** The function, class or field that gives `this` or `arguments` their meaning; nothing at the top of the module. */
  public ownerOfThis(node: Syntax): Syntax | undefined {
    let at = this.parent(node);
    while (at && at.type !== 'PropertyDefinition' && at.type !== 'StaticBlock' && !(isFunction(at) && at.type !== 'ArrowFunctionExpression')) {
      at = this.parent(at);
    }
    return at;
  }

  /** Each `this` at the top of the module, which is `exports` there. */
  public get topSelves(): readonly Acorn.ThisExpression[] {
    return this.selves.filter((self) => this.ownerOfThis(self) === undefined);
  }

  /** Whether a function has a `this` of its own. */
  public usesThis(fn: FunctionSyntax): boolean {
    this.owners ??= new Set(this.selves.map((self) => this.ownerOfThis(self)));
    return this.owners.has(fn);
  }

  /** Whether it is there for readers only: `0 && (module.exports = { handler })`, as esbuild writes. */
  public isDead(node: Syntax): boolean {
    let at: Syntax | undefined = node;
    for (let parent = this.parent(at); parent; at = parent, parent = this.parent(at)) {
      if (parent.type === 'LogicalExpression' && parent.operator === '&&' && parent.right === at && isFalse(parent.left)) return true;
    }
    return false;
  }

  /** Whether a function, or the module, returns before this place is reached. */
  public mayReturnBefore(around: Syntax, position: number): boolean {
    return (this.returns.get(around) ?? Infinity) < position;
  }

  /** Names that no scope of the program declares: globals, and those that Node.js gives to a module. */
  public free(name: string): Acorn.Identifier[] {
    return this.mentionsOf(name).filter(({ scope }) => scope?.find(name) === undefined);
  }

  /** What the module itself declares under a name. */
  public top(name: string): Binding | undefined {
    return this.scope.own(name);
  }

  /** What a name is declared as, where it stands; nothing for free names. */
  public binding(node: Acorn.Identifier): Binding | undefined {
    return (node as Mention).scope?.find(node.name);
  }

  /** All places where a declared name is used, but for its declarations. */
  public uses({ name, scope, declarations }: Binding): Acorn.Identifier[] {
    const mentions = this.mentionsOf(name);
    this.maySpend(mentions.length);
    return mentions.filter((mention) => mention.scope?.find(name)?.scope === scope && !declarations.includes(mention));
  }

  private mentionsOf(name: string): readonly Mention[] {
    return this.mentions.get(name) ?? [];
  }

  private walk(node: Syntax, outer: Scope): void {
    outer.declareFrom(node);
    const scope = outer.within(node, this.parent(node));
    scope.declareInside(node);
    this.note(node, scope);
    forEachChild(node, (child, key) => {
      (child as Linked).parent = node;
      if (!isNameOnly(node, key)) this.walk(child, scope);
    });
  }

  private note(node: Syntax, scope: Scope): void {
    const specifier = specifierIn(node);
    if (specifier !== undefined) this.specifiers.add(specifier);
    if (node.type === 'Identifier') this.mention(node, scope);
    else if (node.type === 'ThisExpression') this.selves.push(node);
    else if (node.type === 'WithStatement') this.hasWith = true;
    else if (node.type === 'ReturnStatement') this.noteReturn(node);
  }

  private mention(node: Mention, scope: Scope): void {
    node.scope = scope;
    const mentions = this.mentions.get(node.name);
    if (mentions) mentions.push(node);
    else this.mentions.set(node.name, [node]);
  }

  private noteReturn(node: Acorn.ReturnStatement): void {
    const around = this.functionAround(node) ?? this.root;
    this.returns.set(around, Math.min(node.start, this.returns.get(around) ?? Infinity));
  }
}

function isFalse(node: Syntax): boolean {
  return node.type === 'Literal' && (node.value === 0 || node.value === false);
}
