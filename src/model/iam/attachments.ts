import { equals } from './match';
import { literal, textOf, textOfAttribute } from './text';
import { Verdict } from './verdict';
import type { AppModel } from '../app';
import { oncePerApp } from '../once-per-app';
import { referenceIn } from '../reference';
import type { Resource } from '../resource';
import { Json } from '../template';
import { UNKNOWN, Value } from '../value';

/** A policy of this app that names a role, or may name it. */
export interface Attachment {
  readonly policy: Resource;
  /** Whether it is attached for sure: by name, and under no condition that is not the role's own. */
  readonly sure: boolean;
}

/** The policies of the app that name a role, in the order of the templates. */
export function attachmentsTo(role: Resource): readonly Attachment[] {
  const { byRole, toAnyRole } = attachmentsIn(role.stack.app);
  return [...byRole.get(role) ?? [], ...toAnyRole];
}

interface Attachments {
  readonly byRole: Map<Resource, Attachment[]>;
  /** Policies with names of roles that the deployment decides. */
  readonly toAnyRole: Attachment[];
}

const attachmentsIn = oncePerApp((app): Attachments => {
  const found: Attachments = { byRole: new Map(), toAnyRole: [] };
  const named: readonly (readonly [string, (policy: Resource) => Value<readonly Json[]>])[] = [
    ['AWS::IAM::Policy', (policy) => policy.list('Roles')],
    ['AWS::IAM::ManagedPolicy', (policy) => policy.list('Roles')],
    ['AWS::IAM::RolePolicy', (policy) => one(policy.raw('RoleName'))],
  ];
  for (const [type, rolesOf] of named) {
    for (const policy of app.ofType(type)) attach(policy, rolesOf(policy), found);
  }
  return found;
});

function one(value: Value<Json>): Value<readonly Json[]> {
  return value.kind === 'known' ? { kind: 'known', value: [value.value] } : UNKNOWN;
}

function attach(policy: Resource, names: Value<readonly Json[]>, { byRole, toAnyRole }: Attachments): void {
  if (names.kind === 'unknown') toAnyRole.push({ policy, sure: false });
  for (const name of names.kind === 'known' ? names.value : []) {
    const roles = rolesNamed(name, policy);
    if (!roles) toAnyRole.push({ policy, sure: false });
    for (const { role, verdict } of roles ?? []) {
      const sure = verdict === 'yes' && (policy.condition === undefined || policy.condition === role.condition);
      byRole.set(role, [...byRole.get(role) ?? [], { policy, sure }]);
    }
  }
}

interface Named { readonly role: Resource; readonly verdict: Verdict }

/** The roles that a name is, or may be, the name of; `undefined` if that may be any role. */
function rolesNamed(name: Json, policy: Resource): readonly Named[] | undefined {
  const reference = referenceIn(name, policy.stack);
  if (reference?.exact && reference.resource.type === 'AWS::IAM::Role') return [{ role: reference.resource, verdict: 'yes' }];
  const text = textOf(name, policy.stack);
  if (text.every((piece) => typeof piece !== 'string')) return undefined;
  const wanted = literal(text);
  return rolesWithNames(policy.stack.app)
    .map((role) => ({ role, verdict: wanted !== undefined && wanted === literal(nameOf(role)) ? 'yes' as const : equals(text, nameOf(role)) }))
    .filter(({ verdict }) => verdict !== 'no');
}

/** Nobody writes down a name that CloudFormation makes up. */
const rolesWithNames = oncePerApp((app: AppModel) => app.ofType('AWS::IAM::Role').filter((role) => role.raw('RoleName').kind !== 'absent'));

function nameOf(role: Resource) {
  return textOfAttribute(role, 'Ref');
}
