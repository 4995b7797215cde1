import { Need, Place, Topic } from './need';
import { needsOf } from './needs-of';
import type { Request } from '../iam/decide';
import { allowingIn, allowsSomewhere, roleMay, roleOf } from '../iam/role';
import { allowedByPolicyOf } from '../iam/target-policies';
import { textOf, textOfAttribute } from '../iam/text';
import { any, Verdict } from '../iam/verdict';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';

/** What a role may not do for sure, although a function needs it: all of it that comes from one place. */
export interface Lack {
  readonly topic: Topic;
  readonly fn: Resource;
  readonly role: Resource;
  readonly at: Place;
  readonly unmet: readonly Unmet[];
}

export interface Unmet {
  readonly need: Need;
  readonly actions: readonly string[];
  /** Whether a statement denies what another one allows. */
  readonly denied: boolean;
}

/** What the roles of an app lack, worked out once. Of roles that are not in the app nothing is said. */
export const lacksIn = oncePerApp((app): readonly Lack[] => app.ofType('AWS::Lambda::Function').flatMap((fn) => {
  const role = roleOf(fn);
  return role ? grouped(fn, role) : [];
}));

/** Who asks: a function with its role. */
interface Asking {
  readonly role: Resource;
  readonly fn: Resource;
}

function grouped(fn: Resource, role: Resource): Lack[] {
  const groups = new Map<string, Need[]>();
  for (const need of needsOf(fn)) {
    const { stack, logicalId } = need.at.resource;
    const key = [need.topic, stack.path, logicalId, need.at.path].join(' ');
    const group = groups.get(key);
    if (group) group.push(need);
    else groups.set(key, [need]);
  }
  const asking = { role, fn };
  return [...groups.values()].flatMap((needs): Lack[] => {
    const unmet = needs.flatMap((need) => unmetOf(need, asking));
    return unmet.length > 0 ? [{ topic: needs[0].topic, fn, role, at: needs[0].at, unmet }] : [];
  });
}

function unmetOf(need: Need, asking: Asking): Unmet[] {
  const actions = need.actions.filter((action) => mayDo(need, requestOf(action, need, asking), asking.role) === 'no');
  if (actions.length === 0) return [];
  const denied = actions.some((action) => allowsSomewhere(asking.role, requestOf(action, need, asking)));
  return [{ need, actions, denied }];
}

/**
 * The resources with which a role is allowed what is polled by a mapping, one list for each action that is surely allowed: a single one of a
 * list is enough.
 */
export function allowingOf(fn: Resource, mapping: Resource): readonly (readonly Resource[])[] {
  const role = roleOf(fn);
  if (!role) return [];
  const needs = needsOf(fn).filter(({ topic, at }) => topic === 'polling' && at.resource === mapping);
  return needs.flatMap((need) => need.actions.flatMap((action) => {
    const request = requestOf(action, need, { role, fn });
    const targets = [need.target, ...need.orTarget ? [need.orTarget] : []];
    const allowing = targets.map((target) => allowingIn(role, { ...request, target }));
    if (allowing.includes('unknown') || mayByPolicyOf(need, request, role) !== 'no') return [];
    return [(allowing as readonly (readonly Resource[])[]).flat()];
  })).filter((resources) => resources.length > 0);
}

/** Whether a role may do one action of a need, by its own policies or by that of the target. */
function mayDo(need: Need, request: Request, role: Resource): Verdict {
  const verdict = any([roleMay(role, request), ...need.orTarget ? [roleMay(role, { ...request, target: need.orTarget })] : []]);
  return verdict === 'no' ? mayByPolicyOf(need, request, role) : verdict;
}

function mayByPolicyOf({ orPolicyOf = [] }: Need, request: Request, role: Resource): Verdict {
  if (orPolicyOf === 'elsewhere') return 'unknown';
  const principal = { kind: 'AWS', name: textOfAttribute(role, 'Arn') };
  return any(orPolicyOf.map((holder) => allowedByPolicyOf(holder, { ...request, principal, context: {} })));
}

/**
 * Some requests carry the function's ARN, others surely do not. Keys of sources are for calls that a service makes as
 * itself, not with a role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcearn
 */
function requestOf(action: string, { target, namesFunction, context }: Need, { role, fn }: Asking): Request {
  return {
    action,
    target,
    context: {
      'aws:principalaccount': textOf({ Ref: 'AWS::AccountId' }, role.stack),
      'aws:principalarn': textOfAttribute(role, 'Arn'),
      'aws:sourceaccount': undefined,
      'aws:sourcearn': undefined,
      'lambda:sourcefunctionarn': namesFunction ? textOfAttribute(fn, 'Arn') : undefined,
      ...context,
    },
  };
}
