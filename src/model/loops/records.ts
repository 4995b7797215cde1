import { keyOf } from './channel';
import { takesRecords } from './event-patterns';
import type { Link } from './link';
import { linksFrom } from './links';
import type { AppModel } from '../app';
import { overlap } from '../iam/overlap';
import { wiringOf } from '../iam/resource-policy';
import { Text, textOf, textOfAttribute } from '../iam/text';
import type { Resource } from '../resource';
import { Json } from '../template';
import { calledFunction } from '../triggers/called';
import { sameQualifier } from '../triggers/permitted';
import { valueOf } from '../value';
import { LATEST, Target } from '../wiring';

export type Outcome = 'Success' | 'Failure';

/** Where records of the asynchronous invocations of a function go. */
export interface Outlet extends Target {
  readonly resource: Resource;
  /** E.g. `Properties/DestinationConfig/OnSuccess/Destination`. */
  readonly path: string;
  readonly to: Json;
  /** Whether it is that of all qualifiers, as a dead-letter queue is. */
  readonly isOfAll?: boolean;
}

/** An outlet and the function that is invoked with what goes there, by links unless it is the destination itself. */
export interface RecordStep {
  readonly outlet: Outlet;
  readonly links: readonly Link[];
  readonly next: Target;
}

/** More functions than this are rarely in one circle. */
const MOST_FUNCTIONS = 3;

/**
 * Circles of functions that are invoked with the records of each other's asynchronous invocations, each circle once. A
 * function that is its own destination, Lambda refuses.
 */
export function recordCycles(app: AppModel, outcome: Outcome): (readonly RecordStep[])[] {
  const found = new Map<string, readonly RecordStep[]>();
  for (const fn of app.ofType('AWS::Lambda::Function')) {
    for (const outlet of outletsOf(fn, outcome)) {
      const cycle = shortestFrom(outlet, outcome);
      const key = cycle && cycle.map((step) => `${step.outlet.resource.stack.path}/${step.outlet.resource.logicalId}`).sort().join(' ');
      if (key !== undefined && !found.has(key)) found.set(key, cycle!);
    }
  }
  return [...found.values()];
}

function outletsOf(fn: Resource, outcome: Outcome): Outlet[] {
  const destinations = wiringOf(fn.stack.app).asyncConfigs(fn).map((config) => ({ ...config, fn, property: `DestinationConfig.On${outcome}.Destination` }));
  const deadLetters = { resource: fn, qualifier: LATEST, fn, property: 'DeadLetterConfig.TargetArn', isOfAll: true };
  return [...destinations, ...outcome === 'Failure' ? [deadLetters] : []].flatMap(({ property, ...rest }): Outlet[] => {
    const to = valueOf(rest.resource.raw(property));
    return to === undefined ? [] : [{ ...rest, path: `Properties/${property.replaceAll('.', '/')}`, to }];
  });
}

function shortestFrom(start: Outlet, outcome: Outcome): readonly RecordStep[] | undefined {
  const seen = new Set<Resource>([start.resource]);
  let ways: readonly (readonly RecordStep[])[] = stepsOf(start, outcome).map((step) => [step]);
  for (let length = 1; length <= MOST_FUNCTIONS; length++) {
    const closed = ways.find((way) => closes(way[way.length - 1], start) && !isSelfDestination(way));
    if (closed) return closed;
    ways = ways.flatMap((way) => nextOutlets(way[way.length - 1], outcome).filter(({ resource }) => !seen.has(resource)).flatMap((outlet) => {
      seen.add(outlet.resource);
      return stepsOf(outlet, outcome).map((step) => [...way, step]);
    }));
  }
  return undefined;
}

function closes({ next }: RecordStep, start: Outlet): boolean {
  return next.fn === start.fn && isOf(start, next);
}

function isSelfDestination(way: readonly RecordStep[]): boolean {
  return way.length === 1 && way[0].links.length === 0;
}

/** The settings that surely are those of the qualifier that is invoked. */
function nextOutlets({ next }: RecordStep, outcome: Outcome): Outlet[] {
  return outletsOf(next.fn, outcome).filter((outlet) => isOf(outlet, next));
}

function isOf({ qualifier, isOfAll }: Outlet, target: Target): boolean {
  return isOfAll === true || sameQualifier(qualifier, target.qualifier) === 'yes';
}

/** The functions that are invoked with a record, without anybody waiting: what is polled has no records of its own. */
function stepsOf(outlet: Outlet, outcome: Outcome): RecordStep[] {
  const { stack } = outlet.resource;
  const direct = calledFunction(outlet.to, stack);
  if (direct) return [{ outlet, links: [], next: direct }];
  return waysFrom(textOf(outlet.to, stack), { outlet, outcome, before: [] });
}

interface Way { readonly outlet: Outlet; readonly outcome: Outcome; readonly before: readonly Link[] }

/** A record may go on from a bucket or a bus to a topic, and from there to a function. */
function waysFrom(arn: Text, { outlet, outcome, before }: Way): RecordStep[] {
  return linksFrom(outlet.fn.stack.app, keyOf(arn)).flatMap((link) => {
    const links = [...before, link];
    if (before.includes(link) || !carries(link, { outlet, outcome })) return [];
    if (link.target) return [{ outlet, links, next: link.target }];
    return before.length < 2 ? onwards(link, { outlet, outcome, before: links }) : [];
  });
}

/** What a link writes to is known by its key only, which is what links from there have. */
function onwards(link: Link, way: Way): RecordStep[] {
  const app = way.outlet.fn.stack.app;
  const next = linksFrom(app, link.to ?? '')[0];
  return next ? waysFrom(next.from.arn, way) : [];
}

function carries({ from }: Link, { outlet, outcome }: Omit<Way, 'before'>): boolean {
  switch (from.kind) {
    case 'topic': return true;
    case 'bus': return from.pattern !== undefined && takesRecords(from.pattern, outcome);
    case 'bucket': return from.keys !== undefined && overlap(keysOfRecords(from.arn, outlet.fn), { base: [...from.arn, '/'], ...from.keys }) !== undefined;
    default: return false;
  }
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function keysOfRecords(bucket: Text, fn: Resource): Text {
  return [...bucket, '/aws/lambda/async/', ...textOfAttribute(fn, 'Ref'), '/*'];
}
