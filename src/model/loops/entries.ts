import { Channel, keyOf } from './channel';
import type { Link } from './link';
import { linksInto, linksToFunction } from './links';
import { Write, writeTo } from './writes';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';
import { isNoValue } from '../template';

/** A channel from which all that is written to it comes to a function, at once or by way of others. */
export interface Entry {
  readonly channel: Channel;
  /** From the channel to the function. */
  readonly links: readonly Link[];
}

/** More than this nobody has: a bucket, a topic and a queue. */
const LONGEST = 3;

/** The channels that a function is invoked from. */
export function entriesOf(fn: Resource): readonly Entry[] {
  const known = entries(fn.stack.app);
  if (!known.has(fn)) known.set(fn, entriesInto(fn));
  return known.get(fn)!;
}

const entries = oncePerApp(() => new Map<Resource, readonly Entry[]>());

function entriesInto(fn: Resource): Entry[] {
  const found: Entry[] = [];
  let last = linksToFunction(fn).map((link): Entry => ({ channel: link.from, links: [link] }));
  for (let length = 1; length <= LONGEST && last.length > 0; length++) {
    found.push(...last);
    last = last.flatMap(({ channel, links }) => linksInto(fn.stack.app, keyOf(channel.arn))
      .filter((link) => !links.includes(link))
      .map((link): Entry => ({ channel: link.from, links: [link, ...links] })));
  }
  return found;
}

/** Something that a function may write, and that comes back to it. */
export interface OwnWrite {
  readonly fn: Resource;
  readonly entry: Entry;
  readonly write: Write;
}

/** What functions may write that invokes them again, one for each function and channel. */
export const ownWrites = oncePerApp((app): readonly OwnWrite[] => app.ofType('AWS::Lambda::Function').filter(mayNotLoop).flatMap((fn) => {
  const seen = new Set<string>();
  return entriesOf(fn).flatMap((entry): OwnWrite[] => {
    const key = `${entry.channel.kind} ${keyOf(entry.channel.arn)}`;
    const write = seen.has(key) ? undefined : writeTo(fn, entry.channel);
    if (!write) return [];
    seen.add(key);
    return [{ fn, entry, write }];
  });
}));

/**
 * Whether a function is not said to be in a loop on purpose, nor may be by what the deployment decides.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html#invocation-recursion-disable
 */
export function mayNotLoop(fn: Resource): boolean {
  const raw = fn.raw('RecursiveLoop');
  return raw.kind === 'absent' || (raw.kind === 'known' && (raw.value === 'Terminate' || isNoValue(raw.value)));
}
