/** A statement of a policy document as JSON, tokens resolved. */
export interface StatementJson {
  readonly Sid?: unknown;
  readonly Effect: unknown;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const OPERATOR = 'ArnLike';
const KEY = 'aws:SourceArn';

/**
 * Puts statements together that differ in their source ARN only, with the ARNs as a list.
 *
 * That allows and denies exactly what the statements did apart: a condition with a list holds if any of its values
 * does, and all else that a statement asks for is the same.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function mergeStatements(statements: readonly StatementJson[]): StatementJson[] {
  const groups = new Map<string, { readonly first: StatementJson; readonly arns: unknown[] }>();
  for (const statement of statements) {
    const arns = arnsOf(statement);
    const key = JSON.stringify([arns === undefined, canonical(withArns(statement, []))]);
    const group = groups.get(key);
    if (group) group.arns.push(...arns ?? []);
    else groups.set(key, { first: statement, arns: [...arns ?? []] });
  }
  return [...groups.values()].map(({ first, arns }) => arns.length === 0 ? first : withArns(first, distinct(arns)));
}

function arnsOf(statement: StatementJson): unknown[] | undefined {
  const value = statement.Condition?.[OPERATOR]?.[KEY];
  return value === undefined ? undefined : Array.isArray(value) ? value : [value];
}

function withArns(statement: StatementJson, arns: readonly unknown[]): StatementJson {
  if (arnsOf(statement) === undefined) return statement;
  const tests = { ...statement.Condition?.[OPERATOR], [KEY]: arns.length === 1 ? arns[0] : arns };
  return { ...statement, Condition: { ...statement.Condition, [OPERATOR]: tests } };
}

/** The same JSON whatever the order of its members was. */
function canonical(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map(canonical);
  const members = Object.entries(json).filter(([, value]) => value !== undefined);
  return Object.fromEntries(members.sort(([a], [b]) => a < b ? -1 : 1).map(([key, value]) => [key, canonical(value)]));
}

function distinct(values: readonly unknown[]): unknown[] {
  const seen = new Map(values.map((value) => [JSON.stringify(canonical(value)), value]));
  return [...seen.values()];
}
