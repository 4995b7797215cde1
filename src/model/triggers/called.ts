import { equals } from '../iam/match';
import { Text, textOf, textOfAttribute } from '../iam/text';
import { Reference, referenceIn } from '../reference';
import type { Stack } from '../stack';
import { intrinsic, Json } from '../template';
import { LATEST, Target, targetOf } from '../wiring';

/**
 * The function that a value names, with its alias or version: as an ARN, or as API Gateway writes it, around an ARN
 * (`...:lambda:path/2015-03-31/functions/<ARN>/invocations`).
 */
export function calledFunction(json: Json | undefined, stack: Stack): Target | undefined {
  if (typeof json !== 'object' || !intrinsic(json)) return undefined;
  const reference = referenceIn(json, stack);
  const target = targetOf(reference);
  if (!target || reference?.exact) return target;
  return { fn: target.fn, qualifier: qualifierIn(unwrapped(textOf(json, stack)), reference!, target) };
}

/** What stands between `/functions/` and `/invocations`; all of it, if that is not there. */
function unwrapped(text: Text): Text {
  const begins = text.findIndex((piece) => typeof piece === 'string' && piece.includes('/functions/'));
  if (begins < 0) return text;
  const [first, ...others] = text.slice(begins);
  const inner: Text = [String(first).split('/functions/')[1], ...others];
  const ends = inner.findIndex((piece) => typeof piece === 'string' && piece.includes('/invocations'));
  return ends < 0 ? inner : [...inner.slice(0, ends), String(inner[ends]).split('/invocations')[0]];
}

const UNKNOWN = 'a qualifier';

/** By the ARN, or by the name with the alias or version behind it. */
function qualifierIn(text: Text, { resource }: Reference, target: Target): string {
  const name = textOfAttribute(target.fn, 'Ref');
  if (resource.type !== 'AWS::Lambda::Function') {
    const isMeant = [textOfAttribute(resource, 'Ref'), [...name, `:${target.qualifier}`]].some((form) => isSame(text, form));
    return isMeant ? target.qualifier : UNKNOWN;
  }
  const forms = [textOfAttribute(resource, 'Arn'), name];
  if (forms.some((form) => isSame(text, form))) return LATEST;
  const qualifier = forms.map((form) => textBehind(form, text)?.match(/^:([a-zA-Z0-9_-]+)$/)?.[1]).find((found) => found !== undefined);
  if (qualifier === undefined) return UNKNOWN;
  return /^\d+$/.test(qualifier) ? 'a version' : qualifier;
}

function isSame(one: Text, other: Text): boolean {
  return equals(one, other) === 'yes';
}

/** The literal text behind a beginning that is surely the same. */
function textBehind(beginning: Text, text: Text): string | undefined {
  const [expected, signs] = [signsOf(beginning), signsOf(text)];
  const isBeginning = expected.every((sign, index) => sign === signs[index]);
  const rest = signs.slice(expected.length);
  return isBeginning && rest.every((sign) => sign.length === 1) ? rest.join('') : undefined;
}

/** Letters, and ids of what the deployment puts in, which are told apart by their length. */
function signsOf(text: Text): string[] {
  return text.flatMap((piece) => typeof piece === 'string' ? [...piece] : [`<${piece.id}>`]);
}
