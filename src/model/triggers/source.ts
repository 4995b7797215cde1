import type { TriggerKind } from './kinds';
import { Atom, Text, textOf, textOfAttribute } from '../iam/text';
import type { Resource } from '../resource';
import type { Stack } from '../stack';

/** The ARNs that a service may name as the source of a call. */
export function sourcesOf(resource: Resource, { source }: TriggerKind): Text[] {
  return source.map((form) => {
    const text = filledIn(form, resource);
    return isArn(text) ? text : [unknownIn(resource, form)];
  });
}

/** The account of the source, as the service names it; `undefined` if it names none. */
export function accountOf(resource: Resource, { of, account }: TriggerKind): Text | undefined {
  if (account === 'never') return undefined;
  const owner = of === undefined ? resource : resource.reference(of)?.resource;
  return owner ? accountIn(owner.stack) : [unknownIn(resource, 'account of the source')];
}

export function accountIn(stack: Stack): Text {
  return textOf({ Ref: 'AWS::AccountId' }, stack);
}

function filledIn(form: string, resource: Resource): Text {
  // the odd pieces are the names between ${ and }
  return form.split(/\$\{([^}]*)\}/).flatMap((piece, index): Text => {
    if (index % 2 === 0) return piece === '' ? [] : [piece];
    if (piece.startsWith('AWS::')) return textOf({ Ref: piece }, resource.stack);
    return piece.startsWith('.') ? textOfAttribute(resource, piece.slice(1)) : textOfProperty(resource, piece);
  });
}

/** A property as text. One that is left out has a value that the service chooses. */
export function textOfProperty(resource: Resource, path: string): Text {
  const raw = resource.raw(path);
  return raw.kind === 'known' && typeof raw.value !== 'boolean' ? textOf(raw.value, resource.stack) : [unknownIn(resource, path)];
}

/** Something that nothing is known of. */
export function unknownIn(resource: Resource, what: string) {
  return { id: `${what} of ${resource.stack.path}/${resource.logicalId}` };
}

/** What calls have of their own, one this and one that: only a wildcard is right for all of them. */
export const OF_EACH_CALL = 'of each call';

const LETTERS = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');

export function anyIn(resource: Resource, what: string): Atom {
  return { ...unknownIn(resource, what), kind: OF_EACH_CALL, without: LETTERS };
}

/** Some properties take a name in place of an ARN. */
function isArn(text: Text): boolean {
  return typeof text[0] !== 'string' || text[0].startsWith('arn:');
}
