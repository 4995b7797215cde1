import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/** A place in a template where two of them differ: `<type>`, and where in the resource. */
export interface Difference {
  readonly type: string;
  readonly at: string;
}

type Resources = Record<string, { readonly Type: string } & Record<string, unknown>>;

/** Where two templates differ, sorted. A resource of another logical id is one that went and one that came, at ''. */
export function differences(before: Stack, after: Stack): Difference[] {
  const [left, right] = [before, after].map((stack): Resources => Template.fromStack(stack).toJSON().Resources);
  const ids = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return ids.flatMap((id) => {
    const type = (left[id] ?? right[id]).Type;
    return placesIn(left[id], right[id], '').map((at) => ({ type, at }));
  }).sort((a, b) => `${a.type} ${a.at}`.localeCompare(`${b.type} ${b.at}`));
}

function placesIn(left: unknown, right: unknown, at: string): string[] {
  if (!isRecord(left) || !isRecord(right)) return JSON.stringify(left) === JSON.stringify(right) ? [] : [at];
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return keys.flatMap((key) => placesIn(left[key], right[key], at === '' ? key : `${at}.${key}`));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
