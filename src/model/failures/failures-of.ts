import { isEnabled, polledBy } from './mapping';
import { polledWords } from './polled';
import { pushedWords } from './pushed';
import { pushingSources } from './pushing-sources';
import type { FailurePath } from '../../limits/failure-path';
import { InvocationMode } from '../../limits/invocation-mode';
import { wiringOf } from '../iam/resource-policy';
import { nameAt } from '../naming';
import type { Resource } from '../resource';
import { sameQualifier } from '../triggers/permitted';

/** What there is to know about a function besides its template. */
export interface FailureQuestion {
  /** The one that is asked about. All are, if it is left out. */
  readonly qualifier?: string;
  /** Where asynchronous events will end that have no place: one that is not in the template yet. */
  readonly failedEvents?: string;
}

/** What becomes of the events of each source of a function, an alias or a version that something goes wrong with. */
export function failuresOf(fn: Resource, { qualifier, failedEvents }: FailureQuestion = {}): FailurePath[] {
  const pushed = pushingSources(fn).map((source): FailurePath => {
    const { name, service, mode } = source;
    return { source: name, service, ...mode && { mode }, qualifier: source.qualifier, ...pushedWords(fn, source, failedEvents) };
  });
  const mappings = wiringOf(fn.stack.app).mappings(fn).filter(({ resource }) => isEnabled(resource));
  const polled = mappings.map(({ resource, ...target }): FailurePath => ({
    source: nameAt(resource, 'EventSourceArn') ?? resource.label,
    service: polledBy(resource).service,
    mode: InvocationMode.POLLED,
    qualifier: target.qualifier,
    ...polledWords(resource, fn),
  }));
  const all = [...pushed, ...polled].filter((path) => qualifier === undefined || sameQualifier(path.qualifier, qualifier) !== 'no');
  // a user pool calls for several reasons, with the same outcome
  const seen = new Set<string>();
  return all.filter((path) => {
    const key = JSON.stringify(path);
    return !seen.has(key) && seen.add(key);
  });
}
