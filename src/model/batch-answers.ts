import { unpack } from './function-package';
import { packageParts } from './package-parts';
import type { Resource } from './resource';
import { Seen } from '../contents/batch-answers/look';
import { seenToAnswer } from '../contents/batch-answers/seen';

const known = new WeakMap<Resource, Seen>();

/** Whether the code of a function is seen to answer with the items of a batch that failed. Nothing is known of images, and of code from elsewhere. */
export function answersFailures(fn: Resource): Seen {
  const seen = known.get(fn) ?? look(fn);
  known.set(fn, seen);
  return seen;
}

function look(fn: Resource): Seen {
  const unpacked = unpack(fn, packageParts(fn));
  return unpacked ? seenToAnswer(unpacked) : 'unknown';
}
