import { evaluate } from './evaluate';
import { textOf } from './iam/text';
import { serviceIn } from './needs/need';
import { oncePerApp } from './once-per-app';
import { referenceIn } from './reference';
import type { Resource } from './resource';
import { intrinsic, isNoValue, isObject, Json } from './template';
import { FilteredSource, MAX_PATTERN_LENGTH } from '../limits/event-filters';
import { Branch, readPatternText } from '../measure/filters/pattern';
import { Fault } from '../measure/filters/tests';

/** A filter of a mapping whose pattern is known. */
export interface MappedFilter {
  readonly mapping: Resource;
  readonly path: string;
  readonly read: readonly Branch[] | Fault;
}

/** What a mapping reads. Of a broker, the template seldom says which kind it is. */
export type MappedSource = Exclude<FilteredSource, 'activeMq' | 'rabbitMq'> | 'broker' | 'documents';

const SOURCES: Readonly<Record<string, MappedSource>> = { sqs: 'queue', kinesis: 'stream', dynamodb: 'table', kafka: 'kafka', mq: 'broker', rds: 'documents' };

/** All filters of an app whose patterns are known and not longer than they may be. */
export const filtersOf = oncePerApp((app): readonly MappedFilter[] => app.ofType('AWS::Lambda::EventSourceMapping').flatMap((mapping) => (
  entriesOf(mapping).flatMap((entry, index) => {
    const pattern = isObject(entry) && !intrinsic(entry) && entry.Pattern !== undefined ? evaluate(entry.Pattern, mapping.stack) : undefined;
    if (pattern?.kind !== 'known' || typeof pattern.value !== 'string' || pattern.value.length > MAX_PATTERN_LENGTH) return [];
    return [{ mapping, path: `Properties/FilterCriteria/Filters/${index}/Pattern`, read: readPatternText(pattern.value) }];
  })
)));

/** The filters of a mapping as they stand in the template. */
export function entriesOf(mapping: Resource): readonly Json[] {
  const list = mapping.list('FilterCriteria.Filters');
  return list.kind === 'known' ? list.value : [];
}

/** What a mapping reads, if the template tells. */
export function sourceOf(mapping: Resource): MappedSource | undefined {
  const arn = mapping.raw('EventSourceArn');
  if (arn.kind === 'known' && !isNoValue(arn.value)) return SOURCES[serviceIn(textOf(arn.value, mapping.stack)) ?? ''];
  return arn.kind !== 'unknown' && mapping.raw('SelfManagedEventSource').kind === 'known' ? 'kafka' : undefined;
}

/** What stands for the source of a mapping: two that have the same one read the same. */
export function identityOfSource(mapping: Resource): Resource | string | undefined {
  const arn = mapping.raw('EventSourceArn');
  if (arn.kind !== 'known') return undefined;
  const reference = referenceIn(arn.value, mapping.stack);
  if (reference?.exact) return reference.resource;
  const text = evaluate(arn.value, mapping.stack);
  return text.kind === 'known' && typeof text.value === 'string' ? text.value : undefined;
}

/** How many filters each mapping surely has: not those that a condition may leave out. */
export const countedFilters = oncePerApp((app) => app.ofType('AWS::Lambda::EventSourceMapping').map((mapping) => (
  { mapping, count: entriesOf(mapping).filter((entry) => isObject(entry) && !intrinsic(entry)).length }
)));
