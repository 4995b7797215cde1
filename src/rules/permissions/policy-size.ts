import { permission } from './examples';
import { count, inWords, targetInWords } from './words';
import { MAX_RESOURCE_POLICY_BYTES } from '../../limits/resource-policy';
import type { PolicySize } from '../../model/iam/resource-policy-sizes';
import { JsonObject } from '../../model/template';

/** What both rules about the size of resource policies share. */

/** So many permissions, with statements of about 1,000 bytes each. */
export function permissions(number: number, properties: JsonObject = {}): JsonObject {
  const long = (index: number) => `arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/prod/GET/${'x'.repeat(700)}/${String(index).padStart(2, '0')}`;
  return Object.fromEntries(Array.from({ length: number }, (_, index) => [`Permission${String(index).padStart(2, '0')}`, permission('apigateway.amazonaws.com', { SourceArn: long(index), ...properties })]));
}

export function sizeInWords(size: PolicySize, got: string): string {
  const limit = count(MAX_RESOURCE_POLICY_BYTES);
  return [`the resource policy of ${targetInWords(size)} must be at most ${limit} bytes, got ${got}:`, ...table(size), ''].join('\n');
}

/** Statements of one caller. */
interface Group { readonly who: string; readonly count: number; readonly bytes: number }

const SHOWN = 10;

/** What costs what: the callers with the most bytes first. */
function table({ statements }: PolicySize): string[] {
  const groups = grouped(statements);
  const [shown, others] = [groups.slice(0, SHOWN), groups.slice(SHOWN)];
  const rest = others.length > 0 ? [together(`${others.length} other callers`, others)] : [];
  const line = (cells: readonly string[], who: string) => `  ${cells.map((cell) => cell.padStart(10)).join(' ')}  ${who}`;
  return [
    line(['bytes', 'statements', 'each'], 'who may invoke'),
    ...[...shown, ...rest].map((group) => line([group.bytes, group.count, Math.round(group.bytes / group.count)].map(count), group.who)),
  ];
}

function grouped(statements: PolicySize['statements']): Group[] {
  const groups = new Map<string, Group>();
  for (const { statement, bytes } of statements) {
    const who = statement.principal.map(({ name }) => inWords(name)).join(', ') || 'decided at deployment';
    groups.set(who, together(who, [groups.get(who) ?? { who, count: 0, bytes: 0 }, { who, count: 1, bytes: bytes.likely }]));
  }
  return [...groups.values()].sort((one, other) => other.bytes - one.bytes);
}

function together(who: string, groups: readonly Group[]): Group {
  const sum = (of: 'count' | 'bytes') => groups.reduce((total, group) => total + group[of], 0);
  return { who, count: sum('count'), bytes: sum('bytes') };
}
