import { Channel, keyOf } from './channel';
import { textOf } from '../iam/text';
import type { Resource } from '../resource';
import type { Json } from '../template';
import { calledFunction } from '../triggers/called';
import { Target } from '../wiring';

/** What carries all that is written to a channel on, to a function or to another channel. */
export interface Link {
  readonly from: Channel;
  /** The resource that says so, e.g. a subscription. */
  readonly resource: Resource;
  /** Where, e.g. `Properties/Endpoint`. */
  readonly path: string;
  /** The function that is invoked. */
  readonly target?: Target;
  /** The channel that is written to, by its key. */
  readonly to?: string;
}

/** Where a link stands. */
export type LinkPlace = Pick<Link, 'resource' | 'path'>;

export function linkTo(json: Json, from: Channel, place: LinkPlace): Link {
  const target = calledFunction(json, place.resource.stack);
  return target ? { from, ...place, target } : { from, ...place, to: keyOf(textOf(json, place.resource.stack)) };
}
