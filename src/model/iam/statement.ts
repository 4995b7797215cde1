import { Text, textOf } from './text';
import type { Resource } from '../resource';
import type { Stack } from '../stack';
import { intrinsic, isNoValue, isObject, isTransformed, Json, JsonObject } from '../template';

/** Where a statement stands, and what it says. */
export interface Statement {
  /** The resource that carries the statement. */
  readonly resource: Resource;
  /** Path of the statement within the resource, e.g. `Properties/PolicyDocument`. */
  readonly path: string;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny' | 'unknown';
  readonly action: Element;
  readonly target: Element;
  readonly principal: Principals;
  readonly conditions: readonly Condition[];
}

/** `Action` or `Resource`, or all but those if it is `NotAction` or `NotResource`. */
export interface Element {
  readonly patterns: readonly Text[];
  readonly negated: boolean;
}

/** Who a statement is about, by kind: `Service`, `AWS`, `Federated`, or `*` for `"Principal": "*"`. */
export type Principals = readonly { readonly kind: string; readonly name: Text }[];

export interface Condition {
  /** E.g. `ArnLike`. */
  readonly operator: string;
  /** In lower case, as keys are compared. */
  readonly key: string;
  readonly values: readonly Text[];
}

/** Values that are decided at deployment. */
const SOMETHING: Text = [{ id: 'decided at deployment' }];

/** The statements of a policy document that a property holds. Those that deployment decides have the effect `unknown`. */
export function statementsAt(resource: Resource, path: string): Statement[] {
  const document = resource.raw(path);
  if (document.kind === 'absent') return [];
  return statementsIn(document.kind === 'known' ? document.value : undefined, resource, path);
}

/** The statements of a policy document; `path` says where it is in the resource. */
export function statementsIn(document: Json | undefined, resource: Resource, path: string): Statement[] {
  const place = { resource, path: `Properties/${path.replaceAll('.', '/')}` };
  const policy = parsedDocument(document);
  const body = isObject(policy) && !intrinsic(policy) && !isTransformed(policy) ? policy.Statement : undefined;
  if (body === undefined || intrinsic(body) || (isObject(body) && isTransformed(body))) return [unknownStatement(place)];
  return listOf(body).filter((item) => !isNoValue(item)).map((item) => read(item, place));
}

/** A document may be written as text. */
export function parsedDocument(document: Json | undefined): Json | undefined {
  if (typeof document !== 'string') return document;
  try {
    return JSON.parse(document) as Json;
  } catch {
    return undefined;
  }
}

type Place = Pick<Statement, 'resource' | 'path'>;

function unknownStatement(place: Place): Statement {
  const element = { patterns: [SOMETHING], negated: false };
  return { ...place, effect: 'unknown', action: element, target: element, principal: [{ kind: 'AWS', name: SOMETHING }], conditions: [] };
}

function read(item: Json, place: Place): Statement {
  if (!isObject(item) || intrinsic(item) || isTransformed(item)) return unknownStatement(place);
  const { stack } = place.resource;
  return {
    ...place,
    ...typeof item.Sid === 'string' ? { sid: item.Sid } : {},
    effect: item.Effect === 'Allow' || item.Effect === 'Deny' ? item.Effect : 'unknown',
    action: lowerCase(elementOf(item, 'Action', stack)),
    target: elementOf(item, 'Resource', stack),
    principal: item.NotPrincipal === undefined ? principalsOf(item.Principal, stack) : [{ kind: 'AWS', name: SOMETHING }],
    conditions: conditionsOf(item.Condition, stack),
  };
}

function elementOf(item: JsonObject, name: 'Action' | 'Resource', stack: Stack): Element {
  const negated = item[name] === undefined && item[`Not${name}`] !== undefined;
  // A trust policy names no resource: it is about the role that carries it.
  if (name === 'Resource' && item[name] === undefined && !negated) return { negated, patterns: [['*']] };
  return { negated, patterns: textsOf(negated ? item[`Not${name}`] : item[name], stack).map(withVariables) };
}

/**
 * `${aws:PrincipalAccount}` and the like, which IAM fills in for each request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function withVariables(text: Text): Text {
  if (!text.some((piece) => typeof piece === 'string' && piece.includes('${'))) return text;
  return text.flatMap((piece) => typeof piece !== 'string' ? [piece] : piece.split(/(\$\{[^}]*\})/)
    .flatMap((part): Text => part === '' ? [] : [part.startsWith('${') ? { id: `policy variable ${part}` } : part]));
}

/** Actions are compared without regard to case. */
function lowerCase({ patterns, negated }: Element): Element {
  return { negated, patterns: patterns.map((text) => text.map((piece) => typeof piece === 'string' ? piece.toLowerCase() : piece)) };
}

function principalsOf(principal: Json | undefined, stack: Stack): Principals {
  if (principal === undefined) return [];
  if (principal === '*') return [{ kind: '*', name: ['*'] }];
  if (!isObject(principal) || intrinsic(principal)) return [{ kind: 'AWS', name: SOMETHING }];
  return Object.entries(principal).flatMap(([kind, names]) => textsOf(names, stack).map((name) => ({ kind, name })));
}

/** The tests of a `Condition` element. One that is decided at deployment is a test that nothing is known of. */
export function conditionsOf(condition: Json | undefined, stack: Stack): Condition[] {
  if (condition === undefined || isNoValue(condition)) return [];
  if (!isObject(condition) || intrinsic(condition)) return [{ operator: 'unknown', key: '', values: [SOMETHING] }];
  return Object.entries(condition).flatMap(([operator, tests]) => {
    if (isNoValue(tests)) return [];
    if (!isObject(tests) || intrinsic(tests)) return [{ operator: 'unknown', key: '', values: [SOMETHING] }];
    return Object.entries(tests).map(([key, values]) => ({ operator, key: key.toLowerCase(), values: textsOf(values, stack).map(withVariables) }));
  });
}

function textsOf(json: Json | undefined, stack: Stack): Text[] {
  return listOf(json).filter((item) => !isNoValue(item)).map((item) => textOf(item, stack));
}

function listOf(json: Json | undefined): Json[] {
  if (json === undefined || json === null) return [];
  return Array.isArray(json) ? json : [json];
}
