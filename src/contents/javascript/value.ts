/** What an expression may be when the program runs: one of several values, or nobody knows. */
export type Value = FunctionValue | PlainValue | ObjectValue | ModuleValue | UnknownValue;

/** Something that can be called: a function or a class. */
export interface FunctionValue {
  readonly kind: 'function';

  /** Names of the parameters that count for its `length`; `undefined` where they are not known. */
  readonly parameters?: readonly string[];

  /** Whether it does nothing with `this`. */
  readonly ignoresThis?: boolean;

  /** What is set on it, for a class its static members. */
  readonly members: Members;
}

/** Something that certainly cannot be called. */
export interface PlainValue {
  readonly kind: 'plain';

  /** In words: `a string`. Nothing for `undefined`, which is as good as not there. */
  readonly what?: string;
}

export interface ObjectValue {
  readonly kind: 'object';
  readonly members: Members;
}

/** What another module exports, or something in it. */
export interface ModuleValue {
  readonly kind: 'module';
  readonly specifier: string;
  readonly by: 'require' | 'import';

  /** The way from its exports: nothing for all of them. */
  readonly names: readonly string[];
}

/** A module whose exports are members of an object, if they are copied at all. */
export interface CopiedModule extends ModuleValue {
  readonly perhaps?: boolean;
}

export interface UnknownValue { readonly kind: 'unknown' }

/** The members of an object, as far as the program says. */
export interface Members {
  /** What each may be. */
  readonly names: ReadonlyMap<string, readonly Value[]>;

  /** Modules whose exports are members, too. */
  readonly from: readonly CopiedModule[];

  /** Whether there may be members that nothing tells of, and those that are told of may be others. */
  readonly open: boolean;
}

/** What a module exports, without regard to what the modules are that it names. */
export interface Summary {
  readonly kind: 'commonjs' | 'esm';

  /** What `module.exports` may be; for an ES module one object. */
  readonly exports: readonly Value[];

  /** What it loads by name. */
  readonly specifiers: readonly string[];
}

export const UNKNOWN: UnknownValue = { kind: 'unknown' };
export const UNDEFINED: PlainValue = { kind: 'plain' };
export const CLOSED: Members = { names: new Map(), from: [], open: false };
export const OPEN: Members = { names: new Map(), from: [], open: true };

/** The members of both; where both have a name it may be either's. */
export function joined(first: Members, second: Members): Members {
  const names = new Map(first.names);
  for (const [name, values] of second.names) names.set(name, [...names.get(name) ?? [], ...values]);
  return { names, from: [...first.from, ...second.from], open: first.open || second.open };
}

/** The same value with more members. */
export function extended(value: Value, members: Members): Value {
  if (members.names.size === 0 && members.from.length === 0 && !members.open) return value;
  if (value.kind === 'object' || value.kind === 'function') return { ...value, members: joined(value.members, members) };
  // An imported object that gets members is another module's affair: nothing is certain any more.
  const isNamespace = value.kind === 'module' && value.by === 'import' && value.names.length === 0;
  return value.kind === 'module' && !isNamespace ? UNKNOWN : value;
}
