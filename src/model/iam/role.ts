import { decide, Request } from './decide';
import { Statement, statementsAt, statementsIn } from './statement';
import { literal, textOf } from './text';
import { Verdict } from './verdict';
import { MANAGED_POLICIES } from '../../limits/managed-policies';
import type { AppModel } from '../app';
import { oncePerApp } from '../once-per-app';
import { referenceIn } from '../reference';
import type { Resource } from '../resource';
import { isObject, Json } from '../template';
import { valueOf } from '../value';

/** What a role of this app may do, as far as its templates tell. */
export interface RolePolicies {
  readonly statements: readonly Statement[];
  /** Whether all policies of the role can be read: no managed policy from outside, nothing that deployment decides. */
  readonly complete: boolean;
}

/** All policies of a role: its own, those that are attached to it, and the AWS managed ones that we know. */
export function policiesOf(role: Resource): RolePolicies {
  const known = readAll(role.stack.app);
  if (!known.has(role)) known.set(role, read(role));
  return known.get(role)!;
}

/**
 * Whether Lambda itself, rather than the code of the function, may do something with a role: such requests carry no
 * `lambda:SourceFunctionArn`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
export function serviceMay(role: Resource, action: string, target: Request['target']): Verdict {
  const { statements, complete } = policiesOf(role);
  const verdict = decide(statements, { action, target, context: { 'lambda:sourcefunctionarn': undefined } });
  return verdict === 'no' && !complete ? 'unknown' : verdict;
}

const readAll = oncePerApp(() => new Map<Resource, RolePolicies>());

/** The policies of an app that name roles, by role. */
const attachments = oncePerApp((app) => {
  const byRole = new Map<Resource, Resource[]>();
  const attach = (role: Resource | undefined, policy: Resource) => {
    if (role) byRole.set(role, [...byRole.get(role) ?? [], policy]);
  };
  for (const type of ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']) {
    for (const policy of app.ofType(type)) {
      for (const role of entries(policy, 'Roles')) attach(roleNamed(role, policy, app), policy);
    }
  }
  for (const policy of app.ofType('AWS::IAM::RolePolicy')) attach(roleNamed(valueOf(policy.raw('RoleName')), policy, app), policy);
  return byRole;
});

function read(role: Resource): RolePolicies {
  const { app } = role.stack;
  const managed = managedOf(role);
  const statements = [
    ...inlineOf(role),
    ...attachments(app).get(role)?.filter((policy) => !managed.policies.includes(policy)).flatMap((policy) => statementsAt(policy, 'PolicyDocument')) ?? [],
    ...managed.policies.flatMap((policy) => statementsAt(policy, 'PolicyDocument')),
    ...managed.statements,
  ];
  const listsKnown = ['Policies', 'ManagedPolicyArns'].every((path) => role.list(path).kind !== 'unknown');
  return { statements, complete: listsKnown && managed.complete };
}

function inlineOf(role: Resource): Statement[] {
  return entries(role, 'Policies').flatMap((policy, index) => {
    const document = isObject(policy) ? policy.PolicyDocument : undefined;
    return statementsIn(document, role, `Policies.${index}.PolicyDocument`);
  });
}

interface Managed extends RolePolicies { readonly policies: readonly Resource[] }

function managedOf(role: Resource): Managed {
  const policies: Resource[] = [];
  const statements: Statement[] = [];
  let complete = true;
  for (const [index, arn] of entries(role, 'ManagedPolicyArns').entries()) {
    const policy = referenceIn(arn, role.stack)?.resource;
    const name = awsPolicyName(arn, role);
    const known = name === undefined ? undefined : MANAGED_POLICIES[name];
    if (policy?.type === 'AWS::IAM::ManagedPolicy') policies.push(policy);
    else if (known) statements.push(...statementsIn({ Statement: known as unknown as Json }, role, `ManagedPolicyArns.${index}`));
    else complete = false;
  }
  return { policies, statements, complete };
}

/** `service-role/AWSLambdaBasicExecutionRole` of an AWS managed policy. */
function awsPolicyName(arn: Json, role: Resource): string | undefined {
  const text = textOf(arn, role.stack);
  const last = text[text.length - 1];
  return typeof last === 'string' ? (literal(text) ?? last).match(/:iam::aws:policy\/(.+)$/)?.[1] : undefined;
}

function entries(resource: Resource, path: string): readonly Json[] {
  const list = resource.list(path);
  return list.kind === 'known' ? list.value : [];
}

/** A role by reference, or by the name that the app gives it. */
function roleNamed(name: Json | undefined, policy: Resource, app: AppModel): Resource | undefined {
  const role = referenceIn(name, policy.stack)?.resource ?? (typeof name === 'string' ? rolesByName(app).get(name) : undefined);
  return role?.type === 'AWS::IAM::Role' ? role : undefined;
}

const rolesByName = oncePerApp((app) => new Map(app.ofType('AWS::IAM::Role').flatMap((role) => {
  const name = role.text('RoleName');
  return name.kind === 'known' ? [[name.value, role] as const] : [];
})));
