import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { matchesPattern } from './patterns';
import { listOf, policiesAround, Statement, statementsOf } from './policies-of-app';
import { MANAGED_POLICIES } from '../limits/managed-policies';
import { asTextOfApp } from '../support/as-text';

/** What a role has for sure: this app gives it to the role, or lets the role in, wherever it does so. */
export interface Known {
  /** Whether a statement adds nothing to it. */
  has(statement: iam.PolicyStatement): boolean;
  /** Whether a managed policy is attached already. */
  hasPolicy(arn: string): boolean;
}

/**
 * What a role has by its own properties, if it is one of this app, and by the policies of the app that name it.
 *
 * @param scope where the statements come from that are asked about
 */
export function knownOf(role: iam.IRole, scope: IConstruct): Known {
  const own = role.node.defaultChild;
  const { inline, managed } = own && iam.CfnRole.isCfnRole(own) ? propertiesOf(own) : { inline: [], managed: [] };
  const statements = [
    ...inline,
    ...managed.flatMap((arn): readonly Statement[] => MANAGED_POLICIES[arn.replace(/^.*:iam::aws:policy\//, '')] ?? []),
    ...attachedTo(role, managed, scope),
  ];
  return {
    has: (statement) => isIn(statements, asTextOfApp(statement.toStatementJson(), scope) as Statement),
    hasPolicy: (arn) => managed.includes(String(asTextOfApp(arn, scope))),
  };
}

interface Properties {
  readonly inline: readonly Statement[];
  /** ARNs of managed policies. */
  readonly managed: readonly string[];
}

function propertiesOf(role: iam.CfnRole): Properties {
  const policies = listOf<{ readonly policyDocument?: unknown }>(asTextOfApp(role.policies, role));
  return {
    inline: policies.flatMap(({ policyDocument }) => statementsOf(policyDocument, role)),
    managed: listOf<string>(asTextOfApp(role.managedPolicyArns, role)),
  };
}

/** The statements of policies that name the role, or that it names; and those of resources that let the role in. */
function attachedTo(role: iam.IRole, managed: readonly string[], scope: IConstruct): Statement[] {
  const { account } = Stack.of(scope);
  const [name, arn] = [role.roleName, role.roleArn].map((text) => String(asTextOfApp(text, role)));
  // For a role of another account, a resource must be allowed from both sides.
  const isOfAccount = [TokenComparison.SAME, TokenComparison.BOTH_UNRESOLVED].includes(Token.compareStrings(role.env.account, account));
  const policies = policiesAround(scope);
  return [name, ...managed, ...isOfAccount ? [arn] : []].flatMap((key) => policies.get(key) ?? [])
    // In another account, a name is that of another role.
    .filter((policy) => Token.compareStrings(policy.account, account) !== TokenComparison.DIFFERENT)
    .flatMap(({ statements }) => statements);
}

function isIn(known: readonly Statement[], wanted: Statement): boolean {
  const actions = listOf<string>(wanted.Action);
  const resources = listOf<string>(wanted.Resource);
  const alike = known.filter((one) => one.Effect === wanted.Effect && isNoNarrower(one, wanted));
  const covers = (action: string, resource: string) => alike.some((one) => someMatches(one.Action, action) && someMatches(one.Resource, resource));
  // Without either list the statement is about all but something.
  return actions.length * resources.length > 0 && actions.every((action) => resources.every((resource) => covers(action, resource)));
}

function isNoNarrower(one: Statement, wanted: Statement): boolean {
  return JSON.stringify(one.Condition) === JSON.stringify(wanted.Condition) || (one.Effect === 'Allow' && one.Condition === undefined);
}

function someMatches(patterns: Statement['Action'], text: string): boolean {
  return listOf<unknown>(patterns).some((pattern) => typeof pattern === 'string' && matchesPattern(pattern, text));
}
