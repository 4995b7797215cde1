import type * as Acorn from 'acorn';
import { Program } from './program';
import { FunctionSyntax, Syntax } from './syntax';
import { held, timingOf, Write } from './timing';
import { CopiedModule, Members, UNKNOWN, Value } from './value';

/** A call that was followed into its function. */
export interface Frame {
  readonly fn: FunctionSyntax;
  readonly call: Acorn.CallExpression;
  readonly outer?: Frame;
}

/** The members that an object gets here and there. */
export class Collector {
  private readonly writes = new Map<string, Write[]>();
  private readonly read = new Set<string>();
  private readonly called = new Set<string>();
  private readonly from: CopiedModule[] = [];
  private isOpen = false;

  constructor(private readonly program: Program) {}

  /** There may be members that nothing tells of. */
  public open(): void {
    this.isOpen = true;
  }

  public write(name: string, values: readonly Value[], place: Syntax, frame?: Frame): void {
    this.add(name, { values, ...this.when(place, frame) });
  }

  /** `Object.defineProperty` */
  public define(name: string, values: readonly Value[], place: Syntax, frame?: Frame): void {
    this.add(name, { values, ...this.when(place, frame), isDefinition: true });
  }

  private add(name: string, write: Write): void {
    this.writes.set(name, [...this.writes.get(name) ?? [], write]);
  }

  /** A member is looked at: what is in it may be changed there. */
  public reads(name: string | undefined): void {
    if (name !== undefined) this.read.add(name);
  }

  /** A member is called as a method, so that `this` is the object. */
  public calls(name: string | undefined): void {
    if (name === undefined) this.open();
    else this.called.add(name);
  }

  /** All members of other objects become members of this one; what they hold is the same if it is just copied. */
  public copy(values: readonly Value[], place: Syntax, frame?: Frame, isExact = true): void {
    const when = this.when(place, frame);
    const timing = when.timing === 'once' && (values.length > 1 || !isExact) ? 'perhaps' : when.timing;
    for (const value of values) {
      if (value.kind === 'unknown') this.open();
      else if (value.kind === 'module') this.from.push({ ...value, perhaps: timing !== 'once' });
      else if (value.kind === 'object' || value.kind === 'function') this.copyMembers(isExact ? value.members : withUnknownValues(value.members), { ...when, timing });
    }
  }

  /** It may be defined, or assigned; getters stay what they are. */
  private copyMembers({ names, from, open }: Members, when: Pick<Write, 'timing' | 'position'>): void {
    for (const [name, values] of names) this.add(name, { values: name === 'default' ? [...values, UNKNOWN] : values, ...when, isDefinition: true, isCopy: true });
    this.from.push(...from.map((module) => ({ ...module, perhaps: module.perhaps || when.timing !== 'once' })));
    if (open) this.open();
  }

  /** What an object gets here and there. */
  public with(other: Collector): Collector {
    const both = new Collector(this.program);
    for (const { writes, read, called, from, isOpen } of [this, other]) {
      writes.forEach((added, name) => added.forEach((write) => both.add(name, write)));
      read.forEach((name) => both.read.add(name));
      called.forEach((name) => both.called.add(name));
      both.from.push(...from);
      both.isOpen ||= isOpen;
    }
    return both;
  }

  /** Names that were written, each with what it may hold in the end. */
  public members(): Members {
    const names = new Map([...this.writes].map(([name, writes]) => [name, this.finally(name, held(writes))] as const));
    const isChanged = [...this.called].some((name) => !HARMLESS.includes(name) && !(names.get(name) ?? [UNKNOWN]).every(isDeaf));
    const open = this.isOpen || isChanged;
    return { names: open ? new Map([...names].map(([name, values]) => [name, [...values, UNKNOWN]] as const)) : names, from: this.from, open };
  }

  /** Whether every write of a name comes after a place, and from it on nothing else can come. */
  public isWrittenAfter(name: string, position: number): boolean {
    return (this.writes.get(name) ?? []).every((write) => write.timing !== 'anytime' && write.position > position);
  }

  private finally(name: string, values: readonly Value[]): readonly Value[] {
    return this.read.has(name) ? values.map((value) => value.kind === 'object' ? { ...value, members: { ...value.members, open: true } } : value) : values;
  }

  /** When a place is reached: for one in a function that was followed, when the function is called. */
  private when(place: Syntax, frame?: Frame): Pick<Write, 'timing' | 'position'> {
    if (!frame) return { timing: timingOf(this.program, place), position: place.end };
    const outer = this.when(frame.call, frame.outer);
    const inner = timingOf(this.program, place, frame.fn);
    return { ...outer, timing: outer.timing === 'once' || inner === 'anytime' ? inner : outer.timing };
  }
}

function withUnknownValues(members: Members): Members {
  return { ...members, names: new Map([...members.names.keys()].map((name) => [name, [UNKNOWN]] as const)) };
}

/** Methods that every object has and that change nothing. */
const HARMLESS = ['hasOwnProperty', 'propertyIsEnumerable', 'isPrototypeOf', 'toString', 'valueOf'];

/** Whether calling it does nothing to `this`. */
function isDeaf(value: Value): boolean {
  return value.kind === 'function' && value.ignoresThis === true;
}
