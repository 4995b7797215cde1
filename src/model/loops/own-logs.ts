import type { Link } from './link';
import { linksIn } from './links';
import type { AppModel } from '../app';
import { equals } from '../iam/match';
import { Text, textOf, textOfAttribute } from '../iam/text';
import type { Resource } from '../resource';
import { isNoValue } from '../template';
import { valueOf } from '../value';

/** A subscription that sends the logs of a function to this function. */
export interface OwnLogs {
  readonly fn: Resource;
  readonly link: Link;
  /** Whether it is the group that Lambda names after the function, which CloudWatch Logs refuses. */
  readonly isReserved: boolean;
}

/** Functions that surely are invoked with their own logs, or would be, and log that again. */
export function ownLogs(app: AppModel): OwnLogs[] {
  return linksIn(app).flatMap((link) => {
    const fn = link.target?.fn;
    const group = fn && link.from.kind === 'log group' ? groupOf(fn) : undefined;
    if (!fn || !group || equals(group, link.from.arn) !== 'yes') return [];
    const isReserved = equals(group, defaultGroupOf(fn)) === 'yes';
    return isReserved || (sendsAll(link.resource) && logsEachInvocation(fn)) ? [{ fn, link, isReserved }] : [];
  });
}

/** The log group of a function; `undefined` if the deployment decides it. */
function groupOf(fn: Resource): Text | undefined {
  const given = fn.raw('LoggingConfig.LogGroup');
  if (given.kind === 'absent' || (given.kind === 'known' && isNoValue(given.value))) return defaultGroupOf(fn);
  return given.kind === 'known' ? textOf(given.value, fn.stack) : undefined;
}

function defaultGroupOf(fn: Resource): Text {
  return ['/aws/lambda/', ...textOfAttribute(fn, 'Ref')];
}

/** An empty pattern matches every line. */
function sendsAll(filter: Resource): boolean {
  return valueOf(filter.text('FilterPattern')) === '';
}

/**
 * Lambda itself logs the start and the end of each invocation, unless it is told to log no more than warnings.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
function logsEachInvocation(fn: Resource): boolean {
  const level = fn.text('LoggingConfig.SystemLogLevel');
  return level.kind === 'absent' || (level.kind === 'known' && ['DEBUG', 'INFO'].includes(level.value));
}
