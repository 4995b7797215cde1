import type { Atom, Text } from '../../model/iam/text';
import { OF_EACH_CALL } from '../../model/triggers/source';
import { LATEST, Target } from '../../model/wiring';

/** A text with what the deployment puts in: `[Topic]` for a resource's name, `<Region>` for what is not known. */
export function inWords(text: Text): string {
  return text.map((piece) => typeof piece === 'string' ? piece : atomInWords(piece)).join('');
}

function atomInWords({ id, kind }: Atom): string {
  if (kind === OF_EACH_CALL) return '*';
  const [, what, place] = id.match(/^([^/{}]+?) of (.+)$/) ?? [];
  if (kind !== undefined) return `[${(place ?? id).replace(/^.*\//, '').replace(/\.\w+$/, '')}]`;
  if (what !== undefined) return `<${what}>`;
  return `<${id.match(/(?:"Ref":"|^AWS::)(\w+)/)?.[1] ?? 'decided at deployment'}>`;
}

/** `alias live of Shop/Orders`. */
export function targetInWords({ fn, qualifier }: Target): string {
  return `${qualifierInWords(qualifier)} of ${fn.label}`;
}

export function qualifierInWords(qualifier: string): string {
  return qualifier === LATEST || qualifier.includes(' ') ? qualifier : `alias ${qualifier}`;
}

export function count(number: number): string {
  return number.toLocaleString('en-US');
}
