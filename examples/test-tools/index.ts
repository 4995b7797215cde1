import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';

/** What the tests of the examples have in common. */

/** A function's module, in plain JavaScript. */
export interface LambdaModule<Result> {
  handler(event: unknown): Promise<Result>;
}

/** A command as it was sent to a fake client: the name of its class, and its input. */
export interface SentCommand {
  readonly name: string;
  readonly input: any;
}

/** Stands for AWS: what it returns is what the client's `send()` returns. */
export type Send = jest.Mock<Promise<unknown>, [SentCommand]>;

/** Puts a fake in the place of a client of the AWS SDK that only the runtime of Lambda brings. Call it before the handler is loaded. */
export function fakeClient(packageName: string, clientName: string, commandNames: string[]): Send {
  const send: Send = jest.fn();
  const command = (name: string) => class {
    public readonly name = name;
    constructor(public readonly input: unknown) {}
  };
  jest.doMock(packageName, () => ({
    [clientName]: class { public readonly send = send; },
    ...Object.fromEntries(commandNames.map((name) => [name, command(name)])),
  }), { virtual: true });
  return send;
}

/** The commands that a fake client was sent. */
export const sent = (send: Send): SentCommand[] => send.mock.calls.map(([{ name, input }]) => ({ name, input }));

/** The events for direct invocation in `events/` of an example: nothing, something simple, something of all kinds of JSON. */
export function directEvents(testFolder: string): [name: string, event: unknown][] {
  return ['null', 'simple', 'complex'].map((name) => [name, JSON.parse(readFileSync(join(testFolder, '..', 'events', `${name}.json`), 'utf8'))]);
}

/** Whatever a handler is given, it answers or raises an error of its own: these would be a slip of the code. */
const SLIPS = ['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'URIError'];

/** Runs a handler on any JSON, and on sample events of which a part is any JSON. */
export async function surviveAnyEvent(handler: (event: unknown) => Promise<unknown>, ...samples: object[]): Promise<void> {
  const broken = samples.map((sample) => fc.tuple(fc.constantFrom(...placesIn(sample)), fc.jsonValue())
    .map(([place, value]) => replaced(sample, place, value)));
  await fc.assert(fc.asyncProperty(fc.oneof(fc.jsonValue(), ...broken), async (event) => {
    const slip = await handler(event).then(() => undefined, ({ name, message }: Error) => SLIPS.includes(name) ? message : undefined);
    expect(slip).toBeUndefined();
  }), { numRuns: 300 });
}

type Place = string[];

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [[name], ...placesIn(part).map((place) => [name, ...place])]);
}

function replaced(value: any, [name, ...rest]: Place, by: unknown): unknown {
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[name] = rest.length === 0 ? by : replaced(value[name], rest, by);
  return copy;
}
