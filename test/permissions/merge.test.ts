import * as fc from 'fast-check';
import { allowed, Call } from './evaluator';
import { mergeStatements, StatementJson } from '../../src/permissions/merge';

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
    principal, action, context: { 'aws:sourcearn': source, 'aws:sourceaccount': account, 'aws:principalarn': caller },
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
