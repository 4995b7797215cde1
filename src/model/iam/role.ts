import { attachmentsTo } from './attachments';
import { applies, decide, isAbout, Request } from './decide';
import { equals } from './match';
import { Statement, statementsAt, statementsIn } from './statement';
import { literal, textOf, textOfAttribute } from './text';
import { any, Verdict } from './verdict';
import { MANAGED_POLICIES } from '../../limits/managed-policies';
import { SERVICE_ROLE_POLICIES } from '../../limits/service-role-policies';
import { oncePerApp } from '../once-per-app';
import { referenceIn } from '../reference';
import type { Resource } from '../resource';
import type { Stack } from '../stack';
import { isObject, Json } from '../template';
import { valueOf } from '../value';

/** What a role of this app may do, as far as its templates tell. */
export interface RolePolicies {
  readonly statements: readonly Statement[];
  /** Whether all policies of the role can be read: no managed policy from outside, nothing that deployment decides. */
  readonly complete: boolean;
}

/** The execution role of a function, if it is one of this app for sure. */
export function roleOf(fn: Resource): Resource | undefined {
  return roleNamed(valueOf(fn.raw('Role')), fn.stack);
}

/** The role that an ARN is of, if it is one of this app for sure. */
export function roleNamed(arn: Json | undefined, stack: Stack): Resource | undefined {
  const role = referenceIn(arn, stack)?.resource;
  if (role?.type !== 'AWS::IAM::Role') return undefined;
  const text = textOf(arn, stack);
  // A single piece is one of several roles, say, and the deployment chooses.
  return text.length > 1 && equals(text, textOfAttribute(role, 'Arn')) !== 'no' ? role : undefined;
}

/** All policies of a role: its own, those that are attached to it, and the AWS managed ones that we know. */
export function policiesOf(role: Resource): RolePolicies {
  const known = readAll(role.stack.app);
  if (!known.has(role)) known.set(role, read(role));
  return known.get(role)!;
}

/**
 * Whether a role may do something. What Lambda does with it for itself carries no `lambda:SourceFunctionArn`, logs, traces
 * and file systems aside.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
export function roleMay(role: Resource, request: Request): Verdict {
  const verdict = decide(statementsAbout(role, request.action), request);
  return verdict === 'no' && !policiesOf(role).complete ? 'unknown' : verdict;
}

/** Whether a statement of a role allows something, so that another one must deny it. */
export function allowsSomewhere(role: Resource, request: Request): boolean {
  const allowing = statementsAbout(role, request.action).filter(({ effect }) => effect === 'Allow');
  return any(allowing.map((statement) => applies(statement, request))) === 'yes';
}

/** The resources whose statements surely allow something to a role; `unknown` if others may, too. */
export function allowingIn(role: Resource, request: Request): readonly Resource[] | 'unknown' {
  const verdicts = statementsAbout(role, request.action).filter(({ effect }) => effect !== 'Deny')
    .map((statement) => ({ resource: statement.resource, verdict: statement.effect === 'Allow' ? applies(statement, request) : 'unknown' }));
  if (verdicts.some(({ verdict }) => verdict === 'unknown') || !policiesOf(role).complete) return 'unknown';
  return verdicts.flatMap(({ resource, verdict }) => verdict === 'yes' ? [resource] : []);
}

/** The statements of a role that are about an action, be it to allow or to deny it. */
export function statementsAbout(role: Resource, action: string): readonly Statement[] {
  const byRole = sorted(role.stack.app);
  const known = byRole.get(role) ?? new Map<string, readonly Statement[]>();
  byRole.set(role, known);
  if (!known.has(action)) known.set(action, policiesOf(role).statements.filter((statement) => isAbout(statement, action) !== 'no'));
  return known.get(action)!;
}

/** Roles are asked for the same few actions again and again, shared ones by many functions. */
const sorted = oncePerApp(() => new Map<Resource, Map<string, readonly Statement[]>>());

/** A policy within a role or beside it, of which the role carries the size. */
export interface InlinePolicy {
  readonly resource: Resource;
  /** Path of the document within the resource, with points. */
  readonly path: string;
  readonly document: Json | undefined;
  /** Whether the role has it for sure. */
  readonly sure: boolean;
}

/** The inline policies of a role: those in its own properties, and those of resources that name it. */
export function inlinePoliciesOf(role: Resource): InlinePolicy[] {
  const own = entries(role, 'Policies').map((policy, index): InlinePolicy => {
    const document = isObject(policy) ? policy.PolicyDocument : undefined;
    return { resource: role, path: `Policies.${index}.PolicyDocument`, document, sure: document !== undefined };
  });
  const beside = attachmentsTo(role).filter(({ policy }) => policy.type !== 'AWS::IAM::ManagedPolicy').map(({ policy, sure }): InlinePolicy => {
    const document = policy.raw('PolicyDocument');
    return { resource: policy, path: 'PolicyDocument', document: document.kind === 'known' ? document.value : undefined, sure };
  });
  return [...own, ...beside];
}

const readAll = oncePerApp(() => new Map<Resource, RolePolicies>());

function read(role: Resource): RolePolicies {
  const managed = managedOf(role);
  const inline = inlinePoliciesOf(role).map(({ resource, path, document, sure }) => ({ statements: statementsIn(document, resource, path), sure }));
  const attached = attachmentsTo(role)
    .filter(({ policy }) => policy.type === 'AWS::IAM::ManagedPolicy' && !managed.policies.includes(policy))
    .map(({ policy, sure }) => ({ statements: statementsAt(policy, 'PolicyDocument'), sure }));
  const statements = [
    ...[...inline, ...attached].flatMap(({ statements: some, sure }) => sure ? some : some.map(perhaps)),
    ...managed.policies.flatMap((policy) => statementsAt(policy, 'PolicyDocument')),
    ...managed.statements,
  ];
  const listsKnown = ['Policies', 'ManagedPolicyArns'].every((path) => role.list(path).kind !== 'unknown');
  return { statements, complete: listsKnown && managed.complete && !hasMore(role.stack.app) };
}

/** Whether macros add resources to the app at deployment, which may be policies. */
const hasMore = oncePerApp((app) => app.stacks.some(({ isTransformed }) => isTransformed));

/** A statement that the role has or has not, as the deployment decides. */
function perhaps(statement: Statement): Statement {
  return { ...statement, effect: 'unknown' };
}

interface Managed extends RolePolicies { readonly policies: readonly Resource[] }

function managedOf(role: Resource): Managed {
  const policies: Resource[] = [];
  const statements: Statement[] = [];
  let complete = true;
  for (const [index, arn] of entries(role, 'ManagedPolicyArns').entries()) {
    const reference = referenceIn(arn, role.stack);
    const known = awsPolicy(arn, role);
    if (reference?.exact && reference.resource.type === 'AWS::IAM::ManagedPolicy') policies.push(reference.resource);
    else if (known) statements.push(...statementsIn({ Statement: known }, role, `ManagedPolicyArns.${index}`));
    else complete = false;
  }
  return { policies, statements, complete };
}

const KNOWN_POLICIES = { ...MANAGED_POLICIES, ...SERVICE_ROLE_POLICIES };

/** The statements of an AWS managed policy, by the part of its ARN after `policy/`. */
function awsPolicy(arn: Json, role: Resource): Json | undefined {
  const text = textOf(arn, role.stack);
  const last = text[text.length - 1];
  const name = typeof last === 'string' ? (literal(text) ?? last).match(/:iam::aws:policy\/(.+)$/)?.[1] : undefined;
  return name !== undefined && Object.hasOwn(KNOWN_POLICIES, name) ? KNOWN_POLICIES[name] as unknown as Json : undefined;
}

function entries(resource: Resource, path: string): readonly Json[] {
  const list = resource.list(path);
  return list.kind === 'known' ? list.value : [];
}
