import type { Request } from '../iam/decide';
import { Text, textOf, textOfAttribute } from '../iam/text';
import type { Resource } from '../resource';
import { LATEST, Target } from '../wiring';

/** Something in a template that makes a service call a function, which the function's resource policy must allow. */
export interface Trigger extends Target {
  /** The resource that makes the service call. */
  readonly resource: Resource;

  /** Where the function stands in it, e.g. `Properties/Targets/0/Arn`. */
  readonly path: string;

  /** Who calls, e.g. `events.amazonaws.com`, or `*` for anyone. */
  readonly caller: string;

  /** ARN that the caller names as the source of the call, where it names one. */
  readonly source?: Text;

  /** What the caller may ask, the likeliest first. It is enough if one of these is allowed. */
  readonly requests: Iterable<Request>;
}

/** A service that calls on behalf of a resource. */
export interface Service {
  /** The service principal, e.g. `events.amazonaws.com`. */
  readonly principal: string;

  /** ARNs that the service may name as the source, for an API one per stage. At least one. */
  readonly sources: readonly Text[];

  /** Account of the source; left out for a service that never names it. */
  readonly account?: Text;
}

/** What is called, and where the template says so. */
export type Call = Pick<Trigger, 'resource' | 'path'> & { readonly target: Target };

/** The trigger that a service's call is. */
export function serviceTrigger(call: Call, service: Service): Trigger {
  const { resource, path, target } = call;
  const requests = { [Symbol.iterator]: () => requestsOf(call, service) };
  return { resource, path, ...target, caller: service.principal, source: service.sources[0], requests };
}

function * requestsOf({ resource, target }: Call, { principal, sources, account }: Service): Generator<Request> {
  const asked = { action: 'lambda:InvokeFunction', target: arnOf(target) };
  for (const name of principalsLike(principal, resource)) {
    const from = { ...asked, principal: { kind: 'Service', name } };
    for (const source of sources) yield { ...from, context: { ...CARRIES_NOTHING, 'aws:sourcearn': source, 'aws:sourceaccount': account } };
    // Nobody says that a service always names its source: a denial of all that names none is no sure denial.
    yield { ...from, context: CARRIES_NOTHING };
  }
}

/** The ARN that is called. */
export function arnOf({ fn, qualifier }: Target): Text {
  const arn = textOfAttribute(fn, 'Arn');
  if (qualifier === LATEST) return arn;
  return [...arn, ':', isNameOfAlias(qualifier) ? qualifier : { id: `${qualifier} of ${fn.stack.path}/${fn.logicalId}` }];
}

/** What the existing names of qualifiers that are not known have, and no alias may have: a blank. */
export function isNameOfAlias(qualifier: string): boolean {
  return qualifier !== LATEST && !qualifier.includes(' ');
}

/** Keys that a call of a service has no value for. */
const CARRIES_NOTHING: Request['context'] = {
  'aws:sourcearn': undefined,
  'aws:sourceaccount': undefined,
  'aws:principalorgid': undefined,
  'lambda:eventsourcetoken': undefined,
  'lambda:functionurlauthtype': undefined,
  'lambda:invokedviafunctionurl': undefined,
};

/** The principal and its regional and Chinese forms, which some services take as well. */
export function * principalsLike(principal: string, { stack }: Resource): Generator<Text> {
  yield [principal];
  const service = principal.replace(/\.amazonaws\.com$/, '');
  const regional: Text = [`${service}.`, ...textOf({ Ref: 'AWS::Region' }, stack), '.amazonaws.com'];
  yield* [regional, [...regional, '.cn'], [`${principal}.cn`]];
}
