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
  const role = ownRoleOf(fn);
  if (!role || (channel.pattern && !isOpen(channel.pattern))) return undefined;
  const allowing = WRITING[channel.kind]
    .map((action) => ({ action, by: allowingIn(role, { action, channel }) }))
    .filter(({ by }) => by.length > 0);
  if (allowing.length === 0) return undefined;
  const key = keyOf(channel.arn);
  const isNamed = allowing.some(({ by }) => by.some((statement) => namedIn(statement).has(key)));
  return { role, actions: allowing.map(({ action }) => action), isNamed };
}

/** The role of a function, unless others have it, too: what one of them may do, it may do for another one's sake. */
function ownRoleOf(fn: Resource): Resource | undefined {
  const role = roleOf(fn);
  return role && functionsByRole(fn.stack.app).get(role) === 1 ? role : undefined;
}

const functionsByRole = oncePerApp((app) => {
  const counts = new Map<Resource, number>();
  for (const role of app.ofType('AWS::Lambda::Function').map(roleOf)) if (role) counts.set(role, (counts.get(role) ?? 0) + 1);
  return counts;
});

interface Asked { readonly action: string; readonly channel: Channel }

/** The statements of a role by which it surely may write, none denying it. */
function allowingIn(role: Resource, { action, channel }: Asked): Statement[] {
  const all = statementsAbout(role, action);
  const context = contextOf(role);
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

function contextOf(role: Resource) {
  return {
    'aws:principalaccount': textOf({ Ref: 'AWS::AccountId' }, role.stack),
    'aws:principalarn': textOfAttribute(role, 'Arn'),
    'aws:securetransport': ['true'],
    'aws:sourceaccount': undefined,
    'aws:sourcearn': undefined,
  };
}

/** What a statement names without a wildcard, by keys: resources, and buckets of which it names objects. */
function namedIn(statement: Statement): ReadonlySet<string> {
  const { negated, patterns } = statement.target;
  if (!named.has(statement)) named.set(statement, new Set(negated ? [] : patterns.flatMap(keysIn)));
  return named.get(statement)!;
}

const named = new WeakMap<Statement, ReadonlySet<string>>();

function keysIn(pattern: Text): string[] {
  const start = pattern.findIndex(hasWildcard);
  return start < 0 ? [keyOf(pattern), ...bucketIn(pattern)] : bucketIn(pattern.slice(0, start + 1));
}

/** The bucket before the first slash. */
function bucketIn(pattern: Text): string[] {
  const at = pattern.findIndex((piece) => typeof piece === 'string' && piece.includes('/'));
  if (at < 0) return [];
  const bucket = [...pattern.slice(0, at), String(pattern[at]).split('/')[0]].filter((piece) => piece !== '');
  return bucket.some(hasWildcard) ? [] : [keyOf(bucket)];
}

function hasWildcard(piece: Text[number]): boolean {
  return typeof piece === 'string' && /[*?]/.test(piece);
}

/** The channels that the role of a function names in statements that let it write, by their keys. */
export function channelsNamedBy(fn: Resource): ReadonlySet<string> {
  const role = ownRoleOf(fn);
  const statements = role ? Object.values(WRITING).flat().flatMap((action) => statementsAbout(role, action)) : [];
  return new Set(statements.flatMap((statement) => [...namedIn(statement)]));
}
