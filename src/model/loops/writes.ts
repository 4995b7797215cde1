import { Channel, ChannelKind, keyOf, Keys } from './channel';
import { isOpen } from './event-patterns';
import { decide, isAbout } from '../iam/decide';
import { overlap, Span } from '../iam/overlap';
import { roleOf, statementsAbout } from '../iam/role';
import type { Statement } from '../iam/statement';
import { Text, textOf, textOfAttribute } from '../iam/text';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';

/**
 * The actions that make a channel pass something on. What deletes is not among them: it comes to an end.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const WRITING: Readonly<Record<ChannelKind, readonly string[]>> = {
  'bucket': ['s3:PutObject'],
  'queue': ['sqs:SendMessage'],
  'topic': ['sns:Publish'],
  'table': ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchWriteItem'],
  'stream': ['kinesis:PutRecord', 'kinesis:PutRecords'],
  'bus': ['events:PutEvents'],
  // What functions write to log groups for themselves is another matter, and most may write to all of them.
  'log group': [],
};

/** What a role surely lets a function do that comes out of a channel again. */
export interface Write {
  readonly role: Resource;
  readonly actions: readonly string[];
  /** Whether a statement names the channel, rather than all that there are. */
  readonly isNamed: boolean;
}

/** What a function surely may write to a channel. Permissions that a policy of the channel gives are not looked at. */
export function writeTo(fn: Resource, channel: Channel): Write | undefined {
  const role = roleOf(fn);
  if (!role || (channel.pattern && !isOpen(channel.pattern))) return undefined;
  const allowing = WRITING[channel.kind]
    .map((action) => ({ action, by: allowingIn(role, fn, { action, channel }) }))
    .filter(({ by }) => by.length > 0);
  if (allowing.length === 0) return undefined;
  const isNamed = allowing.some(({ by }) => by.some((statement) => names(statement, channel)));
  return { role, actions: allowing.map(({ action }) => action), isNamed };
}

interface Asked { readonly action: string; readonly channel: Channel }

/** The statements of a role by which it surely may write, none denying it. */
function allowingIn(role: Resource, fn: Resource, { action, channel }: Asked): Statement[] {
  const all = statementsAbout(role, action);
  const context = contextOf(role, fn);
  return all.filter((statement) => statement.effect === 'Allow' && isAbout(statement, action) === 'yes' && !allowsEverything(statement))
    .filter((statement) => targetsOf(statement, channel).some((target) => decide(all, { action, target, context }) === 'yes'));
}

/** An administrator may do anything: that says nothing of what the function is for. */
function allowsEverything({ action }: Statement): boolean {
  return action.negated || action.patterns.some((pattern) => pattern.length === 1 && pattern[0] === '*');
}

/** What a statement lets a function write: the channel, or objects of it that a notification is about. */
function targetsOf({ target }: Statement, { arn, keys }: Channel): Text[] {
  if (!keys) return [arn];
  const span = spanOf(arn, keys);
  const patterns = target.negated ? [['*']] : target.patterns;
  return patterns.map((pattern) => overlap(pattern, span)).filter((text) => text !== undefined);
}

function spanOf(bucket: Text, { prefix, suffix }: Keys): Span {
  return { base: [...bucket, '/'], prefix, suffix };
}

function contextOf(role: Resource, fn: Resource) {
  return {
    'aws:principalaccount': textOf({ Ref: 'AWS::AccountId' }, role.stack),
    'aws:principalarn': textOfAttribute(role, 'Arn'),
    'aws:securetransport': ['true'],
    'aws:sourceaccount': undefined,
    'aws:sourcearn': undefined,
    'lambda:sourcefunctionarn': textOfAttribute(fn, 'Arn'),
  };
}

function names({ target }: Statement, { arn }: Channel): boolean {
  return !target.negated && target.patterns.some((pattern) => namedIn(pattern).includes(keyOf(arn)));
}

/** The resource that a pattern names without a wildcard, if it does, and the bucket that has the objects it names. */
function namedIn(pattern: Text): string[] {
  const start = pattern.findIndex((piece) => typeof piece === 'string' && /[*?]/.test(piece));
  if (start < 0) return [keyOf(pattern), ...objectsOf(pattern)];
  return objectsOf(pattern.slice(0, start + 1));
}

/** The bucket before the first slash. */
function objectsOf(pattern: Text): string[] {
  const at = pattern.findIndex((piece) => typeof piece === 'string' && piece.includes('/'));
  if (at < 0) return [];
  const bucket = [...pattern.slice(0, at), String(pattern[at]).split('/')[0]].filter((piece) => piece !== '');
  return bucket.some((piece) => typeof piece === 'string' && /[*?]/.test(piece)) ? [] : [keyOf(bucket)];
}

/** The channels that the role of a function names in statements that let it write, by their keys. */
export function channelsNamedBy(fn: Resource): ReadonlySet<string> {
  const role = roleOf(fn);
  if (!role) return new Set();
  const known = namedByRole(fn.stack.app);
  if (!known.has(role)) known.set(role, namedBy(role));
  return known.get(role)!;
}

const namedByRole = oncePerApp(() => new Map<Resource, ReadonlySet<string>>());

function namedBy(role: Resource): ReadonlySet<string> {
  const statements = Object.values(WRITING).flat().flatMap((action) => statementsAbout(role, action));
  return new Set(statements.filter(({ target }) => !target.negated).flatMap(({ target }) => target.patterns.flatMap(namedIn)));
}
