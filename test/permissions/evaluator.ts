import { StatementJson } from '../../src/permissions/merge';

/** What is asked of a policy: who, what, and the condition keys of the request, in lower case. */
export interface Call {
  readonly principal: string;
  readonly action: string;
  readonly context: Readonly<Record<string, string | undefined>>;
}

/** Whether statements allow a call: a small evaluator of IAM policies, for the operators that the tests use. */
export function allowed(statements: readonly StatementJson[], call: Call): boolean {
  const about = statements.filter((statement) => isAbout(statement, call));
  return about.some(({ Effect }) => Effect === 'Allow') && !about.some(({ Effect }) => Effect === 'Deny');
}

function isAbout({ Principal, Action, Condition = {} }: StatementJson, { principal, action, context }: Call): boolean {
  const isMeant = namesOf(Principal).some((name) => name === principal || name === '*');
  return isMeant && listOf(Action).includes(action) && Object.entries(Condition).every(([operator, tests]) =>
    Object.entries(tests).every(([key, wanted]) => holds(operator, listOf(wanted), context[key.toLowerCase()])));
}

function namesOf(principal: unknown): string[] {
  return typeof principal === 'object' && principal !== null ? Object.values(principal).flatMap(listOf) : listOf(principal);
}

function holds(operator: string, wanted: readonly string[], value: string | undefined): boolean {
  const negated = operator.includes('Not');
  if (value === undefined) return negated;
  const some = wanted.some((entry) => operator.startsWith('Arn') ? isLike(entry, value) : entry === value);
  return negated ? !some : some;
}

function isLike(pattern: string, value: string): boolean {
  const escaped = pattern.split('*').map((piece) => piece.replace(/[$.?+^(){}|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(value);
}

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]) as string[];
}
