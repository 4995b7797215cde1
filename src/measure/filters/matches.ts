import { Branch, isRecord } from './pattern';
import { Leaf, Test } from './tests';

/** In which element of which list of the event a value is. */
type Places = ReadonlyMap<number, number>;

/** A value of an event, by the names of the fields that it is in. */
interface Field {
  readonly leaf: Leaf;
  readonly places: Places;
}

const NOWHERE: Places = new Map();

/**
 * Whether an event has what is asked in one branch of a pattern. As in AWS's own engine, what is asked of fields in a list of objects
 * must be found in one and the same object.
 *
 * @see https://github.com/aws/event-ruler
 */
export function matchesAny(branches: readonly Branch[], event: Readonly<Record<string, unknown>>): boolean {
  const fields = fieldsOf(event);
  return branches.some((branch) => {
    // in this order the engine goes, and it shows where a field must not be there
    const asked = [...branch].sort(([one], [other]) => one < other ? -1 : 1);
    return matchesFrom(asked, fields, NOWHERE);
  });
}

function matchesFrom(asked: readonly (readonly [string, readonly Test[]])[], fields: ReadonlyMap<string, readonly Field[]>, places: Places): boolean {
  if (asked.length === 0) return true;
  const [[path, tests], ...others] = asked;
  const reachable = (fields.get(path) ?? []).flatMap(({ leaf, places: own }) => {
    const both = together(places, own);
    return both ? [{ leaf, both }] : [];
  });
  if (reachable.length === 0) return tests.some(({ takesNothing }) => takesNothing) && matchesFrom(others, fields, places);
  const next = reachable.filter(({ leaf }) => tests.some((test) => test.takes(leaf))).map(({ both }) => both);
  return distinct(next).some((both) => matchesFrom(others, fields, both));
}

/** Two places as one; none if they are in different elements of the same list. */
function together(one: Places, other: Places): Places | undefined {
  const isInOne = [...other].every(([list, index]) => (one.get(list) ?? index) === index);
  return isInOne ? new Map([...one, ...other]) : undefined;
}

/** The same places need to be tried once. */
function distinct(all: readonly Places[]): readonly Places[] {
  return [...new Map(all.map((places) => [JSON.stringify([...places].sort(([a], [b]) => a - b)), places])).values()];
}

/** The values of an event by path. What is empty is not there. */
function fieldsOf(event: Readonly<Record<string, unknown>>): ReadonlyMap<string, readonly Field[]> {
  const fields = new Map<string, Field[]>();
  let lists = 0;
  // A stack of its own: an event may be deeper than calls may be.
  const open: { readonly path: string; readonly value: unknown; readonly places: Places }[] = [{ path: '', value: event, places: NOWHERE }];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const { path, value, places } = part;
    if (Array.isArray(value)) {
      const list = lists++;
      // values right in a list are all values of the field, whatever else is in the list
      for (const [index, element] of value.entries()) {
        open.push({ path, value: element, places: isPlain(element) ? places : new Map([...places, [list, index]]) });
      }
    } else if (isRecord(value)) {
      for (const [name, inner] of Object.entries(value)) open.push({ path: value === event ? name : `${path}.${name}`, value: inner, places });
    } else if (isPlain(value)) {
      const there = fields.get(path);
      if (there) there.push({ leaf: value, places });
      else fields.set(path, [{ leaf: value, places }]);
    }
  }
  return fields;
}

function isPlain(value: unknown): value is Leaf {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
