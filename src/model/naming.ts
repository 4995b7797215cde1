import { inWords } from './needs/need';
import type { Resource } from './resource';
import { intrinsic, Json } from './template';
import { ABSENT, convert, known, UNKNOWN as NOT_KNOWN, Value, valueOf } from './value';

/** What a property names, in words. */
export function nameAt(resource: Resource, path: string): string | undefined {
  const raw = resource.raw(path);
  if (raw.kind === 'absent' || resource.value(path).kind === 'absent') return undefined;
  const words = raw.kind === 'known' ? inWords({ json: raw.value, stack: resource.stack }) : UNKNOWN;
  return words === '' || words === '...' ? valueOf(convert(raw, givenBy)) ?? UNKNOWN : words;
}

const UNKNOWN = 'what the deployment decides';

/** What the deployment decides, by what it is told by. */
function givenBy(json: Json): string | undefined {
  const { name, argument } = intrinsic(json) ?? {};
  if (typeof argument !== 'string') return undefined;
  if (name === 'Ref') return argument.startsWith('AWS::') ? undefined : `what the parameter ${argument} says`;
  return name === 'Fn::ImportValue' ? `what is exported as ${argument}` : undefined;
}

/** A place that a property names, in words: `unknown` where the deployment decides whether there is one. */
export function placeAt(resource: Resource, path: string): Value<string> {
  const names = path.split('.');
  const isLeftOut = names.some((_, index) => resource.value(names.slice(0, index + 1).join('.')).kind === 'absent');
  const raw = resource.raw(path);
  // without a text, Lambda takes a setting away
  if (isLeftOut || (raw.kind === 'known' && raw.value === '')) return ABSENT;
  if (raw.kind !== 'known' || intrinsic(raw.value)?.name === 'Fn::If') return NOT_KNOWN;
  return known(nameAt(resource, path)!);
}

export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}

/** Seconds in the largest unit that goes in them. */
export function duration(seconds: number): string {
  const [size, unit] = UNITS.find(([length]) => seconds > 0 && seconds % length === 0) ?? [1, 'second'];
  return count(seconds / size, unit);
}

const UNITS: readonly (readonly [number, string])[] = [[86_400, 'day'], [3_600, 'hour'], [60, 'minute']];
