import type * as Acorn from 'acorn';
import { Program } from './program';
import { FunctionSyntax, Syntax } from './syntax';
import { held, Timing, timingOf, Write } from './timing';
import { Members, ModuleValue, UNKNOWN, Value } from './value';

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
  private readonly from: ModuleValue[] = [];
  private isOpen = false;

  constructor(private readonly program: Program) {}

  /** There may be members that nothing tells of. */
  public open(): void {
    this.isOpen = true;
  }

  public write(name: string, values: readonly Value[], place: Syntax, frame?: Frame): void {
    const [timing, position] = this.when(place, frame);
    this.writes.set(name, [...this.writes.get(name) ?? [], { values, timing, position }]);
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

  /** All members of other objects become members of this one. */
  public copy(values: readonly Value[], place: Syntax, frame?: Frame): void {
    for (const value of values) {
      if (value.kind === 'unknown') this.open();
      else if (value.kind === 'module') this.from.push(value);
      else if (value.kind === 'object' || value.kind === 'function') this.copyMembers(value.members, place, frame);
    }
  }

  private copyMembers({ names, from, open }: Members, place: Syntax, frame?: Frame): void {
    for (const [name, values] of names) this.write(name, name === 'default' ? [...values, UNKNOWN] : values, place, frame);
    this.from.push(...from);
    if (open) this.open();
  }

  /** Names that were written, each with what it may hold in the end. */
  public members(): Members {
    const names = new Map([...this.writes].map(([name, writes]) => [name, this.finally(name, held(writes))] as const));
    const calls = [...this.called].some((name) => !HARMLESS.includes(name) && !(names.get(name) ?? [UNKNOWN]).every(isDeaf));
    return { names, from: this.from, open: this.isOpen || calls };
  }

  /** Whether every write of a name comes after a place, and from it on nothing else can come. */
  public isWrittenAfter(name: string, position: number): boolean {
    return (this.writes.get(name) ?? []).every((write) => write.timing !== 'anytime' && write.position > position);
  }

  private finally(name: string, values: readonly Value[]): readonly Value[] {
    return this.read.has(name) ? values.map((value) => value.kind === 'object' ? { ...value, members: { ...value.members, open: true } } : value) : values;
  }

  /** When a place is reached: for one in a function that was followed, when the function is called. */
  private when(place: Syntax, frame?: Frame): readonly [Timing, number] {
    if (!frame) return [timingOf(this.program, place), place.start];
    const [outer, position] = this.when(frame.call, frame.outer);
    const inner = timingOf(this.program, place, frame.fn);
    return [outer === 'once' ? inner : outer, position];
  }
}

/** Methods that every object has and that change nothing. */
const HARMLESS = ['hasOwnProperty', 'propertyIsEnumerable', 'isPrototypeOf', 'toString', 'valueOf'];

/** Whether calling it does nothing to `this`. */
function isDeaf(value: Value): boolean {
  return value.kind === 'function' && value.ignoresThis === true;
}
