import { keyOf } from './channel';
import { Entry, entriesOf, mayNotLoop } from './entries';
import { channelsNamedBy, Write, writeTo } from './writes';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';

/** What one function may write that invokes another one. */
export interface Step {
  readonly fn: Resource;
  readonly entry: Entry;
  readonly write: Write;
  readonly next: Resource;
}

/** The most functions of a cycle that is looked for: longer ones are rarely what they seem. */
const MOST_FUNCTIONS = 3;

/** Functions that may invoke each other in a circle, two or three of them, each circle once. */
export const cyclesIn = oncePerApp((app): readonly (readonly Step[])[] => {
  const functions = app.ofType('AWS::Lambda::Function').filter(mayNotLoop);
  const steps = stepsOf(functions);
  const found = new Map<string, readonly Step[]>();
  for (const fn of functions) {
    const cycle = shortestFrom(fn, steps);
    const key = cycle && cycle.map(({ fn: { stack, logicalId } }) => `${stack.path}/${logicalId}`).sort().join(' ');
    if (key !== undefined && !found.has(key)) found.set(key, cycle!);
  }
  return [...found.values()];
});

type Steps = ReadonlyMap<Resource, readonly Step[]>;

/**
 * Only channels that a role names count: who may write to all of them is no sign of a circle. Nor do those that invoke the
 * function itself, which is a smaller circle.
 */
function stepsOf(functions: readonly Resource[]): Steps {
  const byChannel = listenersIn(functions);
  return new Map(functions.map((fn) => [fn, [...channelsNamedBy(fn)].flatMap((key) => {
    const listeners = [...byChannel.get(key)?.values() ?? []].filter((list) => list.every(({ next }) => next !== fn));
    return listeners.flatMap((list): Step[] => {
      const write = writeTo(fn, list[0].entry.channel);
      return write?.isNamed ? list.map(({ next, entry }) => ({ fn, entry, write, next })) : [];
    });
  })]));
}

interface Listener { readonly next: Resource; readonly entry: Entry }

/** Who is invoked with what is written to a channel, by its key and by what it takes to pass. */
function listenersIn(functions: readonly Resource[]): Map<string, Map<string, Listener[]>> {
  const byChannel = new Map<string, Map<string, Listener[]>>();
  for (const next of functions) {
    for (const entry of entriesOf(next)) {
      const { arn, keys, pattern } = entry.channel;
      const key = keyOf(arn);
      const byFilter = byChannel.get(key) ?? new Map<string, Listener[]>();
      byChannel.set(key, byFilter);
      const filter = JSON.stringify([keys, pattern]);
      const list = byFilter.get(filter);
      if (list) list.push({ next, entry });
      else byFilter.set(filter, [{ next, entry }]);
    }
  }
  return byChannel;
}

/** A shortest way from a function back to it. */
function shortestFrom(start: Resource, steps: Steps): readonly Step[] | undefined {
  const seen = new Set<Resource>();
  let ways: readonly (readonly Step[])[] = [[]];
  for (let length = 1; length <= MOST_FUNCTIONS; length++) {
    const longer: (readonly Step[])[] = [];
    for (const way of ways) {
      for (const step of steps.get(way.length === 0 ? start : way[way.length - 1].next) ?? []) {
        if (step.next === start) return [...way, step];
        if (seen.has(step.next)) continue;
        seen.add(step.next);
        longer.push([...way, step]);
      }
    }
    ways = longer;
  }
  return undefined;
}
