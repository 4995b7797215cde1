import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as fc from 'fast-check';
import { allowed, Call } from './evaluator';
import { text } from './said';
import { EventFunction, InvokeStatement, ResourcePolicyMode } from '../../src';
import { StatementJson } from '../../src/permissions/merge';
import { MINIMAL, resourcesOf, stackWith } from '../function/functions';

/** Permissions and the document say the same, and the same as the statements that were added. */

const ACCOUNTS = ['111122223333', '444455556666'];
const SERVICES = ['sns.amazonaws.com', 'events.amazonaws.com', 's3.amazonaws.com', 'elasticloadbalancing.amazonaws.com', 'new.amazonaws.com'];
const SOURCES = [
  'arn:aws:sns:eu-west-1:111122223333:orders',
  'arn:aws:events:eu-west-1:111122223333:rule/nightly',
  'arn:aws:events:eu-west-1:444455556666:rule/nightly',
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/orders/1',
  'arn:aws:s3:::inbox',
  'arn:aws:s3:::outbox',
];
const ORGANIZATIONS = ['o-a1b2c3d4e5', 'o-f6a7b8c9d0'];
const ACTIONS = ['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl'];

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const pattern = fc.constantFrom(...SOURCES, 'arn:aws:events:*:111122223333:rule/*', 'arn:aws:s3:::*');
const forService = fc.record({
  principal: fc.constantFrom(...SERVICES).map((name) => new iam.ServicePrincipal(name)),
  sourceArn: maybe(pattern),
  sourceAccount: maybe(fc.constantFrom(...ACCOUNTS)),
  action: maybe(fc.constantFrom(...ACTIONS)),
});
const forOthers = fc.record({
  principal: fc.oneof(
    fc.constantFrom(...ACCOUNTS).map((account) => new iam.ArnPrincipal(`arn:aws:iam::${account}:role/caller`)),
    fc.constantFrom(...ORGANIZATIONS).map((id) => new iam.OrganizationPrincipal(id)),
  ),
  action: maybe(fc.constantFrom(...ACTIONS)),
});
const statements: fc.Arbitrary<InvokeStatement[]> = fc.array(fc.oneof(forService, forService, forOthers), { maxLength: 15 });

const CALLERS = [...SERVICES, ...ACCOUNTS.map((account) => `arn:aws:iam::${account}:role/caller`), 'anybody'];
const CALLS: Call[] = CALLERS.flatMap((principal) => ACTIONS.flatMap((action) => [undefined, ...SOURCES].flatMap((source) =>
  [undefined, ...ACCOUNTS].flatMap((account) => [undefined, ...ORGANIZATIONS].map((organization) => ({
    principal, action, context: { 'aws:sourcearn': source, 'aws:sourceaccount': account, 'aws:principalorgid': organization },
  }))))));

function rendered(mode: ResourcePolicyMode, given: readonly InvokeStatement[]) {
  const stack = stackWith({ 'cdk-event-functions:rules': false }, { env: { account: ACCOUNTS[0], region: 'eu-west-1' } });
  const fn = new EventFunction(stack, 'Orders', { ...MINIMAL, resourcePolicyMode: mode });
  given.forEach((statement, index) => fn.resourcePolicy.allow(`Statement${index}`, statement));
  return { added: asText(stack.resolve(fn.resourcePolicy.statements.map((statement) => statement.toStatementJson()))), written: written(stack) };
}

function written(stack: Stack): StatementJson[] {
  return Object.values(resourcesOf(stack)).flatMap(({ Type, Properties }): StatementJson[] => {
    if (Type === 'AWS::Lambda::ResourcePolicy') return asText(Properties.PolicyDocument.Statement);
    return Type === 'AWS::Lambda::Permission' ? asText([ofPermission(Properties)]) : [];
  });
}

/** What Lambda makes of a permission. */
function ofPermission({ Action, Principal, SourceArn, SourceAccount, PrincipalOrgID }: Record<string, unknown>) {
  const present = (tests: Record<string, unknown>) => Object.fromEntries(Object.entries(tests).filter(([, value]) => value !== undefined));
  return {
    Effect: 'Allow',
    Principal,
    Action,
    Condition: { ArnLike: present({ 'aws:SourceArn': SourceArn }), StringEquals: present({ 'aws:SourceAccount': SourceAccount, 'aws:PrincipalOrgID': PrincipalOrgID }) },
  };
}

/** The partition is the only thing that the deployment decides here. */
function asText(json: any): StatementJson[] {
  const known = (value: any): any => {
    if (Array.isArray(value)) return value.map(known);
    if (typeof value !== 'object' || value === null) return value;
    const [name] = Object.keys(value);
    if (name === 'Ref' || name?.startsWith('Fn::')) return text(value).replaceAll('${AWS::Partition}', 'aws');
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, known(member)]));
  };
  return known(json);
}

test('permissions and the document allow exactly what the statements allow that were added', () => {
  let [allowing, refusing] = [0, 0];
  fc.assert(fc.property(statements, (given) => {
    const permissions = rendered(ResourcePolicyMode.PERMISSIONS, given);
    const document = rendered(ResourcePolicyMode.DOCUMENT, given);
    expect(document.written.length).toBeLessThanOrEqual(permissions.written.length);
    for (const call of CALLS) {
      const wanted = allowed(permissions.added, call);
      if (allowed(permissions.written, call) !== wanted || allowed(document.written, call) !== wanted || allowed(document.added, call) !== wanted) {
        throw new Error(`${JSON.stringify(call)} is ${wanted ? 'allowed' : 'refused'} by the statements, and not so as it is written`);
      }
      if (wanted) allowing++; else refusing++;
    }
  }), { numRuns: 60 });
  expect(Math.min(allowing, refusing)).toBeGreaterThan(100);
});

test('no service may invoke for somebody else, whatever is left out', () => {
  fc.assert(fc.property(fc.array(forService, { minLength: 1, maxLength: 8 }), (given) => {
    const own = given.map(({ sourceArn, sourceAccount, ...rest }) => rest);
    const { written: policy } = rendered(ResourcePolicyMode.DOCUMENT, own);
    for (const call of CALLS.filter(({ context }) => context['aws:sourceaccount'] !== ACCOUNTS[0])) {
      const ofOwnAccount = call.context['aws:sourcearn']?.includes(`:${ACCOUNTS[0]}:`);
      if (allowed(policy, call)) expect(ofOwnAccount).toBe(true);
    }
  }), { numRuns: 40 });
});
