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
  return `the resource policy of ${targetInWords(size)} must be at most ${count(MAX_RESOURCE_POLICY_BYTES)} bytes, got ${got}: ${costs(size)}`;
}

const GROUPS = 3;

/** The largest groups of statements: who, how many, bytes. */
function costs({ statements }: PolicySize): string {
  const groups = new Map<string, { count: number; bytes: number }>();
  for (const { statement, bytes } of statements) {
    const who = statement.principal.map(({ name }) => inWords(name)).join(', ') || 'decided at deployment';
    const group = groups.get(who) ?? { count: 0, bytes: 0 };
    groups.set(who, { count: group.count + 1, bytes: group.bytes + bytes.likely });
  }
  const sorted = [...groups].sort(([, one], [, other]) => other.bytes - one.bytes);
  const rest = sorted.slice(GROUPS).reduce((sum, [, group]) => sum + group.bytes, 0);
  const lines = sorted.slice(0, GROUPS).map(([who, group]) => `${who} ${count(group.count)} x ${count(Math.round(group.bytes / group.count))} = ${count(group.bytes)}`);
  return [...lines, ...rest > 0 ? [`others ${count(rest)}`] : []].join(', ');
}
