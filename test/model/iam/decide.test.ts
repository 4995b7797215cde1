import * as fc from 'fast-check';
import { decide } from '../../../src/model/iam/decide';
import { Statement, statementsIn } from '../../../src/model/iam/statement';
import { Text } from '../../../src/model/iam/text';
import { Verdict } from '../../../src/model/iam/verdict';
import { isNoValue, isObject, Json, JsonObject } from '../../../src/model/template';
import { appOf, resourceIn } from '../app-of';

/** A policy document of a template that has parameters and a condition. */
function statementsOf(document: Json): Statement[] {
  const app = appOf({ Role: { Type: 'AWS::IAM::Role', Properties: { Policy: document } } }, { parameters: { P: {}, Q: {} } });
  return statementsIn(document, resourceIn(app, 'Role'), 'Policy');
}

/** What a deployment puts in. */
interface Deployment { readonly P: string; readonly Q: string; readonly isProd: boolean }

function deployed(json: Json, deployment: Deployment): Json {
  if (Array.isArray(json)) return json.map((item) => deployed(item, deployment)).filter((item) => !isNoValue(item));
  if (!isObject(json)) return json;
  const { Ref: name, 'Fn::If': choice, 'Fn::Join': join } = json;
  if (name === 'P' || name === 'Q') return deployment[name];
  if (Array.isArray(choice)) return deployed(choice[deployment.isProd ? 1 : 2], deployment);
  if (Array.isArray(join)) return (deployed(join[1], deployment) as Json[]).join('');
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, deployed(value ?? null, deployment)]));
}

/** IAM in a few lines, on documents of which all is known. */
function allows(document: JsonObject, request: Concrete): boolean {
  const about = (list(document.Statement) as JsonObject[]).filter((statement) => isAbout(statement, request));
  return about.some(({ Effect }) => Effect === 'Allow') && !about.some(({ Effect }) => Effect === 'Deny');
}

interface Concrete { readonly action: string; readonly target: string; readonly context: Readonly<Record<string, string | undefined>> }

function isAbout(statement: JsonObject, { action, target, context }: Concrete): boolean {
  const listed = (name: string, text: string, flags: string) => statement[name] === undefined
    ? !list(statement[`Not${name}`]).some((pattern) => glob(String(pattern), text, flags))
    : list(statement[name]).some((pattern) => glob(String(pattern), text, flags));
  const conditions = Object.entries((statement.Condition ?? {}) as Record<string, JsonObject>)
    .flatMap(([operator, tests]) => Object.entries(tests).map(([key, values]) => holds(operator, context[key], list(values).map(String))));
  return listed('Action', action, 'is') && listed('Resource', target, 's') && conditions.every(Boolean);
}

function holds(operator: string, value: string | undefined, wanted: string[]): boolean {
  switch (operator) {
    case 'StringEquals': return value !== undefined && wanted.includes(value);
    case 'StringEqualsIfExists': return value === undefined || wanted.includes(value);
    case 'StringNotEquals': return value === undefined || !wanted.includes(value);
    case 'StringLike': case 'ArnLike': return value !== undefined && wanted.some((pattern) => glob(pattern, value, 's'));
    case 'ArnNotLike': return value === undefined || !wanted.some((pattern) => glob(pattern, value, 's'));
    default: return wanted.includes(String(value === undefined));
  }
}

function glob(pattern: string, text: string, flags: string): boolean {
  return new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`, flags).test(text);
}

function list(json: Json | undefined): Json[] {
  return Array.isArray(json) ? json : [json ?? []].flat();
}

const decidedLater = fc.constantFrom<Json>({ Ref: 'P' }, { Ref: 'Q' }, { 'Fn::Join': ['', ['a', { Ref: 'P' }]] }, { 'Fn::Join': ['', [{ Ref: 'Q' }, 'b*']] });
const texts = (known: fc.Arbitrary<Json>) => {
  const several = fc.array(fc.oneof(known, decidedLater), { minLength: 1, maxLength: 3 });
  return fc.oneof({ weight: 4, arbitrary: known }, decidedLater, several);
};
const actions = texts(fc.constantFrom('s:a', 's:b', 's:*', 'S:A', '*', 't:?'));
const targets = texts(fc.constantFrom('a', 'ab', 'a*', '*', '?', 'b'));
const conditions = fc.dictionary(
  fc.constantFrom('StringEquals', 'StringEqualsIfExists', 'StringNotEquals', 'StringLike', 'ArnLike', 'ArnNotLike'),
  fc.dictionary(fc.constantFrom('k', 'absent'), texts(fc.constantFrom('a', 'b', 'a*')), { minKeys: 1, maxKeys: 1 }),
  { minKeys: 1, maxKeys: 2 },
);
const nulls = fc.record({ Null: fc.dictionary(fc.constantFrom('k', 'absent'), fc.constantFrom('true', 'false'), { minKeys: 1 }) });

const statement: fc.Arbitrary<Json> = fc.tuple(
  fc.constantFrom('Allow', 'Allow', 'Deny'), fc.constantFrom('Action', 'Action', 'NotAction'), actions,
  fc.constantFrom('Resource', 'Resource', 'NotResource'), targets, fc.option(fc.oneof(conditions, nulls), { nil: undefined }),
).map(([Effect, action, a, target, t, Condition]) => ({ Effect, [action]: a, [target]: t, ...Condition && { Condition } }) as JsonObject);

const maybe = fc.oneof({ weight: 5, arbitrary: statement }, statement.map((some): Json => ({ 'Fn::If': ['IsProd', some, { Ref: 'AWS::NoValue' }] })));
const document = fc.array(maybe, { maxLength: 4 }).map((statements): JsonObject => ({ Version: '2012-10-17', Statement: statements }));
const deployment: fc.Arbitrary<Deployment> = fc.record({ P: fc.constantFrom('a', 'ab', 'b', '', 's:a', 'a*', '*'), Q: fc.constantFrom('b', 'a', ''), isProd: fc.boolean() });

test('what is sure before deployment is what IAM does at deployment', () => {
  const seen = new Map<Verdict, number>();
  const requests = fc.record({ action: fc.constantFrom('s:a', 's:B', 't:x'), target: fc.constantFrom('a', 'ab', 'b'), k: fc.constantFrom('a', 'b') });
  fc.assert(fc.property(document, requests, deployment, (policy, { action, target, k }, values) => {
    const context = { k, absent: undefined };
    const asText: Record<string, Text | undefined> = { k: [k], absent: undefined };
    const verdict = decide(statementsOf(policy), { action, target: [target], context: asText });
    seen.set(verdict, (seen.get(verdict) ?? 0) + 1);
    if (verdict === 'unknown') return;
    expect(allows(deployed(policy, values) as JsonObject, { action, target, context })).toBe(verdict === 'yes');
  }), { numRuns: 10_000 });
  for (const verdict of ['yes', 'no', 'unknown'] as const) expect(seen.get(verdict)).toBeGreaterThan(200);
});

const ASKED = { action: 'sqs:SendMessage', target: ['arn:aws:sqs:eu-west-1:123456789012:orders'], context: { 'lambda:sourcefunctionarn': undefined } };
const ALLOWED: JsonObject = { Effect: 'Allow', Action: 'sqs:*', Resource: '*' };

test.each<[string, JsonObject[], Verdict]>([
  ['nothing', [], 'no'],
  ['another action', [{ ...ALLOWED, Action: 'sns:*' }], 'no'],
  ['all but other actions', [{ Effect: 'Allow', NotAction: ['iam:*'], Resource: '*' }], 'yes'],
  ['all but this action', [{ Effect: 'Allow', NotAction: ['SQS:send*'], Resource: '*' }], 'no'],
  ['a denial for functions alone', [ALLOWED, { ...ALLOWED, Effect: 'Deny', Condition: { ArnEquals: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:*:*:function:orders' } } }], 'yes'],
  ['a denial for all but functions', [ALLOWED, { ...ALLOWED, Effect: 'Deny', Condition: { Null: { 'lambda:SourceFunctionArn': 'true' } } }], 'no'],
  ['a denial that nobody knows the key of', [ALLOWED, { ...ALLOWED, Effect: 'Deny', Condition: { Bool: { 'aws:ViaAWSService': 'false' } } }], 'unknown'],
  ['an effect that a parameter names', [{ ...ALLOWED, Effect: { Ref: 'P' } }], 'unknown'],
  ['a statement that a macro completes', [{ ...ALLOWED, 'Fn::Transform': {} }], 'unknown'],
  ['a variable of IAM', [{ ...ALLOWED, Resource: 'arn:aws:sqs:*:${aws:PrincipalAccount}:orders' }], 'unknown'],
  ['an operator for several values', [{ ...ALLOWED, Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a'] } } }], 'unknown'],
])('of %s', (_, statements, verdict) => {
  expect(decide(statementsOf({ Statement: statements }), ASKED)).toBe(verdict);
});

test.each<[string, JsonObject, Verdict]>([
  ['the service', { Principal: { Service: 'lambda.amazonaws.com' } }, 'yes'],
  ['one of several', { Principal: { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] } }, 'yes'],
  ['everyone', { Principal: '*' }, 'yes'],
  ['everyone, in another way', { Principal: { AWS: '*' } }, 'yes'],
  ['an account', { Principal: { AWS: '123456789012' } }, 'no'],
  ['all but an account', { NotPrincipal: { AWS: '123456789012' } }, 'unknown'],
  ['what a parameter names', { Principal: { Service: { Ref: 'P' } } }, 'unknown'],
])('for %s', (_, principal, verdict) => {
  const statements = statementsOf({ Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', ...principal } });
  expect(decide(statements, { action: 'sts:AssumeRole', target: ['arn:aws:iam::123456789012:role/orders'], principal: { kind: 'Service', name: ['lambda.amazonaws.com'] }, context: {} })).toBe(verdict);
});
