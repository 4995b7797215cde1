import { Use } from '../../model/triggers/uses';
import { Value } from '../../model/value';
import { LATEST } from '../../model/wiring';

/** `$LATEST`, `alias live`, `a version`. */
export function qualifierInWords(qualifier: string): string {
  return qualifier === LATEST || qualifier.includes(' ') ? qualifier : `alias ${qualifier}`;
}

/** `$LATEST (by Shop/Nightly, Shop/Hourly)`: what is called, and by whom. */
export function callsInWords(calls: readonly Use[]): string {
  const byQualifier = new Map<string, string[]>();
  for (const { qualifier, resource } of calls) byQualifier.set(qualifier, [...new Set([...byQualifier.get(qualifier) ?? [], resource.label])]);
  return [...byQualifier].map(([qualifier, labels]) => `${qualifierInWords(qualifier)} (by ${listed(labels)})`).join(', ');
}

const SHOWN = 3;

function listed(labels: readonly string[]): string {
  const more = labels.length - SHOWN;
  return more > 0 ? `${labels.slice(0, SHOWN).join(', ')} and ${more} more` : labels.join(', ');
}

/** An amount that may be decided at deployment. */
export function amountInWords(amount: Value<number>): string {
  return amount.kind === 'known' ? String(amount.value) : 'some';
}
