import { unpack } from './function-package';
import type { Mapping } from './mappings';
import { packageParts } from './package-parts';
import { isThere } from './presence';
import type { Resource } from './resource';
import { Seen } from '../contents/batch-answers/look';
import { seenToAnswer } from '../contents/batch-answers/seen';
import { isKafka, MAPPING_PARAMETERS } from '../limits/mapping-parameters';

const SOURCES = MAPPING_PARAMETERS.find(({ path }) => path === 'FunctionResponseTypes')!.sources;

/** Whether Lambda can be told to look for failed items in the answers to what a mapping hands out. */
export function mayReport({ kind, resource }: Mapping): boolean {
  if (kind === undefined || !SOURCES.has(kind)) return false;
  // of Kafka there are failed items only with pollers of its own
  return !isKafka(kind) || isThere(resource, 'ProvisionedPollerConfig') === true;
}

/** Whether Lambda looks for failed items in the answers; `undefined` where the deployment decides it. */
export function reportsFailures({ resource }: Mapping): boolean | undefined {
  const types = resource.list('FunctionResponseTypes');
  if (types.kind !== 'known') return types.kind === 'absent' ? false : undefined;
  if (types.value.includes('ReportBatchItemFailures')) return true;
  return types.value.every((type) => typeof type === 'string') ? false : undefined;
}

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
