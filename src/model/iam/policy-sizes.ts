import { inlinePoliciesOf } from './role';
import { parsedDocument } from './statement';
import { surroundingsOf } from './surroundings';
import { Bytes, exactly, plus, policyBytes } from '../../measure/policy-bytes';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';
import { Json } from '../template';

/** Length of a policy document that stands in a resource. */
export function documentBytes(document: Json | undefined, resource: Resource): Bytes {
  if (document === undefined) return exactly(0);
  const bytes = policyBytes(parsedDocument(document), surroundingsOf(resource.stack));
  // A loop may add much or nothing.
  return JSON.stringify(document).includes('"Fn::ForEach::') ? { ...bytes, least: 0 } : bytes;
}

/** Length of the document in a property, `0` where there is none or the deployment decides. */
export function documentBytesAt(resource: Resource, path: string): Bytes {
  const raw = resource.raw(path);
  return documentBytes(raw.kind === 'known' ? raw.value : undefined, resource);
}

/** A policy among others that have to fit together. */
export interface Sized {
  readonly resource: Resource;
  readonly path: string;
  readonly bytes: Bytes;
}

/** The inline policies that a role has for sure, the largest first. */
export function sizesOf(role: Resource): readonly Sized[] {
  const known = allSizes(role.stack.app);
  if (!known.has(role)) known.set(role, measure(role));
  return known.get(role)!;
}

const allSizes = oncePerApp(() => new Map<Resource, readonly Sized[]>());

function measure(role: Resource): Sized[] {
  return inlinePoliciesOf(role).filter(({ sure }) => sure)
    .map(({ resource, path, document }) => ({ resource, path, bytes: documentBytes(document, resource) }))
    .sort((one, other) => other.bytes.likely - one.bytes.likely);
}

export function together(policies: readonly Sized[]): Bytes {
  return plus(...policies.map(({ bytes }) => bytes));
}
