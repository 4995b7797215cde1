import * as fc from 'fast-check';
import { mergeStatements, StatementJson } from '../../src/permissions/merge';

/** What IAM does with the operators that the statements below have. */
function holds(operator: string, wanted: string[], value: string | undefined): boolean {
  const negated = operator.includes('Not');
  if (value === undefined) return negated;
  const like = (pattern: string) => new RegExp(`^${pattern.replace(/\*/g, '.*')}$`).test(value);
  const some = wanted.some((entry) => operator.startsWith('Arn') ? like(entry) : entry === value);
  return negated ? !some : some;
}

interface Call { readonly principal: string; readonly action: string; readonly context: Record<string, string | undefined> }

const listOf = (value: unknown) => (Array.isArray(value) ? value : [value]) as string[];

function allowed(statements: readonly StatementJson[], { principal, action, context }: Call): boolean {
  const about = statements.filter((statement) => statement.Principal === principal && listOf(statement.Action).includes(action)
    && Object.entries(statement.Condition ?? {}).every(([operator, tests]) => Object.entries(tests).every(([key, wanted]) => holds(operator, listOf(wanted), context[key]))));
  return about.some(({ Effect }) => Effect === 'Allow') && !about.some(({ Effect }) => Effect === 'Deny');
}

const ARNS = ['rule/a', 'rule/b', 'topic/a'];
const PRINCIPALS = ['events', 'sns'];
const ACTIONS = ['Invoke', 'Get'];
const ACCOUNTS = ['1', '2'];

const pattern = fc.constantFrom('rule/a', 'rule/b', 'rule/*', 'topic/a', '*');
const patterns = fc.oneof(pattern, fc.array(pattern, { minLength: 1, maxLength: 3 }));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const condition = fc.record({
  ArnLike: maybe(fc.record({ 'aws:SourceArn': patterns, 'aws:PrincipalArn': patterns }, { requiredKeys: [] })),
  ArnNotLike: maybe(fc.record({ 'aws:SourceArn': patterns })),
  StringEquals: maybe(fc.record({ 'aws:SourceAccount': fc.constantFrom(...ACCOUNTS) })),
}).map((tests) => Object.fromEntries(Object.entries(tests).filter(([, value]) => value !== undefined)));
const statement: fc.Arbitrary<StatementJson> = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
  Principal: fc.constantFrom(...PRINCIPALS),
  Action: fc.constantFrom(...ACTIONS),
  Resource: fc.constant('live'),
  Condition: maybe(condition as fc.Arbitrary<NonNullable<StatementJson['Condition']>>),
});

const CALLS: Call[] = PRINCIPALS.flatMap((principal) => ACTIONS.flatMap((action) => [undefined, ...ACCOUNTS].flatMap((account) =>
  [undefined, ...ARNS].flatMap((source) => [undefined, 'rule/a'].map((caller) => ({
    principal, action, context: { 'aws:SourceArn': source, 'aws:SourceAccount': account, 'aws:PrincipalArn': caller },
  }))))));

test('what is merged allows exactly what it allowed apart', () => {
  fc.assert(fc.property(fc.array(statement, { maxLength: 12 }), (statements) => {
    const merged = mergeStatements(statements);
    for (const call of CALLS) expect(allowed(merged, call)).toBe(allowed(statements, call));
    expect(merged.length).toBeLessThanOrEqual(statements.length);
    expect(mergeStatements(merged)).toEqual(merged);
  }), { numRuns: 200 });
});

test('statements that differ in their source ARN only become one', () => {
  const of = (arn: string): StatementJson => ({ Effect: 'Allow', Principal: 'events', Action: 'Invoke', Condition: { ArnLike: { 'aws:SourceArn': arn } } });
  expect(mergeStatements([of('rule/a'), of('rule/b'), of('rule/a')])).toEqual([
    { Effect: 'Allow', Principal: 'events', Action: 'Invoke', Condition: { ArnLike: { 'aws:SourceArn': ['rule/a', 'rule/b'] } } },
  ]);
});
